"""Protects ``make update``: what it writes passes the check, and of what it cannot settle the check says what to do."""

from __future__ import annotations

import random

import pytest

from nabla.check.advice import UPDATE
from nabla.check.blocks import cannot_be_shown, check_block
from nabla.check.project import Project
from nabla.check.update import rewritten, update
from nabla.model.problem import Problem
from nabla.parse.page import parse
from nabla.run.runner import BlockRun, Run
from tests.conftest import Mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

SIGNS = [
    "a",
    "b",
    " ",
    "  ",
    "\n",
    "\n",
    "\r",
    "\r\n",
    "\f",
    "\v",
    "\u2028",
    "\u2029",
    "\x85",
    "\t",
    "```",
    "~~~",
]
SIGNS += [
    "\x1b[1m",
    "\0",
    "\ufeff",
    "\ud800",
    "<!--",
    "-->",
    "///",
    '--8<-- "x"',
    "$x$",
    "#",
    "- ",
    "|",
    "ñ",
    "\u00a0",
]


def settled(mini: Mini, output: str) -> list[Problem]:
    """The problems of a block that prints this, once the page is rewritten."""
    project = Project.load(mini.root)
    page = project.pages["docs/mini.md"]
    printed = BlockRun(output=output, figures=(), pictures=(), plotted=(), error=None)
    other = BlockRun(output="49.0\n", figures=(), pictures=(), plotted=(), error=None)
    run = Run((printed, other), values=(None,) * len(page.claims), formulas=(), failed=False)
    text = "\n".join(rewritten(page, run)) + "\n"
    again = parse(page.file, text, project.sections)
    assert again.blocks[1].expected == "49.0\n", "what stands behind is as it was"
    return check_block(again, run, 0)


@pytest.mark.parametrize("seed", range(4))
def test_an_output_is_settled_or_refused_with_what_to_do(mini: Mini, seed: int) -> None:
    draw = random.Random(seed)
    good = 0
    for _ in range(60):
        output = "".join(draw.choices(SIGNS, k=draw.randint(0, 4))) + draw.choice(["", "\n", "\n"])
        problems = settled(mini, output)
        assert all(problem.fix and problem.fix != UPDATE for problem in problems), repr(output)
        assert bool(problems) == bool(cannot_be_shown(output)), repr(output)
        good += not problems
    assert good > 5


@pytest.mark.parametrize(
    ("output", "said"),
    [
        ("a", "no acaba en fin de línea"),
        ("10 %\r20 %\n", r"contiene \r"),
        ("a\r\n", r"contiene \r"),
        ("a\f\n", r"contiene \f"),
        ("a\u2028b\n", "contiene el carácter U+2028"),
        ("a\x85b\n", "contiene el carácter U+0085"),
        ("a\tb\n", "contiene un tabulador"),
        ("x\n  ```\n", "contiene ```"),
        ('--8<-- "snippets/mini.py"\n', "contiene --8<"),
    ],
)
def test_what_cannot_be_shown_is_named(mini: Mini, output: str, said: str) -> None:
    (problem,) = settled(mini, output)
    assert said in problem.what and problem.fix
    assert (problem.file, problem.line) == ("docs/mini.md", 10)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_lines_end_as_they_did(mini: Mini, end: str) -> None:
    text = mini.page.read_text().replace("cuadrado, 49.0", "cuadrado, 3.5").replace("\n", end)
    mini.page.write_bytes(text.encode())
    assert update(Project.load(mini.root), set()) == ["docs/mini.md"]
    assert mini.page.read_bytes().decode() == text.replace("3.5", "49.0")
    assert update(Project.load(mini.root), set()) == []
