"""Protects what practice asks to predict: each task whose answer is a number asks for one that its check claims."""

from __future__ import annotations

import ast
import contextlib
import io
import re
import types
from collections.abc import Iterator
from numbers import Real

import pytest
import torch

from nabla.model.page import Page
from nabla.parse import holes
from nabla.takeaway import notebook
from nabla.takeaway.notebook import Cell, Kind
from tests.takeaway.test_notebooks import NAMES, page_of, source_of


def claimed(check: str) -> set[str]:
    """What a check asks for, as it is written there; of a pair, also each part."""
    found = set()
    for call in ast.walk(ast.parse(check)):
        match call:
            case ast.Call(func=ast.Name("check"), args=[ast.Constant(str(answer)), *_]):
                tree = ast.parse(answer, mode="eval").body
                parts = tree.elts if isinstance(tree, ast.Tuple) else []
                found |= {answer, *map(ast.unparse, parts)}
    return found


def numbers(page: Page) -> Iterator[Cell]:
    """The cells in which a reader fills in one number, or several, each by its name."""
    namespace = types.ModuleType("__main__").__dict__
    for cell in notebook.cells(page):
        if "plt.show()" in cell.solved:
            continue  # slow, and none fills in what is drawn
        with contextlib.redirect_stdout(io.StringIO()):
            exec(cell.solved, namespace)
        if cell.kind is not Kind.TASK:
            continue
        source = source_of(page, cell)
        lines = holes.solved(source).splitlines()
        filled = [lines[hole.start] for hole in holes.find(source) if not hole.indent]
        named = [found[1] for line in filled if (found := re.match(r"(\w+) = ", line))]
        if any(is_number(namespace[name]) for name in named):
            yield cell


def is_number(value: object) -> bool:
    if isinstance(value, torch.Tensor):
        return value.ndim == 0
    return isinstance(value, Real) and not isinstance(value, bool)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of torch, in torch.func; readers never see them
@pytest.mark.parametrize("name", NAMES)
def test_a_task_whose_answer_is_a_number_asks_to_predict_it(name: str) -> None:
    page = page_of(name)
    asked = [each.block for each in page.predictions]
    assert [cell.name for cell in numbers(page) if asked.count(cell.index) != 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_what_is_predicted_is_what_the_check_of_that_task_claims(name: str) -> None:
    page = page_of(name)
    cells = notebook.cells(page)
    assert page.predictions
    for prediction in page.predictions:
        (claim,) = (each for each in page.claims if each.line == prediction.line)
        asked = claim.expressions[0].partition(" == ")[0]
        assert cells[prediction.block].kind is Kind.TASK
        assert asked in claimed(cells[prediction.block + 1].solved)
        # Right before its own cell: neither another task nor another cell stands between.
        assert page.blocks[prediction.block - 1].line < prediction.line < page.blocks[prediction.block].line
