"""Opens a page at one of its figures."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser import harness
from tests.browser.conftest import watch
from tests.browser.harness import Site
from tests.browser.live.figures import LIVE, near


@pytest.fixture
def show(browser: Browser, site: Site) -> Any:
    """Opens a page at one of its figures, which answers from then on; at the end nothing may have gone wrong."""
    contexts = []

    def open_(name: str, query: str = "", **options: Any) -> Locator:
        contexts.append(context := harness.new_context(browser, **options))
        page = context.new_page()
        faults = watch(page, site.url)
        pages.append(faults)
        page.goto(site.url + harness.address(LIVE[name][0]) + query)
        harness.wake(page)
        return near(page, name)

    pages: list[list[str]] = []
    yield open_
    for context in contexts:
        context.close()
    # Whoever leaves a page leaves what it was still asking for.
    assert [fault for faults in pages for fault in faults if "ERR_ABORTED" not in fault] == []
