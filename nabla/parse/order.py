"""Numbers that only count: the items of an ordered list, and titles such as «Ejercicio 3»."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

_MARKER = re.compile(r"^(?P<what>[\s>]*)(?P<number>\d+)[.)]\s")
_TITLE = re.compile(
    r"^\s*(?:/{3,}\s*\w+\s*\|\s*|#+\s+|\*\*)(?P<what>Ejercicio|Paso|Pregunta|Sospecha|Tarea)\s(?P<number>\d+)\b"
)


def place(line: str) -> tuple[int, int] | None:
    """Where the number that counts stands in a line, if it has one."""
    match = _MARKER.match(line) or _TITLE.match(line)
    return match.span("number") if match else None


def breaks(lines: Sequence[str], code: Collection[int]) -> list[tuple[int, str, int, int]]:
    """Where the count breaks: line, what is counted, the number there and the one expected.

    A count starts at 1 or goes on where the last one of its kind (and, in a list, of its indent) ended.
    """
    found = []
    last: dict[str, int] = {}
    for line, text in enumerate(lines, 1):
        match = None if line in code else _MARKER.match(text) or _TITLE.match(text)
        if match is None:
            continue
        what, number = match["what"], int(match["number"])
        expected = last.get(what, 0) + 1
        if number not in (1, expected):
            found.append((line, what.strip(" >") or "la lista", number, expected))
        last[what] = number
    return found
