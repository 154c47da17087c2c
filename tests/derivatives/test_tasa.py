"""What ``tasa`` says of learning rates: its gradient, the ceiling, and which rates end where."""

from __future__ import annotations

import math

import pytest
import torch

from tests.derivatives.three_ways import assert_three_ways, load


@pytest.mark.parametrize("n", [1, 3, 8, 13])
def test_gradient(n: int) -> None:
    lesson = load("tasa")
    generator = torch.Generator().manual_seed(n)
    numbers = torch.randn(2 * n + 2, dtype=torch.float64, generator=generator)
    point, xs, ys = numbers[:2], numbers[2 : n + 2], numbers[n + 2 :]
    assert_three_ways(lambda p: lesson["mse"](p, xs, ys), lambda p: lesson["gradient"](p, xs, ys), point)


def test_ceiling_is_that_of_the_hessian() -> None:
    lesson = load("tasa")
    hessian = torch.autograd.functional.hessian(
        lambda p: lesson["mse"](p, lesson["xs"], lesson["ys"]), lesson["start"]
    )
    assert lesson["ceiling"] == pytest.approx(2 / torch.linalg.eigvalsh(hessian)[-1].item(), rel=1e-6)
    below, above = (lesson["costs_of"](share * lesson["ceiling"], 5000) for share in (0.999, 1.001))
    assert below[-1] < below[0] < above[-1]


def test_rate_test_is_too_hopeful() -> None:
    """The lesson's warning: a third of the rate found is above the ceiling, a tenth below."""
    lesson = load("tasa")
    assert lesson["lowest_rate"] / 3 > lesson["ceiling"] > lesson["lowest_rate"] / 10


def test_noise_floor_falls_with_the_rate_for_other_seeds_too() -> None:
    lesson = load("tasa")
    for seed in range(1, 4):
        fixed, halved, scheduled = (
            lesson["last_mean"](lesson["stochastic"](rule, 6000, seed)) - lesson["floor"]
            for rule in (lesson["fixed"](0.01), lesson["fixed"](0.005), lesson["decay"])
        )
        assert 0 < scheduled < halved < fixed


def test_equal_steps_times_rate_give_about_equal_costs() -> None:
    lesson = load("tasa")
    costs = [
        lesson["by_batches"](size, 0.005, 10 * size, seed)[1] for size in (1, 2, 4, 8) for seed in range(3)
    ]
    assert max(costs) / min(costs) < 1.1
    assert all(map(math.isfinite, costs))
