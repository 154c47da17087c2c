"""Runs lessons: ``python -m nabla.run.worker`` with an order on its standard input, as a line of JSON.

The process imports the lessons' libraries once and forks a child for each lesson, so that lessons
share nothing but the time of that import. Each child leaves its result in the cache. One JSON line tells of
each block that starts and of each lesson that ended. ``processes`` gives the orders and the environment, and keeps
the standard input open: when it ends, whoever waited is gone, and so must be all that runs here.

An order is ``{"processes": int, "modules": [name, …], "jobs": [job, …]}``; one without jobs may come before, so that its
modules are imported while nobody waits. A job is
``{"page", "blocks": [{"name", "code", "fails"}, …], "claims": [[block, [expression, …]], …],
"formulas": {"tables", "values", "chains"}, "live": [[block, {name: expression}], …], "key", "file"}``; ``symbols`` says what formulas are.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import sys
import threading
import time
import traceback
from pathlib import Path
from typing import Any

from nabla.cache import store
from nabla.model import course
from nabla.run import lesson, reach
from nabla.run.environment import forget_what_starting_needed


def main() -> None:
    reports = os.dup(1)
    os.dup2(2, 1)  # What a library or another program writes must not be taken for a report.
    # Outside, a lesson finds its folder on the path, as with `python snippets/lesson.py`.
    sys.path.insert(0, str(Path(course.SNIPPETS).resolve()))
    sys.argv = [""]
    gc.disable()  # Nothing of what is imported becomes garbage.
    for line in iter(sys.stdin.readline, ""):
        order = json.loads(line)
        if order["jobs"]:
            break
        _import(order["modules"])
    else:
        return
    jobs, guard = order["jobs"], _guard()
    _import(order["modules"])
    # What all lessons share; one that looked through it for garbage would make all of it a copy of its own.
    gc.freeze()
    gc.enable()
    if guard:
        try:
            _run_in_children(jobs, order["processes"], guard, reports)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(guard, signal.SIGKILL)  # with all that a lesson left running
    else:
        for job in jobs:
            started = time.monotonic()
            _run(job, reports)
            _ended(job, 0, started, reports)


def _import(modules: list[str]) -> None:
    for module in modules:
        # A module that cannot be imported is the lesson's fault: its block will say where.
        with contextlib.suppress(Exception):
            importlib.import_module(module)
    if "matplotlib" in sys.modules and "nabla.draw.drawing" not in sys.modules:
        from nabla.draw import drawing

        drawing.prepare()


def _guard() -> int:
    """Start what ends all lessons when the standard input ends: the group of processes they are to join.

    0 without fork, where a thread ends this process.
    """
    if not hasattr(os, "fork"):
        threading.Thread(target=lambda: (sys.stdin.read(), os._exit(1)), daemon=True).start()
        return 0
    worker = os.getpid()
    ready, begun = os.pipe()
    if pid := os.fork():
        os.close(begun)
        os.read(ready, 1)  # now the group exists
        os.close(ready)
        return pid
    os.setpgid(0, 0)
    os.write(begun, b".")
    os.closerange(1, 1024)  # whoever reads these must not wait for us
    while os.read(0, 1024):
        pass
    if os.getppid() == worker:
        os.kill(worker, signal.SIGKILL)
    os.killpg(0, signal.SIGKILL)
    raise AssertionError("unreachable")


def _run_in_children(jobs: list[dict[str, Any]], processes: int, group: int, reports: int) -> None:
    waiting = list(jobs)
    running: dict[int, tuple[dict[str, Any], float]] = {}
    while waiting or running:
        while waiting and len(running) < processes:
            job = waiting.pop(0)
            if pid := os.fork():
                running[pid] = (job, time.monotonic())
            else:
                _be_child(job, group, reports)
        pid, status = os.wait()
        if pid in running:
            job, started = running.pop(pid)
            _ended(job, os.waitstatus_to_exitcode(status), started, reports)


def _be_child(job: dict[str, Any], group: int, reports: int) -> None:
    code = 1
    try:
        os.setpgid(0, group)
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, 0)
        _run(job, reports)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def _run(job: dict[str, Any], reports: int) -> None:
    reach.watch()  # before the environment goes that tells it what belongs to libraries
    forget_what_starting_needed()

    def begin(block: int) -> None:
        about = {"block": block, "pid": os.getpid(), "cpu": time.process_time()}
        _report({"page": job["page"]} | about, reports)

    result = lesson.settled(job, begin)
    try:
        store.write(Path(job["file"]), job["key"], json.dumps(result, sort_keys=True))
    except OSError as error:
        _report({"errno": error.errno, "file": error.filename}, reports)


def _ended(job: dict[str, Any], code: int, started: float, reports: int) -> None:
    seconds = round(time.monotonic() - started, 2)
    _report({"page": job["page"], "code": code, "seconds": seconds}, reports)


def _report(what: dict[str, Any], reports: int) -> None:
    os.write(reports, f"{json.dumps(what)}\n".encode())


if __name__ == "__main__":
    main()
