"""WCAG 2.2 AA and axe's best practices on every page; the keyboard, and what a reader asks of the system."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from importlib.resources import files
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import harness
from tests.browser.conftest import OpenPage, Site

AXE = files("axe_playwright_python") / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The answer is waited for later, so that the readers' pages are examined side by side. Measuring contrast is most of the
# work, and a formula or a piece of code of a look already measured adds nothing: a formula has the colour of its text.
# The colours inside a figure are measured by ``probes.figureColours``.
EXAMINE = """tags => {
    const seen = new Set()
    for (const each of document.querySelectorAll("pre span")) {
        const { color, backgroundColor } = getComputedStyle(each)
        const look = [color, backgroundColor, getComputedStyle(each.closest("pre").firstElementChild).backgroundColor].join()
        each.toggleAttribute("data-seen", seen.has(look))
        seen.add(look)
    }
    axe.configure({ rules: [{ id: "color-contrast", selector: "*:not(.katex *, [data-seen])" }] })
    window.examined = axe.run({ exclude: [["svg.nabla-figure > *"]] }, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })
}"""
VIOLATIONS = """() => window.examined.then(({ violations }) => violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id} (${rule.impact}): ${node.html.slice(0, 150)}`)))"""
# The focus is not in the search, or the search is open and lies where it stays.
SETTLED = """() => !document.activeElement.matches(".md-search__input")
    || (document.querySelector("[data-md-toggle=search]").checked && document.getAnimations().length === 0)"""

LESSON = "docs/lecciones/lote.md"

Readers = dict[str, Page]


@pytest.fixture(scope="module")
def readers(browser: Browser) -> Iterator[Readers]:
    """One page for each width and theme, with axe in it; it goes from page to page."""
    with ExitStack() as stack:
        pages = {}
        for width, scheme in product((1400, 390), ("light", "dark")):
            viewport = {"width": width, "height": 900}
            context = harness.new_context(browser, viewport=viewport, color_scheme=scheme)
            stack.enter_context(context).add_init_script(path=str(AXE))
            pages[f"{width} {scheme}"] = context.new_page()
        yield pages


def examine(readers: Readers) -> dict[str, list[str]]:
    """What axe finds where the readers are, by reader."""
    for page in readers.values():
        page.evaluate(EXAMINE, RULES)
    return {name: found for name, page in readers.items() if (found := page.evaluate(VIOLATIONS))}


@pytest.mark.parametrize("name", harness.PAGES)
def test_axe_finds_nothing(readers: Readers, site: Site, name: str) -> None:
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
    page.evaluate(harness.OPEN_DETAILS)
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
