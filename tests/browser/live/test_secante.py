"""Protects the figure of a secant: the slopes of NumPy in both sizes of float, and each control."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect

from tests.browser.live.figures import Show, compute, drag, lesson, numbers, query, said, swipe

pytestmark = pytest.mark.decided_by("docs/lecciones/derivada.md")


@pytest.mark.parametrize("kind", ["float32", "float64"])
@pytest.mark.parametrize("way", ["adelante", "central"])
def test_secante_gives_every_bit_of_numpy(show: Show, way: str, kind: str) -> None:
    derivada = lesson("derivada")
    method = {"adelante": derivada.forward_difference, "central": derivada.central_difference}[way]
    to = {"float32": np.float32, "float64": np.float64}[kind]
    steps = [float(f"{10 ** (-k / 10):.3g}") for k in range(161)]
    states = [float(method(derivada.cube, to(2), to(h))) for h in steps]
    assert [
        float(each) for each in compute(show("derivada:uve"), "secante", "slopes", way, kind, steps)
    ] == states


def test_secante_obeys_every_control(show: Show) -> None:
    figure = show("derivada:uve", has_touch=True)
    assert "h = 0.1 pendiente = 12.6100 error = 0.61" in numbers(figure)
    assert "truncamiento: con un paso diez veces menor fallaría menos" in said(figure)
    step = figure.locator("input[type=range]")
    for _ in range(10):
        step.press("ArrowLeft")
    assert "h = 0.01 pendiente = 12.0601" in numbers(figure)
    figure.get_by_role("radio", name="central").check()
    assert "pendiente = 12.0000" in numbers(figure) or "pendiente = 12.0001" in numbers(figure)
    step.press("Home")
    assert "El paso se ha perdido" in said(figure) and "pendiente = 0.0000" in numbers(figure)
    figure.get_by_role("radio", name="float64").press("Space")
    assert "float64" in said(figure)
    knob = figure.get_by_role("slider", name="El paso, sobre su curva")
    knob.press("Shift+ArrowRight")
    expect(knob).to_have_attribute("aria-valuenow", "-15")
    drag(figure, knob, 120, 0)
    after = float(knob.get_attribute("aria-valuenow") or 0)
    assert after > -15
    swipe(figure, knob, -40, 0)
    assert float(knob.get_attribute("aria-valuenow") or 0) < after
    assert "tipo:float64,modo:central" in query(figure.page)
