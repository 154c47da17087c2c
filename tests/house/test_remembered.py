"""Protects the short run: left out is only what passed before with everything that decides it, and what fails is forgotten."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests import remembered
from tests.conftest import ROOT

# By what it imports: the memory itself, and the ``conftest.py`` that asks it.
pytestmark = pytest.mark.decided_by()

FILE = "tests/house/test_thing.py"
TEST = """\
import os
from pathlib import Path

import pytest

pytestmark = pytest.mark.decided_by("thing.txt")


@pytest.mark.parametrize("number", range(3))
def test_thing(number):
    content = Path("thing.txt").read_text()
    if content == "crash" and number == 1:
        os._exit(1)
    assert content != "bad"
"""


class Project:
    """A copy of the project with one more test, which asks for a file."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT / "tests", root / "tests", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("nabla", "docs", "snippets"):
            (root / name).symlink_to(ROOT / name)
        for name in ("mkdocs.yml", "pyproject.toml", "requirements.txt"):
            shutil.copy(ROOT / name, root)
        (root / FILE).write_text(TEST)
        self.record = root / "tests/passed.json"
        self.record.write_text(json.dumps({"tests/gone.py": "1", FILE: "1"}))
        self.write("good")

    def write(self, content: str) -> None:
        (self.root / "thing.txt").write_text(content)

    def run(self, *options: str, seed: int = 1) -> tuple[str, dict[str, str]]:
        """How many passed, failed and were left out, and the record after it."""
        ran = subprocess.run(
            [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--remember", *options],
            cwd=self.root,
            # The run of these tests has its own processes and seed.
            env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_XDIST")}
            | {"NABLA_SEED": str(seed)},
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )
        counted = re.findall(r"\d+ (?:passed|failed|deselected)", ran.stdout)
        return " ".join(counted) or ran.stdout + ran.stderr, json.loads(self.record.read_text())


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def seed(drawn: bool) -> int:
    """A seed that draws the unit of the tests below, or does not."""
    return next(each for each in range(1000) if remembered.is_drawn(each, FILE) == drawn)


@pytest.mark.parametrize("processes", ["0", "2"])
def test_what_passed_is_left_out_until_something_changes(project: Project, processes: str) -> None:
    def run(number: int = seed(drawn=False)) -> tuple[str, dict[str, str]]:
        return project.run("-n", processes, "--dist", "loadgroup", FILE, seed=number)

    said, record = run()
    assert said == "3 passed" and record.keys() == {FILE}, "what is there no more is forgotten"
    said, same = run()
    assert not re.search(r"\d passed", said) and same == record
    assert run(seed(drawn=True)) == ("3 passed", record)
    project.write("other")
    said, other = run()
    assert said == "3 passed" and other != record
    (project.root / FILE).write_text(TEST + "\n# changed\n")
    said, changed = run()
    assert said == "3 passed" and changed not in (record, other)
    project.write("bad")
    assert run() == ("3 failed", {})


def test_a_part_of_a_file_is_not_remembered(project: Project) -> None:
    assert "kept for whole files" in project.run(f"{FILE}::test_thing")[0]
    assert project.run("-k", "test_thing and 1", FILE)[1] == {}
    assert project.run("-n", "2", "--dist", "load", FILE)[1] == {}, (
        "divided among processes, nobody saw it whole"
    )


def test_a_process_that_crashes_passes_nothing(project: Project) -> None:
    project.write("crash")
    said, record = project.run("-n", "2", "--dist", "loadgroup", FILE)
    assert re.search(r"\d failed", said) and record == {}


def test_what_a_page_is_made_from_decides(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the page, what is published, its figures, its source and its snippets; and what all pages share."""
    site = project.root / "site"
    files = {
        "lecciones/one/index.html": '<img src="../../assets/figuras/lecciones/one/a.svg">',
        "lecciones/other/index.html": "",
        "assets/figuras/lecciones/one/a.svg": "<svg>",
        "assets/figuras/lecciones/other/a.svg": "<svg>",
        "assets/css/site.css": "a {}",
        "docs/lecciones/one.md": '--8<-- "snippets/one.py:a"',
        "snippets/one.py": "import helper",
        "snippets/helper.py": "",
        "snippets/two.py": "",
    }
    root = project.root / "small"
    for name, content in files.items():
        (file := (root if name.startswith(("docs", "snippets")) else site) / name).parent.mkdir(
            parents=True, exist_ok=True
        )
        file.write_text(content)
    monkeypatch.setattr(remembered, "ROOT", root)

    def key() -> str:
        for cached in (remembered._of_page, remembered._assets, remembered._tree):
            cached.cache_clear()
        return json.dumps(remembered._of_page(site, "docs/lecciones/one.md"))

    before = key()
    decide = []
    for name, content in files.items():
        file = (root if name.startswith(("docs", "snippets")) else site) / name
        file.write_text(content + " ")
        if key() != before:
            decide.append(name)
        file.write_text(content)
    assert decide == [name for name in files if "other" not in name and "two" not in name]
