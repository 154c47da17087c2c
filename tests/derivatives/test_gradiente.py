"""Protects the gradients that «El gradiente» shows, each by formula, autograd and differences."""

import pytest
import torch

from tests.derivatives.three_ways import assert_three_ways, load

SEEDS = range(12)


def numbers(count: int, seed: int) -> list[torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return list(10 * torch.rand(count, generator=generator, dtype=torch.float64) - 5)


def point(seed: int) -> list[torch.Tensor]:
    """A random line (m, b), kept away from the edge of |e|."""
    m, b = numbers(2, seed)
    if abs(load("gradiente")["error"](m, b)) < 0.1:
        b = b + 1
    return [m, b]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("function", "gradient"),
    [("absolute", "absolute_gradient"), ("squared", "squared_gradient"), ("product", "product_gradient")],
)
def test_formula(function: str, gradient: str, seed: int) -> None:
    lesson = load("gradiente")
    assert_three_ways(lesson[function], lesson[gradient], *point(seed))


def test_both_signs_of_the_error_are_tried() -> None:
    signs = {bool(load("gradiente")["error"](*point(seed)) > 0) for seed in SEEDS}
    assert signs == {True, False}


@pytest.mark.parametrize("seed", SEEDS)
def test_any_point(seed: int) -> None:
    """The exercise's gradient, at a random data point as well."""
    lesson = load("gradiente")
    m, b, x, y = numbers(4, seed)
    assert_three_ways(
        lambda m, b: (m * x + b - y) ** 2, lambda m, b: lesson["squared_gradient_at"](m, b, x, y), m, b
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("loss", ["absolute", "squared"])
def test_directional_slope(loss: str, seed: int) -> None:
    """The slope along a direction, as a derivative in the distance walked."""
    lesson = load("gradiente")
    m, b = point(seed)
    angle = numbers(1, seed + 100)[0]
    u_m, u_b = torch.cos(angle), torch.sin(angle)
    grad = lesson[f"{loss}_gradient"](m, b)
    assert_three_ways(
        lambda t: lesson[loss](m + t * u_m, b + t * u_b),
        lambda t: lesson["directional_slope"](u_m, u_b, *grad),
        torch.zeros((), dtype=torch.float64),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_gradient_is_the_steepest_direction_and_crosses_level_curves_at_right_angles(seed: int) -> None:
    lesson = load("gradiente")
    m, b = point(seed)
    grad = torch.stack(lesson["squared_gradient"](m, b))
    angles = torch.arange(0, 360, dtype=torch.float64).deg2rad()
    slopes = lesson["directional_slope"](torch.cos(angles), torch.sin(angles), *grad)
    assert slopes.max() <= grad.norm()
    assert slopes.max() > 0.9998 * grad.norm()
    # Along (1, -4) the loss does not change, for steps of any length.
    assert torch.isclose(lesson["squared"](m + 3, b - 12), lesson["squared"](m, b))
    assert abs(grad[0] - 4 * grad[1]) < 1e-9


def test_the_suspect_gradient_is_wrong_where_the_error_is_negative() -> None:
    lesson = load("gradiente")
    assert lesson["suspect_gradient"](2, -1) == lesson["absolute_gradient"](2, -1)
    assert lesson["suspect_gradient"](0, 0) != lesson["absolute_gradient"](0, 0)
