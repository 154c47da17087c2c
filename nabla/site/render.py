"""From a page as written to the page that MkDocs renders: pure functions on text."""

from __future__ import annotations

import html
import re
from pathlib import PurePosixPath

from nabla.parse import reading
from nabla.parse.page import Page
from nabla.takeaway import notebook

_LESSONS = "docs/lecciones/"
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
# What a block prints as a table of Markdown is shown as one.
_TABLE = re.compile(r"\|.*\|\n\|(?: :?-+:? \|)+\n(?:\|.*\|\n)+")


def is_lesson(page: Page) -> bool:
    """Whether a page is a lesson with code, which can be downloaded."""
    return page.file.startswith(_LESSONS) and bool(page.blocks)


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
    for number, block in enumerate(page.blocks):
        indent = block.fence.indent
        mark = f'data-bloque="{number}"'
        if block.failure:
            title = html.escape(f"Falla a propósito: {block.failure.error}")
            mark = f'.falla title="{title}" {mark}'
        lines[block.line - 1] = f"{indent}```{{ .python {mark} }}"
        if fence := block.output_fence:
            table = _TABLE.fullmatch(block.expected or "")
            lines[fence.start - 1] = "" if table else f"{indent}```{{ .text .salida }}"
            lines[fence.end - 1] = "" if table else lines[fence.end - 1]
    code = {number for fence in page.fences for number in range(fence.start, fence.end + 1)}
    inside = False
    for number, line in enumerate(page.lines, 1):
        if number in code:
            continue
        if inside or line.lstrip().startswith("<!--"):
            lines[number - 1] = ""  # a block and its output stay two paragraphs
            inside = "-->" not in line
    if downloads(page):
        title = next(number for number, line in enumerate(page.lines) if line.startswith("# "))
        lines[title] = f"{page.lines[title]}\n\n{_download_line(page, colab)}\n"
    if page.is_notebook:
        notebook.fold(page, lines)
    text = "\n".join(lines) + "\n"
    return _FRONT_MATTER.sub("", text)


def _download_line(page: Page, colab: str | None) -> str:
    paths = downloads(page)
    links = [f"[{name}](../{path}){{ download }}" for name, path in paths.items()]
    if colab:
        opened = next(path for path in paths.values() if path.endswith(".ipynb"))
        links.append(f"[Abrir en Colab]({colab}{opened})")
    verb = "Llévatelo" if page.is_notebook else "Llévatela"
    time = "" if page.is_notebook else f"Unos {reading.minutes(page)} minutos de lectura · "
    return f"{time}{verb}: {' · '.join(links)}\n{{ .descargas data-search-exclude }}"
