"""From a page as written to the page that MkDocs renders: pure functions on text."""

from __future__ import annotations

import html
import re
import textwrap
from pathlib import PurePosixPath

from nabla.check import pieces
from nabla.model import course
from nabla.model.page import Kind, Page
from nabla.parse import reading
from nabla.site import questions, runnable
from nabla.takeaway import notebook

# What a block prints as a table of Markdown is shown as one.
_TABLE = re.compile(r"\|.*\|\n\|(?: :?-+:? \|)+\n(?:\|.*\|\n)+")


def is_lesson(page: Page) -> bool:
    """Whether a page is a lesson with code, which can be downloaded."""
    return page.file.startswith(course.LESSONS) and bool(page.blocks)


def downloads(page: Page) -> dict[str, str]:
    """What can be taken away of a page, by its name in Spanish: where it is published, relative to the site."""
    stem = f"descargas/{PurePosixPath(page.file).stem}"
    if is_lesson(page):
        return {"guion de Python": f"{stem}.py", "cuaderno de Jupyter": f"{stem}.ipynb"}
    if page.is_notebook:
        stem = f"descargas/practica-{PurePosixPath(page.file).stem}"
        return {"cuaderno para completar": f"{stem}.ipynb", "cuaderno resuelto": f"{stem}-resuelta.ipynb"}
    return {}


def markdown(page: Page, colab: str | None = None) -> str:
    """The Markdown of a page without comments, its outputs and its failing blocks marked as such.

    ``colab`` is the address under which Colab opens the site's files, if it can.
    """
    lines = list(page.lines)
    run_here = runnable.blocks(page)
    for number, block in enumerate(page.blocks):
        indent = block.fence.indent
        mark = f'data-bloque="{number}"'
        if number in run_here:
            mark += ' data-ejecutar="sí"'
        if block.failure:
            title = html.escape(f"Falla a propósito: {block.failure.error}")
            mark = f'.falla title="{title}" {mark}'
        elif (verdict := block.section.name.rpartition("-")[2]) in course.MARKED:
            mark = f'.{verdict} title="{course.MARKED[verdict]}" {mark}'
        lines[block.line - 1] = f"{indent}```{{ .python {mark} }}"
        if block.section.written:  # the snippet's file, which the page includes, holds other code
            lines[block.line] = textwrap.indent(block.section.code.rstrip("\n"), indent)
        if fence := block.output_fence:
            table = _TABLE.fullmatch(block.expected or "")
            lines[fence.start - 1] = "" if table else f"{indent}```{{ .text .salida }}"
            lines[fence.end - 1] = "" if table else lines[fence.end - 1]
    for region in page.regions:
        if region.kind in (Kind.COMMENT, Kind.FRONT_MATTER):  # a block and its output stay two paragraphs
            lines[region.line - 1 : region.last] = [""] * (region.last - region.line + 1)
    for prediction in page.predictions:
        lines[prediction.line - 1] = f"\n{questions.fields(page, prediction)}\n"
    if downloads(page):
        title = next(page.of(Kind.HEADING, "#")).line - 1
        lines[title] = f"{page.lines[title]}\n\n{_download_line(page, colab)}\n"
    if page.is_notebook:
        notebook.fold(page, lines)
    return "\n".join(lines) + "\n"


def _download_line(page: Page, colab: str | None) -> str:
    paths = downloads(page)
    links = [f"[{name}](../{path}){{ download }}" for name, path in paths.items()]
    if colab:
        opened = next(path for path in paths.values() if path.endswith(".ipynb"))
        links.append(f"[Abrir en Colab]({colab}{opened})")
    verb = "Llévatelo" if page.is_notebook else "Llévatela"
    return f"{_time(page)}{verb}: {' · '.join(links)}\n{{ .descargas data-search-exclude }}"


def _time(page: Page) -> str:
    """How long a lesson is read, and how many exercises wait after it; nothing for a notebook."""
    if page.is_notebook:
        return ""
    exercises = sum(piece.type == course.EXERCISE for piece in pieces.read(page))
    more = f", y {exercises} ejercicios" if exercises else ""
    return f"Unos {reading.minutes(page)} minutos de lectura{more} · "
