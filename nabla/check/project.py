"""The site as a whole: its pages, their runs and their problems."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files

from nabla.check import static
from nabla.check.check import check_page, check_sections
from nabla.model import course
from nabla.model.problem import Problem
from nabla.parse.page import Page, parse
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
        code = [_text(root / file, file, unreadable) for file in sections.files()]
        texts = {
            course.DOCS + file.src_uri: _text(Path(file.abs_src_path), course.DOCS + file.src_uri, unreadable)
            for file in files.documentation_pages()
            if file.abs_src_path and file.src_uri.endswith(".md")
        }
        if unreadable:
            raise Unreadable(unreadable)
        following = dict(itertools.pairwise(_lessons(config.nav)))
        key = (root, texts, code, sections.files(), following, str(options))
        if _last and _last[0][0] == key:
            return _last[0][1]
        pages = {file: parse(file, text, sections) for file, text in texts.items()}
        for file, page in pages.items():
            page.problems += static.check(page, following.get(file.removeprefix(course.LESSONS)))
        project = cls(root, sections, pages)
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


def _text(path: Path, name: str, unreadable: list[Problem]) -> str:
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fix = "guárdalo en UTF-8 con tu editor"
        unreadable.append(Problem(name, line, "este archivo no está en UTF-8", fix=fix))
        return ""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _lessons(nav: Any) -> Iterator[str]:
    """The lessons in the order of the navigation, as one links to the next."""
    folder = course.LESSONS.removeprefix(course.DOCS)
    match nav:
        case str() if nav.startswith(folder):
            yield nav.removeprefix(folder)
        case list():
            for each in nav:
                yield from _lessons(each)
        case dict():
            yield from _lessons(list(nav.values()))
