"""Protects who works outside notebooks: Jupyter's own tools make Python of every notebook of the site."""

from __future__ import annotations

import ast

import jupytext
import nbformat
import pytest
from nbconvert import ScriptExporter

from nabla.check.project import Project
from nabla.takeaway import export, notebook
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def books() -> dict[str, nbformat.NotebookNode]:
    """A lesson and a practice notebook, without what they print."""
    pages = Project.load(ROOT).pages
    lesson, practice = pages["docs/lecciones/punto.md"], pages["docs/cuadernos/la-idea.md"]
    code = [[export.code_cell(block.section.code, [], {})] for block in lesson.blocks]
    texts = {"lesson": export.assemble(lesson, code), "practice": notebook.to_complete(practice)}
    return {name: nbformat.reads(text, as_version=4) for name, text in texts.items()}


@pytest.mark.parametrize("name", ["lesson", "practice"])
def test_nbconvert_makes_a_python_script_of_it(books: dict[str, nbformat.NotebookNode], name: str) -> None:
    script, resources = ScriptExporter().from_notebook_node(books[name])
    assert resources["output_extension"] == ".py"
    assert statements(script) == statements("\n".join(code(books[name])))
    text = [cell.source.splitlines()[0] for cell in books[name].cells if cell.cell_type == "markdown"]
    assert [line for line in text if f"# {line}" not in script] == []


@pytest.mark.parametrize("name", ["lesson", "practice"])
def test_jupytext_makes_a_python_script_of_it(books: dict[str, nbformat.NotebookNode], name: str) -> None:
    script = jupytext.writes(books[name], "auto:percent")
    assert statements(script) == statements("\n".join(code(books[name])))
    again = jupytext.reads(script, "py:percent")
    assert code(again) == code(books[name])


def code(book: nbformat.NotebookNode) -> list[str]:
    return [cell.source for cell in book.cells if cell.cell_type == "code"]


def statements(script: str) -> list[str]:
    return [ast.dump(each) for each in ast.parse(script).body]
