"""Protects who copies the fits of ``generalizar``: the gradient with L2, where it is zero, and the errors left out."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load


def draw(n: int, columns: int) -> tuple[Tensor, Tensor, Tensor]:
    """Rows that begin with a one, targets, and coefficients."""
    generator = torch.Generator().manual_seed(10 * n + columns)
    X = torch.randn(n, columns, dtype=torch.float64, generator=generator)
    X[:, 0] = 1.0
    y = torch.randn(n, dtype=torch.float64, generator=generator)
    return X, y, torch.randn(columns, dtype=torch.float64, generator=generator)


@pytest.mark.parametrize("strength", [0.0, 0.1, 2.0])
@pytest.mark.parametrize(("n", "columns"), [(1, 1), (3, 2), (8, 8), (13, 4)])
def test_gradient_with_penalty(n: int, columns: int, strength: float) -> None:
    lesson = load("generalizar")
    X, y, w = draw(n, columns)
    assert_three_ways(
        lambda w: lesson["l2_cost"](w, X, y, strength), lambda w: lesson["l2_gradient"](w, X, y, strength), w
    )


@pytest.mark.parametrize("strength", [1e-3, 0.1, 2.0])
@pytest.mark.parametrize(("n", "columns"), [(3, 2), (5, 8), (13, 4)])
def test_fit_with_penalty_is_where_the_gradient_is_zero(n: int, columns: int, strength: float) -> None:
    lesson = load("generalizar")
    X, y, _ = draw(n, columns)
    w = lesson["l2_fit"](strength)(X, y)
    assert lesson["l2_gradient"](w, X, y, strength).abs().max() < 1e-9


@pytest.mark.parametrize(("n", "columns"), [(5, 2), (13, 4)])
def test_least_squares_is_where_the_gradient_is_zero(n: int, columns: int) -> None:
    lesson = load("generalizar")
    X, y, _ = draw(n, columns)
    assert lesson["l2_gradient"](lesson["least_squares"](X, y), X, y, 0.0).abs().max() < 1e-9


@pytest.mark.parametrize("degree", range(7))
def test_left_out_is_the_known_formula(degree: int) -> None:
    """Of least squares: each error over one minus its leverage."""
    lesson = load("generalizar")
    X, ys = lesson["powers"](lesson["xs"], degree), lesson["ys"]
    leverage = (X @ torch.linalg.inv(X.T @ X) * X).sum(dim=1)
    errors = X @ lesson["least_squares"](X, ys) - ys
    known = ((errors / (1 - leverage)) ** 2).mean().item()
    assert lesson["left_out"](X, ys, lesson["least_squares"]) == pytest.approx(known, rel=1e-6)


def test_patience_stops_after_as_many_epochs() -> None:
    lesson = load("generalizar")
    costs = [(0.0, cost) for cost in (5, 4, 4.5, 4.2, 3, 3.1, 3.2, 3.3, 2)]
    assert [lesson["with_patience"](costs, patience) for patience in (1, 2, 3, 4)] == [2, 3, 7, 8]
