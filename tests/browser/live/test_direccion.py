"""Protects the dial of directions: the slopes that the lesson prints, and each control."""

from __future__ import annotations

import re

import numpy as np
import pytest

from tests.browser.live.figures import Show, as_python, compute, lesson, numbers, query, said

pytestmark = pytest.mark.decided_by("docs/lecciones/gradiente.md")


def test_direccion_prints_what_the_lesson_does(show: Show) -> None:
    """To the last printed digit, not to the bit: browsers and NumPy take their cosines from different libraries."""
    gradiente = lesson("gradiente")
    states = []
    for m, b in [(2, -1), (0.5, 0.25), (3, -2.5)]:
        partials = gradiente.squared_gradient(m, b)
        for degrees in range(0, 360, 3):
            angle = np.radians(degrees)
            slope = gradiente.directional_slope(np.cos(angle), np.sin(angle), *partials)
            states.append(([m, b, degrees], as_python(slope, 2)))
    figure = show("gradiente:brujula")
    found = compute(figure, "direccion", "slopes", [state for state, _ in states])
    assert found == [text for _, text in states]
    place = figure.get_by_role("slider", name="El punto de partida")
    for _ in range(4):
        for key in ("Shift+ArrowLeft", "ArrowUp", "ArrowUp"):
            place.press(key)
        m, b = map(float, re.findall(r"[mb] = (\S+)", numbers(figure).replace("−", "-")))
        partials = gradiente.squared_gradient(m, b)
        told = ", ".join(as_python(each, 2) for each in partials)
        assert f"Gradiente ({told}), de longitud {as_python(np.hypot(*partials), 2)}" in numbers(figure)


def test_direccion_obeys_every_control(show: Show) -> None:
    figure = show("gradiente:brujula")
    assert "Gradiente (24.00, 6.00), de longitud 24.74" in numbers(figure)
    assert said(figure).startswith("A 90° la pendiente es 6.00")
    dial = figure.get_by_role("slider", name="Dirección", exact=True)
    dial.press("Home")
    assert said(figure).startswith("A 0° la pendiente es 24.00")
    for _ in range(14):
        dial.press("ArrowRight")
    assert "la que más sube" in said(figure)
    head = figure.get_by_role("slider", name="La dirección")
    head.press("Shift+ArrowLeft")
    assert said(figure).startswith("A 4°")
    figure.get_by_role("slider", name="El ángulo").press("ArrowRight")
    assert said(figure).startswith("A 5°")
    place = figure.get_by_role("slider", name="El punto de partida")
    place.press("ArrowUp")
    assert "b = −0.95" in numbers(figure)
    figure.get_by_role("button", name="Reiniciar").click()
    assert "m = 2.00 b = −1.00" in numbers(figure)
    assert query(figure.page) == ""


def test_direccion_keeps_every_slope_in_its_panel(show: Show) -> None:
    """From the corners of where the point may go, the wave of slopes is drawn whole."""
    for m, b in ((0.6, -2.4), (0.6, 0.2), (2.8, -2.4), (2.8, 0.2)):
        figure = show("gradiente:brujula", f"?brujula=m:{m},b:{b}")
        assert f"m = {m:.2f} b = {b:.2f}".replace("-", "−") in numbers(figure)
        assert figure.evaluate("""place => {
            const panel = [...place.querySelectorAll("svg")].at(-1)
            const area = panel.querySelector("clipPath rect").getBBox()
            const wave = panel.querySelector("[class*=line-0]").getBBox()
            return wave.y >= area.y && wave.y + wave.height <= area.y + area.height
        }""")
