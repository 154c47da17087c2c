"""Protects the surfaces that turn: the heights of the lesson, and each control."""

from __future__ import annotations

import numpy as np
import pytest

from tests.browser.live.figures import Show, compute, drag, lesson, query, said, swipe

pytestmark = pytest.mark.decided_by("docs/lecciones/gradiente.md")


@pytest.mark.parametrize(("name", "function"), [("absoluta", "absolute"), ("cuadratica", "squared")])
def test_superficie_has_the_heights_of_the_lesson(show: Show, name: str, function: str) -> None:
    gradiente = lesson("gradiente")
    lines = [[float(m), float(b)] for m in np.linspace(-5, 5, 21) for b in np.linspace(-5, 5, 21)]
    found = compute(show("gradiente:superficies"), "superficie", "heights", name, lines)
    assert found == [float(getattr(gradiente, function)(m, b)) for m, b in lines]


def test_superficie_turns(show: Show) -> None:
    figure = show("gradiente:superficies", has_touch=True)
    turn, tilt = figure.locator("input[type=range]").all()
    for _ in range(6):
        turn.press("ArrowLeft")
    assert "Baja la altura" in said(figure)
    tilt.press("Home")
    assert "una parábola" in said(figure)
    figure.get_by_role("radio", name="absoluta").check()
    assert "una uve" in said(figure)
    assert query(figure.page) == "superficies=g:104,e:0,p:absoluta"
    shape = figure.locator("svg")
    before = shape.inner_html()
    drag(figure, shape, 60, 30)
    assert shape.inner_html() != before
    turned = turn.input_value()
    assert turned != "104"
    swipe(figure, shape, 50, 0)
    assert turn.input_value() != turned
    figure.get_by_role("button", name="Reiniciar").click()
    assert (turn.input_value(), tilt.input_value()) == ("110", "28")
