"""Protects printed numbers from rounding ties: which values are too near one, and what of a lesson's code is looked at."""

from __future__ import annotations

import ast
import inspect
import linecache
import math
from decimal import Decimal
from typing import Any

import numpy
import pytest
import torch

from nabla.model import numerals
from nabla.run import rounding
from tests.check.test_bad_input import add_section, assert_refused
from tests.conftest import Mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)


@pytest.mark.parametrize(
    ("value", "exponent", "near"),
    [
        (torch.tensor(36.305), -2, True),
        (36.305, -2, True),
        (36.305, -1, False),
        (36.305, -3, False),
        (-36.305, -2, True),
        (0.125, -2, True),
        (0.125, -3, False),
        (2.5, 0, True),
        (44, 0, False),
        (0.0, -2, False),
        (36.304, -2, False),
        # Two units of float32 rounding at 36 are 7.6e-6.
        (36.305 + 7e-6, -2, True),
        (36.305 - 7e-6, -2, True),
        (36.305 + 9e-6, -2, False),
        (36.305 - 9e-6, -2, False),
        # Finer digits than float32 holds: two units of float64 rounding.
        (1.123456749, -8, False),
        (1.123456745, -8, True),
    ],
)
def test_is_near(value: object, exponent: int, near: bool) -> None:
    assert rounding.is_near(numerals.exact(value), exponent) is near


@pytest.mark.parametrize(
    ("spec", "value", "exponent"),
    [
        (".2f", "36.305", -2),
        ("10.3f", "36.305", -3),
        ("z7.0f", "36.305", 0),
        ("f", "36.305", -6),
        (".1%", "0.125", -3),
        (".2e", "36.305", -1),
        (".1e", "0.00036305", -5),
        (".3g", "36.305", -1),
        (".3", "36.305", -1),
        (",.2f", "36.305", -2),
        ("", "36.305", None),
        (">8", "36.305", None),
        ("d", "36", None),
    ],
)
def test_exponent_of(spec: str, value: str, exponent: int | None) -> None:
    assert rounding.exponent_of(spec, Decimal(value)) == exponent


def found(code: str, **names: Any) -> list[tuple[int, str]]:
    """The ties of a block: its lines and roundings."""
    recorder = rounding.Recorder()
    exec(compile(rounding.instrument(ast.parse(code), 0), "<block 0>", "exec"), names)
    return [(tie["line"], tie["rounding"]) for tie in recorder.take()]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ('f"{x:.2f}"', [(1, ".2f")]),
        ('f"{x:.2f} {x:.3f}"', [(1, ".2f")]),
        ('"\\n"\nf"""a\n{x:9.2f}"""', [(3, "9.2f")]),
        ('format(x, ".2f")', [(1, ".2f")]),
        ("round(x, 2)", [(1, ".2f")]),
        ("round(x + 0.195)", [(1, ".0f")]),
        ('f"{x}" f"{x!s:.4}" f"{x:>9}"', []),
        ('for _ in range(2): f"{x:.2f}"', [(1, ".2f")]),
        ('def f(a):\n    return f"{a:.2f}"\nf(x)', [(2, ".2f")]),
        ("f\"{f'{x:.2f}':>9}\"", [(1, ".2f")]),
    ],
)
def test_what_is_looked_at(code: str, expected: list[tuple[int, str]]) -> None:
    assert found(code, x=36.305) == expected


@pytest.mark.parametrize(
    "value", [36.305, numpy.float32(36.305), torch.tensor(36.305, requires_grad=True)], ids=type
)
def test_every_kind_of_number_is_looked_at(value: object) -> None:
    assert found('f"{x:.2f}"', x=value) == [(1, ".2f")]


def test_values_that_no_rounding_touches_pass() -> None:
    assert found('f"{x:.2}" f"{y:.2f}"', x="abc", y=math.nan) == []


def test_code_means_the_same() -> None:
    code = (
        "def f(a):\n"
        '    """Doc."""\n'
        '    return f"{a:{w}.1f}|{a!r:>5}|{a:.1f}"\n'
        "text, source = f(2.25), inspect.getsource(f)\n"
        "try:\n"
        '    f"{g():.1f}"\n'
        "except ZeroDivisionError as error:\n"
        "    line = error.__traceback__.tb_lineno\n"
    )
    plain: dict[str, Any] = {"inspect": inspect, "w": 6, "g": lambda: 1 / 0}
    shown = dict(plain)
    linecache.cache["<code>"] = (len(code), None, code.splitlines(True), "<code>")
    exec(compile(code, "<code>", "exec"), plain)
    rounding.Recorder()
    exec(compile(rounding.instrument(ast.parse(code), 0), "<code>", "exec"), shown)
    for name in ("text", "source", "line"):
        assert shown[name] == plain[name]


class TestRefused:
    """Build and check name the line of the page and the line of the snippet."""

    ADVICE = "da un decimal más o uno menos"

    def test_in_an_output(self, mini: Mini) -> None:
        output = "<!--pytest-codeblocks:expected-output-->\n```text\n36.30\n```\n"
        add_section(mini, 'a = 36.305\nprint(f"{a:.2f}")\n', after=output)
        assert_refused(
            mini,
            "docs/mini.md:26: el bloque «extra» redondea 36.305",
            'snippets/mini.py:11: print(f"{a:.2f}")',
            self.ADVICE,
        )

    def test_in_prose(self, mini: Mini) -> None:
        mini.edit(mini.page, "x, square -->", "x, square + 0.05 -->")
        assert_refused(mini, "docs/mini.md:3: 49.0 está junto a un empate", "calculado: 49.05", self.ADVICE)

    def test_in_an_expression(self, mini: Mini) -> None:
        mini.edit(mini.page, "x, square -->", "x, round(square + 0.05, 1) -->")
        assert_refused(mini, "docs/mini.md:4: la expresión «round(square + 0.05, 1)»", "redondea 49.05")
