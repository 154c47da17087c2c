"""Protects the derivatives of the lesson on several inputs: formula, autograd and differences agree."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load

SEEDS = range(5)
SIZES = [1, 2, 3, 5, 40]  # examples
INPUTS = [1, 2, 5]
OUTPUTS = [1, 2, 4]


@pytest.fixture(scope="module")
def lesson() -> dict:
    return load("regresion_multiple")


def normal(seed: int, *shapes: tuple[int, ...]) -> list[Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return [2 * torch.randn(shape, generator=generator, dtype=torch.float64) for shape in shapes]


@pytest.mark.parametrize("inputs", INPUTS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", SEEDS)
def test_gradient(lesson: dict, seed: int, size: int, inputs: int) -> None:
    X, y, w, b = normal(seed, (size, inputs), (size,), (inputs,), ())
    assert_three_ways(
        lambda w, b: lesson["mse"](w, b, X, y),
        lambda w, b: lesson["mse_gradient"](w, b, X, y),
        w,
        b,
    )


@pytest.mark.parametrize("outputs", OUTPUTS)
@pytest.mark.parametrize("inputs", INPUTS)
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", SEEDS)
def test_gradient_of_several_regressions(
    lesson: dict, seed: int, size: int, inputs: int, outputs: int
) -> None:
    X, Y, W, biases = normal(seed, (size, inputs), (size, outputs), (inputs, outputs), (outputs,))
    assert_three_ways(
        lambda W, biases: lesson["summed_mse"](W, biases, X, Y),
        lambda W, biases: lesson["summed_mse_gradient"](W, biases, X, Y),
        W,
        biases,
    )
    grad_W, grad_biases = lesson["summed_mse_gradient"](W, biases, X, Y)
    for k in range(outputs):
        alone_w, alone_b = lesson["mse_gradient"](W[:, k], biases[k], X, Y[:, k])
        torch.testing.assert_close(grad_W[:, k], alone_w)
        torch.testing.assert_close(grad_biases[k], alone_b)


@pytest.mark.parametrize("outputs", OUTPUTS)
def test_mean_of_the_whole_table_divides_by_the_outputs_too(lesson: dict, outputs: int) -> None:
    X, Y, W, biases = normal(0, (7, 3), (7, outputs), (3, outputs), (outputs,))
    mean = torch.nn.MSELoss()(X @ W + biases, Y)
    torch.testing.assert_close(outputs * mean, lesson["summed_mse"](W, biases, X, Y))


@pytest.mark.parametrize("size", [1, 7, 16, 30, 100])
def test_an_epoch_sees_every_example_once(lesson: dict, size: int) -> None:
    parts = lesson["minibatches"](100, size, torch.Generator().manual_seed(1))
    assert sorted(torch.cat(parts).tolist()) == list(range(100))
    assert len(parts) == -(-100 // size)


def test_training_reaches_the_least_squares_solution(lesson: dict) -> None:
    X, y = lesson["X"], lesson["y"]
    columns = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    best = torch.linalg.lstsq(columns, y.reshape(-1, 1)).solution.reshape(-1)
    learned = torch.cat([lesson["w"].detach(), lesson["b"].detach().reshape(1)])
    torch.testing.assert_close(learned, best, rtol=0, atol=0.02)
    assert lesson["w1"].item() == pytest.approx(-0.469286, abs=1e-4)
    assert lesson["b1"].item() == pytest.approx(1.76, abs=1e-4)


def test_shuffling_apart_learns_nothing(lesson: dict) -> None:
    assert lesson["mixed_costs"][-1] > 0.9 * lesson["spread"]
    assert lesson["batch_costs"][-1] < 0.1 * lesson["spread"]


def test_the_cost_of_the_fit_lies_below_the_square_of_the_noise() -> None:
    """On average by the share of the parameters: σ²(n - p)/n, here 0.24 for 0.25; on new examples above it."""
    generator = torch.Generator().manual_seed(0)
    seen, new = [], []
    for _ in range(400):
        columns = torch.cat([torch.randn(200, 3, generator=generator), torch.ones(200, 1)], dim=1)
        y = columns @ torch.tensor([1.5, -2.0, 0.0, 4.0]) + 0.5 * torch.randn(200, generator=generator)
        fit = torch.linalg.lstsq(columns[:100], y[:100, None]).solution[:, 0]
        squares = (columns @ fit - y) ** 2
        seen.append(squares[:100].mean())
        new.append(squares[100:].mean())
    assert torch.stack(seen).mean().item() == pytest.approx(0.24, abs=0.004)
    assert 0.25 < torch.stack(new).mean() < 0.27


def test_gaussian_noise_makes_least_squares_the_most_likely(lesson: dict) -> None:
    X, y, w, b = lesson["X"], lesson["y"], lesson["w"].detach(), lesson["b"].detach()

    def log_likelihood(w: Tensor, b: Tensor) -> Tensor:
        return torch.distributions.Normal(X @ w + b, 0.5).log_prob(y).sum()

    gap = log_likelihood(w, b) - log_likelihood(w + 0.1, b - 0.2)
    costs = lesson["mse"](w, b, X, y) - lesson["mse"](w + 0.1, b - 0.2, X, y)
    torch.testing.assert_close(gap, -costs * len(y) / (2 * 0.5**2), rtol=1e-4, atol=1e-3)
