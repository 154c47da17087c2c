"""What a lesson leaves behind, and Python that is computed with it."""

from __future__ import annotations

import ast
import re
import sys
import types
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from nabla.algebra.axes import Array, Meaningless, array

_SIZES = re.compile("broadcast|size of tensor|shape|matmul|mat1|dimension|inconsistent tensor")


class Lesson:
    """What a lesson leaves: its names, and the library of tensors that its functions take, if it uses one."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.tensors = _library(namespace)
        self.terms = 0

    def compute(self, code: types.CodeType, values: dict[str, Any]) -> Array:
        """The value of an expression where some names have these values, or are operations.

        What is computed with is a tensor if the lesson uses them; an array if it does not, or if its functions
        refuse tensors, as NumPy's do. Raises Meaningless.
        """
        first: Exception | None = None
        for kind in [self._tensor, np.array] if self.tensors is not None else [np.array]:
            try:
                return array(eval(code, {name: _as(kind, value) for name, value in values.items()}))
            except Meaningless:
                raise
            except RecursionError as error:
                raise Meaningless("una definición que se llama a sí misma no acaba") from error
            except Exception as error:
                first = first or error
        assert first is not None
        raise Meaningless(_said(first)) from first

    def _tensor(self, value: Array) -> Any:
        return self.tensors.from_numpy(np.array(value, dtype=np.float64))


def _library(namespace: dict[str, Any]) -> Any:
    """The library of tensors among those that a namespace uses: one that makes them from NumPy's arrays."""
    for value in list(namespace.values()):
        of = value.__name__ if isinstance(value, types.ModuleType) else type(value).__module__
        module = sys.modules.get(of.split(".")[0])
        if hasattr(module, "from_numpy"):
            return module
        if isinstance(value, types.FunctionType) and value.__globals__ is not namespace:
            for inner in value.__globals__.values():
                if isinstance(inner, types.ModuleType) and hasattr(inner, "from_numpy"):
                    return inner
    return None


class Plain:
    """A value that is passed as it stands."""

    def __init__(self, value: Any) -> None:
        self.value = value


def _as(kind: Callable[[Array], Any], value: Any) -> Any:
    """A value as an expression meets it: of some kind, and of that kind what an operation gives."""
    if isinstance(value, Plain):
        return value.value
    if callable(value):
        return lambda *values: kind(value(*values))
    return kind(value)


def _said(error: Exception) -> str:
    if isinstance(error, ZeroDivisionError):
        return "divide entre cero"
    if isinstance(error, OverflowError):
        return "es un número demasiado grande"
    if isinstance(error, ValueError | RuntimeError) and _SIZES.search(str(error)):
        return f"los tamaños no casan: {error}"
    return f"{type(error).__name__}: {error}"


def is_tool(value: Any) -> bool:
    return isinstance(value, types.ModuleType) or (callable(value) and not hasattr(value, "shape"))


@cache
def compiled(source: str) -> tuple[types.CodeType, tuple[str, ...], frozenset[str]]:
    """The code of an expression, the names it uses, and those of them that it calls."""
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Meaningless(f"no es una expresión de Python: {source}") from error
    bound = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    bound |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - bound
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    called = frozenset(function.id for function in calls if isinstance(function, ast.Name))
    return compile(tree, "<fórmula>", "eval"), tuple(sorted(names)), called
