"""How snippets are mutated, and what tells a mutant from the lesson."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from nabla import runner
from tests.conftest import ROOT, Mini
from tests.mutation.operators import mutants
from tests.mutation.runs import in_child
from tests.test_bad_input import add_figure, add_section


def survey(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = runner.environment(ROOT) | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, "-m", "tests.mutation.code"],
        cwd=folder,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


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
        ("y = 8", {"8 → 9", "8 → 7"}),
        ("y = 0.5", {"0.5 → 1.0", "0.5 → 1.5"}),
        ("y = x < 3", {"x < 3 → x <= 3", "x < 3 → x >= 3", "3 → 4", "3 → 2"}),
        ("y = True", {"True → False"}),
        ("y = x.T", {"x.T → x"}),
        ("w.grad.zero_()", {"w.grad.zero_() → nada"}),
        ("w.grad = None", {"w.grad = None → nada"}),
        ("w -= g", {"w -= g → w += g", "w -= g → nada"}),
        ("with no_grad():\n    y = 2 * x", {"with no_grad(): y = 2 * x → sin with"}),
        ("g.manual_seed(0)", {"0 → 1", "0 → -1"}),
        ("y = 2 * x\nz = 2 * x", {"2 * x → 2 / x", "2 * x → 2 / x (2)"}),
        ('"""Suma 2 + 2."""', set()),
        ("ax.plot(x, color=c + 1, alpha=0.5)", {"ax.plot(x, color=c + 1, alpha=0.5) → nada"}),
        ('look = {"color": 3, "x": 4}', {"4 → 5", "4 → 3"}),
        ("plt.show()", set()),
    ],
)
def test_slips(source: str, expected: set[str]) -> None:
    names = {each.name for each in mutants(source, "<test>")}
    assert expected <= names
    if not expected:
        assert not names


def test_looks_do_not_change() -> None:
    names = {each.name for each in mutants("ax.plot(x, color=c + 1, alpha=0.5)", "<test>")}
    assert names == {"ax.plot(x, color=c + 1, alpha=0.5) → nada"}


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
    ran = survey(mini.root)
    assert ran.returncode == 1, ran.stderr
    header, row, *faults = ran.stdout.splitlines()
    fates = dict(zip(header.split(), map(int, row.split()[1:]), strict=True))
    assert {kind for kind, count in fates.items() if count} == {
        "mutants",
        "crash",
        "error",
        "output",
        "figure",
        "number",
    }
    assert "snippets/mini.py:10: [mini:extra] survived: 40 → 41" in faults


def test_a_listed_mutant_that_is_caught_is_a_fault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from tests.mutation import code
    from tests.mutation.runs import Outcome

    listed = tmp_path / "equivalent.toml"
    listed.write_text('["mini:a"]\n"1 → 2" = "because"\n"2 → 3" = "because"\n')
    monkeypatch.setattr(code, "EQUIVALENT", listed)
    found = [Outcome("mini:a", "1 → 2", 1, "survived"), Outcome("mini:a", "2 → 3", 1, "output")]
    assert code.faults(found) == ["equivalent.toml: [mini:a] 2 → 3: did not survive, or is no mutant"]
    assert code.counts(found) == {"equivalent": 1, "output": 1}
