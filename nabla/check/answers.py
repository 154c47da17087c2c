"""The answers to all that is asked of the site, kept until something in it changes.

``python -m nabla check`` makes them and pytest shows them, item by item: nothing is parsed, run or built twice.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from nabla.cache import code, store
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
    """The name of the answers to all that they depend on."""
    outside = {name: os.environ.get(name) for name in _VARIABLES}
    return code.key(root, "nabla", outside, {source: code.tree(root / source) for source in _SOURCES})


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
