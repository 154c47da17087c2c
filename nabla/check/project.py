"""The site as a whole: its pages, their runs and their problems."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files

from nabla.check import counts, static
from nabla.check.check import check_page, check_sections
from nabla.model import course, source
from nabla.model.page import Page
from nabla.model.problem import Problem
from nabla.parse.page import parse
from nabla.parse.sections import Sections
from nabla.run.runner import LessonCrashed, Run, run_pages


class Unreadable(Exception):
    """Files that are not text in UTF-8: nothing can be said of the others before they are."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass
class Project:
    """What a build needs to know. The same sources give the same project, with what was found of it."""

    root: Path
    sections: Sections
    pages: dict[str, Page]
    counted: set[str] = field(default_factory=set)  # pages that the build writes (``counts``)
    _checked: tuple[dict[str, Run], list[Problem]] | None = field(default=None, repr=False)

    @classmethod
    def load(cls, root: Path) -> Project:
        """The project in the folder ``root``, as its mkdocs.yml describes it. Raises Unreadable."""
        config = load_config(str(root / "mkdocs.yml"))
        return cls.of(config, get_files(config))

    @classmethod
    def of(cls, config: MkDocsConfig, files: Files) -> Project:
        root = Path(config.config_file_path).resolve().parent
        options = config.mdx_configs["pymdownx.snippets"]
        sections = Sections(root, options)
        unreadable: list[Problem] = []
        code = [source.read(root / file, file, unreadable) for file in sections.files()]
        texts = {
            course.DOCS + file.src_uri: source.read(
                Path(file.abs_src_path), course.DOCS + file.src_uri, unreadable
            )
            for file in files.documentation_pages()
            if file.abs_src_path and file.src_uri.endswith(".md")
        }
        if unreadable:
            raise Unreadable(unreadable)
        following = course.following(config.nav)
        counted = config.extra.get("counts", {})
        record = {file.name: file.read_bytes() for file in (root / course.RECORD).glob("*.json")}
        key = (root, texts, code, sections.files(), following, str(options), counted, record)
        if _last and _last[0][0] == key:
            return _last[0][1]
        pages = {file: parse(file, text, sections) for file, text in texts.items()}
        counts.fill(root, pages, sections, counted)
        project = cls(root, sections, pages, set(counted))
        for file, page in pages.items():
            page.problems += static.check(page, following.get(file))
        _last[:] = [(key, project)]
        return project

    def run(self) -> dict[str, Run]:
        """The run of every page with code, by the page's file."""
        return run_pages(self.root, self.pages.values())

    def check(self) -> tuple[dict[str, Run], list[Problem]]:
        """Run what is due; the runs, and every problem of every page."""
        if self._checked is not None:
            return self._checked
        problems = check_sections(self.pages.values(), self.sections)
        crashed = False
        try:
            runs = self.run()
        except LessonCrashed as error:
            crashed, runs = True, error.runs
            problems += error.problems
        for file, page in self.pages.items():
            problems += check_page(page, runs.get(file))
        if not crashed:  # which another time may go well
            self._checked = runs, problems
        return runs, problems


# The project that was read last: a build and a check of the same sources share it.
_last: list[tuple[Any, Project]] = []
