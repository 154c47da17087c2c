"""Protects the tables of conventions: they can be filtered, and without scripts they stand whole."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.decided_by("docs/convenios.md")

PAGE = "docs/convenios.md"
ROWS = ".nb-filtro tbody tr"


def shown(page: Page) -> list[str]:
    return page.locator(f"{ROWS}:visible").all_inner_texts()


def test_words_and_disagreement_choose_the_rows(open_page: OpenPage) -> None:
    page = open_page(PAGE)
    every = shown(page)
    words = page.get_by_role("searchbox", name="Filtra por función o biblioteca")
    words.fill("RELU jax")
    found = shown(page)
    assert 0 < len(found) < len(every)
    assert all("relu" in row and "jax" in row for row in found)
    expect(page.locator(".nb-filtrar output")).to_have_text(f"{len(found)} de {len(every)} filas")

    page.get_by_role("checkbox", name="Solo donde no coinciden").check()
    differing = shown(page)
    assert 0 < len(differing) < len(found)
    assert any("leaky_relu" in row for row in differing)
    assert not any(row.startswith("relu(x), x = 0") for row in differing)

    words.fill("")
    page.get_by_role("checkbox", name="Solo donde no coinciden").uncheck()
    assert shown(page) == every


def test_without_scripts_all_rows_are_there(open_page: OpenPage) -> None:
    page = open_page(PAGE, java_script_enabled=False)
    expect(page.locator(ROWS).first).to_be_visible()
    assert page.locator(".nb-filtrar").count() == 0
    assert len(shown(page)) == page.locator(ROWS).count() > 30


@pytest.mark.parametrize("width", [1400, 390])
def test_what_the_others_answer_is_in_sight(open_page: OpenPage, width: int) -> None:
    page = open_page(PAGE, viewport={"width": width, "height": 900})
    hidden = page.locator(".nb-filtro .md-typeset__scrollwrap").evaluate_all(
        "all => all.map(each => each.scrollWidth - each.clientWidth)"
    )
    assert len(hidden) > 3
    assert hidden == [0] * len(hidden)
