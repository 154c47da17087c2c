"""Protects the figures of every page: each has a name, can be read, and follows the theme."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from nabla.draw.palette import DARK, LIGHT
from nabla.model import course
from tests.browser import harness
from tests.browser.conftest import OpenPage, Visit
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

LESSON = "docs/lecciones/punto.md"
FIGURES = "article svg.nabla-figure"
STILL = "figure:not(:has(.nb-live))"
_SIZES = "all => all.map(each => [each.clientWidth, each.clientHeight])"
# What is read in a figure on a phone, in pixels; raised and lowered signs of a formula are smaller.
SMALLEST_TEXT = 11


def test_has_a_name_and_real_text(visit: Visit) -> None:
    for figure in visit.page.locator(FIGURES).all():
        assert figure.get_attribute("role") == "img"
        assert (figure.get_attribute("aria-label") or "").strip()
        assert figure.locator("text").count() > 0
    images = visit.page.get_by_role("img").and_(visit.page.locator(FIGURES))
    assert images.count() == visit.page.locator(FIGURES).locator("visible=true").count()


def test_text_is_whole_and_large_enough_on_a_phone(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    sizes = visit.page.evaluate("probes.figureTextSizes()")
    assert [each for each in sizes if each["size"] < SMALLEST_TEXT] == []
    assert visit.page.evaluate("probes.cutTexts()") == []


def test_follows_the_theme(visit: Visit) -> None:
    if visit.page.locator(FIGURES).count() == 0:
        return
    themes = {}
    for scheme in ("dark", "light"):
        visit.turn(scheme)
        themes[scheme] = visit.page.evaluate("probes.figureColours()")
        assert themes[scheme]
        faint = [each for each in themes[scheme] if each["contrast"] < each["minimum"]]
        assert faint == [], scheme
    fixed = [
        light["what"]
        for light, dark in zip(themes["light"], themes["dark"], strict=True)
        if light["colours"] == dark["colours"]
    ]
    assert fixed == []


def test_is_an_image_until_the_reader_nears_it(open_page: OpenPage) -> None:
    # So low a screen that not even the first figure is near it.
    page = open_page(LESSON, viewport={"width": 390, "height": 200})
    names = page.locator("img.nabla-figure").evaluate_all("all => all.map(each => each.alt)")
    sizes = page.locator(STILL).evaluate_all(_SIZES)
    expect(page.locator(FIGURES)).to_have_count(0)
    harness.read_through(page)
    drawn = page.locator(FIGURES).evaluate_all("all => all.map(each => each.getAttribute('aria-label'))")
    assert drawn == names != []
    assert page.locator(STILL).evaluate_all(_SIZES) == sizes, "nothing moves"


@pytest.mark.parametrize(
    ("media", "scheme", "palette"),
    [("screen", "light", LIGHT), ("screen", "dark", DARK), ("print", "dark", LIGHT)],
)
def test_is_an_image_in_the_colours_of_its_ground_without_javascript(
    open_page: OpenPage, media: str, scheme: str, palette: dict[str, str]
) -> None:
    page = open_page(LESSON, java_script_enabled=False)
    page.emulate_media(media=media, color_scheme=scheme)
    colours = _colours(page.locator("img.nabla-figure").first.screenshot())
    assert {palette["0"], palette["bg"] if media == "screen" else "#ffffff"} <= colours


def _colours(png: bytes) -> set[str]:
    pixels = Image.open(io.BytesIO(png)).convert("RGB").getcolors(1 << 24)
    return {"#" + bytes(colour).hex() for _, colour in pixels}


def test_a_label_is_found_and_copied_whole(open_page: OpenPage) -> None:
    page = open_page("docs/index.md")
    harness.read_through(page)
    label = "∂C/∂m = 108.78"
    text = page.locator(f"{FIGURES} text").filter(has_text="108.78").first
    text.evaluate("each => getSelection().selectAllChildren(each)")
    assert page.evaluate("getSelection().toString()") == label
    # The page has it in other places too, and the search comes to all of them.
    found = page.evaluate(
        """label => {
            getSelection().collapse(document.body)
            const places = []
            while (window.find(label)) places.push(getSelection().anchorNode.parentElement.closest("svg, article").localName)
            return places
        }""",
        label,
    )
    assert "svg" in found


FIRST_TWO_SCREENS = 1800  # pixels


@pytest.mark.parametrize("name", [name for name in harness.PAGES if name.startswith(course.LESSONS)])
def test_a_lesson_shows_a_picture_in_its_first_two_screens(open_page: OpenPage, name: str) -> None:
    page = open_page(name, viewport={"width": 1400, "height": 900})
    first = page.locator("article figure:not(details figure)").first
    drawing = first.locator("svg, img").locator("visible=true").first
    assert drawing.evaluate("each => each.getBoundingClientRect().bottom + scrollY") <= FIRST_TWO_SCREENS
