"""Protects who copies the network of ``red``: backpropagation by hand, the layers of torch, and many networks at once."""

from __future__ import annotations

import itertools

import pytest
import torch
from torch import Tensor, nn

from tests.derivatives.three_ways import assert_three_ways, load


def draw(seed: int, units: int, inputs: int) -> tuple[list[Tensor], Tensor, Tensor]:
    """Parameters W, b, v and c, an example and its label; no unit stands near its corner."""
    for attempt in itertools.count():
        generator = torch.Generator().manual_seed(1000 * attempt + seed)
        shapes = [(units, inputs), (units,), (units,), ()]
        parameters = [torch.randn(shape, dtype=torch.float64, generator=generator) for shape in shapes]
        x = torch.randn(inputs, dtype=torch.float64, generator=generator)
        W, b, *_ = parameters
        if (W @ x + b).abs().min() > 1e-3:
            return parameters, x, torch.tensor(float(seed % 2), dtype=torch.float64)
    raise AssertionError


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize(("units", "inputs"), [(1, 1), (2, 2), (5, 3)])
def test_backpropagation(units: int, inputs: int, seed: int) -> None:
    lesson = load("red")
    parameters, x, y = draw(seed, units, inputs)

    def cost(W: Tensor, b: Tensor, v: Tensor, c: Tensor) -> Tensor:
        return nn.functional.binary_cross_entropy_with_logits(lesson["network"](W, b, v, c, x), y)

    assert_three_ways(cost, lambda *point: lesson["point_gradient"](*point, x, y), *parameters)


@pytest.mark.parametrize("seed", range(6))
def test_what_reaches_the_hidden_units(seed: int) -> None:
    """To move the biases is to move u."""
    lesson = load("red")
    (W, b, v, c), x, y = draw(seed, 3, 2)

    def cost(b: Tensor) -> Tensor:
        return nn.functional.binary_cross_entropy_with_logits(lesson["network"](W, b, v, c, x), y)

    assert_three_ways(cost, lambda b: lesson["to_hidden"](W, b, v, c, x, y), b)


@pytest.mark.parametrize(("n", "inputs", "outputs"), [(1, 1, 1), (3, 2, 4), (8, 3, 2), (13, 2, 3)])
def test_columns_are_regressions(n: int, inputs: int, outputs: int) -> None:
    """All weights and biases of several regressions at once; what each would do alone, too."""
    lesson = load("red")
    generator = torch.Generator().manual_seed(n)
    W, b, X, Y = (
        torch.randn(shape, dtype=torch.float64, generator=generator)
        for shape in [(inputs, outputs), (outputs,), (n, inputs), (n, outputs)]
    )

    def cost(W: Tensor, b: Tensor) -> Tensor:
        return sum(nn.functional.mse_loss(X @ W[:, k] + b[k], Y[:, k]) for k in range(outputs))

    assert_three_ways(cost, lambda W, b: lesson["columns_gradient"](W, b, X, Y), W, b)


@pytest.mark.parametrize("n", [3, 16, 64])
def test_edge_is_that_of_linear(n: int) -> None:
    lesson = load("red")
    torch.manual_seed(0)
    weights = torch.stack([nn.Linear(n, n).weight.detach() for _ in range(200)]).abs()
    assert 0.99 * lesson["edge"](n) < weights.max() <= lesson["edge"](n)
    assert (weights**2).mean() == pytest.approx(lesson["edge"](n) ** 2 / 3, rel=0.05)


@pytest.mark.parametrize("n", [3, 16, 64])
def test_he_is_that_of_torch(n: int) -> None:
    weight = torch.empty(4000, n)
    nn.init.kaiming_normal_(weight, nonlinearity="relu", generator=torch.Generator().manual_seed(1))
    assert weight.std().item() == pytest.approx(load("red")["he"](n), rel=0.03)


def test_hundred_networks_at_once_are_hundred_networks() -> None:
    """The third of them, alone, ends with the same answers."""
    lesson = load("red")
    for units, rounds in ((2, 40), (8, 40)):
        together = lesson["hundred"](units, rounds=rounds)
        generator = torch.Generator().manual_seed(0)
        W = torch.randn(100, units, 2, dtype=torch.float64, generator=generator)
        v = torch.randn(100, units, 1, dtype=torch.float64, generator=generator)
        for place in (3, 41):
            network = lesson["Network"](units).double()
            with torch.no_grad():
                network.hidden.weight.copy_(W[place])
                network.output.weight.copy_(v[place].T)
                for layer in (network.hidden, network.output):
                    layer.bias.zero_()
            lesson["train"](network, rounds=rounds - 1)
            right = ((network(lesson["X"]) > 0) == (lesson["y"] > 0.5)).all()
            assert bool(together[place]) == bool(right)
