"""Protects the derivatives of the lesson on one point: formula, autograd and differences agree."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load

SEEDS = range(8)


@pytest.fixture(scope="module")
def lesson() -> dict:
    return load("punto")


def draw(seed: int, count: int) -> list[Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return list(3 * torch.randn(count, generator=generator, dtype=torch.float64))


@pytest.mark.parametrize("seed", SEEDS)
def test_gradient(lesson: dict, seed: int) -> None:
    m, b, x, y = draw(seed, 4)
    assert_three_ways(
        lambda m, b: lesson["cost_at"](m, b, x, y), lambda m, b: lesson["gradient"](m, b, x, y), m, b
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_gradient_of_the_parabola(lesson: dict, seed: int) -> None:
    q, m, b, x, y = draw(seed, 5)
    assert_three_ways(
        lambda *point: lesson["parabola_cost"](*point, x, y),
        lambda *point: lesson["parabola_gradient"](*point, x, y),
        q,
        m,
        b,
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_suspect_is_wrong_but_right_where_x_is_two(lesson: dict, seed: int) -> None:
    m, b, x, y = draw(seed, 4)
    wrong, right = lesson["suspect_gradient"](m, b, x, y), lesson["gradient"](m, b, x, y)
    assert wrong[0].item() != pytest.approx(right[0].item())
    assert wrong[1].item() == pytest.approx(right[1].item())
    two = torch.tensor(2.0, dtype=torch.float64)
    assert lesson["suspect_gradient"](m, b, two, y)[0] == pytest.approx(
        lesson["gradient"](m, b, two, y)[0].item()
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_broken_formulas_are_caught(lesson: dict, seed: int) -> None:
    m, b, x, y = draw(seed, 4)
    for broken in (
        lambda grad_m, grad_b: (-grad_m, grad_b),
        lambda grad_m, grad_b: (grad_m / 2, grad_b / 2),
        lambda grad_m, grad_b: (grad_b, grad_m),
    ):
        with pytest.raises(AssertionError):
            assert_three_ways(
                lambda m, b: lesson["cost_at"](m, b, x, y),
                lambda m, b, broken=broken: broken(*lesson["gradient"](m, b, x, y)),
                m,
                b,
            )


def test_moves_of_the_quiz_lower_the_cost_but_less() -> None:
    """Of the moves with steps in proportion, only down with both is the descent; two others lower the cost too."""
    lesson = load("punto")
    m, b, x, y = torch.tensor(0.9), torch.tensor(0.1), torch.tensor(7.0), torch.tensor(-1.37)
    grad_m, grad_b = (float(part) for part in lesson["gradient"](m, b, x, y))

    def after(sign_m: int, sign_b: int) -> float:
        return float(lesson["cost_at"](m - sign_m * 0.001 * grad_m, b - sign_b * 0.001 * grad_b, x, y))

    here = float(lesson["cost_at"](m, b, x, y))
    assert after(1, 1) < after(1, 0) < after(1, -1) < here < after(-1, -1)
