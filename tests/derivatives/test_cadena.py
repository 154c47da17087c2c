"""Protects the derivatives of the lesson «cadena», three ways each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor

from tests.derivatives.three_ways import assert_three_ways, load

SEEDS = range(5)


@pytest.fixture(scope="module")
def lesson() -> dict:
    return load("cadena")


def points(seed: int, *shapes: tuple[int, ...]) -> list[Tensor]:
    source = torch.Generator().manual_seed(seed)
    return [3 * torch.randn(shape, generator=source, dtype=torch.float64) for shape in shapes]


@pytest.mark.parametrize("seed", SEEDS)
def test_partials(lesson: dict, seed: int) -> None:
    assert_three_ways(lesson["value"], lesson["partials"], *points(seed, (), ()))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("function", "slope"),
    [
        ("composed", "composed_slope"),
        ("product", "product_slope"),
        ("three_links", "three_links_slope"),
        ("joined", "joined_slope"),
    ],
)
def test_functions_of_one_variable(lesson: dict, function: str, slope: str, seed: int) -> None:
    assert_three_ways(lesson[function], lesson[slope], *points(seed, ()))


@pytest.mark.parametrize("seed", SEEDS)
def test_line(lesson: dict, seed: int) -> None:
    m, b, x, y = points(seed, (), (), (), ())
    assert_three_ways(
        lambda m, b: lesson["squared_loss"](m, b, x, y),
        lambda m, b: lesson["line_partials"](m, b, x, y),
        m,
        b,
    )


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("n", [1, 2, 3, 7])
def test_mean(lesson: dict, n: int, seed: int) -> None:
    m, b, xs, ys = points(seed, (), (), (n,), (n,))
    assert_three_ways(
        lambda m, b: lesson["mean_loss"](m, b, xs, ys),
        lambda m, b: lesson["mean_loss_partials"](m, b, xs, ys),
        m,
        b,
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_absolute_loss_above_the_point(lesson: dict, seed: int) -> None:
    m, b, x, gap = points(seed, (), (), (), ())
    y = m * x + b - (1 + gap.abs())  # the line passes well above
    assert_three_ways(
        lambda m, b: lesson["absolute_loss"](m, b, x, y),
        lambda m, b: lesson["absolute_partials_above"](x),
        m,
        b,
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_forward_pass_gives_one_partial(lesson: dict, seed: int) -> None:
    assert_three_ways(
        lesson["value"],
        lambda x, y: (lesson["forward_pass"](x, y, 1.0, 0.0)[-1], lesson["forward_pass"](x, y, 0.0, 1.0)[-1]),
        *points(seed, (), ()),
    )


def test_the_numbers_of_the_graph(lesson: dict) -> None:
    values = {name: node.item() for name, node in lesson["nodes"].items()}
    gradients = {name: node.grad.item() for name, node in lesson["nodes"].items()}
    assert values == {"x": 2, "y": 3, "u": 8, "v": 9, "p": 16, "q": 27, "s": 43, "f": 44}
    assert gradients == {"x": 24, "y": 18, "u": 2, "v": 3, "p": 1, "q": 1, "s": 1, "f": 1}
    assert lesson["c"].grad is None


def test_drawn_links_are_those_of_the_graph(lesson: dict) -> None:
    assert set(lesson["links"](lesson["nodes"])) == {
        ("u", "x", 12),
        ("v", "y", 6),
        ("p", "u", 2),
        ("q", "v", 3),
        ("s", "p", 1),
        ("s", "q", 1),
        ("f", "s", 1),
    }
    assert set(lesson["links"](lesson["two_paths"])) == {("s", "x", 1), ("p", "x", 5), ("p", "s", 2)}


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("function", "wrong"),
    [
        ("composed", "slope_at_wrong_place"),
        ("composed", "composed"),  # the value is not the derivative
        ("product", lambda x: x + 3),  # the path through s is missing
        ("product", lambda x: x),  # the direct path is missing
    ],
)
def test_the_wrong_ones_are_wrong(lesson: dict, function: str, wrong: str | Callable, seed: int) -> None:
    with pytest.raises(AssertionError):
        assert_three_ways(lesson[function], lesson.get(wrong, wrong), *points(seed, ()))


def test_item_loses_a_path_in_silence(lesson: dict) -> None:
    x = torch.tensor(2.0, requires_grad=True)
    (x * (x.item() + 3)).backward()
    assert x.grad.item() == 5 != lesson["product_slope"](2.0)
