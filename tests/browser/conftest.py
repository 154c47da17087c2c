"""One build and one browser for all tests; each page is opened once for the tests that only look."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from nabla.check.project import Project
from tests.browser import harness
from tests.browser.harness import Site
from tests.install_browser import launch

THEMES = {"light": "nabla", "dark": "slate"}
OpenPage = Callable[..., Page]


@dataclass
class Visit:
    """A page as its reader has it after opening every solution; ``faults`` is what went wrong on the way."""

    name: str
    page: Page
    faults: list[str]
    sent: list[tuple[str, int]]  # what came over the wire until the end of the page, and its bytes
    scheme: str = "light"

    def turn(self, scheme: str) -> None:
        """Let the system be light or dark, and wait until the page is."""
        if scheme != self.scheme:
            self.page.emulate_media(color_scheme=scheme)
            self.page.locator(f"body[data-md-color-scheme={THEMES[scheme]}]").wait_for()
            self.scheme = scheme


@pytest.fixture(scope="session")
def site(built_site: Path) -> Iterator[Site]:
    with harness.serve(built_site) as site:
        yield site


@pytest.fixture(scope="session")
def project() -> Project:
    return Project.load(harness.ROOT)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launch(playwright) as browser:
        yield browser


@pytest.fixture(scope="session", params=harness.PAGES)
def visit(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Visit]:
    with harness.new_context(browser, **harness.CLIPBOARD) as context:
        context.add_init_script(path=str(harness.AXE))
        page = context.new_page()
        faults = watch(page, site.url)
        before = len(site.sent)
        page.goto(site.url + harness.address(request.param), wait_until="networkidle")
        harness.wake(page)
        harness.read_through(page)
        yield Visit(request.param, page, faults, site.sent[before:])


@pytest.fixture
def open_page(browser: Browser, site: Site) -> Iterator[OpenPage]:
    """Opens a page in a browser context of its own, with the options of Playwright's ``new_context``."""
    with ExitStack() as stack:

        def open_(name: str, **options: object) -> Page:
            page = stack.enter_context(harness.new_context(browser, **options)).new_page()
            page.goto(site.url + harness.address(name))
            if options.get("java_script_enabled", True):
                harness.wake(page)
            return page

        yield open_


def watch(page: Page, origin: str) -> list[str]:
    faults: list[str] = []

    def note(event: str, fault: Callable[..., str | bool]) -> None:
        page.on(event, lambda each: faults.append(f"{event}: {text}") if (text := fault(each)) else None)

    note("console", lambda message: message.type in {"warning", "error"} and message.text)
    note("pageerror", str)
    note("request", lambda request: not request.url.startswith((origin, "data:")) and request.url)
    note("requestfailed", lambda request: f"{request.url} {request.failure}")
    note("response", lambda response: response.status >= 400 and f"{response.url} {response.status}")
    return faults
