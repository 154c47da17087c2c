"""What is read of a formula where SymPy alone would read something else."""

from __future__ import annotations

import pytest

from nabla import latex


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("2(w - 2)^2", 18),
        (r"7.5\,(w - 2)^2", 67.5),
        ("w(w - 2)^2", 45),
        ("2(w^2)^2", 1250),
        ("2(w - 2)", 6),
        (r"\frac{12}{2(w - 2)}", 2),
        (r"\frac{36}{2(w - 2)^2}", 2),
    ],
)
def test_the_power_of_a_bracket_leaves_the_factor_before_it_alone(formula: str, value: float) -> None:
    [[side]] = latex.read(formula)
    assert eval(side.python, {"w": 5.0}) == value


def test_the_power_of_a_function_is_of_its_value() -> None:
    [[side]] = latex.read("f(w)^2", ["f"])
    assert eval(side.python, {"w": 5.0, "of": lambda name, value: value + 1}) == 36


def test_a_subscript_may_be_a_word() -> None:
    [[side]] = latex.read(r"w_{\text{nueva}}")
    assert side.python == "w_nueva"


@pytest.mark.parametrize(
    ("formula", "python"),
    [
        (r"\nabla C_{B_j}", "grad_C_B_j"),
        (r"\sum_j \sum_i g_{ij}", "sum_j(sum_i(g_ij))"),
        (r"\sum_i \sum_j \sum_k x_{ijk}", "sum_i(sum_j(sum_k(x_ijk)))"),
        (r"(\log x)'", "total('log(x)', 'x')"),
        (r"\left(e^x\right)'", "total('(e)**(x)', 'x')"),
    ],
)
def test_python(formula: str, python: str) -> None:
    [[side]] = latex.read(formula)
    assert side.python == python


@pytest.mark.parametrize(
    ("formula", "is_numeric"),
    [
        ("w_1", False),
        (r"2 w_1 + 3 w_2", False),
        (r"\frac{\partial C}{\partial w_1}", False),
        (r"2 \cdot (-6)", True),
    ],
)
def test_a_symbol_may_end_in_a_digit(formula: str, is_numeric: bool) -> None:
    [[side]] = latex.read(formula)
    assert side.is_numeric is is_numeric


def test_a_group_with_several_letters_does_not_say_by_which_it_is_derived() -> None:
    with pytest.raises(latex.Unreadable, match="de qué letra"):
        latex.read("(a x)'")


def test_a_limit_is_computed_where_something_vanishes() -> None:
    assert latex.read(r"a = \lim_{h \to 0} h x")
    with pytest.raises(latex.Unreadable, match="límite"):
        latex.read(r"a = \lim_{h \to 1} h x")
