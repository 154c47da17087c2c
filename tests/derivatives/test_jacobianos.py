"""Protects Jacobians, their products and Newton's step, as ``jacobianos`` writes them, against autograd and differences."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load

SEEDS = range(4)


def random(*size: int, seed: int, low: float = 0.5, high: float = 3.0) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return low + (high - low) * torch.rand(*size, dtype=torch.float64, generator=generator)


@pytest.mark.parametrize("seed", SEEDS)
def test_each_row_of_the_table_by_hand(seed: int) -> None:
    lesson = load("jacobianos")
    a, b = random(2, seed=seed)
    for row in range(3):
        assert_three_ways(
            lambda a, b, row=row: lesson["measures"](a, b)[row],
            lambda a, b, row=row: lesson["jacobian"](a, b)[row].unbind(),
            a,
            b,
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_differences_give_whole_tables(seed: int) -> None:
    lesson = load("jacobianos")
    sides = random(2, seed=seed)
    torch.testing.assert_close(
        lesson["differences"](lesson["stacked"], sides), lesson["jacobian"](*sides), rtol=1e-6, atol=1e-8
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_duals_are_the_product_from_the_right(seed: int) -> None:
    lesson = load("jacobianos")
    sides, push = random(2, seed=seed), random(2, seed=seed + 50, low=-2.0, high=2.0)
    duals = [lesson["Dual"](*pair) for pair in zip(sides, push, strict=True)]
    changes = torch.stack([number.change for number in lesson["measures"](*duals)])
    torch.testing.assert_close(changes, lesson["jacobian"](*sides) @ push)


@pytest.mark.parametrize("seed", SEEDS)
def test_sine_of_a_dual(seed: int) -> None:
    lesson = load("jacobianos")
    t = random(1, seed=seed)[0]

    def slope(t: Tensor) -> float:
        angle = lesson["Dual"](t.item(), 1.0)
        return float(lesson["sine"](angle * angle).change)

    assert_three_ways(lambda t: torch.sin(t * t), slope, t)


def programs(lesson: dict[str, Any]) -> list[tuple[Callable[[int], Any], Callable[[Tensor], Tensor]]]:
    """Each tape with the function that it notes."""
    return [
        (lesson["sum_of_squares"], lambda x: (x**2).sum().reshape(1)),
        (lesson["powers"], lambda t: t ** torch.arange(2, 2 + 5)),
    ]


@pytest.mark.parametrize("which", [0, 1])
def test_both_readings_of_the_tape_give_the_jacobian(which: int) -> None:
    lesson = load("jacobianos")
    build, function = programs(lesson)[which]
    tape, inputs, outputs = build(5)
    point = torch.tensor([tape.values[i] for i in inputs], dtype=torch.float64)
    expected = torch.autograd.functional.jacobian(function, point)
    values = torch.tensor([tape.values[end] for end in outputs], dtype=torch.float64)
    torch.testing.assert_close(values, function(point))
    ahead = [lesson["forward"](tape, start)[0] for start in inputs]
    back = [lesson["reverse"](tape, end)[0] for end in outputs]
    by_columns = torch.tensor([[walk[end] for walk in ahead] for end in outputs], dtype=torch.float64)
    by_rows = torch.tensor([[walk[start] for start in inputs] for walk in back], dtype=torch.float64)
    torch.testing.assert_close(by_columns, expected)
    torch.testing.assert_close(by_rows, expected)


@pytest.mark.parametrize("n", [1, 3, 8, 13])
def test_gradient_of_the_line(n: int) -> None:
    lesson = load("jacobianos")
    line, xs, ys = random(2, seed=n), random(n, seed=n + 1), random(n, seed=n + 2)
    held = lesson["mse"].__globals__
    kept = held["xs"], held["ys"]
    held["xs"], held["ys"] = xs, ys
    try:
        assert_three_ways(lesson["mse"], lesson["mse_gradient"], line)
    finally:
        held["xs"], held["ys"] = kept


@pytest.mark.parametrize("n", [1, 3, 8, 13])
def test_gradient_of_each_point(n: int) -> None:
    """The whole table of vmap, by hand, by autograd of each loss alone and by its differences."""
    lesson = load("jacobianos")
    line, xs, ys = random(2, seed=n), random(n, seed=n + 1), random(n, seed=n + 2)
    each = torch.func.vmap(torch.func.grad(lesson["loss"]), in_dims=(None, 0, 0))(line, xs, ys)
    assert each.shape == (n, 2)
    torch.testing.assert_close(lesson["loss_gradients"](line, xs, ys), each)
    for x, y, row in zip(xs, ys, each, strict=True):
        assert_three_ways(lambda line, x=x, y=y: lesson["loss"](line, x, y), lambda _, row=row: row, line)


@pytest.mark.parametrize("seed", SEEDS)
def test_hessian_by_a_direction(seed: int) -> None:
    lesson = load("jacobianos")
    point, direction = random(2, seed=seed), random(2, seed=seed + 9, low=-1.0, high=1.0)

    def curved(p: Tensor) -> Tensor:
        return torch.exp(p[0]) * p[1] ** 3

    expected = torch.autograd.functional.hessian(curved, point) @ direction
    for name in ("hessian_vector", "hessian_vector_twice"):
        torch.testing.assert_close(lesson[name](curved, point, direction), expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_newton_lands_from_any_line(seed: int) -> None:
    lesson = load("jacobianos")
    landed = lesson["newton_step"](lesson["mse"], random(2, seed=seed, low=-50.0, high=50.0))
    rows = torch.stack([lesson["xs"], torch.ones(8, dtype=torch.float64)], dim=1)
    best = torch.linalg.lstsq(rows, lesson["ys"].reshape(-1, 1)).solution.flatten()
    torch.testing.assert_close(landed, best, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_radar(seed: int) -> None:
    lesson = load("jacobianos")
    polar = random(2, seed=seed)
    expected = torch.autograd.functional.jacobian(lesson["place"], polar)
    torch.testing.assert_close(torch.linalg.det(expected), polar[0])
    if seed == 0:
        shown = torch.autograd.functional.jacobian(lesson["place"], lesson["polar"])
        torch.testing.assert_close(lesson["by_hand"], shown)
