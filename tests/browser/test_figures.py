"""What holds in every figure of the site: it has a name, it can be read, it follows the theme."""

from __future__ import annotations

from tests.browser.conftest import Visit

FIGURES = "article svg.nabla-figure"
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
