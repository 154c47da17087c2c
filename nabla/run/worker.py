"""Runs lessons: ``python -m nabla.run.worker`` with an order on its standard input, as JSON.

The process imports the lessons' libraries once and forks a child for each lesson, so that lessons
share nothing but the time of that import. Each child leaves its result in the cache; the parent
prints one JSON line per lesson that ended. ``runner`` gives the orders and the environment.

An order is ``{"processes": int, "modules": [name, …], "jobs": [job, …]}``; a job is
``{"page", "blocks": [{"name", "code", "fails"}, …], "claims": [[block, [expression, …]], …],
"formulas": {"tables", "values", "chains"}, "key", "file"}``; ``symbols`` says what formulas are.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import io
import json
import linecache
import os
import sys
import time
import traceback
import types
import warnings
from pathlib import Path
from typing import Any

from nabla.cache import store
from nabla.model import numerals
from nabla.run import rounding


def main() -> None:
    order = json.load(sys.stdin)
    # Outside, a lesson finds its folder on the path, as with `python snippets/lesson.py`.
    sys.path.insert(0, str(Path("snippets").resolve()))
    for module in order["modules"]:
        # A module that cannot be imported is the lesson's fault: its block will say where.
        with contextlib.suppress(Exception):
            importlib.import_module(module)
    if "matplotlib" in sys.modules:
        from nabla.draw import drawing

        drawing.prepare()
    if hasattr(os, "fork"):
        _run_in_children(order["jobs"], order["processes"])
    else:
        for job in order["jobs"]:
            started = time.monotonic()
            _store(job, run(job))
            _report(job, 0, started)


def _run_in_children(jobs: list[dict[str, Any]], processes: int) -> None:
    waiting = list(jobs)
    running: dict[int, tuple[dict[str, Any], float]] = {}
    while waiting or running:
        while waiting and len(running) < processes:
            job = waiting.pop(0)
            sys.stdout.flush()
            if pid := os.fork():
                running[pid] = (job, time.monotonic())
            else:
                _be_child(job)
        pid, status = os.wait()
        job, started = running.pop(pid)
        _report(job, os.waitstatus_to_exitcode(status), started)


def _be_child(job: dict[str, Any]) -> None:
    code = 1
    try:
        reports = os.dup(1)
        os.dup2(2, 1)  # What a library writes past sys.stdout must not be taken for a report.
        result = run(job)
        try:
            _store(job, result)
        except OSError as error:
            os.write(reports, f"{json.dumps({'errno': error.errno, 'file': error.filename})}\n".encode())
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _report(job: dict[str, Any], code: int, started: float) -> None:
    seconds = round(time.monotonic() - started, 2)
    print(json.dumps({"page": job["page"], "code": code, "seconds": seconds}), flush=True)


def run(job: dict[str, Any]) -> dict[str, Any]:
    """What became of a lesson: see ``execute``."""
    return execute(job)[0]


def execute(job: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any], list[Any]]:
    """Run the blocks of a lesson in order, in one fresh namespace.

    Stops at the first block that raises without being meant to; ``failed`` is then true. Also gives the namespace
    that the lesson leaves, and the values that its comments «símbolos» give.
    """
    lesson = types.ModuleType("__main__")
    sys.modules["__main__"] = lesson
    namespace = lesson.__dict__
    _seed()
    warnings.simplefilter("error")
    for category in (DeprecationWarning, PendingDeprecationWarning):
        warnings.filterwarnings("ignore", category=category)
    rounded = rounding.Recorder()
    blocks: list[dict[str, Any]] = []
    claims: list[list[dict[str, str] | None] | None] = [None] * len(job["claims"])
    values: list[Any] = [None] * len(job["formulas"]["values"])
    if job["formulas"]["chains"]:
        from nabla.algebra import symbols
    for index, block in enumerate(job["blocks"]):
        result = _run_block(index, block, namespace, job["page"])
        blocks.append(result | {"ties": rounded.take()})
        if result["error"] and not block["fails"]:
            failed = {"blocks": blocks, "claims": claims, "formulas": [], "failed": True}
            return failed, namespace, values
        for number, (after, expressions) in enumerate(job["claims"]):
            if after == index:
                claims[number] = [_evaluate(each, namespace, rounded) for each in expressions]
        for number, (after, expressions) in enumerate(job["formulas"]["values"]):
            if after == index:
                values[number] = symbols.given(expressions, namespace)
    formulas = symbols.evaluate(job["formulas"], namespace, values) if job["formulas"]["chains"] else []
    result = {"blocks": blocks, "claims": claims, "formulas": formulas, "failed": False}
    return result, namespace, values


def _seed() -> None:
    """Seed the global generators, so that even a careless lesson gives the same page twice."""
    import random

    random.seed(0)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(0)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(0)


def _run_block(index: int, block: dict[str, Any], namespace: dict[str, Any], page: str) -> dict[str, Any]:
    file = f"<block {index}>"
    # So that inspect and tracebacks find the source of what a block defines.
    linecache.cache[file] = (len(block["code"]), None, block["code"].splitlines(True), file)
    printed = io.StringIO()
    error = None
    try:
        with contextlib.redirect_stdout(printed):
            tree = rounding.instrument(ast.parse(block["code"], file), index)
            exec(compile(tree, file, "exec"), namespace)
    except KeyboardInterrupt:
        raise
    except BaseException as raised:
        error = _describe(raised)
        # What Python prints last when a program stops at an error.
        print(f"{error['type']}: {error['message']}", file=printed)
    figures: list[dict[str, str]] = []
    if "matplotlib.pyplot" in sys.modules:
        from nabla.draw import drawing

        try:
            figures = drawing.take_figures(f"{page}:{block['name']}")
        except Exception as raised:
            error = error or _describe(raised) | {"block": index, "line": 1}
    return {"output": printed.getvalue(), "figures": figures, "error": error}


def _describe(error: BaseException) -> dict[str, Any]:
    """Type and message of an error, and the deepest line of a lesson's block that led to it."""
    places = [
        (int(frame.filename[7:-1]), frame.lineno)
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith("<block ")
    ]
    if isinstance(error, SyntaxError) and (error.filename or "").startswith("<block "):
        places.append((int(error.filename[7:-1]), error.lineno or 1))
    block, line = places[-1] if places else (None, None)
    # A SyntaxError's text names the pseudo file; its message alone is what the reader needs.
    message = error.msg if isinstance(error, SyntaxError) else str(error)
    return {"type": type(error).__name__, "message": message, "block": block, "line": line}


def _evaluate(
    expression: str, namespace: dict[str, Any], rounded: rounding.Recorder
) -> dict[str, str] | None:
    if expression == "_":
        return None
    try:
        tree = rounding.instrument(ast.parse(expression, "<cifras>", "eval"), -1)
        value = numerals.exact(eval(compile(tree, "<cifras>", "eval"), namespace))
    except numerals.NotANumber as error:
        return {"error": str(error)}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"}
    if found := rounded.take():
        return {"error": f"redondea {found[0]['value']}, que está junto a un empate de redondeo"}
    return {"value": str(value)}


def _store(job: dict[str, Any], result: dict[str, Any]) -> None:
    store.write(Path(job["file"]), job["key"], json.dumps(result, sort_keys=True))


if __name__ == "__main__":
    main()
