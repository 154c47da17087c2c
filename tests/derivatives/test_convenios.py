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
TABLES = ("corners", "ties", "roots", "logarithms", "losses", "matrices", "indices", "higher")


def triplet(v: torch.Tensor, n: float) -> torch.Tensor:
    """How much nearer v should be to the origin than to (n, 0); PyTorch adds its epsilon to each difference."""
    to_zero, to_n = v + 1e-6, v - torch.tensor([n, 0.0]) + 1e-6
    return (1 + to_zero.norm() - to_n.norm()).clamp(min=0)


NAMES: dict[str, Any] = {
    **{name: getattr(torch, name) for name in ("abs", "maximum", "minimum", "fmax", "median", "round")},
    **{name: getattr(torch, name) for name in ("sqrt", "atan2", "sinc", "prod", "std", "var", "where")},
    **{name: getattr(torch, name) for name in ("log", "log1p", "xlogy", "exp", "sigmoid")},
    **{name: getattr(torch, name) for name in ("amax", "nan_to_num", "floor", "sign", "copysign", "fmod")},
    **{name: getattr(F, name) for name in ("relu", "relu6", "leaky_relu", "elu", "celu", "selu")},
    **{name: getattr(F, name) for name in ("hardtanh", "hardswish", "silu", "softplus", "logsigmoid")},
    **{name: getattr(F, name) for name in ("hardsigmoid", "hardshrink", "softshrink")},
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
    "prelu": lambda x, w: torch.where(x > 0, x, w * x),
    "elu1": lambda x: torch.where(x > 0, x, torch.expm1(x)),
    "heaviside": lambda x, half: torch.where(x == 0, half, (x > 0) * torch.ones_like(x)),
    "remainder": lambda x, y: x - y * torch.floor(x / y),
    "norm_p": lambda v, order: (v.abs() ** order).sum() ** (1 / order),
    "hypot": lambda x, y: (x**2 + y**2).sqrt(),
    "std0": lambda v: ((v - v.mean()) ** 2).mean().sqrt(),
    "entr": lambda x: torch.where(x < 0, -torch.inf, -x * torch.log(x)),
    "i0": lambda x: torch.special.i0e(x) * torch.exp(x.abs()),
    "i1": lambda x: torch.special.i1e(x) * torch.exp(x.abs()),
    "logcumsumexp": lambda v: v.exp().cumsum(0).log(),
    "logaddexp": lambda x, y: torch.log(x.exp() + y.exp()),
    "log_softmax": lambda v: v - v.logsumexp(0),
    "smooth_l1": lambda x, y: torch.where((x - y).abs() < 1, (x - y) ** 2 / 2, (x - y).abs() - 0.5),
    "triplet": triplet,
    "matrix": lambda *each: torch.stack(each).reshape((2, 2) if len(each) == 4 else (3, 3)),
    "det": lambda m: (
        m[0].dot(torch.linalg.cross(m[1], m[2])) if len(m) == 3 else m[0, 0] * m[1, 1] - m[0, 1] * m[1, 0]
    ),
    "pinv": torch.linalg.inv,
    "expm": lambda m: torch.linalg.matrix_exp(m / 2) @ torch.linalg.matrix_exp(m / 2),
    "cholesky": torch.linalg.cholesky,
    "eigvalsh": lambda m: torch.linalg.eigh(m).eigenvalues,
    "eigh": lambda m: torch.linalg.eigh(m).eigenvectors,
    "rebuilt": lambda m: m,
    "twice": lambda v: torch.stack([v[0], v[0]]),
    "put": lambda v: torch.stack([v[1], torch.zeros_like(v[1])]),
    "scatter": lambda v: torch.stack([v[1], torch.zeros_like(v[1])]),
    "zero": torch.tensor(0.0, dtype=torch.float64),
    "inf": torch.inf,
}


def questions() -> dict[str, Any]:
    page = load("convenios")
    return {label: question for name in TABLES for label, question in page[name].items()}


def asked(expression: str) -> Callable[..., torch.Tensor]:
    """The function of an expression of the record."""
    return lambda *x: eval(expression, {**NAMES, **dict(zip("abcdefghi", x, strict=False))})


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
        if label.startswith("cholesky"):  # a positive matrix
            x = x + 9 * torch.eye(2, dtype=torch.float64).flatten()
        torch.testing.assert_close(f(*x), g(*x), equal_nan=True)
