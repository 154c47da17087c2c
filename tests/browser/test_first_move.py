"""Protects the first move of a reader, which the theme's script waits for: nothing is lost, nothing jumps."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import harness
from tests.browser.conftest import watch
from tests.browser.harness import Site
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

TABLES = "docs/notacion.md"
LESSON = "docs/lecciones/lote.md"
# Where all that is on the screen stands.
PLACES = """() => [...document.querySelectorAll(
        ".md-header__button, .md-search__form, .md-nav__link, h1, h2, h3, article p, article pre, article table, article td"
    )].filter(each => each.checkVisibility() && each.getBoundingClientRect().top < innerHeight).map(each => {
        const { x, y, width, height } = each.getBoundingClientRect()
        return `${each.tagName} ${each.textContent.slice(0, 20)}: ${[x, y, width, height].map(Math.round)}`
    })"""

# The first that asks for the forms of the page is search.js.
BREAK_THE_SEARCH = """
    const { get } = Object.getOwnPropertyDescriptor(Document.prototype, "forms")
    let asked = false
    Object.defineProperty(document, "forms", { get() {
        if (asked) return get.call(document)
        asked = true
        throw new Error("broken")
    } })
"""


@pytest.fixture(params=[1400, 390], ids=["wide", "phone"])
def page(browser: Browser, site: Site, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page whose reader has not moved yet."""
    size = {"width": request.param, "height": 1200}
    with harness.new_context(
        browser, viewport=size, permissions=["clipboard-read", "clipboard-write"]
    ) as context:
        page = context.new_page()
        faults = watch(page, site.url)
        yield page
        # Who goes on to another page waits for nothing of this one.
        assert [fault for fault in faults if "ERR_ABORTED" not in fault] == []


@pytest.mark.parametrize("name", ["docs/index.md", LESSON, TABLES])
def test_nothing_moves_when_the_theme_wakes(page: Page, site: Site, name: str) -> None:
    page.goto(site.url + harness.address(name), wait_until="networkidle")
    page.wait_for_timeout(300)
    assert not page.evaluate(harness.AWAKE)
    before = page.evaluate(PLACES)
    harness.wake(page)
    assert page.evaluate(PLACES) == before
    assert len(before) > 10


def test_the_first_click_copies(page: Page, site: Site) -> None:
    page.goto(site.url + harness.address(LESSON), wait_until="networkidle")
    block = page.locator("article .highlight:not(.salida)").first
    block.locator("[data-md-type=copy]").evaluate("each => each.click()")
    expect(page.locator(".md-dialog--active")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == block.locator("code").inner_text().strip()


def test_the_first_click_changes_the_theme(page: Page, site: Site) -> None:
    page.goto(site.url, wait_until="networkidle")
    page.locator("[for=__palette_1]").evaluate("each => each.click()")
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "nabla")
    other = page.context.new_page()
    other.goto(site.url, wait_until="networkidle")
    assert not other.evaluate(harness.AWAKE)
    expect(other.locator("body")).to_have_attribute("data-md-color-scheme", "nabla")
    expect(other.locator("[for=__palette_2]")).to_be_visible()


def test_the_first_key_opens_the_search(page: Page, site: Site) -> None:
    page.goto(site.url, wait_until="networkidle")
    page.keyboard.press("/")
    page.keyboard.type("gradiente")  # at once
    expect(page.get_by_role("textbox", name="Buscar")).to_have_value("gradiente")
    expect(page.locator(".md-search-result__link").first).to_be_visible()


def test_the_first_key_goes_to_the_next_page(page: Page, site: Site) -> None:
    page.goto(site.url, wait_until="networkidle")
    with page.expect_navigation():
        page.keyboard.press("n")


def test_a_fault_of_one_script_leaves_the_others(browser: Browser, site: Site) -> None:
    with harness.new_context(browser) as context:
        page = context.new_page()
        faults = watch(page, site.url)
        page.add_init_script(BREAK_THE_SEARCH)
        page.goto(site.url, wait_until="networkidle")
        harness.wake(page)
        assert any("broken" in fault for fault in faults)
