"""Protects what ``tasa`` says of learning rates: its gradient, the ceiling, and which rates end where."""

from __future__ import annotations

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
    torch.testing.assert_close(hessian, lesson["hessian"])
    assert lesson["ceiling"] == pytest.approx(2 / torch.linalg.eigvalsh(hessian)[-1].item())
    below, above = (lesson["costs_of"](share * lesson["ceiling"], 300) for share in (0.999, 1.001))
    assert below[-1] < below[-2] and above[-2] < above[-1]


def test_rate_test_is_too_hopeful() -> None:
    """The lesson's warning: a third of the rate found is above the ceiling, a tenth below."""
    lesson = load("tasa")
    assert lesson["chosen"] / 3 > lesson["ceiling"] > lesson["chosen"] / 10


def test_at_the_goal_nothing_is_left_to_gain() -> None:
    lesson = load("tasa")
    at_goal = lesson["gradient"](lesson["best"], lesson["xs"], lesson["ys"])
    torch.testing.assert_close(at_goal, torch.zeros_like(at_goal))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_noise_floor_falls_with_the_rate_for_other_seeds_too(seed: int) -> None:
    lesson = load("tasa")
    fixed, halved, in_stairs = (
        lesson["last_mean"](lesson["excess_of"](rule, begin, seed=seed))
        for rule, begin in (
            (lambda step: 0.01, lesson["best"]),
            (lambda step: 0.005, lesson["best"]),
            (lesson["in_stairs"](1000), lesson["start"]),
        )
    )
    assert 0 < in_stairs < halved / 4 < fixed / 8


def test_equal_steps_times_rate_give_about_equal_costs() -> None:
    lesson = load("tasa")
    left = [
        lesson["by_batches"](size, 0.005, 3 * size, seed)[1] for size in (1, 2, 4, 8) for seed in range(3)
    ]
    assert 0 < max(left) < 1.1 * min(left)
