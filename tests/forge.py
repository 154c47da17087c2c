"""Commands run by a process that has imported all they need: each in a child of its own, forked when asked for.

The child starts where ``python -m`` would, with nothing that another command left behind; what it saves is
starting Python and importing MkDocs, its plugins and pytest: most of what a small project costs.

``python -m tests.forge`` reads an order a line (JSON: module, arguments, folder, environment, where to write) and
answers with the exit code.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import runpy
import subprocess
import sys
import tempfile
import threading
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_ENTRIES = ("mkdocs.commands.build", "pytest", "pytest_codeblocks.plugin", "nabla.check.pytest_plugin")
# pytest says that it cannot rewrite the assertions of what was imported before it: there is none in it.
_OPTIONS = {"pytest": ["--assert=plain"]}


class Forge:
    """The process that has imported everything."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.forge"],
            cwd=ROOT,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},  # asked for when the theme is imported
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(
        self, folder: Path, environment: dict[str, str], module: str, *arguments: str
    ) -> subprocess.CompletedProcess[str]:
        """What ``python -m module arguments`` does in ``folder``."""
        assert self.process.stdin and self.process.stdout
        with self._turn, tempfile.TemporaryDirectory() as out:
            order = [module, arguments, str(folder), environment, out]
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
            code = int(self.process.stdout.readline())
            said = [(Path(out) / name).read_text("utf-8") for name in ("stdout", "stderr")]
        return subprocess.CompletedProcess([module, *arguments], code, *said)


@cache
def forge() -> Forge:
    return Forge()


def _serve() -> None:
    for entry in _ENTRIES:
        importlib.import_module(entry)
    known = False
    for line in sys.stdin:
        order = json.loads(line)
        code = _obey(order)
        if not known and code == 0:  # the first command that ends well tells what all of them import
            known = True
            for name in (Path(order[4]) / "modules").read_text().split():
                with contextlib.suppress(Exception):
                    importlib.import_module(name)
        print(code, flush=True)


def _run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
    """In place of ``subprocess.run`` in a child, so that what it starts with ``python -m`` is forked as well."""
    if command[:2] != [sys.executable, "-m"] or not options.get("capture_output"):
        return _true_run(command, **options)
    with tempfile.TemporaryDirectory() as out:
        environment = dict(options.get("env") or os.environ)
        code = _obey([command[2], command[3:], str(options.get("cwd") or os.getcwd()), environment, out])
        said = [(Path(out) / name).read_text("utf-8") for name in ("stdout", "stderr")]
    return subprocess.CompletedProcess(command, code, *said)


_true_run = subprocess.run


def _obey(order: list[Any]) -> int:
    """Fork a child that obeys; its exit code."""
    module, arguments, folder, environment, out = order
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    subprocess.run = _run
    for descriptor, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(f"{out}/{name}", os.O_WRONLY | os.O_CREAT), descriptor)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [module, *_OPTIONS.get(module, []), *arguments]
    sys.path[0] = folder
    code = 0
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        code = 1
    finally:
        Path(out, "modules").write_text("\n".join(name for name in sys.modules if name[0] != "_"))
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    _serve()
