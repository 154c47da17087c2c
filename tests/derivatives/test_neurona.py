"""Protects the derivatives displayed in ``neurona``, three ways each, on several n and d."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load

SEEDS = range(4)
SHAPES = [(1, 1), (1, 4), (2, 3), (3, 2), (7, 5), (12, 1)]


@pytest.fixture(scope="module")
def lesson() -> dict:
    return load("neurona")


def draw(seed: int, *shapes: tuple[int, ...]) -> list[Tensor]:
    source = torch.Generator().manual_seed(seed)
    return [torch.randn(shape, generator=source, dtype=torch.float64) for shape in shapes]


def batch(n: int, d: int, seed: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Parameters and examples; the last label differs from the first, so that both terms count."""
    w, b, X, noise = draw(seed, (d,), (), (n, d), (n,))
    y = (noise > 0).double()
    y[-1] = 1 - y[0] if n > 1 else float(seed % 2)
    return w, b, X, y


@pytest.mark.parametrize("seed", SEEDS)
def test_sigmoid(lesson: dict, seed: int) -> None:
    (z,) = draw(seed, ())
    assert_three_ways(lesson["sigmoid"], lesson["sigmoid_slope"], 3 * z)


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("a", [0.05, 0.3, 0.5, 0.7311, 0.98])
def test_loss_of_an_answer(lesson: dict, a: float, y: int) -> None:
    answer = torch.tensor(a, dtype=torch.float64)
    assert_three_ways(lambda a: lesson["bce"](a, y), lambda a: lesson["bce_slope"](a, y), answer)


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("seed", SEEDS)
def test_loss_of_a_logit(lesson: dict, seed: int, y: int) -> None:
    (z,) = draw(seed, ())
    sigmoid, bce = lesson["sigmoid"], lesson["bce"]
    assert_three_ways(lambda z: bce(sigmoid(z), y), lambda z: sigmoid(z) - y, 2 * z)
    assert_three_ways(lambda z: (sigmoid(z) - y) ** 2, lambda z: lesson["squared_slope"](z, y), 2 * z)
    assert_three_ways(lambda z: lesson["stable_bce"](z, y), lambda z: sigmoid(z) - y, 2 * z)


@pytest.mark.parametrize("y", [0, 1])
@pytest.mark.parametrize("d", [1, 2, 5])
@pytest.mark.parametrize("seed", SEEDS)
def test_gradient_of_one_example(lesson: dict, seed: int, d: int, y: int) -> None:
    w, b, x = draw(seed, (d,), (), (d,))
    assert_three_ways(
        lambda w, b: lesson["bce"](lesson["neuron"](w, b, x), y),
        lambda w, b: lesson["point_gradient"](w, b, x, y),
        w,
        b,
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("n", "d"), SHAPES)
def test_gradient_of_sum_and_mean(lesson: dict, n: int, d: int, seed: int) -> None:
    w, b, X, y = batch(n, d, seed)
    assert_three_ways(
        lambda w, b: lesson["cost"](w, b, X, y), lambda w, b: lesson["gradient"](w, b, X, y), w, b
    )
    assert_three_ways(
        lambda w, b: lesson["cost"](w, b, X, y) / n,
        lambda w, b: lesson["mean_gradient"](w, b, X, y),
        w,
        b,
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(("n", "d"), SHAPES)
def test_library_loss_is_the_cost_by_hand(lesson: dict, n: int, d: int, seed: int) -> None:
    w, b, X, y = batch(n, d, seed)
    library = lesson["bce_with_logits"](X @ w + b, y)
    torch.testing.assert_close(library, lesson["cost"](w, b, X, y))


def _fails(check: Callable[[], None]) -> bool:
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            check()
        except AssertionError:
            return True
    return False


@pytest.mark.parametrize("seed", SEEDS)
def test_broken_formulas_are_caught(lesson: dict, seed: int) -> None:
    n, d = 7, 5
    w, b, X, y = batch(n, d, seed)

    def fails(change: Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]) -> bool:
        return _fails(
            lambda: assert_three_ways(
                lambda w, b: lesson["cost"](w, b, X, y),
                lambda w, b: change(*lesson["gradient"](w, b, X, y)),
                w,
                b,
            )
        )

    assert not fails(lambda grad_w, grad_b: (grad_w, grad_b))
    assert fails(lambda grad_w, grad_b: (grad_w / n, grad_b / n)), "the mean is not the sum"
    assert fails(lambda grad_w, grad_b: (-grad_w, -grad_b)), "y - σ has the other sign"
    assert fails(lambda grad_w, grad_b: (grad_w, grad_b / n))
    swapped = (1 - y).double()
    assert fails(lambda *_: lesson["gradient"](w, b, X, swapped)), "swapped labels"


def test_log_sigmoid_where_the_naive_one_breaks(lesson: dict) -> None:
    z = torch.tensor([-200.0, -1.0, 0.0, 1.0, 200.0])
    torch.testing.assert_close(lesson["log_sigmoid"](z), torch.nn.functional.logsigmoid(z))
    assert lesson["naive"].item() == -torch.inf
    assert lesson["stable"].item() == -200
    leaf = torch.tensor(-200.0, requires_grad=True)
    torch.log(lesson["sigmoid"](leaf)).backward()
    assert leaf.grad is not None
    assert leaf.grad.isnan()


def test_training_lowers_the_cost_and_the_border_is_where_it_answers_one_half(lesson: dict) -> None:
    costs = lesson["costs"]
    assert costs == sorted(costs, reverse=True)
    assert costs[0] == pytest.approx(100 * 0.6931472, abs=1e-3)
    grad_w, grad_b = lesson["gradient"](lesson["map_w"], lesson["map_b"], lesson["houses"], lesson["hears_a"])
    assert grad_w.abs().max() < 0.05
    assert abs(grad_b) < 0.05
    for level in (0.1, 0.5, 0.9):
        points = torch.stack(lesson["border"](level), dim=1)
        answers = lesson["sigmoid"](points @ lesson["map_w"] + lesson["map_b"])
        torch.testing.assert_close(answers, torch.full((2,), level), rtol=0, atol=1e-5)


def test_two_sigmoids_stay_between_a_half_and_three_quarters(lesson: dict) -> None:
    z = torch.linspace(-50, 50, 101)
    twice = lesson["sigmoid"](torch.sigmoid(z))
    assert twice.min() >= 0.5
    assert twice.max() < 0.7311


@pytest.mark.parametrize(("d", "learnt"), [(10, False), (20, False), (100, True), (120, True)])
def test_tosses_of_a_coin_can_be_learnt_with_as_many_inputs_as_examples(d: int, learnt: bool) -> None:
    generator = torch.Generator().manual_seed(0)
    X = torch.randn(100, d, generator=generator, dtype=torch.float64)
    y = (torch.rand(100, generator=generator) < 0.5).double()
    columns = torch.cat([X, torch.ones(100, 1)], dim=1)
    theta = torch.zeros(d + 1, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.LBFGS([theta], max_iter=500, line_search_fn="strong_wolfe")

    def closure() -> Tensor:
        optimizer.zero_grad()
        cost = torch.nn.functional.binary_cross_entropy_with_logits(columns @ theta, y, reduction="sum")
        cost.backward()
        return cost

    optimizer.step(closure)
    assert (closure() < 0.01) == learnt
    assert ((columns @ theta > 0) == (y > 0.5)).all() == learnt


def test_log_sigmoid_keeps_its_digits(lesson: dict) -> None:
    z = torch.linspace(5, 80, 40)
    torch.testing.assert_close(lesson["log_sigmoid"](z), torch.nn.functional.logsigmoid(z), rtol=1e-5, atol=0)
