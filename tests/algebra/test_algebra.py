"""Protects what an author may write: ordinary formulas get their verdict, and no input ends in an error of Python."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import tomllib
from typing import Any

import numpy as np
import pytest

from nabla.algebra import latex, symbols
from tests.algebra.test_formulas import SYMBOLS, problems
from tests.conftest import ROOT

KINDS: list[dict[str, Any]] = tomllib.loads((ROOT / "tests/algebra/formulas.toml").read_text("utf-8"))["kind"]
PAIRS = [(kind, *pair) for kind in KINDS for pair in kind.get("right", [])]
REFUSED = [(kind, *pair) for kind in KINDS for pair in kind.get("refused", [])]


def ask(kind: dict[str, Any], formula: str) -> list[str]:
    """The problems of a page with one formula of a kind."""
    comment = f"<!-- símbolos:\n{kind.get('symbols', '')}\n-->\n\n" if kind.get("symbols") else ""
    return problems(f"{comment}$$\n{formula}\n$$\n")


def names(cases: list[tuple[Any, ...]]) -> list[str]:
    return [f"{kind['name']}: {formula}" for kind, formula, _ in cases]


@pytest.mark.parametrize(("kind", "right", "wrong"), PAIRS, ids=names(PAIRS))
def test_an_ordinary_formula_is_read_and_its_wrong_sister_caught(
    kind: dict[str, Any], right: str, wrong: str
) -> None:
    assert ask(kind, right) == []
    found = ask(kind, wrong)
    assert any("no cuadra" in problem for problem in found), found


@pytest.mark.parametrize(("kind", "formula", "why"), REFUSED, ids=names(REFUSED))
def test_what_cannot_be_read_is_refused_with_its_reason(kind: dict[str, Any], formula: str, why: str) -> None:
    found = ask(kind, formula)
    assert any(why in problem for problem in found), found


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert 2 * len(PAIRS) + len(REFUSED) >= 180
    assert len({right for _, right, _ in PAIRS}) == len(PAIRS)


# Signs and commands, at random places.
PIECES = (ROOT / "tests/algebra/tokens.txt").read_text("utf-8").split()


@pytest.mark.parametrize("seed", range(6))
def test_no_run_of_tokens_ends_in_an_error_of_python(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(120):
        formula = " ".join(chance.choices(PIECES, k=chance.choice((2, 4, 8, 14, 25))))
        for problem in problems(f"{SYMBOLS}\n${formula}$\n"):
            assert problem.startswith("docs/página.md:"), formula
            assert "Traceback" not in problem, formula


DEEP = {
    "paréntesis": ("(", "x", ")"),
    "llaves": ("{", "x", "}"),
    "raíces": (r"\sqrt{", "x", "}"),
    "fracciones": (r"\frac{1}{", "x", "}"),
    "exponentes": ("x^{", "x", "}"),
    "signos": ("-", "x", ""),
    "sumas": (r"\sum_i ", "x_i", ""),
    "logaritmos": (r"\log ", "x", ""),
    "gorros": (r"\hat{", "x", "}"),
    "incrementos": (r"\Delta", " x", ""),
    "llaves debajo": (r"\underbrace{", "x", "}_{y}"),
    "derivadas": (r"\frac{d}{dx}(", "x", ")"),
    "matrices": (r"\begin{bmatrix}", "x", r"\end{bmatrix}"),
    "casos": (r"\begin{cases}", "x", r"& x > 0\end{cases}"),
    "máximos": (r"\max(1, ", "x", ")"),
    "barras": ("|1 + ", "x", "|"),
}


@pytest.mark.parametrize("kind", DEEP)
def test_what_is_too_deep_is_said_in_a_sentence(kind: str) -> None:
    before, inside, after = DEEP[kind]
    for depth in (3, 29, 35, 300, 5000):
        formula = before * depth + inside + after * depth
        chains, why = read(formula)
        if why:
            assert re.search("niveles|una dentro de otra|signos", why), depth
            continue
        assert depth < 300
        sides = [
            {"table": 0, "values": None, "sides": [side.python for side in chain], "small": None}
            for chain in chains
        ]
        table = {"definitions": {}, "sizes": {}, "ranges": {}}
        symbols.evaluate({"tables": [table], "chains": sides}, {}, [])


def read(formula: str) -> tuple[tuple[latex.Chain, ...], str]:
    """The chains of a formula, or why it has none."""
    try:
        return latex.read(formula), ""
    except latex.Unreadable as error:
        return (), str(error)


@pytest.mark.parametrize(
    "piece", ["1+", "x", "x_1 ", "(x)", r"\frac12+", "9", "a=", "a&b\\\\", "|", "'", "{}", "\\[", "\\,", "$"]
)
def test_the_work_of_a_long_formula_grows_with_its_length(piece: str) -> None:
    def calls(length: int) -> int:
        counted = 0

        def count(frame: Any, event: str, argument: Any) -> None:
            nonlocal counted
            counted += 1

        sys.setprofile(count)
        try:
            _, why = read(piece * length + "1")
        finally:
            sys.setprofile(None)
        assert len(why) < 200
        return counted

    assert calls(4_000) < 10 * calls(500)  # a square would be 64 times as much


def test_a_function_that_takes_no_tensors_is_given_arrays() -> None:
    import torch

    def spread(x: Any) -> Any:
        return np.var(x) + np.mean(x) - np.sum(x) / len(x)

    table = {"definitions": {"s": [None, ["spread(x)"]]}, "sizes": {"x": ["n"]}, "ranges": {}}
    sides = ["s", "sum_i(((x_i - sum_i(x_i) / n))**2) / n"]
    job = {"tables": [table], "chains": [{"table": 0, "values": None, "sides": sides, "small": None}]}
    for namespace in ({"np": np, "spread": spread}, {"np": np, "torch": torch, "spread": spread}):
        [answer] = symbols.evaluate(job, namespace, [])
        assert all(one == pytest.approx(other) for one, other in answer["samples"])


def test_algebra_needs_no_torch() -> None:
    code = (
        "import sys; sys.modules['torch'] = None\n"
        "import numpy as np\n"
        "from nabla.algebra import latex, symbols\n"
        "table = {'definitions': {'s': [None, ['np.mean(x)']]}, 'sizes': {'x': ['n']}, 'ranges': {}}\n"
        "[chain] = latex.read(r's = \\frac1n \\sum_i x_i')\n"
        "chains = [{'table': 0, 'values': None, 'sides': [side.python for side in chain], 'small': None}]\n"
        "[answer] = symbols.evaluate({'tables': [table], 'chains': chains}, {'np': np}, [])\n"
        "print(all(abs(one[0] - other[0]) < 1e-9 for one, other in answer['samples']))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "True", done.stderr


def test_a_failed_equality_shows_the_point_that_failed() -> None:
    [problem] = problems("<!-- símbolos: x: -1..1 -->\n\n$|x| = x$\n")
    shown = dict(line.strip().removeprefix("en ").split(" = ") for line in problem.splitlines()[1:-1])
    assert float(shown["|x|"]) == -float(shown["x"])
    assert f"en x = {shown['x']}" in problem


def test_a_reason_reaches_the_author_with_file_and_line() -> None:
    [problem] = problems("\n\nVale $\\cosec x = 2$.\n")
    assert problem.startswith("docs/página.md:3: ")
    assert "no conozco la orden «\\cosec»" in problem
    [problem] = problems("Vale $\\cosec x = 2$.\n<!-- fórmulas: x -->\n")
    assert "no conozco la orden «\\cosec»" in problem
    assert problems('Vale $\\cosec x = 2$.\n<!-- fórmulas: "es de otro libro" -->\n') == []
