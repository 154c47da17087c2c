"""Protects every page of the site: it loads without a fault, fits on every screen, and reads the same without scripts."""

from __future__ import annotations

import html
import re
from collections import Counter

import pytest

from nabla.check.project import Project
from tests.browser import harness
from tests.browser.conftest import OpenPage, Site, Visit
from tests.browser.harness import OPEN_DETAILS
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

# 320 is also a screen of 1280 pixels at 400 %.
WIDTHS = [320, 360, 390, 768, 1024, 1280, 1440, 1920]

# The words of a figure are its own business: without scripts it is an image.
_WORDS = """article => {
    // Their texts are drawn; and the fields of the page for what is missing, of the tables to look things up in, of the
    // questions, of the figures that answer and of the code that runs are there only where they work.
    const fields = ":is(.nb-buscar, .nb-filtrar, .nb-predice, .nb-live)"
    const figures = [...article.querySelectorAll(`.nabla-figure, ${fields}, ${fields} *`)]
    const run = [...article.querySelectorAll(".nb-run, .nb-run__said")]
    for (const each of figures) each.style.visibility = "hidden"
    for (const each of run) each.style.display = "none"
    const words = article.innerText
    for (const each of figures) each.style.visibility = ""
    for (const each of run) each.style.display = ""
    return words
}"""
# Frames on three sides, and grounds: of what opens, wherever it stands, and of the pieces, by what they are.
_FRAMES = """article => {
    const framed = each => {
        const style = getComputedStyle(each)
        const sides = ["Top", "Right", "Bottom", "Left"].filter(side => parseFloat(style[`border${side}Width`]))
        const line = sides.includes("Left") && !sides.includes("Right")
        return (sides.length > 2 ? "frame " : line ? "line " : "") + (style.backgroundColor === "rgba(0, 0, 0, 0)" ? "" : "ground")
    }
    const found = {}
    const kinds = { opens: "details:not([open])", asked: ".pregunta:not(:has(> .correcta))", quiz: ".pregunta:has(> .correcta)", exercise: ".ejercicio" }
    for (const [kind, selector] of Object.entries(kinds)) {
        const looks = [...new Set([...article.querySelectorAll(selector)].map(framed))]
        if (looks.length) found[kind] = looks
    }
    return found
}"""
_LOOKS = {"opens": [""], "asked": ["line ground"], "quiz": [""], "exercise": ["line "]}
_EMPTY = (
    "text => new DOMParser().parseFromString(text, 'text/html').querySelectorAll('article p:empty').length"
)
_RAW_MATHS = re.compile(r"\\[()\[\]a-zA-Z]|\$")


def test_every_built_page_is_visited(site: Site) -> None:
    built = {file.relative_to(site.folder).as_posix() for file in site.folder.rglob("*.html")}
    addresses = {harness.address(page) for page in harness.PAGES}
    assert built == {each if each.endswith(".html") else f"{each}index.html" for each in addresses}


def test_no_comment_is_published(site: Site) -> None:
    published = [*site.folder.rglob("*.html"), *site.folder.rglob("search_index.json")]
    comments = {
        file.relative_to(site.folder).as_posix(): found
        for file in published
        if (found := re.findall(r"<!--.{0,60}|.{0,20}pytest-codeblocks.{0,20}", file.read_text("utf-8")))
    }
    assert comments == {}


def test_loads_without_a_fault_and_asks_no_other_host(visit: Visit) -> None:
    assert visit.faults == []


def test_html_has_no_block_inside_a_paragraph(visit: Visit, site: Site) -> None:
    """The browser closes such a paragraph early, and an empty one is what remains."""
    published = harness.published(site.folder, visit.name).read_text("utf-8")
    assert visit.page.evaluate(_EMPTY, published) == 0


def test_ids_are_unique(visit: Visit) -> None:
    ids = visit.page.evaluate("[...document.querySelectorAll('[id]')].map(element => element.id)")
    assert [each for each, count in Counter(ids).items() if count > 1] == []


def test_anchors_are_plain(visit: Visit) -> None:
    """An address with an accent in it breaks when it is pasted somewhere else."""
    anchors = visit.page.evaluate("[...document.querySelectorAll('article [id]')].map(element => element.id)")
    assert [each for each in anchors if not re.fullmatch(r"[A-Za-z0-9_:.-]+", each)] == []
    links = visit.page.locator("article .headerlink")
    headings = visit.page.locator("article :is(h2, h3)[id]")
    assert links.count() >= headings.count()


def test_has_a_description_of_its_own(visit: Visit, descriptions: Counter[str]) -> None:
    if visit.name == harness.NOT_FOUND:
        return
    description = visit.page.locator("meta[name=description]").get_attribute("content") or ""
    assert 50 <= len(description) <= 160, description
    assert descriptions[description] == 1


@pytest.fixture(scope="session")
def descriptions(site: Site) -> Counter[str]:
    found = (
        re.search(
            r'<meta name="description" content="([^"]*)">',
            harness.published(site.folder, page).read_text("utf-8"),
        )
        for page in harness.PAGES
        if page != harness.NOT_FOUND
    )
    return Counter(html.unescape(each[1]) for each in found if each)


def test_maths_is_rendered_without_script(visit: Visit) -> None:
    page = visit.page
    formulas = page.locator("article .arithmatex")
    assert formulas.locator(".katex-html").count() == formulas.count()
    assert formulas.locator("math").count() == formulas.count()
    assert page.locator(".katex-error, script[type^='math/']").count() == 0
    scripts = page.evaluate("[...document.scripts].map(script => script.src + script.text)")
    assert [each for each in scripts if re.search(r"katex|mathjax|arithmatex", each, re.IGNORECASE)] == []
    assert _RAW_MATHS.findall(page.evaluate("probes.prose()")) == []


def test_maths_has_its_style_and_typeface(visit: Visit) -> None:
    formulas = visit.page.locator("article .katex")
    if formulas.count() == 0:
        return
    # KaTeX's style sheet hides the copy for screen readers from the eye.
    box = formulas.locator("visible=true").first.locator(".katex-mathml").bounding_box()
    assert box
    assert max(box["width"], box["height"]) <= 1
    loaded = visit.page.evaluate(
        "[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
    )
    assert any("KaTeX_Math" in family for family in loaded)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_sticks_out_and_punctuation_stays_with_its_formula(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    assert visit.page.evaluate("[probes.overflow(), probes.strayPunctuation()]") == [[], []]


def test_frames_are_few_and_tell_what_is_asked_apart(visit: Visit) -> None:
    found = visit.page.locator("article").evaluate(_FRAMES)
    assert found == {kind: _LOOKS[kind] for kind in found}


def test_letters_twice_as_large_fit(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 1280, "height": 900})
    normal = float(visit.page.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)"))
    visit.page.evaluate("size => { document.documentElement.style.fontSize = size }", f"{2 * normal}px")
    try:
        assert visit.page.evaluate("probes.overflow()") == []
    finally:
        visit.page.evaluate("document.documentElement.style.fontSize = ''")


def test_reads_the_same_without_javascript(visit: Visit, open_page: OpenPage) -> None:
    bare = open_page(visit.name, java_script_enabled=False, viewport=visit.page.viewport_size)
    folded = bare.locator("article details")
    if folded.count() > 0:
        folded.first.locator("summary").first.click()
        assert folded.first.get_attribute("open") is not None
    bare.evaluate(OPEN_DETAILS)
    for kind in ("pre", ".katex-html", ".nabla-figure", "figcaption", "table", "details"):
        everywhere = bare.locator(f"article {kind}")
        assert everywhere.locator("visible=true").count() == everywhere.count(), kind
    assert bare.locator("article").evaluate(_WORDS) == visit.page.locator("article").evaluate(_WORDS)


def test_blocks_that_fail_on_purpose_say_so(visit: Visit, project: Project) -> None:
    source = project.pages.get(visit.name)
    failing = sum(block.failure is not None for block in source.blocks) if source else 0
    badges = visit.page.locator("article .falla .filename").locator("visible=true")
    assert [text.partition(":")[0] for text in badges.all_inner_texts()] == ["Falla a propósito"] * failing
    visit.page.set_viewport_size({"width": 320, "height": 900})
    messages = visit.page.locator("article .falla + .salida pre > code")
    beyond = messages.evaluate_all("all => all.map(each => each.scrollWidth - each.clientWidth)")
    assert beyond == [0] * failing  # all of the message is seen without scrolling
