r"""Small faults of LaTeX formulas: a digit, sign, letter, factor, sum, fraction or transpose changed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.mutation.mutant import Mutant

_LETTER = r"(?<![\\a-zA-Z])[a-zA-Z](?![a-zA-Z{])"
_OTHERS = {
    "m": "b",
    "b": "m",
    "x": "y",
    "y": "x",
    "i": "j",
    "w": "b",
    "+": "-",
    "-": "+",
    r"\min": r"\max",
    "z": "a",
    "a": "z",
}
_ATOM = re.compile(
    rf"(?:\\(?:hat|bar)\s*)?(?:\\(?:alpha|sigma|varphi)\b|{_LETTER}|\d*\.\d+|\d+)"
    r"(?:_(?:\{[^{}]*\}|\w))?(?:\^(?:\{[^{}]*\}|\w|\\top))?"
)
_NOT_MATHS = re.compile(
    r"_\{\\text\{[^{}]*\}[^{}]*\}|\\\\\s*\[[^\]]*\]|\\begin\{\w+\}|\\end\{\w+\}|\\text\{[^{}]*\}"
)
_DROPPED = re.compile(r"\\sum_(?:\{[^{}]*\}|\w)|\\[dt]?frac\{1\}\{n\}|\^\\top")
_FRACTION = re.compile(r"\\([dt]?frac)\{([^{}]*)\}\{([^{}]*)\}")
# A factor goes with the dot that multiplied it.
_WITH_DOT = re.compile(r"(?:\\cdot\s*)?\0(?:(?<=\\cdot)\s*\0)?")


def mutants(formula: str, start: int = 0) -> Iterator[Mutant]:
    """The faults of a formula that stands at ``start`` of its page."""
    asides = [match.span() for match in _NOT_MATHS.finditer(formula)]

    def found(pattern: str | re.Pattern[str]) -> Iterator[re.Match[str]]:
        for match in re.finditer(pattern, formula):
            if not any(first <= match.start() < last for first, last in asides):
                yield match

    def put(match: re.Match[str], new: str) -> Mutant:
        return Mutant(start + match.start(), start + match.end(), new)

    for match in found(r"\d"):
        yield put(match, str((int(match[0]) + 1) % 10))
    for match in found(rf"[-+]|\\min|{_LETTER}"):
        if match[0] in _OTHERS:
            yield put(match, _OTHERS[match[0]])
    for match in found(_ATOM):
        before = formula[: match.start()]
        if not before.rstrip().endswith(("_", "^", "_{", r"\partial", "d")):
            rest = _WITH_DOT.sub("", before + "\0" + formula[match.end() :]).replace(r"( \cdot", "(")
            if rest.strip():
                yield Mutant(start, start + len(formula), rest)
    for match in found(_DROPPED):
        yield put(match, "")
    for match in found(_FRACTION):
        if "partial" not in match[2] and not match[2].startswith("d"):
            yield put(match, rf"\{match[1]}{{{match[3]}}}{{{match[2]}}}")
