"""Publishing is all or nothing, and the same sources give the same bytes."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.conftest import ROOT, Mini, contents


def test_a_failed_build_leaves_the_site_as_it_was(mini: Mini) -> None:
    assert mini.build().returncode == 0
    before = contents(mini.site)
    mini.edit(mini.page, "(index.md)", "(index.md#nada)")  # found only after every page is written
    assert mini.build().returncode == 1
    assert contents(mini.site) == before
    assert {path.name for path in mini.root.iterdir()} >= {"site"}
    assert not list(mini.root.glob("site.*"))


def test_the_whole_site_is_the_same_bytes_wherever_and_whenever(tmp_path: Path) -> None:
    tokyo, lima = copy_of_the_project(tmp_path / "here"), copy_of_the_project(tmp_path / "está lejos")
    with ThreadPoolExecutor() as executor:
        first = executor.submit(
            tokyo.build, PYTHONHASHSEED="1", TZ="Asia/Tokyo", LC_ALL="C.UTF-8", LANGUAGE="ja"
        )
        # A locale without UTF-8, which Python is told not to mend.
        second = executor.submit(
            lima.build,
            PYTHONHASHSEED="2",
            TZ="America/Lima",
            LC_ALL="C",
            PYTHONCOERCECLOCALE="0",
            PYTHONUTF8="0",
        )
    assert [build.returncode for build in (first.result(), second.result())] == [0, 0], second.result().stderr
    published = contents(tokyo.site)
    assert {Path(name).suffix for name in published} >= {".html", ".py", ".ipynb", ".xml", ".json"}
    assert different(published, contents(lima.site)) == []


def copy_of_the_project(root: Path) -> Mini:
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("docs", "nabla", "snippets"):
        shutil.copytree(ROOT / name, root / name, ignore=ignored)
    for name in ("mkdocs.yml", "requirements.txt"):
        shutil.copy(ROOT / name, root)
    return Mini(root)


def different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
