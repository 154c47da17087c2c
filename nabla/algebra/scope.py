"""What the symbols of a page are at one point: given, defined, an element of another, or free."""

from __future__ import annotations

import builtins
import math
import random
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from nabla.algebra.axes import Array, Meaningless, along, array, spread
from nabla.algebra.lesson import Lesson, Plain, compiled, is_tool
from nabla.algebra.notation import INDICES
from nabla.algebra.operations import CONSTANTS, OPERATIONS
from nabla.model import course

# No size is 1 or 2, nor equal to another: a lost factor n, or n for d, must show.
_LENGTHS = (5, 3, 4, 6)
# Fourth-order differences with this step err by some 1e-12, 1e-7 where a function bends hard: far below what a wrong formula changes.
_STEP = 3e-4
_MOST_TERMS = 20_000
_BOUND = ("partial", "total", "of", "prime", "at", "sum_from", "prod_from")


class Scope:
    """The symbols of a table at one point. ``given`` fixes some; with ``closed``, no other may be free."""

    def __init__(
        self,
        table: dict[str, Any],
        lesson: Lesson,
        point: int,
        given: dict[str, Array],
        closed: bool = False,
        fixed: dict[str, tuple[int, int, int]] | None = None,
        free: dict[str, Array] | None = None,
    ) -> None:
        self.table, self.lesson, self.point, self.given, self.closed = table, lesson, point, given, closed
        self.fixed = fixed or {}  # indices that a sum has put at a value, with its first and last
        self.free: dict[str, Array] = {} if free is None else free
        self.known: dict[str, Array] = dict(given)
        self.pending: set[str] = set()

    def but(self, given: dict[str, Array], fixed: dict[str, tuple[int, int, int]] | None = None) -> Scope:
        """The same point with some symbols moved."""
        return Scope(
            self.table, self.lesson, self.point, self.given | given, self.closed, self.fixed | (fixed or {}), self.free
        )  # fmt: skip

    def evaluate(self, source: str) -> Array:
        """The value of a Python expression. Raises Meaningless."""
        code, names, called = compiled(source)
        values = {name: self._resolve(name, name in called) for name in names}
        return self.lesson.compute(code, values)

    def _resolve(self, name: str, is_called: bool) -> Any:
        definition = self.table["definitions"].get(name)
        if is_called and definition and definition[0]:
            return partial(self.call, name)
        if definition is None and name in _BOUND:
            return getattr(self, {"of": "call", "partial": "direct"}.get(name, name))
        if definition is None and name in OPERATIONS and (is_called or not self._is_symbol(name)):
            return OPERATIONS[name]
        if self._is_symbol(name):
            return self.symbol(name)
        if hasattr(builtins, name):
            return Plain(getattr(builtins, name))
        return Plain(self.lesson.namespace[name])

    def _is_symbol(self, name: str) -> bool:
        if name in self.given or name in self.table["definitions"] or name in self.table["sizes"]:
            return True
        return not hasattr(builtins, name) and not is_tool(self.lesson.namespace.get(name))

    def symbol(self, name: str) -> Array:
        if name not in self.known:
            if name in self.pending:
                raise Meaningless(f"«{name}» se define con ella misma")
            self.pending.add(name)
            try:
                self.known[name] = self._value(name)
            finally:
                self.pending.discard(name)
        return self.known[name]

    def _value(self, name: str) -> Array:
        base, index = self.indexed(name)
        definitions = self.table["definitions"]
        if name in definitions:
            value = self.evaluate(definitions[name][1][0])
            return self._element(value, index, name) if index else value
        if index:
            return self._element(self.symbol(base), index, name)
        if name in self.dimensions():
            return np.asarray(float(self.dimensions()[name]))
        if (of := name.removeprefix("grad_")) != name and definitions.get(of, [None])[0]:
            slopes = [self.derivative(of, (each,), direct=False) for each in definitions[of][0]]
            return np.concatenate([slope.reshape(-1) for slope in slopes])
        if (element := self._numbered(name)) is not None:
            return element
        if name in CONSTANTS and name not in self.table["sizes"]:
            return np.asarray(CONSTANTS[name])
        if self.closed:
            raise Meaningless(f"falta el valor de «{name}» en el comentario «{course.SYMBOLS}»: {name} := …")
        self.free[name] = self._sample(name)
        return self.free[name]

    def indexed(self, name: str) -> tuple[str, str]:
        """``("x", "i")`` for ``x_i`` when x is something with one index; ``(name, "")`` otherwise."""
        base, _, index = name.rpartition("_")
        if not base or not set(index) <= {*INDICES, *self.fixed}:
            return name, ""
        sizes = self.table["sizes"]
        if name in self.given or name in sizes:
            return name, ""
        if name in self.table["definitions"] or base in self.given or base in self.table["definitions"]:
            return base, index
        if len(sizes.get(base, ())) == len(index):
            return base, index
        if any(each.startswith((f"{name}_plus_", f"{name}_minus_")) for each in self.table["definitions"]):
            return name, ""  # a term of a sequence
        raise Meaningless(f"no sé qué recorre «{name}»: dilo en «{course.SYMBOLS}», por ejemplo {base}: n")

    def _element(self, value: Array, index: str, name: str) -> Array:
        """A value along its indices, or at those that a sum has fixed."""
        left = index
        for letter, (at, first, last) in self.fixed.items():
            if letter not in left or value.ndim not in (len(left), len(INDICES)):
                continue
            axis = INDICES.index(letter) if value.ndim == len(INDICES) else left.index(letter)
            size = value.shape[axis]
            place = at - 1 if (first, last) == (1, size) else at
            if not 0 <= place < size:
                raise Meaningless(
                    f"«{name}» no tiene elemento {at}: van de 0 a {size - 1}, o todos de 1 a {size}"
                )
            if value.ndim == len(INDICES):
                value = np.take(value, [place], axis)
            else:
                value, left = np.take(value, place, axis), left.replace(letter, "")
        return along(value, left) if left else value

    def _numbered(self, name: str) -> Array | None:
        """``x_0``, the first element of a vector of the table; None if it is not one."""
        base, _, place = name.rpartition("_")
        if not (place.isdecimal() and len(self.table["sizes"].get(base, ())) == 1):
            return None
        value = self.symbol(base)
        if value.ndim != 1 or int(place) >= value.size:
            raise Meaningless(f"«{base}» no tiene elemento {place}: van de 0 a {value.size - 1}")
        return value[int(place)]

    def dimensions(self) -> dict[str, int]:
        names = dict.fromkeys(size for sizes in self.table["sizes"].values() for size in sizes)
        lengths = dict(zip(names, _LENGTHS, strict=False))
        for name, sizes in self.table["sizes"].items():
            if name in self.given and self.given[name].ndim == len(sizes):
                lengths |= dict(zip(sizes, self.given[name].shape, strict=True))
        return lengths

    def _sample(self, name: str) -> Array:
        source = random.Random(f"{name} {self.point}")
        lengths = self.dimensions()
        sizes = [lengths.get(size, 7) for size in self.table["sizes"].get(name, ())]
        low, high = self.table["ranges"].get(name, (None, None))
        if low is None:
            values = [source.uniform(0.4, 1.9) * source.choice((-1, 1)) for _ in range(math.prod(sizes))]
        else:
            values = [low + (high - low) * source.uniform(0.07, 0.93) for _ in range(math.prod(sizes))]
        return np.asarray(values).reshape(sizes)

    # What formulas call.

    def direct(self, source: str, *variables: str) -> Array:
        return self.derivative(source, variables, direct=True)

    def total(self, source: str, *variables: str) -> Array:
        return self.derivative(source, variables, direct=False)

    def derivative(self, source: str, variables: tuple[str, ...], direct: bool) -> Array:
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
        self._count(4 * start.size)

        def moved(step: Array) -> Array:
            return scope.but({base: start + step}).derivative(source, tuple(others), direct)

        slopes = []
        for place in range(start.size):
            unit = np.zeros_like(start)
            unit.reshape(-1)[place] = _STEP
            near, far = moved(unit) - moved(-unit), moved(2 * unit) - moved(-2 * unit)
            slopes.append((8 * near - far) / (12 * _STEP))
        if not slopes:
            raise Meaningless(f"«{base}» no tiene elementos")
        if not index:
            return np.stack(slopes).reshape(start.shape + slopes[0].shape) if start.ndim else slopes[0]
        return spread(slopes, start.shape, index)

    def _holding(self, source: str, variable: str) -> Scope:
        definition = self.table["definitions"].get(source)
        if definition is None:
            return self
        names = compiled(definition[1][0])[1]
        if variable not in names:
            return self
        held = {name for name in names if name != variable and name in self.table["definitions"]}
        held -= {name for name in held if self.table["definitions"][name][0] is not None}
        return self.but({name: self.symbol(name) for name in held})

    def call(self, name: str, *arguments: Any) -> Array:
        """A function of the table, its first arguments replaced."""
        return self.but(self._bound(name, arguments)).symbol(name)

    def _bound(self, name: str, arguments: tuple[Any, ...]) -> dict[str, Array]:
        definition = self.table["definitions"].get(name) or self.table["definitions"].get(
            name.removeprefix("grad_")
        )
        if definition is None or definition[0] is None:
            raise Meaningless(
                f"«{name}» no es una función: defínela en «{course.SYMBOLS}» como {name}(…) = …"
            )
        return dict(zip(definition[0], map(array, arguments), strict=False))

    def prime(self, name: str, order: int, *arguments: Any) -> Array:
        names = list(self._bound(name, (0,)))
        scope = self.but(self._bound(name, arguments))
        return scope.derivative(name, (names[0],) * order, direct=False)

    def at(self, source: str, of: str, *values: Any) -> Array:
        """An expression where a symbol (``=x``), or the arguments of a function, have some values."""
        given = {of[1:]: array(values[0])} if of.startswith("=") else self._bound(of, values)
        return self.but(given).evaluate(source)

    def sum_from(self, index: str, first: Any, last: Any, source: str) -> Array:
        return self._folded(np.add, 0.0, index, first, last, source)

    def prod_from(self, index: str, first: Any, last: Any, source: str) -> Array:
        return self._folded(np.multiply, 1.0, index, first, last, source)

    def _folded(
        self, fold: Callable[..., Array], start: float, index: str, first: Any, last: Any, source: str
    ) -> Array:
        """A sum or a product from a first to a last value of an index; without an end, until it settles."""
        low, high = (_whole(each) for each in (first, last))
        if math.isinf(low):
            raise Meaningless("una suma empieza en un número entero")
        result, settled, at = np.asarray(start), 0, int(low)
        while at <= high:
            self._count(1)
            scope = self.but(
                {index: np.asarray(float(at))}, {index: (at, int(low), -1 if math.isinf(high) else int(high))}
            )
            before, result = result, np.asarray(fold(result, scope.evaluate(source)))
            at += 1
            if math.isinf(high):
                if not np.all(np.isfinite(result)):
                    raise Meaningless("la serie no converge")
                settled = settled + 1 if np.allclose(before, result, rtol=1e-15, atol=1e-300) else 0
                if settled == 3:
                    break
        return result

    def _count(self, terms: int) -> None:
        self.lesson.terms += terms
        if self.lesson.terms > _MOST_TERMS:
            raise Meaningless(f"hacen falta más de {_MOST_TERMS} sumandos: no acaba, o no converge")


def _whole(value: Any) -> float:
    number = array(value)
    if number.size != 1 or math.isnan(float(number.reshape(-1)[0])):
        raise Meaningless("los límites de una suma son números enteros")
    number = float(number.reshape(-1)[0])
    if math.isinf(number):
        return number
    if abs(number - round(number)) > 1e-9:
        raise Meaningless(f"los límites de una suma son números enteros: dalos en «{course.SYMBOLS}»")
    return float(round(number))
