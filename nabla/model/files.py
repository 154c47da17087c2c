"""The files of a course, by their names."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nabla.model import course


def stem(page: str) -> str:
    """The file of a page without folder and ending: ``lecciones/punto``."""
    return page.removeprefix(course.DOCS).removesuffix(".md")


def flat(page: str) -> str:
    """The same as one name."""
    return stem(page).replace("/", "-")


def modules(root: Path) -> list[str]:
    """The files that a lesson may import, or that come to stand before a library which it imports."""
    found = [*root.glob("*.py"), *root.glob("*/__init__.py"), *root.glob(f"{course.SNIPPETS}**/*.py")]
    return sorted(file.relative_to(root).as_posix() for file in found)


def following(nav: Any) -> dict[str, str]:
    """By the file of each lesson, the name of the file of the one that comes next in the navigation."""
    listed = list(_lessons(nav))
    return {course.LESSONS + one: other for one, other in itertools.pairwise(listed)}


def _lessons(nav: Any) -> Iterator[str]:
    folder = course.LESSONS.removeprefix(course.DOCS)
    match nav:
        case str() if nav.startswith(folder):
            yield nav.removeprefix(folder)
        case list():
            for each in nav:
                yield from _lessons(each)
        case dict():
            yield from _lessons(list(nav.values()))
