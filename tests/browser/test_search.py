"""Protects the search: of what people type and paste, the section that must come first does."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import harness
from tests.browser.conftest import OpenPage, Site
from tests.browser.harness import new_context
from tests.course import test_clinic
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

Search = Callable[[str], Page]
First = Callable[[str], str]

HOME = "docs/index.md"

# What people type, by the section (page/#id) that must come first, or the page (page/) any of whose parts may.
QUERIES = tomllib.loads(Path(__file__).with_name("queries.toml").read_text("utf-8"))
# Queries that must find what another finds.
SAME = QUERIES.pop("same")

# Keeps what the reader would open, and stays on the page.
_STAY = """addEventListener("click", event => {
    const link = event.target.closest("a.md-search-result__link")
    if (!link) return  // the theme closes the search with a click too
    event.preventDefault()
    event.stopPropagation()  // or the theme closes the search, and sometimes does not open it for the next query
    window.opened = link.href
}, true)"""


@pytest.fixture(scope="module")
def search(browser: Browser, site: Site) -> Iterator[Search]:
    """Searches on the home page; gives the page, with what was found."""
    with new_context(browser) as context:
        page = context.new_page()
        page.goto(site.url)
        page.evaluate(_STAY)
        box = page.get_by_role("textbox", name="Buscar")
        answer = page.locator(".md-search-result__meta")
        box.focus()
        expect(answer).to_have_text("Escribe lo que buscas", timeout=30_000)  # Material has read the index

        def search(query: str) -> Page:
            for typed, answers in (("", "Escribe lo que buscas"), (query, re.compile(r"página|Nada"))):
                box.fill(typed)
                box.press("End")  # Material listens to keys
                expect(answer).to_have_text(answers)
            return page

        yield search


@pytest.fixture(scope="module")
def first(search: Search, site: Site) -> First:
    """What a query opens when its reader presses Enter: a page, or a section as ``page/#id``."""

    def first(query: str) -> str:
        page = search(query)
        page.evaluate("window.opened = undefined")
        page.locator("a.md-search-result__link").first.wait_for()  # they come after their count
        page.get_by_role("textbox", name="Buscar").press("Enter")
        opened = urlsplit(harness.wait_for(page, "window.opened"))
        path = opened.path.removeprefix(urlsplit(site.url).path)
        return f"{path}#{opened.fragment}" if opened.fragment else path

    return first


@pytest.mark.parametrize("target", QUERIES)
def test_what_helps_comes_first(first: First, target: str) -> None:
    found = {query: first(query) for query in QUERIES[target]}
    wrong = {query: each for query, each in found.items() if target not in (each, each.partition("#")[0])}
    assert wrong == {}


def test_every_message_of_the_site_opens_its_section(first: First) -> None:
    expected = {}
    for message, target in test_clinic.explained().items():
        page, _, name = target.partition("#")
        expected[message] = f"{harness.address(page)}#{name}"
    assert len(expected) > 40
    assert {message: opened for message in expected if (opened := first(message)) != expected[message]} == {}


@pytest.mark.parametrize("known", SAME)
def test_slips_and_words_of_america_find_the_same(first: First, known: str) -> None:
    assert {query: first(query) for query in SAME[known]} == dict.fromkeys(SAME[known], first(known))


def test_there_are_enough_queries() -> None:
    assert sum(map(len, QUERIES.values())) + sum(map(len, SAME.values())) >= 120


def test_words_without_weight_do_not_change_a_search(search: Search) -> None:
    found = [
        search(query).locator(".md-search-result__item h1").all_inner_texts()
        for query in ("tasa aprendizaje", "la tasa de aprendizaje")
    ]
    assert found[0]
    assert found[0] == found[1]


def test_what_was_searched_is_marked_in_the_page(open_page: OpenPage) -> None:
    page = open_page(HOME)
    page.get_by_role("textbox", name="Buscar").press_sequentially("parametro")
    page.locator(".md-search-result__link").first.click()
    page.locator("article mark", has_text="parámetro").first.wait_for()


def test_the_terms_that_a_page_answers_for_are_not_shown(search: Search) -> None:
    tags = search("requires_grad").locator(".md-search-result .md-tag")
    assert tags.count() > 0
    assert tags.locator("visible=true").count() == 0
