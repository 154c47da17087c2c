"""The verdict on the site, without building it: what its pages, its runs, its formulas and its links say."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.structure.files import Files

from nabla.check import configuration, items
from nabla.check.answers import Answers
from nabla.check.check import check_sections
from nabla.check.project import Project, Unreadable
from nabla.model.problem import Problem
from nabla.run.runner import LessonCrashed
from nabla.site.generator import Build

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
    config = configuration.read(root, strict=True)
    config.plugins["nabla"] = _Rehearsal(config)
    config.plugins.on_startup(command="build", dirty=False)
    with configuration.Heard() as heard:
        try:
            build(config)
        except _Over as over:
            return over.problems + heard.problems
        except Abort:
            return heard.problems
    raise AssertionError  # a rehearsal ends before anything is written


class _Over(Exception):
    """The rehearsal is over; ``problems`` are those of the whole site."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class _Rehearsal(Build):
    """A build that ends once every page is rendered and judged, before anything is written."""

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        # Judge the links, as MkDocs does once it has written the pages.
        for file in files.documentation_pages():
            file.page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
        raise _Over(self.lessons.finish() + self.reports.problems)
