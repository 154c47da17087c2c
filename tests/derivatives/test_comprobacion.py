"""Protects the functions of ``comprobacion`` with a backward of their own: right ones agree three ways, wrong ones do not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load

SEEDS = range(4)


def random(size: int, seed: int) -> Tensor:
    return 0.5 + 9.5 * torch.rand(size, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_water_of_a_level(seed: int) -> None:
    lesson = load("comprobacion")
    w = random(1, seed)[0]
    assert_three_ways(lambda w: w**3 + w, lambda w: 1 / lesson["level_slope"](w), w)


@pytest.mark.parametrize("seed", SEEDS)
def test_level_undoes_the_water(seed: int) -> None:
    """With weights that differ, so that a backward which forgets what arrives would show."""
    lesson = load("comprobacion")
    x, weights = random(3, seed), random(3, seed + 20)
    apply = lesson["Level"].apply
    w = apply(x)
    torch.testing.assert_close(w**3 + w, x)
    assert_three_ways(
        lambda x: (weights * apply(x) ** 2).sum(), lambda x: 2 * weights * w * lesson["level_slope"](w), x
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_product(seed: int) -> None:
    lesson = load("comprobacion")
    a, b = random(2, seed).split(1)
    apply = lesson["Product"].apply
    assert_three_ways(lambda a, b: 3 * apply(a, b), lambda a, b: (3 * b, 3 * a), a, b)


def wrong(name: str) -> tuple[Callable[[Tensor], Tensor], int]:
    """A function of the page with a wrong backward, and how many numbers it takes."""
    lesson = load("comprobacion")
    if name == "scaled":
        return lambda x: lesson["ScaledCube"].apply(x, 1.002), 1
    if name == "turned":
        return lambda x: lesson["Turn"].apply(x, lesson["slanted"]), 2
    return {"one": lesson["forgets_one"], "upstream": lesson["forgets_upstream"]}[name], 1


@pytest.mark.parametrize("name", ["one", "upstream", "scaled", "turned"])
def test_wrong_ones_are_wrong(name: str) -> None:
    """Autograd with the wrong backward, against differences of the right values."""
    function, size = wrong(name)
    x = random(size, 3)
    weights = torch.tensor([2.0, -3.0], dtype=torch.float64)[:size]
    leaf = x.clone().requires_grad_(True)

    def cost(x: Tensor) -> Tensor:
        return (weights * function(x)).sum()

    (claimed,) = torch.autograd.grad(cost(leaf), leaf)
    with pytest.raises(AssertionError):
        assert_three_ways(cost, lambda x: claimed, x)


def test_the_right_factor_and_the_right_matrix_are_right() -> None:
    lesson = load("comprobacion")
    assert_three_ways(lambda x: lesson["ScaledCube"].apply(x, 1.0).sum(), lambda x: 3 * x**2, random(2, 1))
    x = random(2, 4).requires_grad_(True)
    (doubled,) = torch.autograd.grad(lesson["ScaledCube"].apply(x, 2.0).sum(), x)
    torch.testing.assert_close(doubled, 6 * x.detach() ** 2)
    M = lesson["symmetric"]
    weights = torch.tensor([2.0, -3.0], dtype=torch.float64)
    assert_three_ways(lambda v: weights @ lesson["Turn"].apply(v, M), lambda v: M.T @ weights, random(2, 2))


def test_agree_is_as_strict_as_gradcheck() -> None:
    lesson = load("comprobacion")
    assert lesson["agree"](lesson["Tiny"].apply, lesson["three"]), (
        "what is small passes by its absolute margin"
    )
    for factor in (0.9, 0.998, 0.9995, 1.0, 1.0005, 1.002, 2.0):

        def function(x: Tensor, factor: float = factor) -> Tensor:
            result: Tensor = lesson["ScaledCube"].apply(x, factor)
            return result

        x = random(2, 5).requires_grad_(True)
        expected = torch.autograd.gradcheck(function, (x,), raise_exception=False)
        assert lesson["agree"](function, x) == expected
