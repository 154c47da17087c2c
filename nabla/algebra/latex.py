r"""LaTeX formulas read as chains of sides, each a Python expression: ``\frac{2}{n} \sum_i x_i`` is ``2 / n*sum_i(x_i)``.

The names are those that the pages' comments use:

- ``\hat y`` is ``y_hat``, ``\bar x`` is ``x_bar``, ``x_i`` and ``x^{(i)}`` are ``x_i``, ``\alpha`` is ``alpha``,
  ``v_{t-1}`` is ``v_t_minus_1``, ``w^*`` is ``w_star``;
- ``\frac{\partial C}{\partial m}`` is ``partial('C', 'm')``; with ``d``, ``total('C', 'm')``; ``\nabla_w C`` is
  ``total('C', 'w')``; ``f(x)`` of a known function is ``of('f', x)``; ``f'(x)`` is ``prime('f', 1, x)``;
- the left side of ``m \leftarrow …`` is ``m_next``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from nabla.algebra import tokens as lexer
from nabla.algebra.cursor import require_short
from nabla.algebra.expression import Expression
from nabla.algebra.notation import RELATIONS
from nabla.algebra.reader import Reader
from nabla.algebra.tokens import Token, Unreadable

__all__ = ["Chain", "Side", "Unreadable", "normal", "read"]

_BREAKS = {
    *(r"\\", r"\qquad", r"\quad", r"\to", r"\longrightarrow", r"\mapsto", ",", ";"),
    *(r"\Longrightarrow", r"\Rightarrow", r"\implies", r"\iff", r"\Leftrightarrow", r"\Longleftrightarrow"),
}  # fmt: skip


_MOST_BRACES = 30
_BRACES = {r"\underbrace", r"\overbrace", r"\boxed"}


@dataclass(frozen=True)
class Limit:
    """A letter that tends to a value: the Python of that value, ``inf`` included."""

    letter: str
    to: str


@dataclass(frozen=True)
class Side:
    """One side of a chain: where it stands in the LaTeX, its Python, and what it is made of.

    ``relation`` to the side before it: ``=``, ``≈``, ``!=`` or an inequality. ``number`` is its text when the side is
    nothing but a number; ``decimals``, how many it shows, also for a list of numbers. ``form`` is that of
    ``expression``. ``limit``: what tends to what in it.
    """

    start: int
    end: int
    python: str
    relation: str
    number: str | None
    is_numeric: bool
    form: str = "compound"
    decimals: int | None = None
    limit: Limit | None = None

    @property
    def is_name(self) -> bool:
        return self.form == "name"


Chain = tuple[Side, ...]


def read(latex: str, functions: Iterable[str] = (), matrices: Iterable[str] = ()) -> tuple[Chain, ...]:
    """The chains of sides in a formula; the first side of each has no relation.

    Args:
        latex: the formula, without its dollars.
        functions: names that are applied when a parenthesis follows; any other name is multiplied.
        matrices: names whose product is that of matrices.

    Raises:
        Unreadable: when the formula is not made of expressions; says in Spanish why.
    """
    answer = _answer(latex, frozenset(functions), frozenset(matrices))
    if isinstance(answer, str):
        raise Unreadable(answer)
    return answer


@lru_cache(maxsize=1 << 14)
def _answer(latex: str, functions: frozenset[str], matrices: frozenset[str]) -> tuple[Chain, ...] | str:
    """The chains of a formula, or why it has none."""
    try:
        return tuple(_chains(latex, functions, matrices))
    except Unreadable as error:
        return str(error)


@lru_cache(maxsize=1 << 14)
def normal(latex: str) -> str:
    """The LaTeX without what does not change its meaning: spaces, sizes of brackets."""
    return " ".join(token.text for token in lexer.tokens(latex))


def _chains(latex: str, functions: frozenset[str], matrices: frozenset[str]) -> Iterable[Chain]:
    if re.search(r"\d\{,\}\d|(?<![\d,(\[{])\d+,\d+(?![,\d)\]}])", latex):
        raise Unreadable(
            "los decimales van con punto: 3.14; si son dos números, deja un espacio detrás de la coma"
        )
    found, said = _unbraced(lexer.tokens(latex))
    for parts in [*_split(found), *said]:
        yield tuple(
            _side(
                relation,
                side,
                place + 1 < len(parts) and parts[place + 1][0] == r"\leftarrow",
                functions,
                matrices,
            )
            for place, (relation, side) in enumerate(parts)
        )


Parts = list[tuple[str, list[Token]]]


def _unbraced(found: list[Token]) -> tuple[list[Token], list[Parts]]:
    r"""Without ``\underbrace{A}_{B}``: A stays, and «A = B» is said besides."""
    if not any(token.text in _BRACES for token in found):
        return found, []
    closes = lexer.closings(found)
    dropped: set[int] = set()
    said: list[tuple[range, range]] = []
    for place, token in enumerate(found):
        if token.text not in _BRACES or place + 1 not in closes:
            continue
        if len(said) == _MOST_BRACES:
            raise Unreadable(f"hay más de {_MOST_BRACES} \\underbrace, o niveles de ellos: pártela en varias")
        end = closes[place + 1]
        dropped |= {place, place + 1, end}
        if end + 2 < len(found) and found[end + 1].text in ("_", "^") and (end + 2) in closes:
            last = closes[end + 2]
            dropped |= set(range(end + 1, last + 1))
            if found[end + 3].words is None and end + 3 < last:
                said.append((range(place + 2, end), range(end + 3, last)))

    def kept(places: range, inside: bool = False) -> list[Token]:
        return [found[place] for place in places if inside or place not in dropped]

    plain = [[("", kept(above)), ("=", kept(below, inside=True))] for above, below in said]
    return kept(range(len(found))), plain


def _split(found: list[Token]) -> list[Parts]:
    """Chains of (relation, side). A line that starts with a relation goes on with the chain before it."""
    chains: list[Parts] = []
    closes = lexer.closings(found)
    current: Parts = [("", [])]

    def finish() -> None:
        if current == [("", [])]:
            return  # nothing between two breaks
        if not current[0][1] and chains:
            chains[-1].extend(current[1:])
        else:
            chains.append(list(current))

    place = 0
    while place < len(found):
        text, end = found[place].text, closes.get(place, place) + 1
        if text in _BREAKS:
            finish()
            current = [("", [])]
        elif text in RELATIONS:
            current.append((text, []))
        elif text != "&":
            current[-1][1].extend(found[place:end])
        place = end
    finish()
    return chains


def _side(
    relation: str, found: list[Token], updated: bool, functions: frozenset[str], matrices: frozenset[str]
) -> Side:
    start, end = (found[0].start, found[-1].end) if found else (0, 0)
    require_short(found)
    reader = Reader(found, functions, matrices)
    limit = _limit(reader)
    text = "".join(token.text for token in found)
    made = reader.within(reader.at, reader.end, reader.read_list)
    python = made.python
    if updated:
        if made.form != "name":
            raise Unreadable("a la izquierda de la flecha va un nombre")
        python += "_next"
    number = text if re.fullmatch(r"-?\d*\.?\d+", text) else None
    return Side(
        start, end, python, RELATIONS.get(relation, relation), number, made.is_numeric, _form(made, number), made.decimals, limit,
    )  # fmt: skip


def _form(made: Expression, number: str | None) -> str:
    return "number" if number is not None else made.form


def _limit(reader: Reader) -> Limit | None:
    r"""Take ``\lim_{h \to 0}``."""
    if reader.text() != r"\lim":
        return None
    reader.at += 1
    if reader.text() != "_":
        raise Unreadable("el límite no dice qué tiende a qué: \\lim_{h \\to 0}")
    reader.at += 1
    start, end = reader.group()
    kept = reader.at
    reader.at = start
    if not reader.starts_name():
        raise Unreadable("el límite no dice qué tiende a qué: \\lim_{h \\to 0}")
    letter = reader.name()
    if reader.at >= end or reader.take() != r"\to" or reader.at >= end:
        raise Unreadable("el límite no dice qué tiende a qué: \\lim_{h \\to 0}")
    if reader.tokens[end - 1].text in ("+", "-"):
        end -= 1
    if reader.tokens[end - 1].text == "^":
        end -= 1
    to = reader.within(reader.at, end, reader.read_sum)
    reader.at = kept
    return Limit(letter, to.python)
