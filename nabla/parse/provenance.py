"""Who answers for a number that a reader sees.

A claim's expression, mostly (``claims``). Without one: a checked formula; the code that an inline quotation
repeats, if the page has no other of its form; the count of a list or title (``order``); the allow-list.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from nabla.model import numerals
from nabla.model.numerals import Numeral
from nabla.model.page import UNSEEN, Mark, Page, Paragraph, Span
from nabla.parse.allowlist import ALLOWED

_NAME = re.compile(r"\b[^\W\d]*+\d\w*+")
_DIGITS = re.compile(r"\d+")
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
    """A paragraph's digits. ``parts``: those that need no claim, as start, end and reason, in order."""

    parts: tuple[tuple[int, int, str], ...]
    claimable: tuple[Numeral, ...]
    unclaimed: Counter[str]
    strange: tuple[Name, ...]

    def reason(self, place: int) -> str | None:
        """Why the digits at a place need no claim; None if they do."""
        return _reason(self.parts, place)


@lru_cache(maxsize=1 << 14)
def read(file: str, code: str, text: str, spans: tuple[Span, ...] = ()) -> Reading:
    """Read the paragraph ``text`` of a page; ``code`` is all that the page's blocks hold and print.

    ``claimable`` are the numbers that a claim must list, in order; ``unclaimed`` counts the others by reason;
    ``strange`` are the words with digits that neither the code nor the allow-list knows.
    """
    answered = tuple(_parts(_answered(file, code, text, spans), len(text)))
    found = numbers(text, spans)
    reasons = [_reason(answered, each.start) for each in found]
    known = [(each.start, each.start + len(each.text)) for each in found]
    words = numerals.blanked(text, sorted([*_unseen(spans), *_formulas(spans), *known]))
    return Reading(
        answered,
        tuple(each for each, reason in zip(found, reasons, strict=True) if reason is None),
        Counter(reason for reason in reasons if reason),
        tuple(
            Name(match[0], match.start())
            for match in _NAME.finditer(words)
            if _reason(answered, match.start()) is None and not _holds(code, match[0])
        ),
    )


def numbers(text: str, spans: tuple[Span, ...]) -> tuple[Numeral, ...]:
    """The numbers of a paragraph that a reader sees: not in targets, tags and attributes, nor before an item."""
    return numerals.find(text, tuple(_unseen(spans)), tuple(_formulas(spans)))


def _formulas(spans: Iterable[Span]) -> Iterator[tuple[int, int]]:
    return ((span.start, span.end) for span in spans if span.mark is Mark.FORMULA)


def _unseen(spans: tuple[Span, ...]) -> Iterator[tuple[int, int]]:
    """What a reader does not see: targets, tags and attributes, but for what is said in them."""
    said = iter([span for span in spans if span.mark is Mark.SAID])
    title, place = next(said, None), 0
    for span in spans:
        if span.mark not in UNSEEN:
            continue
        place = max(place, span.start)
        while title is not None and title.start < span.end:
            yield place, max(place, title.start)
            place, title = max(place, title.end), next(said, None)
        yield place, max(place, span.end)
        place = max(place, span.end)


def _parts(ranges: Iterable[tuple[int, int, str]], length: int) -> Iterator[tuple[int, int, str]]:
    """Ranges of a text of this length without overlaps, in order: where two meet, the first one counts."""
    ranges = list(ranges)
    if not ranges:
        return
    painted: list[str | None] = [None] * length
    for start, end, reason in ranges:
        painted[start:end] = [old or reason for old in painted[start:end]]
    place = 0
    for reason, run in groupby(painted):
        start, place = place, place + sum(1 for _ in run)
        if reason:
            yield start, place, reason


def _reason(parts: tuple[tuple[int, int, str], ...], place: int) -> str | None:
    at = bisect_right(parts, place, key=lambda part: part[0]) - 1
    return parts[at][2] if at >= 0 and place < parts[at][1] else None


def _answered(file: str, code: str, text: str, spans: Iterable[Span]) -> Iterator[tuple[int, int, str]]:
    for allowed in ALLOWED:
        for span in allowed.spans(file, text):
            yield (*span, allowed.reason)
    for span in spans:
        if span.mark is Mark.CODE:
            if re.search(r"[^\d\s.-]", span.text) and _alike(code, span.text) == {span.text}:
                yield (span.inner, span.inner + len(span.text), IN_CODE)
        elif span.mark is Mark.COUNT:
            yield (span.start, span.end, IN_ORDER)


def _holds(code: str, words: str) -> bool:
    return words in _alike(code, words)


@lru_cache(maxsize=1 << 14)
def _alike(code: str, words: str) -> frozenset[str]:
    """What the code holds, as whole words and numbers, that differs from these words in its numbers at most."""
    shaped, shifts = _shaped(code)
    form = _DIGITS.sub("0", words)
    found, start = set(), shaped.find(form)
    while start >= 0:
        end = start + len(form)
        before, after = shaped[max(0, start - 2) : start], shaped[end : end + 2]
        if not re.search(r"\w\Z|0\.\Z", before) and not re.match(r"\w|\.0", after):
            found.add(code[start + _shift(shifts, start) : end + _shift(shifts, end)])
        start = shaped.find(form, start + 1)
    return frozenset(found)


@lru_cache(maxsize=1 << 6)
def _shaped(code: str) -> tuple[str, list[tuple[int, int]]]:
    """The code with 0 for each number; and from where in it, by how much places of the code are farther on."""
    shifts, longer = [(0, 0)], 0
    for match in _DIGITS.finditer(code):
        if len(match[0]) > 1:
            longer += len(match[0]) - 1
            shifts.append((match.end() - longer, longer))
    return _DIGITS.sub("0", code), shifts


def _shift(shifts: list[tuple[int, int]], place: int) -> int:
    return shifts[bisect_right(shifts, place, key=lambda shift: shift[0]) - 1][1]


def by_formula(page: Page, paragraph: Paragraph, numeral: Numeral) -> bool:
    """Whether a checked formula answers for a number of a paragraph."""
    if not numeral.is_integer:
        return False
    place = page.offset(paragraph.line) + numeral.start
    return any(start <= place < end for start, end in page.formulas.owned)


def misnamed(page: Page, paragraph: Paragraph, numeral: Numeral, expression: str) -> str | None:
    """The name that a formula such as «y = 7» gives to a number whose expression takes it from another letter."""
    letter = _letter(expression)
    names = datum_names(page, paragraph, numeral)
    return next((name for name in names if letter and name.partition("_")[0] != letter), None)


def datum_names(page: Page, paragraph: Paragraph, numeral: Numeral) -> list[str]:
    """What formulas such as «y = 7» call a number."""
    place = page.offset(paragraph.line) + numeral.start
    return [datum.name for datum in page.formulas.data if datum.start <= place < datum.end]


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
