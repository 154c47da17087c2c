"""Protects the first screen of the home page: what the course is, why to trust it, and the question, without scrolling."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from nabla.check.counts import total
from nabla.model import course
from tests.browser import harness
from tests.browser.conftest import OpenPage

HOME = "docs/index.md"


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
    assert page.locator(".nb-hero figure").evaluate("each => each.getBoundingClientRect().top") < screen[1]
    expect(page.get_by_role("link", name="mira qué pasó")).to_have_attribute("href", re.compile("garantia"))


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
    address, title = path[7]
    page.goto(address)
    expect(page.locator(".nb-leccion")).to_have_text(f"Lección 8 de {len(path)}")
    expect(page.locator("article h1")).to_contain_text(title)


def _listed(page: Page) -> dict[str, str]:
    """The lessons as the navigation shows them, by their address."""
    found = page.locator(".md-nav--primary a:has(.nb-numero)")
    return dict(
        found.evaluate_all(
            "all => all.map(link => [link.href, link.textContent.replace(/\\s+/g, ' ').trim()])"
        )
    )
