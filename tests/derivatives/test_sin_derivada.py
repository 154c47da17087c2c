"""Protects ``sin-derivada``: where it shows a slope there is one, three ways alike; its stable forms are the same functions."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load

SEEDS = range(4)


def random(size: int, seed: int, low: float = 0.3, high: float = 3.0) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return low + (high - low) * torch.rand(size, dtype=torch.float64, generator=generator)


@pytest.mark.parametrize("seed", SEEDS)
def test_slopes_of_the_page(seed: int) -> None:
    lesson = load("sin_derivada")
    x = random(3, seed)
    assert_three_ways(lambda x: x.sqrt().sum(), lesson["root_slope"], x)
    assert_three_ways(lambda p: lesson["plain"](p).sum(), lesson["plain_slope"], x)
    assert_three_ways(lambda x: lesson["naive"](x).sum(), lesson["naive_slope"], x)
    for c in (1e-2, 0.5):
        assert_three_ways(
            lambda x, c=c: lesson["smooth_abs"](x, c).sum(),
            lambda x, c=c: lesson["smooth_abs_slope"](x, c),
            x - 1.5,
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_both_modes_ask_for_the_same(seed: int) -> None:
    lesson = load("sin_derivada")
    x = random(4, seed)
    for name in ("backward_slopes", "forward_slopes"):
        assert_three_ways(
            lambda x: (x[0] * x).sum() + x.prod(),
            lambda x, name=name: lesson[name](lambda x: x[0] * x + x.prod() / 4, x),
            x,
        )


@pytest.mark.parametrize("seed", SEEDS)
def test_stable_forms_are_the_same_functions(seed: int) -> None:
    lesson = load("sin_derivada")
    x = random(5, seed, low=-4.0, high=4.0)
    torch.testing.assert_close(lesson["stable"](x), lesson["naive"](x))
    assert_three_ways(lambda x: lesson["stable"](x).sum(), lesson["naive_slope"], x)
    assert_three_ways(lesson["log_sum_exp"], lambda x: torch.softmax(x, 0), x)
    torch.testing.assert_close(lesson["log_sum_exp"](x), torch.logsumexp(x, 0))
    torch.testing.assert_close(lesson["from_logit"](x), lesson["clipped"](x))
    assert_three_ways(lambda z: lesson["from_logit"](z).sum(), lambda z: torch.sigmoid(z) - 1, x)


@pytest.mark.parametrize("seed", SEEDS)
def test_guarded_forms_away_from_the_trouble(seed: int) -> None:
    lesson = load("sin_derivada")
    p = random(3, seed)
    for name in ("one_where", "two_wheres"):
        assert_three_ways(lambda p, name=name: lesson[name](p).sum(), lesson["plain_slope"], p)
    for name in ("by_steps", "safe_distance"):
        assert_three_ways(lesson[name], lambda p: p / torch.linalg.vector_norm(p), p)
    assert_three_ways(
        lambda w: lesson["two_valleys"](w).sum(), lambda w: 2 * (w.abs() - 1) * w.sign(), p - 1.5
    )
    assert_three_ways(lambda w: lesson["soft_round"](w).sum(), lambda w: 1 - torch.cos(2 * torch.pi * w), p)


def test_the_straight_through_slope_is_that_without_rounding() -> None:
    lesson = load("sin_derivada")
    w = random(3, 0)
    torch.testing.assert_close(lesson["straight_through"](w), lesson["whole"](w))
    torch.testing.assert_close(lesson["backward_slopes"](lesson["straight_through"], w), 2 * (w.round() - 3))


def test_what_is_far_from_zero_or_near_it() -> None:
    lesson = load("sin_derivada")
    near = torch.tensor([0.3, 0.4], dtype=torch.float64)
    torch.testing.assert_close(lesson["safe_distance"](near), torch.tensor(0.5, dtype=torch.float64))
    apart = torch.tensor([0.0, 1000.0], dtype=torch.float64)
    torch.testing.assert_close(lesson["log_sum_exp"](apart), apart[1])
