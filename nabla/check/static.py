"""What is wrong with a page before anything runs, besides what its parser says."""

from __future__ import annotations

from collections.abc import Iterator

from nabla.check import form, imports, pieces
from nabla.check.claims import stale
from nabla.model import course
from nabla.model.page import Page
from nabla.model.problem import Problem


def check(page: Page, following: str | None = None) -> Iterator[Problem]:
    """The problems of a page's title, pieces, imports and given numbers, and of a lesson's form.

    ``following`` is the file name of the lesson that comes next.
    """
    if not page.readable:
        return  # of what is missing, who knows what was meant to be there
    if not page.title:
        yield Problem(
            page.file, 1, "a la página le falta su título", fix="pon al principio una línea: # Título"
        )
    yield from imports.check(page)
    yield from stale(page)
    if page.file.startswith(course.LESSONS):
        yield from form.check(page, pieces.read(page), following)
