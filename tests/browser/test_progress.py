"""Protects what readers marked as read: the browser keeps it, and nobody else."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser import harness
from tests.browser.conftest import OpenPage, Site
from tests.remembered import COURSE, SITE

pytestmark = pytest.mark.decided_by(*COURSE, SITE)

LESSON = "docs/lecciones/lote.md"
HOME = "docs/index.md"
READ = "He leído esta lección"


def marked(page: Page) -> list[str]:
    """The addresses of the lessons that the page shows as read, once each."""
    marks = page.locator("a:has(> .nb-leida[role=img][aria-label=leída])")
    return sorted(set(marks.evaluate_all("all => all.map(link => new URL(link.href).pathname)")))


def test_a_lesson_is_marked_and_forgotten(open_page: OpenPage, site: Site) -> None:
    page = open_page(LESSON)
    button = page.get_by_role("button", name=READ)
    expect(button).to_have_attribute("aria-pressed", "false")
    assert marked(page) == []
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-pressed", "true")
    assert marked(page) == [f"/{harness.address(LESSON)}"]

    harness.reload(page)
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")
    assert marked(page) == []
    assert page.evaluate("Object.keys(localStorage).filter(key => key.endsWith('leidas'))") == []

    button.click()
    page.goto(site.url)
    assert marked(page) == [f"/{harness.address(LESSON)}"]
    lessons = sum(name.startswith("docs/lecciones/") for name in harness.PAGES)
    expect(page.get_by_text(f"Has leído 1 de {lessons} lecciones.")).to_be_visible()
    page.get_by_role("button", name="Olvidar lo leído").click()
    expect(page.get_by_text("Has leído")).to_be_hidden()
    assert marked(page) == []
    expect(page.locator(".nb-camino a").first).to_be_focused()
    assert page.context.cookies() == []


def test_only_lessons_can_be_marked(open_page: OpenPage) -> None:
    for name in (HOME, "docs/glosario.md", "docs/cuadernos/la-idea.md", harness.NOT_FOUND):
        page = open_page(name)
        expect(page.get_by_role("button", name=READ)).to_have_count(0)
        expect(page.get_by_text("Has leído")).to_be_hidden()


def test_lessons_are_the_same_without_storage(open_page: OpenPage) -> None:
    page = open_page(HOME)
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    page.goto(page.url + harness.address(LESSON))
    expect(page.get_by_role("button", name=READ)).to_have_count(0)
    page.get_by_role("button", name="Copiar con lo anterior").first.wait_for()
    assert [fault for fault in faults if fault != "no"] == []


def test_what_another_program_left_there_does_no_harm(open_page: OpenPage) -> None:
    page = open_page(LESSON)
    page.evaluate("localStorage.setItem('/.leidas', '{')")
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    harness.reload(page)
    page.get_by_role("button", name="Copiar con lo anterior").first.wait_for()
    assert faults == []
