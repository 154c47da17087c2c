"""The operations that formulas are written with, on arrays of float64."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from nabla.algebra import expression
from nabla.algebra.axes import Array, Meaningless, array, over
from nabla.algebra.notation import INDICES

CONSTANTS = {"e": math.e, "pi": math.pi, "inf": math.inf}


def _total(letter: str, fold: Callable[..., Any], what: str) -> Callable[..., Array]:
    def operation(value: Any, group: Any = None) -> Array:
        value = array(value)
        axis = over(value, letter, what)
        if group is not None and array(group).tolist() != value.shape[axis]:
            raise Meaningless(f"no hay tantos sumandos como elementos del grupo: {value.shape[axis]}")
        return np.asarray(fold(value, axis=axis, keepdims=True))

    return operation


def _on_arrays(function: Callable[..., Any]) -> Callable[..., Array]:
    return lambda *values: np.asarray(function(*map(array, values)))


def _cases(*parts: Any) -> Array:
    """The value of the first of some (condition, value) that holds."""
    result = np.asarray(math.nan)
    for condition, value in reversed(list(zip(parts[::2], parts[1::2], strict=True))):
        result = np.where(array(condition) != 0, array(value), result)
    return result


def _norm(value: Any, kind: str = "2") -> Array:
    value = array(value)
    order = {"2": None, "1": 1, "infty": np.inf, "F": None}.get(kind, "")
    if order == "":
        raise Meaningless(f"no conozco la norma «{kind}»")
    axes = [axis for axis, size in enumerate(value.shape) if size > 1]
    if value.ndim == len(INDICES):
        raise Meaningless("la norma es de un vector entero, sin subíndices")
    if order is None:
        return np.sqrt((value**2).sum())
    if len(axes) > 1:
        raise Meaningless(f"la norma «{kind}» es de un vector, y esto es una matriz")
    return np.abs(value).sum() if order == 1 else np.abs(value).max()


def _dot(one: Any, other: Any) -> Array:
    one, other = array(one), array(other)
    return np.asarray(one @ other if one.ndim == other.ndim == 1 else one * other)


def _outer(one: Any, other: Any) -> Array:
    one, other = array(one), array(other)
    return np.outer(one, other) if one.ndim == other.ndim == 1 else one * other


def _count(value: Any) -> int:
    number = float(array(value))
    if not 0 <= number <= 170 or abs(number - round(number)) > 1e-9:
        raise Meaningless("el factorial es de un número natural, hasta 170")
    return round(number)


def _square(function: Callable[[Array], Any], what: str) -> Callable[[Any], Array]:
    def operation(value: Any) -> Array:
        value = array(value)
        if value.ndim != 2 or value.shape[0] != value.shape[1]:
            raise Meaningless(f"{what} es de una matriz cuadrada")
        return np.asarray(function(value))

    return operation


def _inverse(value: Array) -> Array:
    if np.linalg.matrix_rank(value) < len(value):
        raise Meaningless("la matriz no tiene inversa")
    return np.linalg.inv(value)


def _power_of_matrix(value: Any, exponent: Any) -> Array:
    number = float(array(exponent))
    if number != round(number) or not 0 <= number <= 100:
        raise Meaningless("el exponente de una matriz es un número natural")
    return _square(lambda matrix: np.linalg.matrix_power(matrix, round(number)), "la potencia")(value)


def _expectation(value: Any) -> Array:
    return np.asarray(array(value).mean())


_OPERATIONS: dict[str, Callable[..., Array]] = {
    "vector": array,
    "cases": _cases,
    "norm": _norm,
    "dot": _dot,
    "outer": _outer,
    "inverse": _square(_inverse, "la inversa"),
    "det": _square(np.linalg.det, "el determinante"),
    "trace": _square(np.trace, "la traza"),
    "matrix_power": _power_of_matrix,
    "diag": _on_arrays(np.diag),
    "factorial": lambda value: np.asarray(float(math.factorial(_count(value)))),
    "binomial": lambda n, k: np.asarray(float(math.comb(_count(n), _count(k)))),
    "expectation": _expectation,
    "variance": lambda value: np.asarray(array(value).var()),
    "min": lambda first, *others: np.minimum.reduce(np.broadcast_arrays(array(first), *map(array, others))),
    "max": lambda first, *others: np.maximum.reduce(np.broadcast_arrays(array(first), *map(array, others))),
    "power": _on_arrays(np.power),
    "root": _on_arrays(
        lambda value, degree: np.sign(value) ** (degree % 2) * np.power(np.abs(value), 1 / degree)
    ),
    "relu": _on_arrays(lambda value: np.maximum(value, 0)),
    "cot": _on_arrays(lambda value: 1 / np.tan(value)),
    "sec": _on_arrays(lambda value: 1 / np.cos(value)),
    "csc": _on_arrays(lambda value: 1 / np.sin(value)),
    **{
        name: _on_arrays(getattr(np, name))
        for name in (
            *("log", "exp", "abs", "sqrt", "sign", "floor", "ceil", "sin", "cos", "tan"),
            *("sinh", "cosh", "tanh", "arcsin", "arccos", "arctan"),
        )
    },
    **{f"sum_{letter}": _total(letter, np.sum, "se suma") for letter in INDICES},
    **{f"prod_{letter}": _total(letter, np.prod, "se multiplica") for letter in INDICES},
    **{f"max_{letter}": _total(letter, np.max, "se busca el máximo") for letter in INDICES},
    **{f"min_{letter}": _total(letter, np.min, "se busca el mínimo") for letter in INDICES},
}
# By the name that ``expression.call`` gives them; those that comments use have theirs alone.
OPERATIONS = {expression.called(name): operation for name, operation in _OPERATIONS.items()}
