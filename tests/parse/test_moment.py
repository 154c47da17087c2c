"""Protects when a number is computed: after the block before it, or the first that makes what its expression needs."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from nabla.model.page import Page
from nabla.parse import moment

CODE = (
    "x = 7",
    "import math as m\n\n\ndef square(n):\n    inner = n * n\n    return inner",
    "for row in range(3):\n    error = x - row\nlast_row = [last for last in [row]]",
    "x = (error",
    "x, last = error, 1",
)


@pytest.fixture
def page() -> Page:
    """Of a block every ten lines: 10, 20, 30, 40 and 50."""
    page = Page("docs/page.md", [], ())
    for line, code in enumerate(CODE, 1):
        section = SimpleNamespace(name=f"s{line}", code=code)
        page.blocks.append(SimpleNamespace(line=10 * line, section=section))  # type: ignore[arg-type]
    return page


@pytest.mark.parametrize(
    ("line", "sources", "block"),
    [
        (1, ["x"], 0),
        (25, ["x"], 1),
        (25, ["2"], 1),
        (1, ["square(x)"], 1),
        (1, ["m.pi"], 1),
        (1, ["_", "x", "error"], 2),
        (1, ["error", "square"], 2),
        (1, ["row"], 2),
        (1, ["[row for row in [x]]"], 0),
        (1, ["last"], 4),
        (60, ["square(error)"], 4),
        (1, ["inner"], 0),  # a function's own, which no block has
        (1, ["unknown + square(x)"], 1),
        (1, ["x +"], 0),
    ],
)
def test_it_is_the_first_block_after_which_all_names_exist(
    page: Page, line: int, sources: list[str], block: int
) -> None:
    assert moment.find(page, line, None, sources) == block
    assert not page.problems


def test_what_an_answer_needs_is_looked_for_behind_the_question(page: Page) -> None:
    found = [moment.find(page, 25, None, [source], 2) for source in ("square(x)", "last", "unknown")]
    assert found == [2, 4, 2]
    assert moment.find(page, 55, None, ["last"], 5) == 5  # behind the last block


def test_a_named_block_is_that_one_whatever_exists_there(page: Page) -> None:
    assert moment.find(page, 55, "s1", ["last"]) == 0
    assert moment.find(page, 1, "s5", ["x"]) == 4
    assert moment.find(page, 3, "s9", ["x"]) is None
    assert "ninguna sección de esta página se llama «s9»" in str(page.problems)


def test_without_code_nothing_is_computed() -> None:
    page = Page("docs/page.md", [], ())
    assert moment.find(page, 1, None, ["x"]) is None
    assert "esta página no ejecuta código" in str(page.problems)
