"""A page whose numbers come from files that change with every other page: the build writes it, in memory.

What stands in the repository is what the page said some day. Were it kept up to date there, any two changes of
lessons would conflict over it; and every number stays a claim, checked against the section that holds the counts.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from nabla.check.update import rewritten
from nabla.model import course
from nabla.model.page import Page
from nabla.parse.page import parse
from nabla.parse.sections import Sections
from nabla.run.runner import LessonCrashed, run_pages

Tables = dict[str, dict[str, int]]


def fill(root: Path, pages: dict[str, Page], sections: Sections, counted: Mapping[str, str]) -> None:
    """Put the record's sums into the ``counted`` pages, each with the section that holds them, and what follows.

    Args:
        counted: ``docs/garantia.md``: ``snippets/garantia.py:informe``, for example; pages that are not read are left.
    """
    due = [page for page in counted if page in pages and pages[page].runnable]
    if not due or not (sums := total(sorted((root / course.RECORD).glob("*.json")))):
        return
    for page in due:
        sections.put(counted[page], "".join(map(_table, sums, sums.values())))
        text = "\n".join(pages[page].lines) + "\n"
        pages[page] = filled = parse(page, text, sections)
        with contextlib.suppress(LessonCrashed):  # which the check will tell
            run = run_pages(root, [filled])[page]
            if not run.failed:
                pages[page] = parse(page, "\n".join(rewritten(filled, run)) + "\n", sections)


def total(files: Iterable[Path]) -> Tables:
    """The counts of several files of JSON together, by the name of their variable; parts have them as ``counts``."""
    sums: dict[str, Counter[str]] = {}
    for file in files:
        for part in json.loads(file.read_text("utf-8")).values():
            for name, counts in part["counts"].items():
                sums.setdefault(name, Counter()).update(counts)
    return {name: dict(counts) for name, counts in sums.items()}


def _table(name: str, counts: dict[str, int]) -> str:
    rows = (f"    {json.dumps(said, ensure_ascii=False)}: {count},\n" for said, count in counts.items())
    return f"{name} = {{\n{''.join(rows)}}}\n"
