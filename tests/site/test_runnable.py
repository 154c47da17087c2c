"""Protects the choice of the blocks that readers run in the page: those whose Python is that of the browser, where the page asks for it."""

from __future__ import annotations

import pytest

from nabla.model.page import Block, Failure, Fence, Page
from nabla.parse import regions
from nabla.parse.sections import Section
from nabla.site import render, runnable

FENCE = ["```python", '--8<-- "snippets/a.py:b0"', "```"]
ASKED = ["---", "ejecutable: true", "---", "# A", *FENCE]
PLAIN = "import math\n\nprint(math.sqrt(4))\n"


def page(*codes: str, lines: list[str] = ASKED, failure: Failure | None = None) -> Page:
    blocks = [
        Block(Fence(5, 7, "", "python"), Section("snippets/a.py", f"b{number}", 1, code), None, None, failure)
        for number, code in enumerate(codes)
    ]
    return Page("docs/a.md", lines, regions.read("\n".join(lines)).regions, blocks)


@pytest.mark.parametrize(
    ("codes", "run"),
    [
        ([PLAIN, "x = 1\n"], {0, 1}),
        (["import torch\n", "x = torch.ones(2)\n", "print(1)  # torch\n"], {2}),
        (["import matplotlib.pyplot as plt\n", "y = plt\n", "plot = 1\n"], {2}),
        (["import torch.nn\n", "torch\n", "nn = 1\n"], {2}),
        (["from torch import ones as full\n", "full(2)\n", "ones = 2\n"], {2}),
        (["from math import pi\n", "print(pi)\n"], {0, 1}),
        (["def f():\n    import torch\n    return 1\n", PLAIN], {1}),
        (["x = (\n", PLAIN], {1}),
    ],
)
def test_what_the_small_python_has_not_is_left_out(codes: list[str], run: set[int]) -> None:
    assert runnable.blocks(page(*codes)) == run


@pytest.mark.parametrize("lines", [["# A"], ["---", "tags: [b]", "---", "# A"]])
def test_only_where_the_page_asks_for_it(lines: list[str]) -> None:
    assert runnable.blocks(page(PLAIN, lines=lines)) == set()


def test_what_fails_on_purpose_is_left_out() -> None:
    assert runnable.blocks(page(PLAIN, failure=Failure("ValueError", (), 1))) == set()


def test_the_page_says_which() -> None:
    assert '```{ .python data-bloque="0" data-ejecutar="sí" }' in render.markdown(page(PLAIN))
    assert '```{ .python data-bloque="0" }' in render.markdown(page("import torch\n"))
