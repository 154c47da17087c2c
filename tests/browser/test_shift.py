"""Protects who reads while a page comes: nothing moves, however late its typefaces are."""

from __future__ import annotations

import threading

import pytest
from playwright.sync_api import Browser, Route

from tests.browser import harness
from tests.browser.harness import Site
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

LATE = 0.4  # s
# Without formulas: those wait for their own typefaces, which nothing can stand in for.
PAGES = [
    "docs/arquitectura.md",
    "docs/garantia.md",
    "docs/glosario.md",
    "docs/referencias.md",
    harness.NOT_FOUND,
]
WATCH = """
    window.shifts = []
    new PerformanceObserver(list => {
        for (const { value, sources } of list.getEntries())
            shifts.push([value, ...sources.map(({ node }) => node?.textContent.trim().slice(0, 40))])
    }).observe({ type: "layout-shift", buffered: true })
"""


@pytest.mark.parametrize("width", [1400, 412])
@pytest.mark.parametrize("name", PAGES)
def test_late_typefaces_move_nothing(browser: Browser, site: Site, name: str, width: int) -> None:
    def delay(route: Route) -> None:
        late.append(route.request.url)
        threading.Timer(LATE, held.append, [route]).start()

    late: list[str] = []
    held: list[Route] = []
    with harness.new_context(browser, viewport={"width": width, "height": 850}) as context:
        page = context.new_page()
        page.add_init_script(WATCH)
        page.route("**/*.woff2", delay)
        page.goto(site.url + harness.address(name), wait_until="commit")
        page.locator("footer").wait_for(state="attached")
        while len(held) < len(late) or not held:
            page.wait_for_timeout(50)
        for route in held:
            route.continue_()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(200)
        assert page.evaluate("shifts") == []
        assert page.evaluate("document.fonts.ready.then(fonts => fonts.size)") > 10
