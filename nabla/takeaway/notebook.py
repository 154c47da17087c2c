"""Practice notebooks: from one page, the page to read and the two notebooks to take away.

A task is a cell with holes, the cell after it that checks the answer, and the solution. The page and the
notebook to complete show the cell with its holes and the solution folded under the check; the solved
notebook holds only the solution, with what it printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from nabla.model import course
from nabla.model.page import Block, Figure, Page
from nabla.model.problem import Problem
from nabla.parse import holes
from nabla.run.runner import Run
from nabla.takeaway import export

CHECK_TITLE = "Comprueba tu respuesta"
DRAWING_TITLE = "El dibujo, con la solución"
# Jupyter folds the code of such a cell, and Colab shows its title only: what is read there is its output.
_FOLDED = {"cellView": "form", "jupyter": {"source_hidden": True}}


class Kind(Enum):
    """What a cell is for: code that is given, a task with holes, or the check of the task before it."""

    GIVEN = "given"
    TASK = "task"
    CHECK = "check"


@dataclass(frozen=True)
class Cell:
    """A code cell: ``block`` has the code of the solved version, ``to_complete`` that of the reader's."""

    index: int
    block: Block
    kind: Kind
    to_complete: str

    @property
    def solved(self) -> str:
        return self.block.section.code

    @property
    def name(self) -> str:
        return self.block.section.name


def cells(page: Page) -> list[Cell]:
    """The code cells of a notebook, in order."""
    found: list[Cell] = []
    for index, block in enumerate(page.blocks):
        source = "\n".join(page.lines[block.fence.start : block.fence.end - 1]) + "\n"
        if holes.find(source):
            kind = Kind.TASK
        elif found and found[-1].kind is Kind.TASK:
            kind = Kind.CHECK
        else:
            kind = Kind.GIVEN
        blank = block.section.code if kind is not Kind.TASK else holes.to_complete(source)
        found.append(Cell(index, block, kind, blank))
    return found


def check(page: Page) -> Iterator[Problem]:
    """What makes a page that runs a bad notebook: a task without check, an output in the source, an answer too soon."""
    found = cells(page)
    for cell, following in zip(found, [*found[1:], None], strict=True):
        line = cell.block.line
        if cell.kind is Kind.TASK and (following is None or not re.search(r"\bcheck\(", following.solved)):
            fix = "pon detrás una celda que llame a check(…)"
            yield Problem(page.file, line, "ninguna celda comprueba esta tarea", fix=fix)
        if cell.block.failure:
            fix = "guárdala en un try y di qué enseña el mensaje"
            yield Problem(page.file, line, "ninguna celda de un cuaderno falla a propósito", fix=fix)
        if cell.block.output_fence:
            fix = "bórrala: se ejecuta y se pone al construir"
            yield Problem(page.file, line, "un cuaderno se guarda sin salidas", fix=fix)
    for prediction in page.predictions:
        if found[prediction.block].kind is Kind.CHECK:  # which stands in front of the solution
            fix = f"nombra con «{course.AFTER}» la celda que se completa"
            yield Problem(page.file, prediction.line, "la respuesta se sabría antes que la solución", fix=fix)


def pieces(cell: Cell) -> list[str]:
    """The names of what a page shows of a cell; ``render_cells`` draws each of them."""
    match cell.kind:
        case Kind.GIVEN:
            return [cell.name]
        case Kind.TASK:
            return [f"{cell.name}:to-complete", f"{cell.name}:solved"]
        case Kind.CHECK:
            return [f"{cell.name}:code", f"{cell.name}:output"]


def place(name: str) -> str:
    """The Markdown that keeps the place of a piece until the page is complete."""
    return f'<div data-cell="{name}"></div>'


def fill(content: str, drawn: dict[str, str]) -> str:
    """The HTML ``content`` with each piece that is ``drawn`` in its place."""
    return re.sub(r'<div data-cell="([^"]+)"></div>', lambda piece: drawn.get(piece[1], piece[0]), content)


def is_searched(piece: str) -> bool:
    """Whether a search looks into a piece: not into checks, which name every mistake that somebody could make."""
    return not piece.endswith(":code")


def fold(page: Page, lines: list[str]) -> None:
    """Put into the lines of a page the places of its cells, and fold checks and solutions.

    The figure of a solution goes with it, and one that is drawn with the answer of a task, behind its check, is folded
    too: nobody meets the answer before giving one.
    """
    solution: list[str] = []
    checked = ""  # the task that the last check asks
    for cell in cells(page):
        fence = cell.block.fence
        shown, hidden = pieces(cell)[0], pieces(cell)[1:]
        code, result = [place(shown), ""], [place(name) for name in hidden] + [""]
        if cell.kind is Kind.TASK:
            solution = result + _take_figure(page, cell, lines)
        elif cell.kind is Kind.CHECK:
            solution += result + _take_figure(page, cell, lines)
            code = _folded(CHECK_TITLE, "codigo", code) + _folded("Solución", "solucion", solution)
            checked = _task(cell)
        elif _task(cell) == checked and (figure := _figure(page, cell)):
            drawing = _folded(DRAWING_TITLE, "solucion", _take_figure(page, cell, lines), bars="////")
            lines[figure.line - 1] = "\n".join(["", *drawing])
        lines[fence.start - 1 : fence.end] = ["\n".join(["", *code])] + [""] * (fence.end - fence.start)


def _take_figure(page: Page, cell: Cell, lines: list[str]) -> list[str]:
    """Take away the lines that show the figure of a cell, with its caption."""
    figure = _figure(page, cell)
    if figure is None:
        return []
    taken = lines[figure.line - 1 : figure.end]
    lines[figure.line - 1 : figure.end] = [""] * len(taken)
    return ["", *taken, ""]


def _figure(page: Page, cell: Cell) -> Figure | None:
    return next((each for each in page.figures if each.section == cell.name), None)


def _task(cell: Cell) -> str:
    """What the names of all cells of a task begin with."""
    return cell.name.rpartition("-")[0]


def _folded(title: str, kind: str, body: list[str], bars: str = "///") -> list[str]:
    return [f"{bars} details | {title}", f"    type: {kind}", "", *body, bars, ""]


def shown(page: Page, run: Run) -> dict[str, Any]:
    """The notebook of which the page shows the cells: each piece is a cell of its own, in its words.

    Figures are not in it: the page has them in the same way as any other.
    """
    found = []
    for cell in cells(page):
        output = run.blocks[cell.index].output
        printed = [{"output_type": "stream", "name": "stdout", "text": output}] if output else []
        for name in pieces(cell):
            part = name.partition(":")[2]
            source = {"to-complete": cell.to_complete, "output": ""}.get(part, cell.solved)
            outputs = [] if part in {"to-complete", "code"} else printed
            metadata = {"piece": name}
            if part == "to-complete":
                metadata["style"] = "completar"
            else:
                metadata["block"] = cell.index  # its code ran, so it can be copied with what it needs
            found.append(export.code_cell(source, outputs, metadata))
    return export.book(found)


def to_complete(page: Page) -> str:
    """The notebook in which the reader works, without outputs."""
    code, answer = [], ""
    for cell in cells(page):
        own = [_code(page, cell, cell.to_complete, [])]
        if cell.kind is Kind.TASK:
            answer = cell.solved
        elif cell.kind is Kind.CHECK:
            folded = f"<details>\n<summary>Solución</summary>\n\n```python\n{answer}```\n\n</details>"
            own.append({"cell_type": "markdown", "metadata": {}, "source": folded})
        code.append(own)
    return export.assemble(page, code)


def solved(page: Page, run: Run) -> str:
    """The notebook with the solutions and what they print and draw."""
    outputs = [
        export.outputs(page, block, result) for block, result in zip(page.blocks, run.blocks, strict=True)
    ]
    return export.assemble(
        page, [[_code(page, cell, cell.solved, outputs[cell.index])] for cell in cells(page)]
    )


def _code(page: Page, cell: Cell, source: str, outputs: list[dict[str, Any]]) -> dict[str, Any]:
    if cell.kind is Kind.CHECK:
        return export.code_cell(f"# @title {CHECK_TITLE}\n{source}", outputs, _FOLDED)
    return export.code_cell(source, outputs, _FOLDED if _is_folded(page, cell.block) else {})


def _is_folded(page: Page, block: Block) -> bool:
    """Whether a block stands in a box of the page, such as «Cómo se dibuja»."""
    return page.depth(block.line) > 0
