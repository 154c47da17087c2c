"""How long a lesson takes to read, its exercises and its quiz apart."""

from __future__ import annotations

import re

from nabla.model import course
from nabla.model.page import Kind, Page

# Unhurried: half the pace of a novel, since there is something to work out in every paragraph.
_WORDS_A_MINUTE = 130
_CODE_LINES_A_MINUTE = 20
_STEP = 5
# What is worked at, not read: nobody can say how long that takes.
_APART = (course.EXERCISES, course.QUIZ)


def minutes(page: Page) -> int:
    """The time for the page's words and code, to the nearest five minutes."""
    return max(_STEP, _STEP * round(_exact(page) / _STEP))


def _exact(page: Page) -> float:
    """The same, in minutes that are not rounded."""
    apart = _apart(page)
    words = sum(
        len(re.findall(r"\w+", page.lines[number - 1]))
        for each in page.regions
        if each.kind not in (Kind.FENCE, Kind.COMMENT)
        for number in range(each.line, each.last + 1)
        if number not in apart
    )
    lines = sum(block.section.code.count("\n") for block in page.blocks if block.line not in apart)
    return words / _WORDS_A_MINUTE + lines / _CODE_LINES_A_MINUTE


def _apart(page: Page) -> set[int]:
    """The numbers of the lines that are not read from top to bottom."""
    found: set[int] = set()
    titles = list(page.of(Kind.HEADING, "##"))
    ends = [each.line for each in titles[1:]] + [len(page.lines) + 1]
    for title, end in zip(titles, ends, strict=True):
        if title.text in _APART:
            found.update(range(title.line, end))
    return found
