"""How long a lesson takes to read."""

from __future__ import annotations

import re

from nabla.model.page import Kind, Page

# Unhurried: half the pace of a novel, since there is something to work out in every paragraph.
_WORDS_A_MINUTE = 130
_CODE_LINES_A_MINUTE = 20
_STEP = 5


def minutes(page: Page) -> int:
    """The time for the page's words and code, to the nearest five minutes."""
    prose = (each for each in page.regions if each.kind not in (Kind.FENCE, Kind.COMMENT))
    words = sum(
        len(re.findall(r"\w+", line)) for each in prose for line in page.lines[each.line - 1 : each.last]
    )
    lines = sum(block.section.code.count("\n") for block in page.blocks)
    exact = words / _WORDS_A_MINUTE + lines / _CODE_LINES_A_MINUTE
    return max(_STEP, _STEP * round(exact / _STEP))
