"""Tables: rows whose cells a reader would not find where they were written."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from nabla.model.page import Span
from nabla.parse.tags import Wrong

if TYPE_CHECKING:
    from nabla.parse.inline import Sign


def faults(text: str, signs: list[Sign], formulas: list[Span]) -> list[Wrong]:
    """What is wrong with the tables of a text: its ``signs`` are those outside code."""
    if "|" not in text:
        return []
    lines = text.split("\n")
    rules = [place for place, line in enumerate(lines) if place and _is_rule(line)]
    if not rules:
        return []
    if rules[0] != 1:
        at = sum(len(line) + 1 for line in lines[: rules[0] - 1])
        return [(at, "esta tabla no empieza su párrafo", "deja una línea en blanco delante")]
    wrong: list[Wrong] = []
    starts = [span.start for span in formulas]
    bars: list[list[int]] = [[]]
    for sign in signs:
        if sign.text == "\n":
            bars.append([])
        elif sign.text == "|" and not sign.escaped:
            place = bisect_right(starts, sign.at) - 1
            if place >= 0 and sign.at < formulas[place].end:
                what = "una barra | dentro de la fórmula partiría en dos la celda de la tabla"
                if not wrong or wrong[-1][0] < starts[place]:
                    wrong.append((sign.at, what, "escribe \\lvert … \\rvert, \\mid o \\Vert"))
            else:
                bars[-1].append(sign.at)
    if wrong:
        return wrong
    at = 0
    columns = _columns(lines[0], 0, bars[0])
    for line, found in zip(lines, bars, strict=True):
        if (cells := _columns(line, at, found)) != columns:
            what = f"esta fila tiene {cells} celdas, y la tabla, {columns} columnas"
            wrong.append((at, what, "una celda por columna; una barra que no separa se escribe \\|"))
        at += len(line) + 1
    return wrong


def _is_rule(line: str) -> bool:
    return "|" in line and "-" in line and not line.strip(" |:->")


def _columns(line: str, at: int, bars: list[int]) -> int:
    """How many cells a line has, which starts at offset ``at`` and has these bars."""
    first = at + len(line) - len(line.lstrip(" >"))
    last = at + len(line.rstrip()) - 1
    inner = [bar for bar in bars if bar not in (first, last)]
    return len(inner) + 1
