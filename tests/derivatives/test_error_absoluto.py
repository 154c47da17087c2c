"""Protects the derivatives of the lesson on the absolute error: formula, autograd and differences agree."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load

SEEDS = range(5)
SIZES = [1, 2, 3, 5, 50]


@pytest.fixture(scope="module")
def lesson() -> dict:
    return load("error_absoluto")


def random_case(seed: int, size: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """A line and points around it; no error is within reach of a central difference's step of zero."""
    generator = torch.Generator().manual_seed(100 * seed + size)
    m, b = 3 * torch.randn(2, generator=generator, dtype=torch.float64)
    xs = 4 * torch.randn(size, generator=generator, dtype=torch.float64)
    errors = 3 * torch.randn(size, generator=generator, dtype=torch.float64)
    errors += 0.01 * torch.sign(errors)
    return m, b, xs, m * xs + b - errors


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("cost", ["mae", "mse"])
def test_gradient(lesson: dict, cost: str, seed: int, size: int) -> None:
    m, b, xs, ys = random_case(seed, size)
    assert_three_ways(
        lambda m, b: lesson[cost](m, b, xs, ys),
        lambda m, b: lesson[f"{cost}_gradient"](m, b, xs, ys),
        m,
        b,
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", SEEDS)
def test_costs_are_those_of_the_library(lesson: dict, seed: int, size: int) -> None:
    m, b, xs, ys = random_case(seed, size)
    y_hat = m * xs + b
    torch.testing.assert_close(lesson["mae"](m, b, xs, ys), torch.nn.L1Loss()(y_hat, ys))
    torch.testing.assert_close(lesson["mse"](m, b, xs, ys), torch.nn.MSELoss()(y_hat, ys))


@pytest.mark.parametrize("name", ["slope_of_abs", "slope_of_abs_plus"])
@pytest.mark.parametrize("seed", SEEDS)
def test_slope_of_the_absolute_value_away_from_zero(lesson: dict, name: str, seed: int) -> None:
    u = torch.randn((), generator=torch.Generator().manual_seed(seed), dtype=torch.float64)
    assert_three_ways(torch.abs, lesson[name], u)


def test_slope_chosen_at_zero(lesson: dict) -> None:
    zero = torch.zeros((), dtype=torch.float64, requires_grad=True)
    (automatic,) = torch.autograd.grad(zero.abs(), zero)
    assert automatic == 0
    assert lesson["slope_of_abs"](zero.detach()) == automatic
    assert lesson["slope_of_abs_plus"](zero.detach()) == 1

    (through_loss,) = torch.autograd.grad(torch.nn.L1Loss()(zero, torch.zeros_like(zero)), zero)
    assert through_loss == 0


def test_slopes_chosen_at_zero_are_subgradients(lesson: dict) -> None:
    us = torch.linspace(-3, 3, 61, dtype=torch.float64)
    for name in ("slope_of_abs", "slope_of_abs_plus"):
        slope = lesson[name](torch.zeros((), dtype=torch.float64))
        assert (us.abs() >= slope * us).all()


def test_same_steps_by_hand_and_by_autograd(lesson: dict) -> None:
    by_hand, automatic = lesson["by_hand"], lesson["automatic"]
    assert len(by_hand) == len(automatic) == 25
    for hand, auto in zip(by_hand, automatic, strict=True):
        assert hand == pytest.approx(auto, abs=1e-5)


def test_partial_of_the_intercept_is_a_multiple_of_two_fiftieths(lesson: dict) -> None:
    for row in lesson["by_hand"]:
        halves = row.grad_b * 50 / 2
        assert halves == pytest.approx(round(halves), abs=1e-4)
    assert lesson["grad_b_true"] != 0


def test_wrong_ones_are_wrong(lesson: dict) -> None:
    xs = torch.tensor([10.0, 30.0])
    right = lesson["predict"](lesson["true_m"], lesson["true_b"], xs)
    assert not torch.allclose(lesson["true_m"] * xs * lesson["true_b"], right)
    assert lesson["l2_norm"] > 2 * lesson["true_mse"]
    torch.testing.assert_close(lesson["l2_norm"] ** 2 / 50, lesson["true_mse"])
    assert lesson["wrong_m"] > 0.8  # adding the gradient climbs


def test_points_without_noise_lie_on_their_line_and_between_their_bounds(lesson: dict) -> None:
    xs, ys = lesson["noisy_points"](2.0, -3.0, n=200, bounds=(10, 30), noise=0.0, seed=1)
    assert 10 <= xs.min() < 11 and 29 < xs.max() <= 30
    torch.testing.assert_close(ys, 2 * xs - 3)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_least_mae_lies_on_points(lesson: dict, seed: int) -> None:
    """No line is better than the best of those through two points, nor, with the intercept held, through one."""
    _, _, xs, ys = random_case(seed, 8)
    m = lesson["least_mae"](xs, ys)[0]
    least = min(lesson["mae"](m, y - m * x, xs, ys) for x, y in zip(xs, ys, strict=True))
    assert sum(torch.isclose(m * xs + (y - m * x), ys).sum() >= 2 for x, y in zip(xs, ys, strict=True)) >= 2
    held = min(lesson["mae"](slope, 0.3, xs, ys) for slope in (ys - 0.3) / xs)
    generator = torch.Generator().manual_seed(seed)
    for slope, intercept in 6 * torch.randn(2000, 2, generator=generator, dtype=torch.float64):
        assert lesson["mae"](slope, intercept, xs, ys) >= least
        assert lesson["mae"](slope, 0.3, xs, ys) >= held


@pytest.mark.parametrize("wild", [20.0, 40.0, 4000.0])
def test_only_the_mse_follows_a_wild_y(lesson: dict, wild: float) -> None:
    xs, ys = lesson["xs"], lesson["ys"].clone()
    sound = lesson["least_mae"](xs, ys)
    ys[7] = wild
    assert (
        set(lesson["least_mae"](xs, ys).tolist()) <= set(sound.tolist()) and lesson["least_mse"](xs, ys) > 0
    )
    xs = xs.clone()
    xs[7] = 2 * wild
    assert (lesson["least_mae"](xs, lesson["ys"]) > 0.6 * sound.max()).all()
