"""What holds in every figure of the site: it has a name, it can be read, it follows the theme."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from nabla.draw.palette import DARK, LIGHT
from tests.browser import harness
from tests.browser.conftest import OpenPage, Visit

LESSON = "docs/lecciones/punto.md"
FIGURES = "article svg.nabla-figure"
_SIZES = "all => all.map(each => [each.clientWidth, each.clientHeight])"
# What is read in a figure on a phone, in pixels.
SMALLEST_TEXT = 8.5


def test_has_a_name_and_real_text(visit: Visit) -> None:
    for figure in visit.page.locator(FIGURES).all():
        assert figure.get_attribute("role") == "img"
        assert (figure.get_attribute("aria-label") or "").strip()
        assert figure.locator("text").count() > 0
    images = visit.page.get_by_role("img").and_(visit.page.locator(FIGURES))
    assert images.count() == visit.page.locator(FIGURES).count()


def test_text_is_whole_and_large_enough_on_a_phone(visit: Visit) -> None:
    visit.page.set_viewport_size({"width": 390, "height": 844})
    sizes = visit.page.evaluate("probes.figureTextSizes()")
    assert [each for each in sizes if each["size"] < SMALLEST_TEXT] == []
    assert visit.page.evaluate("probes.cutTexts()") == []


def test_follows_the_theme(visit: Visit) -> None:
    if visit.page.locator(FIGURES).count() == 0:
        return
    themes = {}
    for scheme, theme in (("light", "nabla"), ("dark", "slate")):
        visit.page.emulate_media(color_scheme=scheme)
        visit.page.locator(f"body[data-md-color-scheme={theme}]").wait_for()
        themes[theme] = visit.page.evaluate("probes.figureColours()")
        assert themes[theme]
        faint = [each for each in themes[theme] if each["contrast"] < each["minimum"]]
        assert faint == [], theme
    fixed = [
        light["what"]
        for light, dark in zip(themes["nabla"], themes["slate"], strict=True)
        if light["colours"] == dark["colours"]
    ]
    assert fixed == []


def test_is_an_image_until_the_reader_nears_it(open_page: OpenPage) -> None:
    page = open_page(LESSON, viewport={"width": 390, "height": 844})
    names = page.locator("img.nabla-figure").evaluate_all("all => all.map(each => each.alt)")
    sizes = page.locator("figure").evaluate_all(_SIZES)
    expect(page.locator(FIGURES)).to_have_count(0)
    harness.read_through(page)
    drawn = page.locator(FIGURES).evaluate_all("all => all.map(each => each.getAttribute('aria-label'))")
    assert drawn == names != []
    assert page.locator("figure").evaluate_all(_SIZES) == sizes, "nothing moves"


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
