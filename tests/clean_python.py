"""Runs copied code as a reader would: in a fresh process, in an empty folder, without the project.

A cold Python with torch takes two seconds and there are hundreds of blocks, so most run in a child forked
from a Python that has imported torch, numpy and matplotlib and nothing else: what one block does is gone
before the next, but the libraries are already imported. ``cold`` starts a new Python for what it is given.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from tests.conftest import ROOT

# Isolated: neither the environment nor the folder of a script gets into sys.path.
_PYTHON = (sys.executable, "-I", "-W", "ignore::DeprecationWarning")

_SERVER = """
import json, os, sys, traceback
import matplotlib.pyplot, numpy, torch, torch._dynamo

def run(code, out, err):
    os.dup2(out, 1)
    os.dup2(err, 2)
    try:
        exec(compile(code, "<copied>", "exec"), {"__name__": "__main__"})
        status = 0
    except BaseException as error:
        traceback.print_exc()
        # With the name that the class goes by, as the page has it; a traceback may know a private one.
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        status = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)

for line in sys.stdin:
    out, err = (os.memfd_create(name) for name in ("out", "err"))
    child = os.fork()
    if child == 0:
        run(json.loads(line), out, err)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    texts = []
    for file in (out, err):
        os.lseek(file, 0, os.SEEK_SET)
        with open(file, encoding="utf-8") as stream:
            texts.append(stream.read())
    print(json.dumps([code, *texts]), flush=True)
"""


@dataclass(frozen=True)
class Ran:
    """How a piece of code ended: its exit code, what it printed, and its complaints."""

    code: int
    output: str
    errors: str


def _environment() -> dict[str, str]:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return environment | {
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "agg",
        "MPLCONFIGDIR": str(ROOT / ".cache/matplotlib"),
        "OMP_NUM_THREADS": "1",
    }


def cold(code: str, folder: Path) -> Ran:
    """Run the code in a Python started for it."""
    ran = subprocess.run(
        [*_PYTHON, "-X", "utf8", "-"],
        input=code,
        cwd=folder,
        env=_environment(),
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


class CleanPythons:
    """As many servers as cores; ``run_all`` gives each piece of code a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._own = threading.local()
        self._servers: list[subprocess.Popen[str]] = []

    def __enter__(self) -> CleanPythons:
        self._executor = ThreadPoolExecutor(os.cpu_count(), initializer=self._start)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown(cancel_futures=True)
        for server in self._servers:
            server.communicate()

    def run_all(self, codes: list[str]) -> list[Ran]:
        return list(self._executor.map(self._run, codes))

    def _start(self) -> None:
        self._own.server = subprocess.Popen(
            [*_PYTHON, "-X", "utf8", "-c", _SERVER],
            cwd=self.folder,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        self._servers.append(self._own.server)

    def _run(self, code: str) -> Ran:
        server = self._own.server
        print(json.dumps(code), file=server.stdin, flush=True)
        return Ran(*json.loads(server.stdout.readline()))
