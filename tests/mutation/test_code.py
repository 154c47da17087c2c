"""Protects the code that readers copy: each slip of the hand is caught, or listed with a reason."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path

import pytest

from nabla.check.project import Project
from tests.check.test_bad_input import add_figure, add_section
from tests.conftest import ROOT, Mini
from tests.mutation import command, equivalent, record, runs
from tests.mutation.operators import mutants
from tests.mutation.runs import Outcome, in_child
from tests.remembered import COURSE, MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY, *COURSE)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a + b", {"a + b → a - b", "a + b → a", "a + b → b"}),
        ("a * b", {"a * b → a / b", "a * b → a", "a * b → b"}),
        ("e ** k", {"e ** k → e * k", "e ** k → e"}),
        ("-x", {"-x → x"}),
        ("x.sum()", {"x.sum() → x.mean()", "x.sum() → nada"}),
        ("f(x, y)", {"f(x, y) → f(y, x)", "f(x, y) → nada"}),
        ("max(x, y)", {"max(x, y) → min(x, y)", "max(x, y) → nada"}),
        ("y = range(n)", {"range(n) → range(n + 1)", "range(n) → range(n - 1)"}),
        ("y = 8", {"8 → 9"}),
        ("y = 0.5", {"0.5 → 1.0"}),
        ("y = x < 3", {"x < 3 → x <= 3", "x < 3 → x >= 3", "3 → 4"}),
        ("y = True", {"True → False"}),
        ("y = x.T", {"x.T → x"}),
        ("w.grad.zero_()", {"w.grad.zero_() → nada"}),
        ("w.grad = None", {"w.grad = None → nada"}),
        ("w -= g", {"w -= g → w += g", "w -= g → nada"}),
        ("with no_grad():\n    y = 2 * x", {"with no_grad(): y = 2 * x → sin with"}),
        ("g.manual_seed(0)", {"0 → 1"}),
        ("y = 2 * x\nz = 2 * x", {"2 * x → 2 / x", "2 * x → 2 / x (2)"}),
        ("x * 1", {"1 → 2"}),
        ('"""Suma 2 + 2."""', set()),
        ("ax.plot(x, color=c + 1, alpha=0.5)", {"ax.plot(x, color=c + 1, alpha=0.5) → nada"}),
        ('look = {"color": 3, "x": 4}', {"4 → 5"}),
        ("plt.show()", set()),
    ],
)
def test_slips(source: str, expected: set[str]) -> None:
    names = {each.name for each in mutants(source, "<test>")}
    assert expected <= names
    if not expected:
        assert not names


@pytest.mark.parametrize(
    ("source", "marginal"),
    [
        ("x < 3", {"x < 3 → x <= 3"}),
        ("a < b >= c", {"a < b >= c → a <= b >= c", "a < b >= c → a < b > c"}),
        ("y = range(n)", {"range(n) → range(n + 1)", "range(n) → range(n - 1)"}),
        ("y = range(2, 8)", {"2 → 3", "8 → 9"}),
        ("y = range(1 + n, k)", {"range(1 + n, k) → range(1 + n, k + 1)", "range(1 + n, k) → range(1 + n, k - 1)"}),
        ("x[:8]", {"8 → 9"}),
        ("h = 1e-5", {"1e-05 → 2e-05"}),
        ("h = 0.1 * x + 3", set()),
    ],
)  # fmt: skip
def test_what_only_moves_a_margin(source: str, marginal: set[str]) -> None:
    assert {each.name for each in mutants(source, "<test>") if each.is_marginal} == marginal


@pytest.mark.parametrize("source", ["x * 1", "x / 1", "x ** 1", "1 * x"])
def test_a_factor_of_one_is_not_taken_away(source: str) -> None:
    assert not {each.name for each in mutants(source, "<test>") if each.name.endswith("→ x")}


def test_looks_do_not_change() -> None:
    names = {each.name for each in mutants("ax.plot(x, color=c + 1, alpha=0.5)", "<test>")}
    assert names == {"ax.plot(x, color=c + 1, alpha=0.5) → nada"}


def test_what_a_function_does_is_told_from_what_a_section_does() -> None:
    found = {
        each.name: each.in_function for each in mutants("def f(x):\n    return 2 * x\n\ny = 3", "<test>")
    }
    assert found["2 → 3"] and found["2 * x → 2 / x"] and not found["3 → 4"]


def test_a_mutant_is_the_section_but_for_its_change() -> None:
    source = "x = [1, 2]\nfor y in x:\n    x[0] += y * 3\n"
    found = {}
    for each in mutants(source, "<test>"):
        namespace: dict = {}
        exec(each.code, namespace)
        found[each.name] = namespace["x"]
    assert (
        found["y * 3 → y"] == [4, 2] and found["3 → 4"] == [13, 2] and found["x[0] += y * 3 → nada"] == [1, 2]
    )
    namespace = {}
    exec(source, namespace)
    assert namespace["x"] == [10, 2]


def test_a_child_can_neither_hang_nor_write(tmp_path: Path) -> None:
    def hang() -> str:
        while True:
            time.monotonic()

    def write() -> str:
        (tmp_path / "file").write_text("x")
        return "survived"

    assert in_child(hang, seconds=1) == "timeout"
    assert in_child(write) == "crash"
    assert in_child(lambda: "number") == "number"
    assert not (tmp_path / "file").exists() or not (tmp_path / "file").read_text()


def test_what_catches_a_mutant(mini: Mini) -> None:
    """One mutant or more for each way to be caught, and one that nothing catches."""
    add_section(mini, "unseen = 40\nseen = unseen * 0 + 5\n")
    mini.page.write_text(mini.page.read_text() + "\nSon 5.\n<!-- cifras: seen -->\n")
    add_figure(mini, "![Una recta.](figura:plot)")
    failing = '\n<!-- falla: ZeroDivisionError, zero -->\n```python\n--8<-- "snippets/mini.py:wrong"\n```\n'
    mini.page.write_text(mini.page.read_text() + failing)
    code = "try:\n    # --8<-- [start:wrong]\n    1 / (2 - 2)\n    # --8<-- [end:wrong]\nexcept ZeroDivisionError:\n    pass\n"
    mini.snippet.write_text(mini.snippet.read_text() + code)
    assert mini.update().returncode == 0
    ran = command.run("code", folder=mini.root)
    assert ran.returncode == 1, ran.stderr
    assert "snippets/mini.py:10: [mini:extra] survived: 40 → 41" in ran.stdout.splitlines()
    assert record.load(mini.root, "docs/mini.md", "code") is None, "a page with survivors is not recorded"
    [(_, found)] = map(runs.of_share, [(Project.load(mini.root).pages["docs/mini.md"], range(10**6))])
    assert {each.kind for each in found.values()} == {
        "crash",
        "error",
        "output",
        "figure",
        "number",
        "survived",
        "ruled",
    }


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    file = tmp_path / "equivalent.toml"
    monkeypatch.setattr(equivalent, "LIST", file)
    return file


def test_a_listed_mutant_that_is_caught_is_a_fault(listed: Path) -> None:
    listed.write_text('["mini:a"]\n"because" = ["1 → 2", "2 → 3"]\n')
    found = [Outcome("mini:a", "1 → 2", 1, "survived"), Outcome("mini:a", "2 → 3", 1, "output")]
    assert equivalent.faults(found) == ["equivalent.toml: [mini:a] 2 → 3: did not survive, or is no mutant"]
    assert not equivalent.faults(found, whole=False), "not all mutants were tried"


def test_a_mutant_is_listed_once(listed: Path) -> None:
    listed.write_text('["mini:a"]\n"because" = ["1 → 2"]\n"besides" = ["1 → 2"]\n')
    found = [Outcome("mini:a", "1 → 2", 1, "survived")]
    assert equivalent.faults(found) == ["equivalent.toml: [mini:a] 1 → 2: listed twice"]


def test_the_list_is_sorted_and_gives_reasons() -> None:
    """Of each section that exists, so that what is listed for one that went away is found as well."""
    sections = tomllib.loads(equivalent.LIST.read_text("utf-8"))
    pages = Project.load(ROOT).pages.values()
    known = {runs.name_of(block) for page in pages for block in page.blocks}
    assert sections.keys() <= known
    assert list(sections) == sorted(sections)
    for section, reasons in sections.items():
        assert list(reasons) == sorted(reasons), section
        assert all(len(reason.split()) > 2 and listed == sorted(listed) for reason, listed in reasons.items())
