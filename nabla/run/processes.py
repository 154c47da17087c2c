"""Starts ``worker``, follows the lessons that it runs, and ends those that never end."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nabla.cache import recent
from nabla.model import course, files
from nabla.run import keys, libraries
from nabla.run.environment import environment

log = logging.getLogger("mkdocs.nabla")

# Seconds of work for one block, far more than any reader would wait.
LIMIT = 60.0
# How much longer it may take on a busy machine, or asleep.
_SLACK = 10
_PATIENCE = 1.0  # for what an ended process may still have to say


@dataclass(frozen=True)
class Stopped:
    """A lesson without a result: the block at which it ended (None: before the first), and how."""

    page: str
    block: int | None
    code: int | None = None
    """The exit code of its process; None if it took too long."""


def execute(root: Path, jobs: list[dict[str, Any]], standby: Standby | None = None) -> list[Stopped]:
    """Run the jobs, saying which one ended; those that left no result. Raises OSError if none can be written."""
    log.info("%s", announcement([job["page"] for job in jobs]))
    # Without fork, each lesson needs a process of its own to start afresh.
    orders = [jobs] if hasattr(os, "fork") else [[job] for job in jobs]
    ended = _Ended(len(jobs))
    for order in orders:
        remaining = order
        while remaining:  # once more without the lesson that held up the others
            worker = standby.take() if standby else _Worker(root)
            worker.follow(remaining, ended)
            remaining = [job for job in order if job["page"] not in ended.pages]
    for job in jobs:
        recent.use(Path(job["file"]))
    if standby:
        standby.modules = _modules(jobs)
    return ended.stopped


def _modules(jobs: list[dict[str, Any]]) -> list[str]:
    """What the lessons of ``jobs`` import."""
    code = [block["code"] for job in jobs for block in job["blocks"]]
    imported = [name for each in code for name in keys.imports(each)]
    return libraries.to_import(code, imported, any(job["formulas"]["chains"] for job in jobs))


def announcement(pages: list[str]) -> str:
    """What is about to run: how many of each kind; the name of the only one."""
    kinds = {course.LESSONS: ("lección", "lecciones"), course.NOTEBOOKS: ("cuaderno", "cuadernos")}
    found = Counter(next((kind for kind in kinds if page.startswith(kind)), "") for page in pages)
    words = kinds | {"": ("página", "páginas")}
    counts = [f"{found[kind]} {words[kind][found[kind] > 1]}" for kind in words if found[kind]]
    if len(pages) == 1:
        return f"Se ejecuta {counts[0]}: {files.stem(pages[0])}"
    return f"Se ejecutan {' y '.join(filter(None, [', '.join(counts[:-1]), counts[-1]]))}"


@dataclass
class _Ended:
    """The lessons that need not run any more."""

    count: int
    pages: set[str] = field(default_factory=set)
    stopped: list[Stopped] = field(default_factory=list)

    def well(self, page: str, seconds: float) -> None:
        self.pages.add(page)
        log.info("  [%d/%d] %s: %.1f s", len(self.pages), self.count, files.stem(page), seconds)

    def badly(self, lesson: Stopped) -> None:
        self.pages.add(lesson.page)
        self.stopped.append(lesson)


class _Worker:
    """One process of ``worker``, and at which block each of its lessons is."""

    def __init__(self, root: Path) -> None:
        self._jobs: list[dict[str, Any]] = []
        self._ended = _Ended(0)
        self._block: dict[str, dict[str, Any]] = {}  # the last report of each page, and when it came
        self._lines: queue.Queue[bytes] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "nabla.run.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=root,
            env=environment(root),
        )
        self._readers: list[_Reader] = []

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def import_early(self, modules: list[str]) -> None:
        """Let it import what the lessons will, before there are any."""
        self._send({"modules": modules, "jobs": []})

    def follow(self, jobs: list[dict[str, Any]], ended: _Ended) -> None:
        """Wait for all lessons, or for the first that takes too long or takes the worker with it."""
        assert self._process.stdout and self._process.stderr
        self._jobs, self._ended = jobs, ended
        # Threads, since a program that a lesson left behind may hold the other ends for ever.
        self._readers = [
            _Reader(self._process.stdout, self._lines.put),
            _Reader(self._process.stderr, _pass_on),
        ]
        try:
            self._send({"processes": os.cpu_count() or 1, "modules": _modules(jobs), "jobs": jobs})
            self._listen(self._readers[0])
        finally:
            self.end()

    def end(self) -> None:
        """End all that still runs. Of one that never got its lessons, nobody reads what it said, as of Ctrl+C."""
        assert self._process.stdin and self._process.stdout and self._process.stderr
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.close()
        self._process.wait()
        for reader in self._readers:
            reader.join(_PATIENCE)
        if not self._readers:
            self._process.stdout.close()
            self._process.stderr.close()

    def _send(self, order: dict[str, Any]) -> None:
        assert self._process.stdin
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(json.dumps(order).encode() + b"\n")
            self._process.stdin.flush()

    def _listen(self, reader: threading.Thread) -> None:
        while unfinished := [job["page"] for job in self._jobs if job["page"] not in self._ended.pages]:
            try:
                self._note(json.loads(self._lines.get(timeout=0.1)))
                continue
            except queue.Empty:
                pass
            if late := next((page for page in unfinished if self._is_late(page)), None):
                self._ended.badly(Stopped(late, self._block[late]["block"]))
                return
            if self._process.poll() is not None:
                reader.join(_PATIENCE)
                if self._lines.empty():
                    for page in unfinished:
                        self._ended.badly(self._dead(page, self._process.returncode))

    def _note(self, report: dict[str, Any]) -> None:
        if "errno" in report:
            raise OSError(report["errno"], os.strerror(report["errno"]), report["file"])
        page = report["page"]
        if "block" in report:
            self._block[page] = report | {"since": time.monotonic()}
        elif report["code"] == 0:
            self._ended.well(page, report["seconds"])
        else:
            self._ended.badly(self._dead(page, report["code"]))

    def _dead(self, page: str, code: int) -> Stopped:
        return Stopped(page, self._block.get(page, {}).get("block"), code)

    def _is_late(self, page: str) -> bool:
        begun = self._block.get(page)
        if begun is None or (passed := time.monotonic() - begun["since"]) <= LIMIT:
            return False
        import psutil  # only where something takes long

        try:
            spent = psutil.Process(begun["pid"]).cpu_times()
        except psutil.Error:
            return False  # it has just ended
        return spent.user + spent.system - begun["cpu"] > LIMIT or passed > LIMIT * _SLACK


class Standby:
    """A worker that has imported the libraries of the lessons which ran last, and waits for the next: while a site is served."""

    def __init__(self, root: Path) -> None:
        self.modules: list[str] = []  # what they imported; none before the first
        self._root = root
        self._worker: _Worker | None = None
        self._made_from = ""

    def begin(self) -> None:
        """Start it, if it does not wait already and lessons have run: whoever edits one is likely to edit it again."""
        if self._worker is None and self.modules and hasattr(os, "fork"):
            self._made_from = keys.of_start(self._root)
            self._worker = _Worker(self._root)
            self._worker.import_early(libraries.taught(self.modules))

    def take(self) -> _Worker:
        """The worker that waits, if it would still begin as a new one does; or a new one."""
        worker, self._worker = self._worker, None
        if worker is not None and worker.is_alive and self._made_from == keys.of_start(self._root):
            return worker
        if worker is not None:
            worker.end()
        return _Worker(self._root)

    def end(self) -> None:
        if self._worker is not None:
            self._worker.end()
            self._worker = None


class _Reader(threading.Thread):
    """Hands on each line of a pipe, until its end."""

    def __init__(self, pipe: Any, take: Callable[[bytes], object]) -> None:
        super().__init__(daemon=True)
        self._pipe, self._take = pipe, take
        self.start()

    def run(self) -> None:
        with self._pipe:
            for line in self._pipe:
                self._take(line)


def _pass_on(line: bytes) -> None:
    with contextlib.suppress(OSError):
        os.write(2, line)
