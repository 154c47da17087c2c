"""A lesson to take away: as a plain script and as a notebook, both from the page and its run."""

from __future__ import annotations

import base64
import html
import json
import re
from typing import Any

from nabla.parse.page import Block, Page
from nabla.run.runner import BlockRun, Run

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_COMMENT = re.compile(r"^[ \t]*<!--.*?-->[ \t]*\n?", re.DOTALL | re.MULTILINE)
_IMAGE = re.compile(r"!\[(?P<alt>(?:[^\[\]]|\[[^\]]*\])*)\]\(figura:[\w-]*\)\n?")
_PIECE = re.compile(
    r"^/{3,}(?:\s*(?P<kind>[\w-]+)\s*(?:\|\s*(?P<title>.*))?)?$\n(?:^    \w+: .*$\n)*", re.MULTILINE
)
_DETAILS = re.compile(
    r"^(?P<bars>/{3,}) details \| (?P<title>.+)\n(?:    \w+: .*\n)*(?P<body>(?:.*\n)*?)(?P=bars)$",
    re.MULTILINE,
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
    return assemble(
        page, [[_code(page, block, result)] for block, result in zip(page.blocks, run.blocks, strict=True)]
    )


def assemble(page: Page, code: list[list[dict[str, Any]]]) -> str:
    """The notebook with the prose of a page and, in the place of each block, the cells given for it."""
    cells = []
    start = 0
    for block, own in zip(page.blocks, code, strict=True):
        cells += [_prose(page, start, block.fence.start - 1), *own]
        start = (block.output_fence or block.fence).end
    cells.append(_prose(page, start, len(page.lines)))
    kept = [cell for cell in cells if cell is not None]
    return json.dumps(book(kept), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def book(cells: list[dict[str, Any]]) -> dict[str, Any]:
    """The cells as a whole notebook in the format of Jupyter, version 4.5."""
    # Written by hand, and held against nbformat by the tests: its constructors validate cell by cell,
    # which took a third of a second in every build.
    return {
        "cells": [cell | {"id": f"celda-{number}"} for number, cell in enumerate(cells)],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def _code(page: Page, block: Block, result: BlockRun) -> dict[str, Any]:
    # Jupyter goes on after a cell with this tag, as the lesson does.
    metadata = {"tags": ["raises-exception"]} if block.failure else {}
    return code_cell(block.section.code, outputs(page, block, result), metadata)


def code_cell(source: str, outputs: list[dict[str, Any]], metadata: dict[str, Any]) -> dict[str, Any]:
    """A code cell of a notebook."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": metadata,
        "outputs": outputs,
        "source": source.rstrip("\n"),
    }


def outputs(page: Page, block: Block, result: BlockRun) -> list[dict[str, Any]]:
    """What a block printed, drew or raised, as the outputs of a cell."""
    outputs: list[dict[str, Any]] = []
    text, error = result.output, result.error
    if error is not None:
        last = f"{error['type']}: {error['message']}"
        text = text.removesuffix(last + "\n")
        outputs.append(
            {"output_type": "error", "ename": error["type"], "evalue": error["message"], "traceback": [last]}
        )
    if text:
        outputs.insert(0, {"output_type": "stream", "name": "stdout", "text": text})
    alt = next((figure.alt for figure in page.figures if figure.section == block.section.name), "")
    for picture in result.pictures:
        # A PNG, as running the cell gives: Jupyter shows an SVG only in a notebook that it trusts.
        outputs.append(
            {
                "output_type": "display_data",
                "data": {"image/png": picture + "\n", "text/plain": alt},
                "metadata": {"image/png": {"alt": alt, "width": _width(picture)}},
            }
        )
    return outputs


def _width(picture: str) -> int:
    """How wide a PNG is shown; it has half as many pixels again, for screens that have more."""
    return int.from_bytes(base64.b64decode(picture[:32])[16:20]) * 2 // 3


def _prose(page: Page, start: int, end: int) -> dict[str, Any] | None:
    text = "\n".join(page.lines[start:end]) + "\n"
    if start == 0:
        text = _FRONT_MATTER.sub("", text)
    text = _COMMENT.sub("", text)
    text = _IMAGE.sub(_in_words, text)
    text = _DETAILS.sub(_details, text)
    text = _PIECE.sub(_piece, text)
    text = _ATTRIBUTES.sub("", text)
    # Pages of the site are not beside the notebook: the words of such a link stay.
    text = _LINK.sub(lambda link: link["text"], text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return {"cell_type": "markdown", "metadata": {}, "source": html.unescape(text)} if text else None


def _in_words(image: re.Match[str]) -> str:
    """The figure itself is under its code; what it says to those who do not see it stays with its caption."""
    return f"*La figura, en palabras:* {image['alt']}\n\n"


def _details(match: re.Match[str]) -> str:
    """What is folded in the page is folded in Jupyter too, unless there is a cell in it."""
    return f"<details>\n<summary>{match['title']}</summary>\n\n{match['body'].strip()}\n\n</details>"


def _piece(match: re.Match[str]) -> str:
    """A box of the page becomes its title in bold; Jupyter has no boxes."""
    title = (match["title"] or "").strip()
    return f"\n**{title}**\n" if title else "\n"
