"""What is wrong with the glossary: entries that nobody can link to, or that say nothing."""

from __future__ import annotations

from collections.abc import Iterator

from nabla.model import course
from nabla.model.page import Page
from nabla.model.problem import Problem
from nabla.parse import glossary


def check(page: Page) -> Iterator[Problem]:
    """The problems of each entry, and of two that share an anchor."""
    known: dict[str, int] = {}

    def problem(line: int, what: str, fix: str) -> Problem:
        return Problem(page.file, line, what, fix=fix)

    for entry in glossary.entries(page):
        if not entry.anchor:
            fix = f"ponla detrás del término, en minúsculas, sin acentos y con guiones: ### {entry.term} {{ #ancla }}"
            yield problem(
                entry.line, f"la entrada «{entry.term}» no tiene ancla, y ninguna página puede enlazarla", fix
            )
        elif (line := known.setdefault(entry.anchor, entry.line)) != entry.line:
            yield problem(
                entry.line, f"la entrada de la línea {line} ya tiene el ancla «{entry.anchor}»", "dale otra"
            )
        if not entry.definition or entry.definition.startswith(course.PRESENTED):
            fix = "escribe debajo su definición: (*inglés*) Una frase"
            yield problem(entry.line, f"la entrada «{entry.term}» no dice qué es", fix)
        elif entry.presented and not entry.page:
            what = f"«{course.PRESENTED.strip()}» no enlaza ninguna página"
            folder = course.LESSONS.removeprefix(course.DOCS)
            fix = f"enlaza la lección: {course.PRESENTED}[su título]({folder}lección.md)."
            yield problem(entry.presented, what, fix)
