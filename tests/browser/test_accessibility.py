"""WCAG 2.2 AA and axe's best practices on every page; the keyboard, and what a reader asks of the system."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from importlib.resources import files
from itertools import product

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import harness
from tests.browser.conftest import Site

AXE = files("axe_playwright_python") / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# The answer is waited for later, so that the readers' pages are examined side by side. The colours inside a figure are
# measured by ``probes.figureColours``.
EXAMINE = """tags => {
    window.examined = axe.run({ exclude: [["svg.nabla-figure > *"]] }, { runOnly: { type: "tag", values: tags }, resultTypes: ["violations"] })
}"""
VIOLATIONS = """() => window.examined.then(({ violations }) => violations.flatMap(
    rule => rule.nodes.map(node => `${rule.id} (${rule.impact}): ${node.html.slice(0, 150)}`)))"""

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
