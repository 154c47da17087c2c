"""Runs one lesson: its blocks in order, in a namespace of their own, as ``python lesson.py`` would."""

from __future__ import annotations
import __future__

import ast
import contextlib
import io
import json
import linecache
import os
import sys
import tempfile
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any

from nabla.model import numerals
from nabla.run import libraries, live, reach, rounding

FORMULAS = -1  # what is computed after the last block, as if it were one
_FUTURE = [getattr(__future__, name) for name in __future__.all_feature_names]


def settled(job: dict[str, Any], begin: Callable[[int], None]) -> dict[str, Any]:
    """The result of ``execute``, in which only those blocks reach for randomness whose results depend on it.

    A layer may be born with random weights that nobody sees, and two draws may be compared: what a reader gets is
    then the same. So a lesson that moved a global generator runs again from another seed, and both are compared.
    """
    from_another_seed = _apart(lambda: execute(job, seed=1, draws=False)[0])
    result, _, _ = execute(job, begin)
    touched = not result["failed"] and any(_random(block) for block in result["blocks"])
    if (other := from_another_seed(touched)) is None:
        return result
    same = all(result[part] == other[part] for part in ("claims", "formulas", "live", "failed"))
    pairs = list(zip(result["blocks"], other["blocks"], strict=False))
    steady = [_outcome(block) == _outcome(again) for block, again in pairs]
    for index, block in enumerate(result["blocks"]):
        if (same and all(steady)) or (not all(steady) and index < len(steady) and steady[index]):
            block["reaches"] = [reach for reach in block["reaches"] if reach["kind"] != "random"]
    return result


def _apart(run: Callable[[], dict[str, Any]]) -> Callable[[bool], dict[str, Any] | None]:
    """What calls ``run`` in a copy of this process as it is now, if it is wanted after all."""
    if not hasattr(os, "fork"):
        return lambda wanted: run() if wanted else None
    ask, want = os.pipe()
    answer, tell = os.pipe()
    if not (copy := os.fork()):
        os.close(want)
        try:
            if os.read(ask, 1):
                with open(tell, "w", encoding="utf-8") as out:
                    json.dump(run(), out)
        finally:
            os._exit(0)
    os.close(ask)
    os.close(tell)

    def get(wanted: bool) -> dict[str, Any] | None:
        if wanted:
            os.write(want, b".")
        os.close(want)
        with open(answer, encoding="utf-8") as given:
            text = given.read()
        os.waitpid(copy, 0)
        return json.loads(text) if wanted else None

    return get


def _random(block: dict[str, Any]) -> bool:
    return any(reach["kind"] == "random" for reach in block["reaches"])


def _outcome(block: dict[str, Any]) -> list[Any]:
    return [block["output"], block["error"], [figure["data"] for figure in block["figures"]]]


def execute(
    job: dict[str, Any], begin: Callable[[int], None] = lambda _: None, seed: int = 0, draws: bool = True
) -> tuple[dict[str, Any], dict[str, Any], list[Any]]:
    """Run the blocks of a lesson in order; ``begin`` is told which starts.

    Stops at the first block that raises without being meant to; ``failed`` is then true. Also gives the namespace
    that the lesson leaves, and the values that its comments «símbolos» give. Without ``draws``, figures are only told.
    """
    run = _Lesson(job["page"], seed, draws)
    blocks: list[dict[str, Any]] = []
    claims: list[list[dict[str, str] | None] | None] = [None] * len(job["claims"])
    values: list[Any] = [None] * len(job["formulas"]["values"])
    lively: list[Any] = [None] * len(job["live"])
    if job["formulas"]["chains"]:
        from nabla.algebra import symbols
    for index, block in enumerate(job["blocks"]):
        begin(index)
        result = run.block(index, block)
        blocks.append(result)
        if result["error"] and not block["fails"]:
            failed = {"blocks": blocks, "claims": claims, "formulas": [], "live": lively, "failed": True}
            return failed, run.namespace, values
        for number, (after, expressions) in enumerate(job["claims"]):
            if after == index:
                claims[number] = [run.value(each) for each in expressions]
        for number, (after, expressions) in enumerate(job["formulas"]["values"]):
            if after == index:
                values[number] = symbols.given(expressions, run.namespace)
        for number, (after, expressions) in enumerate(job["live"]):
            if after == index:
                lively[number] = live.values(expressions, run.namespace)
    begin(FORMULAS)
    chains = job["formulas"]["chains"]
    formulas = symbols.evaluate(job["formulas"], run.namespace, values) if chains else []
    result = {"blocks": blocks, "claims": claims, "formulas": formulas, "live": lively, "failed": False}
    return result, run.namespace, values


class _Lesson:
    """The namespace of a lesson, and all that is noted while its blocks run."""

    def __init__(self, page: str, seed: int, draws: bool) -> None:
        self.page = page
        self.draws = draws
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module
        self.namespace = module.__dict__
        self._flags = 0  # of __future__, which hold from their block on
        self._rounded = rounding.Recorder()
        self._watch = reach.watch()
        libraries.seed(seed)
        warnings.simplefilter("error")
        for category in (DeprecationWarning, PendingDeprecationWarning):
            warnings.filterwarnings("ignore", category=category)

    def block(self, index: int, block: dict[str, Any]) -> dict[str, Any]:
        """Run a block: what it printed, drew, raised, rounded near a tie and reached for."""
        file = f"{reach.BLOCK}{index}>"
        # So that inspect and tracebacks find the source of what a block defines.
        linecache.cache[file] = (len(block["code"]), None, block["code"].splitlines(True), file)
        printed = io.StringIO()
        error = None
        before = libraries.generators()
        with _past_python() as written:
            try:
                with contextlib.redirect_stdout(printed), self._watched():
                    exec(self._compiled(block["code"], file, index), self.namespace)
            except KeyboardInterrupt:
                raise
            except BaseException as raised:
                error = describe(raised)
                # What Python prints last when a program stops at an error.
                print(f"{error['type']}: {error['message']}", file=printed)
        found = self._watch.take()
        found += [_reach("output", text.strip(), index) for text in written]
        after = libraries.generators()
        found += [
            _reach("random", name, index) for name in after if before.get(name, after[name]) != after[name]
        ]
        figures: list[dict[str, str]] = []
        if "matplotlib.pyplot" in sys.modules:
            from nabla.draw import drawing

            try:
                salt = f"{self.page}:{block['name']}"
                figures = drawing.take_figures(salt) if self.draws else drawing.take_data()
            except Exception as raised:
                error = error or describe(raised) | {"block": index, "line": _line_of_drawing(block["code"])}
        return {
            "output": printed.getvalue(),
            "figures": figures,
            "error": error,
            "ties": self._rounded.take(),
            "reaches": found,
        }

    def _compiled(self, code: str, file: str, index: int) -> types.CodeType:
        """The code as it stands in a file of its own: nothing of this one's ``__future__`` holds in it."""
        flags = self._flags
        plain = compile(code, file, "exec", flags | ast.PyCF_ONLY_AST, dont_inherit=True)
        tree = rounding.instrument(plain, index)
        compiled = compile(tree, file, "exec", flags, dont_inherit=True)
        for feature in _FUTURE:
            self._flags |= compiled.co_flags & feature.compiler_flag
        return compiled

    @contextlib.contextmanager
    def _watched(self) -> Iterator[None]:
        self._watch.on = True
        try:
            yield
        finally:
            self._watch.on = False

    def value(self, expression: str) -> dict[str, str] | None:
        """The number that an expression of the page stands for, or why it stands for none."""
        if expression == "_":
            return None
        try:
            tree = rounding.instrument(ast.parse(expression, "<cifras>", "eval"), -1)
            code = compile(tree, "<cifras>", "eval", dont_inherit=True)
            value = numerals.exact(eval(code, self.namespace))
        except numerals.NotANumber as error:
            return {"error": str(error)}
        except Exception as error:
            return {"error": f"{type(error).__name__}: {error}"}
        if found := self._rounded.take():
            return {"error": f"redondea {found[0]['value']}, que está junto a un empate de redondeo"}
        return {"value": str(value)}


@contextlib.contextmanager
def _past_python() -> Iterator[list[str]]:
    """What is written past ``sys.stdout``, by other programs or by C code: readers see it, and no page shows it."""
    written: list[str] = []
    kept = os.dup(1)
    with tempfile.TemporaryFile() as file:
        os.dup2(file.fileno(), 1)
        try:
            yield written
        finally:
            os.dup2(kept, 1)
            os.close(kept)
            file.seek(0)
            if text := file.read(1000).decode(errors="replace"):
                written.append(text)


def _reach(kind: str, what: str, block: int) -> dict[str, Any]:
    return {"kind": kind, "what": what, "block": block, "line": 0}


def _line_of_drawing(code: str) -> int:
    """The line that shows the figure, and so the place of what is wrong with all of it."""
    lines = code.splitlines()
    return next((number for number, line in enumerate(lines, 1) if ".show(" in line), len(lines))


def describe(error: BaseException) -> dict[str, Any]:
    """Type and message of an error, and the deepest line of a lesson's block that led to it."""
    places = [
        (int(frame.filename[len(reach.BLOCK) : -1]), frame.lineno)
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(reach.BLOCK)
    ]
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(reach.BLOCK):
        places.append((int(error.filename[len(reach.BLOCK) : -1]), error.lineno or 1))
    block, line = places[-1] if places else (None, None)
    # A SyntaxError's text names the pseudo file; its message alone is what the reader needs.
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    return {"type": type(error).__name__, "message": message, "block": block, "line": line}
