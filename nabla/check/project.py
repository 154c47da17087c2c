"""The site as a whole: its pages, their runs and their problems."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, get_files

from nabla.check.check import check_page, check_sections
from nabla.model.page import Page
from nabla.model.problem import Problem
from nabla.parse.page import parse
from nabla.parse.sections import Sections
from nabla.run.runner import LessonCrashed, Run, run_pages


@dataclass
class Project:
    """What a build needs to know; made anew for each build, since files change between them."""

    root: Path
    sections: Sections
    pages: dict[str, Page]

    @classmethod
    def load(cls, root: Path) -> Project:
        """The project in the folder ``root``, as its mkdocs.yml describes it."""
        config = load_config(str(root / "mkdocs.yml"))
        return cls.of(config, get_files(config))

    @classmethod
    def of(cls, config: MkDocsConfig, files: Files) -> Project:
        root = Path(config.config_file_path).resolve().parent
        sections = Sections(root, config.mdx_configs["pymdownx.snippets"])
        paths = [
            Path(file.abs_src_path).relative_to(root)
            for file in files.documentation_pages()
            if file.abs_src_path and file.src_uri.endswith(".md")
        ]
        pages = {
            path.as_posix(): parse(path.as_posix(), (root / path).read_text("utf-8"), sections)
            for path in paths
        }
        return cls(root, sections, pages)

    def run(self) -> dict[str, Run]:
        """The run of every page with code, by the page's file."""
        return run_pages(self.root, self.pages.values())

    def check(self) -> tuple[dict[str, Run], list[Problem]]:
        """Run what is due; the runs, and every problem of every page."""
        try:
            runs = self.run()
        except LessonCrashed as error:
            return {}, [Problem("snippets", 1, str(error), fix="ejecuta el guion suelto para verlo")]
        problems = check_sections(self.pages.values(), self.sections)
        for file, page in self.pages.items():
            problems += check_page(page, runs.get(file))
        return runs, problems
