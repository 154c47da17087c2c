"""How long a lesson takes to read."""

from __future__ import annotations

import re

from nabla.parse.page import Page

# Unhurried: half the pace of a novel, since there is something to work out in every paragraph.
_WORDS_A_MINUTE = 130
_CODE_LINES_A_MINUTE = 20
_STEP = 5

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def minutes(page: Page) -> int:
    """The time for the page's words and code, to the nearest five minutes."""
    code = {number for fence in page.fences for number in range(fence.start, fence.end + 1)}
    prose = "\n".join(line for number, line in enumerate(page.lines, 1) if number not in code)
    words = len(re.findall(r"\w+", _COMMENT.sub("", prose)))
    lines = sum(block.section.code.count("\n") for block in page.blocks)
    exact = words / _WORDS_A_MINUTE + lines / _CODE_LINES_A_MINUTE
    return max(_STEP, _STEP * round(exact / _STEP))
