"""Runs the mutants of a lesson, each in a child process forked just before the section that it changes.

The child goes on from there as the lesson would and ends at the first thing that the page does not say.
So the sections before are run once for all mutants, and most mutants cost one section.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
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
from pathlib import Path

import matplotlib.pyplot as plt
import pytest

from nabla.check import blocks, check
from nabla.draw import drawing, figure_data
from nabla.model import numerals
from nabla.model.fingerprint import Fingerprint
from nabla.model.numerals import Numeral
from nabla.model.page import Block, Page
from nabla.run import lesson, libraries
from nabla.run.runner import BlockRun, Run
from tests.mutation.operators import Mutant, mutants

DERIVATIVES = Path(__file__).resolve().parent.parent / "derivatives"
# What tells a mutant from the lesson, in the order in which it is asked for.
KINDS = ("crash", "error", "output", "figure", "number", "derivative", "timeout", "survived")
# A survivor that needs no entry in the list, by a rule: it moves only a margin (``operators.Mutant``), or its
# section is shown for its error, which is the announced one with any values.
RULED = "ruled"


@dataclass(frozen=True)
class Outcome:
    """What became of a mutant; ``kind`` is one of KINDS, or RULED."""

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
        self.code = [_compiled(index, block.section.code) for index, block in enumerate(page.blocks)]
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        self.namespace = module.__dict__
        libraries.seed(0)
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
                error = lesson.describe(raised)
                print(f"{error['type']}: {error['message']}")
        if error and block.failure is None:
            return "crash"
        self.blocks.append(
            BlockRun(output=printed.getvalue(), figures=(), pictures=(), plotted=(), error=error)
        )
        run = Run(tuple(self.blocks), values=(), formulas=(), failed=False)
        if block.failure and blocks.failure(self.page, block, error):
            return "error"
        if check.check_block(self.page, run, index):
            return "output"
        return self._figure_difference(block.section.name) or self._number_difference(index)

    def _figure_difference(self, name: str) -> str | None:
        try:
            drawn = [figure_data.fingerprint(plt.figure(number)) for number in plt.get_fignums()]
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
                    if expression != "_" and not self._shows(numeral, expression):
                        return "number"
        return None

    def _shows(self, numeral: Numeral, expression: str) -> bool:
        try:
            return numeral.shows(numerals.exact(eval(expression, self.namespace)))
        except Exception as error:
            # Read only if the lesson itself is at fault: the children that run mutants are mute.
            print(f"{self.page.file}: {expression}: {error!r}", file=sys.stderr, flush=True)
            return False


def prepare() -> None:
    """Import once what every lesson needs; the children inherit it."""
    os.environ["MPLCONFIGDIR"] = str(Path(".cache/matplotlib").resolve())
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # which costs more than most tests of derivatives
    sys.dont_write_bytecode = True
    sys.path.insert(0, str(Path("snippets").resolve()))
    for module in ("numpy", "tests.derivatives.three_ways", "torch", "torch._dynamo", "torch.nn"):
        importlib.import_module(module)
    importlib.import_module("torch").set_num_threads(1)
    drawing.prepare()
    Fingerprint.of([0.0] * (2**17 - 1))  # so that no child makes the weights again
    gc.disable()  # a collection would make each child copy all that it shares with the others
    gc.freeze()


def of_share(job: tuple[Page, range | frozenset[int]]) -> tuple[str, dict[int, Outcome]]:
    """What becomes of the mutants of a page that have these numbers, by number."""
    page, wanted = job
    found = {}
    run = LessonRun(page)
    number = -1
    for index, block in enumerate(page.blocks):
        for mutant in mutants(block.section.code, f"<block {index}>"):
            number += 1
            if number in wanted:
                kind = in_child(lambda mutant=mutant: _fate(run, mutant))
                if kind == "survived" and (mutant.is_marginal or block.failure):
                    kind = RULED
                line = block.section.line + mutant.line - 1
                found[number] = Outcome(name_of(block), mutant.name, line, kind)
        if (kind := run.difference(run.code[index])) is not None:
            raise Broken(f"{page.file}: {block.section.name}: {kind}")
    return page.file, found


def name_of(block: Block) -> str:
    """``lesson:section``, as the list of equivalent mutants has it."""
    return f"{Path(block.section.file).stem}:{block.section.name}"


def _compiled(index: int, source: str) -> types.CodeType:
    file = f"<block {index}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    return compile(source, file, "exec")


def _fate(run: LessonRun, mutant: Mutant) -> str:
    kind = run.difference(mutant.code)
    while kind is None and len(run.blocks) < len(run.code):
        kind = run.difference(run.code[len(run.blocks)])
    if kind is None and mutant.in_function and _fails_derivatives(run):
        kind = "derivative"
    return kind or "survived"


def judge_of(page: Page) -> Path:
    """The tests of a lesson's derivatives, if it has any: they try its functions at other points."""
    return DERIVATIVES / f"test_{Path(page.file).stem.replace('-', '_')}.py"


def _fails_derivatives(run: LessonRun) -> bool:
    """Whether the tests of the derivatives of a lesson fail when it leaves the variables of this run."""
    from tests.derivatives import three_ways  # which imports torch

    judge = judge_of(run.page)
    if not judge.exists():
        return False
    three_ways.loaded[judge.stem.removeprefix("test_")] = run.namespace
    options = ["-x", "-q", "-s", "-p", "no:cacheprovider", "-c", os.devnull, f"--rootdir={DERIVATIVES}"]
    return pytest.main([*options, str(judge)]) == pytest.ExitCode.TESTS_FAILED


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
