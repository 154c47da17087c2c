"""Protects numbers and formulas: none can go wrong unnoticed, every mutant of every page is caught at its line."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from nabla.check.project import Project
from nabla.model.problem import Problem
from nabla.run.runner import run_pages
from tests.conftest import ROOT
from tests.mutation import maths, numbers
from tests.mutation.mutant import Mutant
from tests.mutation.pages import Attack, equivalents
from tests.remembered import COURSE, MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY, *COURSE)

PAGES = sorted(
    file.relative_to(ROOT).as_posix() for file in (ROOT / "docs").rglob("*.md") if "assets" not in file.parts
)


def test_the_list_of_equivalent_changes_is_sorted_and_needed() -> None:
    reasons = [entry["reason"] for entry in equivalents()]
    assert reasons == sorted(reasons)
    texts = [" ".join((ROOT / file).read_text("utf-8").split()) for file in PAGES]
    for entry in equivalents():
        assert any(entry["right"] in text for text in texts), entry["right"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vale 3.5 y -2.", ["3.5", "2"]),
        (r"$x^2 + 3y_{10} \cdot 10^{-8}$", ["2", "3", "10", "10", "8"]),
        (r"$a \\[2ex] b$", []),
        ("float32", ["32"]),
        ("---\ntitle: Las 5\nhide: [h6]\n---\n\n# Los 7\n", ["5", "7"]),
        ("<!-- cifras: 8 -->\n<b class='c9'>1</b> [d](e2.md){ #f3 }", ["1"]),
        ('```python\n--8<-- "snippets/m4.py:s5"\n```\n```text\nsale 6\n```', ["6"]),
        ("/// html | div.nb-2\n/// admonition | Caja 3\n    type: nb4", ["3"]),
        ("![Sube a 7.](figura:plot8)", ["7"]),
        ("```text\n<MulBackward0>\n```", ["0"]),
        ("Sale `<AddBackward0>`, y <b class='c9'>no</b>.", ["0"]),
        ("1. uno\n2. dos", ["1", "2"]),
    ],
)
def test_numbers_seen(text: str, expected: list[str]) -> None:
    assert [number[0] for number in numbers.seen(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Vale 3.59 y -2.",
            [
                "Vale 3.50 y -2.",
                "Vale 4.59 y -2.",
                "Vale -3.59 y -2.",
                "Vale 2 y -3.59.",
                "Vale 3.59 y -3.",
                "Vale 3.59 y 2.",
            ],
        ),
        ("x1 9", ["x2 9", "x9 1", "x1 0", "x1 -9"]),
        ("3-1", ["4-1", "-3-1", "1-3", "3-2"]),
        ("7\n\n8", ["8\n\n8", "-7\n\n8", "7\n\n9", "7\n\n-8"]),
        ("$5 \\cdot 6$", ["$6 \\cdot 6$", "$-5 \\cdot 6$", "$5 \\cdot 7$", "$5 \\cdot -6$"]),
        (
            "0 y 5.0 y 5",
            [
                "1 y 5.0 y 5",
                "5.0 y 0 y 5",
                "0 y 5.1 y 5",
                "0 y 6.0 y 5",
                "0 y -5.0 y 5",
                "0 y 5.0 y 6",
                "0 y 5.0 y -5",
            ],
        ),
        ("5 5", ["6 5", "-5 5", "5 6", "5 -5"]),
    ],
)
def test_mutants_of_numbers(text: str, expected: list[str]) -> None:
    assert [mutant.apply(text) for mutant in numbers.mutants(text)] == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("x^2", {"x^3", "y^2"}),
        (r"2e \cdot x", {r"3e \cdot x", r"2e \cdot y", r"e \cdot x", r"2 \cdot x", "2e "}),
        (r"\frac{1}{n} \sum_i y_i", {r" \sum_i y_i", r"\frac{n}{1} \sum_i y_i", r"\frac{1}{n}  y_i", r"\frac{1}{n} \sum_i x_i", r"\frac{1}{n} \sum_j y_i"}),
        (r"w^\top - a", {"w - a", r"b^\top - a", r"w^\top + a", r"w^\top - z"}),
    ],
)  # fmt: skip
def test_mutants_of_formulas(formula: str, expected: set[str]) -> None:
    assert expected <= {mutant.apply(formula) for mutant in maths.mutants(formula)}


class TestAttack:
    """An attack that took every answer for a catch would prove nothing."""

    @pytest.fixture
    def attack(self) -> Attack:
        return attack_on("docs/index.md")

    def test_a_wrong_number_is_caught(self, attack: Attack) -> None:
        assert attack.catches(change(attack, "crece 108.78 veces", "crece 108.77 veces"))

    def test_a_wrong_output_is_caught(self, attack: Attack) -> None:
        assert attack.catches(change(attack, "∂C/∂b = 15.54", "∂C/∂b = 15.55"))

    def test_other_words_are_not(self, attack: Attack) -> None:
        assert not attack.catches(change(attack, "crece muy poco", "crece un poco"))

    def test_a_problem_elsewhere_is_no_catch(self, attack: Attack) -> None:
        attack.text = change(attack, "crece 108.78 veces", "crece 108.77 veces").apply(attack.text)
        assert not attack.catches(change(attack, "Calcular un gradiente", "Hallar un gradiente"))

    def test_a_wrong_page_is_not_attacked(self, attack: Attack) -> None:
        attack.page.problems.append(Problem(attack.file, 1, "wrong"))
        with pytest.raises(ValueError, match="wrong"):
            attack.report()

    def test_survivors_are_reported(self, attack: Attack, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(attack, "catches", lambda mutant: False)
        report = attack.report()
        assert report.caught == 0
        assert sum(report.allowed.values()) == 1  # a name, in the task of the figure
        assert report.mutants == len(report.survivors) + 1
        assert len(report.survivors) > report.numbers
        line = next(number for number, text in enumerate(attack.page.lines, 1) if "baja 1.11" in text)
        assert f"docs/index.md:{line}: " in str(report.survivors[0])


def test_a_formula_is_judged_by_what_it_says() -> None:
    attack = attack_on("docs/cuadernos/la-idea.md")
    right = "4x^3 - 100x^2 + 600x"
    assert attack.catches(change(attack, right, "4x^3 - 100x^2 + 600"))
    assert not attack.catches(change(attack, right, "600x - 100x^2 + 4x^3"))


def test_what_is_caught_nearby_is_caught_in_the_whole_page() -> None:
    attack = attack_on("docs/lecciones/punto.md")
    mutants = list(attack.mutants())[::60]
    assert len(mutants) > 20
    for mutant in mutants:
        whole = attack.faults(mutant.apply(attack.text))
        assert attack.catches(mutant) is not whole.isdisjoint(attack.places(mutant)), mutant


@cache
def loaded() -> Project:
    return Project.load(ROOT)


def attack_on(file: str) -> Attack:
    project = loaded()
    page = replace(project.pages[file], problems=[])  # one of the tests gives it another
    run = run_pages(ROOT, [page])[file]
    return Attack(replace(project, pages=project.pages | {file: page}), run, file)


def change(attack: Attack, old: str, new: str) -> Mutant:
    start = attack.text.index(old)
    return Mutant(start, start + len(old), new)
