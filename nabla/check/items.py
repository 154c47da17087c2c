"""What is asked of a page, item by item: each block, claim and formula, and the page as a whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nabla.check.blocks import check_block
from nabla.check.claims import check_claim
from nabla.check.drawings import check_figures
from nabla.check.equality import check_formula
from nabla.model.page import Page
from nabla.model.problem import Problem
from nabla.run.runner import Run
from nabla.takeaway import notebook


@dataclass(frozen=True)
class Item:
    """A question and its answer. ``waits`` says what must be mended before it can be asked."""

    name: str
    line: int
    problems: tuple[Problem, ...] = ()
    waits: str = ""


def of(page: Page, run: Run | None) -> Iterator[Item]:
    """The items of a page. Without a run, those of its code wait."""
    yield Item("página", 1, tuple(_whole(page, run)))
    if not page.runnable:
        return
    for index, block in enumerate(page.blocks):
        done = run is not None and index < len(run.blocks)
        yield Item(
            f"line {block.line}",
            block.line,
            tuple(check_block(page, run, index)) if run is not None and done else (),
            "" if done else _stop(page, run),
        )
    ended = run is not None and not run.failed
    for index, claim in enumerate(page.claims):
        done = run is not None and run.values[index] is not None
        problems = check_claim(page, run, index) if run is not None and done else []
        yield Item(f"line {claim.line}", claim.line, tuple(problems), "" if done else _stop(page, run))
    for index, relation in enumerate(page.formulas.relations):
        problems = check_formula(page, run, index) if run is not None and ended else []
        yield Item(f"line {relation.line}", relation.line, tuple(problems), "" if ended else _stop(page, run))


def _stop(page: Page, run: Run | None) -> str:
    if run is None or not run.blocks:
        return "la lección no acabó de ejecutarse"
    return f"arregla antes el bloque de la línea {page.blocks[len(run.blocks) - 1].line}"


def _whole(page: Page, run: Run | None) -> Iterator[Problem]:
    yield from page.problems
    if page.is_notebook and page.runnable:
        yield from notebook.check(page)
    if run is not None and not run.failed:
        yield from check_figures(page, run)
