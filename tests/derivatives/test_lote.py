"""Protects the derivatives of the lesson on a batch: formula, autograd and differences agree, for several n."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load

SEEDS = range(4)
SIZES = [1, 2, 3, 5, 8, 40]


@pytest.fixture(scope="module")
def lesson() -> dict:
    return load("lote")


def batch(seed: int, size: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    generator = torch.Generator().manual_seed(seed)
    m, b = 2 * torch.randn(2, generator=generator, dtype=torch.float64)
    xs, ys = 3 * torch.randn(2, size, generator=generator, dtype=torch.float64)
    return m, b, xs, ys


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", SEEDS)
def test_gradient(lesson: dict, seed: int, size: int) -> None:
    m, b, xs, ys = batch(seed, size)
    assert_three_ways(
        lambda m, b: lesson["mse"](m, b, xs, ys), lambda m, b: lesson["gradient"](m, b, xs, ys), m, b
    )


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_gradient_is_the_mean_of_the_contributions(lesson: dict, seed: int, size: int) -> None:
    m, b, xs, ys = batch(seed, size)
    parts = lesson["contributions"](m, b, xs, ys)
    for index in range(size):
        assert_three_ways(
            lambda m, b, i=index: (lesson["predict"](m, b, xs[i]) - ys[i]) ** 2,
            lambda m, b, i=index: tuple(part[i] for part in lesson["contributions"](m, b, xs, ys)),
            m,
            b,
        )
    for part, partial in zip(parts, lesson["gradient"](m, b, xs, ys), strict=True):
        torch.testing.assert_close(part.mean(), partial)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", SEEDS)
def test_the_sum_is_n_times_the_mean(lesson: dict, seed: int, size: int) -> None:
    m, b, xs, ys = batch(seed, size)
    assert_three_ways(
        lambda m, b: lesson["sse"](m, b, xs, ys),
        lambda m, b: tuple(size * partial for partial in lesson["gradient"](m, b, xs, ys)),
        m,
        b,
        tolerance=1e-5,
    )


@pytest.mark.parametrize("size", [2, 3, 8])
@pytest.mark.parametrize("seed", SEEDS)
def test_broken_formulas_are_caught(lesson: dict, seed: int, size: int) -> None:
    m, b, xs, ys = batch(seed, size)
    for broken in (
        lambda grad_m, grad_b: (-grad_m, grad_b),
        lambda grad_m, grad_b: (grad_m * size, grad_b * size),
        lambda grad_m, grad_b: (grad_m / 2, grad_b),
    ):
        with pytest.raises(AssertionError):
            assert_three_ways(
                lambda m, b: lesson["mse"](m, b, xs, ys),
                lambda m, b, broken=broken: broken(*lesson["gradient"](m, b, xs, ys)),
                m,
                b,
            )


@pytest.mark.parametrize(
    "shapes", [((), (8,)), ((1,), (8,)), ((2, 1), (8,)), ((2,), (8,)), ((8, 1), (8,)), ((3, 1, 5), (4, 1))]
)
def test_the_rule_of_broadcasting_as_the_page_states_it(lesson: dict, shapes: tuple) -> None:
    """Aligned from the right, a pair is equal, or one of it is 1, or one is missing."""
    result, fits = [], True
    for back in range(1, max(map(len, shapes)) + 1):
        pair = {shape[-back] for shape in shapes if len(shape) >= back}
        fits = fits and len(pair - {1}) < 2
        result.insert(0, max(pair))
    assert lesson["joined"](*shapes) == (str(tuple(result)) if fits else "error")
