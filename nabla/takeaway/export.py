"""A lesson to take away: as a plain script and as a notebook, both from the page and its run."""

from __future__ import annotations

import base64
import html
import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from nabla.model.page import Block, Kind, Mark, Page, Region, Span
from nabla.run.runner import BlockRun, Run

_FIGURE_IN_WORDS = "*La figura, en palabras:*"
_ELSEWHERE = re.compile(r"[a-z]+:")


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
            # By these, tools that convert notebooks give a file .py, with the text as comments.
            "language_info": {
                "file_extension": ".py",
                "mimetype": "text/x-python",
                "name": "python",
                "nbconvert_exporter": "python",
            },
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
    regions = page.regions
    first, last = (bisect_right(regions, line, key=lambda region: region.line) for line in (start, end))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(_lines(page, regions[first:last]))).strip()
    return {"cell_type": "markdown", "metadata": {}, "source": text} if text else None


def _lines(page: Page, regions: Sequence[Region]) -> Iterator[str]:
    """Regions as Jupyter shows them: no comments, boxes as their title in bold, folds where no cell is in them."""
    ends = _ends(regions)
    place, line = 0, regions[0].line if regions else 0
    while place < len(regions):
        region = regions[place]
        if region.line > line:
            yield ""  # one or more blank lines, or a comment
        if region.kind is Kind.OPENER and region.name == "details" and place in ends:
            body = "\n".join(_lines(page, regions[place + 1 : ends[place]])).strip()
            yield f"<details>\n<summary>{_summary(page, region)}</summary>\n\n{body}\n\n</details>"
            place = ends[place]
        elif region.kind is Kind.OPENER and region.text and region.name != "html":
            yield f"\n**{region.text}**\n"
        elif region.kind in (Kind.OPENER, Kind.CLOSER):
            yield ""
        elif region.kind not in (Kind.COMMENT, Kind.FRONT_MATTER):
            yield _text(page, region)
        line = regions[place].last + 1
        place += 1


def _summary(page: Page, region: Region) -> str:
    """The title of a fold as HTML, inside of which no program reads Markdown, and VS Code no formula."""
    line = page.lines[region.line - 1]
    parts, place = [], line.index(region.text)
    for span in region.spans:
        parts.append(html.escape(line[place : span.start], quote=False))
        place = span.end
        if span.mark is Mark.CODE:
            parts.append(f"<code>{html.escape(span.text, quote=False)}</code>")
        elif span.mark is Mark.FORMULA and span.text.isalpha():
            parts.append(f"<i>{span.text}</i>")
        else:
            place = span.start
    end = line.index(region.text) + len(region.text)
    words = "".join([*parts, html.escape(line[place:end], quote=False)])
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", words)


def _ends(regions: Sequence[Region]) -> dict[int, int]:
    """Where each piece that opens among these regions closes, if it does so among them too."""
    ends, opened = {}, []
    for place, region in enumerate(regions):
        if region.kind is Kind.OPENER:
            opened.append(place)
        elif region.kind is Kind.CLOSER and opened:
            ends[opened.pop()] = place
    return ends


def _text(page: Page, region: Region) -> str:
    """The text of a region without what only the site understands."""
    text = "\n".join(page.lines[region.line - 1 : region.last])
    parts, place = [], 0
    for start, end, words in sorted(_edits(region.spans)):
        if start >= place:  # what stands in something that was replaced went with it
            parts += [text[place:start], words]
            place = end
    return "".join([*parts, text[place:]])


def _edits(spans: Iterable[Span]) -> Iterator[tuple[int, int, str]]:
    for span in spans:
        if span.mark is Mark.IMAGE:
            # The figure itself is under its code; what it says to those who do not see it stays with its caption.
            yield span.start, span.end, f"{_FIGURE_IN_WORDS} {span.text}\n"
        elif span.mark is Mark.LINK and not _ELSEWHERE.match(span.name):
            # Pages of the site are not beside the notebook: the words of such a link stay.
            yield span.start, span.inner, ""
            yield span.inner + len(span.text), span.end, ""
        elif span.mark is Mark.ATTRIBUTES:
            yield span.start, span.end, ""
