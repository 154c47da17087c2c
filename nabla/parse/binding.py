"""From the formulas of a paragraph to relations: what each of their chains is compared with."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from nabla.algebra import latex
from nabla.algebra.latex import Chain, Side, Unreadable
from nabla.model import course
from nabla.parse import definitions, moment
from nabla.parse.relations import Datum, Excuse, Formula, Formulas, Relation

if TYPE_CHECKING:
    from nabla.model.page import Page

# What makes it matter that a formula cannot be read.
_SAYS_SOMETHING = re.compile(
    r"[\d=+\-/]|\\(?:approx|leftarrow|cdot)\s*\S|\\(?:frac|partial|sqrt)|\^(?!\\top)"
)
# A name, or a list of names and numbers; by itself, also a derivative that nothing is said of.
_DATUM = {"number", "name", "list"}
_NOTATION = {*_DATUM, "notation"}
_ORDER = re.compile(r"O\((?P<small>\w+)(?:\s*\*\*\s*(?P<order>\d))?\)")


@dataclass(frozen=True)
class Loose:
    """A formula that needs a comment: one of its chains; or, if it cannot be read, why."""

    formula: Formula
    chain: Chain | None
    reason: str = ""


class Binder:
    """Puts relations into ``result``, with the table and the values that hold where a formula stands."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.result = Formulas()
        self.table = definitions.empty()
        self.values: int | None = None

    def given(self, block: int, given: dict[str, str]) -> int:
        self.result.values.append((block, given))
        return len(self.result.values) - 1

    def take(self, formula: Formula, equations: list[str]) -> list[Loose]:
        """Add the relations of a formula; what of it needs a comment."""
        try:
            chains = latex.read(
                formula.latex, definitions.functions(self.table), definitions.matrices(self.table)
            )
        except Unreadable as error:
            is_sign = " " not in latex.normal(formula.latex)
            says = _SAYS_SOMETHING.search(formula.latex) and not is_sign
            return [Loose(formula, None, str(error))] if says else []
        needy: list[Loose] = []
        for chain in chains:
            if _is_value(chain):
                self.result.data += self._data(formula, chain)
                if self._is_comparable(chain):
                    self.add(self._relation(formula, chain, None))
                continue
            symbolic = [side for side in chain if not side.is_numeric]
            if [side.is_name for side in symbolic] == [True] and len(chain) > 1:
                self._require_known(formula, symbolic[0])
            if len(chain) == 1 or any(side.relation == "≈" for side in symbolic[1:]):
                needy.append(Loose(formula, chain))
            elif equations:
                self._bind_sides(formula, chain, equations.pop(0))
            else:
                limit = next(((side.limit.letter, side.limit.to) for side in chain if side.limit), None)
                self.add(self._relation(formula, chain, limit))
        return needy

    def _is_comparable(self, chain: Chain) -> bool:
        """«C = 60.3729» of a symbol that is defined, a list that the page gives a value, «2 < 3»."""
        numbers = [side for side in chain if side.is_numeric]
        if len(numbers) > 1 and not all(side.relation in ("=", "≈") for side in chain[1:]):
            return True
        if self.values is None or not all(side.relation in ("=", "≈") for side in chain[1:]):
            return False
        name = chain[0].python
        if any(side.form == "list" for side in chain):
            return name in self.result.values[self.values][1]
        return name in self.table["definitions"] and any("." in (side.number or "") for side in chain)

    def _data(self, formula: Formula, chain: Chain) -> Iterator[Datum]:
        for left, right in itertools.pairwise(chain):
            if left.is_name and right.number is not None and right.relation in ("=", "≈"):
                if re.search(r"_[ijkl]+$", left.python):
                    self.page.complain(
                        self.page.line_at(formula.start + left.start),
                        f"«{formula.latex[left.start : left.end]}» son muchos números, y no uno",
                        formula.text,
                        "di de cuál hablas (x_1), o qué se hace con todos (\\sum_i)",
                    )
                yield Datum(left.python, formula.start + right.start, formula.start + right.end)

    def _require_known(self, formula: Formula, side: Side) -> None:
        """The name that a sum gives a value to must be a symbol of the page: not \\hat x for \\hat y."""
        if len(side.python) > 1 and side.python not in definitions.known(self.table):
            self.page.complain(
                self.page.line_at(formula.start + side.start),
                f"«{formula.latex[side.start : side.end]}» no es un símbolo de esta página",
                fix=f"defínelo en «{course.SYMBOLS}»: {side.python} = EXPRESIÓN; si es un dato, corrige la letra",
            )

    def _relation(
        self, formula: Formula, chain: Chain, small: tuple[str, str] | None = None, order: int = 1
    ) -> Relation:
        line = self.page.line_at(formula.start + chain[0].start)
        texts = tuple(formula.latex[side.start : side.end] for side in chain)
        table = self.result.tables.index(self.table)
        symbolic = [side for side in chain if not side.is_numeric]
        given = {} if self.values is None else self.result.values[self.values][1]
        known = {*self.table["definitions"], *given}
        bridged = 0 < len(symbolic) < len(chain) and (
            len(symbolic) > 1 or not symbolic[0].is_name or symbolic[0].python in known
        )
        return Relation(line, chain, texts, table, self.values if bridged else None, formula, small, order)

    def add(self, relation: Relation) -> None:
        self.result.relations.append(relation)

    def bind(self, loose: Loose, entry: str, line: int) -> None:
        formula, chain = loose.formula, loose.chain
        if reason := re.fullmatch(r"\"([^\"]+)\"", entry):
            self.result.excused.append(Excuse(formula, reason[1]))
        elif chain is None:
            self.page.complain(
                line,
                f"no sé leer «{formula.text}»",
                loose.reason,
                'escríbela de otra manera, o di por qué no se puede comprobar: "motivo", entre comillas',
            )
        elif order := _ORDER.fullmatch(entry):
            self.add(self._relation(formula, chain, (order["small"], "0"), int(order["order"] or 1)))
        elif chain[0].is_numeric:
            self._bind_number(formula, chain, entry, line)
        else:
            if ratio := definitions.RATIO.fullmatch(entry):
                entry = definitions.derivative(ratio)
            relation = self._relation(formula, chain)
            self.add(
                replace(relation, sides=(*chain, code(entry)), texts=(*relation.texts, entry), values=None)
            )

    def _bind_sides(self, formula: Formula, chain: Chain, entry: str) -> None:
        """An equation that holds only somewhere, such as z = 0: what each of its sides is."""
        sources = definitions.split_commas(entry.removeprefix(f"{course.SIDES}(").removesuffix(")"))
        if len(sources) != len(chain):
            self.page.complain(
                self.page.line_at(formula.start),
                f"«{course.SIDES}» tiene {len(sources)} expresiones y la fórmula, {len(chain)} lados",
                formula.text,
                "una por lado, en orden",
            )
            return
        for side, source in zip(chain, sources, strict=True):
            relation = self._relation(formula, (replace(side, relation=""),))
            given = code(source)
            self.add(
                replace(
                    relation, sides=(*relation.sides, given), texts=(*relation.texts, source), values=None
                )
            )

    def _bind_number(self, formula: Formula, chain: Chain, entry: str, line: int) -> None:
        """A sum without symbols, such as $3/8$: its value is the lesson's, there, as with «cifras»."""
        block = moment.find(self.page, line, None, [entry])
        if block is None:
            return
        place = self.given(block, {"result": entry})
        relation = self._relation(formula, chain)
        sides = (code("(result)", ""), replace(chain[0], relation="="))
        self.add(replace(relation, sides=sides, texts=(entry, *relation.texts), values=place))


def code(python: str, relation: str = "=") -> Side:
    """A side that a comment gives: it stands in no LaTeX."""
    return Side(0, 0, python, relation, None, False)


def _is_value(chain: Chain) -> bool:
    """«x = 7», «0 < a < 1», «7»: a datum, which a comment «cifras» answers for."""
    forms = _NOTATION if len(chain) == 1 else _DATUM
    names = sum(side.is_name for side in chain)
    if any(side.relation == "=" for side in chain) and (names > 1 or len(chain) - names > 1):
        return False
    return all(side.form in forms and side.limit is None for side in chain)
