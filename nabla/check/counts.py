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


def fill(project: Project, page: str, section: str, folder: str) -> None:
    """Put the sums of the counts in ``folder`` into a section, and what follows from them into its page.

    Args:
        page: the page that tells the counts, as ``docs/cuentas.md``; nothing is done if the project has none.
        section: the section that holds them, as ``snippets/cuentas.py:informe``.
        folder: holds JSON files, each with ``counts`` in its parts: a table by the name of a variable.
    """
    if page not in project.pages or not project.pages[page].runnable:
        return
    if not (tables := total(sorted((project.root / folder).glob("*.json")))):
        return
    project.sections.put(section, "".join(map(_table, tables, tables.values())))
    text = "\n".join(project.pages[page].lines) + "\n"
    filled = parse(page, text, project.sections)
    project.pages[page] = filled
    with contextlib.suppress(LessonCrashed):  # which the check of the project will tell
        run = run_pages(project.root, [filled])[page]
        if not run.failed:
            text = "\n".join(rewritten(filled, run)) + "\n"
            project.pages[page] = parse(page, text, project.sections)


def total(files: Iterable[Path]) -> dict[str, dict[str, int]]:
    """The counts of several files together, by the name of their variable."""
    sums: dict[str, Counter[str]] = {}
    for file in files:
        for part in json.loads(file.read_text("utf-8")).values():
            for name, counts in part["counts"].items():
                sums.setdefault(name, Counter()).update(counts)
    return {name: dict(counts) for name, counts in sums.items()}


def _table(name: str, counts: dict[str, int]) -> str:
    rows = (f"    {json.dumps(said, ensure_ascii=False)}: {count},\n" for said, count in counts.items())
    return f"{name} = {{\n{''.join(rows)}}}\n"
