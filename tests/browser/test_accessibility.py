"""Protects readers of every kind: WCAG 2.2 AA and axe's best practices on every page, the keyboard, forced colours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import harness
from tests.browser.conftest import OpenPage, Site, Visit
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL = {"type": "tag", "values": TAGS}
# What a page in the other theme can have that it had not: the theme changes colours, and one button (of every page).
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
# The answer is waited for later, so that the readers' pages are examined side by side. Measuring contrast is most of the
# work, and words of a look already measured on the page add nothing: the colours that they and what they stand on have, their size
# and their weight. A formula has the colour of its text. The colours inside a figure are
# measured by ``probes.figureColours``.
EXAMINE = """rules => {
    const grounds = new Map()
    const ground = each => {
        if (!each) return ""
        if (!grounds.has(each)) {
            const { backgroundColor, backgroundImage, opacity, filter, position } = getComputedStyle(each)
            const own = [backgroundColor, backgroundImage, opacity, filter, position].join()
            const below = ground(each.parentElement)
            grounds.set(each, own === "rgba(0, 0, 0, 0),none,1,none,static" ? below : `${own} on ${below}`)
        }
        return grounds.get(each)
    }
    const scheme = document.body.dataset.mdColorScheme
    const seen = (window.looks ??= {})[scheme] ??= new Set()
    let fresh = 0
    for (const each of document.querySelectorAll("body *:not(.katex *, svg *)")) {
        if (![...each.childNodes].some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim())) continue
        if (!each.checkVisibility()) continue
        const { color, fontSize, fontWeight, textShadow } = getComputedStyle(each)
        const look = [color, fontSize, fontWeight, textShadow, ground(each)].join()
        each.toggleAttribute("data-seen", seen.has(look))
        fresh += !seen.has(look)
        seen.add(look)
    }
    axe.configure({ rules: [{ id: "color-contrast", selector: "*:not(.katex *, [data-seen])" }] })
    window.examined = axe.run({ exclude: [["svg.nabla-figure > *"]] }, { runOnly: rules, resultTypes: ["violations"] })
    return fresh
}"""
VIOLATIONS = """() => window.examined.then(({ violations }) => violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id} (${rule.impact}): ${node.html.slice(0, 150)} ${node.failureSummary}`)))"""
# What the theme does about a new width is done: it tells the keyboard which code can be scrolled.
RESTED = f"() => {harness.FRAME}.then(() => new Promise(done => setTimeout(done, 200)))"
# The focus is not in the search, or the search is open and lies where it stays.
SETTLED = """() => !document.activeElement.matches(".md-search__input")
    || (document.querySelector("[data-md-toggle=search]").checked && document.getAnimations().length === 0)"""

LESSON = "docs/lecciones/lote.md"

Readers = dict[str, Page]


def test_axe_finds_nothing(visit: Visit) -> None:
    """How wide a page is decides what is there to see; the theme, only in which colours."""
    with harness.without_formulas(visit.page):
        for scheme, rules in (("light", ALL), ("dark", COLOURS)):
            visit.turn(scheme)
            for width in (1400, 390):
                visit.page.set_viewport_size({"width": width, "height": 900})
                visit.page.evaluate("scrollTo(0, 0)")  # elsewhere the header lies over a part of some control
                visit.page.evaluate(RESTED)
                fresh = visit.page.evaluate(EXAMINE, rules)
                assert visit.page.evaluate(VIOLATIONS) == [], (scheme, width)
                assert fresh > (5 if visit.name == harness.NOT_FOUND else 20) or width == 390


@pytest.fixture(scope="module")
def readers(browser: Browser) -> Iterator[Readers]:
    """One page for each width and theme; it goes from page to page."""
    with ExitStack() as stack:
        pages = {}
        for width, scheme in product((1400, 390), ("light", "dark")):
            viewport = {"width": width, "height": 900}
            context = harness.new_context(browser, viewport=viewport, color_scheme=scheme)
            stack.enter_context(context).add_init_script(path=str(harness.AXE))
            pages[f"{width} {scheme}"] = context.new_page()
        yield pages


def examine(readers: Readers) -> dict[str, list[str]]:
    """What axe finds where the readers are, by reader."""
    for page in readers.values():
        page.evaluate(EXAMINE, ALL)
    return {name: found for name, page in readers.items() if (found := page.evaluate(VIOLATIONS))}


@pytest.mark.parametrize("name", [LESSON, harness.NOT_FOUND])
def test_axe_finds_nothing_in_a_page_whose_reader_has_not_moved(
    readers: Readers, site: Site, name: str
) -> None:
    for page in readers.values():
        page.goto(site.url + harness.address(name))
        page.evaluate(harness.OPEN_DETAILS)
    assert examine(readers) == {}


def test_axe_finds_nothing_in_an_open_search(readers: Readers, site: Site) -> None:
    for page in readers.values():
        page.goto(site.url + harness.address(LESSON))
        page.keyboard.press("f")
        page.keyboard.type("gradiente")
        page.locator(".md-search-result__link").first.wait_for()
    assert examine(readers) == {}


def test_axe_finds_nothing_in_the_open_navigation_of_a_phone(readers: Readers, site: Site) -> None:
    phones = {name: page for name, page in readers.items() if name.startswith("390")}
    for page in phones.values():
        page.goto(site.url + harness.address(LESSON))
        page.get_by_role("button", name="Navegación").click()
        page.locator(".md-sidebar--primary :focus").wait_for()
    assert examine(phones) == {}


def walk(page: Page, key: str) -> dict[str, Any] | None:
    """What the focus comes to; the theme's script opens the search a moment after it has come there."""
    page.keyboard.press(key)
    harness.wait_for(page, SETTLED)
    return page.evaluate("probes.focus()")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1400), ("dark", 1400), ("dark", 390)])
def test_focus_comes_to_every_control_and_is_always_seen(
    open_page: OpenPage, scheme: str, width: int
) -> None:
    # On a phone, the search slides in under the focus, at once for who wants no movement.
    size = {"width": width, "height": 900}
    page = open_page(LESSON, color_scheme=scheme, viewport=size, reduced_motion="reduce")
    harness.read_through(page)  # figures that answer get their controls when the reader nears them
    page.locator(".nb-live button").first.wait_for()
    for key in ("Tab", "Shift+Tab"):
        page.evaluate("document.activeElement.blur()")
        stops = list(iter(lambda key=key: walk(page, key), None))
        assert len({stop["what"] for stop in stops}) > 50
        assert [stop for stop in stops if stop["outline"] < 3 or stop["covered"] > 1] == []
        assert page.evaluate("probes.unreached()") == []


@pytest.mark.parametrize("width", [1400, 390])
@pytest.mark.parametrize("name", [LESSON, "docs/index.md", "docs/glosario.md", harness.NOT_FOUND])
def test_controls_are_large_enough(open_page: OpenPage, name: str, width: int) -> None:
    page = open_page(name, viewport={"width": width, "height": 900})
    assert page.evaluate("probes.smallTargets()") == []


def test_nothing_moves_for_who_asked_for_that(open_page: OpenPage) -> None:
    moving = open_page(LESSON, reduced_motion="no-preference")
    assert moving.evaluate("probes.movement()") != []
    assert open_page(LESSON).evaluate("probes.movement()") == []


def test_what_opens_and_what_is_pressed_has_an_edge_in_forced_colours(open_page: OpenPage) -> None:
    page = open_page("docs/index.md", forced_colors="active")
    for control in page.locator("article :is(details, .md-button)").all():
        assert float(control.evaluate("each => parseFloat(getComputedStyle(each).borderTopWidth)")) > 0


def test_wide_formulas_can_be_reached_and_read_aloud(open_page: OpenPage) -> None:
    page = open_page(LESSON, viewport={"width": 320, "height": 900})
    formulas = page.locator("article div.arithmatex")
    assert formulas.count() > 0
    for formula in formulas.all():
        assert formula.get_attribute("tabindex") == "0"
        assert formula.get_attribute("role") == "group"
        assert formula.get_attribute("aria-label")
    assert page.locator("[aria-hidden=true] math").count() == 0
