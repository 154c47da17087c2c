"""The problems of pages, given their runs. Build, tests and ``make check`` ask the same questions here."""

from __future__ import annotations

from collections.abc import Iterable

from nabla.check import items
from nabla.check.blocks import check_block
from nabla.model.page import Page
from nabla.model.problem import Problem
from nabla.parse.sections import Sections
from nabla.run.runner import Run

__all__ = ["check_block", "check_page", "check_sections"]


def check_page(page: Page, run: Run | None) -> list[Problem]:
    """All problems of a page, each once; one that stops the run hides those that only follow from it."""
    found = (problem for item in items.of(page, run) for problem in item.problems)
    return list(dict.fromkeys(found))


def check_sections(
    pages: Iterable[Page], sections: Sections, elsewhere: Iterable[tuple[str, str]] = ()
) -> list[Problem]:
    """Sections that no page shows, and those that a page shows twice.

    ``elsewhere`` are sections (file and name) that other pages show.
    """
    pages = list(pages)
    shown = {(block.section.file, block.section.name) for page in pages for block in page.blocks}
    shown.update(elsewhere)
    problems = [
        Problem(
            file,
            line,
            f"ninguna página muestra la sección «{name}»",
            fix=f'tráela a una página con --8<-- "{file}:{name}", o quita sus marcas',
        )
        for file in sections.files()
        for name, line in sections.names(file).items()
        if (file, name) not in shown
    ]
    for page in pages:
        seen: dict[str, int] = {}
        for block in page.blocks:
            name = block.section.name
            if name in seen:
                problems.append(
                    Problem(
                        page.file,
                        block.line,
                        f"la sección «{name}» ya está en la línea {seen[name]}",
                        fix="cada sección se muestra y se ejecuta una vez por página",
                    )
                )
            seen[name] = block.line
    return problems
