"""Protects the time of the tests: what shares a page, a browser or a fixture runs in one process."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT

GROUPED = """
import pytest


@pytest.mark.xdist_group("same")
@pytest.mark.parametrize("number", range(6))
def test(number):
    pass
"""


def test_tests_of_a_group_run_in_one_process(tmp_path: Path) -> None:
    """With pytest 9.2.0, pytest-xdist 3.8.0 forgets the groups and says nothing (pytest-dev/pytest-xdist#1386)."""
    for name in ("one", "other"):
        (tmp_path / f"test_{name}.py").write_text(GROUPED, "utf-8")
    (options,) = re.findall(r"pytest (-n 2 .*) tests$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider", *options.split(), str(tmp_path)],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert len(re.findall(r"^\[gw\d\]", ran.stdout, re.MULTILINE)) == 12
    assert len(set(re.findall(r"^\[gw\d\]", ran.stdout, re.MULTILINE))) == 1
