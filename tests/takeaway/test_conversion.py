"""Protects who opens a notebook elsewhere: Jupyter's own tools make Python of it, and other programs set all of it."""

from __future__ import annotations

import ast
import re

import jupytext
import nbformat
import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from nbconvert import ScriptExporter

from nabla.check.project import Project
from nabla.model.page import Page
from nabla.takeaway import export, notebook
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def books() -> dict[str, nbformat.NotebookNode]:
    """A lesson and a practice notebook, without what they print."""
    pages = Project.load(ROOT).pages
    lesson, practice = pages["docs/lecciones/punto.md"], pages["docs/cuadernos/la-idea.md"]
    texts = {"lesson": of_lesson(lesson), "practice": notebook.to_complete(practice)}
    return {name: nbformat.reads(text, as_version=4) for name, text in texts.items()}


def of_lesson(page: Page) -> str:
    """The notebook of a lesson, without what it prints."""
    return export.assemble(page, [[export.code_cell(block.section.code, [], {})] for block in page.blocks])


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


@pytest.fixture(scope="module")
def prose() -> dict[str, list[str]]:
    """The texts of every notebook, by its page."""
    texts = {
        file: notebook.to_complete(page) if page.is_notebook else of_lesson(page)
        for file, page in Project.load(ROOT).pages.items()
        if file.startswith(("docs/lecciones/", "docs/cuadernos/"))
    }
    books = {file: nbformat.reads(text, as_version=4) for file, text in texts.items()}
    return {
        file: [cell.source for cell in book.cells if cell.cell_type == "markdown"]
        for file, book in books.items()
    }


def test_formulas_are_set_where_a_space_or_a_digit_beside_the_dollar_matters(
    prose: dict[str, list[str]],
) -> None:
    """By the rules of VS Code and of Colab, which MathJax does not have; nothing is a formula inside of HTML."""
    reader = MarkdownIt("commonmark", {"html": True}).enable("table")
    reader.use(dollarmath_plugin, allow_space=False, allow_digits=False, double_inline=True)
    for file, texts in prose.items():
        tokens = [
            each
            for text in texts
            for token in reader.parse(text)
            for each in [token, *(token.children or ())]
        ]
        kinds = [token.type for token in tokens]
        without_code = [re.sub(r"```.*?```|`[^`\n]*`", "", text, flags=re.DOTALL) for text in texts]
        dollars = sum(len(re.findall(r"(?<!\\)\$+", text)) for text in without_code)
        assert sum(kind.startswith("math_") for kind in kinds) == dollars / 2, file


def test_the_title_of_a_fold_is_html(prose: dict[str, list[str]]) -> None:
    """Inside of HTML nobody reads Markdown."""
    titles = [
        title for texts in prose.values() for text in texts for title in re.findall("<summary>(.*)<", text)
    ]
    assert [title for title in titles if re.search(r"[`$*]|&(?!\w+;)", title)] == []
    assert "Que salga <code>nan</code>" in titles
    assert "Poner otro <code>where</code> <strong>antes</strong> del logaritmo" in titles
    assert "De las <i>x</i>" in titles
