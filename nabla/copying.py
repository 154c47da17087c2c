"""A block of a page with all it needs from the blocks before it, to be copied and run alone."""

from __future__ import annotations

from nabla.dataflow import Program
from nabla.page import Page
from nabla.runner import Run


def needed(page: Page, run: Run) -> list[tuple[int, ...]]:
    """For each block, the indexes of the earlier ones that must run before it, in order.

    Found in the code, cautiously: in doubt, an earlier block is needed. The run only tells at which line
    a block that fails on purpose does so.
    """
    program = Program()
    slices = []
    for index, (block, result) in enumerate(zip(page.blocks, run.blocks, strict=True)):
        error = result.error
        certain = None
        if error:
            certain = error["line"] if error["block"] == index else 1
        slices.append(tuple(sorted(program.run(block.section.code, certain))))
    return slices
