"""read → run → check → draw, for the pages that are due.

in: Markdown by file, the project's folder, the settings → out: ``Staged`` of each page at once, and ``Made`` with the
problems of all once their code ran.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from nabla.cache import code
from nabla.check import counts, static
from nabla.check.check import check_page, check_sections
from nabla.check.drawings import check_modules
from nabla.model.page import Page
from nabla.model.problem import Problem
from nabla.parse.page import parse
from nabla.parse.sections import Sections
from nabla.run import keys
from nabla.run.processes import Standby
from nabla.run.runner import LessonCrashed, Run, run_pages
from nabla.site import jupyter, render
from nabla.site.lessons import Made, Settings, Staged
from nabla.slicing import copying
from nabla.takeaway import export, notebook

_DOWNLOADS = {
    "guion de Python": lambda page, _: export.script(page),
    "cuaderno de Jupyter": export.notebook,
    "cuaderno para completar": lambda page, _: notebook.to_complete(page),
    "cuaderno resuelto": notebook.solved,
}


class Reader:
    """The pages that are due, read; ``work`` runs and checks them."""

    def __init__(
        self, root: Path, sources: Mapping[str, str], following: Mapping[str, str], settings: Settings
    ) -> None:
        self._root = root
        self._sections = Sections(root, settings.snippets)
        self._pages = {file: parse(file, text, self._sections) for file, text in sources.items()}
        counts.fill(root, self._pages, self._sections, settings.counted)
        for file, page in self._pages.items():
            page.problems += [*static.check(page, following.get(file)), *check_modules(root, page)]
        self.is_broken = any(page.problems for page in self._pages.values())  # such a page cannot be rendered
        self.staged = (
            {}
            if self.is_broken
            else {file: _stage(page, settings.colab) for file, page in self._pages.items()}
        )

    def work(
        self, elsewhere: Iterable[tuple[str, str]], standby: Standby | None
    ) -> tuple[dict[str, Made], list[Problem]]:
        """Run and check the pages; what came of those without problems, and all problems.

        ``elsewhere`` are the sections (file and name) that pages which are not due show.
        """
        problems = check_sections(self._pages.values(), self._sections, elsewhere)
        try:
            runs = run_pages(self._root, self._pages.values(), standby)
        except LessonCrashed as error:
            runs = error.runs
            problems += error.problems
        made = {}
        with jupyter.Renderer(self._root) as renderer:
            for file, page in self._pages.items():
                run = runs.get(file)
                found = check_page(page, run)
                problems += found
                lost = run is None and page.runnable and bool(page.blocks or page.formulas.relations)
                if not found and not lost:
                    made[file] = _make(self._root, page, run, renderer) if run else Made()
        return made, problems

    def files(self, file: str) -> set[str]:
        """The files of the project, besides its own, that a page was made from."""
        blocks = self._pages[file].blocks
        modules = keys.modules_of_project(self._root, [block.section.code for block in blocks])
        return {*modules, *(block.section.file for block in blocks if not self._pages[file].is_notebook)}


def _stage(page: Page, colab: str | None) -> Staged:
    return Staged(
        page.file,
        page.title,
        render.markdown(page, colab),
        list(render.downloads(page).values()),
        page.is_notebook,
        code.digest("\0".join(block.section.code for block in page.blocks)),
        [[block.section.file, block.section.name] for block in page.blocks],
    )


def _make(root: Path, page: Page, run: Run, renderer: jupyter.Renderer) -> Made:
    return Made(
        {path: _DOWNLOADS[name](page, run) for name, path in render.downloads(page).items()},
        {
            block.section.name: result.figures[0]
            for block, result in zip(page.blocks, run.blocks, strict=True)
            if result.figures
        },
        [list(each) for each in copying.needed(root, page, run)],
        renderer.render(page, run) if page.is_notebook else {},
        _live(page, run),
    )


def _live(page: Page, run: Run) -> dict[str, list[str]]:
    figures = [figure for figure in page.figures if figure.live]
    return {
        figure.section: [live.module, json.dumps(answer["values"], separators=(",", ":"))]
        for figure, live, answer in zip(figures, page.live, run.live, strict=True)
        if answer
    }
