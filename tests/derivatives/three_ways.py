"""Three independent ways to one derivative: the formula that a page shows, autograd, differences.

The formula comes from the snippet that the reader copies, so a lost factor there fails here.
"""

from __future__ import annotations

import contextlib
import io
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.pyplot as plt
import torch
from torch import Tensor

SNIPPETS = Path(__file__).resolve().parent.parent.parent / "snippets"
STEP = 1e-6


# What each lesson left behind; the tests of mutation put a mutated lesson here.
loaded: dict[str, dict[str, Any]] = {}


def load(lesson: str) -> dict[str, Any]:
    """The namespace that ``snippets/<lesson>.py`` leaves behind; runs it once, silently."""
    if lesson not in loaded:
        loaded[lesson] = _run(lesson)
    return loaded[lesson]


def _run(lesson: str) -> dict[str, Any]:
    matplotlib.use("agg")
    with contextlib.redirect_stdout(io.StringIO()):
        namespace = runpy.run_path(str(SNIPPETS / f"{lesson}.py"))
    plt.close("all")
    return namespace


def assert_three_ways(
    cost: Callable[..., Tensor], gradient: Callable[..., Any], *point: Tensor, tolerance: float = 1e-6
) -> None:
    """Assert that ``gradient(*point)`` is what autograd and central differences of ``cost`` give.

    Args:
        cost: maps the parameters to a 0-d float64 tensor (or one of one element).
        gradient: maps the same parameters to their partials: one tensor, or one per parameter.
        point: float64 tensors of any shape.
        tolerance: allowed difference, relative to 1 or to the larger value.
    """
    assert all(parameter.dtype == torch.float64 for parameter in point), "differences need float64"
    formula = gradient(*(parameter.clone() for parameter in point))
    formula = formula if isinstance(formula, tuple | list) else (formula,)
    assert len(formula) == len(point), f"{len(point)} parameters, {len(formula)} partials"
    leaves = [parameter.clone().requires_grad_(True) for parameter in point]
    automatic = torch.autograd.grad(cost(*leaves).squeeze(), leaves)
    for index, parameter in enumerate(point):
        shown = torch.as_tensor(formula[index]).detach().to(torch.float64)
        torch.testing.assert_close(
            shown.reshape(parameter.shape), automatic[index], rtol=tolerance, atol=tolerance
        )
        torch.testing.assert_close(
            shown.reshape(parameter.shape), _differences(cost, point, index), rtol=tolerance, atol=tolerance
        )


def _differences(cost: Callable[..., Tensor], point: tuple[Tensor, ...], index: int) -> Tensor:
    result = torch.empty_like(point[index])
    for place in range(point[index].numel()):
        values = []
        for sign in (1, -1):
            moved = [parameter.clone() for parameter in point]
            moved[index].reshape(-1)[place] += sign * STEP
            with torch.no_grad():
                values.append(cost(*moved).squeeze())
        result.reshape(-1)[place] = (values[0] - values[1]) / (2 * STEP)
    return result
