"""The course as a whole: every lesson has the form that readers come to know, in any order of running."""

from __future__ import annotations

import itertools
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from nabla.check.project import Project
from nabla.parse.page import Page
from tests.conftest import ROOT

LESSONS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs/lecciones").glob("*.md"))
SECTIONS = ("Qué puede salir mal", "Ejercicios", "Cuestionario", "Resumen")

_OPENING = re.compile(r"^(?P<bars>/{3,}) (?P<kind>admonition|details) \| (?P<title>.+)$")
_RUN_ALL = """
import contextlib, io, json, runpy, sys
import matplotlib.pyplot as plt

printed = {}
for path in sys.argv[1:]:
    with contextlib.redirect_stdout(io.StringIO()) as output:
        runpy.run_path(path, run_name="__main__")
    plt.close("all")
    printed[path] = output.getvalue()
print(json.dumps(printed))
"""


@cache
def project() -> Project:
    return Project.load(ROOT)


class Box:
    """An admonition or a details block of a page: its type, its lines and where they start."""

    def __init__(self, kind: str, title: str, first: int, last: int, page: Page) -> None:
        self.title, self.first, self.last = title, first, last
        self.type = page.lines[first].strip().removeprefix("type:").strip()
        text = "\n".join(page.lines[first + 1 : last - 1])
        self.text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL).strip()

    def holds(self, other: Box) -> bool:
        return self.first < other.first and other.last < self.last


def boxes(page: Page) -> list[Box]:
    found, opened = [], []
    for number, line in enumerate(page.lines, 1):
        if match := _OPENING.match(line):
            opened.append((match, number))
        elif opened and line == opened[-1][0]["bars"]:
            match, first = opened.pop()
            found.append(Box(match["kind"], match["title"], first, number, page))
    assert not opened, f"{page.file}:{opened[-1][1]}: this box is not closed"
    return sorted(found, key=lambda box: box.first)


def inside(page: Page, outer: Box, kind: str) -> list[Box]:
    return [box for box in boxes(page) if box.type == kind and outer.holds(box)]


def of_type(page: Page, kind: str) -> list[Box]:
    return [box for box in boxes(page) if box.type == kind]


@pytest.fixture(params=LESSONS, ids=lambda file: Path(file).stem)
def page(request: pytest.FixtureRequest) -> Page:
    return project().pages[request.param]


def test_it_starts_with_goals_and_a_question_to_predict(page: Page) -> None:
    first_block = page.blocks[0].line
    goals, questions = of_type(page, "objetivos"), of_type(page, "pregunta")
    assert len(goals) == 1 and goals[0].first < first_block
    predictions = [box for box in questions if "Pred" in box.title]
    assert predictions and predictions[0].first > goals[0].first


def test_it_has_the_usual_sections_in_order(page: Page) -> None:
    titles = [line.removeprefix("## ").strip() for line in page.lines if line.startswith("## ")]
    places = [titles.index(title) for title in SECTIONS if title in titles]
    assert [titles[place] for place in places] == list(SECTIONS)
    assert places == sorted(places)


def test_it_shows_a_figure_and_a_derivation(page: Page) -> None:
    assert page.figures
    text = "\n".join(page.lines)
    assert "$$" in text
    assert r"\partial" in text or r"\frac{d" in text or "'" in text


def test_it_runs_what_can_go_wrong(page: Page) -> None:
    start = page.lines.index("## Qué puede salir mal") + 1
    end = page.lines.index("## Ejercicios") + 1
    assert [block for block in page.blocks if start < block.line < end]


def test_exercises_have_a_hint_and_a_solution_that_runs(page: Page) -> None:
    exercises = of_type(page, "ejercicio")
    assert 4 <= len(exercises) <= 6
    for exercise in exercises:
        assert len(inside(page, exercise, "pista")) == 1, exercise.title
        solutions = inside(page, exercise, "solucion")
        assert len(solutions) == 1, exercise.title
        (solution,) = solutions
        ran = [block for block in page.blocks if solution.first < block.line < solution.last]
        assert any(block.expected for block in ran), f"{exercise.title}: nothing is printed"


def test_every_answer_of_the_quiz_is_explained(page: Page) -> None:
    start = page.lines.index("## Cuestionario") + 1
    questions = [box for box in of_type(page, "pregunta") if box.first > start]
    assert 3 <= len(questions) <= 5
    for question in questions:
        right, wrong = inside(page, question, "correcta"), inside(page, question, "incorrecta")
        assert len(right) == 1 and len(wrong) >= 2, question.title
        for box in right + wrong:
            verdict = "Correcto" if box in right else "No"
            assert re.match(rf"{verdict}\b", box.text), f"{page.file}:{box.first}"
            assert len(box.text) > len(verdict) + 30, f"{page.file}:{box.first}: no explanation"


def test_the_right_answer_is_not_always_in_the_same_place() -> None:
    places = set()
    for file in LESSONS:
        page = project().pages[file]
        for question in of_type(page, "pregunta"):
            options = [
                box for box in boxes(page) if box.type in {"correcta", "incorrecta"} and question.holds(box)
            ]
            places |= {number for number, box in enumerate(options) if box.type == "correcta"}
    assert places >= {0, 1, 2}


def test_each_lesson_links_to_the_next() -> None:
    order = re.findall(r"lecciones/([\w-]+)\.md", (ROOT / "mkdocs.yml").read_text("utf-8"))
    assert sorted(order) == [Path(file).stem for file in LESSONS]
    for this, following in itertools.pairwise(order):
        text = (ROOT / f"docs/lecciones/{this}.md").read_text("utf-8")
        assert f"]({following}.md" in text.partition("\n## Resumen\n")[2], f"{this}: its end does not lead on"


def test_snippets_print_the_same_after_others_and_in_another_order() -> None:
    """One process, all snippets, last first: none may lean on what another left, nor on a global seed."""
    shown = {}
    for page in project().pages.values():
        for block in () if page.is_notebook else page.blocks:
            shown[block.section.file] = shown.get(block.section.file, "") + (block.expected or "")
    files = sorted(shown, reverse=True)
    ran = subprocess.run(
        [sys.executable, "-c", _RUN_ALL, *files],
        cwd=ROOT,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={
            "PATH": "",
            "MPLBACKEND": "agg",
            "MPLCONFIGDIR": str(ROOT / ".cache/matplotlib"),
            "OMP_NUM_THREADS": "1",
        },
    )
    printed = json.loads(ran.stdout)
    assert [file for file in files if printed[file] != shown[file]] == []
