"""What a run depends on: the job of a page, and its key."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import lru_cache
from importlib.util import resolve_name
from pathlib import Path
from typing import Any

from nabla.cache import code, store
from nabla.draw.palette import FONTS
from nabla.model import course, files
from nabla.model.page import Page
from nabla.parse import formulas
from nabla.run.environment import FIXED

EXECUTOR = "nabla.run.worker"


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
        "live": [[live.block, live.values] for live in page.live],
    }
    modules = modules_of_project(root, [block["code"] for block in order["blocks"]])
    key = code.key(root, EXECUTOR, order, modules, _fonts(root), FIXED)
    return order | {"key": key, "file": str(store.entry(root, "runs", files.flat(page.file), key))}


def of_start(root: Path) -> str:
    """What a worker takes up before it gets its lessons: the typefaces, and which files could stand for a library."""
    return code.key(root, EXECUTOR, files.modules(root), _fonts(root), FIXED)


def _fonts(root: Path) -> list[str]:
    return [code.digest((root / font).read_bytes()) for font in FONTS]


def modules_of_project(root: Path, sources: Iterable[str]) -> dict[str, str]:
    """The hash of each module of the project that the code imports, directly or not."""
    found: dict[str, str] = {}
    waiting = [name for source in sources for name in imports(source)]
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
                    found[path] = code.digest(content)
                    waiting += imports(content.decode(), inside)
    return dict(sorted(found.items()))


@lru_cache(maxsize=4096)  # most modules are imported by many pages
def imports(source: str, package: str = "") -> tuple[str, ...]:
    """What a module of ``package`` imports, by its full name."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return ()  # The run will report it, with its line.
    names: list[str] = []
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
    return tuple(names)
