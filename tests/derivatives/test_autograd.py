"""Protects the derivatives that `autograd` shows, each at random points."""

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load


def random_points(seed: int, *shapes: tuple[int, ...]) -> list[Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return [3 * torch.randn(shape, generator=generator, dtype=torch.float64) for shape in shapes]


@pytest.mark.parametrize("seed", range(5))
def test_slope_of_the_cube(seed: int) -> None:
    assert_three_ways(lambda x: x**3, load("autograd")["cube_slope"], *random_points(seed, ()))


@pytest.mark.parametrize("seed", range(5))
def test_both_partials_of_f(seed: int) -> None:
    lesson = load("autograd")
    (constant,) = random_points(seed + 100, ())
    assert_three_ways(
        lambda x, y: lesson["forward"](x, y, constant)["f"], lesson["gradient"], *random_points(seed, (), ())
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 100])
def test_gradient_of_the_sum_of_squares(size: int, seed: int) -> None:
    lesson = load("autograd")
    assert_three_ways(lesson["sum_of_squares"], lesson["squares_gradient"], *random_points(seed, (size,)))


@pytest.mark.parametrize("seed", range(5))
def test_both_partials_of_the_product(seed: int) -> None:
    assert_three_ways(
        lambda x, y: x**2 * y, load("autograd")["product_gradient"], *random_points(seed, (), ())
    )


@pytest.mark.parametrize("seed", range(5))
def test_both_partials_of_the_square_of_a_sum(seed: int) -> None:
    assert_three_ways(
        lambda x, y: (x + 2 * y) ** 2, load("autograd")["square_gradient"], *random_points(seed, (), ())
    )


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 100])
def test_gradient_of_the_mean_of_squares(size: int, seed: int) -> None:
    assert_three_ways(
        lambda m: (m**2).mean(), load("autograd")["mean_gradient"], *random_points(seed, (size,))
    )


@pytest.mark.parametrize("seed", range(5))
def test_two_paths_to_one_leaf_add_up(seed: int) -> None:
    assert_three_ways(lambda x: x**2 + 5 * x, load("autograd")["twice_slope"], *random_points(seed, ()))


@pytest.mark.parametrize("seed", range(3))
def test_walking_the_graph_by_hand_gives_the_partials(seed: int) -> None:
    lesson = load("autograd")
    x, y, c = random_points(seed, (), (), ())
    x.requires_grad_(), y.requires_grad_()
    end = lesson["forward"](x, y, c)["f"]
    with torch.no_grad():
        lesson["walk"](end.grad_fn, torch.ones_like(c))
        expected = lesson["gradient"](x, y)
    torch.testing.assert_close((x.grad, y.grad), expected)
    assert c.grad is None
