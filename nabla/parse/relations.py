"""What the formulas of a page come to: relations whose sides must agree, and the job that computes them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from nabla.algebra.latex import Chain


@dataclass(frozen=True)
class Formula:
    """``$…$`` or ``$$…$$``: its LaTeX, and where that starts in the text of the page."""

    latex: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.latex)

    @property
    def text(self) -> str:
        return " ".join(self.latex.split())


@dataclass(frozen=True)
class Relation:
    """Sides that must agree. ``formula`` is None for what a comment says twice (``C = e**2 = cost(…)``).

    ``table`` and ``values`` are indices in the page's job; ``small`` is a letter and what it tends to: the sides
    of a limit, or around ≈, differ there by O(small**order).
    """

    line: int
    sides: Chain
    texts: tuple[str, ...]
    table: int
    values: int | None
    formula: Formula | None = None
    small: tuple[str, str] | None = None
    order: int = 1

    @property
    def span(self) -> tuple[int, int] | None:
        """Where the numbers of the formula that are checked stand: an inequality leaves those behind it free."""
        if self.formula is None:
            return None
        sides = [side for side in self.sides if side.end]
        ends = [place for place, side in enumerate(sides) if place and side.relation not in ("=", "≈")]
        checked = sides[: ends[0]] if ends else sides
        if ends and len(checked) == 1:
            return None
        start = self.formula.start
        return start + min(side.start for side in checked), start + max(side.end for side in checked)


@dataclass(frozen=True)
class Datum:
    """«x = 7»: the name of a number, and where the number stands in the text of the page."""

    name: str
    start: int
    end: int


@dataclass(frozen=True)
class Excuse:
    """A formula that nothing computes, and the reason that the page gives."""

    formula: Formula
    reason: str


@dataclass
class Formulas:
    """All formulas of a page, and the job that computes them."""

    spans: list[Formula] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    quoted: list[Formula] = field(default_factory=list)
    excused: list[Excuse] = field(default_factory=list)
    data: list[Datum] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    values: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    @cached_property
    def owned(self) -> list[tuple[int, int]]:
        """The ranges of the page's text whose numbers are checked as parts of a formula, sorted."""
        ranges = {(formula.start, formula.end) for formula in self.quoted}
        ranges |= {relation.span for relation in self.relations if relation.span}
        return sorted(ranges)

    @property
    def job(self) -> dict[str, Any]:
        """What the worker must compute for ``check``: see ``algebra.symbols``."""
        chains = [
            {
                "table": relation.table,
                "values": relation.values,
                "sides": [side.python for side in relation.sides],
                "small": relation.small,
                "ordered": any(side.relation not in ("", "=", "≈") for side in relation.sides),
            }
            for relation in self.relations
        ]
        return {"tables": self.tables, "values": self.values, "chains": chains}
