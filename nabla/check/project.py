"""The site as a whole: its pages, their runs and their problems."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files

from nabla.check import configuration, counts, static
from nabla.check.check import check_page, check_sections
from nabla.check.configuration import Unreadable
from nabla.check.drawings import check_modules
from nabla.model import course, source
from nabla.model.files import following
from nabla.model.page import Page
from nabla.model.problem import Problem
from nabla.parse.page import parse
from nabla.parse.sections import Sections
from nabla.run.runner import LessonCrashed, Run, run_pages


@dataclass
class Project:
    """What a build needs to know."""

    root: Path
    sections: Sections
    pages: dict[str, Page]
    counted: set[str] = field(default_factory=set)  # pages that the build writes (``counts``)

    @classmethod
    def load(cls, root: Path) -> Project:
        """The project in the folder ``root``, as its mkdocs.yml describes it. Raises Unreadable."""
        config = configuration.read(root)
        return cls.of(config, get_files(config))

    @classmethod
    def of(cls, config: MkDocsConfig, files: Files) -> Project:
        root = Path(config.config_file_path).resolve().parent
        options = config.mdx_configs["pymdownx.snippets"]
        sections = Sections(root, options)
        unreadable: list[Problem] = []
        for file in sections.files():
            source.read(root / file, file, unreadable)
        texts = {
            course.DOCS + file.src_uri: source.read(
                Path(file.abs_src_path), course.DOCS + file.src_uri, unreadable
            )
            for file in files.documentation_pages()
            if file.abs_src_path and file.src_uri.endswith(".md")
        }
        if unreadable:
            raise Unreadable(unreadable)
        next_lesson = following(config.nav)
        counted = config.extra.get("counts", {})
        pages = {file: parse(file, text, sections) for file, text in texts.items()}
        counts.fill(root, pages, sections, counted)
        project = cls(root, sections, pages, set(counted))
        for file, page in pages.items():
            page.problems += [*static.check(page, next_lesson.get(file)), *check_modules(root, page)]
        return project

    def run(self, only: Iterable[str] = ()) -> dict[str, Run]:
        """The run of every page with code, or of those in ``only``, by the page's file."""
        return run_pages(self.root, (self.pages[file] for file in only or self.pages))

    def check(self, only: Collection[str] = ()) -> tuple[dict[str, Run], list[Problem]]:
        """Run what is due; the runs, and every problem of every page, or of those in ``only``."""
        problems = check_sections(self.pages.values(), self.sections)
        try:
            runs = self.run(only)
        except LessonCrashed as error:
            runs = error.runs
            problems += error.problems
        for file in only or self.pages:
            problems += check_page(self.pages[file], runs.get(file))
        return runs, [each for each in problems if not only or each.file in only]
