"""What is wrong with a page before anything runs, besides what its parser says."""

from __future__ import annotations

from collections.abc import Iterator

from nabla.check import form, glossary, imports, pieces
from nabla.check.claims import stale
from nabla.check.pieces import Piece
from nabla.model import course
from nabla.model.page import Kind, Page
from nabla.model.problem import Problem


def check(page: Page, following: str | None = None) -> Iterator[Problem]:
    """The problems of a page's title, pieces, imports and given numbers, of a lesson's form and of the glossary's entries.

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
    if page.file == course.GLOSSARY:
        yield from glossary.check(page)
    found = pieces.read(page)
    yield from _predictions(page, found)
    if page.file.startswith(course.LESSONS):
        yield from form.check(page, found, following)


def _predictions(page: Page, found: list[Piece]) -> Iterator[Problem]:
    """Each piece that asks to predict takes one answer, and no other piece does."""
    asking = [each for each in found if each.type == course.QUESTION and course.PREDICTION.search(each.title)]
    lines = [each.line for each in page.of(Kind.COMMENT, course.ANSWER)]
    for piece in asking:
        if (count := sum(map(piece.holds, lines))) != 1:
            what = (
                "esta pregunta no dice su respuesta" if not count else "esta pregunta tiene varias respuestas"
            )
            fix = f"pon dentro un comentario: <!-- {course.ANSWER} {course.AFTER} SECCIÓN: mayor; menor = EXPRESIÓN -->"
            yield Problem(page.file, piece.first, what, fix=fix)
    for line in lines:
        if not any(piece.holds(line) for piece in asking):
            what = f"este comentario «{course.ANSWER}» no está dentro de ninguna pieza «{course.PREDICT}»"
            yield Problem(page.file, line, what, fix="ponlo dentro de la pieza que hace la pregunta")
