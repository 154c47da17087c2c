"""Protects the quiz: made of the browser's own folds, it answers to the keyboard, with and without JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.decided_by("docs/lecciones/derivada.md")

LESSON = "docs/lecciones/derivada.md"


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_each_answer_explains_itself_from_the_keyboard(open_page: OpenPage, javascript: bool) -> None:
    page = open_page(LESSON, java_script_enabled=javascript)
    question = page.locator(".admonition.pregunta", has=page.locator("details.correcta")).first
    options = question.locator("details")
    looks = {
        tuple(
            option.evaluate(
                "each => ['color', 'borderColor', 'backgroundColor'].map(name => getComputedStyle(each)[name])"
            )
        )
        for option in options.all()
    }
    assert options.count() >= 3
    assert len(looks) == 1, "closed, right and wrong look alike"
    for option in options.all():
        summary, explanation = option.locator("summary"), option.locator("p").first
        expect(explanation).to_be_hidden()
        summary.focus()
        page.keyboard.press("Enter")
        expect(explanation).to_be_visible()
        verdict = "Correcto" if "correcta" in (option.get_attribute("class") or "").split() else "No"
        assert explanation.inner_text().startswith(verdict)
        page.keyboard.press("Space")
        expect(explanation).to_be_hidden()
