"""The Spanish that people read, taken out of the project's files: no code, formulas or English."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from markdown import Markdown
from mkdocs.config import load_config
from mkdocs.structure.files import get_files

from nabla.check.project import Project
from nabla.site import render

DOCUMENTS = ("README.md", "CONTRIBUTING.md", "EXTRAS.md", "CHANGELOG.md")

_DESCRIPTION = re.compile(r"\A---\n.*?^description: *(.*?)$.*?^---\n", re.DOTALL | re.MULTILINE)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+")
# What names a thing of a program: a call, a file, a dotted or underscored name, a short option.
_NAME = re.compile(r"`[^`]*`|\$[^$]*\$|\S*[\w)\]][_=(\[/.<>\\][\w(\[]\S*|\w+\(\)?|\{[^}]*\}|\S*[\\^]\S*")
# Calls whose text an author or a reader meets.
_SPEAKS = re.compile(
    r"Problem|complain|_suspect|\w*Error|NotANumber|LessonCrashed|Abort|ArgumentParser|add_argument"
    r"|info|warning|error|print|exit"
)


def of_pages(root: Path) -> Iterator[tuple[str, str]]:
    """File and text of each page of the site, and of the documents of the project."""
    config = load_config(str(root / "mkdocs.yml"))
    project = Project.of(config, get_files(config))
    markdown = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
    for file, page in project.pages.items():
        described = _DESCRIPTION.match("\n".join(page.lines))
        text = render.markdown(page)
        yield file, f"{described[1] if described else ''}\n{_read(markdown.reset().convert(text))}"
    for file in DOCUMENTS:
        yield file, _read(markdown.reset().convert((root / file).read_text("utf-8")))


def of_snippets(root: Path) -> Iterator[tuple[str, str]]:
    """File and text of the comments and docstrings of each snippet."""
    for file in sorted((root / "snippets").glob("*.py")):
        source = file.read_text("utf-8")
        tokens = tokenize.generate_tokens(io.StringIO(source).readline)
        comments = [
            token.string for token in tokens if token.type == tokenize.COMMENT and "8<-" not in token.string
        ]
        nodes = ast.walk(ast.parse(source))
        documented = [node for node in nodes if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)]
        docstrings = [ast.get_docstring(node) or "" for node in documented]
        yield file.relative_to(root).as_posix(), _plain("\n".join(comments + docstrings))


def of_messages(root: Path) -> Iterator[tuple[str, str]]:
    """File and text of what the machinery says to people."""
    for file in sorted([*(root / "nabla").rglob("*.py"), *(root / "tools").glob("*.py")]):
        calls = [
            node
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.Call) and _SPEAKS.fullmatch(_called(node))
        ]
        texts = [
            part.value
            for call in calls
            for argument in [
                *call.args,
                *(keyword.value for keyword in call.keywords if keyword.arg != "prog"),
            ]
            for part in ast.walk(argument)
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and " " in part.value
        ]
        yield file.relative_to(root).as_posix(), _plain("\n".join(texts))


def _called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _plain(text: str) -> str:
    return _NAME.sub(" ", _ADDRESS.sub(" ", text))


def _read(html: str) -> str:
    reader = _Reader()
    reader.feed(html)
    return _ADDRESS.sub(" ", " ".join(reader.read))


class _Reader(HTMLParser):
    """The text of a page, with its alternative texts; without code, formulas, and what is not Spanish."""

    _VOID = frozenset({"br", "hr", "img", "input", "wbr"})

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self.open: list[bool] = []  # whether each open element hides its text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        hides = (
            tag in ("code", "pre", "em", "script", "style", "svg")  # italics mark English
            or "arithmatex" in given.get("class", "").split()
            or given.get("lang", "es") != "es"
        )
        if not any(self.open) and not hides:
            self.read += [_plain(given.get(name, "")) for name in ("alt", "title", "aria-label")]
        if tag not in self._VOID:
            self.open.append(hides)

    def handle_endtag(self, tag: str) -> None:
        if self.open and tag not in self._VOID:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.open):
            self.read.append(data)
