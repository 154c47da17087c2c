"""Protects the home page's question: what torch computes, that it asks before it tells, and each control."""

from __future__ import annotations

import pytest
import torch

from tests.browser.live.figures import Show, compute, lesson, numbers, query, said

pytestmark = pytest.mark.decided_by("docs/index.md")


def test_giro_gives_every_bit_of_torch(show: Show) -> None:
    inicio = lesson("inicio")
    draw = torch.Generator().manual_seed(1)
    lines = [(0.9, 0.1), *(torch.rand(250, 2, generator=draw, dtype=torch.float64) * 4 - 2).tolist()]
    states = []
    for line in lines:
        m, b = (torch.tensor(each, dtype=torch.float32, requires_grad=True) for each in line)
        cost = inicio.cost(m, b)
        cost.backward()
        states.append([(m * inicio.x + b - inicio.y).item(), cost.item(), m.grad.item(), b.grad.item()])
    assert compute(show("index:pregunta"), "giro", "looks", lines) == states


def test_giro_asks_before_it_tells(show: Show) -> None:
    figure = show("index:pregunta")
    assert numbers(figure) == "m = 0.90 b = 0.10 C = 60.37"
    assert "108.78" not in figure.inner_text()
    figure.get_by_role("radio", name="desplazarla").check()
    assert said(figure).startswith("No: al girar, el coste cambia a razón de 108.78; al desplazar, de 15.54")
    figure.get_by_role("radio", name="girar la recta").press("Space")
    assert said(figure).startswith("Sí") and "por 7 a 1" in said(figure)
    assert "∂C/∂m = 108.78 ∂C/∂b = 15.54" in numbers(figure)
    figure.get_by_role("slider", name="Girar").press("ArrowLeft")
    assert "m = 0.89 b = 0.10" in numbers(figure) and "ha bajado" in said(figure)
    figure.get_by_role("slider", name="Desplazar").press("ArrowRight")
    assert "m = 0.89 b = 0.11" in numbers(figure)
    knob = figure.get_by_role("slider", name="La recta")
    knob.press("ArrowDown")
    assert "m = 0.88" in numbers(figure)
    assert "r:girar" in query(figure.page)
    figure.get_by_role("button", name="Reiniciar").click()
    assert "m = 0.90 b = 0.10" in numbers(figure)


@pytest.mark.parametrize("state", ["m:-0.21", "b:-7.67"])
def test_giro_has_no_square_where_the_answer_of_its_task_says(show: Show, state: str) -> None:
    assert "C = 0.00" in numbers(show("index:pregunta", f"?pregunta={state}"))
