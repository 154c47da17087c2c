"""Runs the mutants of a lesson, each in a child process forked just before the section that it changes.

The child goes on from there as the lesson would and ends at the first thing that the page does not say.
So the sections before are run once for all mutants, and most mutants cost one section.
"""

from __future__ import annotations

import ast
import contextlib
import io
import linecache
import os
import resource
import signal
import sys
import types
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import matplotlib.pyplot as plt

from nabla import check, numerals, plotted, worker
from nabla.page import Page
from nabla.runner import BlockRun, Run
from tests.mutation.operators import Mutant, mutants

# What tells a mutant from the lesson, in the order in which it is asked for.
KINDS = ("crash", "error", "output", "figure", "number", "derivative", "timeout", "survived")
_SURVIVED = KINDS.index("survived")


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant; ``kind`` is one of KINDS."""

    section: str
    mutant: str
    line: int
    kind: str


class Broken(Exception):
    """The lesson itself does not pass; nothing can be said of its mutants."""


class LessonRun:
    """A page being run, block after block, and compared with what it publishes."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.figures = {figure.section: figure for figure in page.figures}
        self.blocks: list[BlockRun] = []
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        self.namespace = module.__dict__
        worker._seed()
        warnings.simplefilter("error")
        for category in (DeprecationWarning, PendingDeprecationWarning):
            warnings.filterwarnings("ignore", category=category)

    def difference(self, code: types.CodeType) -> str | None:
        """Run the next block as ``code``; what differs from the page then, as one of KINDS."""
        index = len(self.blocks)
        block = self.page.blocks[index]
        printed = io.StringIO()
        error = None
        with contextlib.redirect_stdout(printed):
            try:
                exec(code, self.namespace)
            except Exception as raised:
                error = worker._describe(raised)
                print(f"{error['type']}: {error['message']}")
        if error and block.failure is None:
            return "crash"
        self.blocks.append(
            BlockRun(output=printed.getvalue(), figures=(), pictures=(), plotted=(), error=error)
        )
        run = Run(tuple(self.blocks), values=(), formulas=(), failed=False)
        if block.failure and check._failure(self.page, block, error):
            return "error"
        if check.check_block(self.page, run, index):
            return "output"
        return self._figure_difference(block.section.name) or self._number_difference(index)

    def _figure_difference(self, name: str) -> str | None:
        try:
            drawn = [plotted.fingerprint(plt.figure(number)) for number in plt.get_fignums()]
        except Exception:
            return "crash"
        finally:
            plt.close("all")
        figure = self.figures.get(name)
        told = [] if figure is None else [figure.data]
        if len(drawn) != len(told) or not all(map(type(drawn[0]).is_told_by, drawn, told)) if drawn else told:
            return "figure"
        return None

    def _number_difference(self, index: int) -> str | None:
        for claim in self.page.claims:
            if claim.block == index:
                for numeral, expression in zip(claim.numerals, claim.expressions, strict=True):
                    if expression != "_" and not numeral.shows(self._value(expression)):
                        return "number"
        return None

    def _value(self, expression: str) -> Decimal:
        try:
            return numerals.exact(eval(expression, self.namespace))
        except Exception:
            return Decimal("Infinity")


def outcomes(page: Page, share: int, shares: int, judge: Callable[[dict[str, Any]], bool]) -> list[Outcome]:
    """What becomes of every ``shares``-th mutant of a page, beginning with number ``share``.

    ``judge`` is given the variables that a mutated lesson leaves if the page does not tell it from the
    right one, and says whether a test of derivatives does.
    """
    found = []
    run = LessonRun(page)
    number = 0
    for index, block in enumerate(page.blocks):
        source, file = block.section.code, f"<block {index}>"
        linecache.cache[file] = (len(source), None, source.splitlines(True), file)
        for mutant in mutants(source, file):
            number += 1
            if number % shares == share:
                kind = in_child(lambda mutant=mutant: _fate(run, mutant, judge))
                line = block.section.line + mutant.line - 1
                section = f"{os.path.basename(block.section.file)[:-3]}:{block.section.name}"
                found.append(Outcome(section, mutant.name, line, kind))
        if (kind := run.difference(compile(source, file, "exec"))) is not None:
            raise Broken(f"{page.file}: {block.section.name}: {kind}")
    return found


def _fate(run: LessonRun, mutant: Mutant, judge: Callable[[dict[str, Any]], bool]) -> str:
    kind = run.difference(mutant.code)
    for index in range(len(run.blocks), len(run.page.blocks)):
        if kind is not None:
            return kind
        tree = ast.parse(run.page.blocks[index].section.code)
        kind = run.difference(compile(tree, f"<block {index}>", "exec"))
    if kind is None and judge(run.namespace):
        kind = "derivative"
    return kind or "survived"


def in_child(ask: Callable[[], str], seconds: int = 30) -> str:
    """The answer of a child process that can neither hang nor write a file."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        code = KINDS.index("crash")
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            os.dup2(1, 2)
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
            resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
            code = KINDS.index(ask())
        finally:
            os._exit(code)
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status):
        out_of_time = os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL)
        return "timeout" if out_of_time else "crash"
    return KINDS[os.WEXITSTATUS(status)]
