"""Mutation of the snippets: ``python -m tests.mutation.code [page …]``, for example ``lote trampas``.

Each mutant must change something that a page publishes, or fail a test of derivatives. What remains is
listed in ``equivalent.toml`` with the reason why it cannot matter.
"""

from __future__ import annotations

import gc
import importlib
import multiprocessing
import os
import sys
import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from nabla.fingerprint import Fingerprint
from nabla.page import Page
from nabla.project import Project
from tests.mutation.runs import KINDS, Outcome, outcomes

ROOT = Path(__file__).resolve().parent.parent.parent
EQUIVALENT = Path(__file__).with_name("equivalent.toml")
_SHARES = 4


def survey(pages: Iterable[Page]) -> dict[str, list[Outcome]]:
    """What becomes of each mutant of each page, by the page's file; on all processors."""
    _prepare()
    pages = [page for page in pages if page.blocks]
    found: dict[str, list[Outcome]] = {page.file: [] for page in pages}
    jobs = [(page, share) for page in pages for share in range(_SHARES)]
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        for done, (file, part) in enumerate(pool.imap_unordered(_survey_share, jobs, chunksize=1), 1):
            found[file] += part
            print(f"  [{done}/{len(jobs)}] {file}: {len(part)}", file=sys.stderr, flush=True)
    return {file: sorted(each, key=lambda one: (one.line, one.mutant)) for file, each in found.items()}


def _prepare() -> None:
    """Import once what every lesson needs; the children inherit it."""
    os.environ["MPLCONFIGDIR"] = str(Path(".cache/matplotlib").resolve())
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(Path("snippets").resolve()))
    for module in ("matplotlib", "torch", "torch._dynamo", "torch.nn", "numpy", "pytest"):
        importlib.import_module(module)
    importlib.import_module("torch").set_num_threads(1)
    importlib.import_module("nabla.drawing").prepare()
    Fingerprint.of([0.0] * (2**17 - 1))  # so that no child makes the weights again
    gc.disable()  # a collection would make each child copy all that it shares with the others
    gc.freeze()


def _survey_share(job: tuple[Page, int]) -> tuple[str, list[Outcome]]:
    page, share = job
    lesson = Path(page.file).stem.replace("-", "_")
    return page.file, outcomes(page, share, _SHARES, lambda namespace: _fails_derivatives(lesson, namespace))


def _fails_derivatives(lesson: str, namespace: dict[str, Any]) -> bool:
    """Whether the tests of the derivatives of a lesson fail when it leaves these variables."""
    import pytest

    from tests.derivatives import three_ways

    tests = ROOT / "tests" / "derivatives" / f"test_{lesson}.py"
    if not tests.exists():
        return False
    three_ways.loaded[lesson] = namespace
    options = ["-x", "-q", "-s", "-p", "no:cacheprovider", "-c", os.devnull, f"--rootdir={ROOT}"]
    return pytest.main([*options, str(tests)]) == pytest.ExitCode.TESTS_FAILED


def counts(found: Iterable[Outcome]) -> Counter[str]:
    """How many mutants met each fate; those listed as equivalent are counted apart."""
    listed = {(section, mutant) for section, mutant, _ in equivalents()}
    return Counter(
        "equivalent" if each.kind == "survived" and (each.section, each.mutant) in listed else each.kind
        for each in found
    )


def equivalents() -> list[tuple[str, str, str]]:
    """Section, mutant and reason of each mutant that changes nothing, as listed."""
    sections = tomllib.loads(EQUIVALENT.read_text("utf-8"))
    return [
        (section, mutant, reason) for section, listed in sections.items() for mutant, reason in listed.items()
    ]


def faults(found: Iterable[Outcome]) -> list[str]:
    """Survivors that the list does not name, and entries of the list that did not survive."""
    found = list(found)
    survived = {(each.section, each.mutant): each.line for each in found if each.kind == "survived"}
    listed = {(section, mutant) for section, mutant, _ in equivalents()}
    seen = {each.section for each in found}
    missed = [
        f"snippets/{section.partition(':')[0]}.py:{line}: [{section}] survived: {mutant}"
        for (section, mutant), line in survived.items()
        if (section, mutant) not in listed
    ]
    stale = [
        f"{EQUIVALENT.name}: [{section}] {mutant}: did not survive, or is no mutant"
        for section, mutant in sorted(listed - survived.keys())
        if section in seen
    ]
    return missed + stale


def main(names: list[str]) -> int:
    pages = Project.load(Path.cwd()).pages.values()
    found = survey(page for page in pages if not names or Path(page.file).stem in names)
    wrong = []
    columns = ("mutants", *KINDS[:-1], "equivalent")
    print(f"{'':24}" + "".join(f"{column:>11}" for column in columns))
    for file, each in found.items():
        count = counts(each)
        row = [len(each), *(count[column] for column in columns[1:])]
        print(f"{Path(file).stem:24}" + "".join(f"{number:11}" for number in row), flush=True)
        wrong += faults(each)
    print(*wrong, f"{len(wrong)} faults", sep="\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
