"""What the bench measures with: a command as a process, its time, its memory and what it printed."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

# Reading the memory of a process with torch takes 4 ms: more often, it would disturb the timing.
SAMPLING_SECONDS = 0.2
# Between two edits, whoever writes looks at what came.
READING_SECONDS = 10
ROW = "{:<44} {:>9} {:>13} {:>7} {:>5} {:>10}"


@dataclass
class Result:
    """One execution: wall time, processor time of all its processes, peak memory in MB, what it printed."""

    seconds: float
    cpu: float
    memory: float
    log: str

    @property
    def lessons(self) -> int:
        """How many lessons the build said it executed."""
        said = re.findall(r"Se ejecutan? (\d.*)", self.log)
        return sum(
            int(count) for line in said for count in re.findall(r"(\d+) (?:lecci|cuadern|página)", line)
        )

    @property
    def imports_torch(self) -> bool:
        """Whether any process did; for executions with PYTHONPROFILEIMPORTTIME, which the worker inherits."""
        return re.search(r"^import time:.*\| +torch\._C$", self.log, re.MULTILINE) is not None


@dataclass
class Measure:
    """A row of the table: a command, and how its folder is made ready for it."""

    name: str
    folder: Path
    command: list[str]
    prepare: Callable[[], object] = lambda: None
    measure: Callable[[], Result] | None = None
    results: list[Result] = field(default_factory=list)

    def take(self) -> None:
        self.prepare()
        self.results.append(self.measure() if self.measure else execute(self.folder, self.command))

    def all(self, what: str) -> list[float]:
        return [getattr(result, what) for result in self.results]

    def median(self, what: str) -> float:
        return median(self.all(what))

    @property
    def peak(self) -> float:
        return max(self.all("memory"))

    def ratio(self, other: Measure) -> float:
        return self.median("cpu") / other.median("cpu")

    def wait_ratio(self, other: Measure) -> float:
        return self.median("seconds") / other.median("seconds")

    def over(self, other: Measure) -> float:
        return self.median("cpu") - other.median("cpu")

    def __str__(self) -> str:
        times = self.all("seconds")
        spread = f"{min(times):.2f}–{max(times):.2f}" if len(times) > 1 else ""
        seconds, cpu = f"{self.median('seconds'):.2f}", f"{self.median('cpu'):.2f}"
        lessons = max(self.all("lessons")) or ""
        return ROW.format(self.name, seconds, spread, cpu, f"{max(self.all('memory')):.0f}", lessons)


def execute(folder: Path, command: list[str], **environment: str) -> Result:
    """Run Python with ``command`` in ``folder``; a command that fails ends the bench."""
    environment |= {"MPLBACKEND": "agg", "MPLCONFIGDIR": str(folder / ".cache" / "matplotlib")}
    environment |= {"NO_MKDOCS_2_WARNING": "1", "OMP_NUM_THREADS": "1"}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env=os.environ | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        sampled, done = [0.0], threading.Event()
        sampler = threading.Thread(target=sample_memory, args=(process.pid, sampled, done))
        sampler.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            done.set()
            sampler.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        printed = log.read()
    if process.returncode:
        said = re.sub(r"^import time:.*\n", "", printed, flags=re.MULTILINE)
        raise SystemExit(f"{said}\nFalla: python {' '.join(command)}")
    # Where there is no /proc, this is the best there is: the largest single process.
    largest = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return Result(seconds, usage.ru_utime + usage.ru_stime, max(largest, *sampled), printed)


def sample_memory(session: int, sampled: list[float], done: threading.Event) -> None:
    """Add to ``sampled``, until ``done``, the MB of all processes of a session; shared pages count once."""
    while Path("/proc/self/smaps_rollup").exists() and not done.wait(SAMPLING_SECONDS):
        kilobytes = 0
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.getsid(int(process)) == session:
                    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
                    kilobytes += sum(map(int, re.findall(r"^Pss: +(\d+)", rollup, re.MULTILINE)))
            except OSError:
                continue  # It has just ended.
        sampled.append(kilobytes / 2**10)


def served(folder: Path, edit: Callable[[], tuple[str, str]], edits: int = 1) -> Result:
    """Serve the site, and let ``edit`` save a file; what passes until its page answers with the last of the ``edits``.

    ``edit`` returns the address of the page, relative to the site, and what must be in it then.
    """
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    ours = (folder / "nabla/site/serve.py").is_file()  # or what there was before it
    command = (
        ["nabla", "serve", "--port", str(port)] if ours else ["mkdocs", "serve", "-a", f"127.0.0.1:{port}"]
    )
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=os.environ | {"MPLCONFIGDIR": str(folder / ".cache" / "matplotlib")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(f"http://127.0.0.1:{port}/", "")
        for number in range(edits):
            if number:
                time.sleep(READING_SECONDS)
            before = _cpu(process.pid)
            started = time.perf_counter()
            address, wanted = edit()
            _wait(f"http://127.0.0.1:{port}/{address}", wanted)
        return Result(time.perf_counter() - started, _cpu(process.pid) - before, 0, "")
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _wait(url: str, wanted: str) -> None:
    for _ in range(6000):
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                if wanted in answer.read().decode():
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.02)
    raise SystemExit(f"El servidor no responde: {url}")


def _cpu(process: int) -> float:
    """The processor seconds of a process so far, where there is a /proc; otherwise, 0."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0
    fields = stat.read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
