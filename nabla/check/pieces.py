"""The pieces of a page, ``/// admonition | Title`` … ``///``: which hold which, and those that are wrong.

pymdownx takes a wrong piece for another, or for text: one missing end swallows all that follows.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from nabla.model import course
from nabla.model.problem import Problem
from nabla.parse.page import Page

_LINE = re.compile(r"^(?P<indent>[ \t]*)(?P<bars>/{3,})[ \t]*(?P<rest>.*?)[ \t]*$")
_OPENING = re.compile(r"(?P<kind>[\w-]+)[ \t]*(?:\|[ \t]*(?P<title>.*))?$")
_TYPE = re.compile(r"^\s{4,}type:[ \t]*(?P<type>\S*)[ \t]*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Piece:
    """A block of lines ``first`` to ``last``, both marks included; ``text`` is what it says, without comments."""

    kind: str
    type: str
    title: str
    first: int
    last: int
    text: str

    def holds(self, line: int) -> bool:
        return self.first < line < self.last


def read(page: Page) -> tuple[list[Piece], list[Problem]]:
    """The pieces of a page, in order, and what is wrong with their marks and types."""
    code = {number for fence in page.fences for number in range(fence.start, fence.end + 1)}
    found: list[Piece] = []
    problems: list[Problem] = []
    opened: list[tuple[int, str, re.Match[str]]] = []
    for number, line in enumerate(page.lines, 1):
        mark = None if number in code else _LINE.match(line)
        if mark is None:
            continue
        bars = mark["bars"]
        if mark["rest"]:
            opening = _OPENING.match(mark["rest"])
            if opening is None or opening["kind"] not in (*course.PIECES, *course.PLAIN):
                problems.append(_unknown(page, number, mark["rest"]))
                continue
            while any(bars == each[1] for each in opened):
                problems.append(_unclosed(page, *opened.pop()[:2]))
            opened.append((number, bars, opening))
        elif opened and any(bars == each[1] for each in opened):
            while opened[-1][1] != bars:
                problems.append(_unclosed(page, *opened.pop()[:2]))
            first, _, opening = opened.pop()
            piece = _piece(page, first, number, opening)
            found.append(piece)
            problems += _type(page, piece)
        else:
            fix = "quítalo, o pon su comienzo: /// admonition | Título"
            problems.append(Problem(page.file, number, f"este cierre {bars} no cierra nada", fix=fix))
    problems += [_unclosed(page, first, bars) for first, bars, _ in opened]
    return sorted(found, key=lambda piece: piece.first), problems


def _piece(page: Page, first: int, last: int, opening: re.Match[str]) -> Piece:
    declared = _TYPE.match(page.lines[first]) if first < last - 1 else None
    body = "\n".join(page.lines[first + bool(declared) : last - 1])
    text = _COMMENT.sub("", body).strip()
    return Piece(
        opening["kind"], declared["type"] if declared else "", opening["title"] or "", first, last, text
    )


def _type(page: Page, piece: Piece) -> Iterable[Problem]:
    known = course.PIECES.get(piece.kind, ())
    if not known or piece.type in known:
        return
    where = next((kind for kind, types in course.PIECES.items() if piece.type in types), None)
    near = difflib.get_close_matches(piece.type, known, n=1)
    if where:
        fix = f"escribe /// {where} | {piece.title}"
    elif near:
        fix = f"¿querías decir «{near[0]}»?"
    else:
        fix = f"di uno debajo, con cuatro espacios (    type: {known[0]}): {', '.join(known)}"
    said = f"de tipo «{piece.type}»" if piece.type else "sin tipo"
    yield Problem(page.file, piece.first, f"una pieza {piece.kind} {said} no existe", fix=fix)


def _unknown(page: Page, line: int, rest: str) -> Problem:
    known = (*course.PIECES, *course.PLAIN)
    near = difflib.get_close_matches(rest.split("|")[0].strip(), known, n=1)
    fix = f"¿querías decir «{near[0]}»?" if near else f"hay {', '.join(known)}"
    return Problem(page.file, line, f"una pieza «{rest}» no existe", fix=fix)


def _unclosed(page: Page, line: int, bars: str) -> Problem:
    fix = f"pon {bars} donde acaba; las que lleva dentro tienen otro número de barras"
    return Problem(page.file, line, f"a esta pieza le falta su cierre {bars}", fix=fix)
