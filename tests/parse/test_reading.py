"""Protects who plans an afternoon: the time of a lesson is that of its text, and its exercises are told apart."""

from __future__ import annotations

import pytest

from nabla.model.page import Page
from nabla.parse import reading
from nabla.parse.page import parse
from nabla.site import render

WORDS = "una palabra tras otra palabra, sin prisa y sin pausa.\n" * 130  # ten a line: ten minutes
EXERCISE = "/// admonition | Ejercicio {}\n    type: ejercicio\n\nCuenta.\n///\n\n"


def lesson(text: str = WORDS, exercises: int = 4, worked: str = "", quiz: str = "") -> Page:
    pieces = "".join(EXERCISE.format(number + 1) for number in range(exercises))
    body = f"# T\n\n## A mano\n\n{text}\n## Ejercicios\n\n{pieces}{worked}\n## Cuestionario\n\n{quiz}\n## Resumen\n\nYa.\n"
    return parse("docs/lecciones/t.md", body, {})


def test_the_text_counts() -> None:
    assert reading.minutes(lesson()) == 10
    assert reading.minutes(lesson(WORDS * 3)) == 30


@pytest.mark.parametrize("where", ["worked", "quiz"])
def test_what_is_worked_at_does_not(where: str) -> None:
    assert reading.minutes(lesson(**{where: WORDS * 5})) == 10


def test_the_summary_after_them_counts() -> None:
    page = lesson()
    longer = parse(page.file, "\n".join(page.lines) + f"\n{WORDS}", {})
    assert reading.minutes(longer) == 20


def test_a_short_page_takes_five_minutes() -> None:
    assert reading.minutes(lesson("Poco.\n")) == 5


@pytest.mark.parametrize(("exercises", "said"), [(0, "Unos 10 minutos de lectura · "), (5, "Unos 10 minutos de lectura, y 5 ejercicios · ")])  # fmt: skip
def test_a_page_tells_both(exercises: int, said: str) -> None:
    assert render._time(lesson(exercises=exercises)) == said
