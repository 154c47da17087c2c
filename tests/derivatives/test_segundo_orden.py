"""Protects the derivatives of the lesson «segundo-orden», three ways each; second ones are gradients of first ones."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load

SEEDS = range(5)
SIZES = [1, 2, 3, 7]


@pytest.fixture(scope="module")
def lesson() -> dict:
    return load("segundo_orden")


def points(seed: int, *shapes: tuple[int, ...]) -> list[Tensor]:
    source = torch.Generator().manual_seed(seed)
    return [2 * torch.randn(shape, generator=source, dtype=torch.float64) for shape in shapes]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("n", SIZES)
@pytest.mark.parametrize(
    ("function", "slope"),
    [
        ("cube", "cube_slope"),
        ("cube_slope", "cube_second"),
        ("valley", "valley_slope"),
        ("valley_slope", "valley_second"),
        ("fourth_power_slope", "fourth_power_second"),
    ],
)
def test_sums_of_one_function(lesson: dict, function: str, slope: str, n: int, seed: int) -> None:
    assert_three_ways(lambda z: lesson[function](z).sum(), lesson[slope], *points(seed, (n,)))


@pytest.mark.parametrize("seed", SEEDS)
def test_fourth_power(lesson: dict, seed: int) -> None:
    assert_three_ways(lambda z: (z**4).sum(), lesson["fourth_power_slope"], *points(seed, (3,)))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("n", SIZES)
def test_two_tensors(lesson: dict, n: int, seed: int) -> None:
    first = lesson["square_and_cube_gradients"]
    m, ell = points(seed, (n,), (n,))
    assert_three_ways(lesson["square_and_cube"], first, m, ell)
    assert_three_ways(
        lambda m, ell: sum(part.sum() for part in first(m, ell)),
        lambda m, ell: (torch.full_like(m, 2), 6 * ell),
        m,
        ell,
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("n", SIZES)
def test_mse_and_its_hessian(lesson: dict, n: int, seed: int) -> None:
    m, b, xs, ys = points(seed, (), (), (n,), (n,))
    partials = lesson["mse_partials"]
    assert_three_ways(lambda m, b: lesson["mse"](m, b, xs, ys), lambda m, b: partials(m, b, xs, ys), m, b)
    for row in (0, 1):
        assert_three_ways(
            lambda m, b, row=row: partials(m, b, xs, ys)[row],
            lambda m, b, row=row: tuple(lesson["mse_hessian"](xs)[row]),
            m,
            b,
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_a_function_that_mixes(lesson: dict, seed: int) -> None:
    (z,) = points(seed, (2,))
    assert_three_ways(lesson["pair"], lesson["pair_gradient"], z)
    for row in (0, 1):
        assert_three_ways(
            lambda z, row=row: lesson["pair_gradient"](z)[row],
            lambda z, row=row: lesson["pair_hessian"](z)[row],
            z,
        )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("degrees", [0, 11.49, 60, 90, 101.49, 170])
@pytest.mark.parametrize("n", SIZES)
def test_curvature_along_a_direction(lesson: dict, n: int, degrees: float, seed: int) -> None:
    m, b, t, xs, ys = points(seed, (), (), (), (n,), (n,))
    angle = math.radians(degrees)
    u, v = math.cos(angle), math.sin(angle)

    def slope(t: Tensor) -> Tensor:
        along_m, along_b = lesson["mse_partials"](m + t * u, b + t * v, xs, ys)
        return along_m * u + along_b * v

    assert_three_ways(slope, lambda t: lesson["curvature_along"](lesson["mse_hessian"](xs), angle), t)


@pytest.mark.parametrize("seed", SEEDS)
def test_second_difference(lesson: dict, seed: int) -> None:
    (z,) = points(seed, ())
    shown = lesson["second_difference"](lesson["cube"], z)
    torch.testing.assert_close(shown, lesson["cube_second"](z), rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("h", [0.5, 0.1, -0.1, -0.5])
@pytest.mark.parametrize("z", [-1.7, 0.3, 1.0])
def test_what_is_left_after_the_parabola_of_a_cube(lesson: dict, z: float, h: float) -> None:
    real = lesson["cube"](z + h) - lesson["cube"](z)
    assert real - lesson["parabola_change"](z, h) == pytest.approx(h**3)
    assert real - lesson["tangent_change"](z, h) == pytest.approx(3 * z * h**2 + h**3)


def test_the_published_facts(lesson: dict) -> None:
    assert lesson["hessian"].tolist() == [[35, 7], [7, 2]]
    smallest, largest = (37 - math.sqrt(1285)) / 2, (37 + math.sqrt(1285)) / 2
    assert lesson["largest"] == pytest.approx(largest, abs=1e-5)
    assert lesson["smallest"] == pytest.approx(smallest, abs=1e-5)
    assert f"{largest:.3f}" == "36.423"
    assert f"{2 / largest:.5f}" == "0.05491"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_wrong_ones_are_wrong(lesson: dict, seed: int) -> None:
    (z,) = points(seed, (2,))

    def summed(z: Tensor) -> Tensor:
        return lesson["pair_gradient"](z).sum()

    with pytest.raises(AssertionError):  # the sum of the rows is not the diagonal
        assert_three_ways(summed, lambda z: lesson["pair_hessian"](z).diagonal(), z)
    with pytest.raises(AssertionError):  # one derivative short
        assert_three_ways(lambda z: lesson["cube_slope"](z).sum(), lesson["cube_slope"], z)


@pytest.mark.parametrize(("rate", "grows"), [(0.0548, False), (0.0551, True)])
def test_past_the_limit_it_is_the_cost_that_grows(rate: float, grows: bool) -> None:
    lesson = load("segundo_orden")
    xs, ys = lesson["xs"].double(), lesson["ys"].double()
    m, b, costs = torch.tensor(0.9).double(), torch.tensor(0.1).double(), []
    for _ in range(3000):
        costs.append(lesson["mse"](m, b, xs, ys))
        step_m, step_b = lesson["mse_partials"](m, b, xs, ys)
        m, b = m - rate * step_m, b - rate * step_b
    assert (costs[-1] > costs[-2] > costs[-3]) == grows


@pytest.mark.parametrize("seed", SEEDS)
def test_the_power_and_its_crossed_derivative(lesson: dict, seed: int) -> None:
    x, y = points(seed, (), ())
    x = x.abs() + 0.5
    assert_three_ways(lambda x: lesson["power"](x, y), lambda x: lesson["power_slope"](x, y), x)
    assert_three_ways(lambda y: lesson["power_slope"](x, y), lambda y: lesson["power_cross"](x, y), y)


def test_the_hessian_of_a_layer_with_weight_norm_is_not_symmetric() -> None:
    """The page says so; when it is mended, the page must change."""
    layer = torch.nn.utils.parametrizations.weight_norm(
        torch.nn.Linear(2, 1, bias=False, dtype=torch.float64)
    )

    def first_weight(v: Tensor) -> Tensor:
        one = torch.tensor([1.0, 0.0], dtype=torch.float64)
        return torch.func.functional_call(layer, {"parametrizations.weight.original1": v[None]}, one)[0]

    found = torch.autograd.functional.hessian(first_weight, torch.tensor([1.0, 2.0], dtype=torch.float64))
    assert not torch.allclose(found, found.T)
