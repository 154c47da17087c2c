"""Protects what readers copy: each snippet runs by itself, and after others, and prints what its page shows."""

from __future__ import annotations

import ast
import asyncio
import base64
import io
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from PIL import Image

from nabla.check.project import Project
from nabla.model.page import Block
from nabla.run.runner import Run
from nabla.takeaway import export
from tests import kernels
from tests.clean_python import CleanPythons
from tests.conftest import ROOT, as_shown
from tests.remembered import COURSE, MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY, *COURSE)

ALLOWED = sys.stdlib_module_names | {"torch", "numpy", "matplotlib", "mpl_toolkits"}
# What the notebooks share is in all of them; test_notebooks.py runs it there.
SHARED = ROOT / "snippets/comprobar.py"
SNIPPETS = sorted(set((ROOT / "snippets").glob("*.py")) - {SHARED})

_RUN_ALL = """
import contextlib, io, json, runpy, sys
import matplotlib.pyplot as plt

printed = {}
for path in sys.argv[1:]:
    with contextlib.redirect_stdout(io.StringIO()) as output:
        runpy.run_path(path, run_name="__main__")
    plt.close("all")
    printed[path] = output.getvalue()
print(json.dumps(printed))
"""


@cache
def project() -> Project:
    return Project.load(ROOT)


@cache
def runs() -> dict[str, Run]:
    return project().run()


def page_of(snippet: Path) -> str:
    """The page that shows the sections of a snippet; a long page has several snippets."""
    file = snippet.relative_to(ROOT).as_posix()
    pages = [
        name
        for name, page in project().pages.items()
        if any(block.section.file == file for block in page.blocks)
    ]
    assert len(pages) == 1, f"{file} is shown by {pages}"
    return pages[0]


def blocks_of(snippet: Path) -> list[Block]:
    """What its page shows of a snippet, in order."""
    file = snippet.relative_to(ROOT).as_posix()
    return [block for block in project().pages[page_of(snippet)].blocks if block.section.file == file]


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
    shown = "".join(block.expected or "" for block in blocks_of(snippet))
    script = tmp_path / snippet.name
    script.write_text(as_shown(project(), snippet.relative_to(ROOT).as_posix()), "utf-8")
    assert standalone(script, tmp_path) == shown


@pytest.mark.parametrize("snippet", SNIPPETS, ids=lambda path: path.stem)
def test_its_sections_stand_in_the_order_of_the_page(snippet: Path) -> None:
    lines = [block.section.line for block in blocks_of(snippet)]
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


def test_the_downloaded_scripts_print_the_same(tmp_path: Path) -> None:
    pages = [project().pages[lesson.relative_to(ROOT).as_posix()] for lesson in LESSONS]
    scripts = [export.script(page) for page in pages]
    with CleanPythons(tmp_path) as pythons:
        for page, script, ran in zip(pages, scripts, pythons.run_all(scripts), strict=True):
            assert "8<-" not in script
            assert ran.code == 0, ran.errors
            assert ran.output == "".join(block.expected or "" for block in page.blocks), page.file


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_the_notebook_is_valid_and_holds_the_lesson(lesson: Path) -> None:
    page = project().pages[lesson.relative_to(ROOT).as_posix()]
    book = nbformat.reads(notebook_of(lesson), as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert [cell.source for cell in code] == [block.section.code.rstrip("\n") for block in page.blocks]
    pictures = [output for cell in code for output in cell.outputs if "data" in output]
    drawn = [each.alt for block in page.blocks for each in page.figures if each.section == block.section.name]
    assert len(drawn) == len(page.figures)
    # A page may show one before the code that draws it.
    assert [each.metadata["image/png"]["alt"] for each in pictures] == drawn
    for output in pictures:
        with Image.open(io.BytesIO(base64.b64decode(output.data["image/png"]))) as picture:
            picture.load()
            assert picture.width == pytest.approx(1.5 * output.metadata["image/png"]["width"], abs=1.5)
            assert len(picture.convert("RGB").getcolors(picture.width * picture.height)) > 10, (
                "an empty figure"
            )
    prose = "".join(cell.source for cell in book.cells if cell.cell_type == "markdown")
    for figure in page.figures:
        assert figure.alt in prose, "what the figure says in words"
    for leftover in ("<!--", "///", "(figura:", "](../", "{ ."):
        assert leftover not in prose


def execute(book: str, folder: Path, kernel: str = kernels.NAME) -> nbformat.NotebookNode:
    """The notebook, executed by Jupyter in an empty folder."""
    client = NotebookClient(
        nbformat.reads(book, as_version=4),
        kernel_name=kernel,
        startup_timeout=300,
        resources={"metadata": {"path": str(folder)}},
    )
    return asyncio.run(client.async_execute())


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, nbformat.NotebookNode]:
    """Every notebook, executed in a folder of its own; as many at once as cores."""

    def run(book: str) -> nbformat.NotebookNode:
        return execute(book, tmp_path_factory.mktemp("empty"))

    # Threads, each with an event loop of its own: a browser open in this process keeps the main one busy.
    with kernels.forking(tmp_path_factory.mktemp("kernels")), ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(LESSONS, pool.map(run, map(notebook_of, LESSONS)), strict=True))


def notebook_of(lesson: Path) -> str:
    file = lesson.relative_to(ROOT).as_posix()
    return export.notebook(project().pages[file], runs()[file])


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: path.stem)
def test_the_notebook_runs_from_an_empty_folder(
    lesson: Path, executed: dict[Path, nbformat.NotebookNode]
) -> None:
    book = nbformat.reads(notebook_of(lesson), as_version=4)
    for old, new in zip(book.cells, executed[lesson].cells, strict=True):
        if old.cell_type == "code":
            assert printed(new) == printed(old)
            assert drawn(new) == drawn(old), new.source


def test_a_kernel_started_for_a_notebook_gives_the_same(
    executed: dict[Path, nbformat.NotebookNode], tmp_path: Path
) -> None:
    """The others are forked from one Python."""
    with ThreadPoolExecutor(1) as pool:
        cold = pool.submit(execute, notebook_of(LESSONS[0]), tmp_path, "python3").result()
    for one, other in zip(cold.cells, executed[LESSONS[0]].cells, strict=True):
        if one.cell_type == "code":
            assert printed(one) == printed(other)
            assert drawn(one) == drawn(other)


def drawn(cell: nbformat.NotebookNode) -> int:
    return sum("image/png" in output.get("data", {}) for output in cell.outputs)


def printed(cell: nbformat.NotebookNode) -> tuple[str, list[tuple[str, str]]]:
    """The text of a cell, which a kernel may send in pieces, and the errors it ended with."""
    text = "".join(output.get("text", "") for output in cell.outputs)
    return text, [(output.ename, output.evalue) for output in cell.outputs if output.output_type == "error"]


def test_snippets_print_the_same_after_others_and_in_another_order(tmp_path: Path) -> None:
    """One process, all snippets, last first: none may lean on what another left, nor on a global seed."""
    shown = {}
    for page in project().pages.values():
        for block in () if page.is_notebook else page.blocks:
            shown[block.section.file] = shown.get(block.section.file, "") + (block.expected or "")
    files = sorted(shown, reverse=True)
    for file in files:
        (tmp_path / Path(file).name).write_text(as_shown(project(), file), "utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", _RUN_ALL, *(Path(file).name for file in files)],
        cwd=tmp_path,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env={
            "PATH": "",
            "MPLBACKEND": "agg",
            "MPLCONFIGDIR": str(ROOT / ".cache/matplotlib"),
            "OMP_NUM_THREADS": "1",
        },
    )
    printed = json.loads(ran.stdout)
    assert [file for file in files if printed[Path(file).name] != shown[file]] == []
