"""Who answers for a number that a reader sees.

A claim's expression, mostly (``page``). Without one: a checked formula; the code that an inline quotation
repeats, if the page has no other of its form; the count of a list or title (``order``); the allow-list.
"""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nabla.model import numerals
from nabla.model.numerals import Numeral
from nabla.parse import order
from nabla.parse.allowlist import ALLOWED

if TYPE_CHECKING:
    from nabla.parse.page import Page, Paragraph

_INLINE_CODE = re.compile(r"(?<!`)(`+)(?!`)(?P<code>.+?)(?<!`)\1(?!`)", re.DOTALL)
_NAME = re.compile(r"\w*\d\w*")
# Who may answer, as the reports call them; the allow-list has its own reasons.
COMPUTED = "lo calcula el código"
FORMULA = "está en una fórmula"
GIVEN = "dato del texto"
IN_CODE = "cita código de la página"
IN_ORDER = "cuenta en orden"


@dataclass(frozen=True)
class Name:
    """A word with digits, such as ``float32``: its text and its place in the paragraph."""

    text: str
    start: int


@dataclass(frozen=True)
class Reading:
    """A paragraph's digits. ``spans``: parts that need no claim, as start, end and reason."""

    spans: tuple[tuple[int, int, str], ...]
    claimable: tuple[Numeral, ...]
    unclaimed: Counter[str]
    strange: tuple[Name, ...]

    def reason(self, place: int) -> str | None:
        """Why the digits at a place need no claim; None if they do."""
        return _reason(self.spans, place)


@lru_cache(maxsize=1 << 14)
def read(file: str, code: str, text: str) -> Reading:
    """Read the paragraph ``text`` of a page; ``code`` is all that the page's blocks hold and print.

    ``claimable`` are the numbers that a claim must list, in order; ``unclaimed`` counts the others by reason;
    ``strange`` are the words with digits that neither the code nor the allow-list knows.
    """
    spans = tuple(_spans(file, code, text))
    found = numerals.find(text)
    reasons = [_reason(spans, each.start) for each in found]
    words = numerals.prose(text)
    for each in found:
        words = words[: each.start] + " " * len(each.text) + words[each.start + len(each.text) :]
    return Reading(
        spans,
        tuple(each for each, reason in zip(found, reasons, strict=True) if reason is None),
        Counter(reason for reason in reasons if reason),
        tuple(
            Name(match[0], match.start())
            for match in _NAME.finditer(words)
            if _reason(spans, match.start()) is None and not _holds(code, match[0])
        ),
    )


def _reason(spans: Iterable[tuple[int, int, str]], place: int) -> str | None:
    return next((reason for start, end, reason in spans if start <= place < end), None)


def _spans(file: str, code: str, text: str) -> Iterator[tuple[int, int, str]]:
    for allowed in ALLOWED:
        for span in allowed.spans(file, text):
            yield (*span, allowed.reason)
    for match in _INLINE_CODE.finditer(text):
        if re.search(r"[^\d\s.-]", match["code"]) and _alike(code, match["code"]) == {match["code"]}:
            yield (*match.span("code"), IN_CODE)
    start = 0
    for line in text.split("\n"):
        if place := order.place(line):
            yield (start + place[0], start + place[1], IN_ORDER)
        start += len(line) + 1


def _holds(code: str, words: str) -> bool:
    return words in _alike(code, words)


@lru_cache(maxsize=1 << 14)
def _alike(code: str, words: str) -> set[str]:
    """What the code holds that differs from the words in its numbers at most."""
    form = re.sub(r"\d+", r"\\d+", re.escape(words))
    return {match[0] for match in re.finditer(rf"(?<!\w)(?<!\d\.){form}(?!\w)(?!\.\d)", code)}


def by_formula(page: Page, paragraph: Paragraph, numeral: Numeral) -> bool:
    """Whether a checked formula answers for a number of a paragraph."""
    if not numeral.is_integer:
        return False
    place = page.offset(paragraph.line) + numeral.start
    return any(start <= place < end for start, end in page.formulas.owned)


def misnamed(page: Page, paragraph: Paragraph, numeral: Numeral, expression: str) -> str | None:
    """The name that a formula such as «y = 7» gives to a number whose expression takes it from another letter."""
    letter = _letter(expression)
    place = page.offset(paragraph.line) + numeral.start
    names = (datum.name for datum in page.formulas.data if datum.start <= place < datum.end)
    return next((name for name in names if letter and name.partition("_")[0] != letter), None)


@lru_cache(maxsize=1 << 14)
def _letter(expression: str) -> str | None:
    """``x`` for an expression that does no more than take a value from ``x``, ``xs`` or ``x_start``."""
    node = ast.parse(expression, mode="eval").body
    while True:
        match node:
            case ast.Subscript(value=inner) | ast.Call(ast.Attribute(inner, "item"), [], []):
                node = inner
            case ast.Name(name):
                match = re.fullmatch(r"([a-zA-Z])(?:s?\d?|_\w+)", name)
                return match[1] if match else None
            case _:
                return None


@lru_cache(maxsize=1 << 14)
def owner(expression: str) -> str:
    """Who answers for a number that a claim gives this expression."""
    if expression == "_":
        return FORMULA
    node = ast.parse(expression, mode="eval").body
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        node = node.operand
    return GIVEN if isinstance(node, ast.Constant) else COMPUTED
