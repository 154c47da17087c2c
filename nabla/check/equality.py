"""Whether the sides of each formula agree, given what the run computed of them."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from nabla.model import course
from nabla.model.problem import Problem
from nabla.parse.relations import Relation

if TYPE_CHECKING:
    from nabla.model.page import Page
    from nabla.run.runner import Run

Value = list[float] | str

_ORDERS = {"<", "<=", ">", ">=", "!="}

# Relative: what float64 loses in a formula, and what numerical derivatives do near a pole.
_EXACT, _DIFFERENCES = 1e-9, 1e-6


def check_formula(page: Page, run: Run, index: int) -> list[Problem]:
    """The problems of one relation of a page, at the first side that does not agree."""
    if run.failed:
        return []  # its block says why
    relation = page.formulas.relations[index]
    answer = run.formulas[index]
    found = _Check(page, relation, answer)
    return found.numbers() + (found.symbols() or found.bridge())


class _Check:
    def __init__(self, page: Page, relation: Relation, answer: dict[str, Any]) -> None:
        self.page = page
        self.relation = relation
        self.samples: list[list[Value]] = answer["samples"]
        self.points: list[dict[str, list[float]]] = answer["points"]
        self.actual: list[Value] | None = answer["actual"]
        sides = list(enumerate(relation.sides))
        self.numeric = [(place, side) for place, side in sides if side.is_numeric]
        self.symbolic = [(place, side) for place, side in sides if not side.is_numeric]
        # What holds everywhere, or in the limit, needs no values of the page to be compared with a number.
        general = any(side.limit or side.relation in _ORDERS for side in relation.sides)
        self.everywhere = sides if general and self.symbolic else self.symbolic

    def numbers(self) -> list[Problem]:
        """Numeric sides: each is the one before it, exactly or to the decimals shown; or less, or more."""
        problems = []
        for (left, _), (right, side) in zip(self.numeric, self.numeric[1:], strict=False):
            one, other = self._number(left), self._number(right)
            if isinstance(one, str) or isinstance(other, str):
                place, error = (left, one) if isinstance(one, str) else (right, other)
                problems.append(self._problem(place, str(error), "corrige la cuenta: no da un número"))
                continue
            relation = self._between(left, right)
            if relation in _ORDERS:
                if not _in_order(one, other, relation, 1e-12):
                    what = f"{self._text(left)} = {_show(one)}, y {self._text(right)} = {_show(other)}"
                    problems.append(self._problem(right, what, "corrige la desigualdad"))
                continue
            margin = 1e-9
            if relation == "≈":
                shown = side.decimals if side.decimals is not None else self.relation.sides[left].decimals
                # Numbers shown with decimals may be rounded, and pass their rounding on to the result.
                units = 2.01 if "." in self.relation.texts[left] else 0.5
                margin = 1e-2 if shown is None else units * 10.0**-shown + 1e-9
            if not _close(one, other, margin, relative=relation == "="):
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
        if [side.is_name for _, side in self.everywhere if not side.is_numeric] == [True]:
            return []  # a name for the numbers beside it
        for place, _ in self.everywhere:
            if isinstance(error := self.samples[0][place], str):
                fix = f"define el símbolo que falta en un comentario «{course.SYMBOLS}»"
                return [self._problem(place, error + self._at(0), fix)]
        derived = any(re.search(r"\b(?:partial|total|prime)\(", side.python) for _, side in self.symbolic)
        margin = _DIFFERENCES if derived else _EXACT
        for (left, _), (right, side) in itertools.pairwise(self.everywhere):
            relation = self._between(left, right)
            limits = side.limit or self.relation.sides[left].limit
            if relation in _ORDERS:
                wrong = self._first(left, right, partial(_in_order, relation=relation, margin=margin))
            elif self.relation.small and (limits or relation == "≈"):
                wrong = self._not_shrinking(left, right)
            else:
                wrong = self._first(left, right, partial(_close, margin=margin))
            if wrong is None:
                continue
            sample = self.samples[wrong]
            fix = f"corrige la fórmula, o la definición en «{course.SYMBOLS}»"
            if relation in _ORDERS:
                fix = f"corrige la desigualdad; si es una condición, di qué vale cada lado: {course.SIDES}(EXPRESIÓN, EXPRESIÓN)"
            elif any(
                isinstance(value, list) and any(map(math.isnan, value))
                for value in (sample[left], sample[right])
            ):
                fix = f"di dónde vale la fórmula, en «{course.SYMBOLS}»: x: 0.5..2"
            detail = (
                f"{self._text(left)} = {_show(sample[left])}\n{self._text(right)} = {_show(sample[right])}"
                f"{self._at(wrong)}"
            )
            problems.append(self._problem(right, detail, fix))
        return problems

    def _between(self, left: int, right: int) -> str:
        """The relation of two sides, through those between them."""
        relations = {side.relation for side in self.relation.sides[left + 1 : right + 1]}
        for order, weak in (("<", "<="), (">", ">=")):
            if relations <= {order, weak, "="} and relations - {"="}:
                return order if order in relations else weak
        if relations == {"!="}:
            return "!="
        return "≈" if "≈" in relations else "="

    def _first(self, left: int, right: int, agree: Callable[[Value, Value], bool]) -> int | None:
        """The first sample point where two sides do not agree."""
        return next(
            (place for place, point in enumerate(self.samples) if not agree(point[left], point[right])), None
        )

    def _at(self, place: int) -> str:
        """The point of a sample, in words."""
        shown = {name: value for name, value in self.points[place].items() if value}
        if not shown:
            return ""
        return "\nen " + ", ".join(f"{name} = {_show(value)}" for name, value in sorted(shown.items()))

    def _not_shrinking(self, left: int, right: int) -> int | None:
        """The first sample whose difference does not fall as O(small**order) when the small symbol is halved."""
        for place in range(0, len(self.samples), 2):
            gaps = [_gap(point[left], point[right]) for point in self.samples[place : place + 2]]
            if not (gaps[1] <= 1e-9 or gaps[1] < gaps[0] * 2.0 ** (0.4 - self.relation.order)):
                return place + 1
        return None

    def bridge(self) -> list[Problem]:
        """From sides with symbols to sides with numbers: equal at the page's own values."""
        compound = [(place, side) for place, side in self.symbolic if not side.is_name]
        if not self.numeric or not self.symbolic or self.everywhere is not self.symbolic:
            return []
        if not compound and self.actual is None:
            return []  # a name for the result, and no values to compute it from
        plain = [(place, side) for place, side in self.numeric if side.decimals is not None]
        place, _ = (compound or self.symbolic)[-1]
        value = self._constant(place)
        if value is None and self.actual is None:
            return [
                self._problem(
                    place,
                    "la cuenta lleva números, y no se dice qué valen los símbolos",
                    f"delante o en el párrafo anterior: <!-- {course.SYMBOLS}: m := 0.9; x := xs[7] -->",
                )
            ]
        value = value if value is not None else self.actual[place] if self.actual else ""
        if isinstance(value, str):
            return [
                self._problem(
                    place,
                    value,
                    f"complétalo en el comentario «{course.SYMBOLS}» (m := 0.9), o quítalos desde aquí con <!-- {course.SYMBOLS}: := -->",
                )
            ]
        target, side = (plain or self.numeric)[-1]
        published = self._number(target)
        shown = side.decimals
        if shown is None:  # a sum, of numbers that may be rounded if they have decimals
            margin = 1e-3 if "." in self.relation.texts[target] else 1e-6
        elif shown == 0 and side.relation != "≈":
            margin = 1e-5
        else:
            margin = 0.5 * 10.0**-shown * (1 + 1e-3)
        if not _close(value, published, margin, relative=shown is None):
            detail = f"publicado: {self._text(target)}\ncalculado: {_show(value)} = {self._text(place)}"
            return [
                self._problem(
                    target,
                    detail,
                    f"corrige la cuenta, la fórmula o los valores (:=) del comentario «{course.SYMBOLS}»",
                )
            ]
        return []

    def _number(self, place: int) -> Value:
        """A side without symbols. A matrix of the page's own sizes may not fit those of the sample points."""
        value = self.samples[0][place]
        value = self.actual[place] if isinstance(value, str) and self.actual else value
        if isinstance(value, list) and any(map(math.isnan, value)):
            return "no da un número"
        return value

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


def _in_order(one: Value, other: Value, relation: str, margin: float) -> bool:
    """Whether two sides differ as an inequality says; ``<=`` forgives the rounding of an equality."""
    if isinstance(one, str) or isinstance(other, str) or not _same_size(one, other):
        return False
    pairs = list(zip(*_broadcast(one, other), strict=True))
    if relation == "!=":
        return not _close(one, other, margin)
    sign = 1 if relation.startswith("<") else -1
    slack = margin if relation.endswith("=") else 0.0
    return all((b - a) * sign >= -slack * max(1.0, abs(a), abs(b)) and (slack or a != b) for a, b in pairs)


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
