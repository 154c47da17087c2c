"""Protects formulas: what LaTeX and comments mean is read as written, and no wrong formula passes against the code."""

from __future__ import annotations

import math
from types import SimpleNamespace
from typing import Any

import pytest
import torch

from nabla.algebra import latex, symbols
from nabla.check.equality import check_formula
from nabla.model.page import Page
from nabla.parse import formulas, regions
from nabla.run.runner import Run
from tests.conftest import Mini

READ = [
    (r"\hat y = m x + b = 0.9 \cdot 7 + 0.1", "y_hat | ((m*x) + b) | ((0.9*7) + 0.1)"),
    (r"\frac{\partial C}{\partial m} = \partial C/\partial m", "partial('C', 'm') | partial('C', 'm')"),
    (r"\frac{d^2 f}{dz^2} = f''(z)", "total('f', 'z', 'z') | prime('f', 2, z)"),
    (r"x(x + 3)", "(x*(x + 3))"),
    (r"\underbrace{\frac{du}{dx}}_{3x^2} \cdot 2", "(total('u', 'x')*2) // total('u', 'x') | (3*((x)**(2)))"),
    (r"u = 1, \qquad p = 2u", "u | 1 // p | (2*u)"),
    (r"\begin{aligned} z &= a \\[2ex] &= b \\ y &= c \end{aligned}", "z | a | b // y | c"),
    (r"w_{\text{nueva}}", "w_nueva"),
    (r"\nabla C_{B_j}", "grad_C_B_j"),
    (r"\sum_j \sum_i g_{ij}", "sum_j(sum_i(g_ij))"),
    (r"\sum_i \sum_j \sum_k x_{ijk}", "sum_i(sum_j(sum_k(x_ijk)))"),
    (r"\sum_{i \in B} x_i", "sum_i(x_i, B)"),
    (r"(\log x)'", "total('log(x)', 'x')"),
    (r"\left(e^x\right)'", "total('power_(e, x)', 'x')"),
    (r"a = \lim_{h \to 0} h", "a | h"),
    (r"\frac{d|u|}{du}", "total('abs(u)', 'u')"),
    (r"\begin{cases} -1 & \text{si } u < 0 \\ v & u > 0 \end{cases}", "cases((u < 0), (-1), (u > 0), v)"),
    (r"x^23", "(((x)**(2))*3)"),
]


@pytest.mark.parametrize(("formula", "python"), READ)
def test_latex_is_read_as_python(formula: str, python: str) -> None:
    chains = latex.read(formula)
    assert " // ".join(" | ".join(side.python for side in chain) for chain in chains) == python


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


def test_a_minus_before_a_big_bracket_is_of_all_of_it() -> None:
    [[side]] = latex.read(r"-\bigl( y \log a + (1 - y) \log(1 - a) \bigr)")
    value = eval(side.python, {"log": math.log, "a": 0.3, "y": 0.7})
    assert value == pytest.approx(-(0.7 * math.log(0.3) + 0.3 * math.log(0.7)))


@pytest.mark.parametrize(
    ("formula", "is_numeric"),
    [
        ("w_1", False),
        (r"2 w_1 + 3 w_2", False),
        ("m_0^2", False),
        (r"\frac{\partial C}{\partial w_1}", False),
        (r"2 \cdot (-6)", True),
        ("3^2", True),
    ],
)
def test_a_symbol_may_end_in_a_digit(formula: str, is_numeric: bool) -> None:
    [[side]] = latex.read(formula)
    assert side.is_numeric is is_numeric


@pytest.mark.parametrize(
    ("formula", "why"),
    [
        (r"m x +", "falta algo detrás de «\\+»"),
        (r"= m x", "falta un lado"),
        (r"(a", "no se cierra"),
        (r"\frac{1}{", "no se cierra"),
        (r"x^", "falta el exponente"),
        (r"\begin{cases} -1 & < 0 \end{cases}", "falta un lado"),
        (r"\begin{cases} -1 & u \end{cases}", "uno de los casos"),
        (r"\sum x_i", "sobre qué índice"),
        (r"\sum_i^n x_i", "los límites de la suma"),
        (r"a = b + \lim_{h \to 1} h", "límite"),
        (r"(a x)'", "de qué letra"),
        (r"\nabla = 2", "de qué"),
        (r"\frac{\partial^3 C}{\partial m^2}", "derivada"),
        (r"\frac{\partial^2 C}{\partial m}", "derivada"),
        (r"\frac{\partial C}{\partial m\,\partial b}", "derivada"),
        (r"\frac{\partial^2 C}{\partial m^-2}", "derivada"),
    ],
)
def test_what_cannot_be_computed_is_not_read(formula: str, why: str) -> None:
    with pytest.raises(latex.Unreadable, match=why):
        latex.read(formula)


def cost(m: Any, b: Any, x: Any, y: Any) -> Any:
    return ((m * x + b - y) ** 2).mean()


def gradient(m: Any, b: Any, x: Any, y: Any) -> tuple[Any, Any]:
    error = m * x + b - y
    return 2 * (error * x).mean(), 2 * error.mean()


LESSON = {
    "cost": cost,
    "gradient": gradient,
    "torch": torch,
    "xs": torch.tensor([1.0, 3.0, 4.0]),
    "ys": torch.tensor([0.5, -1.0, 2.0]),
}
SYMBOLS = """
<!-- símbolos:
x, y: n
y_hat = m * x + b
L = (y_hat - y)**2
C(m, b) = L.mean() = cost(m, b, x, y)
dC/dm = gradient(m, b, x, y)[0]
m <- m - alpha * gradient(m, b, x, y)[0]
B = n
-->
"""
VALUES = "<!-- símbolos: m := 0.5; b := 1; x := xs; y := ys -->\n"
MATRICES = "<!-- símbolos:\nX: n×d\nw: d\nX := torch.tensor([[1, 2], [3, -1], [0, 1]])\nw := [0.5, -1]\n-->\n"
PRODUCT = (
    r"$X w = \begin{bmatrix} 1 & 2 \\ 3 & -1 \\ 0 & 1 \end{bmatrix} \begin{bmatrix} 0.5 \\ -1 \end{bmatrix}"
    r" = \begin{bmatrix} -1.5 \\ 2.5 \\ -1 \end{bmatrix}$"
)


def problems(text: str) -> list[str]:
    """The problems of the formulas of a page with this text, whose lesson leaves LESSON behind."""
    page = Page("docs/página.md", text.splitlines(), regions.read(text).regions)
    block = SimpleNamespace(line=0, expected="", section=SimpleNamespace(code="", name=""))
    page.blocks.append(block)  # type: ignore[arg-type]
    page.formulas = formulas.read(page)
    values = [symbols.given(each, LESSON) for _, each in page.formulas.values]
    run = Run((), (), tuple(symbols.evaluate(formulas.job(page), LESSON, values)), False)
    found = [
        str(problem) for index in range(len(run.formulas)) for problem in check_formula(page, run, index)
    ]
    return [str(problem) for problem in page.problems] + found


RIGHT = [
    r"$2 \cdot (-6) \cdot 4 = -48$",
    r"$\frac{2}{3} \cdot 46 \approx 30.67$",
    r"$\sqrt{2} \approx 1.4142$",
    r"$\frac{d|u|}{du} = \begin{cases} -1 & u < 0 \\ 1 & u > 0 \end{cases}$",
    r"$(2 + h)^3 = 8 + 12h + 6h^2 + h^3$",
    r"$\frac{\partial C}{\partial m} = \frac{2}{n} \sum_i (\hat y_i - y_i)\,x_i$",
    r"$\frac{\partial C}{\partial m} = \frac{2}{|B|} \sum_{i \in B} (\hat y_i - y_i)\,x_i$",
    r"$\frac{\partial C}{\partial m} = \frac{\partial}{\partial m}\left(\frac{1}{n} \sum_i L_i\right)$",
    r"$\frac{\partial L_i}{\partial b} = 2(\hat y_i - y_i)$",
    r"$m \leftarrow m - \alpha\,\frac{\partial C}{\partial m}$",
    r"$\frac{\partial^2 C}{\partial m\,\partial b} = \frac{2}{n} \sum_i x_i$",
    r"$\frac{\partial C}{\partial m} = \lim_{h \to 0} \frac{C(m + h) - C(m)}{h}$",
    "$\\frac{\\partial C}{\\partial m} \\approx \\frac{C(m + h) - C(m - h)}{2h}$\n<!-- fórmulas: O(h**2) -->",
    f"$\\frac{{\\partial C}}{{\\partial m}} = 2 \\cdot \\frac{{1 + 10.5 + 4}}{{3}} \\approx 10.3333$\n{VALUES}",
    "Da $2(\\hat y_i - y_i)\\,x_i$.\n<!-- fórmulas: partial('L_i', 'm') -->",
    "Vale $\\hat y_i - y_i$ y $L_i = (\\hat y_i - y_i)^2$.",
    "Vale $3/8$.\n<!-- fórmulas: len(xs) / 8 -->",
    "Donde $m = b^2$.\n<!-- fórmulas: lados(m, b * b) -->",
    "$x = 7$, $(2, 3)$, $0 < m < 1$, $\\frac{\\partial C}{\\partial m}$, $\\leftarrow$ y $\\sum_i$.",
    '$\\log 0$\n<!-- fórmulas: "no es un número" -->',
    f"{MATRICES}\n{PRODUCT}",
]


@pytest.mark.parametrize("text", RIGHT)
def test_a_right_formula_passes(text: str) -> None:
    assert problems(f"{SYMBOLS}\n{text}\n") == []


WRONG = [
    (r"$2 \cdot (-6) \cdot 4 = 48$", "la fórmula no cuadra: «48»"),
    (r"$\frac{2}{3} \cdot 46 = 30.67$", "con \\approx"),
    (r"$\sqrt{-2} \approx 1.4142$", "no da un número"),
    (r"$(2, 3) = 5$", "no cuadra"),
    (r"$\frac{d|u|}{du} = \begin{cases} 1 & u < 0 \\ 1 & u > 0 \end{cases}$", "no cuadra"),
    (r"$\frac{|u|}{du} = \begin{cases} -1 & u < 0 \\ 1 & u > 0 \end{cases}$", "no cuadra"),
    (r"Vale $(5)$.", "nadie comprueba"),
    (r"$2 = 3$", "no cuadra"),
    (r"$\frac{\partial C}{\partial b} = \frac{2}{n} \sum_i (\hat y_i - y_i)\,x_i$", "no cuadra"),
    (r"$\frac{\partial C}{\partial m} = 2 \sum_i (\hat y_i - y_i)\,x_i$", "no cuadra"),
    (r"$\frac{\partial C}{\partial m} = \frac{2}{n} \sum_i (\hat y_i - y_i)\,y_i$", "no cuadra"),
    (r"$\frac{\partial C}{\partial m} = \frac{2}{n} \sum_i (\hat y_i - y_j)\,x_i$", "no cuadra"),
    (
        r"$\frac{\partial C}{\partial m} = \frac{2}{n} \sum_{i \in A} (\hat y_i - y_i)\,x_i$",
        "tantos sumandos",
    ),
    (r"$\frac{\partial C}{\partial m} = \frac{2}{n} (\hat y_i - y_i)\,x_i$", "no cuadra"),
    (r"$L_i = (\hat y_j - y_j)^2$", "otra forma"),
    (r"$x_i = 3$", "son muchos números"),
    (r"$m \leftarrow m + \alpha\,\frac{\partial C}{\partial m}$", "no cuadra"),
    (f"$\\frac{{\\partial C}}{{\\partial b}} = 2 \\cdot 5.1667 = 10.3334$\n{VALUES}", "publicado: 10.3334"),
    (r"$\frac{\partial C}{\partial m} = 10.3333$", "<!-- símbolos: m := 0.9"),
    (
        "$\\frac{\\partial C}{\\partial m} \\approx \\frac{C(m + h) - C(m)}{h}$\n<!-- fórmulas: O(h**2) -->",
        "cuadra",
    ),
    (r"$\frac{\partial C}{\partial m} \approx \frac{C(m + h) - C(m)}{h}$", "<!-- fórmulas: EXPRESIÓN -->"),
    (r"Da $2(\hat y_i - y_i)\,x_i$.", "nadie comprueba la fórmula"),
    ("Vale $\\hat y_i - x_i$ y $L_i = (\\hat y_i - y_i)^2$.", "nadie comprueba la fórmula «\\hat y_i - x_i»"),
    ("Vale $(\\hat y_i - y_i)$ y $L_i = (\\hat y_i - y_i)^2$.", "nadie comprueba"),
    ("Da $m b$.\n<!-- fórmulas: m * b, m -->", "tiene 2 expresiones y aquí hacen falta 1"),
    ("Vale $5/8$.\n<!-- fórmulas: len(xs) / 8 -->", "publicado: 5/8"),
    ("Vale $3/8$.\n<!-- fórmulas: len(xs) / 8.002 -->", "publicado: 3/8"),
    ("Da $m b$.\n<!-- fórmulas: m * sin_valor(b) -->", "sin_valor"),
    ("Donde $m = b^3$.\n<!-- fórmulas: lados(m, b * b) -->", "no cuadra: «b * b»"),
    ("$7$\n<!-- fórmulas: lados(m, 0) -->", "no tiene igualdad"),
    (r"$\hat x = 2 \cdot 3 = 6$", "«\\hat x» no es un símbolo"),
    (r"$\hat y -$", "nadie comprueba"),
    (f"$C = 7.25$\n{VALUES}", "publicado: 7.25"),
    (f"{VALUES}\n$2m = 3$", "publicado: 3"),
    ("<!-- símbolos: C -->", "falta «=»"),
    ("<!-- símbolos: dC/db = gradient(m, b, x, y)[0] -->", "no cuadra: «gradient(m, b, x, y)[0]»"),
    ("<!-- símbolos: L = (y_hat - y)**2 = y_hat - y -->", "no cuadra: «y_hat - y»"),
    ("<!-- símbolos: m: 3 -->", "no entiendo «m: 3»"),
    ("<!-- valores: m = 3 -->", "van en el comentario «símbolos»"),
    ("<!-- símbolos: := m, 3 -->", "no es un nombre"),
    ("<!-- símbolos: m := -->", "falta el valor"),
    (f"{MATRICES}\n{PRODUCT.replace('2.5', '3.5')}", "no cuadra"),
    (f"{MATRICES}\n$w = (0.5, 1)$", "no cuadra"),
    (f"{MATRICES}\n{PRODUCT.replace('3 & -1', '3 & 1')}", "no cuadra"),
    (f"{MATRICES}\n{PRODUCT.replace('0.5', '0.6')}", "no cuadra"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_a_wrong_formula_is_refused_at_its_line(text: str, said: str) -> None:
    first = SYMBOLS.count("\n") + 2
    lines = range(first, first + text.count("\n") + 1)
    found = problems(f"{SYMBOLS}\n{text}\n")
    assert any(said in problem for problem in found), found
    assert all(problem.startswith(tuple(f"docs/página.md:{line}:" for line in lines)) for problem in found)


def test_what_a_comment_says_ends_with_its_piece() -> None:
    piece = "/// admonition | Otra\n\n$L = m$\n<!-- símbolos: L = m -->\n///\n"
    assert problems(f"{SYMBOLS}\n{piece}\n$L = (\\hat y - y)^2$\n") == []
    (problem,) = problems(f"{SYMBOLS}\n{piece}\n$L = m$\n")
    assert problem.startswith(f"docs/página.md:{SYMBOLS.count(chr(10)) + 8}:")


def test_owned_ranges_are_those_of_checked_chains() -> None:
    text = f"{SYMBOLS}\n$x = 7$, $L_i = (\\hat y_i - y_i)^2$, con $2$ y $(\\hat y_i - y_i)^2$.\n"
    page = Page("docs/página.md", text.splitlines(), regions.read(text).regions)
    page.formulas = formulas.read(page)
    owned = [text[start:end] for start, end in page.formulas.owned]
    assert owned == [r"L_i = (\hat y_i - y_i)^2", r"(\hat y_i - y_i)^2"]


def test_a_partial_derivative_holds_what_is_named_beside_its_variable() -> None:
    text = "<!-- símbolos:\ns = x + 3\np = x * s\n-->\n"
    assert problems(text + r"$\frac{\partial p}{\partial x} = s$, $\frac{dp}{dx} = s + x$" + "\n") == []
    assert problems(text + r"$\frac{\partial p}{\partial x} = s + x$" + "\n")


def test_a_wrong_formula_stops_the_build(mini: Mini) -> None:
    right = "<!-- símbolos: f(t) = power(t) -->\n\n$f'(t) = 3t^2$\n"
    mini.edit(mini.snippet, "square = x**2", "def power(t):\n    return t**3\n\n\nsquare = x**2")
    mini.edit(mini.page, "## Final", f"{right}\n## Final")
    built = mini.build()
    assert built.returncode == 0, built.stderr
    mini.edit(mini.page, "3t^2", "2t^2")
    line = mini.page.read_text("utf-8").split("2t^2")[0].count("\n") + 1
    built = mini.build()
    assert built.returncode != 0
    assert f"docs/mini.md:{line}: la fórmula no cuadra: «2t^2»" in built.stderr
