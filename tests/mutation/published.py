"""What a reader meets on a published page, read from its HTML and from nothing of ours.

The attack on a page's source finds its numbers by patterns of its own, and its formulas as the checker's reader
does; what both overlook is never attacked. Here the browser's side is asked: every number and formula that the
built page or notebook shows must be one of the source that is attacked or owned, and no markup may be left raw.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from nabla.model.page import Page
from tests.mutation import numbers

_VOID = frozenset(["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"])
# What the machine adds to a page, which no author wrote.
_ADDED = frozenset(
    [
        "caption-prefix",
        "figure-caption-prefix",
        "headerlink",
        "descargas",
        "needs",
        "md-source-file",
        "md-clipboard",
        "nb-ataques",  # tests/browser/test_home.py
        "nb-leccion",  # tests/browser/test_home.py
    ]
)
_UNREAD = frozenset(["script", "style", "svg", "nav", "button", "template", "form"])
_BLOCK = "data-bloque"  # of code that stands in the snippets
_OF_NOTEBOOKS = frozenset(["salida", "completar"])
_EXPLAINED = frozenset(["termino"])  # with the glossary's words
_SPOKEN = ("alt", "title", "aria-label")
NUMBER = re.compile(r"\d+(?:\.\d+)*|\.\d+")
# Markup that a reader must never meet outside code.
_RAW = re.compile(
    r"\$|\\[a-zA-Z]{2,}|\\[()\[\]]|/{3}|--8<--|<!--|-->|!\[|\]\(|\{:? ?[#.][a-z]|^\s*(?:```|~~~|!!! )",
    re.MULTILINE,
)


@dataclass
class Shown:
    """What a page shows: prose and outputs, formulas as the numbers in each, and what only some readers meet."""

    text: list[str] = field(default_factory=list)
    formulas: list[str] = field(default_factory=list)
    spoken: list[str] = field(default_factory=list)

    def numbers(self) -> Counter[str]:
        every = [*self.text, *self.formulas, *self.spoken]
        return Counter(number for text in every for number in NUMBER.findall(text))


class _Reader(HTMLParser):
    """Collects what stands in the article of a page."""

    def __init__(self, unread: frozenset[str]) -> None:
        super().__init__(convert_charrefs=True)
        self.unread = unread
        self.shown = Shown()
        self.prose: list[str] = []  # without code of any kind
        self._open: list[tuple[str, str]] = []  # each open element and what it is to a reader
        self._parts: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attributes}
        inherited = self._open[-1][1] if self._open else ""
        classes = set(given.get("class", "").split())
        kind = self._kind(tag, classes, inherited)
        if _BLOCK in given or classes & self.unread:
            kind = "unread"
        if kind in ("prose", "code") and tag not in _UNREAD and not classes & _EXPLAINED:
            self.shown.spoken += [given[name] for name in _SPOKEN if given.get(name)]
        if kind == "formula" != inherited:
            self._parts = []
        if tag == "br":
            self._say("\n", inherited)
        if tag not in _VOID:
            self._open.append((tag, kind))

    def _kind(self, tag: str, classes: set[str], inherited: str) -> str:
        if tag == "article":
            return "prose"
        if inherited in ("", "unread", "formula"):
            return inherited if "katex-html" not in classes else "unread"
        if tag in _UNREAD or classes & _ADDED or "katex-html" in classes:
            return "unread"
        if tag == "math":
            return "formula"
        if tag == "code" or tag == "pre":
            return "code"
        return inherited

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            last, kind = self._open.pop()
            inherited = self._open[-1][1] if self._open else ""
            if kind == "formula" != inherited:
                self.shown.formulas.append("".join(self._parts))
            if last in ("p", "li", "td", "th", "h1", "h2", "h3", "dt", "dd", "summary", "figcaption", "pre"):
                self._say("\n", inherited)
            if last == tag:
                return

    def handle_data(self, data: str) -> None:
        if self._open:
            tag, kind = self._open[-1]
            # Numbers that stand side by side in a formula are two.
            self._say(f" {data} " if kind == "formula" and tag in ("mn", "mtext") else data, kind)

    def handle_comment(self, data: str) -> None:
        if self._open and self._open[-1][1] in ("prose", "code"):
            self.prose.append(f"<!--{data}-->")

    def _say(self, data: str, kind: str) -> None:
        if kind == "formula":
            self._parts.append(data)
        elif kind in ("prose", "code"):
            self.shown.text.append(data)
            self.prose.append(data if kind == "prose" else " ")


def page(html: str, is_notebook: bool = False) -> Shown:
    """What the article of a built page shows. The outputs of a notebook stand in no source: they are its run's."""
    return _read(html, _OF_NOTEBOOKS if is_notebook else frozenset()).shown


def raw_markup(html: str) -> list[str]:
    """Markup that was published as if it were prose, with what surrounds it."""
    text = "".join(_read(html).prose)
    return [
        " ".join(text[max(0, each.start() - 30) : each.end() + 30].split()) for each in _RAW.finditer(text)
    ]


def leaks(html: str, source: Page) -> list[str]:
    """What a built page shows and its source's readers do not know, and what the source says and the page does not.

    Numbers are asked of the attack's own list (``numbers``), which the checker must answer for one by one; formulas of
    the checker's reader.
    """
    shown = page(html, source.is_notebook)
    text = "\n".join(source.lines) + "\n"
    known = Counter(match[0] for match in numbers.seen(text))
    read = Counter(digits(numbers.without_lengths(each.latex)) for each in source.formulas.spans)
    found = [f"the number {number}, {count} times" for number, count in (shown.numbers() - known).items()]
    strange = Counter(map(digits, shown.formulas)) - read
    found += [f"a formula with the digits «{formula}», {count} times" for formula, count in strange.items()]
    return found + [f"raw markup: {each}" for each in raw_markup(html)]


def _read(html: str, unread: frozenset[str] = frozenset()) -> _Reader:
    reader = _Reader(unread)
    reader.feed(html)
    reader.close()
    reader.shown.text = ["".join(reader.shown.text)]
    return reader


def notebook_text(notebook: str) -> Iterator[str]:
    """The Markdown of each text cell of an exported notebook."""
    for cell in json.loads(notebook)["cells"]:
        if cell["cell_type"] == "markdown":
            yield "".join(cell["source"])


def digits(formula: str) -> str:
    """A formula by its digits: the same however it was typeset."""
    return "".join(sorted(re.findall(r"\d", formula)))
