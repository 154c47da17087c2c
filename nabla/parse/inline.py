"""What stands within the lines of a run of text: code, formulas, links, tags, attributes.

The text is cut once into signs, and every step goes over the list of signs: linear in its length, whatever it
holds. What Python-Markdown and its extensions would publish otherwise than it looks is a fault, not a guess:
code and formulas stand on one line, as all pages write them, so that no stray sign can reach into the next one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from nabla.model import course
from nabla.model.page import Mark, Span
from nabla.parse import links, tables, tags

_SIGN = re.compile(r"\\+|`+|\$+|[<>{}()\[\]|\n]")
_MARKER = re.compile(r"(?P<what>[\s>]*)(?P<number>\d+)[.)](?=\s)")
_TITLE = re.compile(rf"\s*(?:#+ +|\*\*)?(?P<what>{course.COUNTED})\s(?P<number>\d+)\b")
_COUNTED_LINE = re.compile(r"\s*(?:#|\*\*)")
_BLOCK_OF_OTHERS = re.compile(r"\s*(?:!!!|\?\?\?|={3,}|:::|~~~)")
_FENCE_INSIDE = "una valla (```) que no empieza su línea no es un bloque de código para nadie"


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text cannot be published as it stands, in Spanish; ``at`` is an offset in it."""

    at: int
    what: str
    fix: str


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign that may mean something, outside code; its first letter may be escaped."""

    at: int
    text: str
    escaped: bool

    @property
    def end(self) -> int:
        return self.at + len(self.text)


@dataclass(frozen=True, slots=True)
class Inline:
    """The spans of a text, in order of their start, and its faults."""

    spans: tuple[Span, ...]
    faults: tuple[Fault, ...]


@lru_cache(maxsize=1 << 14)
def read(text: str, is_title: bool = False) -> Inline:
    """Read a run of lines; ``is_title`` for the title of a piece, which counts as a heading does."""
    faults: list[Fault] = []
    signs, code = _code(text, faults)
    outside, formulas = _formulas(text, signs, code, faults)
    found = [*code, *formulas, *_counts(text, is_title)]
    solid = sorted((*code, *formulas), key=lambda span: span.start)
    for spans, wrong in (
        tags.read(text, outside, solid),
        links.read(text, outside, solid),
    ):
        found += spans
        faults += (Fault(*each) for each in wrong)
    faults += (Fault(*each) for each in tables.faults(text, signs, formulas))
    return Inline(tuple(sorted(found, key=lambda span: (span.start, -span.end))), tuple(faults))


def _code(text: str, faults: list[Fault]) -> tuple[list[Sign], list[Span]]:
    """The signs outside code, and the code."""
    runs = [Sign(match.start(), match[0], False) for match in _SIGN.finditer(text)]
    ends: dict[tuple[int, int], list[int]] = {}  # of runs of backticks, by line and length, last first
    line = 0
    for place, run in enumerate(runs):
        line += run.text == "\n"
        if run.text[0] == "`":
            ends.setdefault((line, len(run.text)), []).append(place)
    for places in ends.values():
        places.reverse()
    signs: list[Sign] = []
    code: list[Span] = []
    place, line, escaped_at, complained = 0, 0, -1, -1
    while place < len(runs):
        run = runs[place]
        line += run.text == "\n"
        escaped = run.at == escaped_at
        if run.text[0] == "\\":
            escaped_at = run.end if len(run.text) % 2 else -1
        if run.text[0] != "`":
            signs.append(Sign(run.at, run.text, escaped))
            place += 1
            continue
        length = len(run.text) - escaped
        closing = ends.get((line, length), [])
        while closing and closing[-1] <= place:
            closing.pop()
        if length == 0:
            place += 1
        elif length >= 3 and complained != line:
            faults.append(
                Fault(run.at, _FENCE_INSIDE, "ponla al principio de su línea, o usa código en línea")
            )
            complained, place = line, place + 1
        elif closing:
            span = Span(
                Mark.CODE, run.at + escaped, runs[closing[-1]].end,
                text[run.end : runs[closing[-1]].at], inner=run.end,
            )  # fmt: skip
            code.append(span)
            if span.text.startswith(("#!", ":::")):
                faults.append(
                    Fault(span.start, "código en línea con un lenguaje, que nadie ejecuta", "quítaselo")
                )
            place = closing[-1] + 1
        else:
            if complained != line:
                what = "este acento grave (`) no tiene pareja en su línea"
                faults.append(
                    Fault(run.at, what, "cierra el código en la misma línea; si es un acento, escribe \\`")
                )
            complained, place = line, place + 1
    return signs, code


def _formulas(
    text: str, signs: list[Sign], code: list[Span], faults: list[Fault]
) -> tuple[list[Sign], list[Span]]:
    """The signs outside formulas, and the formulas."""
    outside: list[Sign] = []
    formulas: list[Span] = []
    opened: int | None = (
        None  # where a dollar stands, and how many signs and spans of code there were before it
    )
    signs_before, code_before, codes, is_wrong = 0, 0, 0, False
    for sign in [*signs, Sign(len(text), "\n", False)]:
        while codes < len(code) and code[codes].start < sign.at:
            codes += 1
        length = len(sign.text) - sign.escaped
        fault = None
        if sign.text == "\n":
            fault = None if opened is None else _stray(opened)
            opened = None
        if sign.text[0] != "$" or length == 0:
            outside.append(sign)
        elif length > 1:
            what = "«$$» abre y cierra una fórmula aparte: solo en su línea, sin sangrar"
            fix = "pon cada $$ en una línea suya, con una en blanco delante y otra detrás; en la frase, $…$"
            fault, opened = Fault(sign.at, what, fix), None
        elif opened is None:
            opened, signs_before, code_before = sign.at + sign.escaped, len(outside), codes
            if text[opened + 1 : opened + 2].isspace():
                fault, opened = _spaced(opened), None
        elif text[sign.end - 2].isspace():
            fault, opened = _spaced(opened), None
        elif codes > code_before:
            fault, opened = _stray(opened), None
        else:
            formulas.append(
                Span(
                    Mark.FORMULA,
                    opened,
                    sign.end,
                    text[opened + 1 : sign.at + sign.escaped],
                    inner=opened + 1,
                )
            )
            del outside[signs_before:]
            opened = None
        if fault and not is_wrong:  # whatever else is wrong in a line follows from it
            faults.append(fault)
        is_wrong = (is_wrong or fault is not None) and sign.text != "\n"
    outside.pop()
    faults += _other_formulas(text, outside)
    return outside, formulas


def _stray(at: int) -> Fault:
    fix = "cierra la fórmula en la misma línea, sin código en medio; si es un dólar, escribe \\$"
    return Fault(at, "este $ no abre ni cierra ninguna fórmula", fix)


def _spaced(at: int) -> Fault:
    return Fault(
        at, "una fórmula con un espacio junto a su $ se publica sin componer", "pega los $ a la fórmula"
    )


def _other_formulas(text: str, outside: list[Sign]) -> Iterator[Fault]:
    for sign in outside:
        if sign.text[0] == "\\" and len(sign.text) % 2 and text.startswith(("(", "[", "begin{"), sign.end):
            what = "una fórmula entre \\(…\\), \\[…\\] o \\begin{…}…\\end{…} no la comprueba nadie"
            yield Fault(sign.at, what, "escríbela entre $…$, o entre líneas con $$")


def _counts(text: str, is_title: bool) -> Iterator[Span]:
    """The numbers of ordered lists, and of titles such as «Ejercicio 3»."""
    start = 0
    for line in text.split("\n"):
        if match := _MARKER.match(line):
            yield Span(Mark.MARKER, start + match.start(), start + match.end())
        elif is_title or _COUNTED_LINE.match(line):
            match = _TITLE.match(line)
        if match:
            first, last = match.span("number")
            yield Span(Mark.COUNT, start + first, start + last, match["number"], match["what"])
        start += len(line) + 1


def other_blocks(text: str) -> Iterator[Fault]:
    """Lines that open blocks of other dialects of Markdown, which would be published as they stand."""
    start = 0
    for line in text.split("\n"):
        if match := _BLOCK_OF_OTHERS.match(line):
            what = f"«{match[0].strip()}» no abre nada aquí: se publicaría tal cual"
            yield Fault(start, what, "las piezas se abren con ///; el código, con ```")
        start += len(line) + 1
