"""Indices as axes: ``x_i`` is the array x along the axis of i, so that products over indices are those of arrays.

An array that carries indices has one axis for each of ``INDICES``, of length 1 where it does not depend on it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import numpy as np

from nabla.algebra.notation import INDICES

Array = np.ndarray[Any, np.dtype[np.float64]]


class Meaningless(ValueError):
    """An expression without a value; the text says why, in Spanish."""


def array(value: Any) -> Array:
    """A number, list, array or tensor as float64. Raises Meaningless if it holds no real numbers."""
    if isinstance(value, list | tuple):
        try:
            return np.stack(np.broadcast_arrays(*map(array, value)))
        except ValueError as error:
            raise Meaningless("una lista con elementos de distinto tamaño") from error
    if hasattr(value, "detach"):
        value = value.detach().cpu().numpy()
    try:
        result = np.asarray(value)
        if np.iscomplexobj(result):
            raise Meaningless("no da un número real")
        return result.astype(np.float64)
    except (TypeError, ValueError, OverflowError) as error:
        if isinstance(error, Meaningless):
            raise
        raise Meaningless(f"no es un número: {type(value).__name__}") from error


def along(value: Array, index: str) -> Array:
    """An array with its axes at the places of its indices, and 1 at those of the others."""
    if value.ndim == len(INDICES):
        return value
    if value.ndim != len(index):
        raise Meaningless(f"tiene {value.ndim} dimensiones y el subíndice es «{index}»")
    if len(set(index)) < len(index):
        value, index = value.diagonal(), index[0]
    order = sorted(range(len(index)), key=lambda place: index[place])
    shape = [1] * len(INDICES)
    for place, letter in enumerate(index):
        shape[INDICES.index(letter)] = value.shape[place]
    return value.transpose(order).reshape(shape)


def spread(slopes: list[Array], shape: tuple[int, ...], index: str) -> Array:
    """Derivatives by each element of an array, put along the axes of that array's indices."""
    full = [slope.reshape((1,) * len(INDICES)) if slope.size == 1 else slope for slope in slopes]
    if any(slope.ndim != len(INDICES) for slope in full):
        raise Meaningless("lo que se deriva respecto de cada elemento debe llevar los mismos subíndices")
    value = np.stack(full).reshape(shape + full[0].shape)
    for letter in reversed(index):  # the last index is the last of the leading axes
        axis = INDICES.index(letter)
        leading = value.ndim - len(INDICES) - 1
        place = leading + 1 + axis
        if value.shape[place] > 1:  # the same index above and below, as in ∂L_i/∂ŷ_i
            value = np.moveaxis(value.diagonal(axis1=leading, axis2=place), -1, leading + axis)
        else:
            value = np.moveaxis(value.squeeze(place), leading, leading + axis)
    return value


def over(value: Array, letter: str, what: str) -> int:
    """The axis of an index in an array that depends on it."""
    axis = INDICES.index(letter)
    if value.ndim != len(INDICES) or value.shape[axis] == 1:
        raise Meaningless(f"{what} sobre «{letter}» algo que no depende de «{letter}»")
    return axis


def same_shape(values: Iterable[Array | str]) -> list[list[float] | str]:
    """Values as lists of numbers, all of the shape of the largest; or why one cannot have it."""
    values = list(values)
    arrays = [value for value in values if not isinstance(value, str)]
    shape = max((each.shape for each in arrays), key=lambda shape: (math.prod(shape), len(shape)), default=())
    return [value if isinstance(value, str) else _numbers(value, shape) for value in values]


def _numbers(value: Array, shape: tuple[int, ...]) -> list[float] | str:
    if value.size == math.prod(shape) and value.ndim != len(INDICES):
        return [float(each) for each in value.reshape(-1)]  # a column and a list of the same numbers
    try:
        return [float(each) for each in np.broadcast_to(value, shape).reshape(-1)]
    except ValueError:
        return f"tiene otra forma: {_form(value.shape)}, y no {_form(shape)}"


def _form(shape: tuple[int, ...]) -> str:
    """A shape, or the indices it stands for."""
    if len(shape) != len(INDICES):
        return str(tuple(shape))
    return "subíndices " + "".join(letter for letter, size in zip(INDICES, shape, strict=True) if size > 1)
