"""pytest as the checker: one item per code block and per claim, and one for the whole site.

The blocks are pytest-codeblocks' own, taken further: includes are expanded, the blocks of a page share
one run (the cached one that the build uses), and each is compared with what the page prints.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from pytest_codeblocks.plugin import MarkdownFile, TestBlock

from nabla.check import check
from nabla.check.equality import check_formula
from nabla.check.project import Project
from nabla.model.page import Page
from nabla.model.problem import Problem, report
from nabla.run.runner import Run
from nabla.takeaway import notebook


class Site:
    """The project and its runs, made when the first item asks for them and shared by all."""

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def project(self) -> Project:
        return Project.load(self.root)

    @cached_property
    def runs(self) -> dict[str, Run]:
        return self.project.run()


SITE = pytest.StashKey[Site]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SITE] = Site(config.rootpath)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    root = parent.config.rootpath
    if file_path == root / "mkdocs.yml":
        return SiteFile.from_parent(parent, path=file_path)
    if file_path.suffix == ".md" and file_path.is_relative_to(root / "docs"):
        return LessonFile.from_parent(parent, path=file_path)
    return None


class Failed(Exception):
    """The problems of one item; its text is what the author reads."""


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise Failed(report(problems))


class LessonFile(MarkdownFile):
    def collect(self) -> Iterator[pytest.Item]:
        site = self.config.stash[SITE]
        file = self.path.relative_to(site.root).as_posix()
        page = site.project.pages.get(file)
        if page is None:  # excluded from the site
            return

        def run() -> Run | None:
            return site.runs.get(file)

        yield LessonItem.of(self, "página", 1, lambda: _page_problems(page, run()))
        if not page.runnable:
            return
        for index, block in enumerate(page.blocks):
            yield LessonItem.of(
                self, f"line {block.line}", block.line, _asker(check.check_block, page, run, index)
            )
        for index, claim in enumerate(page.claims):
            yield LessonItem.of(
                self, f"line {claim.line}", claim.line, _asker(check.check_claim, page, run, index)
            )
        for index, relation in enumerate(page.formulas.relations):
            yield LessonItem.of(
                self, f"line {relation.line}", relation.line, _asker(check_formula, page, run, index)
            )


def _page_problems(page: Page, run: Run | None) -> list[Problem]:
    found = list(page.problems)
    if page.is_notebook and page.runnable:
        found += notebook.check(page)
    if run is not None and not run.failed:
        found += check.check_figures(page, run)
    return found


def _asker(
    question: Callable[[Page, Run, int], list[Problem]],
    page: Page,
    run: Callable[[], Run | None],
    index: int,
) -> Callable[[], list[Problem]]:
    def ask() -> list[Problem]:
        result = run()
        assert result is not None, "a runnable page with blocks has a run"
        return question(page, result, index)

    return ask


class LessonItem(TestBlock):
    """A block, a claim or the rest of a page; ``ask`` gives its problems."""

    ask: Callable[[], list[Problem]]
    line: int

    @classmethod
    def of(cls, parent: LessonFile, name: str, line: int, ask: Callable[[], list[Problem]]) -> Any:
        item = cls.from_parent(parent, name=name)
        item.ask, item.line = ask, line
        return item

    def runtest(self) -> None:
        _refuse(self.ask())

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:
        if isinstance(excinfo.value, Failed):
            return str(excinfo.value)
        return pytest.Item.repr_failure(self, excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.line - 1, self.name


class SiteFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        yield SiteItem.from_parent(self, name="sitio")


class SiteItem(pytest.Item):
    """The strict build, into a folder that nobody sees: formulas, links, anchors, unshown sections."""

    def runtest(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            built = subprocess.run(
                [sys.executable, "-m", "mkdocs", "build", "--strict", "-d", f"{folder}/site"],
                cwd=self.config.rootpath,
                check=False,
                capture_output=True,
                text=True,
                encoding="utf-8",
            )
        if built.returncode:
            raise Failed(built.stderr.strip() or built.stdout.strip())

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:
        if isinstance(excinfo.value, Failed):
            return str(excinfo.value)
        return super().repr_failure(excinfo)
