"""Whether the sides of each formula agree, given what the run computed of them."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, Any

from nabla.algebra.latex import Side
from nabla.model.problem import Problem
from nabla.parse.formulas import Relation

if TYPE_CHECKING:
    from nabla.parse.page import Page
    from nabla.run.runner import Run

Value = list[float] | str

# Relative: what float64 loses in a formula, and what numerical derivatives do near a pole.
_EXACT, _DIFFERENCES = 1e-9, 1e-6


def check_formula(page: Page, run: Run, index: int) -> list[Problem]:
    """The problems of one relation of a page, at the first side that does not agree."""
    if run.failed:
        return []  # its block says why
    relation = page.formulas.relations[index]
    answer = run.formulas[index]
    found = _Check(page, relation, answer)
    return found.numbers() + found.symbols() + found.bridge()


class _Check:
    def __init__(self, page: Page, relation: Relation, answer: dict[str, Any]) -> None:
        self.page = page
        self.relation = relation
        self.samples: list[list[Value]] = answer["samples"]
        self.actual: list[Value] | None = answer["actual"]
        sides = list(enumerate(relation.sides))
        self.numeric = [(place, side) for place, side in sides if side.is_numeric]
        self.symbolic = [(place, side) for place, side in sides if not side.is_numeric]

    def numbers(self) -> list[Problem]:
        """Numeric sides: each is the one before it, exactly or to the decimals shown."""
        problems = []
        for (left, _), (right, side) in zip(self.numeric, self.numeric[1:], strict=False):
            one, other = self._number(left), self._number(right)
            if isinstance(one, str) or isinstance(other, str):
                place, error = (left, one) if isinstance(one, str) else (right, other)
                problems.append(self._problem(place, str(error), "corrige la cuenta: no da un número"))
                continue
            margin = 1e-9
            if side.relation == "≈":
                shown = (
                    _decimals(side) if _decimals(side) is not None else _decimals(self.relation.sides[left])
                )
                # Numbers shown with decimals may be rounded, and pass their rounding on to the result.
                units = 2.01 if "." in self.relation.texts[left] else 0.5
                margin = 1e-2 if shown is None else units * 10.0**-shown + 1e-9
            if side.relation in ("=", "≈") and not _close(one, other, margin, relative=side.relation == "="):
                problems.append(
                    self._problem(
                        right,
                        f"publicado: {self._text(right)}\ncalculado: {_show(one)} = {self._text(left)}",
                        "corrige la cuenta; si el resultado está redondeado, con \\approx",
                    )
                )
        return problems

    def symbols(self) -> list[Problem]:
        """Sides with symbols: each is the one before it at every sample point."""
        problems = []
        if [side.is_name for _, side in self.symbolic] == [True]:
            return []  # a name for the numbers beside it
        for place, _ in self.symbolic:
            if isinstance(error := self.samples[0][place], str):
                return [
                    self._problem(place, error, "define el símbolo que falta en un comentario «símbolos»")
                ]
        derived = any(re.search(r"\b(?:partial|total|prime)\(", side.python) for _, side in self.symbolic)
        margin = _DIFFERENCES if derived else _EXACT
        for (left, _), (right, side) in zip(self.symbolic, self.symbolic[1:], strict=False):
            if side.relation not in ("=", "≈") and not side.relation.startswith("→"):
                continue
            if self.relation.small and side.relation != "=":
                bad = not self._shrinks(left, right)
            else:
                bad = any(not _close(point[left], point[right], margin) for point in self.samples)
            if bad:
                detail = (
                    f"{self._text(left)} = {_show(self.samples[0][left])}\n"
                    f"{self._text(right)} = {_show(self.samples[0][right])}\nen un mismo punto, elegido al azar"
                )
                problems.append(
                    self._problem(right, detail, "corrige la fórmula, o la definición en «símbolos»")
                )
        return problems

    def _shrinks(self, left: int, right: int) -> bool:
        """Whether the difference falls as O(small**order) when the small symbol is halved."""
        for full, half in zip(self.samples[::2], self.samples[1::2], strict=True):
            gaps = [_gap(point[left], point[right]) for point in (full, half)]
            if gaps[1] > 1e-9 and not gaps[1] < gaps[0] * 2.0 ** (0.4 - self.relation.order):
                return False
        return True

    def bridge(self) -> list[Problem]:
        """From sides with symbols to sides with numbers: equal at the page's own values."""
        compound = [(place, side) for place, side in self.symbolic if not side.is_name]
        if not self.numeric or not self.symbolic:
            return []
        if not compound and self.actual is None:
            return []  # a name for the result, and no values to compute it from
        plain = [(place, side) for place, side in self.numeric if _decimals(side) is not None]
        place, _ = (compound or self.symbolic)[-1]
        value = self._constant(place)
        if value is None and self.actual is None:
            return [
                self._problem(
                    place,
                    "la cuenta lleva números, y no se dice qué valen los símbolos",
                    "delante o en el párrafo anterior: <!-- valores: m = 0.9; x = xs[7] -->",
                )
            ]
        value = value if value is not None else self.actual[place] if self.actual else ""
        if isinstance(value, str):
            return [
                self._problem(
                    place,
                    value,
                    "complétalo en el comentario «valores», o quítalos desde aquí con <!-- valores: -->",
                )
            ]
        target, side = (plain or self.numeric)[-1]
        published = self._number(target)
        shown = _decimals(side)
        if shown is None:  # a sum, of numbers that may be rounded if they have decimals
            margin = 1e-3 if "." in self.relation.texts[target] else 1e-6
        elif shown == 0 and side.relation != "≈":
            margin = 1e-5
        else:
            margin = 0.5 * 10.0**-shown * (1 + 1e-3)
        if not _close(value, published, margin, relative=shown is None):
            detail = f"publicado: {self._text(target)}\ncalculado: {_show(value)} = {self._text(place)}"
            return [self._problem(target, detail, "corrige la cuenta, la fórmula o el comentario «valores»")]
        return []

    def _number(self, place: int) -> Value:
        """A side without symbols. A matrix of the page's own sizes may not fit those of the sample points."""
        value = self.samples[0][place]
        return self.actual[place] if isinstance(value, str) and self.actual else value

    def _constant(self, place: int) -> Value | None:
        values = [point[place] for point in self.samples]
        same = all(_close(values[0], value, 1e-12) for value in values)
        return values[0] if same else None

    def _text(self, place: int) -> str:
        return " ".join(self.relation.texts[place].split())

    def _problem(self, place: int, detail: str, fix: str) -> Problem:
        formula, side = self.relation.formula, self.relation.sides[place]
        line = self.relation.line
        if formula is not None:
            line += formula.latex.count("\n", self.relation.sides[0].start, side.start) if side.end else 0
        return Problem(self.page.file, line, f"la fórmula no cuadra: «{self._text(place)}»", detail, fix)


def _decimals(side: Side) -> int | None:
    """The decimals of a side that is a number or a list of numbers."""
    if side.number is None and not re.fullmatch(r"vector\([-\d.,\s\[\]()*]*\)", side.python):
        return None
    return max(
        len(number.partition(".")[2]) for number in re.findall(r"\d*\.?\d+", side.number or side.python)
    )


def _close(one: Value, other: Value, margin: float, relative: bool = True) -> bool:
    if isinstance(one, str) or isinstance(other, str) or not _same_size(one, other):
        return False
    pairs = zip(*_broadcast(one, other), strict=True)
    return all(abs(a - b) <= margin * (max(1.0, abs(a), abs(b)) if relative else 1.0) for a, b in pairs)


def _gap(one: Value, other: Value) -> float:
    if isinstance(one, str) or isinstance(other, str) or not _same_size(one, other):
        return math.inf
    return max(abs(a - b) for a, b in zip(*_broadcast(one, other), strict=True))


def _same_size(one: list[float], other: list[float]) -> bool:
    return len(one) == len(other) or 1 in (len(one), len(other))


def _broadcast(one: list[float], other: list[float]) -> tuple[list[float], list[float]]:
    size = max(len(one), len(other))
    return (one * size)[:size], (other * size)[:size]


def _show(value: Value) -> str:
    if isinstance(value, str):
        return value
    text = ", ".join(f"{number:.6g}" for number in value[:6])
    return text if len(value) == 1 else f"({text}{', …' if len(value) > 6 else ''})"
