"""Protects the valley of ``escala``: gradient and Hessian of the line's cost, and what scaling the data does to them."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load


def draw(n: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    generator = torch.Generator().manual_seed(n)
    m, b, *numbers = torch.randn(2 * n + 2, dtype=torch.float64, generator=generator).unbind()
    return m, b, torch.stack(numbers[:n]), torch.stack(numbers[n:])


@pytest.mark.parametrize("n", [1, 3, 8, 13])
def test_gradient(n: int) -> None:
    lesson = load("escala")
    m, b, xs, ys = draw(n)
    assert_three_ways(
        lambda m, b: lesson["mse"](m, b, xs, ys),
        lambda m, b: tuple(lesson["gradient"](m, b, xs, ys)),
        m,
        b,
    )


@pytest.mark.parametrize("n", [1, 3, 8, 13])
def test_hessian(n: int) -> None:
    lesson = load("escala")
    m, b, xs, ys = draw(n)
    point = torch.stack([m, b])
    expected = torch.autograd.functional.hessian(lambda p: lesson["mse"](*p, xs, ys), point)
    torch.testing.assert_close(lesson["hessian"](xs), expected)
    for row in range(2):
        assert_three_ways(
            lambda p, row=row: lesson["gradient"](*p, xs, ys)[row],
            lambda p, row=row: lesson["hessian"](xs)[row],
            point,
        )


@pytest.mark.parametrize("n", [3, 8, 13])
def test_standardized_data_give_a_round_valley(n: int) -> None:
    lesson = load("escala")
    _, _, xs, ys = draw(n)
    z = (xs - xs.mean()) / xs.std(correction=0)
    torch.testing.assert_close(lesson["hessian"](z), 2 * torch.eye(2, dtype=torch.float64))
    slope, intercept = lesson["descend"](z, ys, 0.5, 1)[-1]
    design = torch.stack([z, torch.ones_like(z)], dim=1)
    torch.testing.assert_close(torch.stack([slope, intercept]), torch.linalg.lstsq(design, ys).solution)


def test_undone_scaling_is_least_squares_on_the_raw_data() -> None:
    lesson = load("escala")
    design = torch.stack([lesson["xs"], torch.ones(8, dtype=torch.float64)], dim=1)
    expected = torch.linalg.lstsq(design, lesson["ys"]).solution
    torch.testing.assert_close(torch.stack([lesson["slope"], lesson["intercept"]]), expected)
