"""Protects the course as a whole: every lesson has the form that readers come to know."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from nabla.check import pieces
from nabla.check.project import Project
from nabla.model import course
from nabla.model.page import Page
from tests.conftest import ROOT

LESSONS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/lecciones").glob("*.md"))


@cache
def project() -> Project:
    return Project.load(ROOT)


@pytest.mark.parametrize("file", LESSONS)
def test_it_has_the_form_of_a_lesson(file: str) -> None:
    """``make check`` says the same, in Spanish; test_form.py breaks each rule once."""
    assert project().pages[file].problems == []


def test_the_right_answer_is_not_always_in_the_same_place() -> None:
    places = set()
    for file in LESSONS:
        found = pieces.read(project().pages[file])
        for question in (piece for piece in found if piece.type == course.QUESTION):
            options = [each for each in found if each.type in course.VERDICTS and question.holds(each.first)]
            places |= {number for number, option in enumerate(options) if option.type == course.RIGHT}
    assert places >= {0, 1, 2}


def test_a_figure_that_answers_has_a_task_beside_it() -> None:
    """Right behind it, what to find out with it; then, folded, the answer, whose numbers the lesson's code computes."""
    wanted = [("admonition", course.QUESTION, "Compruébalo"), ("details", course.SOLUTION, "Respuesta")]
    live = [(page, figure) for page in project().pages.values() for figure in page.figures if figure.live]
    lacking = []
    for page, figure in live:
        opened = {each.first: each for each in pieces.read(page)}
        task = opened.get(_next(page, figure.end))
        answer = opened.get(_next(page, task.last)) if task else None
        found = [(each.kind, each.type, each.title) for each in (task, answer) if each]
        claims = [each for each in page.claims if answer and answer.holds(each.line)]
        if found != wanted or not re.search(
            "[a-z]", " ".join(each for claim in claims for each in claim.expressions)
        ):
            lacking.append(f"{page.file}:{figure.section}")
    assert live and lacking == []


def _next(page: Page, line: int) -> int:
    """The first line behind this one that says something."""
    return next((number for number, text in enumerate(page.lines[line:], line + 1) if text.strip()), 0)


def test_every_lesson_is_in_the_navigation() -> None:
    order = re.findall(r"lecciones/([\w-]+)\.md", (ROOT / "mkdocs.yml").read_text("utf-8"))
    assert sorted(order) == [Path(file).stem for file in LESSONS]
