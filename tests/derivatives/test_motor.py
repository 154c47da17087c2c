"""Protects the engine of ``motor``: its derivatives, on random expressions, are those of autograd and of differences."""

from __future__ import annotations

import inspect
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load

SNIPPET = Path(__file__).resolve().parents[2] / "snippets/motor.py"


def expression(seed: int, leaves: int = 3, operations: int = 12) -> Callable[..., Any]:
    """A function of ``leaves`` numbers, whose intermediate results are used again and again."""
    rng = random.Random(seed)
    steps = [(rng.choice("+-*^nr"), rng.random(), rng.random()) for _ in range(operations)]

    def function(*numbers: Any) -> Any:
        known = list(numbers)
        for sign, first, second in steps:
            # Small coefficients: products of products would otherwise leave the range of differences.
            a, b = known[int(first * len(known))], known[int(second * len(known))]
            known.append(
                {
                    "+": lambda a=a, b=b: 0.5 * a + b,
                    "-": lambda a=a, b=b: a - 0.5 * b,
                    "*": lambda a=a, b=b: 0.3 * a * b,
                    "^": lambda a=a: 0.2 * a**2,
                    "n": lambda a=a: a + 0.7,
                    "r": lambda a=a: 1.5 - a,
                }[sign]()
            )
        return sum(known)

    return function


def engine_gradient(function: Callable[..., Any], *point: Tensor) -> list[Tensor]:
    lesson = load("motor")
    leaves = [lesson["Value"](number.item()) for number in point]
    lesson["backward"](function(*leaves))
    return [torch.tensor(leaf.grad, dtype=torch.float64) for leaf in leaves]


@pytest.mark.parametrize("seed", range(40))
def test_engine_on_random_expressions(seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    point = torch.randn(3, dtype=torch.float64, generator=generator).unbind()
    function = expression(seed)
    assert_three_ways(function, lambda *point: engine_gradient(function, *point), *point)


@pytest.mark.parametrize("seed", range(10))
def test_every_operation_of_the_lesson(seed: int) -> None:
    lesson = load("motor")
    generator = torch.Generator().manual_seed(seed)
    a, b = (0.5 + torch.rand(2, dtype=torch.float64, generator=generator)).unbind()

    def pieces(kind: Any) -> list[Callable[..., Any]]:
        """The lesson's functions on nodes; torch's on tensors."""
        ours = kind is lesson["Value"]
        divide = lesson["divide"] if ours else torch.div
        logistic = lesson["logistic"] if ours else torch.sigmoid
        relu = lesson["relu"] if ours else torch.relu
        return [
            lambda a, b: divide(a, b) + 2.0 - a,
            lambda a, b: logistic(a * b - 1),
            lambda a, b: relu(a - 1.0) * b,
            lambda a, b: 3 - a**3 * b**-2,
        ]

    for index, function in enumerate(pieces(Tensor)):
        ours = pieces(lesson["Value"])[index]
        assert_three_ways(function, lambda a, b, ours=ours: engine_gradient(ours, a, b), a, b)


def test_walking_all_paths_gives_the_same() -> None:
    lesson = load("motor")
    leaves = [lesson["Value"](number) for number in (0.4, -1.2, 0.9)]
    root = expression(7)(*leaves)
    lesson["push"](root, 1.0)
    by_paths = [leaf.grad for leaf in leaves]
    for leaf in leaves:
        leaf.grad = 0.0
    lesson["backward"](root)
    assert by_paths == pytest.approx([leaf.grad for leaf in leaves])
    assert any(by_paths)


@pytest.mark.parametrize("n", [1, 3, 8, 13])
def test_cost_of_the_line(n: int) -> None:
    """With other sizes than eight, a lost factor shows."""
    lesson = load("motor")
    generator = torch.Generator().manual_seed(n)
    m, b, *numbers = torch.randn(2 * n + 2, dtype=torch.float64, generator=generator).unbind()
    xs, ys = torch.stack(numbers[:n]), torch.stack(numbers[n:])
    scope = dict(lesson)
    source = inspect.getsource(lesson["mse"]) if lesson["mse"].__code__.co_filename == str(SNIPPET) else ""
    assert source
    scope |= {"xs": xs.tolist(), "ys": ys.tolist()}
    exec(source, scope)
    assert_three_ways(
        lambda m, b: ((m * xs + b - ys) ** 2).mean(), lambda m, b: engine_gradient(scope["mse"], m, b), m, b
    )


def engine() -> list[str]:
    """The engine as the page shows it: what is inside the marks of its five sections."""
    lines = SNIPPET.read_text("utf-8").splitlines()
    shown = []
    for section in ("valor", "operaciones", "signos", "alcance", "backward"):
        start, end = (lines.index(f"# --8<-- [{mark}:{section}]") for mark in ("start", "end"))
        shown += lines[start + 1 : end]
    return shown


def test_engine_fits_in_eighty_lines() -> None:
    assert 30 < len(engine()) <= 80


def test_engine_imports_nothing() -> None:
    """And it does so alone: no section between those of the engine gives it anything."""
    scope: dict[str, Any] = {}
    exec("\n".join(engine()), scope)
    value = scope["Value"]
    x, y = value(2.0), value(3.0)
    scope["backward"](2 * x**3 + 3 * y**2 + 1)
    assert (x.grad, y.grad) == (24, 18)
    assert "import" not in "\n".join(engine())
