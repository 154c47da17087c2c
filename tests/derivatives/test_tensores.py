"""Protects the derivative that `tensores` shows: the gradient of the summed outputs."""

import pytest
import torch

from tests.derivatives.three_ways import assert_three_ways, load


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("shape", [(1, 1), (1, 4), (2, 3), (3, 2), (5, 7)])
def test_gradient_of_the_summed_outputs(shape: tuple[int, int], seed: int) -> None:
    lesson = load("tensores")
    generator = torch.Generator().manual_seed(seed)
    weights = torch.randn(shape, generator=generator, dtype=torch.float64)
    inputs = torch.randn(shape[1], generator=generator, dtype=torch.float64)
    assert_three_ways(
        lambda w: lesson["total_output"](w, inputs), lambda w: lesson["gradient"](w, inputs), weights
    )


def test_a_leaf_may_come_out_of_an_operation_that_is_not_recorded() -> None:
    lesson = load("tensores")
    given, free = lesson["given"], lesson["free"]
    assert (2 * given).is_leaf and not (2 * free).is_leaf
    with torch.no_grad():
        assert (2 * free).is_leaf
        assert free.add_(0) is free  # in place nothing is made, and a Parameter comes back
