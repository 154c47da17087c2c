"""A block of a page with all it needs from the blocks before it, to be copied and run alone."""

from __future__ import annotations

import hashlib
import json
import sys
from functools import cache
from pathlib import Path, PurePosixPath

from nabla.cache import recent, store
from nabla.parse.page import Page
from nabla.run.runner import BlockRun, Run
from nabla.slicing import dataflow, effects

_CACHE = Path(__file__).resolve().parents[2] / ".cache/needs"
_KNOWN_BY = [Path(module.__file__) for module in (dataflow, effects)] + [Path(__file__)]


def needed(page: Page, run: Run) -> list[tuple[int, ...]]:
    """For each block, the indexes of the earlier ones that must run before it, in order.

    Found in the code, cautiously: in doubt, an earlier block is needed. The run only tells at which line
    a block that fails on purpose does so.
    """
    code = [
        (block.section.code, _certain(index, result))
        for index, (block, result) in enumerate(zip(page.blocks, run.blocks, strict=True))
    ]
    key = hashlib.sha256(json.dumps([code, sys.version, *_version()]).encode()).hexdigest()
    file = _CACHE / PurePosixPath(page.file).with_suffix("") / f"{key[:24]}.json"
    known = store.kept(file, key, lambda: json.dumps(_slices(code)))
    recent.use(file)
    return [tuple(each) for each in json.loads(known)]


def _certain(index: int, result: BlockRun) -> int | None:
    """The line before which all is sure to have run; None if all of it ran."""
    if not result.error:
        return None
    return result.error["line"] if result.error["block"] == index else 1


def _slices(code: list[tuple[str, int | None]]) -> list[list[int]]:
    program = dataflow.Program()
    return [sorted(program.run(each, certain)) for each, certain in code]


@cache
def _version() -> list[str]:
    return [hashlib.sha256(file.read_bytes()).hexdigest() for file in _KNOWN_BY]
