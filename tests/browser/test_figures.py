"""Protects the figures of every page: each has a name, can be read, and follows the theme."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from xml.etree import ElementTree

import pytest
from PIL import Image
from playwright.sync_api import expect

from nabla.draw.palette import DARK, LIGHT
from nabla.model import course
from tests.browser import harness
from tests.browser.conftest import OpenPage, Visit
from tests.browser.harness import Site
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


def words(element: ElementTree.Element, family: str = "") -> Iterator[tuple[str, str]]:
    """The texts of an element with the typefaces that they ask for."""
    if found := re.search(r"font-family: ?([^;]+)", element.get("style", "")):
        family = found[1]
    if element.text and element.tag.endswith(("}text", "}tspan")):
        yield family, element.text
    for child in element:
        yield from words(child, family)
        yield family, child.tail or ""


def test_words_ask_for_their_typeface_only_and_it_has_their_signs(site: Site) -> None:
    """For another one named behind it, a busy browser sends before it knows whether it needs it."""
    sheet = (harness.ROOT / "docs/assets/vendor/fonts/fonts.css").read_text("utf-8")
    faces = re.findall(r'font-family: "Nabla Sans";.*?unicode-range: ([^;]+)', sheet, re.DOTALL)
    ranges = [each.partition("-") for face in faces for each in re.findall(r"U\+([\dA-F-]+)", face)]
    known = {
        chr(sign) for first, _, last in ranges for sign in range(int(first, 16), int(last or first, 16) + 1)
    }
    asked: dict[str, set[str]] = {}
    for file in (site.folder / "assets/figuras").rglob("*.svg"):
        for family, text in words(ElementTree.parse(file).getroot()):
            asked.setdefault(family, set()).update(text.replace("\n", ""))
    ours = {family: signs for family, signs in asked.items() if "Nabla Sans" in family}
    assert [family for family in ours if "KaTeX" in family] == []
    signs = set().union(*ours.values())
    assert len(signs) > 50
    assert signs - known == set()


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
