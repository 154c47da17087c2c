"""Protects Adam and RMSprop, as ``adam`` writes them: the derivatives they are fed, and what torch's optimizers do."""

from __future__ import annotations

from typing import Any

import pytest
import torch

from tests.derivatives.three_ways import assert_three_ways, load


def torch_walk(optimizer: type[torch.optim.Optimizer], rounds: int, **options: Any) -> list[torch.Tensor]:
    """The points of one of torch's optimizers on the course's line."""
    lesson = load("adam")
    point = lesson["start"].clone().requires_grad_(True)
    chosen = optimizer([point], **options)
    points = [lesson["start"]]
    for _ in range(rounds):
        chosen.zero_grad()
        ((point[0] * lesson["xs"] + point[1] - lesson["ys"]) ** 2).mean().backward()
        chosen.step()
        points.append(point.detach().clone())
    return points


@pytest.mark.parametrize("start", [-3.0, 0.4, 2.0, 5.5])
def test_slope_of_the_parabola(start: float) -> None:
    lesson = load("adam")
    w = torch.tensor(start, dtype=torch.float64)
    half = lesson["curvature"] / 2
    assert_three_ways(lambda w: half * (w - lesson["goal"]) ** 2, lesson["slope"], w)


@pytest.mark.parametrize("seed", range(4))
def test_gradient_of_the_line(seed: int) -> None:
    lesson = load("adam")
    point = torch.randn(2, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))
    assert_three_ways(
        lambda p: ((p[0] * lesson["xs"] + p[1] - lesson["ys"]) ** 2).mean(), lesson["gradient"], point
    )


def test_hessian_and_goal_are_those_of_the_line() -> None:
    lesson = load("adam")
    torch.testing.assert_close(
        torch.autograd.functional.jacobian(lesson["gradient"], lesson["start"]), lesson["tilted"]
    )
    at_goal = lesson["gradient"](lesson["best"])
    torch.testing.assert_close(at_goal, torch.zeros_like(at_goal))


@pytest.mark.parametrize("betas", [(0.9, 0.999), (0.8, 0.95), (0.0, 0.99)])
def test_adam_is_that_of_torch(betas: tuple[float, float]) -> None:
    lesson = load("adam")
    ours = lesson["adam"](lesson["gradient"], lesson["start"], 0.07, 30, betas=betas)
    torch.testing.assert_close(ours, torch_walk(torch.optim.Adam, 30, lr=0.07, betas=betas))


def test_rmsprop_is_that_of_torch() -> None:
    lesson = load("adam")
    ours = lesson["rmsprop"](lesson["gradient"], lesson["start"], 0.03, 0.8, 30)
    torch.testing.assert_close(ours, torch_walk(torch.optim.RMSprop, 30, lr=0.03, alpha=0.8))


@pytest.mark.parametrize("gradient", [1e-3, 0.7, -40.0, 1e6])
def test_first_step_is_the_rate_whatever_the_derivative(gradient: float) -> None:
    step = load("adam")["one_step"](torch.optim.Adam, 0.0, gradient)
    assert abs(step) == pytest.approx(0.1, rel=1e-4)


@pytest.mark.parametrize("gradient", [-2.0, 1e-9, 5.0])
def test_adamw_shrinks_by_the_same_share_whatever_the_derivative(gradient: float) -> None:
    lesson = load("adam")
    for weight in (1.0, -3.0):
        plain = lesson["one_step"](torch.optim.Adam, weight, gradient)
        shrunk = lesson["one_step"](torch.optim.AdamW, weight, gradient, weight_decay=0.5)
        assert plain - shrunk == pytest.approx(0.1 * 0.5 * weight)


def test_with_sgd_both_ways_of_shrinking_are_one() -> None:
    """The formula of the page: L2 in the cost, against shrinking and stepping."""
    weight, gradient, rate, decay = 1.3, -0.7, 0.1, 0.5
    stepped = torch.tensor(weight, dtype=torch.float64, requires_grad=True)
    (gradient * stepped + decay / 2 * stepped**2).backward()
    torch.optim.SGD([stepped], lr=rate).step()
    assert stepped.item() == pytest.approx((1 - rate * decay) * weight - rate * gradient)
