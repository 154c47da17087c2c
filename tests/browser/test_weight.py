"""Protects a reader's line: what a visit costs on the wire, as a static host sends it, keeps to the site's budgets."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Callable
from functools import cache

import pytest
from playwright.sync_api import Browser

from tests.browser import harness
from tests.browser.conftest import Visit
from tests.browser.harness import Site
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

FIRST_PAGE = {"html": 40_000, "css": 60_000, "js": 90_000, "woff2": 160_000, "svg": 150_000}
SECOND_PAGE = 60_000
# The home page, and the lessons in the order of the navigation.
COURSE = ["docs/index.md"]
COURSE += [
    f"docs/{name}" for name in re.findall(r"lecciones/\S+", (harness.ROOT / "mkdocs.yml").read_text("utf-8"))
]
INDEX = "search/search_index.json"


def by_kind(sent: list[tuple[str, int]]) -> Counter[str]:
    weights: Counter[str] = Counter()
    for path, weight in sent:
        weights[path.rpartition(".")[2]] += weight
    return weights


def test_a_first_visit_keeps_to_the_budgets(visit: Visit) -> None:
    weights = by_kind(visit.sent)
    assert weights.keys() >= {"html", "css", "js", "woff2"}
    over = {kind: weights[kind] for kind, budget in FIRST_PAGE.items() if weights[kind] > budget}
    assert over == {}


def test_nothing_comes_twice_and_the_search_only_if_asked_for(visit: Visit) -> None:
    paths = Counter(path for path, _ in visit.sent)
    assert [path for path, times in paths.items() if times > 1] == []
    assert INDEX not in paths


def test_every_figure_is_a_file_of_its_own(visit: Visit) -> None:
    figures = {path for path, _ in visit.sent if path.endswith(".svg") and "figuras" in path}
    assert len(figures) == visit.page.locator("svg.nabla-figure").count()


@pytest.mark.parametrize("page", harness.PAGES)
def test_every_page_keeps_to_the_budget_of_its_text(site: Site, page: str) -> None:
    file = harness.published(site.folder, page)
    assert len(gzip.compress(file.read_bytes(), harness.GZIP_LEVEL)) <= FIRST_PAGE["html"]


Come = Callable[..., dict[str, int]]


@pytest.fixture(scope="module")
def come(browser: Browser, site: Site) -> Come:
    """What comes for the last of some pages, looked at one after the other, and its bytes; nobody scrolls or moves."""

    @cache
    def come(*names: str) -> dict[str, int]:
        with harness.new_context(browser) as context:
            page = context.new_page()
            for name in names:
                before = len(site.sent)
                page.goto(site.url + harness.address(name))
                # On a busy machine a page may be silent for a while before it asks for more.
                page.wait_for_load_state("networkidle")
                page.evaluate(
                    "document.fonts.ready.then(() => new Promise(done => requestIdleCallback(done, { timeout: 10_000 })))"
                )
                page.wait_for_load_state("networkidle")
        return dict(site.sent[before:])

    return come


@pytest.mark.parametrize("number", range(1, len(COURSE)), ids=lambda number: COURSE[number])
def test_a_second_page_is_light(come: Come, number: int) -> None:
    first, second = come(COURSE[number - 1]), come(COURSE[number])
    new = {path: weight for path, weight in second.items() if path not in first}
    assert sum(new.values()) <= SECOND_PAGE, sorted(new.items(), key=lambda each: -each[1])


def test_what_the_first_page_had_does_not_come_again(come: Come) -> None:
    home, lesson = COURSE[:2]
    assert come(home, lesson).keys() == come(lesson).keys() - come(home).keys()
    assert come(home).keys() & come(lesson).keys()
