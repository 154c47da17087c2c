"""What the sides of a page's formulas are worth, from the lesson's own functions.

The worker uses it at the end of a lesson. A *table* is what the comments «símbolos» of a page say, as JSON::

    {"definitions": {name: [[argument, …] or None, [expression, …]]},   # C(m, b) = mse(m, b, x, y) = …
     "sizes": {name: [dimension, …]}, "ranges": {name: [low, high]}}

An expression may name other symbols, and whatever is a function or a module in the lesson. A symbol
without definition is free: a generic number, the same in every run, or an array of its ``sizes``.
"""

from __future__ import annotations

import contextlib
import math
import re
from typing import Any

import numpy as np

from nabla.algebra.axes import Array, Meaningless, array, same_shape
from nabla.algebra.scope import Lesson, Scope

# Every sample must agree. What has cases or bounds needs more of them, to fall in each.
POINTS, MORE_POINTS = 5, 24
_PIECEWISE = re.compile(r"\b(?:cases|abs|min|max|min_\w|max_\w|relu_|sign_|floor_|ceil_)\(")
# Where a formula has no value, such as a root of a negative number, another point takes its place.
_TRIED = 60
SMALL = (2e-2, 1e-2)
_SHOWN = 6


def evaluate(job: dict[str, Any], namespace: dict[str, Any], values: list[Any]) -> list[dict[str, Any]]:
    """The value of each side of each chain of a job, at the sample points and at the page's own values.

    A chain is ``{"table", "values", "sides", "small"}``: indices of its table and of its values (or None), the
    Python of its sides, ``[letter, limit]`` of what tends to something (or None), and whether it is ``ordered``, by an
    inequality. Its answer is
    ``{"samples": [[value per side] per point], "points": [{symbol: numbers} per point], "actual": [value per side]
    or None}``, where a value is a list of floats, or the text of an error; with ``small``, there is a sample near
    the limit, and one at half that distance.
    """
    lesson = Lesson(namespace)
    quiet = lesson.tensors.no_grad() if lesson.tensors is not None else contextlib.nullcontext()
    with quiet, np.errstate(all="ignore"):
        return [_evaluate_chain(chain, job, lesson, values) for chain in job["chains"]]


def given(expressions: dict[str, str], namespace: dict[str, Any]) -> dict[str, Array] | str:
    """The page's own values of some symbols, as they stand now; the text of an error if one has none."""
    try:
        return {name: array(eval(source, namespace)) for name, source in expressions.items()}
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _evaluate_chain(
    chain: dict[str, Any], job: dict[str, Any], lesson: Lesson, values: list[Any]
) -> dict[str, Any]:
    table = job["tables"][chain["table"]]
    samples: list[list[list[float] | str]] = []
    points: list[dict[str, list[float]]] = []
    blank: list[tuple[list[Any], list[Any]]] = []
    is_piecewise = chain.get("ordered") or any(map(_PIECEWISE.search, chain["sides"]))
    wanted = MORE_POINTS if is_piecewise else POINTS
    for number in range(_TRIED):
        scopes = _near_limit(Scope(table, lesson, number, {}), chain["small"])
        answers = [_sides(chain["sides"], scope) for scope in scopes]
        shown = [_shown(scope) for scope in scopes]
        if any(_is_blank(answer) for answer in answers):
            blank.append((answers, shown))
            continue
        samples += answers
        points += shown
        says_why = any(isinstance(value, str) for answer in answers for value in answer)
        enough = 2 if says_why else wanted  # two tell a constant from what varies
        if len(samples) >= enough * len(scopes) or not any(scope.free for scope in scopes):
            break
    if not samples:
        samples, points = blank[0]
    actual = None
    if chain["values"] is not None:
        own = values[chain["values"]]
        if isinstance(own, str):
            actual = [own] * len(chain["sides"])
        else:
            actual = _sides(chain["sides"], Scope(table, lesson, 0, own, closed=True))
    return {"samples": samples, "points": points, "actual": actual}


def _near_limit(point: Scope, small: list[str] | None) -> list[Scope]:
    """The point with a letter near what it tends to, at two distances; as it is if none does."""
    if small is None:
        return [point]
    letter, to = small
    try:
        limit = float(point.evaluate(to))
    except (Meaningless, TypeError):
        limit = 0.0
    if math.isinf(limit):
        return [point.but({letter: np.asarray(math.copysign(1 / size, limit))}) for size in SMALL]
    return [point.but({letter: np.asarray(limit + size)}) for size in SMALL]


def _sides(sides: list[str], scope: Scope) -> list[list[float] | str]:
    values: list[Array | str] = []
    for side in sides:
        scope.lesson.terms = 0
        try:
            values.append(scope.evaluate(side))
        except Meaningless as error:
            values.append(str(error))
    return same_shape(values)


def _is_blank(answer: list[list[float] | str]) -> bool:
    """Whether a side has no value here, such as the root of a negative number."""
    return any(isinstance(value, list) and any(map(math.isnan, value)) for value in answer)


def _shown(scope: Scope) -> dict[str, list[float]]:
    return {name: value.reshape(-1).tolist() for name, value in scope.free.items() if value.size <= _SHOWN}
