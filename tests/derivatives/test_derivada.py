"""Protects the derivatives that «La derivada» shows, each by formula, autograd and differences."""

import pytest
import torch

from tests.derivatives.three_ways import assert_three_ways, load

SEEDS = range(6)


def between(low: float, high: float, seed: int) -> torch.Tensor:
    generator = torch.Generator().manual_seed(seed)
    return low + (high - low) * torch.rand((), generator=generator, dtype=torch.float64)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("function", "derivative", "low", "high"),
    [
        ("cube", "cube_derivative", -3, 3),
        ("square", "square_derivative", -3, 3),
        ("reciprocal", "reciprocal_derivative", 0.5, 4),
        ("reciprocal", "reciprocal_derivative", -4, -0.5),
        ("root", "root_derivative", 0.5, 20),
    ],
)
def test_formula(function: str, derivative: str, low: float, high: float, seed: int) -> None:
    lesson = load("derivada")
    assert_three_ways(lesson[function], lesson[derivative], between(low, high, seed))


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("h", [1, 0.3, 0.01])
def test_what_is_left_over_in_the_quotients(h: float, seed: int) -> None:
    """Forward leaves 3xh + h², which is 6h + h² at 2; central leaves h²; of x², h and nothing; of 1/x, -1/(x(x+h))."""
    lesson = load("derivada")
    x = between(-3, 3, seed).item()
    forward, central = lesson["forward_difference"], lesson["central_difference"]
    exact = lesson["cube_derivative"](x)
    assert forward(lesson["cube"], x, h) == pytest.approx(exact + 3 * x * h + h * h)
    assert central(lesson["cube"], x, h) == pytest.approx(exact + h * h)
    assert forward(lesson["square"], x, h) == pytest.approx(lesson["square_derivative"](x) + h)
    assert central(lesson["square"], x, h) == pytest.approx(lesson["square_derivative"](x))
    x = abs(x) + 0.5
    assert forward(lesson["reciprocal"], x, h) == pytest.approx(-1 / (x * (x + h)))


@pytest.mark.parametrize("seed", SEEDS)
def test_the_wrong_central_difference_is_twice_the_slope(seed: int) -> None:
    lesson = load("derivada")
    x = between(0.5, 3, seed).item()
    wrong = lesson["wrong_central"](lesson["cube"], x, 1e-4)
    assert wrong == pytest.approx(2 * lesson["cube_derivative"](x))
    assert wrong != pytest.approx(lesson["cube_derivative"](x))


@pytest.mark.parametrize("seed", SEEDS)
def test_second_round_of_the_root(seed: int) -> None:
    """The formula that the page unrolls by hand is what two rounds of the loop compute."""
    a = between(0.5, 20, seed).item()
    guess = 1.0
    for _ in range(2):
        guess = (guess + a / guess) / 2
    assert guess == pytest.approx(((1 + a) / 2 + 2 * a / (1 + a)) / 2)


@pytest.mark.parametrize("start", [(-2.0, 0.0), (2.0, 0.0), (0.0, -3.0), (0.0, 5.0)])
def test_the_search_stops_where_no_trial_is_better(start: tuple[float, float]) -> None:
    lesson = load("derivada")
    m, b, best, _ = lesson["search"](*start, 0.1, 0.2)
    trials = [(m + 0.1, b), (m - 0.1, b), (m, b + 0.2), (m, b - 0.2)]
    assert best == lesson["cost"](m, b) <= min(lesson["cost"](*trial) for trial in trials)


@pytest.mark.parametrize("deltas", [(1, 1), (0.1, 0.1), (0.01, 0.05), (0.3, 0.07)])
def test_the_search_counts_each_cost_that_it_computes(
    deltas: tuple[float, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    lesson = load("derivada")
    cost, calls = lesson["cost"], []
    monkeypatch.setitem(lesson["search"].__globals__, "cost", lambda m, b: calls.append((m, b)) or cost(m, b))
    *_, count = lesson["search"](0.9, 0.1, *deltas)
    assert len(calls) == count > 5


def test_what_differences_ask_of_a_function() -> None:
    """Of n parameters: forward once more for each, if the cost here is kept; central twice for each."""
    lesson = load("derivada")
    calls = []

    def counted(x: float) -> float:
        calls.append(x)
        return x * x

    lesson["forward_difference"](counted, 3.0, 0.5)
    assert calls == [3.5, 3.0]
    calls.clear()
    lesson["central_difference"](counted, 3.0, 0.5)
    assert calls == [3.5, 2.5]


def test_no_difference_in_the_figure_is_without_error() -> None:
    lesson = load("derivada")
    for name in ("forward32", "forward64", "central32", "central64"):
        assert min(lesson[name]) > 0
