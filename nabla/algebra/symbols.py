"""What the symbols of a page mean: values at sample points, from the lesson's own functions.

The worker uses it at the end of a lesson. A *table* is what the comments «símbolos» of a page say, as JSON::

    {"definitions": {name: [[argument, …] or None, [expression, …]]},   # C(m, b) = mse(m, b, x, y) = …
     "sizes": {name: [dimension, …]}, "ranges": {name: [low, high]}}

An expression may name other symbols, and whatever is a function or a module in the lesson. A symbol
without definition is free: a generic number, the same in every run, or a tensor of its ``sizes``.

Indices are axes: ``x_i`` is the tensor x along the axis of i, so that products and sums over indices are those
of tensors that broadcast.
"""

from __future__ import annotations

import ast
import builtins
import random
import types
from collections.abc import Callable
from functools import cache, partial
from typing import Any

import torch
from torch import Tensor

POINTS = 5
_INDICES = "ijkl"
# No size is 1 or 2, nor equal to another: a lost factor n, or n for d, must show.
_LENGTHS = (5, 3, 4, 6)
# Fourth-order differences with this step err by some 1e-12, 1e-7 where a function bends hard: far below what a wrong formula changes.
_STEP = 3e-4
SMALL = (2e-2, 1e-2)


class Meaningless(ValueError):
    """An expression without a value; the text says why, in Spanish."""


class Scope:
    """The symbols of a table at one point. ``given`` fixes some; with ``closed``, no other may be free."""

    def __init__(
        self,
        table: dict,
        namespace: dict[str, Any],
        point: int,
        given: dict[str, Tensor],
        closed: bool = False,
    ) -> None:
        self.table, self.namespace, self.point, self.given, self.closed = (
            table,
            namespace,
            point,
            given,
            closed,
        )
        self.known: dict[str, Tensor] = dict(given)

    def but(self, given: dict[str, Tensor]) -> Scope:
        """The same point with some symbols moved."""
        return Scope(self.table, self.namespace, self.point, self.given | given, self.closed)

    def evaluate(self, source: str) -> Tensor:
        """The value of a Python expression. Raises Meaningless."""
        code, names, called = _compiled(source)
        scope = {name: self._resolve(name, name in called) for name in names}
        try:
            return _tensor(eval(code, scope))
        except Meaningless:
            raise
        except Exception as error:
            raise Meaningless(f"{type(error).__name__}: {error}") from error

    def _resolve(self, name: str, is_called: bool) -> Any:
        if is_called and self.table["definitions"].get(name, [None])[0]:
            return partial(self.call, name)
        if name in _HELPERS and name not in self.table["definitions"]:
            return _HELPERS[name](self)
        if self._is_symbol(name):
            return self.symbol(name)
        if hasattr(builtins, name):
            return getattr(builtins, name)
        return self.namespace[name]

    def _is_symbol(self, name: str) -> bool:
        if name in self.given or name in self.table["definitions"] or name in self.table["sizes"]:
            return True
        return not hasattr(builtins, name) and not _is_tool(self.namespace.get(name))

    def symbol(self, name: str) -> Tensor:
        if name not in self.known:
            self.known[name] = self._value(name)
        return self.known[name]

    def _value(self, name: str) -> Tensor:
        base, index = self.indexed(name)
        if name in self.table["definitions"]:
            value = self.evaluate(self.table["definitions"][name][1][0])
            return _along(value, index) if index else value
        if index:
            return _along(self.symbol(base), index)
        if name in self.dimensions():
            return torch.tensor(float(self.dimensions()[name]), dtype=torch.float64)
        if self.closed:
            if name in _CONSTANTS:
                return _tensor(_CONSTANTS[name])
            raise Meaningless(f"falta el valor de «{name}» en el comentario «valores»")
        return self._sample(name)

    def indexed(self, name: str) -> tuple[str, str]:
        """``("x", "i")`` for ``x_i`` when x is something with one index; ``(name, "")`` otherwise."""
        base, _, index = name.rpartition("_")
        if not base or not set(index) <= set(_INDICES):
            return name, ""
        if name in self.given or name in self.table["sizes"]:
            return name, ""
        if name in self.table["definitions"] or base in self.given:
            return base, index
        sizes = self.table["sizes"].get(base)
        if base in self.table["definitions"] or (sizes and len(sizes) == len(index)):
            return base, index
        raise Meaningless(f"no sé qué recorre «{name}»: dilo en «símbolos», por ejemplo {base}: n")

    def dimensions(self) -> dict[str, int]:
        names = dict.fromkeys(size for sizes in self.table["sizes"].values() for size in sizes)
        lengths = dict(zip(names, _LENGTHS, strict=False))
        for name, sizes in self.table["sizes"].items():
            if name in self.given and self.given[name].ndim == len(sizes):
                lengths |= dict(zip(sizes, self.given[name].shape, strict=True))
        return lengths

    def _sample(self, name: str) -> Tensor:
        source = random.Random(f"{name} {self.point}")
        sizes = [self.dimensions()[size] for size in self.table["sizes"].get(name, ())]
        if name in _CONSTANTS and name not in self.table["sizes"]:
            return _tensor(_CONSTANTS[name])
        low, high = self.table["ranges"].get(name, (None, None))
        count = torch.Size(sizes).numel()
        if low is None:
            values = [source.uniform(0.4, 1.9) * source.choice((-1, 1)) for _ in range(count)]
        else:
            values = [low + (high - low) * source.uniform(0.07, 0.93) for _ in range(count)]
        return torch.tensor(values, dtype=torch.float64).reshape(sizes)

    def derivative(self, source: str, variables: tuple[str, ...], direct: bool) -> Tensor:
        """The derivative of an expression by central differences, one variable after another.

        ``direct``: a symbol whose definition names the variable itself moves with it only so (∂, not d).
        """
        if not variables:
            return self.evaluate(source)
        *others, variable = variables
        base, index = self.indexed(variable)
        if index and variable in self.table["definitions"]:
            base, index = variable, ""
        scope = self._holding(source, base) if direct else self
        start = scope.symbol(base)

        def moved(step: Tensor) -> Tensor:
            return scope.but({base: start + step}).derivative(source, tuple(others), direct)

        slopes = []
        for place in range(start.numel()):
            unit = torch.zeros_like(start)
            unit.reshape(-1)[place] = _STEP
            near, far = moved(unit) - moved(-unit), moved(2 * unit) - moved(-2 * unit)
            slopes.append((8 * near - far) / (12 * _STEP))
        if not index:
            return torch.stack(slopes).reshape(start.shape + slopes[0].shape) if start.ndim else slopes[0]
        return _spread(slopes, start.shape, index)

    def _holding(self, source: str, variable: str) -> Scope:
        definition = self.table["definitions"].get(source)
        if definition is None:
            return self
        names = _compiled(definition[1][0])[1]
        if variable not in names:
            return self
        held = {name for name in names if name != variable and name in self.table["definitions"]}
        held -= {name for name in held if self.table["definitions"][name][0] is not None}
        return self.but({name: self.symbol(name) for name in held})

    def call(self, name: str, *arguments: Any) -> Tensor:
        """A function of the table, its first arguments replaced."""
        definition = self.table["definitions"].get(name)
        if definition is None or definition[0] is None:
            raise Meaningless(f"«{name}» no es una función: defínela en «símbolos» como {name}(…) = …")
        given = dict(zip(definition[0], map(_tensor, arguments), strict=False))
        return self.but(given).symbol(name)

    def prime(self, name: str, order: int, *arguments: Any) -> Tensor:
        definition = self.table["definitions"].get(name)
        if definition is None or not definition[0]:
            raise Meaningless(f"«{name}» no es una función: defínela en «símbolos» como {name}(…) = …")
        variable = definition[0][0]
        scope = self.but({variable: _tensor(arguments[0])}) if arguments else self
        return scope.derivative(name, (variable,) * order, direct=False)


def evaluate(job: dict[str, Any], namespace: dict[str, Any], values: list[dict[str, Any]]) -> list[dict]:
    """The value of each side of each chain of a job, at the sample points and at the page's own values.

    A chain is ``{"table", "values", "sides", "small"}``: indices of its table and of its values (or None), the
    Python of its sides, and the symbol that tends to 0 (or None). Its answer is
    ``{"samples": [[value per side] per point], "actual": [value per side] or None}``, where a value is a
    list of floats, or the text of an error; with ``small``, there is a sample for it and for its half.
    """
    with torch.no_grad():
        return [_evaluate_chain(chain, job, namespace, values) for chain in job["chains"]]


def _evaluate_chain(
    chain: dict[str, Any], job: dict[str, Any], namespace: dict[str, Any], values: list[dict[str, Any]]
) -> dict[str, Any]:
    table = job["tables"][chain["table"]]
    points = [Scope(table, namespace, point, {}) for point in range(POINTS)]
    if chain["small"]:
        points = [point.but({chain["small"]: _tensor(size)}) for point in points for size in SMALL]
    answer: dict[str, Any] = {"samples": [_sides(chain["sides"], point) for point in points], "actual": None}
    if chain["values"] is not None:
        actual = values[chain["values"]]
        if isinstance(actual, str):
            answer["actual"] = [actual] * len(chain["sides"])
        else:
            answer["actual"] = _sides(chain["sides"], Scope(table, namespace, 0, actual, closed=True))
    return answer


def given(expressions: dict[str, str], namespace: dict[str, Any]) -> dict[str, Tensor] | str:
    """The page's own values of some symbols, as they stand now; the text of an error if one has none."""
    try:
        return {name: _tensor(eval(source, namespace)).clone() for name, source in expressions.items()}
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _sides(sides: list[str], scope: Scope) -> list[list[float] | str]:
    values: list[Tensor | str] = []
    for side in sides:
        try:
            values.append(scope.evaluate(side))
        except Meaningless as error:
            values.append(str(error))
    tensors = [value for value in values if isinstance(value, Tensor)]
    shape = max(
        (tensor.shape for tensor in tensors), key=lambda shape: (shape.numel(), len(shape)), default=()
    )
    return [value if isinstance(value, str) else _numbers(value, shape) for value in values]


def _form(shape: torch.Size) -> str:
    """A shape, or the indices it stands for."""
    if len(shape) != len(_INDICES):
        return str(tuple(shape))
    return "subíndices " + "".join(letter for letter, size in zip(_INDICES, shape, strict=True) if size > 1)


def _numbers(value: Tensor, shape: torch.Size) -> list[float] | str:
    if value.numel() == torch.Size(shape).numel() and value.ndim != len(_INDICES):
        return value.reshape(-1).tolist()  # a column and a list of the same numbers
    try:
        return value.broadcast_to(shape).reshape(-1).tolist()
    except RuntimeError:
        return f"tiene otra forma: {_form(value.shape)}, y no {_form(shape)}"


def _is_tool(value: Any) -> bool:
    return isinstance(value, types.ModuleType) or (callable(value) and not isinstance(value, Tensor))


@cache
def _compiled(source: str) -> tuple[types.CodeType, tuple[str, ...], frozenset[str]]:
    """The code of an expression, the names it uses, and those of them that it calls."""
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except SyntaxError as error:
        raise Meaningless(f"no es una expresión de Python: {source}") from error
    bound = {
        node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    bound |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - bound
    calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
    called = frozenset(function.id for function in calls if isinstance(function, ast.Name))
    return compile(tree, "<fórmula>", "eval"), tuple(sorted(names)), called


def _tensor(value: Any) -> Tensor:
    if isinstance(value, list | tuple):
        return torch.stack(torch.broadcast_tensors(*map(_tensor, value)))
    if isinstance(value, Tensor):
        return value.detach().to(torch.float64)
    return torch.as_tensor(value, dtype=torch.float64)


def _along(value: Tensor, index: str) -> Tensor:
    """A tensor with its axes at the places of its indices, and 1 at those of the others."""
    if value.ndim == len(_INDICES):
        return value
    if value.ndim != len(index):
        raise Meaningless(f"tiene {value.ndim} dimensiones y el subíndice es «{index}»")
    if len(set(index)) < len(index):
        value, index = value.diagonal(), index[0]
    order = sorted(range(len(index)), key=lambda place: index[place])
    shape = [1] * len(_INDICES)
    for place, letter in enumerate(index):
        shape[_INDICES.index(letter)] = value.shape[place]
    return value.permute(order).reshape(shape)


def _spread(slopes: list[Tensor], shape: torch.Size, index: str) -> Tensor:
    """Derivatives by each element of a tensor, put along the axes of that tensor's indices."""
    full = [slope.reshape((1,) * len(_INDICES)) if slope.numel() == 1 else slope for slope in slopes]
    value = torch.stack(full).reshape(shape + full[0].shape)
    for letter in reversed(index):  # the last index is the last of the leading axes
        axis = _INDICES.index(letter)
        leading = value.ndim - len(_INDICES) - 1
        place = leading + 1 + axis
        if value.shape[place] > 1:  # the same index above and below, as in ∂L_i/∂ŷ_i
            value = value.diagonal(dim1=leading, dim2=place).movedim(-1, leading + axis)
        else:
            value = value.squeeze(place).movedim(leading, leading + axis)
    return value


def _total(axis: int) -> Callable[[Scope], Callable[[Any], Tensor]]:
    def add(value: Any, group: Any = None) -> Tensor:
        value = _tensor(value)
        if value.ndim != len(_INDICES) or value.shape[axis] == 1:
            raise Meaningless(f"se suma sobre «{_INDICES[axis]}» algo que no depende de «{_INDICES[axis]}»")
        if group is not None and _tensor(group).tolist() != value.shape[axis]:
            raise Meaningless(f"no hay tantos sumandos como elementos del grupo: {value.shape[axis]}")
        return value.sum(axis, keepdim=True)

    return lambda scope: add


def _derivative(direct: bool) -> Callable[[Scope], Callable[..., Tensor]]:
    return lambda scope: lambda source, *variables: scope.derivative(source, variables, direct)


def _elementwise(function: Callable[..., Tensor]) -> Callable[[Scope], Callable[..., Tensor]]:
    return lambda scope: lambda *values: function(*map(_tensor, values))


def _cases(*parts: Any) -> Tensor:
    """The value of the first of some (condition, value) that holds."""
    if not parts:
        return torch.tensor(torch.nan, dtype=torch.float64)
    condition, value, *others = parts
    return torch.where(torch.as_tensor(condition), _tensor(value), _cases(*others))


_CONSTANTS = {"e": 2.718281828459045, "pi": 3.141592653589793}
_HELPERS: dict[str, Callable[[Scope], Any]] = {
    "partial": _derivative(direct=True),
    "total": _derivative(direct=False),
    "of": lambda scope: scope.call,
    "prime": lambda scope: scope.prime,
    "vector": lambda scope: _tensor,
    "cases": lambda scope: _cases,
    "log": _elementwise(torch.log),
    "exp": _elementwise(torch.exp),
    "abs": _elementwise(torch.abs),
    "min": _elementwise(torch.minimum),
    "max": _elementwise(torch.maximum),
    **{f"sum_{letter}": _total(axis) for axis, letter in enumerate(_INDICES)},
}
