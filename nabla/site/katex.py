"""Markdown extension: formulas rendered by KaTeX while building, with no script in the page.

It takes the elements that ``pymdownx.arithmatex`` (``generic: true``) leaves and puts KaTeX's HTML and
MathML in their place.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from nabla.cache import code, store
from nabla.site import typeset

NAME = "nabla.site.katex"
_SOURCE = "docs/assets/vendor/katex/katex.min.js"
_DELIMITED = re.compile(r"\\(?P<open>[(\[])(?P<latex>.*)\\[)\]]", re.DOTALL)
_PUNCTUATION = re.compile(r"[.,;:?!)»]+")
_SHORT = 30  # letters of LaTeX that stay in one line of text
_PART = '<span class="katex-base">'
# `strict: error` refuses what LaTeX would. The engine cannot hand over a string made of pieces, so the
# answer is put together anew, character by character.
_RENDER = """
function render(latex, display) {
    let answer;
    try {
        answer = 'ok:' + katex.renderToString(latex, {
            displayMode: display, output: 'htmlAndMathml', strict: 'error', throwOnError: true});
    } catch (error) {
        answer = 'no:' + error.message;
    }
    return answer.split('').join('');
}
"""


@dataclass(frozen=True)
class Broken:
    """A formula that KaTeX refuses, and what it said."""

    latex: str
    message: str


@dataclass
class Found:
    """What the extension tells whoever renders a page with the option ``found``: it then leaves a token in the place of
    each formula, which ``restore`` replaces once the page is complete. Most of a page is KaTeX's HTML, and the search
    plugin would read it only to leave it out.
    """

    broken: list[Broken] = field(default_factory=list)
    formulas: dict[str, tuple[str, bool]] = field(
        default_factory=dict
    )  # by token: LaTeX, and whether displayed

    def put_off(self, latex: str, display: bool) -> str:
        token = f"nabla-formula-{code.digest(f'{display}{latex}')[:32]}"
        self.formulas[token] = latex, display
        return token


_TOKEN = re.compile(r"nabla-formula-[0-9a-f]{32}")


class Katex:
    """KaTeX inside an embedded JavaScript engine, started only when a formula is not in the cache.

    ``root`` is the folder of the project, with its own copy of KaTeX.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._katex = code.digest((root / _SOURCE).read_bytes())
        self._engine: Any = None
        self._rendered: dict[str, str] = {}

    @property
    def version(self) -> str:
        """What tells this KaTeX from any other."""
        return self._katex

    def render(self, latex: str, display: bool) -> str:
        """The HTML of a formula. Raises ValueError with KaTeX's message if the formula is wrong."""
        key = self.key(latex, display)
        if key not in self._rendered:
            file = store.entry(self._root, "maths", key[:2], key)
            self._rendered[key] = store.kept(file, key, lambda: self._make(latex, display))
        return self._rendered[key]

    def _make(self, latex: str, display: bool) -> str:
        made = typeset.lighter(self._run(latex, display))
        if display or len(latex) <= _SHORT:
            return made
        # A line of text may end inside a long formula, but only between two of its parts.
        first, *parts = made.split(_PART)
        return first + f"<wbr>{_PART}".join(["", *parts]).removeprefix("<wbr>")

    def restore(self, content: str, formulas: dict[str, tuple[str, bool]]) -> str:
        """The HTML ``content`` with ``formulas`` in the place of their tokens."""
        return _TOKEN.sub(lambda token: self.render(*formulas[token[0]]), content)

    def key(self, latex: str, display: bool) -> str:
        """What names a rendered formula in the cache: all that can change it."""
        return code.key(self._root, NAME, self._katex, display, latex)

    def _run(self, latex: str, display: bool) -> str:
        if self._engine is None:
            import quickjs

            engine = quickjs.Context()
            engine.eval((self._root / _SOURCE).read_text("utf-8") + _RENDER)
            self._engine = engine.get("render")
        verdict, _, text = self._engine(latex, display).partition(":")
        if verdict != "ok":
            raise ValueError(text)
        return text


class _Formulas(Treeprocessor):
    def __init__(self, md: Markdown, katex: Katex, found: Found | None) -> None:
        super().__init__(md)
        self.katex = katex
        self.found = found

    def run(self, root: Element) -> None:
        assert self.md is not None
        for element in root.iter():
            if element.get("class") != "arithmatex" or not element.text:
                continue
            match = _DELIMITED.fullmatch(html.unescape(element.text).strip())
            if match is None:
                continue
            display = match["open"] == "["
            latex = match["latex"].strip()
            try:
                rendered = self.katex.render(latex, display)
            except ValueError as error:
                if self.found is None:
                    raise
                self.found.broken.append(Broken(latex, str(error)))
                continue
            if self.found:
                element.text = self.found.put_off(latex, display)
            else:
                element.text = self.md.htmlStash.store(rendered)
            element.set("data-search-exclude", "")  # its letters come three times, and none is a word
            if display:
                element.set("tabindex", "0")  # A wide formula scrolls; the keyboard must reach it.
                element.set("role", "group")
                element.set("aria-label", "Fórmula")
            else:
                _keep_punctuation(element)


def _keep_punctuation(element: Element) -> None:
    """Take the punctuation after a formula into it, so that no line starts with a comma."""
    match = _PUNCTUATION.match(element.tail or "")
    if match:
        element.text = f"{element.text}{match[0]}"
        element.tail = (element.tail or "")[match.end() :]


class Formulas(Extension):
    """``katex`` renders the formulas, as those of the project in the folder of work if it is not given."""

    def __init__(self, katex: Katex | None = None, found: Found | None = None) -> None:
        super().__init__()
        self.katex = katex or Katex(Path.cwd())
        self.found = found

    def extendMarkdown(self, md: Markdown) -> None:
        # After the inline patterns (20), which find the formulas.
        md.treeprocessors.register(_Formulas(md, self.katex, self.found), "nabla-maths", 5)


def makeExtension(**options: Any) -> Formulas:
    return Formulas(**options)
