"""Rewrite in the pages what a run settles: printed outputs, claimed numbers, the data of figures."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Collection
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from nabla.check.blocks import cannot_be_shown
from nabla.model.page import OUTPUT_MARK, Page
from nabla.run.runner import Run

if TYPE_CHECKING:
    from nabla.check.project import Project


def update(project: Project, only: Collection[str]) -> list[str]:
    """Rewrite the pages in ``only`` (all if empty, but for those that the build writes); the files that changed."""
    changed = []
    for file, run in project.run(
        only or [file for file in project.pages if file not in project.counted]
    ).items():
        page = project.pages[file]
        path = project.root / file
        before = path.read_bytes()
        text = "\n".join(rewritten(page, run)) + "\n"
        if b"\r\n" in before:  # as the author's editor ends lines
            text = text.replace("\n", "\r\n")
        if text.encode() != before:
            _replace(path, text.encode())
            changed.append(file)
    return changed


def rewritten(page: Page, run: Run) -> list[str]:
    """The lines of a page with the outputs, numbers and fingerprints of its run."""
    lines: list[str | None] = list(page.lines)
    for claim, values in zip(page.claims, run.values, strict=True):
        text = claim.paragraph.text
        for numeral, value in reversed(list(zip(claim.numerals, values or (), strict=False))):
            if isinstance(value, Decimal) and not numeral.shows(value):
                end = numeral.start + len(numeral.text)
                text = text[: numeral.start] + numeral.rewritten(value) + text[end:]
        start = claim.paragraph.line - 1
        lines[start : start + len(claim.paragraph.lines)] = text.split("\n")
    plotted = {
        block.section.name: result.plotted[0]
        for block, result in zip(page.blocks, run.blocks, strict=False)
        if result.plotted
    }
    for figure in page.figures:
        computed = plotted.get(figure.section)
        if computed is None or computed.is_told_by(figure.data):
            continue
        line = page.lines[figure.line - 1]
        indent = line[: len(line) - len(line.lstrip())]
        if figure.data_line:
            lines[figure.data_line - 1] = indent + computed.comment
        else:
            lines[figure.end - 1] = f"{lines[figure.end - 1]}\n{indent}{computed.comment}"
    # A block may grow or vanish: its text goes into one line, and the others of it go away.
    for block, result in zip(page.blocks, run.blocks, strict=False):
        if cannot_be_shown(result.output):
            continue  # the check says why
        indent = block.fence.indent
        output = [indent + line if line else "" for line in result.output.split("\n")[:-1]]
        fence = block.output_fence
        if fence is None:
            if output and not page.is_notebook:
                mark = [indent + OUTPUT_MARK, f"{indent}```text", *output, f"{indent}```"]
                lines[block.fence.end - 1] = "\n".join([f"{indent}```", *mark])
            continue
        first = fence.start if output else block.fence.end + 1
        last = fence.end - 1 if output else fence.end
        lines[first:last] = [None] * (last - first)
        if output:
            lines[fence.start - 1] = "\n".join([f"{indent}```text", *output])
        else:
            lines[first - 1] = None
    return [line for line in lines if line is not None]


def _replace(file: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=file.parent, prefix=".", delete=False) as partial:
        partial.write(content)
    os.chmod(partial.name, file.stat().st_mode)
    os.replace(partial.name, file)
