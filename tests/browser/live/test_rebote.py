"""Protects the figure of bounces on a parabola: the rounds of NumPy, the row of the table, each control."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.live.figures import Show, compute, lesson, numbers, query, said

pytestmark = pytest.mark.decided_by("docs/lecciones/descenso.md")


@pytest.mark.parametrize("parts", [15, 100, 137, 200, 210])
def test_rebote_gives_every_bit_of_numpy(show: Show, parts: int) -> None:
    descenso = lesson("descenso")
    rows = descenso.descend_numpy(descenso.gradient, 60, lr=parts / 1500)
    found = compute(show("descenso:rebotes"), "rebote", "epochs", descenso.w_start, parts / 1500, 60)
    assert found == [[float(w), float(cost)] for w, cost in rows]
    assert {rate: round(rate * 1500) / 1500 for rate in descenso.rates} == {
        rate: rate for rate in descenso.rates
    }


@pytest.mark.parametrize(
    ("parts", "row", "factor"),
    [(15, 0, "0.85"), (100, 1, "0.00"), (195, 2, "−0.95"), (200, 3, "−1.00"), (210, 4, "−1.10")],
)
def test_rebote_lights_the_row_of_the_table(show: Show, parts: int, row: int, factor: str) -> None:
    figure = show("descenso:rebotes", f"?rebotes=a:{parts}")
    lit = figure.locator("tbody tr[aria-current=true]")
    expect(lit).to_have_count(1)
    assert figure.locator("tbody tr").nth(row).get_attribute("aria-current") == "true"
    assert f"= {factor}" in numbers(figure)
    assert lit.locator("td").nth(2).inner_text().split(":")[0] in said(figure)


def test_rebote_obeys_every_control(show: Show) -> None:
    figure = show("descenso:rebotes")
    assert "w = 3.548" in numbers(figure)
    figure.get_by_role("button", name="Una época").press("Enter")
    assert "Época 6" in numbers(figure)
    figure.get_by_role("button", name="Atrás").click()
    figure.get_by_role("button", name="Diez pasos").click()
    assert "Época 15" in numbers(figure)
    rate = figure.locator("input[type=range]")
    rate.press("End")
    assert rate.get_attribute("aria-valuetext") == "0.1500" and "se aleja" in said(figure)
    figure.get_by_role("button", name="Reiniciar").click()
    knob = figure.get_by_role("slider", name="El punto")
    knob.press("ArrowRight")
    assert "Época 0 w = 3.650" in numbers(figure)
    assert query(figure.page) == "rebotes=w:3.65,n:0"


def test_rebote_does_not_move_at_rate_0(show: Show) -> None:
    figure = show("descenso:rebotes", "?rebotes=w:1,n:3")
    figure.locator("input[type=range]").press("Home")
    assert "= 1.00" in numbers(figure) and "w = 1.000" in numbers(figure)
    assert said(figure).startswith("De w = 1.000 a w = 1.000.") and "el punto no se mueve" in said(figure)
    expect(figure.locator("tbody tr[aria-current]")).to_have_count(0)
    assert query(figure.page) == "rebotes=a:0,w:1,n:3"
