"""What a run depends on: the job of a page, and its key."""

from __future__ import annotations

import ast
import hashlib
import json
import platform
import sys
from collections.abc import Iterable
from functools import cache
from importlib.util import resolve_name
from pathlib import Path
from typing import Any

from nabla.cache.code import libraries
from nabla.draw.palette import FONTS
from nabla.model import course
from nabla.model.page import Page
from nabla.parse import formulas
from nabla.run.environment import FIXED

# With all that it imports from here, what makes a result besides the lesson.
EXECUTOR = "import nabla.run.worker"


def job(root: Path, page: Page) -> dict[str, Any]:
    """The order for a page's run (see ``worker``), with its key and the file of its result."""
    order: dict[str, Any] = {
        "page": page.file,
        "blocks": [
            {
                "name": block.section.name,
                "code": block.section.code,
                "fails": block.failure is not None,
            }
            for block in page.blocks
        ],
        "claims": [[claim.block, list(claim.expressions)] for claim in page.claims],
        "formulas": formulas.job(page),
    }
    code = [block["code"] for block in order["blocks"]]
    material = json.dumps([order, modules_of_project(root, code), surroundings(root)])
    key = hashlib.sha256(material.encode()).hexdigest()
    name = page.file.removeprefix(course.DOCS).removesuffix(".md").replace("/", "-")
    return order | {"key": key, "file": str(root / ".cache" / "runs" / name / f"{key[:24]}.json")}


def modules_of_project(root: Path, code: Iterable[str]) -> dict[str, str]:
    """The hash of each module of the project that the code imports, directly or not."""
    found: dict[str, str] = {}
    waiting = [name for source in code for name in imports(source)]
    while waiting:
        name = waiting.pop()
        package, _, _ = name.rpartition(".")
        if package:
            waiting.append(package)  # Importing a module runs the package that holds it.
        relative = name.replace(".", "/")
        for file, inside in ((f"{relative}.py", package), (f"{relative}/__init__.py", name)):
            for path in (course.SNIPPETS + file, file):
                if path not in found and (root / path).is_file():
                    content = (root / path).read_bytes()
                    found[path] = hashlib.sha256(content).hexdigest()
                    waiting += imports(content.decode(), inside)
    return dict(sorted(found.items()))


def imports(source: str, package: str = "") -> list[str]:
    """What a module of ``package`` imports, by its full name."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return []  # The run will report it, with its line.
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level > len(package.split(".")) * bool(package):
                continue  # The run will report it: there is nothing to be relative to.
            if node.level:
                module = resolve_name("." * node.level + module, package)
            names += [module, *(f"{module}.{alias.name}" for alias in node.names)]
    return names


@cache
def surroundings(root: Path) -> list[Any]:
    """What can change a run besides the lesson: executor, figure style, libraries, Python, environment."""
    executor = modules_of_project(root, [EXECUTOR])
    fonts = [hashlib.sha256((root / font).read_bytes()).hexdigest() for font in FONTS]
    python = [sys.version, platform.machine(), platform.system()]
    return [executor, fonts, libraries(root), python, FIXED]
