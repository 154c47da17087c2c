"""Protects the derivatives that `acumular` shows, each at random points, and what it says of a second call."""

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load


def random_points(seed: int, *shapes: tuple[int, ...]) -> list[Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return [3 * torch.randn(shape, generator=generator, dtype=torch.float64) for shape in shapes]


@pytest.mark.parametrize("seed", range(5))
def test_slope_of_the_cube(seed: int) -> None:
    assert_three_ways(lambda x: x**3, load("acumular")["cube_slope"], *random_points(seed, ()))


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 100])
def test_gradient_of_the_sum_of_squares(size: int, seed: int) -> None:
    lesson = load("acumular")
    assert_three_ways(lesson["sum_of_squares"], lesson["squares_gradient"], *random_points(seed, (size,)))


@pytest.mark.parametrize("seed", range(5))
def test_slope_of_the_cost(seed: int) -> None:
    lesson = load("acumular")
    assert_three_ways(lesson["cost"], lesson["cost_slope"], *random_points(seed, ()))


@pytest.mark.parametrize(
    ("build", "raises"),
    [
        (lambda x, y: x + y + x, False),
        (lambda x, y: torch.stack([x, y]).mean(), False),
        (lambda x, y: 3 * x + y, True),
        (lambda x, y: x * y, True),
        (lambda x, y: x**3 + y, True),
    ],
)
def test_a_second_backward_fails_only_where_something_was_saved(build, raises: bool) -> None:
    leaves = [torch.tensor(value, requires_grad=True) for value in (2.0, 3.0)]
    end = build(*leaves)
    end.backward()
    once = [leaf.grad.clone() for leaf in leaves]
    if raises:
        with pytest.raises(RuntimeError, match="a second time"):
            end.backward()
    else:
        end.backward()
        assert [leaf.grad for leaf in leaves] == [2 * grad for grad in once]


def test_what_a_division_by_zero_gives() -> None:
    one, zero = torch.tensor(1), torch.tensor(0)
    assert (one / zero).isinf() and (zero / zero).isnan()
    assert (1.0 * one // zero).isinf()
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        one // zero
