"""What readers copy: each snippet runs by itself and prints what its page shows."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from nabla import export
from nabla.project import Project
from nabla.runner import Run
from tests.conftest import ROOT

ALLOWED = sys.stdlib_module_names | {"torch", "numpy", "matplotlib", "mpl_toolkits"}
# What the notebooks share is in all of them; test_notebooks.py runs it there.
SHARED = ROOT / "snippets/comprobar.py"
SNIPPETS = sorted(set((ROOT / "snippets").glob("*.py")) - {SHARED})


@cache
def project() -> Project:
    return Project.load(ROOT)


@cache
def runs() -> dict[str, Run]:
    return project().run()


def page_of(snippet: Path) -> str:
    """The page that shows the sections of a snippet."""
    file = snippet.relative_to(ROOT).as_posix()
    pages = [
        name
        for name, page in project().pages.items()
        if any(block.section.file == file for block in page.blocks)
    ]
    assert len(pages) == 1, f"{file} is shown by {pages}"
    return pages[0]


def standalone(script: Path, folder: Path) -> str:
    """Run a script as a reader would, in an empty folder, without the project."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-W", "ignore::DeprecationWarning", str(script)],
        cwd=folder,
        env=environment
        | {"MPLBACKEND": "agg", "MPLCONFIGDIR": str(ROOT / ".cache/matplotlib"), "OMP_NUM_THREADS": "1"},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda path: path.stem)
def test_it_prints_what_the_page_shows(snippet: Path, tmp_path: Path) -> None:
    page = project().pages[page_of(snippet)]
    shown = "".join(block.expected or "" for block in page.blocks)
    assert standalone(snippet, tmp_path) == shown


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda path: path.stem)
def test_its_sections_stand_in_the_order_of_the_page(snippet: Path) -> None:
    page = project().pages[page_of(snippet)]
    lines = [block.section.line for block in page.blocks]
    assert lines == sorted(lines)


@pytest.mark.parametrize("snippet", [*SNIPPETS, SHARED], ids=lambda path: path.stem)
def test_it_needs_nothing_from_the_project(snippet: Path) -> None:
    tree = ast.parse(snippet.read_text("utf-8"))
    names = {
        name.split(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or "."]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names <= ALLOWED


LESSONS = sorted((ROOT / "docs/lecciones").glob("*.md"))


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_the_downloaded_script_prints_the_same(lesson: Path, tmp_path: Path) -> None:
    page = project().pages[lesson.relative_to(ROOT).as_posix()]
    script = tmp_path / f"{lesson.stem}.py"
    script.write_text(export.script(page), "utf-8")
    assert "8<-" not in script.read_text("utf-8")
    assert standalone(script, tmp_path) == "".join(block.expected or "" for block in page.blocks)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_the_notebook_is_valid_and_holds_the_lesson(lesson: Path) -> None:
    file = lesson.relative_to(ROOT).as_posix()
    page, run = project().pages[file], runs()[file]
    text = export.notebook(page, run)
    book = nbformat.reads(text, as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell.source for cell in code] == [block.section.code.rstrip("\n") for block in page.blocks]
    drawn = [output.data["image/svg+xml"] for cell in code for output in cell.outputs if "data" in output]
    assert len(drawn) == len(page.figures)
    assert not [svg for svg in drawn if "var(--fig" in svg], "outside the site there are no CSS variables"
    prose = "".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    for leftover in ("<!--", "///", "figura:", "](../", "{ ."):
        assert leftover not in prose


def test_a_notebook_runs_from_an_empty_folder(tmp_path: Path) -> None:
    """One is enough here: the script of every lesson, with the same code, runs above."""
    file = "docs/lecciones/punto.md"
    text = export.notebook(project().pages[file], runs()[file])
    before = nbformat.reads(text, as_version=4)
    after = nbformat.reads(text, as_version=4)
    NotebookClient(after, startup_timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    for old, new in zip(before.cells, after.cells, strict=True):
        if old.cell_type == "code":
            assert printed(new) == printed(old)


def printed(cell: nbformat.NotebookNode) -> list[str]:
    texts = [output.get("text", "") + output.get("evalue", "") for output in cell.outputs]
    return [text for text in texts if text]
