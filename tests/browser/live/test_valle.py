"""Protects the valley with momentum: the path and the count of rounds of the lesson, and each control."""

from __future__ import annotations

import pytest

from tests.browser.live.figures import Show, compute, lesson, numbers, query, said

pytestmark = pytest.mark.decided_by("docs/lecciones/momento.md")


@pytest.mark.parametrize(("rate", "beta"), [(0.0541, 0.0), (0.0541, 0.6), (0.0866, 0.6), (0.02, 0.9)])
def test_valle_goes_where_the_lesson_goes(show: Show, rate: float, beta: float) -> None:
    """In float64 both, but the lesson adds the gradient point by point, and the figure has it from the Hessian."""
    momento = lesson("momento")
    points = momento.momentum(momento.gradient, momento.start, rate, beta, 250)
    figure = show("momento:mapa")
    found = compute(figure, "valle", "momentum", rate, beta, 250)
    assert found == [pytest.approx(each.tolist(), abs=1e-10) for each in points]
    assert compute(figure, "valle", "needed", rate, beta, 3000) == momento.rounds_needed(rate, beta)


def test_valle_obeys_every_control(show: Show) -> None:
    figure = show("momento:mapa")
    assert "Sin inercia: 266 vueltas" in numbers(figure)
    figure.get_by_role("button", name="La mejor pareja").click()
    assert "Con inercia: 51 vueltas" in numbers(figure) and "no llega" in said(figure)
    figure.get_by_role("button", name="Reiniciar").press("Enter")
    knob = figure.get_by_role("slider", name="La tasa y la β")
    for _ in range(12):
        knob.press("Shift+ArrowUp")
    assert "β = 0.600" in numbers(figure) and "Con inercia: 75 vueltas" in numbers(figure)
    assert query(figure.page) == "mapa=a:0.0541,b:0.6"


def test_valle_has_a_slider_for_each_number(show: Show) -> None:
    figure = show("momento:mapa")
    rate, beta = (figure.get_by_role("slider", name=name) for name in ("Tasa α", "Inercia β"))
    rate.press("Home")
    for _ in range(6):
        rate.press("ArrowRight")
    assert rate.get_attribute("aria-valuetext") == "0.0080"
    beta.press("End")
    assert beta.get_attribute("aria-valuetext") == "0.960"
    beta.press("ArrowLeft")
    assert "tasa = 0.0080 β = 0.950" in numbers(figure)
    rounds = lesson("momento").rounds_needed(0.008, 0.95)
    assert f"Con inercia: {rounds} vueltas" in numbers(figure)
    assert query(figure.page) == "mapa=a:0.008,b:0.95"
