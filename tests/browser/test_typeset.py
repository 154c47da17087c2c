"""Protects formulas that were made lighter: every letter of every formula of the site is where KaTeX sets it."""

from __future__ import annotations

import re

import markdown
import pytest
from playwright.sync_api import Browser

from nabla.site import katex, typeset
from tests.browser import harness
from tests.browser.harness import Site
from tests.remembered import COURSE, SITE

pytestmark = pytest.mark.decided_by(*COURSE, SITE)

NEAR = 0.5  # px, at the end of a long formula: lengths are rounded to a hundredth of an em
EXTENSIONS = ["pymdownx.arithmatex", katex.Formulas(katex.Katex(harness.ROOT))]
OPTIONS = {"pymdownx.arithmatex": {"generic": True}}
# Where each visible character of each formula is, and what it is set in; then how much room the formula takes.
MEASURE = """() => [...document.querySelectorAll(".one")].map(one => {
    const seen = one.querySelector(".katex-html")
    const origin = seen.getBoundingClientRect()
    const walker = document.createTreeWalker(seen, NodeFilter.SHOW_TEXT)
    const letters = []
    while (walker.nextNode()) {
        const text = walker.currentNode
        const { fontFamily, fontSize, fontStyle } = getComputedStyle(text.parentElement)
        for (let at = 0; at < text.length; at++) {
            if (/[\\s\\u200b]/.test(text.data[at])) continue
            const range = new Range()
            range.setStart(text, at)
            range.setEnd(text, at + 1)
            const box = range.getBoundingClientRect()
            letters.push([text.data[at], box.left - origin.left, box.top - origin.top,
                fontFamily, parseFloat(fontSize).toFixed(1), fontStyle])
        }
    }
    const line = one.getBoundingClientRect()
    return [letters, [origin.width, line.height]]
})"""


def formulas(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """Each formula of the site as written, and whether it stands by itself."""
    found: dict[tuple[str, bool], None] = {}

    def note(_: katex.Katex, latex: str, display: bool) -> str:
        found[latex, display] = None
        return ""

    monkeypatch.setattr(katex.Katex, "render", note)
    for page in harness.PAGES:
        if page.endswith(".md"):
            text = re.sub(r"(?ms)^```.*?^```$", "", (harness.ROOT / page).read_text("utf-8"))
            markdown.markdown(text, extensions=EXTENSIONS, extension_configs=OPTIONS)
    return list(found)


def test_every_letter_of_every_formula_stays_where_it_was(
    browser: Browser, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = formulas(monkeypatch)
    assert len(listed) > 500
    engine = katex.Katex(harness.ROOT)
    rendered = [engine._run(latex, display) for latex, display in listed]
    # On a page of the site, for its styles and typefaces.
    with harness.new_context(browser, viewport={"width": 1400, "height": 900}) as context:
        page = context.new_page()
        page.goto(site.url + "notacion/")

        def measure(contents: list[str]) -> list[tuple[list[list], list[float]]]:
            lines = "".join(f'<p class="one">y {content} y</p>' for content in contents)
            page.evaluate("html => { document.querySelector('article').innerHTML = html }", lines)
            page.evaluate("document.fonts.ready")
            return page.evaluate(MEASURE)

        whole, light = measure(rendered), measure(list(map(typeset.lighter, rendered)))
    moved = {}
    for (latex, _), (letters, size), (lighter, lighter_size) in zip(listed, whole, light, strict=True):
        if [each[0] + each[3] + each[4] + each[5] for each in letters] != [
            each[0] + each[3] + each[4] + each[5] for each in lighter
        ]:
            moved[latex] = "other letters"
            continue
        pairs = zip(letters, lighter, strict=True)
        far = [max(abs(one[at] - other[at]) for at in (1, 2)) for one, other in pairs]
        far += [abs(one - other) for one, other in zip(size, lighter_size, strict=True)]
        if max(far) > NEAR:
            moved[latex] = max(far)
    assert moved == {}


def test_a_formula_is_lighter_by_a_third(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = katex.Katex(harness.ROOT)
    whole = [engine._run(latex, display) for latex, display in formulas(monkeypatch)]
    before, after = (
        sum(each.count("<span") for each in some) for some in (whole, map(typeset.lighter, whole))
    )
    assert after < before * 2 / 3
