"""What an abstract execution knows at one moment: things, names that may hold them, and who wrote each."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


class Unknown(Exception):
    """Code whose effects this analysis does not follow: a block with it needs, and is needed by, all."""


@dataclass(eq=False)
class Thing:
    """An object, or all those made at one place.

    ``holds`` are the things it contains or shares memory with; ``sources``, those whose gradient
    ``backward`` reaches from it. ``kind`` is "", "container", "iterator", "module", "instance" (of a
    library's class), "figure" or "function"; a function has its ``function``, and the scopes around it.
    """

    writers: set[int]
    holds: set[Thing] = field(default_factory=set)
    sources: set[Thing] = field(default_factory=set)
    has_gradient: bool = False
    kind: str = ""
    function: ast.FunctionDef | ast.Lambda | None = None
    closure: tuple[dict[str, Variable], ...] = ()


Value = frozenset[Thing]
NOTHING: Value = frozenset()


@dataclass(frozen=True)
class Variable:
    """What a name may hold, and the blocks that may have bound it last."""

    value: Value
    binders: frozenset[int]


Names = dict[str, Variable]


def reach(things: Iterable[Thing], *links: str) -> set[Thing]:
    found = new = set(things)
    while new:
        new = set().union(*(getattr(thing, link) for thing in new for link in links)) - found
        found = found | new
    return found


def either(one: Names, other: Names) -> Names:
    merged = dict(one)
    for name, variable in other.items():
        known = merged.get(name, variable)
        merged[name] = Variable(known.value | variable.value, known.binders | variable.binders)
    return merged


class State:
    """What is known after the blocks executed so far."""

    def __init__(self) -> None:
        self.globals: Names = {}
        self.scopes: tuple[Names, ...] = ()  # around the code being followed, the innermost last
        self.following: list[Thing] = []  # the functions that have been called
        self.returned: list[set[Thing]] = []
        self.slices: list[frozenset[int]] = []  # what each block needs
        self.block = -1
        self.needs: set[int] = set()
        self.opaque: set[int] = set()
        self.settings: set[int] = set()  # blocks that change how a library behaves
        self.sheltered = 0  # inside a `with` that gives settings back
        self.random = Thing(set())

    @property
    def _scope(self) -> Names:
        return self.scopes[-1] if self.scopes else self.globals

    def _read(self, name: str) -> Value:
        for scope in (*reversed(self.scopes), self.globals):
            if variable := scope.get(name):
                self.needs |= variable.binders
                self.use(variable.value)
                return variable.value
        return NOTHING

    def use(self, value: Iterable[Thing]) -> None:
        for thing in reach(value, "holds"):
            self.needs |= thing.writers

    def _bind(self, name: str, value: Value) -> None:
        self._scope[name] = Variable(value, frozenset({self.block}))

    def change(self, value: Iterable[Thing], received: Iterable[Thing] = ()) -> None:
        for thing in reach(value, "holds"):
            thing.writers.add(self.block)
        for thing in value:
            thing.holds |= set(received)

    def fresh(self, operands: Iterable[Value] = (), **properties: Any) -> Value:
        """A new object; of what it was computed from it keeps only the way back to the gradients."""
        things = reach(frozenset().union(*operands), "holds")
        sources = {thing for thing in things if thing.has_gradient}
        properties.setdefault("has_gradient", bool(sources))
        return frozenset({Thing({self.block}, sources=sources, **properties)})

    def container(self, parts: list[Value], kind: str = "container") -> Value:
        """A list of things, or one of several: both it and they are at hand."""
        return frozenset({Thing({self.block}, holds=set().union(*parts), kind=kind)}).union(*parts)

    def consume(self, value: Value) -> Value:
        """What is taken out of an iterator is no longer in it."""
        self.change(thing for thing in value if thing.kind == "iterator")
        return value
