"""Protects readers from scripts of others, and from a theme that is chosen after something is painted."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route

from tests.browser.conftest import OpenPage, Site, Visit
from tests.browser.harness import NOT_FOUND
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

HOME = "docs/index.md"
INJECT = """() => {
    const script = document.createElement("script")
    script.textContent = "window.injected = true"
    document.body.append(script)
    return window.injected === true
}"""
# The strength of red behind the page in each frame, from the first.
WATCH = """
window.grounds = []
const look = () => {
    if (document.body) window.grounds.push(Number(getComputedStyle(document.body).backgroundColor.match(/\\d+/)[0]))
    requestAnimationFrame(look)
}
look()
"""


def test_every_page_has_a_policy_without_scripts_of_others(site: Site) -> None:
    for file in site.folder.rglob("*.html"):
        policies = re.findall(
            r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', file.read_text("utf-8")
        )
        assert len(policies) == 1, file
        rules = dict(rule.strip().split(" ", 1) for rule in policies[0].split(";"))
        scripts = [each for each in rules["script-src"].split() if not each.startswith("'sha256-")]
        assert scripts == ["'self'"], file
        assert rules["default-src"] == "'self'"
        assert rules["object-src"] == "'none'"


def test_leaves_no_cookie(visit: Visit) -> None:
    assert visit.page.context.cookies() == []


@pytest.mark.parametrize("name", [HOME, NOT_FOUND])
def test_a_script_that_slips_in_does_not_run(open_page: OpenPage, name: str) -> None:
    assert open_page(name).evaluate(INJECT) is False
    assert open_page(name, bypass_csp=True).evaluate(INJECT) is True, "the policy is what stops it"


def choose_dark(page: Page) -> None:
    for theme in ("nabla", "slate"):
        page.locator("[data-md-component=palette] label").locator("visible=true").click()
        page.locator(f"body[data-md-color-scheme={theme}]").wait_for()


def test_the_theme_chosen_does_not_wait_for_the_header(open_page: OpenPage) -> None:
    """On a slow machine a frame may come before that is read."""
    page = open_page(HOME, color_scheme="light")
    choose_dark(page)

    def until_there(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().partition("<header")[0])

    page.route(page.url, until_there)
    page.reload()
    assert page.locator("body").get_attribute("data-md-color-scheme") == "slate"


@pytest.mark.parametrize("choice", ["system", "switch"])
def test_the_dark_theme_does_not_flash(open_page: OpenPage, choice: str) -> None:
    page = open_page(HOME, color_scheme="dark" if choice == "system" else "light")
    if choice == "switch":
        choose_dark(page)
    page.add_init_script(WATCH)
    page.reload()
    grounds = _grounds(page)
    assert grounds
    assert max(grounds) < 60


def _grounds(page: Page) -> list[int]:
    page.wait_for_load_state("networkidle")
    return page.evaluate("window.grounds")
