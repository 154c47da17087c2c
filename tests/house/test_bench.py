"""Protects the bench: the sites that it measures are whole, so that it does not end in the middle, after minutes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nabla.check.check import check_sections
from nabla.check.project import Project
from nabla.model.problem import Problem
from tests.bench.__main__ import BUILD
from tests.bench.copies import Copy
from tests.bench.measure import execute
from tests.remembered import COURSE, MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY, *COURSE)


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    return Copy.of_project(tmp_path / "one")


def complaints(folder: Path) -> list[Problem]:
    project = Project.load(folder)
    problems = [problem for page in project.pages.values() for problem in page.problems]
    return problems + check_sections(project.pages.values(), project.sections)


def test_the_empty_site(copy: Copy, tmp_path: Path) -> None:
    folder = copy.empty(tmp_path / "empty")
    execute(folder, BUILD)
    assert (folder / "site" / "index.html").is_file()


def test_the_site_without_notebooks(copy: Copy, tmp_path: Path) -> None:
    folder = copy.without_notebooks(tmp_path / "plain")
    assert any(page.is_notebook for page in Project.load(copy.folder).pages.values())
    assert not any(page.is_notebook for page in Project.load(folder).pages.values())
    assert complaints(folder) == []
    texts = [page.read_text("utf-8") for page in (folder / "docs").rglob("*.md")]
    assert [link for text in texts for link in re.findall(r"\]\([^)]*\bcuadernos/", text)] == []


def test_an_edit_shows_what_its_page_never_did(copy: Copy, tmp_path: Path) -> None:
    few = copy.sample(tmp_path / "few")
    for edit in (few.edit_prose, few.edit_snippet, few.edit_snippet, few.edit_prose):
        before = [file(few.longest).read_text("utf-8") for file in (few.page, few.snippet)]
        address, sentence = edit()
        after = [file(few.longest).read_text("utf-8") for file in (few.page, few.snippet)]
        assert address == f"lecciones/{few.page(few.longest).stem}/"
        assert [sentence in text for text in before] == [False, False]
        assert [sentence in text for text in after].count(True) == 1


def test_the_sample_and_its_copies(copy: Copy, tmp_path: Path) -> None:
    few = copy.sample(tmp_path / "few")
    many = few.multiply(tmp_path / "many")
    assert complaints(few.folder) == []
    assert complaints(many.folder) == []
    pages = [len(Project.load(each.folder).pages) for each in (few, many)]
    assert pages == [3, 21]  # the home page too


def test_twice_the_lessons(copy: Copy, tmp_path: Path) -> None:
    many = copy.multiply(tmp_path / "twice", 2)
    assert len(Project.load(many.folder).pages) == len(Project.load(copy.folder).pages) + len(copy.lessons)
    assert complaints(many.folder) == []


def test_some_pages_alone(copy: Copy, tmp_path: Path) -> None:
    pages = {Path("docs/index.md"), Path("docs/lecciones/lote.md"), Path("docs/cuadernos/autograd.md")}
    few = copy.only(tmp_path / "few", pages)
    assert few.pages() == pages
    assert complaints(few.folder) == []


def test_some_pages_of_a_glossary_are_a_site(copy: Copy, tmp_path: Path) -> None:
    """Its entries lose the lessons that present them, and the other pages still find each term."""
    pages = {
        Path("docs/index.md"),
        Path("docs/glosario.md"),
        Path("docs/notacion.md"),
        Path("docs/lecciones/tensores.md"),
    }
    few = copy.only(tmp_path / "few", pages)
    execute(few.folder, BUILD)
    assert "glosario.md#" in (few.folder / "docs/notacion.md").read_text("utf-8")
