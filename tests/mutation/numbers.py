"""The numbers of a page, found by another way than the check's, so that a blind spot of one is not one of both:
every digit outside code blocks, comments, link targets and attributes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from tests.mutation.mutant import Mutant

_UNSEEN = re.compile(
    r"""
    \A---\n.*?\n---\n                    # the front matter; what a reader meets of it is put back
  | <!--.*?-->
  | (?P<code>^[ ]*```text\n.*?^[ ]*```$ | `[^`\n]+`)  # what stands between < and > there is no tag
  | ^[ ]*```python\n.*?^[ ]*```$         # code comes from the snippets
  | ^[ ]*/{3,}[ ]*html[ ]*\|[^\n]*$          # classes
  | ^[ ]{4,}type:[^\n]*$
  | ^[ ]*```\w*$
  | </?[a-zA-Z][^<>]*>
  | \]\([^()\s]*(?:\s"[^"]*")?\)
  | \{:?\ ?[#.][a-zA-Z][^{}]*\}
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_SEEN_OF_FRONT_MATTER = re.compile(r"^(?:title|description):(.*)$", re.MULTILINE)
_NOT_SEEN_OF_LATEX = re.compile(r"\\\\\[[^\]]*\]|\\[hv]space\*?\{[^}]*\}")
_NUMBER = re.compile(r"\d+(?:\.\d+)*|\.\d+")
_MATHS = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)


def seen(text: str) -> list[re.Match[str]]:
    """The numbers of a page that a reader sees."""
    visible = _UNSEEN.sub(lambda match: match["code"] or _blank(match), text)
    if text.startswith("---\n"):
        for match in _SEEN_OF_FRONT_MATTER.finditer(text, 0, text.index("\n---\n")):
            visible = visible[: match.start(1)] + match[1] + visible[match.end(1) :]
    for match in _MATHS.finditer(visible):
        formula = without_lengths(match[0])
        visible = visible[: match.start()] + formula + visible[match.end() :]
    return list(_NUMBER.finditer(visible))


def without_lengths(latex: str) -> str:
    """A formula without the lengths in it, which nobody reads."""
    return _NOT_SEEN_OF_LATEX.sub(_blank, latex)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def mutants(text: str) -> Iterator[Mutant]:
    """Each number with its last digit changed, its first, its sign, and its place taken by the next one's."""
    numbers = seen(text)
    for number, following in zip_longest(numbers, numbers[1:]):
        start, end = number.span()
        first = next(place for place in range(start, end) if text[place].isdigit())
        yield Mutant(end - 1, end, _other_digit(text[end - 1]))
        if first != end - 1:
            yield Mutant(first, first + 1, _other_digit(text[first]))
        before = text[max(0, start - 2) : start]
        if re.search(r"(?:^|[^\w)\]}])[-−]$", before):
            yield Mutant(start - 1, start, "")
        elif number[0].strip("0.") and not re.search(r"[\w.\-−]$", before):  # zero has no sign
            yield Mutant(start, start, "-")
        between = text[end : following.start()] if following else "\n\n"
        # A product is the same the other way round.
        if "\n\n" not in between and between.strip() != r"\cdot" and _value(following) != _value(number):
            yield Mutant(start, following.end(), following[0] + between + number[0])


def _value(number: re.Match[str]) -> str:
    """The number without the zeros that end its decimals."""
    whole, dot, decimals = number[0].partition(".")
    return (whole + dot + decimals.rstrip("0")).rstrip(".")


def _other_digit(digit: str) -> str:
    return str((int(digit) + 1) % 10)
