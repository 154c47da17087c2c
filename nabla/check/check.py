"""The problems of a page, given its run. Build and tests ask the same questions here."""

from __future__ import annotations

from collections.abc import Iterable

from nabla.check.blocks import check_block
from nabla.check.claims import check_claim
from nabla.check.drawings import check_figures
from nabla.check.equality import check_formula
from nabla.model.problem import Problem
from nabla.parse.page import Page
from nabla.parse.sections import Sections
from nabla.run.runner import Run
from nabla.takeaway import notebook


def check_page(page: Page, run: Run | None) -> list[Problem]:
    """All problems of a page; one that stops the run hides those that only follow from it."""
    problems = list(page.problems)
    if page.is_notebook and page.runnable:
        problems += notebook.check(page)
    if run is None:
        return problems
    for index in range(len(run.blocks)):
        problems += check_block(page, run, index)
    if not run.failed:
        for index in range(len(page.claims)):
            problems += check_claim(page, run, index)
        for index in range(len(page.formulas.relations)):
            problems += check_formula(page, run, index)
        problems += check_figures(page, run)
    return problems


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
