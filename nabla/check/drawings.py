"""Whether each drawing of a page is shown once, told in words, and of the data that the page was written for."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

from nabla.check.advice import UPDATE
from nabla.model import course
from nabla.model.fingerprint import Fingerprint
from nabla.model.page import Figure, Page
from nabla.model.problem import Problem
from nabla.run.runner import Run


def check_modules(root: Path, page: Page) -> Iterator[Problem]:
    """Whether what moves each figure is there."""
    for live in page.live:
        module = f"docs/assets/figures/{live.module}.js"
        if not (root / module).is_file():
            fix = "corrige el nombre en el comentario «interactiva», o escríbelo"
            yield Problem(page.file, live.line, f"el módulo {module} no existe", fix=fix)


def check_figures(page: Page, run: Run) -> list[Problem]:
    """Whether each drawing is shown, once, with a text for those who do not see it, and its data."""
    problems = []
    by_name: dict[str, list[int]] = {}
    # To be played with before any code, or the picture with which the page opens.
    first = page.blocks[0].line if page.blocks else 0
    early = {figure.section for figure in page.figures if figure.live or figure.line < first}
    for figure in page.figures:
        by_name.setdefault(figure.section, []).append(figure.line)
        if not figure.alt:
            problems.append(
                Problem(
                    page.file,
                    figure.line,
                    f"la figura «{figure.section}» no tiene texto alternativo",
                    fix=f"di lo que se ve: ![Qué muestra la figura.]({course.FIGURE}{figure.section})",
                )
            )
    drawn = {
        block.section.name: (block, result.plotted)
        for block, result in zip(page.blocks, run.blocks, strict=True)
        if result.figures
    }
    for name, (block, plotted) in drawn.items():
        lines = by_name.get(name, [])
        if len(plotted) > 1:
            what = f"el bloque «{name}» deja abiertas {len(plotted)} figuras y debe ser una"
            problems.append(Problem(page.file, block.line, what, fix="dibuja una por bloque"))
        if len(lines) != 1 or (lines[0] < block.line and name not in early):
            problems.append(
                Problem(
                    page.file,
                    block.line,
                    f"la figura que dibuja «{name}» no se muestra una vez detrás de su bloque",
                    fix=f"ponla detrás: ![Qué muestra la figura.]({course.FIGURE}{name})",
                )
            )
    for live, answer in zip(page.live, run.live, strict=True):
        if answer and "error" in answer:
            what = f"los valores de «{live.module}» no sirven"
            fix = "corrige las expresiones del comentario «interactiva»"
            problems.append(Problem(page.file, live.line, what, answer["error"], fix))
    for figure in page.figures:
        if figure.section in drawn:
            problems += _data(page, figure, drawn[figure.section][1][0])
    for name in sorted(by_name.keys() - drawn.keys()):
        near = difflib.get_close_matches(name, drawn, n=3, cutoff=0.4) or sorted(drawn)
        problems.append(
            Problem(
                page.file,
                by_name[name][0],
                f"ningún bloque de esta página dibuja «{name}»",
                fix=f"figuras de la página: {', '.join(near) or 'ninguna'}",
            )
        )
    return problems


def _data(page: Page, figure: Figure, computed: Fingerprint) -> list[Problem]:
    """Whether the page was written for what the figure plots."""
    if computed.is_told_by(figure.data):
        return []
    if not figure.data_line:
        what = f"la figura «{figure.section}» no dice qué datos dibuja"
        fix = f"mira la figura y pega detrás {computed.comment}, o escríbelo con: make update"
        return [Problem(page.file, figure.line, what, fix=fix)]
    return [
        Problem(
            page.file,
            figure.data_line,
            f"la figura «{figure.section}» ya no dibuja los mismos datos",
            f"publicado: {figure.data}\ncalculado: {computed}",
            f"mira la figura, su texto alternativo y su pie; {UPDATE}",
        )
    ]
