"""Protects numbers in Markdown: which ones a reader sees, and when a value is the one printed."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy
import pytest
import torch

from nabla.model import numerals
from nabla.parse import provenance, regions


def find(markdown: str) -> tuple[numerals.Numeral, ...]:
    return provenance.numbers(markdown, regions.spans(markdown))


def texts(markdown: str) -> list[str]:
    return [numeral.text for numeral in find(markdown)]


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("El coste es 60.3729.", ["60.3729"]),
        ("de -1.37 a −0.5 y .62", ["-1.37", "−0.5", ".62"]),
        ("la resta 3 - 1.37 y 6.4-1.37", ["3", "1.37", "6.4", "1.37"]),
        ("$2(6.4 - (-1.37))$", ["2", "6.4", "-1.37"]),
        (r"$7.77^2 = 60.3729$, $x_7$, $x_{12}$, $10^{2}$", ["7.77", "60.3729", "10^{2}"]),
        (r"$2.1 \cdot 10^{-8}$ y 1e-3 y 2.5E+4", [r"2.1 \cdot 10^{-8}", "1e-3", "2.5E+4"]),
        (r"\frac{2}{8} y 2x y $3y^2$", ["2", "8"]),
        ("float32, m2, L1Loss y `torch.float64`", []),
        ("`lr = 0.01` en [lote](lote.md#paso-2)", ["0.01"]),
        ("1. primero 3\n2. segundo", ["3"]),
        ("versión 3.11.7", ["3", "11", "7"]),
        ("fuera de fórmula, x^2 y a_2", ["2"]),
        ("$x^2.$ y $x_{12}$", []),
        ('<img width="3.5"> {#a .b2}', []),
        ("| 0.9 | -1.37 |", ["0.9", "-1.37"]),
        (r"\begin{aligned} a &= 1.5 \\[4pt] b &= 2.5 \end{aligned}", ["1.5", "2.5"]),
        ("v1.5 pegado a letras, 36.305m", ["1.5", "36.305"]),
        ("x^{0.5}", ["0.5"]),
        ("2. ", []),
        ("Son 108.78. Y 15.54, dice.", ["108.78", "15.54"]),
    ],
)
def test_find(markdown: str, expected: list[str]) -> None:
    assert texts(markdown) == expected


def test_place_of_a_number_is_kept() -> None:
    markdown = "[a](b1.md) vale 2.5"
    (numeral,) = find(markdown)
    assert markdown[numeral.start :] == "2.5"


@pytest.mark.parametrize(
    ("printed", "value", "same"),
    [
        ("108.78", 108.78, True),
        ("108.78", torch.tensor(2.0) * 54.39, True),
        ("108.78", 108.774, False),
        ("-1.37", -1.37, True),
        ("-1.37", 1.37, False),
        ("1.37", -1.37, False),
        ("0.00", -0.001, True),
        ("-0", 0, False),
        ("-0.0", 0.0, False),
        ("-0", -0.0, True),
        ("44", 44, True),
        ("44", 44.2, False),
        ("7", torch.tensor(7.0000001), True),
        ("1e-3", 0.00104, True),
        ("1e-3", 0.0016, False),
        (r"2.1 \cdot 10^{-8}", 2.13e-8, True),
        (r"2.1 \cdot 10^{-8}", 2.2e-8, False),
        (r"10^{-3}", 0.001, True),
        ("36.3", numpy.float32(36.305), True),
        ("36.305", torch.tensor([36.305]), True),
    ],
)
def test_shows(printed: str, value: object, same: bool) -> None:
    (numeral,) = find(printed)
    assert numeral.shows(numerals.exact(value)) is same


@pytest.mark.parametrize(
    ("printed", "value", "rewritten"),
    [
        ("108.78", 15.543, "15.54"),
        ("-1.37", 2.0, "2.00"),
        ("1.37", -2.0, "-2.00"),
        ("−1.37", -2.0, "−2.00"),
        (".62", 0.5, ".50"),
        ("44", 45.0, "45"),
        ("1.5e-3", 0.0000234, "2.3e-5"),
        ("1.5e-3", -0.0000234, "-2.3e-5"),
        ("0.5", 1e30, "1000000000000000019884624838656.0"),
        (r"2.1 \cdot 10^{-8}", 3.49e-6, r"3.5 \cdot 10^{-6}"),
    ],
)
def test_rewritten(printed: str, value: float, rewritten: str) -> None:
    (numeral,) = find(printed)
    computed = numerals.exact(value)
    text = numeral.rewritten(computed)
    assert text == rewritten
    (again,) = find(text)
    assert again.shows(computed), "what update writes must pass the check"


@pytest.mark.parametrize("value", ["7", None, [1.0], torch.zeros(2), math.nan, math.inf, 1j])
def test_not_a_number(value: object) -> None:
    with pytest.raises(numerals.NotANumber):
        numerals.exact(value)


def test_exact_is_exact() -> None:
    assert numerals.exact(0.1) == Decimal("0.1000000000000000055511151231257827021181583404541015625")
    assert numerals.exact(True) == 1
