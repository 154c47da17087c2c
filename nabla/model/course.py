"""What is of this course alone: its folders, and the words of its form. Another course has others here."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

DOCS = "docs/"
SNIPPETS = "snippets/"
DERIVATIVES = "tests/derivatives/"
RECORD = "tests/mutation/record/"  # of the attacks on the pages
LESSONS = "docs/lecciones/"
NOTEBOOKS = "docs/cuadernos/"

# The types of pieces, by the block of pymdownx that carries them.
PIECES = {
    "admonition": ("objetivos", "pregunta", "idea", "cuidado", "ejercicio", "resumen"),
    "details": ("pista", "solucion", "codigo", "correcta", "incorrecta"),
}
# Blocks without a type.
PLAIN = ("figure-caption", "html")

# The form of a lesson. Titles of its last sections, in order:
GONE_WRONG, EXERCISES, QUIZ, SUMMARY = "Qué puede salir mal", "Ejercicios", "Cuestionario", "Resumen"
SECTIONS = (GONE_WRONG, EXERCISES, QUIZ, SUMMARY)
GOALS, QUESTION, EXERCISE = "objetivos", "pregunta", "ejercicio"
HINT, SOLUTION, RIGHT, WRONG = "pista", "solucion", "correcta", "incorrecta"
PREDICT = "Predice"
PREDICTION = re.compile(r"\bPred(?:ice|icción)\b")
VERDICTS = {RIGHT: "Correcto", WRONG: "No"}
LEADS_ON = "La lección siguiente es [{title}]({file})."
# How many of each.
EXERCISE_COUNT = range(4, 7)
QUESTION_COUNT = range(3, 6)
LEAST_WRONG = 2
LEAST_EXPLANATION = 30  # letters, besides the verdict
# What a course on derivatives has in each lesson; None elsewhere.
DERIVATION: re.Pattern[str] | None = re.compile(r"\\partial|\\frac\{d|'")


def following(nav: Any) -> dict[str, str]:
    """By the file of each lesson, the name of the file of the one that comes next in the navigation."""
    listed = list(_lessons(nav))
    return {LESSONS + one: other for one, other in itertools.pairwise(listed)}


def _lessons(nav: Any) -> Iterator[str]:
    folder = LESSONS.removeprefix(DOCS)
    match nav:
        case str() if nav.startswith(folder):
            yield nav.removeprefix(folder)
        case list():
            for each in nav:
                yield from _lessons(each)
        case dict():
            yield from _lessons(list(nav.values()))
