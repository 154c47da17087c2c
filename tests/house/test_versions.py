"""Protects the record of other releases: what differs, and how it gets into the page."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from nabla.model.problem import Problem
from tests import versions
from tests.conftest import Mini

SEEN = {"páginas": 1, "distinto": [["a", "la salida", "-1", "+2"]]}
FOUND = [
    {"release": ["3.99", "9.0"], **SEEN},
    {"release": ["4.0", "9.0"], **SEEN},
    {"release": ["4.0", "9.1"], **SEEN, "páginas": 2},
]


def test_a_changed_output_is_told_by_its_lines() -> None:
    diff = "--- publicado\n+++ calculado\n@@ -1 +1 @@\n x = 1\n-y = 2\n+y = 3"
    problem = Problem("docs/lecciones/a.md", 3, "la salida de «b»", diff, "make update")
    assert versions.difference(problem) == ["lecciones/a", "la salida de «b»", "-y = 2", "+y = 3"]


def test_a_changed_number_or_message_is_told_whole() -> None:
    problem = Problem("docs/a.md", 3, "7 no es lo que calcula el código", "publicado: 7\ncalculado: 8")
    assert versions.difference(problem) == ["a", problem.what, "publicado: 7", "calculado: 8"]


def test_what_another_release_prints_is_seen(mini: Mini) -> None:
    same = versions.look(mini.root)
    assert same["distinto"] == [] and same["páginas"] == 1 and same["bloques"] > 1
    mini.edit(mini.snippet, "x = 7.0", "x = 7.5")
    assert any("-x = 7.00" in each for each in versions.look(mini.root)["distinto"])


def test_what_is_written_is_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = Path(shutil.copy(versions.SNIPPET, tmp_path))
    monkeypatch.setattr(versions, "SNIPPET", copy)
    before = copy.read_text("utf-8")
    versions.write(FOUND)
    assert versions.published() == FOUND
    assert copy.read_text("utf-8").count("la salida") == 2, "what releases share is said once"
    assert copy.read_text("utf-8").split("[end:registro]")[1] == before.split("[end:registro]")[1]


def test_the_record_is_of_the_releases_that_are_run() -> None:
    """Of other releases than the pages' own, so that a release added to one is missed in the other."""
    assert {tuple(each["release"]) for each in versions.published()} <= set(versions.RELEASES)
    assert versions.published()


def test_without_a_python_there_is_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "ENVIRONMENTS", tmp_path)
    assert versions.environment("3.99", "2.14.1") is None


def test_without_a_torch_there_is_no_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "ENVIRONMENTS", tmp_path)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path))
    python = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert versions.environment(python, "0.0.1") is None
    assert not list(tmp_path.iterdir()), "or the next run would take it for whole"
