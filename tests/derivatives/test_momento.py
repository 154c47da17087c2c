"""Protects descent with momentum, as ``momento`` writes it: the slope, the gradient, and what torch does."""

from __future__ import annotations

import pytest
import torch

from tests.derivatives.three_ways import assert_three_ways, load


@pytest.mark.parametrize("start", [-3.0, 0.4, 2.0, 5.5])
def test_slope_of_the_parabola(start: float) -> None:
    lesson = load("momento")
    w = torch.tensor(start, dtype=torch.float64)
    half = lesson["curvature"] / 2
    assert_three_ways(lambda w: half * (w - lesson["goal"]) ** 2, lesson["slope"], w)


@pytest.mark.parametrize("seed", range(4))
def test_gradient_of_the_line(seed: int) -> None:
    lesson = load("momento")
    point = torch.randn(2, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))
    assert_three_ways(lesson["mse"], lesson["gradient"], point)


def test_hessian_is_that_of_the_cost() -> None:
    lesson = load("momento")
    point = torch.tensor([0.3, -1.2], dtype=torch.float64)
    hessian = torch.autograd.functional.hessian(lesson["mse"], point)
    torch.testing.assert_close(hessian, lesson["H"])


@pytest.mark.parametrize("nesterov", [False, True])
def test_momentum_is_that_of_torch(nesterov: bool) -> None:
    """Plain momentum gives torch's points; Nesterov's are torch's, looked at before the inertia acts."""
    lesson = load("momento")
    rate, beta, rounds = 0.004, 0.8, 25
    start = torch.tensor([0.9, 0.1], dtype=torch.float64)
    point = start.clone().requires_grad_(True)
    optimizer = torch.optim.SGD([point], lr=rate, momentum=beta, nesterov=nesterov)
    torch_points = []
    for _ in range(rounds):
        optimizer.zero_grad()
        lesson["mse"](point).backward()
        optimizer.step()
        torch_points.append(point.detach().clone())
    walk = lesson["nesterov" if nesterov else "momentum"](lesson["gradient"], start, rate, beta, rounds)
    for turn, reached in enumerate(torch_points, 1):
        ahead = beta * (walk[turn] - walk[turn - 1]) if nesterov else 0
        torch.testing.assert_close(walk[turn] + ahead, reached)


def test_no_other_setting_of_a_grid_is_quicker_in_the_long_run() -> None:
    """The pair of the page has the smallest spectral radius for both curvatures of the valley."""
    lesson = load("momento")
    low, high = lesson["low"], lesson["high"]

    def radius(rate: float, beta: float) -> float:
        matrices = (torch.tensor([[1 + beta - rate * c, -beta], [1.0, 0.0]]) for c in (low, high))
        return max(torch.linalg.eigvals(matrix).abs().max().item() for matrix in matrices)

    best = radius(*map(float, lesson["best_settings"](low, high)))
    rates = torch.linspace(0.01, 0.14, 53).tolist()
    betas = torch.linspace(0.0, 0.95, 39).tolist()
    assert min(radius(rate, beta) for rate in rates for beta in betas) >= best - 1e-4
    assert best == pytest.approx(float(lesson["best_beta"]) ** 0.5, abs=1e-4)
