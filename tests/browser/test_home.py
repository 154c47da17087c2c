"""Protects the first screen of the home page: what the course is, why to trust it, and the question, without scrolling."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from nabla.check.counts import total
from nabla.model import course
from tests.browser import harness
from tests.browser.conftest import OpenPage
from tests.remembered import COURSE, SITE

pytestmark = pytest.mark.decided_by(*COURSE, SITE)

HOME = "docs/index.md"
REFERENCE = {
    "mira qué pasó": "garantia",
    "errores": "clinica-mensajes",
    "trampas": "trampas",
    "chuleta": "chuleta",
    "glosario": "glosario",
    "notación": "notacion",
}


@pytest.mark.parametrize("screen", [(1400, 900), (390, 844)], ids=["wide", "phone"])
def test_the_first_screen_says_what_it_is_and_asks(open_page: OpenPage, screen: tuple[int, int]) -> None:
    page = open_page(HOME, viewport={"width": screen[0], "height": screen[1]})
    for words in (
        "Curso gratuito en español, con PyTorch",
        "¿Qué baja más deprisa el error",
        "Cada número lo calcula",
    ):
        bottom = page.get_by_text(words).first.evaluate("each => each.getBoundingClientRect().bottom")
        assert bottom <= screen[1], words
    expect(page.locator(".nb-hero .nb-live--on")).to_be_visible()
    for name in ("girar la recta", "desplazarla"):
        choice = page.get_by_role("radio", name=name).bounding_box()
        assert choice and choice["y"] + choice["height"] <= screen[1], name
    for name, place in REFERENCE.items():
        link = page.locator(".nb-hero").get_by_role("link", name=name, exact=True)
        expect(link).to_have_attribute("href", f"{place}/")
        box = link.bounding_box()
        assert box and box["y"] + box["height"] <= screen[1], name


def test_the_attacks_are_counted_by_the_build(open_page: OpenPage) -> None:
    sums = total(sorted((harness.ROOT / course.RECORD).glob("*.json")))
    attacks = sums["texts"]["cambios"] + sum(sums["code"].values())
    said = open_page(HOME).locator(".nb-ataques").inner_text()
    assert int(re.sub(r"\D", "", said)) == attacks


def test_lessons_are_numbered_alike_everywhere(open_page: OpenPage) -> None:
    page = open_page(HOME)
    path = page.locator(".nb-camino li a").evaluate_all(
        "all => all.map(link => [link.href, link.textContent.trim()])"
    )
    listed = _listed(page)
    assert listed == {address: f"{number} {title}" for number, (address, title) in enumerate(path, 1)}
    for number, (address, title) in enumerate(path, 1):
        page.goto(address)
        expect(page.locator(".nb-leccion")).to_have_text(f"Lección {number} de {len(path)}")
        expect(page.locator("article h1")).to_contain_text(title)


def _listed(page: Page) -> dict[str, str]:
    """The lessons as the navigation shows them, by their address."""
    found = page.locator(".md-nav--primary a:has(.nb-numero)")
    return dict(
        found.evaluate_all(
            "all => all.map(link => [link.href, link.textContent.replace(/\\s+/g, ' ').trim()])"
        )
    )
