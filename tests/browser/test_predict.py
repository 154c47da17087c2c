"""Protects the answers to «Predice»: what a reader says stays in the browser, and stands beside the right answer where the page tells it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from nabla.check.project import Project
from tests.browser import harness
from tests.browser.conftest import OpenPage, Visit
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

LESSON = "docs/lecciones/autograd.md"  # a choice first
NUMBER = "docs/lecciones/acumular.md"  # a number second
KEPT = "JSON.parse(localStorage.getItem('/.predicciones'))"
ASKED = ".nb-predice"
NOTEBOOKS = [name for name in harness.PAGES if name.startswith("docs/cuadernos/")]
FOLDS_AROUND = (
    "((found, each) => { while (each = each.parentElement.closest('details')) found.push(each.className);"
    " return found })([], each)"
)
SOLUTION = "solucion"


def faults_of(page: Page) -> list[str]:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    return faults


def test_every_question_has_its_fields_and_its_place(visit: Visit, project: Project) -> None:
    """Wherever the page tells the answer, it stands behind the question: folded away only with the solution of a task."""
    if visit.name not in project.pages:
        return
    predictions = project.pages[visit.name].predictions
    forms = visit.page.locator(ASKED)
    expect(forms).to_have_count(len(predictions))
    for number, prediction in enumerate(predictions):
        form, verdict = forms.nth(number), visit.page.locator(f"#nb-predice-{number}-respuesta")
        assert form.locator("[type=radio]").count() == len(prediction.options)
        assert form.locator("[type=text]").count() == (not prediction.options)
        assert form.get_attribute("data-buena") == prediction.right
        expect(verdict).to_be_hidden()
        assert verdict.evaluate(
            "(each, form) => form.compareDocumentPosition(each) & 4", form.element_handle()
        )
        folded = [SOLUTION] if project.pages[visit.name].is_notebook else []
        assert verdict.evaluate(f"each => {FOLDS_AROUND}") == folded


def test_a_choice_is_kept_and_shown_beside_the_right_one(open_page: OpenPage) -> None:
    page = open_page(LESSON)
    form, verdict = page.locator(ASKED).first, page.locator(".nb-veredicto").first
    expect(verdict).to_be_hidden()
    form.get_by_label("un 0").focus()
    page.keyboard.press("ArrowDown")
    expect(form.get_by_label("un 12")).to_be_checked()
    expect(form.get_by_role("status")).to_contain_text("Guardada, solo en este navegador.")
    expect(verdict).to_have_text("Predijiste: un 12. La respuesta: otra cosa: None.")
    expect(verdict.locator("code")).to_have_text("None")
    key = form.get_attribute("data-clave")
    assert page.evaluate(KEPT) == {key: "un 12"}

    harness.reload(page)
    expect(form.get_by_label("un 12")).to_be_checked()
    expect(form.get_by_role("status")).to_contain_text("Ya contestaste.")
    form.get_by_role("link", name="Más abajo").click()
    expect(verdict).to_be_in_viewport()
    form.get_by_label("otra cosa").check()
    expect(verdict).to_have_text("Predijiste: otra cosa: None. La respuesta: otra cosa: None. Acertaste.")

    form.get_by_role("button", name="Borrar mi respuesta").click()
    expect(verdict).to_be_hidden()
    expect(form.locator(":checked")).to_have_count(0)
    expect(form.get_by_label("un 0")).to_be_focused()
    assert page.evaluate("localStorage.getItem('/.predicciones')") is None
    assert page.context.cookies() == []


def test_the_answer_stands_right_behind_the_output_that_tells_it(open_page: OpenPage) -> None:
    page = open_page(LESSON)
    verdict = page.locator(".nb-veredicto").first
    before = verdict.evaluate("each => each.previousElementSibling.textContent")
    assert "antes de backward:   None" in before


@pytest.mark.parametrize(
    ("typed", "kept", "is_right"),
    [("36", "36", True), ("36,0", "36,0", True), (" 12 ", "12", False), ("-36", "-36", False)],
)
def test_a_number_is_read_as_it_is_written(
    open_page: OpenPage, typed: str, kept: str, is_right: bool
) -> None:
    page = open_page(NUMBER)
    form, verdict = page.locator(ASKED).nth(1), page.locator(".nb-veredicto").nth(1)
    field = form.get_by_label("Tu respuesta, un número")
    field.fill(typed)
    page.keyboard.press("Enter")
    expect(verdict).to_have_text(f"Predijiste: {kept}. La respuesta: 36.{' Acertaste.' if is_right else ''}")
    harness.reload(page)
    expect(field).to_have_value(kept)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_task_shows_the_answer_in_its_solution(name: str, open_page: OpenPage, project: Project) -> None:
    predictions = project.pages[name].predictions
    number, asked = next((place, each) for place, each in enumerate(predictions) if not each.options)
    page = open_page(name)
    form, verdict = page.locator(ASKED).nth(number), page.locator(f"#nb-predice-{number}-respuesta")
    field = form.get_by_label("Tu respuesta, un número")
    solution = page.locator(f"details.{SOLUTION}").filter(has=verdict)
    summary = solution.locator("summary")
    summary.click()
    expect(verdict).to_be_hidden()
    summary.click()

    wrong = f"{float(asked.right) + 1:g}"
    field.fill(wrong)
    page.keyboard.press("Enter")
    expect(form.get_by_role("status")).to_contain_text("Guardada, solo en este navegador. En la solución")
    expect(form).not_to_contain_text(asked.right)
    assert page.locator("article details[open]").count() == 0
    expect(verdict).to_be_hidden()
    summary.focus()
    page.keyboard.press("Enter")
    expect(verdict).to_be_visible()
    expect(verdict).to_have_text(f"Predijiste: {wrong}. La respuesta: {asked.right}.")

    harness.reload(page)
    expect(field).to_have_value(wrong)
    expect(form.get_by_role("status")).to_contain_text("Ya contestaste.")
    expect(verdict).to_be_hidden()
    field.fill(asked.right)
    form.get_by_role("button", name="Guardar").click()
    form.get_by_role("link", name="En la solución").press("Enter")
    expect(verdict).to_have_text(f"Predijiste: {asked.right}. La respuesta: {asked.right}. Acertaste.")
    expect(verdict).to_be_in_viewport()

    form.get_by_role("button", name="Borrar mi respuesta").press("Enter")
    expect(verdict).to_be_hidden()
    expect(field).to_be_focused()
    assert page.evaluate("localStorage.getItem('/.predicciones')") is None


def test_what_waits_for_an_answer_takes_no_room_in_a_solution(open_page: OpenPage) -> None:
    page = open_page("docs/cuadernos/la-idea.md")
    solution = page.locator(f"details.{SOLUTION}").first
    solution.locator("summary").click()
    below = "each => each.getBoundingClientRect().bottom - each.querySelector('.salida').getBoundingClientRect().bottom"
    assert solution.evaluate(below) < 2
    page.locator(ASKED).first.get_by_label("Tu respuesta, un número").fill("7")
    page.keyboard.press("Enter")
    assert solution.evaluate(below) > 40


def test_a_rate_is_chosen_and_shown_in_the_solution(open_page: OpenPage, project: Project) -> None:
    name = "docs/cuadernos/descenso.md"
    number = next(place for place, each in enumerate(project.pages[name].predictions) if each.options)
    page = open_page(name)
    form, verdict = page.locator(ASKED).nth(number), page.locator(f"#nb-predice-{number}-respuesta")
    form.get_by_label("0.013").check()
    expect(verdict).to_be_hidden()
    form.get_by_role("link", name="En la solución").click()
    expect(verdict).to_have_text("Predijiste: 0.013. La respuesta: 0.012.")
    expect(verdict).to_be_in_viewport()
    form.get_by_label("0.012").check()
    expect(verdict).to_have_text("Predijiste: 0.012. La respuesta: 0.012. Acertaste.")


@pytest.mark.parametrize("typed", ["", "mucho", "3 6", "1e"])
def test_what_is_no_number_is_not_kept(open_page: OpenPage, typed: str) -> None:
    page = open_page(NUMBER)
    form = page.locator(ASKED).nth(1)
    form.get_by_label("Tu respuesta, un número").fill(typed)
    form.get_by_role("button", name="Guardar").click()
    expect(form.get_by_role("status")).to_have_text("Eso no es un número.")
    expect(page.locator(".nb-veredicto").nth(1)).to_be_hidden()
    assert page.evaluate("localStorage.getItem('/.predicciones')") is None


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        (LESSON, "¿Qué hay en x.grad antes de llamar a backward"),
        ("docs/cuadernos/regresion.md", "¿Qué coste tiene esta carrera?"),
    ],
)
def test_without_javascript_the_question_stands_as_text(open_page: OpenPage, name: str, asked: str) -> None:
    page = open_page(name, java_script_enabled=False)
    expect(page.locator(ASKED).first).to_be_hidden()
    expect(page.get_by_text(asked)).to_be_visible()


def test_without_storage_the_question_stands_as_text(open_page: OpenPage) -> None:
    page = open_page(LESSON)
    faults = faults_of(page)
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('no') } })")
    page.reload()
    expect(page.locator(ASKED).first).to_be_hidden()
    assert [fault for fault in faults if fault != "no"] == []


def test_what_another_program_left_there_does_no_harm(open_page: OpenPage) -> None:
    page = open_page(LESSON)
    page.evaluate("localStorage.setItem('/.predicciones', '{')")
    faults = faults_of(page)
    page.reload()
    expect(page.locator(ASKED).first).to_be_hidden()
    assert faults == []


def test_paper_has_no_fields(open_page: OpenPage) -> None:
    page = open_page(LESSON)
    page.locator(ASKED).first.get_by_label("un 0").check()
    page.emulate_media(media="print")
    expect(page.locator(ASKED).first).to_be_hidden()
    expect(page.locator(".nb-veredicto").first).to_be_hidden()
