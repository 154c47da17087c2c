"""Protects code and outputs: they can be read whole, and on a phone nothing lies over them or hides an end."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import Locator

from tests.browser.conftest import OpenPage, Visit
from tests.browser.harness import OPEN_DETAILS
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

# The page with the longest lines, one with blocks in cards within cards, and the one with two columns.
PAGES = ["docs/cuadernos/la-idea.md", "docs/lecciones/punto.md", "docs/index.md"]

CUT = """() => [...document.querySelectorAll("article pre > code")]
    .filter(code => code.scrollWidth > code.clientWidth)
    .map(code => code.textContent.slice(0, 80))"""

# The letters that a button of a block lies on.
COVERED = """() => {
    const buttons = [...document.querySelectorAll("article .md-code__button")].map(each => each.getBoundingClientRect())
    const texts = document.createTreeWalker(document.querySelector("article"), NodeFilter.SHOW_TEXT)
    const range = document.createRange()
    const found = []
    while (texts.nextNode()) {
        const { data, parentElement } = texts.currentNode
        if (!data.trim() || parentElement.closest("math, svg") || !parentElement.checkVisibility()) continue
        range.selectNodeContents(texts.currentNode)
        const boxes = [...range.getClientRects()]
        // The space between two lines belongs to the letters' boxes too.
        if (buttons.some(button => boxes.some(box => box.width && box.left < button.right && box.right > button.left
            && box.top + 4 < button.bottom && box.bottom - 4 > button.top))) found.push(data.trim().slice(0, 80))
    }
    return [buttons.length, found]
}"""


COLOURS = """() => new Set([...document.querySelectorAll("article pre > code, article pre > code span")]
    .map(part => getComputedStyle(part).color)).size"""


@pytest.mark.parametrize("visit", PAGES, indirect=True)
def test_code_has_colours(visit: Visit) -> None:
    assert visit.page.evaluate(COLOURS) > 3


@pytest.mark.parametrize("visit", PAGES, indirect=True)
@pytest.mark.parametrize("width", [1280, 1400])
def test_no_line_of_code_is_cut_on_a_desk(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 900})
    assert visit.page.locator("article pre > code").count() > 1
    assert visit.page.evaluate(CUT) == []


@pytest.mark.parametrize("visit", [*PAGES, "docs/chuleta.md"], indirect=True)
@pytest.mark.parametrize("width", [390, 1280])
def test_no_button_lies_on_letters(visit: Visit, width: int) -> None:
    visit.page.set_viewport_size({"width": width, "height": 844})
    buttons, covered = visit.page.evaluate(COVERED)
    assert buttons > 1
    assert covered == []


def test_a_sentence_of_an_output_breaks_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("docs/lecciones/acumular.md", viewport={"width": 390, "height": 844})
    page.evaluate(OPEN_DETAILS)
    cut = page.locator(".salida .frase").evaluate_all(
        """sentences => sentences.filter(each => {
            const code = each.closest("code").getBoundingClientRect()
            return each.getBoundingClientRect().right > code.right
        }).map(each => each.textContent)"""
    )
    assert page.locator(".salida .frase").count() > 1
    assert cut == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_side_with_more_to_see_is_marked_until_it_is_seen(open_page: OpenPage, scheme: str) -> None:
    page = open_page("docs/lecciones/punto.md", viewport={"width": 390, "height": 844}, color_scheme=scheme)
    code = page.locator("article > .highlight:not(.salida) > pre > code").first
    assert code.evaluate("each => each.scrollWidth > each.clientWidth")
    marked_right, plain_left = sides(code)
    code.evaluate("each => { each.scrollLeft = each.scrollWidth }")
    plain_right, marked_left = sides(code)
    assert plain_left == plain_right
    assert plain_left != marked_left
    assert plain_right != marked_right


def sides(code: Locator) -> tuple[object, object]:
    """The colours of a block at its right and its left, above its first line."""
    picture = Image.open(io.BytesIO(code.screenshot())).convert("RGB")
    return picture.getpixel((picture.width - 3, 4)), picture.getpixel((2, 4))
