"""Protects the page of conventions: each of its rows asks PyTorch what the record asked the other libraries."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F

from tests.conftest import ROOT
from tests.derivatives.three_ways import load

# PyTorch's forward mode warns, at its first use, of what it does itself.
pytestmark = pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated:DeprecationWarning")

SCRIPT = (ROOT / "findings/conventions.sh").read_text("utf-8")
ROWS = dict(
    row.split(" | ", 1) for row in re.search(r'ROWS = """\n(.*?)\n"""', SCRIPT, re.DOTALL)[1].splitlines()
)
TABLES = ("corners", "ties", "roots", "logarithms", "losses", "higher")
NAMES: dict[str, Any] = {
    **{name: getattr(torch, name) for name in ("abs", "maximum", "minimum", "fmax", "median", "round")},
    **{name: getattr(torch, name) for name in ("sqrt", "atan2", "sinc", "prod", "std", "var", "where")},
    **{name: getattr(torch, name) for name in ("log", "log1p", "xlogy", "exp", "sigmoid")},
    **{name: getattr(F, name) for name in ("relu", "relu6", "leaky_relu", "elu", "celu", "selu")},
    **{name: getattr(F, name) for name in ("hardtanh", "hardswish", "silu", "softplus", "logsigmoid")},
    "clip": torch.clamp,
    "vmax": torch.max,
    "vmax0": lambda v: v.max(0).values,
    "sort": lambda v: v.sort().values,
    "topk": lambda v, k: v.topk(k).values,
    "cummax": lambda v: v.cummax(0).values,
    "cumprod": lambda v: v.cumprod(0),
    "total": torch.sum,
    "maxpool": lambda v: v.unfold(0, 2, 2).amax(1),
    "norm": torch.linalg.vector_norm,
    "norm1": lambda v: torch.linalg.vector_norm(v, 1),
    "norm_inf": lambda v: torch.linalg.vector_norm(v, torch.inf),
    "normalize": lambda v: v / v.norm(),
    "cosine": lambda v, w: v @ w / (v.norm() * w.norm()),
    "logsumexp": lambda v: torch.logsumexp(v, 0),
    "softmax": lambda v: v.softmax(0),
    "bce": lambda p, y: -(y * p.log() + (1 - y) * (1 - p).log()),
    "huber": lambda x, y: torch.where((x - y).abs() < 1, (x - y) ** 2 / 2, (x - y).abs() - 0.5),
    "margin_ranking": lambda x, y, sign: (-sign * (x - y)).clamp(min=0),
    "vector": lambda *each: torch.stack(each),
    "det": lambda a, b, c, d: a * d - b * c,
    "zero": torch.tensor(0.0, dtype=torch.float64),
    "inf": torch.inf,
}


def questions() -> dict[str, Any]:
    page = load("convenios")
    return {label: question for name in TABLES for label, question in page[name].items()}


def asked(expression: str) -> Callable[..., torch.Tensor]:
    """The function of an expression of the record."""
    return lambda *x: eval(expression, {**NAMES, **dict(zip("abcd", x, strict=False))})


@pytest.fixture(scope="module")
def page() -> dict[str, Any]:
    return questions()


@pytest.mark.parametrize("label", ROWS)
def test_a_row_asks_the_same(label: str, page: dict[str, Any]) -> None:
    f, *at = page[label]
    expression, place = ROWS[label].split(" | ")
    numbers = [float(each) for each in place.split()]
    g = asked(expression)
    if len(numbers) > len(at):  # the second derivative, of a function of one variable
        assert numbers.pop() == 2
        g = torch.func.grad(g)
    there = torch.tensor(numbers, dtype=torch.float64)
    torch.testing.assert_close(torch.tensor(at, dtype=torch.float64), there, equal_nan=True)
    source = torch.Generator().manual_seed(0)
    low, high = (0, 1) if label.startswith("binary_cross_entropy") else (-3, 3)  # a probability
    for _ in range(8):  # wherever the question is, both must be the same function
        x = low + (high - low) * torch.rand(len(at), generator=source, dtype=torch.float64)
        torch.testing.assert_close(f(*x), g(*x), equal_nan=True)
