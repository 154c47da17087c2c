"""Protects machine and user from lessons: no process outlives the build, none holds it, and none gets what is the user's."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from nabla.cache import recent
from nabla.check.project import Project
from nabla.run import keys, libraries, processes, worker
from nabla.run.runner import LessonCrashed, Run, run_pages
from tests.conftest import Mini
from tests.remembered import MACHINERY
from tests.signals import heed_ctrl_c

pytestmark = pytest.mark.decided_by(*MACHINERY)


def run(mini: Mini) -> Run:
    return Project.load(mini.root).run()["docs/mini.md"]


def add(mini: Mini, code: str) -> None:
    """Let the second block, at line 14 of the page, end with this code."""
    mini.edit(mini.snippet, "square = x**2\n", f"square = x**2\n{code}")


def stopped(mini: Mini) -> str:
    with pytest.raises(LessonCrashed) as raised:
        run(mini)
    return str(raised.value)


def wait_for(what: object, seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not what():  # type: ignore[operator]
        assert time.monotonic() < end, "never"
        time.sleep(0.05)


@pytest.mark.parametrize(
    "name", ["PYTHONOPTIMIZE", "PYTHONWARNINGS", "HOME", "ATEN_CPU_CAPABILITY", "PATH", "MY_DATA"]
)
def test_no_variable_of_the_user_gets_in(mini: Mini, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add(mini, f"import os\n\nassert 1 == 2 or {name!r} not in os.environ, os.environ\nprint(__debug__)\n")
    monkeypatch.setenv(name, os.environ.get(name, "1"))
    (_, block) = run(mini).blocks
    assert block.error is None
    assert "True" in block.output


@pytest.fixture
def standby(mini: Mini) -> Iterator[processes.Standby]:
    standby = processes.Standby(mini.root)
    yield standby
    standby.end()
    assert not mini.workers()


def run_with(mini: Mini, standby: processes.Standby) -> Run:
    return run_pages(mini.root, Project.load(mini.root).pages.values(), standby)["docs/mini.md"]


def test_a_worker_that_waits_runs_the_next_lessons_as_a_new_one_does(
    mini: Mini, standby: processes.Standby
) -> None:
    standby.begin()
    assert not mini.workers()  # no lesson has run, so none is being edited
    mini.add_figure()
    run_with(mini, standby)
    standby.begin()
    (waiting,) = mini.workers()
    standby.begin()
    assert mini.workers() == [waiting]
    add(mini, "import os\n\nparent = os.getppid()\nimport random\n\nprint(random.random())\n")
    mini.edit(mini.page, "x, square -->", "x, square -->\n\nProceso 0.\n<!-- cifras tras square: parent -->")
    early = run_with(mini, standby)
    assert early.values[-1][0] == waiting.pid
    assert not mini.workers()
    shutil.rmtree(mini.root / ".cache/runs")
    late = run(mini)
    assert late.values[-1][0] != waiting.pid
    assert early.blocks == late.blocks


def test_it_ends_with_whoever_would_give_it_lessons(mini: Mini) -> None:
    code = (
        "import pathlib, time; from nabla.run.processes import Standby; standby = Standby(pathlib.Path.cwd());"
        "standby.modules = ['torch']; standby.begin(); time.sleep(600)"
    )
    server = subprocess.Popen([sys.executable, "-c", code], cwd=mini.root)
    wait_for(mini.workers)
    server.kill()
    server.wait(60)
    wait_for(lambda: not mini.workers())


@pytest.mark.parametrize("what", ["ended", "another typeface", "a file that stands for a library"])
def test_a_worker_that_would_begin_otherwise_by_now_is_not_used(
    mini: Mini, standby: processes.Standby, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_with(mini, standby)
    standby.modules = ["torch"]
    standby.begin()
    (waiting,) = mini.workers()
    if what == "ended":
        waiting.kill()
        wait_for(lambda: not mini.workers())
    elif what == "another typeface":
        monkeypatch.setattr(keys, "FONTS", keys.FONTS[:1])
    else:
        (mini.root / "snippets/torch.py").touch()
    worker = standby.take()
    assert worker.is_alive
    assert waiting not in mini.workers()
    worker.end()


def test_only_libraries_are_imported_early() -> None:
    assert libraries.taught(["torch.nn", "mini", "random", "numpy"]) == ["torch.nn", "numpy"]


def test_a_lesson_does_not_look_for_garbage_in_what_it_shares(mini: Mini) -> None:
    """It would make a copy of all that the libraries brought: of torch alone, 90 MB."""
    add(mini, "import gc\n\nprint(gc.get_freeze_count() > 10_000, gc.isenabled())\n")
    (_, block) = run(mini).blocks
    assert "True True" in block.output  # its own it looks through


def test_a_block_without_end_is_ended_and_named_and_the_others_run(
    mini: Mini, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "LIMIT", 2.0)
    (mini.root / "snippets/other.py").write_text("# --8<-- [start:a]\nprint(1)\n# --8<-- [end:a]\n")
    (mini.root / "docs/other.md").write_text('# Otra\n\n```python\n--8<-- "snippets/other.py:a"\n```\n')
    mini.edit(mini.root / "mkdocs.yml", "mini.md]", "mini.md, other.md]")
    add(mini, "while True:\n    pass\n")
    with pytest.raises(LessonCrashed) as raised:
        Project.load(mini.root).run()
    (problem,) = raised.value.problems
    assert (problem.file, problem.line) == ("docs/mini.md", 14)
    assert "el bloque «square» no acaba: pasó de 2 segundos" in problem.what
    assert raised.value.runs["docs/other.md"].blocks[0].output == "1\n"
    assert not mini.workers()


@pytest.mark.parametrize(("code", "said"), [("os._exit(3)", "código 3"), ("os.abort()", "código -6")])
def test_a_block_that_ends_its_process_is_named(mini: Mini, code: str, said: str) -> None:
    add(mini, f"import os\n\n{code}\n")
    assert "docs/mini.md:14: el bloque «square» acaba con su proceso" in stopped(mini)
    assert said in stopped(mini)


SLEEPER = (
    "import subprocess, sys\n\nsubprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)']{})\n"
)


@pytest.mark.parametrize("options", ["", ", start_new_session=True"], ids=["child", "in its own session"])
def test_a_program_left_behind_holds_nothing(mini: Mini, options: str) -> None:
    add(mini, SLEEPER.format(options))
    command = (
        "from nabla.check.project import Project; from pathlib import Path; Project.load(Path.cwd()).run()"
    )
    started = psutil.Process().children(recursive=True)
    try:
        # Captured, as by whoever waits for the end of what we write.
        ran = subprocess.run(
            [sys.executable, "-c", command], cwd=mini.root, check=False, capture_output=True, timeout=300
        )
        assert ran.returncode == 0, ran.stderr
        left = [each for each in psutil.process_iter(["cmdline", "cwd"]) if is_sleeper(each, mini)]
        assert bool(left) == bool(options), "only what left our group can outlive us"
    finally:
        for each in psutil.process_iter(["cmdline", "cwd"]):
            if is_sleeper(each, mini) and each not in started:
                each.kill()


def is_sleeper(process: psutil.Process, mini: Mini) -> bool:
    return process.info["cwd"] == str(mini.root) and "time.sleep(600)" in str(process.info["cmdline"])


# The first number from the seed of a lesson, and from that of the copy which runs when randomness was used.
@pytest.mark.parametrize("drawn", ["> 0.5", "< 0.5"], ids=["lesson", "copy"])
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL, signal.SIGINT])
def test_no_worker_outlives_the_build(mini: Mini, how: signal.Signals, drawn: str) -> None:
    heed_ctrl_c()
    mark = mini.root / "started"
    wait = f"open({str(mark)!r}, 'w').close()\n    time.sleep(600)"
    add(mini, f"import random, time\n\nif random.random() {drawn}:\n    {wait}\n")
    build = mini.start_build()
    wait_for(mark.exists)
    wait_for(lambda: len(mini.workers()) == 4)  # the worker, what guards it, the lesson and its copy
    if how is signal.SIGINT:
        os.killpg(build.pid, how)  # as the terminal does with Ctrl+C
    else:
        build.send_signal(how)
    build.wait(60)
    wait_for(lambda: not mini.workers(), 60)


def test_without_fork_what_other_programs_print_is_no_report(
    mini: Mini, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows: the lesson runs in the worker itself."""
    add(
        mini,
        "import os, subprocess, sys\n\nsubprocess.run([sys.executable, '-c', 'print(1)'], check=True)\nos.write(1, b'{}')\n",
    )
    (mini.root / "sitecustomize.py").write_text("import os\n\nif hasattr(os, 'fork'):\n    del os.fork\n")
    monkeypatch.delattr(os, "fork")
    (_, block) = run(mini).blocks
    assert block.error is None and "49.0" in block.output
    assert [each.kind for each in block.reaches] == ["program", "output"]


def test_without_fork_no_worker_outlives_who_waits(mini: Mini) -> None:
    (mini.root / "sitecustomize.py").write_text("import os\n\ndel os.fork\n")
    process = subprocess.Popen(
        [sys.executable, "-m", "nabla.run.worker"], cwd=mini.root, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(mini.root)},
    )  # fmt: skip
    block = {"name": "a", "code": "import time\ntime.sleep(600)", "fails": False}
    job = f'{{"page": "docs/x.md", "blocks": [{__import__("json").dumps(block)}], "claims": [], "formulas": {{"tables": [], "values": [], "chains": []}}, "live": [], "key": "", "file": ""}}'
    assert process.stdin and process.stdout
    process.stdin.write(f'{{"processes": 1, "modules": [], "jobs": [{job}]}}\n'.encode())
    process.stdin.flush()
    assert b'"block": 0' in process.stdout.readline()
    process.stdin.close()
    process.stdout.close()
    assert process.wait(60) == 1


# What the cache keeps


def test_a_clock_set_back_loses_nothing(tmp_path: Path) -> None:
    for number in range(recent.KEPT):
        file = tmp_path / f"{number}.json"
        file.touch()
        os.utime(file, (4e9, 4e9))  # in the year 2096
    new = tmp_path / "new.json"
    new.touch()
    recent.use(new)
    assert new.exists()
    assert len(list(tmp_path.iterdir())) == recent.KEPT


def test_what_was_used_last_stays(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.json" for number in range(recent.KEPT)]
    for file in files:
        file.touch()
        recent.use(file)
    recent.use(files[0])
    recent.use(files[0])
    for name in ("a", "b"):
        (tmp_path / f"{name}.json").touch()
        recent.use(tmp_path / f"{name}.json")
    assert {file.stem for file in tmp_path.iterdir()} == {"0", "3", "a", "b"}


def test_a_lesson_that_once_had_later_results_is_built(mini: Mini) -> None:
    folder = mini.root / ".cache/runs/mini"
    folder.mkdir(parents=True)
    for number in range(6):
        (folder / f"{number}.json").write_text("{}")
        os.utime(folder / f"{number}.json", (4e9, 4e9))
    assert run(mini).blocks[1].output == "49.0\n"
    assert run(mini).blocks[1].output == "49.0\n"


def test_nothing_asks_a_process_whether_it_lives_by_sending_it_a_signal() -> None:
    """On Windows, ``os.kill(pid, 0)`` is Ctrl+C."""
    root = Path(worker.__file__).parents[1]
    for file in root.rglob("*.py"):
        assert not re.search(r"os\.kill\([^)]*, 0\)", file.read_text("utf-8")), file
