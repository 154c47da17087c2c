"""Protects the home page, the page for what is missing, and the theme."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import harness
from tests.browser.conftest import OpenPage, Site
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

HOME = "docs/index.md"
LESSON = "docs/lecciones/lote.md"


def test_home_shows_the_first_gradient_and_its_figure(open_page: OpenPage) -> None:
    page = open_page(HOME)
    for number in ("108.78", "15.54"):
        assert page.get_by_text(number).locator("visible=true").count() > 0
    box = page.locator("svg.nabla-figure").locator("visible=true").first.bounding_box()
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


def test_a_missing_page_searches_for_what_was_asked(open_page: OpenPage, site: Site) -> None:
    page = open_page(HOME)
    page.goto(f"{site.url}lecciones/tasa-de-aprendizaje.html")
    box = page.get_by_role("searchbox", name="Busca en todo el sitio")
    expect(box).to_have_value("tasa de aprendizaje")
    box.press("Enter")
    page.wait_for_url(f"{site.url}?q=*")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
    bare = open_page(HOME, java_script_enabled=False)
    bare.goto(f"{site.url}no/hay/nada/")
    expect(bare.get_by_role("searchbox")).to_have_count(0)  # nothing would answer it
    assert bare.locator("article li a").count() > 15


@pytest.fixture(scope="module")
def in_a_folder(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A host with the site, built without knowing where it would stand, in one of its folders."""
    host = tmp_path_factory.mktemp("host")
    (host / "nabla").symlink_to(site.folder, target_is_directory=True)
    (host / harness.NOT_FOUND).symlink_to(site.folder / harness.NOT_FOUND)
    with harness.serve(host) as served:
        yield served


@pytest.mark.parametrize("missing", ["tasa-nueva", "lecciones/tasa-nueva/", "no/hay/nada/tasa-nueva.html"])
def test_a_missing_page_finds_a_site_that_is_in_a_folder(
    browser: Browser, in_a_folder: Site, missing: str
) -> None:
    root = f"{in_a_folder.url}nabla/"
    with harness.new_context(browser) as context:
        page = context.new_page()
        page.goto(root + missing)
        links = page.locator("article a").evaluate_all("all => all.map(each => each.href)")
        assert len(links) > 15
        assert [link for link in links if not _leads_to_a_page(link, root, in_a_folder)] == []
        expect(page.locator("h1")).to_have_css("font-family", re.compile("Nabla Sans"))
        box = page.get_by_role("searchbox", name="Busca en todo el sitio")
        expect(box).to_have_value("tasa nueva")
        box.fill("gradiente")
        box.press("Enter")
        page.wait_for_url(f"{root}?q=*")
        page.goto(root + missing)
        harness.wake(page)
        page.locator(".md-search__input").fill("gradiente")
        expect(page.locator(".md-search-result__link").first).to_be_visible(timeout=60_000)


def _leads_to_a_page(link: str, root: str, site: Site) -> bool:
    return (
        link.startswith(root) and (site.folder / "nabla" / link.removeprefix(root) / "index.html").is_file()
    )


def test_the_contents_mark_what_was_chosen(open_page: OpenPage) -> None:
    page = open_page(LESSON, viewport={"width": 1400, "height": 900})
    harness.read_through(page)
    entries = page.locator(".md-sidebar--secondary .md-nav__link")
    for place in range(0, entries.count(), 3):
        entries.nth(place).click()
        active = page.locator(".md-sidebar--secondary .md-nav__link--active")
        expect(active).to_have_text(entries.nth(place).inner_text())


def test_going_back_finds_open_what_was(open_page: OpenPage) -> None:
    page = open_page(LESSON)
    opened = page.locator("article details[open]")
    page.locator("article .solucion > summary").nth(1).click()
    page.locator("article .pista > summary").first.click()
    names = opened.evaluate_all("all => all.map(each => each.textContent)")
    assert len(names) == 2
    page.goto(page.url.replace("lote", "punto"))
    expect(opened).to_have_count(0)
    page.go_back()
    expect(opened).to_have_count(2)
    assert opened.evaluate_all("all => all.map(each => each.textContent)") == names
    page.goto(page.url)
    expect(opened).to_have_count(0)


def test_navigation_opens_from_the_keyboard_on_a_phone(open_page: OpenPage) -> None:
    page = open_page(LESSON, viewport={"width": 390, "height": 844})
    opener = page.get_by_role("button", name="Navegación")
    drawer = page.locator(".md-sidebar--primary")
    focused = drawer.locator(":focus")
    page.keyboard.press("Tab")  # to skip to the content
    page.keyboard.press("Tab")
    for key in ("Space", "Enter"):
        expect(opener).to_be_focused()
        page.keyboard.press(key)
        expect(opener).to_have_attribute("aria-expanded", "true")
        expect(focused).to_have_attribute("for", re.compile("__nav_"))  # the section's title, and way out
        page.keyboard.press("Escape")
        expect(opener).to_have_attribute("aria-expanded", "false")
        expect(drawer.locator("a").locator("visible=true")).to_have_count(0)

    page.keyboard.press("Enter")
    section = focused.inner_text()
    page.keyboard.press("Enter")  # out of the section
    expect(focused).to_have_text(re.compile(section, re.IGNORECASE))
    page.keyboard.press("Tab")
    page.keyboard.press("Space")  # into the next one
    page.keyboard.press("Tab")
    href = focused.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(re.escape(href.removeprefix("../").removeprefix("../"))))


def test_a_term_shows_its_definition_on_focus_and_on_hover(open_page: OpenPage) -> None:
    page = open_page(LESSON)
    term = page.locator("article a.termino").first
    shown = page.locator(".md-tooltip2--active")
    definition = term.get_attribute("title")
    assert definition
    for show in (term.focus, term.hover):
        show()
        expect(shown).to_have_text(definition)
        expect(shown).to_have_css("opacity", "1")
        page.keyboard.press("Escape")
        expect(shown).to_have_count(0)
        term.blur()
        page.mouse.move(0, 0)
        expect(term).to_have_attribute("title", definition)
    expect(term).to_have_css("text-decoration-style", "dotted")
    expect(page.locator("article p > a:not([class])").first).to_have_css("text-decoration-style", "solid")


def test_notation_fits_on_a_phone(open_page: OpenPage) -> None:
    page = open_page("docs/notacion.md")
    tables = page.locator(".nb-fichas :is(.md-typeset__scrollwrap, .md-typeset__table, table)")
    for width in (320, 390):
        page.set_viewport_size({"width": width, "height": 844})
        beyond = tables.evaluate_all("all => all.map(each => each.scrollWidth - each.clientWidth)")
        assert beyond == [0] * 10  # two tables, each wrapped while building and by the theme
        widths = page.locator(".nb-fichas td:nth-child(2)").evaluate_all(
            "all => all.map(each => each.clientWidth)"
        )
        assert min(widths) > 200  # a line holds a few words


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


def test_the_drawer_of_a_phone_is_laid_out_when_it_opens(open_page: OpenPage) -> None:
    """Closed, it costs nothing with each typeface that comes."""
    page = open_page("docs/index.md", viewport={"width": 390, "height": 844})
    link = page.locator(".md-sidebar--primary a", has_text="Antes de empezar")
    assert not link.evaluate("each => each.checkVisibility()")
    page.get_by_role("button", name="Navegación").click()
    expect(link).to_be_visible()
    assert link.evaluate("each => each.checkVisibility()")
