"""What is wrong with a page before anything runs, besides what its parser says."""

from __future__ import annotations

from collections.abc import Iterator

from nabla.check import form, imports, pieces
from nabla.check.claims import stale
from nabla.model import course
from nabla.model.problem import Problem
from nabla.parse.page import Page


def check(page: Page, following: str | None = None) -> Iterator[Problem]:
    """The problems of a page's title, pieces, imports and given numbers, and of a lesson's form.

    ``following`` is the file name of the lesson that comes next.
    """
    if not any(line.startswith("# ") for line in page.lines):
        yield Problem(page.file, 1, "a la página le falta su título", fix="empiézala con una línea: # Título")
    found, problems = pieces.read(page)
    yield from problems
    yield from imports.check(page)
    yield from stale(page)
    if page.file.startswith(course.LESSONS) and not problems:  # a piece without end hides those behind it
        yield from form.check(page, found, following)
