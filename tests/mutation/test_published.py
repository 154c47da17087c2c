"""Protects readers from what the checker overlooks: what a built page shows is asked of its HTML, not of our readers."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from nabla.check.project import Project
from nabla.takeaway import notebook
from tests.conftest import ROOT, Mini
from tests.mutation import numbers, published
from tests.remembered import COURSE, SITE

pytestmark = pytest.mark.decided_by(*COURSE, SITE)

PAGES = sorted(
    file.relative_to(ROOT).as_posix() for file in (ROOT / "docs").rglob("*.md") if "assets" not in file.parts
)


@cache
def project() -> Project:
    return Project.load(ROOT)


def built(site: Path, file: str) -> str:
    name = file.removeprefix("docs/").removesuffix(".md").removesuffix("index")
    return (site / name / "index.html").read_text("utf-8")


@pytest.mark.parametrize("file", PAGES)
def test_all_that_a_page_shows_is_answered_for(built_site: Path, file: str) -> None:
    assert published.leaks(built(built_site, file), project().pages[file]) == []


@pytest.mark.parametrize("file", [file for file in PAGES if file.startswith("docs/cuadernos/")])
def test_all_that_a_notebook_says_is_answered_for(file: str) -> None:
    page = project().pages[file]
    said = "\n\n".join(published.notebook_text(notebook.to_complete(page)))
    known = Counter(match[0] for match in numbers.seen("\n".join(page.lines) + "\n"))
    assert Counter(match[0] for match in numbers.seen(said)) - known == Counter()


@pytest.mark.parametrize(
    ("leak", "seen"),
    [
        ("<p>si 3.5 &lt; x y x &gt; 2.5</p>", "the number 3.5"),
        ('<div class="footnote"><ol><li id="fn:1"><p>Son 7.7</p></li></ol></div>', "the number 7.7"),
        ('<p><a href="../" title="vale 8.8">dos</a></p>', "the number 8.8"),
        ('<p><img src="a.png" alt="sube a 6.6"></p>', "the number 6.6"),
        ('<div class="highlight" title="son 4.4"><pre><code>x</code></pre></div>', "the number 4.4"),
        ('<div class="salida highlight"><pre><code>9.1</code></pre></div>', "the number 9.1"),
        (r"<p>\(x = y\)</p>", r"raw markup: \(x = y\)"),
        (r"<p>\begin{align} x \end{align}</p>", r"raw markup: \begin{align}"),
        ("<p>cuesta $m &lt; b$</p>", "raw markup: cuesta $m"),
        ("<p>/// admonition | Idea</p>", "raw markup: /// admonition"),
        ("<p>una [dirección](rota.md)</p>", "raw markup: una [dirección](rota.md)"),
        ("<p>![alt](figura:plot)</p>", "raw markup: ![alt]"),
        ('<p>--8&lt;-- "snippets/mini.py"</p>', "raw markup: --8<--"),
        ("<p>x<!-- cifras: m --></p>", "raw markup: x<!--"),
        ("<p>palabra{ #ancla }</p>", "raw markup: palabra{ #ancla }"),
        (
            '<span class="katex"><span class="katex-mathml"><math><mi>x</mi><mo>=</mo><mn>47</mn></math></span></span>',
            "a formula with the digits «47»",
        ),
    ],
)
def test_what_the_reader_never_saw_is_told(mini: Mini, leak: str, seen: str) -> None:
    page = Project.load(mini.root).pages["docs/mini.md"]
    assert page.formulas.spans and not published.leaks("<article></article>", page)
    found = published.leaks(f"<article>{leak}</article>", page)
    assert any(seen in each for each in found), found


@pytest.mark.parametrize(
    "html",
    [
        "<p>Vale 7.00 y 49.0.</p>",
        "<nav>5.5</nav><script>6.6</script><p>si</p>",
        '<div class="highlight" data-bloque="0"><pre><code>x = 8.5  # $y$</code></pre></div>',
        "<p><code>\\frac</code> y <code>f(x)[i](y)</code></p>",
        '<h2 id="a9">Final<a class="headerlink" href="#a9" title="Enlace 3">&para;</a></h2>',
        '<span class="katex"><span class="katex-mathml"><math><mi>x</mi><mo>=</mo><mn>7.00</mn></math></span>'
        '<span class="katex-html">7.00</span></span>',
    ],
)
def test_what_is_answered_for_is_no_leak(mini: Mini, html: str) -> None:
    page = Project.load(mini.root).pages["docs/mini.md"]
    assert published.leaks(f"<article>{html}</article> 9.9", page) == []
