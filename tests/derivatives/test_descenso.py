"""Protects the derivatives displayed in ``descenso``, and the sum that passes for a mean."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load

SIZES = [1, 2, 3, 4, 5, 8, 13]


def draw(n: int, seed: int) -> tuple[Tensor, Tensor, Tensor]:
    """A weight, and n points that lie on no line through the origin."""
    generator = torch.Generator().manual_seed(seed)
    w, *points = torch.randn(2 * n + 1, dtype=torch.float64, generator=generator)
    return w, torch.stack(points[:n]), torch.stack(points[n:])


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("n", SIZES)
def test_gradient_of_mse(n: int, seed: int) -> None:
    lesson = load("descenso")
    w, xs, ys = draw(n, seed)
    assert_three_ways(lambda w: lesson["mse"](w, xs, ys), lambda w: lesson["gradient"](w, xs, ys), w)


@pytest.mark.parametrize("seed", range(3))
def test_contributions_are_derivatives_of_single_losses(seed: int) -> None:
    lesson = load("descenso")
    w, xs, ys = draw(5, seed)
    by_point = lesson["contributions"](w, xs, ys)
    for i in range(5):
        assert_three_ways(lambda w, i=i: lesson["mse"](w, xs[i], ys[i]), lambda w, i=i: by_point[i], w)
    torch.testing.assert_close(by_point.mean(), lesson["gradient"](w, xs, ys))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("n", SIZES)
def test_curvature_is_derivative_of_gradient(n: int, seed: int) -> None:
    lesson = load("descenso")
    w, xs, ys = draw(n, seed)
    assert_three_ways(lambda w: lesson["gradient"](w, xs, ys), lambda w: lesson["curvature"](xs), w)


@pytest.mark.parametrize("seed", range(5))
def test_slope_of_two_valleys(seed: int) -> None:
    lesson = load("descenso")
    t = 2 * torch.randn((), dtype=torch.float64, generator=torch.Generator().manual_seed(seed))
    assert_three_ways(lesson["two_valleys"], lesson["two_valleys_slope"], t)


@pytest.mark.parametrize("n", SIZES)
def test_sum_in_disguise_is_n_times_the_gradient(n: int) -> None:
    """The faulty function of the lesson is faulty by exactly n, and right only for one point."""
    lesson = load("descenso")
    w, xs, ys = draw(n, seed=n)
    faulty = lesson["gradient_numpy"](w.item(), xs.numpy(), ys.numpy())
    leaf = w.clone().requires_grad_(True)
    lesson["mse"](leaf, xs, ys).backward()
    assert leaf.grad is not None
    assert faulty == pytest.approx(n * leaf.grad.item())
    assert (faulty == pytest.approx(leaf.grad.item())) == (n == 1)


def test_repaired_descent_equals_torch_row_for_row() -> None:
    lesson = load("descenso")
    fixed, automatic = lesson["fixed_rows"], lesson["torch_rows"]
    assert len(fixed) == len(automatic) == 101
    np.testing.assert_allclose(fixed, automatic, rtol=0, atol=1e-12)
    assert not np.allclose(lesson["numpy_rows"], automatic[:21])


def test_threshold_of_learning_rate() -> None:
    lesson = load("descenso")
    threshold = lesson["threshold"]
    assert threshold == pytest.approx(2 / 15)
    for rate, falls in [(0.99 * threshold, True), (1.01 * threshold, False)]:
        rows = lesson["descend_numpy"](lesson["gradient"], 200, lr=rate)
        assert (rows[-1][1] < rows[0][1]) == falls
