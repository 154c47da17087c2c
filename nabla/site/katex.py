"""Markdown extension: formulas rendered by KaTeX while building, with no script in the page.

It takes the elements that ``pymdownx.arithmatex`` (``generic: true``) leaves and puts KaTeX's HTML and
MathML in their place. Formulas that KaTeX refuses are collected in ``broken``; the build reports them.
"""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from xml.etree.ElementTree import Element

from markdown import Extension, Markdown
from markdown.treeprocessors import Treeprocessor

from nabla.cache import store
from nabla.site import typeset

_ROOT = Path(__file__).resolve().parents[2]
_KATEX = _ROOT / "docs/assets/vendor/katex/katex.min.js"
_ENGINE = "quickjs-ng"
_CACHE = _ROOT / ".cache/maths"
_DELIMITED = re.compile(r"\\(?P<open>[(\[])(?P<latex>.*)\\[)\]]", re.DOTALL)
_PUNCTUATION = re.compile(r"[.,;:?!)»]+")
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


# Emptied by whoever reports it: Markdown extensions have no other way to answer.
broken: list[Broken] = []
# Formulas that a page names by a token while the plugins of MkDocs work on it (option ``defer``): the
# search plugin would otherwise read KaTeX's HTML, most of the page, only to leave it out.
_deferred: dict[str, str] = {}
_TOKEN = re.compile(r"nabla-formula-[0-9a-f]{32}")


def restore(content: str) -> str:
    """The HTML ``content`` with the formulas in the place of their tokens."""
    return _TOKEN.sub(lambda token: _deferred[token[0]], content)


class _Katex:
    """KaTeX inside an embedded JavaScript engine, started only when a formula is not in the cache."""

    def __init__(self) -> None:
        engine = f"{_ENGINE} {metadata.version(_ENGINE)}"
        source = (
            _KATEX.read_bytes() + _RENDER.encode() + Path(typeset.__file__).read_bytes() + engine.encode()
        )
        self._version = hashlib.sha256(source).hexdigest()
        self._engine = None

    def render(self, latex: str, display: bool) -> str:
        """The HTML of a formula. Raises ValueError with KaTeX's message if the formula is wrong."""
        key = self.key(latex, display)
        file = _CACHE / key[:2] / f"{key[2:32]}.json"
        return store.kept(file, key, lambda: typeset.lighter(self._run(latex, display)))

    def key(self, latex: str, display: bool) -> str:
        """What names a rendered formula in the cache: all that can change it."""
        return hashlib.sha256(f"{self._version}\0{display}\0{latex}".encode()).hexdigest()

    def _run(self, latex: str, display: bool) -> str:
        if self._engine is None:
            import quickjs

            engine = quickjs.Context()
            engine.eval(_KATEX.read_text("utf-8") + _RENDER)
            self._engine = engine.get("render")
        verdict, _, text = self._engine(latex, display).partition(":")
        if verdict != "ok":
            raise ValueError(text)
        return text


class _Formulas(Treeprocessor):
    katex = _Katex()

    def __init__(self, md: Markdown, defer: bool) -> None:
        super().__init__(md)
        self.defer = defer

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
                broken.append(Broken(latex, str(error)))
                continue
            element.text = _put_off(rendered) if self.defer else self.md.htmlStash.store(rendered)
            element.set("data-search-exclude", "")  # its letters come three times, and none is a word
            if display:
                element.set("tabindex", "0")  # A wide formula scrolls; the keyboard must reach it.
                element.set("role", "group")
                element.set("aria-label", "Fórmula")
            else:
                _keep_punctuation(element)


def _put_off(rendered: str) -> str:
    token = f"nabla-formula-{hashlib.sha256(rendered.encode()).hexdigest()[:32]}"
    _deferred[token] = rendered
    return token


def _keep_punctuation(element: Element) -> None:
    """Take the punctuation after a formula into it, so that no line starts with a comma."""
    match = _PUNCTUATION.match(element.tail or "")
    if match:
        element.text = f"{element.text}{match[0]}"
        element.tail = (element.tail or "")[match.end() :]


class Formulas(Extension):
    """``defer``: leave tokens, which ``restore`` replaces once the page is complete."""

    def __init__(self, **options: object) -> None:
        self.config = {"defer": [False, "leave tokens for restore()"]}
        super().__init__(**options)

    def extendMarkdown(self, md: Markdown) -> None:
        # After the inline patterns (20), which find the formulas.
        md.treeprocessors.register(_Formulas(md, self.getConfig("defer")), "nabla-maths", 5)


def makeExtension(**options: object) -> Formulas:
    return Formulas(**options)
