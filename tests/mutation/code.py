"""Mutation of the snippets: ``python -m tests.mutation.code [page …] [--json]``, for example ``lote trampas``.

Each mutant must change something that a page publishes, or fail a test of derivatives. What remains is
listed in ``equivalent.toml`` with the reason why it cannot matter.

Practice notebooks are left to ``tests/test_notebooks.py``: their sources publish no output to compare with,
and there each task is given wrong answers, which its check must tell from the right one.

What became of a page's mutants is cached under a hash of all that decides it, so that at home only the
pages that changed are surveyed.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import itertools
import json
import multiprocessing
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from nabla.cache import store
from nabla.check.project import Project
from nabla.parse.page import Page
from nabla.run import keys
from tests.mutation import command, runs
from tests.mutation.equivalent import counts, faults
from tests.mutation.runs import Outcome

# How many processes take a page in turn: each runs the lesson once, so more shares are more work.
_SHARES = 2


def survey(root: Path, pages: Iterable[Page]) -> dict[str, list[Outcome]]:
    """What becomes of each mutant of each page of a project, by the page's file; on all processors."""
    keys = {page.file: key(root, page) for page in pages}
    found = {file: _load(root, file, keys[file]) for file in keys}
    for file, outcomes in _survey([page for page in pages if found[page.file] is None]):
        found[file] = sorted(outcomes, key=lambda each: (each.line, each.mutant))
        payload = json.dumps([dataclasses.asdict(each) for each in found[file]])
        store.write(_entry(root, file), keys[file], payload)
    return found


def _survey(pages: list[Page]) -> Iterator[tuple[str, list[Outcome]]]:
    """Each page with its outcomes, as soon as all are known."""
    if not pages:
        return
    runs.prepare()
    longest_first = sorted(pages, key=lambda page: -len(page.code))
    jobs = [(page, share, _SHARES) for page in longest_first for share in range(_SHARES)]
    parts: dict[str, list[list[Outcome]]] = {page.file: [] for page in pages}
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        for done, (file, part) in enumerate(pool.imap_unordered(runs.of_share, jobs, chunksize=1), 1):
            print(f"  [{done}/{len(jobs)}] {file}: {len(part)}", file=sys.stderr, flush=True)
            parts[file].append(part)
            if len(parts[file]) == _SHARES:
                yield file, list(itertools.chain.from_iterable(parts[file]))


def key(root: Path, page: Page) -> str:
    """The hash of all that decides what becomes of the mutants of a page."""
    job = keys.job(root, page)
    published = [
        *((block.section.line, block.expected) for block in page.blocks),
        *((block.failure.error, block.failure.words) for block in page.blocks if block.failure),
        *([numeral.text for numeral in claim.numerals] for claim in page.claims),
        *((figure.section, figure.data) for figure in page.figures),
    ]
    judge = runs.judge_of(page)
    tests = judge.read_text("utf-8") if judge.exists() else ""
    modules = keys.modules_of_project(command.ROOT, ["import tests.mutation.runs", tests])
    material = json.dumps([job["key"], published, tests, modules])
    return hashlib.sha256(material.encode()).hexdigest()


def _entry(root: Path, file: str) -> Path:
    return root / ".cache" / "mutants" / f"{Path(file).stem}.json"


def _load(root: Path, file: str, key: str) -> list[Outcome] | None:
    with contextlib.suppress(store.Damaged):  # of another key, in most cases
        if payload := store.read(_entry(root, file), key):
            return [Outcome(**each) for each in json.loads(payload)]
    return None


def chosen(root: Path, names: list[str]) -> list[Page]:
    """The pages whose snippets are surveyed, or those of them with these names."""
    pages = [page for page in Project.load(root).pages.values() if page.blocks and not page.is_notebook]
    return [page for page in pages if not names or Path(page.file).stem in names]


def main() -> int:
    asked = command.arguments("code", __doc__, "lote")
    root = Path.cwd()
    found = survey(root, chosen(root, asked.pages))
    found["total"] = list(itertools.chain.from_iterable(found.values()))
    table = {file: counts(each) for file, each in found.items()}
    if asked.json:
        print(json.dumps(table, indent=1))
    else:
        columns = table["total"].keys()
        print(f"{'':24}" + "".join(f"{column:>11}" for column in columns))
        for file, row in table.items():
            print(f"{Path(file).stem:24}" + "".join(f"{number:11}" for number in row.values()))
    wrong = faults(found["total"])
    print(*wrong, f"{len(wrong)} faults", sep="\n", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
