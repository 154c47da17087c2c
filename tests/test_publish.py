"""Publishing is all or nothing, and the same sources give the same bytes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.conftest import Mini


def contents(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def start_build(mini: Mini) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=mini.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def add_plot(mini: Mini) -> None:
    code = "import matplotlib.pyplot as plt\n\nfig, ax = plt.subplots()\nax.plot([0, x])\nplt.show()\n"
    mini.snippet.write_text(f"{mini.snippet.read_text()}# --8<-- [start:plot]\n{code}# --8<-- [end:plot]\n")
    mini.page.write_text(
        mini.page.read_text()
        + '\n```python\n--8<-- "snippets/mini.py:plot"\n```\n\n![Una recta que sube.](figura:plot)\n'
    )


def test_a_failed_build_leaves_the_site_as_it_was(mini: Mini) -> None:
    assert mini.build().returncode == 0
    before = contents(mini.site)
    mini.edit(mini.page, "(index.md)", "(index.md#nada)")  # found only after every page is written
    assert mini.build().returncode == 1
    assert contents(mini.site) == before
    assert {path.name for path in mini.root.iterdir()} >= {"site"}
    assert not list(mini.root.glob("site.*"))


@pytest.mark.parametrize("moment", [0.15, 0.3, 0.4, 0.5, 0.6, 0.8])
def test_a_killed_build_leaves_nothing_wrong(mini: Mini, moment: float) -> None:
    add_plot(mini)
    assert mini.build().returncode == 0
    clean = contents(mini.site)
    mini.edit(mini.snippet, "[0, x]", "[0, 2 * x]")
    assert mini.build().returncode == 0
    changed = contents(mini.site)
    assert changed != clean
    mini.edit(mini.snippet, "[0, 2 * x]", "[0, 3 * x]")
    process = start_build(mini)
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.wait()
    if mini.site.exists():
        left = contents(mini.site)
        assert left.keys() == changed.keys()
        assert all(left[name] == changed[name] for name in left if name.endswith(".css"))
    mini.edit(mini.snippet, "[0, 3 * x]", "[0, x]")
    assert mini.build().returncode == 0
    assert contents(mini.site) == clean
    assert not list(mini.root.glob("site.*")), "the next build clears what the killed one left"


def test_two_builds_at_once(mini: Mini) -> None:
    add_plot(mini)
    processes = [start_build(mini) for _ in range(3)]
    assert [process.wait() for process in processes] == [0, 0, 0]
    together = contents(mini.site)
    assert not list(mini.root.glob("site.*"))
    assert mini.build().returncode == 0
    assert contents(mini.site) == together


def test_the_site_is_the_same_bytes_wherever_and_whenever(mini: Mini, tmp_path: Path) -> None:
    add_plot(mini)
    assert mini.build(PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C").returncode == 0
    first = contents(mini.site)
    elsewhere = tmp_path.with_name(f"{tmp_path.name}-elsewhere")
    os.rename(tmp_path, elsewhere)
    moved = Mini(elsewhere)
    subprocess.run(["rm", "-rf", str(elsewhere / ".cache"), str(elsewhere / "site")], check=True)
    assert moved.build(PYTHONHASHSEED="2", TZ="America/Lima", LC_ALL="es_ES.UTF-8").returncode == 0
    assert contents(moved.site) == first
