"""The values that a figure gets in the browser: numbers, texts and lists of them, as JSON says them."""

from __future__ import annotations

import math
from typing import Any


def values(expressions: dict[str, str], namespace: dict[str, Any]) -> dict[str, Any]:
    """What each expression is in a lesson's namespace, by its name; ``{"error": text}`` if one has no such value.

    A float32 is given as the float64 that equals it: the browser loses nothing of it.
    """
    try:
        return {"values": {name: _plain(eval(each, namespace)) for name, each in expressions.items()}}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}


def _plain(value: Any) -> Any:
    if hasattr(value, "tolist"):  # tensors and arrays
        value = value.detach() if hasattr(value, "detach") else value
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"{value} no es un número que se pueda escribir")
    if isinstance(value, (bool, int, float, str)):
        return value
    raise TypeError(f"un valor de tipo {type(value).__name__} no puede ir al navegador")
