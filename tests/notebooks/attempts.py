"""What the checks of notebooks say to answers: ``python -m tests.notebooks.attempts`` with an order on its input.

An order is a list of notebooks, each a list of cells ``{"solved": code, "check": code | None, "attempts": [code, …]}``.
A cell with a check is a task. Each attempt runs in a child, with all that comes before it solved; its answer is one
line of JSON. One import of torch serves all.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import types
from typing import Any

import matplotlib.pyplot  # for all children  # noqa: F401
import torch  # noqa: F401


def main() -> None:
    for book in json.load(sys.stdin):
        sys.stdout.flush()
        if not os.fork():
            code = 1
            try:
                _play(book)
                code = 0
            finally:
                sys.stdout.flush()
                os._exit(code)
        if os.waitstatus_to_exitcode(os.wait()[1]):
            sys.exit(1)


def _play(book: list[dict[str, Any]]) -> None:
    namespace = types.ModuleType("__main__").__dict__
    for cell in book:
        for attempt in cell["attempts"]:
            sys.stdout.flush()
            if os.fork():
                os.wait()
                continue
            print(json.dumps(_said(namespace, attempt, cell["check"])), flush=True)
            os._exit(0)
        _run(namespace, cell["solved"])


def _said(namespace: dict[str, Any], attempt: str, check: str) -> list[str]:
    """Who stopped the notebook, if anyone did, and with which words."""
    for place, code in (("cell", attempt), ("check", check)):
        try:
            _run(namespace, code)
        except Exception as error:
            return [place, type(error).__name__, str(error)]
    return ["nobody", "", ""]


def _run(namespace: dict[str, Any], code: str) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        exec(compile(code, "<cell>", "exec"), namespace)


if __name__ == "__main__":
    main()
