"""No number of a page can change unnoticed: every mutant of every page is caught at its line."""

from __future__ import annotations

import pytest

from nabla.problem import Problem
from nabla.project import Project
from tests.conftest import ROOT
from tests.mutation.pages import UNCHECKED_FORMULA, Attack, Campaign, Mutant, mutants, seen

# The pages whose attack takes seconds; the lessons, some minutes each, are attacked by hand for now:
# python -m tests.mutation.pages docs/lecciones/punto.md
PAGES = [f"docs/{name}.md" for name in ("glosario", "index", "notacion", "referencias", "uso")]


@pytest.fixture(scope="module")
def campaign(request: pytest.FixtureRequest) -> Campaign:
    """The attack on the pages that this run of pytest asks for."""
    chosen = {item.callspec.params["file"] for item in request.session.items if _is_attack(item)}
    return Campaign(ROOT, sorted(chosen))


def _is_attack(item: pytest.Item) -> bool:
    return isinstance(item, pytest.Function) and item.originalname == "test_every_mutant_is_caught"


@pytest.mark.parametrize("file", PAGES)
def test_every_mutant_is_caught(campaign: Campaign, file: str) -> None:
    report = campaign.report(file)
    survivors = [each for each in report.survivors if each.reason != UNCHECKED_FORMULA]
    assert not survivors, "\n".join(map(str, survivors))
    assert report.mutants >= report.numbers


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
        ("1. uno\n2. dos", ["1", "2"]),
    ],
)
def test_seen(text: str, expected: list[str]) -> None:
    assert [number[0] for number in seen(text)] == expected


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
        ("5 5", ["6 5", "-5 5", "5 6", "5 -5"]),
    ],
)
def test_mutants(text: str, expected: list[str]) -> None:
    assert [mutant.apply(text) for mutant in mutants(text)] == expected


class TestAttack:
    """An attack that took every answer for a catch would prove nothing."""

    @pytest.fixture
    def attack(self) -> Attack:
        project = Project.load(ROOT)
        return Attack(project, project.run().get("docs/index.md"), "docs/index.md")

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
        assert (report.caught, report.allowed) == (0, {})
        assert report.mutants == len(report.survivors) > report.numbers
        line = next(number for number, text in enumerate(attack.page.lines, 1) if "∂C/∂m = 108.78" in text)
        assert f"docs/index.md:{line}: " in str(report.survivors[0])


def change(attack: Attack, old: str, new: str) -> Mutant:
    start = attack.text.index(old)
    return Mutant(start, start + len(old), new)
