"""The answers to all that is asked of the site, kept until something in it changes.

``python -m nabla check`` makes them and pytest shows them, item by item: nothing is parsed, run or built twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from nabla.cache import store
from nabla.cache.code import libraries
from nabla.check.items import Item
from nabla.model import course
from nabla.model.problem import Problem

# What mkdocs.yml takes from outside; PYTHONPATH may bring other libraries.
_VARIABLES = ("SITE_URL", "REPO_URL", "NOTEBOOKS_BRANCH", "OFFLINE", "PYTHONPATH")
_SOURCES = (course.DOCS, course.SNIPPETS, course.RECORD, "nabla/", "mkdocs.yml", "requirements.txt")


@dataclass(frozen=True)
class Answers:
    """The items of each page, and the problems of the site as a whole.

    ``waits`` says why these could not be looked for; ``final``: nothing but a change of the sources changes them.
    """

    items: dict[str, list[Item]]
    site: list[Problem]
    waits: str = ""
    final: bool = True


def key(root: Path) -> str:
    """The hash of all that the answers depend on."""
    found = hashlib.sha256()
    about = [sys.version, libraries(root), [os.environ.get(name, "") for name in _VARIABLES]]
    found.update(json.dumps(about).encode())
    for file in sorted(_files(root)):
        found.update(f"\0{file.relative_to(root).as_posix()}\0".encode())
        found.update(file.read_bytes())
    return found.hexdigest()


def _files(root: Path) -> Iterator[Path]:
    for source in _SOURCES:
        if (root / source).is_file():
            yield root / source
        for folder, folders, names in os.walk(root / source, followlinks=True):
            folders[:] = [name for name in folders if name != "__pycache__"]
            yield from (Path(folder, name) for name in names)


def keep(root: Path, key: str, answers: Answers) -> None:
    store.write(_file(root), key, json.dumps(asdict(answers)))


def kept(root: Path, key: str) -> Answers | None:
    """The answers to the sources of this ``key``; None if there are none."""
    try:
        payload = store.read(_file(root), key)
    except store.Damaged:  # of another key, in most cases
        return None
    if payload is None:
        return None
    stored = json.loads(payload)
    items = {
        file: [Item(**each | {"problems": tuple(map(_problem, each["problems"]))}) for each in found]
        for file, found in stored["items"].items()
    }
    return Answers(items, list(map(_problem, stored["site"])), stored["waits"], stored["final"])


def _problem(stored: dict) -> Problem:
    return Problem(**stored)


def _file(root: Path) -> Path:
    return root / ".cache" / "answers" / "site.json"
