"""A lesson to take away: as a plain script and as a notebook, both from the page and its run."""

from __future__ import annotations

import html
import re

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from nabla.page import Block, Page
from nabla.palette import LIGHT
from nabla.runner import BlockRun, Run

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_COMMENT = re.compile(r"^[ \t]*<!--.*?-->[ \t]*\n?", re.DOTALL | re.MULTILINE)
_IMAGE = re.compile(r"!\[(?P<alt>(?:[^\[\]]|\[[^\]]*\])*)\]\(figura:[\w-]*\)\n?")
_PIECE = re.compile(
    r"^/{3,}(?:\s*(?P<kind>[\w-]+)\s*(?:\|\s*(?P<title>.*))?)?$\n(?:^    \w+: .*$\n)*", re.MULTILINE
)
_ATTRIBUTES = re.compile(r"\{:?\s*[#.][^{}\n]*\}")
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]+)\]\((?![a-z]+:)(?P<target>[^)\s]+)\)")


def script(page: Page) -> str:
    """The code of a lesson as one Python script, without the marks of its sections.

    Blocks that fail on purpose are guarded as in the snippet, so that the script runs to its end.
    """
    return "\n\n".join(_guarded(block).rstrip("\n") for block in page.blocks) + "\n"


def _guarded(block: Block) -> str:
    code = block.section.code
    if block.failure is None:
        return code
    body = "".join(f"    {line}" if line.strip() else line for line in code.splitlines(True))
    error = block.failure.error
    return (
        f"# Falla a propósito: {error}.\n"
        f"try:\n{body}except Exception as exception:\n"
        '    print(f"{type(exception).__name__}: {exception}")\n'
    )


def notebook(page: Page, run: Run) -> str:
    """The lesson as a notebook: prose, formulas, code, and the outputs and figures of the run."""
    cells = []
    start = 0
    for block, result in zip(page.blocks, run.blocks, strict=True):
        cells.append(_prose(page, start, block.fence.start - 1))
        cells.append(_code(block, result))
        start = (block.output_fence or block.fence).end
    cells.append(_prose(page, start, len(page.lines)))
    kept = [cell for cell in cells if cell is not None]
    for number, cell in enumerate(kept):
        cell["id"] = f"celda-{number}"  # nbformat's own are random
    book = new_notebook(cells=kept)
    book.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.validate(book)
    return nbformat.writes(book) + "\n"


def _code(block: Block, result: BlockRun) -> nbformat.NotebookNode:
    outputs = []
    text, error = result.output, result.error
    if error is not None:
        last = f"{error['type']}: {error['message']}"
        text = text.removesuffix(last + "\n")
        outputs.append(new_output("error", ename=error["type"], evalue=error["message"], traceback=[last]))
    if text:
        outputs.insert(0, new_output("stream", name="stdout", text=text))
    for svg in result.figures:
        outputs.append(new_output("display_data", data={"image/svg+xml": _standalone(svg)}))
    # Jupyter goes on after a cell with this tag, as the lesson does.
    metadata = {"tags": ["raises-exception"]} if block.failure else {}
    return new_code_cell(block.section.code.rstrip("\n"), outputs=outputs, metadata=metadata)


def _standalone(svg: str) -> str:
    """The figure outside the site: its colours are those of the light theme, on its paper."""
    svg = re.sub(r"var\(--fig-(\w+)\)", lambda name: LIGHT[name[1]], svg)
    background = f'<rect width="100%" height="100%" fill="{LIGHT["bg"]}"/>'
    return svg.replace(">", f">{background}", 1)


def _prose(page: Page, start: int, end: int) -> nbformat.NotebookNode | None:
    text = "\n".join(page.lines[start:end]) + "\n"
    if start == 0:
        text = _FRONT_MATTER.sub("", text)
    text = _COMMENT.sub("", text)
    text = _IMAGE.sub("", text)
    text = _PIECE.sub(_piece, text)
    text = _ATTRIBUTES.sub("", text)
    # Pages of the site are not beside the notebook: the words of such a link stay.
    text = _LINK.sub(lambda link: link["text"], text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return new_markdown_cell(html.unescape(text)) if text else None


def _piece(match: re.Match[str]) -> str:
    """A box of the page becomes its title in bold; Jupyter has no boxes."""
    title = (match["title"] or "").strip()
    return f"\n**{title}**\n" if title else "\n"
