"""Protects the figure of the outlier: the slopes of the lesson, and each control."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.live.figures import (
    Show,
    as_python,
    compute,
    lesson,
    numbers,
    printed,
    query,
    said,
)

pytestmark = pytest.mark.decided_by("docs/lecciones/error-absoluto.md")


def test_atipico_gives_the_slopes_of_the_lesson(show: Show) -> None:
    """Each mean of eight is added as torch does; the last bit may differ where torch squares before it adds."""
    error = lesson("error_absoluto")
    places = [[7 + 0.5 * i, -10 + 3.5 * j] for i in range(0, 127, 9) for j in range(15)]
    assert len(places) >= 200
    expected = []
    for x, y in places:
        xs, ys = error.xs.clone(), error.ys.clone()
        xs[7], ys[7] = x, y
        expected.append([error.least_mse(xs, ys).item(), error.least_mae(xs, ys)[0].item()])
    figure = show("error-absoluto:un-punto-malo")
    found = compute(figure, "atipico", "slopes", places)
    assert found == [pytest.approx(each, rel=2e-6, abs=2e-7) for each in expected]
    shown = [slope for pair in found for slope in pair]
    assert printed(figure, shown, 3) == [as_python(slope, 3) for pair in expected for slope in pair]


def test_atipico_obeys_every_control(show: Show) -> None:
    figure = show("error-absoluto:un-punto-malo")
    assert "Solo se ha apartado la del MSE" in said(figure)
    figure.get_by_role("button", name="Sanar el punto").click()
    assert "Ninguna de las dos" in said(figure)
    assert "pendiente −0.469" in numbers(figure) and "pendiente −0.490" in numbers(figure)
    figure.get_by_role("slider", name="Su x").press("End")
    assert "pendiente −0.029" in numbers(figure) and "pendiente −0.025" in numbers(figure)
    assert "las dos rectas" in said(figure)
    assert query(figure.page) == "un-punto-malo=x:70,y:-1.37"
    figure.get_by_role("button", name="Reiniciar").press("Enter")
    knob = figure.get_by_role("slider", name="El último punto")
    knob.press("ArrowUp")
    knob.press("Shift+ArrowRight")
    expect(knob).to_have_attribute("aria-valuetext", "x = 12.0, y = 6.5")
