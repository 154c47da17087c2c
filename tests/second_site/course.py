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
LESSONS = "docs/lessons/"
NOTEBOOKS = "docs/notebooks/"

# The types of pieces, by the block of pymdownx that carries them.
PIECES = {
    "admonition": ("goals", "question", "exercise", "summary"),
    "details": ("hint", "solution", "right", "wrong"),
}
# Blocks without a type.
PLAIN = ("figure-caption", "html")

# The form of a lesson. Titles of its last sections, in order:
GONE_WRONG, EXERCISES, QUIZ, SUMMARY = "What can go wrong", "Exercises", "Quiz", "Summary"
SECTIONS = (GONE_WRONG, EXERCISES, QUIZ, SUMMARY)
GOALS, QUESTION, EXERCISE = "goals", "question", "exercise"
HINT, SOLUTION, RIGHT, WRONG = "hint", "solution", "right", "wrong"
PREDICT = "Predict"
PREDICTION = re.compile(r"\bPredict\b")
VERDICTS = {RIGHT: "Right", WRONG: "No"}
LEADS_ON = "The next lesson is [{title}]({file})."
# How many of each.
EXERCISE_COUNT = range(1, 4)
QUESTION_COUNT = range(1, 3)
LEAST_WRONG = 2
LEAST_EXPLANATION = 30  # letters, besides the verdict
# What a course on derivatives has in each lesson; None elsewhere.
DERIVATION: re.Pattern[str] | None = None


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
