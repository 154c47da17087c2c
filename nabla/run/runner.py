"""The run of each lesson: taken from the cache, or made once by ``worker``.

This module imports neither torch nor matplotlib: a page whose code did not change costs no more
than reading a file.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from nabla.cache import recent, store
from nabla.model.fingerprint import Fingerprint
from nabla.model.page import Page
from nabla.model.problem import Problem
from nabla.run import keys, processes
from nabla.run.lesson import FORMULAS
from nabla.run.rounding import Tie


class LessonCrashed(Exception):
    """Lessons that left no result: ``problems`` says which and why, ``runs`` are those of the others."""

    def __init__(self, problems: list[Problem], runs: dict[str, Run]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems, self.runs = problems, runs


@dataclass(frozen=True)
class Reach:
    """What a block reached for outside the lesson: see ``reach`` and ``libraries``. Line 0: nobody knows."""

    kind: str
    what: str
    block: int
    line: int


@dataclass(frozen=True)
class BlockRun:
    """What one block did: text, figures (SVG, PNG, and what they plot), its error if it raised, its ties, its reach."""

    output: str
    figures: tuple[str, ...]
    pictures: tuple[str, ...]
    plotted: tuple[Fingerprint, ...]
    error: dict[str, Any] | None
    ties: tuple[Tie, ...] = ()
    reaches: tuple[Reach, ...] = ()


@dataclass(frozen=True)
class Run:
    """The run of a lesson. ``values[i][j]``: number j of claim i; an error's text; None for «_».

    ``live`` are the answers of ``live.values``, one per comment of ``page.live``; None if the run did not come so far.
    ``formulas`` are the answers of ``symbols.evaluate``, one per chain of ``formulas.job``.
    ``blocks`` ends at the block that stopped the lesson, if one did.
    """

    blocks: tuple[BlockRun, ...]
    values: tuple[tuple[Decimal | str | None, ...] | None, ...]
    formulas: tuple[dict[str, Any], ...]
    failed: bool
    live: tuple[dict[str, Any] | None, ...] = ()


def run_pages(root: Path, pages: Iterable[Page], standby: processes.Standby | None = None) -> dict[str, Run]:
    """The run of each page that holds code, by the page's file.

    Only lessons whose code, expressions or surroundings changed are executed. Raises
    LessonCrashed when a lesson leaves no result.
    """
    due = {page.file: page for page in pages if page.runnable and (page.blocks or page.formulas.relations)}
    jobs = {file: keys.job(root, page) for file, page in due.items()}
    runs = {file: _load(root, job) for file, job in jobs.items()}
    missing = [jobs[file] for file, run in runs.items() if run is None]
    stopped = processes.execute(root, missing, standby) if missing else []
    for job in missing:
        runs[job["page"]] = _load(root, job, keep_failed=True)
    complete = {file: run for file, run in runs.items() if run is not None}
    if lost := runs.keys() - complete.keys():
        known = {each.page: each for each in stopped}
        problems = [_stopped(due[file], known.get(file)) for file in sorted(lost)]
        raise LessonCrashed(problems, complete)
    return complete


def _stopped(page: Page, how: processes.Stopped | None) -> Problem:
    line, where = 1, "la lección"
    if how is not None and how.block == FORMULAS:
        where = "el cálculo de las fórmulas"
    elif how is not None and how.block is not None:
        line, where = page.blocks[how.block].line, f"el bloque «{page.blocks[how.block].section.name}»"
    if how is None:
        what, fix = "la ejecución no dejó resultado", "repite la orden"
    elif how.code is None:
        what = f"{where} no acaba: pasó de {processes.LIMIT:.0f} segundos"
        fix = "busca un bucle sin fin, o haz menos cuentas"
    else:
        what, fix = f"{where} acaba con su proceso (código {how.code})", "ejecuta el guion suelto para verlo"
    return Problem(page.file, line, what, fix=fix)


def _load(root: Path, job: dict[str, Any], keep_failed: bool = False) -> Run | None:
    """The stored run of a job; None if there is none that can be trusted."""
    file = Path(job["file"])
    payload = store.recall(file, job["key"])
    if payload is None:
        return None
    result = json.loads(payload)
    if result["failed"] and not keep_failed:
        return None
    recent.use(file)
    return Run(
        blocks=tuple(
            BlockRun(
                block["output"],
                tuple(figure["svg"] for figure in block["figures"]),
                tuple(figure["png"] for figure in block["figures"]),
                tuple(Fingerprint.read(figure["data"]) for figure in block["figures"]),
                block["error"],
                tuple(Tie(**tie) for tie in block["ties"]),
                tuple(Reach(**each) for each in block["reaches"]),
            )
            for block in result["blocks"]
        ),
        values=tuple(None if claim is None else tuple(map(_value, claim)) for claim in result["claims"]),
        formulas=tuple(result["formulas"]),
        failed=result["failed"],
        live=tuple(result["live"]),
    )


def _value(stored: dict[str, str] | None) -> Decimal | str | None:
    if stored is None:
        return None
    return Decimal(stored["value"]) if "value" in stored else stored["error"]
