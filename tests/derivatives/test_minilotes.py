"""Protects the gradient of a mini-batch, and what averaging mini-batches does and does not give."""

from __future__ import annotations

from itertools import combinations

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load


def draw(n: int, seed: int) -> tuple[Tensor, Tensor, Tensor]:
    """Two parameters and n points, all at random."""
    generator = torch.Generator().manual_seed(seed)
    values = torch.randn(2 * n + 2, dtype=torch.float64, generator=generator)
    return values[:2], values[2 : n + 2], values[n + 2 :]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 11])
def test_gradient_of_mini_batch(size: int, seed: int) -> None:
    lesson = load("minilotes")
    (m, b), xs, ys = draw(11, seed)
    batch = torch.randperm(11, generator=torch.Generator().manual_seed(seed))[:size]
    assert_three_ways(
        lambda m, b: lesson["mse"](m, b, xs[batch], ys[batch]),
        lambda m, b: tuple(lesson["gradient"](m, b, xs[batch], ys[batch])),
        m,
        b,
    )


@pytest.mark.parametrize("size", [1, 2, 3, 4, 6])
def test_mean_over_all_mini_batches_is_the_gradient_of_the_batch(size: int) -> None:
    gradient = load("minilotes")["gradient"]
    (m, b), xs, ys = draw(6, seed=size)
    subsets = [list(subset) for subset in combinations(range(6), size)]
    mean = torch.stack([gradient(m, b, xs[s], ys[s]) for s in subsets]).mean(dim=0)
    torch.testing.assert_close(mean, gradient(m, b, xs, ys))


@pytest.mark.parametrize("n", [4, 6, 8, 9, 11])
@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_weights_are_needed_exactly_when_sizes_differ(n: int, size: int) -> None:
    lesson = load("minilotes")
    (m, b), xs, ys = draw(n, seed=n)
    batches = lesson["minibatches"](n, size, torch.Generator().manual_seed(size))
    assert sorted(torch.cat(batches).tolist()) == list(range(n))
    full = lesson["gradient"](m, b, xs, ys)
    grads = torch.stack([lesson["gradient"](m, b, xs[batch], ys[batch]) for batch in batches])
    weights = torch.tensor([len(batch) / n for batch in batches], dtype=torch.float64)
    torch.testing.assert_close(weights @ grads, full)
    assert torch.allclose(grads.mean(dim=0), full) == (n % size == 0)


def test_lesson_reaches_what_it_says() -> None:
    lesson = load("minilotes")
    assert [len(lesson["runs"][size][0]) - 1 for size in (8, 2, 1)] == [60, 240, 480]
    torch.testing.assert_close(lesson["weighted"], lesson["full"])
    assert not torch.allclose(lesson["plain"], lesson["full"])
