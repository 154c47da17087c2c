"""Protects publishing: it is all or nothing, and the same sources give the same bytes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from nabla.model import course
from tests.conftest import ROOT, Mini, contents
from tests.remembered import COURSE, MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY, *COURSE)


def test_a_failed_build_leaves_the_site_as_it_was(mini: Mini) -> None:
    assert mini.build().returncode == 0
    before = contents(mini.site)
    mini.edit(mini.page, "(index.md)", "(index.md#nada)")  # found only after every page is written
    assert mini.build().returncode == 1
    assert contents(mini.site) == before
    assert {path.name for path in mini.root.iterdir()} >= {"site"}
    assert not list(mini.root.glob("site.*"))


def test_the_whole_site_is_the_same_bytes_wherever_and_whenever(built_site: Path, tmp_path: Path) -> None:
    """Here, with what is kept of other builds; far away, with nothing, and in a locale that Python is told not to mend."""
    far = copy_of_the_project(tmp_path / "está lejos")
    ran = far.build(
        PYTHONHASHSEED="2",
        TZ="Asia/Tokyo",
        LANGUAGE="ja",
        LC_ALL="C",
        PYTHONCOERCECLOCALE="0",
        PYTHONUTF8="0",
    )
    assert ran.returncode == 0, ran.stderr
    published = contents(far.site)
    assert {Path(name).suffix for name in published} >= {".html", ".py", ".ipynb", ".xml", ".json"}
    assert different(contents(built_site), published) == []


def copy_of_the_project(root: Path) -> Mini:
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("docs", "nabla", "snippets", course.RECORD):
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    for name in ("mkdocs.yml", "requirements.txt"):
        shutil.copy(ROOT / name, root)
    return Mini(root)


def different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
