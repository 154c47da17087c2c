"""A block of a page with all it needs from the blocks before it, to be copied and run alone."""

from __future__ import annotations

import json
from pathlib import Path

from nabla.cache import code, recent, store
from nabla.model import files
from nabla.model.page import Page
from nabla.run.runner import BlockRun, Run
from nabla.slicing import dataflow


def needed(root: Path, page: Page, run: Run) -> list[tuple[int, ...]]:
    """For each block, the indexes of the earlier ones that must run before it, in order.

    Found in the code, cautiously: in doubt, an earlier block is needed. The run only tells at which line
    a block that fails on purpose does so.
    """
    blocks = [
        (block.section.code, _certain(index, result))
        for index, (block, result) in enumerate(zip(page.blocks, run.blocks, strict=True))
    ]
    key = code.key(root, "nabla.slicing.dataflow", blocks)
    file = store.entry(root, "needs", files.flat(page.file), key)
    known = store.kept(file, key, lambda: json.dumps(_slices(blocks)))
    recent.use(file)
    return [tuple(each) for each in json.loads(known)]


def _certain(index: int, result: BlockRun) -> int | None:
    """The line before which all is sure to have run; None if all of it ran."""
    if not result.error:
        return None
    return result.error["line"] if result.error["block"] == index else 1


def _slices(blocks: list[tuple[str, int | None]]) -> list[list[int]]:
    program = dataflow.Program()
    return [sorted(program.run(each, certain)) for each, certain in blocks]
