"""A page whose numbers come from files that change with every other page: the build writes it, in memory.

What stands in the repository is what the page said some day. Were it kept up to date there, any two changes of
lessons would conflict over it; and every number stays a claim, checked against the section that holds the counts.
"""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from nabla.check.update import rewritten
from nabla.parse.page import parse
from nabla.run.runner import LessonCrashed, run_pages

if TYPE_CHECKING:
    from nabla.check.project import Project


Tables = dict[str, dict[str, int]]


def fill(project: Project, page: str, section: str, sums: Tables) -> None:
    """Put the record's sums into a section, as ``snippets/garantia.py:informe``, and what follows into its page.

    Args:
        sums: the counts by the name of their variable.
    """
    if page not in project.pages or not project.pages[page].runnable:
        return
    project.sections.put(section, "".join(map(_table, sums, sums.values())))
    text = "\n".join(project.pages[page].lines) + "\n"
    filled = parse(page, text, project.sections)
    project.pages[page] = filled
    with contextlib.suppress(LessonCrashed):  # which the check of the project will tell
        run = run_pages(project.root, [filled])[page]
        if not run.failed:
            text = "\n".join(rewritten(filled, run)) + "\n"
            project.pages[page] = parse(page, text, project.sections)


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
