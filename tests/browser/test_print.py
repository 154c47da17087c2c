"""Protects what is printed: the cheat sheet fits on two sheets, and it can be read."""

from __future__ import annotations

import re

import pytest

from nabla.model import course
from tests.browser.conftest import OpenPage, Visit
from tests.browser.harness import Site
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

CHEAT_SHEET = "docs/chuleta.md"
LESSON = "docs/lecciones/lote.md"
SHEETS = 2
SHEETS_OF_A_LESSON = 18
WHITE = {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}
# What is read on paper, in points.
SMALLEST_TEXT = 6


@pytest.mark.parametrize("scripts", [True, False])
def test_a_lesson_is_printed_with_its_solutions_and_without_what_only_a_screen_needs(
    open_page: OpenPage, scripts: bool
) -> None:
    page = open_page(LESSON, color_scheme="dark", java_script_enabled=scripts)
    page.emulate_media(media="print")
    folded = page.locator("article details:not(.codigo)")  # on paper nobody runs what draws the figure above
    assert folded.count() > 10
    for each in folded.all():
        assert not each.evaluate("each => each.open")
        # What a browser leaves out has no size.
        last = each.locator("> :not(summary)").last.bounding_box()
        assert last and last["height"] > 0
    on_screen = ".md-header, .md-sidebar, .md-search, .md-top, .md-code__nav, .md-footer__link, .headerlink, .descargas, .codigo, .nb-predice"
    assert page.locator(on_screen).locator("visible=true").count() == 0
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in WHITE
    ink = (
        page.locator("article p a")
        .locator("visible=true")
        .first.evaluate("each => getComputedStyle(each).color")
    )
    assert ink == "rgb(0, 0, 0)"


def sheets(printed: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", printed))


def test_a_lesson_fits_on_eighteen_sheets(visit: Visit) -> None:
    if visit.name.startswith(course.LESSONS):
        assert 4 < sheets(visit.page.pdf(format="A4")) <= SHEETS_OF_A_LESSON


def test_the_cheat_sheet_fits_on_two_sheets(open_page: OpenPage) -> None:
    page = open_page(CHEAT_SHEET)
    page.wait_for_load_state("networkidle")
    assert sheets(page.pdf(format="A4")) == SHEETS


def test_the_cheat_sheet_is_not_printed_too_small(open_page: OpenPage) -> None:
    page = open_page(CHEAT_SHEET)
    page.emulate_media(media="print")
    smallest = page.evaluate(
        """() => Math.min(...[...document.querySelectorAll(
            ".nb-chuleta :is(p, li, dt, dd, h2, h3, pre > code)"
        )].map(element => parseFloat(getComputedStyle(element).fontSize) * 72 / 96))"""
    )
    assert smallest >= SMALLEST_TEXT


def test_no_line_of_the_cheat_sheet_breaks_or_is_cut(open_page: OpenPage) -> None:
    """As wide as an A4 sheet between its margins of 8 mm: what the reader copies by eye must keep its lines."""
    page = open_page(CHEAT_SHEET, viewport={"width": round(194 / 25.4 * 96), "height": 1000})
    page.emulate_media(media="print")
    broken = page.evaluate(
        """() => [...document.querySelectorAll(".nb-chuleta pre > code")].filter(code => {
            const style = getComputedStyle(code)
            const lines = code.textContent.trimEnd().split("\\n").length
            const height = code.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom)
            return height > (lines + .5) * parseFloat(style.lineHeight)
        }).map(code => code.textContent)"""
    )
    assert broken == []
    cut = page.evaluate(
        """() => [...document.querySelectorAll(".nb-chuleta dd")]
            .filter(element => element.scrollWidth > element.clientWidth + 1)
            .map(element => element.textContent)"""
    )
    assert cut == []


def test_figures_that_were_never_seen_are_printed(open_page: OpenPage, site: Site) -> None:
    page = open_page("docs/lecciones/gradiente.md")
    page.wait_for_load_state("networkidle")
    count = page.locator("img.nabla-figure").count()
    assert count > 0
    before = len(site.sent)
    page.pdf(format="A4")
    assert len([path for path, _ in site.sent[before:] if path.startswith("assets/figuras/")]) == count
