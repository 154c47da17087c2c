"""Protects the time of the tests: what shares a page, a browser or a fixture runs in one process; no wait is endless."""

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

ENDLESS = """
from playwright.sync_api import sync_playwright

from tests.install_browser import launch


def test_waits():
    with sync_playwright() as playwright, launch(playwright) as browser:
        browser.new_page().evaluate("new Promise(() => {})")


def test_works():
    pass
"""


def options() -> list[str]:
    """Of ``make test``."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (given,) = re.findall(r"pytest (-n 2 .*) --remember tests$", makefile, re.MULTILINE)
    return given.split()


def test_tests_of_a_group_run_in_one_process(tmp_path: Path) -> None:
    """With pytest 9.2.0, pytest-xdist 3.8.0 forgets the groups and says nothing (pytest-dev/pytest-xdist#1386)."""
    for name in ("one", "other"):
        (tmp_path / f"test_{name}.py").write_text(GROUPED, "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-vv", "-p", "no:cacheprovider", *options(), str(tmp_path)],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert len(re.findall(r"^\[gw\d\]", ran.stdout, re.MULTILINE)) == 12
    assert len(set(re.findall(r"^\[gw\d\]", ran.stdout, re.MULTILINE))) == 1


def test_a_wait_without_end_fails_and_the_rest_goes_on(tmp_path: Path) -> None:
    """Also that of a browser, which Playwright's own limits do not end."""
    limit = options()[options().index("--timeout") + 1]
    assert 300 < float(limit) < 1800, "what works takes much less, and two such waits leave the run its time"
    (tmp_path / "test_endless.py").write_text(ENDLESS, "utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--timeout", "5", str(tmp_path)],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert "Failed: Timeout (>5.0s)" in ran.stdout, ran.stdout + ran.stderr
    assert "1 failed, 1 passed" in ran.stdout
