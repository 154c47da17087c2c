"""Protects who copies a text with formulas: each comes once, as LaTeX, and the text around it as it is read."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from nabla.site import katex
from tests.browser import harness
from tests.browser.conftest import OpenPage, Site
from tests.browser.test_typeset import formulas
from tests.remembered import COURSE, SITE

pytestmark = pytest.mark.decided_by(*COURSE, SITE)

LESSON = "docs/lecciones/punto.md"
# One formula a line, each in a paragraph of its own, with words around.
SHOW = """contents => {
    document.querySelector("article").innerHTML = contents.map(each => `<p class="one">antes ${each} después</p>`).join("\\n")
}"""
SELECT = """selector => {
    const chosen = [...document.querySelectorAll(selector)]
    const last = chosen.at(-1)
    getSelection().setBaseAndExtent(chosen[0], 0, last, last.childNodes.length)
}"""


def copy(page: Page, selector: str, kind: str = "text/plain") -> str:
    """What the clipboard gets of all from the first element to the last that ``selector`` finds."""
    page.evaluate(SELECT, selector)
    page.keyboard.press("Control+C")
    return page.evaluate(
        "async kind => (await (await navigator.clipboard.read())[0].getType(kind)).text()", kind
    )


@pytest.fixture
def lesson(open_page: OpenPage) -> Page:
    return open_page(LESSON, **harness.CLIPBOARD)


def show(page: Page, *written: tuple[str, bool]) -> None:
    engine = katex.Katex(harness.ROOT)
    page.evaluate(SHOW, [engine.render(latex, display) for latex, display in written])


def test_a_sentence_of_a_lesson_has_its_formulas_once(lesson: Page) -> None:
    lesson.evaluate(
        """() => { [...document.querySelectorAll("article > p")].find(each => each.querySelector("mover")).id = "one" }"""
    )
    text = copy(lesson, "#one")
    assert text.count("$") == 2 * lesson.locator("#one .katex").count()
    assert "\\hat{y}" in text
    assert "y^" not in text
    prose = lesson.locator("#one").evaluate(
        "each => [...each.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data.trim().replaceAll('\\n', ' '))"
    )
    assert [part for part in prose if part not in text] == []


def test_every_formula_of_the_site_is_copied_as_latex_that_says_the_same(
    lesson: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        listed = formulas(patched)
    assert len(listed) > 500
    show(lesson, *listed)
    texts = re.findall(r"antes\s+(\$\$?)(.*?)\1\s+después", copy(lesson, ".one"), re.DOTALL)
    assert len(texts) == len(listed)
    engine = katex.Katex(harness.ROOT)
    other = {}
    for (latex, display), (marks, copied) in zip(listed, texts, strict=True):
        assert (marks == "$$") == display
        if heard(engine, copied, display) != heard(engine, latex, display):
            other[latex] = copied
    assert other == {}


# The same, set in another way: signs under or beside, bars as brackets or as signs, tables by their columns.
SETTINGS = [
    (r"</?mrow>", ""),
    ("munder", "msub"),
    ("<mi[^>]*>∣</mi>", "<mo>∣</mo>"),
    ("<mtable[^>]*>", "<mtable>"),
]


def heard(engine: katex.Katex, latex: str, display: bool) -> str:
    """The MathML of a formula without its groups, or what is wrong with it."""
    try:
        rendered = engine.render(latex, display)
    except ValueError as error:
        return str(error)
    said = rendered[rendered.index("<math") : rendered.index("</math>")]
    for one, other in SETTINGS:
        said = re.sub(one, other, said)
    return said


def test_a_part_of_a_formula_is_the_whole_of_it(lesson: Page) -> None:
    show(lesson, (r"\frac{\hat y}{2}", True))
    assert copy(lesson, ".one .katex-html .mord, .one .katex-html span").strip() == r"$$\frac{\hat{y}}{2}$$"


def test_lines_stay_lines_and_no_markup_is_left(lesson: Page) -> None:
    show(lesson, ("m", False), (r"\partial C", False))
    assert copy(lesson, ".one").split("\n\n") == ["antes $m$ después", r"antes $\partial C$ después"]
    html = copy(lesson, ".one", "text/html")
    assert r"antes $\partial C$ después" in html
    assert "<math" not in html


def test_without_formulas_the_browser_copies(lesson: Page) -> None:
    code = "#code"
    lesson.evaluate("document.querySelector('article .highlight code').id = 'code'")
    assert copy(lesson, code).strip() == lesson.locator(code).inner_text().strip()


def test_without_javascript_the_page_is_whole(browser: Browser, site: Site) -> None:
    with harness.new_context(browser, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site.url + harness.address(LESSON))
        expect(page.locator("article .katex[translate=no]").first).to_be_visible()
        expect(page.locator("article code:not([translate=no])")).to_have_count(0)
