"""pytest as the checker: one item per code block, claim and formula, and one for the whole site.

The blocks are pytest-codeblocks' own, taken further: includes are expanded, the blocks of a page share
one run (the cached one that the build uses), and each is compared with what the page prints. The answers
are made by ``python -m nabla check`` when something changed, and only read when nothing did.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from pytest_codeblocks.plugin import MarkdownFile, TestBlock

from nabla.check import answers
from nabla.check.answers import Answers
from nabla.check.items import Item
from nabla.model import course
from nabla.model.problem import Problem, report


class Site:
    """The answers to all that is asked of the project, made when the first is wanted."""

    def __init__(self, config: pytest.Config) -> None:
        self.root = config.rootpath
        self._config = config

    @cached_property
    def answers(self) -> Answers:
        key = answers.key(self.root)
        known = answers.kept(self.root, key)
        if known is not None and known.final:
            return known
        code = self._make()
        known = answers.kept(self.root, key)
        if known is None:
            raise pytest.UsageError(f"la comprobación acabó con el código {code} y no dejó respuesta")
        return known

    def _make(self) -> int:
        """Answer anew, where its progress can be seen."""
        command = [sys.executable, "-m", "nabla", "check", "--quiet"]
        capture = self._config.pluginmanager.get_plugin("capturemanager")
        if capture is None:
            return subprocess.run(command, cwd=self.root, check=False).returncode
        with capture.global_and_fixture_disabled():
            return subprocess.run(command, cwd=self.root, check=False).returncode


SITE = pytest.StashKey[Site]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SITE] = Site(config)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    root = parent.config.rootpath
    if file_path == root / "mkdocs.yml":
        return SiteFile.from_parent(parent, path=file_path)
    if file_path.suffix == ".md" and file_path.is_relative_to(root / course.DOCS):
        return LessonFile.from_parent(parent, path=file_path)
    return None


class Failed(Exception):
    """The problems of one item; its text is what the author reads."""


class _Answered(pytest.Item):
    """An item whose answer is known."""

    answer: Item

    def runtest(self) -> None:
        if self.answer.problems:
            raise Failed(report(list(self.answer.problems)))
        if self.answer.waits:
            pytest.skip(self.answer.waits)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> Any:
        if isinstance(excinfo.value, Failed):
            return str(excinfo.value)
        return pytest.Item.repr_failure(self, excinfo)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, self.answer.line - 1, self.name


class LessonFile(MarkdownFile):
    def collect(self) -> Iterator[pytest.Item]:
        site = self.config.stash[SITE]
        said: set[Problem] = set()
        # A page that is excluded from the site has no items.
        for answer in site.answers.items.get(self.path.relative_to(site.root).as_posix(), ()):
            item = LessonItem.from_parent(self, name=answer.name)
            item.answer = _once(answer, said)
            yield item


def _once(answer: Item, said: set[Problem]) -> Item:
    """The answer without what another item of the page says: it waits for that one."""
    new = tuple(problem for problem in answer.problems if problem not in said)
    said.update(new)
    waits = answer.waits if new or not answer.problems else "lo mismo que se dice en otra línea"
    return Item(answer.name, answer.line, new, waits)


class LessonItem(_Answered, TestBlock):
    """A block, a claim, a formula or the rest of a page."""


class SiteFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        item = SiteItem.from_parent(self, name="sitio")
        found = self.config.stash[SITE].answers
        item.answer = Item("sitio", 1, tuple(found.site), found.waits)
        yield item


class SiteItem(_Answered):
    """The site as a whole: links, anchors, formulas as KaTeX reads them, sections that no page shows."""
