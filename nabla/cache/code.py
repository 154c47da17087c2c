"""Which code made this: the one answer that every cache asks, and the one key under which each keeps its products.

A product depends on what it was made from and on what made it: the module that did, with all that it imports from
this package, the pinned libraries, and Python. The first belongs to whoever keeps the product; the rest is here.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import re
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parents[1]

# Imports stand in full (tests/house/test_rooms.py), so a pattern finds them: ``ast`` takes a third of a second for all.
_NAME = rf"{PACKAGE.name}(?:\.\w+)*"
_IMPORT = re.compile(
    rf"^[ \t]*(?:from (?P<module>{_NAME}) import (?P<names>\([^)]*\)|.*)|import (?P<whole>{_NAME}))",
    re.MULTILINE,
)


def key(root: Path, maker: str, *material: Any) -> str:
    """The name of a product in a cache: all that can change it.

    ``maker`` is the module of this package that makes it (a package stands for all its modules), and ``material``,
    as JSON, what it is made from. ``root`` is the folder of the project, whose requirements.txt pins the libraries.
    """
    return digest(json.dumps([maker, of(maker), _surroundings(root, tuple(sys.path)), material]))


def digest(content: str | bytes) -> str:
    """What tells a content from any other."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def tree(folder: Path) -> str:
    """The digest of the names and contents of all files under ``folder``, through links; or of a single file."""
    files = [folder] if folder.is_file() else []
    for inside, folders, names in os.walk(folder, followlinks=True):
        folders[:] = [name for name in folders if name != "__pycache__"]
        files += [Path(inside, name) for name in names]
    contents = {file.relative_to(folder).as_posix(): digest(file.read_bytes()) for file in files}
    return digest(json.dumps(contents, sort_keys=True))


@cache
def of(maker: str) -> str:
    """The digest of ``modules``."""
    return digest(json.dumps(sorted(modules(maker).items())))


def modules(maker: str) -> dict[str, str]:
    """The digests of a module of this package, or of all in a package, and of what they import from this one."""
    sources = _sources()
    waiting = [name for name in sources if name == maker or name.startswith(f"{maker}.")]
    assert waiting, f"{maker} is no module of this package"
    found: dict[str, str] = {}
    while waiting:
        name = waiting.pop()
        if name in sources and name not in found:
            found[name] = digest(sources[name])
            waiting.append(name.rpartition(".")[0])  # to import a module runs the package that holds it
            waiting += imports(sources[name])
    return found


def imports(source: str) -> Iterable[str]:
    """What a module imports from this package, wherever in it; of ``from a import b``, both a and a.b."""
    for match in _IMPORT.finditer(source):
        if match["whole"]:
            yield match["whole"]
            continue
        yield match["module"]
        names = re.sub(r"#.*", "", match["names"].strip("()"))
        for name in re.findall(r"([\w*]+)(?:\s+as\s+\w+)?", names):
            yield f"{match['module']}.{name}"


def changed() -> bool:
    """Whether the machinery on disk is no longer the one that this process took up."""
    return _read() != _sources()


@cache
def _sources() -> dict[str, str]:
    # Once for each process: what runs in it is what was there when it began.
    return _read()


def _read() -> dict[str, str]:
    names = {file.relative_to(PACKAGE.parent).with_suffix("").parts: file for file in PACKAGE.rglob("*.py")}
    return {
        ".".join(parts).removesuffix(".__init__"): file.read_text("utf-8") for parts, file in names.items()
    }


@cache
def _surroundings(root: Path, path: tuple[str, ...]) -> list[Any]:
    return [libraries(root), sys.version, platform.machine(), platform.system()]


def libraries(root: Path) -> list[str]:
    """Each pinned library with the version installed, without importing any: torch-2.13.0+cpu.dist-info."""
    pinned = re.findall(r"^([\w.-]+)==", (root / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    wanted = {_normal(name) for name in pinned}
    return sorted(
        entry
        for folder in map(Path, sys.path)
        if folder.is_dir()
        for entry in os.listdir(folder)
        if entry.endswith(".dist-info") and _normal(entry.partition("-")[0]) in wanted
    )


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


_sources()  # before whoever serves the site edits them
