"""The home page, the page for what is missing, the search and the theme."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, Site

HOME = "docs/index.md"


def test_home_shows_the_first_gradient_and_its_figure(open_page: OpenPage) -> None:
    page = open_page(HOME)
    for number in ("108.78", "15.54"):
        assert page.get_by_text(number).locator("visible=true").count() > 0
    box = page.locator("svg.nabla-figure").bounding_box()
    assert box
    assert min(box["width"], box["height"]) > 150


def test_a_missing_page_is_answered_in_spanish_with_a_way_home(open_page: OpenPage, site: Site) -> None:
    page = open_page(HOME)
    response = page.goto(f"{site.url}no/hay/nada/")
    assert response
    assert response.status == 404
    assert page.locator("html").get_attribute("lang") == "es"
    assert page.get_by_role("heading", level=1).inner_text() == "Esta página no existe"
    page.get_by_role("link", name="página de inicio").click()
    page.wait_for_url(site.url)


@pytest.mark.parametrize("query", ["gradiente", "parametro", "PARÁMETRO"])
def test_search_finds_a_word_with_or_without_its_accent(open_page: OpenPage, query: str) -> None:
    page = open_page(HOME)
    page.get_by_role("textbox", name="Buscar").press_sequentially(query)
    page.locator(".md-search-result__link").first.click()
    page.locator("article mark").first.wait_for()


@pytest.mark.parametrize("scripts", [True, False])
def test_follows_the_theme_of_the_system(open_page: OpenPage, scripts: bool) -> None:
    light, dark = (
        _background(open_page(HOME, color_scheme=scheme, java_script_enabled=scripts))
        for scheme in ("light", "dark")
    )
    assert light > 240
    assert dark < 60


def _background(page: Page) -> int:
    """The strength of red behind the page: near 255 on paper, near 0 in the dark."""
    return page.evaluate("parseInt(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0])")
