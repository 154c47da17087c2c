"""What the reader of a practice notebook has to write: marked in the solution, left blank in the other version.

Two marks, and the source is the solved version:

- ``slope = rise / run  # solución``: the reader finds ``slope = ...``;
- ``# solución: qué hay que hacer``: the reader finds that comment and ``...`` in the place of the lines
  below it, up to a blank line or to a smaller indentation.

The solved version has as many lines as the source, so that an error in it has the line of the source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nabla.model import course

_LINE = re.compile(rf"(?P<indent>\s*)(?P<head>return |[^=#]+ = )(?P<answer>.+?)\s+# {course.GAP}")
_REGION = re.compile(rf"(?P<indent>\s*)# {course.GAP}: (?P<what>.+)")
_MARK = re.compile(r"#\s*soluci[oó]n\b", re.IGNORECASE)


class HoleError(Exception):
    """A mark that cannot be understood; the text says why, in Spanish. ``line`` counts from 0."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


@dataclass(frozen=True)
class Hole:
    """Lines ``start`` to ``end`` (not included) of a solution; what the other two versions have there."""

    start: int
    end: int
    indent: str
    solved: tuple[str, ...]
    blank: tuple[str, ...]


def find(code: str) -> list[Hole]:
    """The holes of a cell, in order. Raises HoleError for a mark that is neither of the two."""
    lines = code.splitlines()
    holes: list[Hole] = []
    for number, line in enumerate(lines):
        if not _MARK.search(line):
            continue
        if holes and number < holes[-1].end:
            raise HoleError(number, "una solución dentro de otra")
        if match := _REGION.fullmatch(line):
            holes.append(_region(lines, number, match))
        elif match := _LINE.fullmatch(line):
            solved, head = line[: match.end("answer")], line[: match.start("answer")]
            blank = f"{head}...  # completa esta línea"
            holes.append(Hole(number, number + 1, match["indent"], (solved,), (blank,)))
        else:
            raise HoleError(
                number,
                f"«# {course.GAP}» va al final de una asignación o de un «return», o sola y con dos puntos",
            )
    return holes


def _region(lines: list[str], start: int, match: re.Match[str]) -> Hole:
    indent = match["indent"]
    end = start + 1
    while end < len(lines) and lines[end].strip() and lines[end].startswith(indent):
        end += 1
    if end == start + 1:
        raise HoleError(start, f"no hay ninguna línea debajo de esta «# {course.GAP}:»")
    solved = (f"{indent}# {match['what']}", *lines[start + 1 : end])
    return Hole(start, end, indent, solved, (f"{indent}# completa: {match['what']}", f"{indent}..."))


def solved(code: str) -> str:
    """The code with its solutions, without the marks."""
    return _replaced(code, [hole.solved for hole in find(code)])


def to_complete(code: str) -> str:
    """The code with ``...`` where the reader writes."""
    return _replaced(code, [hole.blank for hole in find(code)])


def _replaced(code: str, contents: Sequence[Sequence[str]]) -> str:
    lines = code.splitlines()
    for hole, content in reversed(list(zip(find(code), contents, strict=True))):
        lines[hole.start : hole.end] = content
    return "".join(f"{line}\n" for line in lines)
