"""Which mutants are tried now: all of a page that changed, and of the others a few, drawn anew each time.

So a record that lies is found out sooner or later, whoever wrote it, and usually soon: what is wrong is
seldom wrong in a single place.
"""

from __future__ import annotations

import importlib
import itertools
import math
import multiprocessing
import os
import random
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from nabla.check.project import Project
from nabla.run.runner import Run
from tests.mutation import equivalent, pages, record, runs

# One mutant in so many is tried again where the record stands, whoever judged it.
PART = 20
# How many processes take a page of code in turn: each runs the lesson once, so more shares are more work.
_SHARES = 2
# What every attack on a text needs, imported once for all processes.
_SHARED = (
    "tests.mutation.answers",
    "nabla.draw.drawing",
    "torch._dynamo",
)


@dataclass(frozen=True)
class Task:
    """A page and the numbers of the mutants that are tried; all of them if ``wanted`` is None."""

    file: str
    wanted: frozenset[int] | None


@dataclass
class Result:
    """What a campaign tried, and what is wrong."""

    whole: list[str] = field(default_factory=list)
    tried: int = 0
    faults: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.tried} mutants tried; attacked as a whole: {', '.join(self.whole) or 'no page'}"


def run(root: Path, kind: str, files: list[str], everything: bool, seed: int, renew: bool = False) -> Result:
    """Attack the ``texts`` or the ``code`` of pages, and record those that were attacked as a whole.

    Args:
        files: the pages; all if none is named.
        everything: whether pages that did not change are attacked as a whole, too.
        seed: of the draw among the mutants of the others.
        renew: whether what was found may take the place of another record of the same page.
    """
    project = Project.load(root)
    result = Result()
    chosen = [file for file in record.attacked(project, kind) if not files or file in files]
    tasks = [_task(project, kind, file, everything, seed) for file in chosen]
    for task, fates, found, faults in ATTACKS[kind](project, tasks):
        result.tried += len(fates)
        result.faults += faults
        before = record.load(root, task.file, kind)
        if task.wanted is None:
            result.whole.append(task.file)
        if before and not renew and (before.key, before.judge) == _signature(project, kind, task.file):
            wrong = before.same_fates(fates)
            result.faults += [
                f"{task.file}: {kind} {number}: the record lies (seed {seed})" for number in wrong
            ]
            if task.wanted is None and len(fates) != len(before.fates):
                result.faults.append(f"{task.file}: {kind}: the record has {len(before.fates)} mutants")
        if found is not None and not faults and task.file != record.UNRECORDED:
            record.store(root, task.file, kind, found)
    return result


def _signature(project: Project, kind: str, file: str) -> tuple[str, str]:
    page = project.pages[file]
    if kind == "code":
        return record.key_of_code(project.root, page), record.judge(kind)
    return record.key_of_text(project.root, page), record.judge(kind)


def _task(project: Project, kind: str, file: str, everything: bool, seed: int) -> Task:
    before = record.load(project.root, file, kind)
    key, _ = _signature(project, kind, file)
    if everything or before is None or before.key != key:
        return Task(file, None)
    count = len(before.fates)
    draw = random.Random(f"{seed} {kind} {file}")
    return Task(file, frozenset(draw.sample(range(count), math.ceil(count / PART))))


Found = tuple[Task, dict[int, str], record.Attack | None, list[str]]


def _texts(project: Project, tasks: list[Task]) -> Iterator[Found]:
    by_run = project.run()
    tasks = sorted(tasks, key=lambda task: -len(project.pages[task.file].lines))  # the long ones first
    jobs = [(project, by_run.get(task.file), task) for task in tasks]
    for module in _SHARED:
        importlib.import_module(module)
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        for done, (task, report) in enumerate(pool.imap_unordered(_attack_text, jobs, chunksize=1), 1):
            _say(done, len(jobs), task.file, report.mutants)
            faults = [str(survivor) for survivor in report.survivors]
            found = None
            if task.wanted is None and not faults:
                found = record.of_text(project.root, project.pages[task.file], report)
            yield task, report.fates, found, faults


def _attack_text(job: tuple[Project, Run | None, Task]) -> tuple[Task, pages.Report]:
    project, run_of_page, task = job
    return task, pages.Attack(project, run_of_page, task.file).report(task.wanted)


def _code(project: Project, tasks: list[Task]) -> Iterator[Found]:
    by_file = {task.file: task for task in tasks if task.wanted != frozenset()}
    jobs = [(project.pages[task.file], share) for task in by_file.values() for share in _shares(task)]
    jobs.sort(key=lambda job: (isinstance(job[1], frozenset), -len(job[0].code)))
    if not jobs:
        return
    runs.prepare()
    parts: dict[str, list[dict[int, runs.Outcome]]] = {file: [] for file in by_file}
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        for done, (file, part) in enumerate(pool.imap_unordered(runs.of_share, jobs, chunksize=1), 1):
            _say(done, len(jobs), file, len(part))
            parts[file].append(part)
            task = by_file[file]
            if len(parts[file]) < len(list(_shares(task))):
                continue
            outcomes = dict(itertools.chain.from_iterable(each.items() for each in parts[file]))
            whole = task.wanted is None
            faults = equivalent.faults(outcomes.values(), whole)
            fates = {number: record.letter(each.kind) for number, each in outcomes.items()}
            yield (
                task,
                fates,
                record.of_code(project.root, project.pages[file], outcomes) if whole else None,
                faults,
            )


ATTACKS = {"texts": _texts, "code": _code}


def _shares(task: Task) -> Iterable[range | frozenset[int]]:
    if task.wanted is not None:
        return [task.wanted]
    return [range(share, sys.maxsize, _SHARES) for share in range(_SHARES)]


def _say(done: int, count: int, file: str, mutants: int) -> None:
    print(f"  [{done}/{count}] {file}: {mutants}", file=sys.stderr, flush=True)
