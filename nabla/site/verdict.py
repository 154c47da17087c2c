"""The verdict on the site, without building it: what its pages, its runs, its formulas and its links say."""

from __future__ import annotations

import logging
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from nabla.check import items
from nabla.check.answers import Answers
from nabla.check.check import check_sections
from nabla.check.project import Project, Unreadable
from nabla.model.problem import Problem
from nabla.run.runner import LessonCrashed
from nabla.site import rehearsal

_OTHERS = "los enlaces y las fórmulas de KaTeX se miran cuando lo demás esté bien"


def answer(root: Path) -> Answers:
    """All that ``make check`` asks of the project in the folder ``root``."""
    try:
        project = Project.load(root)
    except Unreadable as error:
        return Answers({}, error.problems)
    crashed: list[Problem] = []
    try:
        runs = project.run()
    except LessonCrashed as error:
        crashed, runs = error.problems, error.runs
    found = {file: list(items.of(page, runs.get(file))) for file, page in project.pages.items()}
    site = check_sections(project.pages.values(), project.sections) + crashed
    if crashed or any(item.problems for each in found.values() for item in each):
        return Answers(found, site, _OTHERS, final=not crashed)
    return Answers(found, sorted({*site, *_rehearsed(root)}))


def _rehearsed(root: Path) -> list[Problem]:
    """The problems that only show when MkDocs renders the pages: nothing is written."""
    heard = _Heard()
    logging.getLogger("mkdocs").addHandler(heard)
    # It tells of a site that nobody will see.
    logging.getLogger("mkdocs.commands.build").setLevel(logging.WARNING)
    config = load_config(str(root / "mkdocs.yml"), strict=True)
    config.plugins.on_startup(command="build", dirty=False)
    try:
        with rehearsal.on():
            build(config)
    except rehearsal.Over as over:
        problems = over.problems
        return problems + [Problem("mkdocs.yml", 1, text) for text in heard.warnings]
    except Abort:
        return [Problem("mkdocs.yml", 1, text) for text in heard.warnings] or [
            Problem("mkdocs.yml", 1, "MkDocs no acaba")
        ]
    finally:
        logging.getLogger("mkdocs").removeHandler(heard)
    raise AssertionError  # a rehearsal ends before anything is written


class _Heard(logging.Handler):
    """What MkDocs warns of."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.warnings: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.warnings.append(record.getMessage())
