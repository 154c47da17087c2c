"""Protects the graphs that answer: values and gradients of torch, their questions, and each control."""

from __future__ import annotations

import re
from typing import Any

import pytest
import torch
from playwright.sync_api import expect

from tests.browser.live.figures import Show, compute, lesson, place_of, query, said

pytestmark = pytest.mark.decided_by(
    "docs/lecciones/autograd.md",
    "docs/lecciones/cadena.md",
    "docs/lecciones/motor.md",
    "docs/lecciones/punto.md",
)


def _polynomial(x: Any, y: Any, c: Any) -> dict[str, Any]:
    return dict(lesson("autograd").forward(x, y, c))


def _two_paths(x: Any) -> dict[str, Any]:
    s = x + 3
    return {"s": s, "p": x * s}


def _noted(x: Any, y: Any) -> dict[str, Any]:
    return {name: step for name, step in _polynomial(x, y, 0.0).items() if name != "f"}


def _line(m: Any, b: Any, x: Any, y: Any) -> dict[str, Any]:
    p = m * x
    y_hat = p + b
    e = y_hat - y
    return {"p": p, "ŷ": y_hat, "e": e, "C": e**2}


GRAPHS = {
    "cadena:dibujo-grafo": (_polynomial, "xy", "c", "f"),
    "cadena:dibujo-caminos": (_two_paths, "x", "", "p"),
    "punto:dibujo-grafo": (_line, "mb", "xy", "C"),
    "autograd:dibujo": (_polynomial, "xy", "c", "f"),
    "motor:lo-apuntado": (_noted, "xy", "", "s"),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_grafo_gives_every_bit_of_torch(show: Show, name: str) -> None:
    forward, asking, fixed, last = GRAPHS[name]
    draw = torch.Generator().manual_seed(2)
    runs = [
        dict(zip(asking + fixed, row, strict=True))
        for row in (torch.rand(250, len(asking + fixed), generator=draw) * 8 - 4).tolist()
    ]
    states = []
    for inputs in runs:
        leaves = {each: torch.tensor(value, requires_grad=each in asking) for each, value in inputs.items()}
        steps = forward(**leaves)
        for step in steps.values():
            step.retain_grad()
        steps[last].backward()
        values = {each: tensor.item() for each, tensor in (leaves | steps).items()}
        grads = {each: tensor.grad.item() for each, tensor in (leaves | steps).items() if each not in fixed}
        states.append([values, grads])
    assert compute(show(name), "grafo", "all", runs) == states


def test_grafo_shows_in_the_end_what_the_lesson_draws(show: Show) -> None:
    figure = show("punto:dibujo-grafo")
    for _ in range(2):
        figure.get_by_role("button", name="Diez pasos").click()
    expect(figure.get_by_role("button", name="Comprobar")).to_be_hidden()
    shown = figure.locator("svg text").all_text_contents()
    drawn = figure.page.locator(f"{place_of('punto:dibujo-grafo')} + .nabla-figure")
    told = re.findall(r"\d+\.\d+", drawn.get_attribute("aria-label") or "")
    assert len(told) > 5
    assert {f"{float(number):g}" for number in told} <= {*shown}


def test_grafo_notes_what_the_engine_of_the_lesson_does(show: Show) -> None:
    """To the digits of float32: the engine counts with those of Python."""
    motor = lesson("motor")
    figure = show("motor:lo-apuntado")
    draw = torch.Generator().manual_seed(3)
    places = [[2.0, 3.0], *(torch.rand(200, 2, generator=draw) * 8 - 4).tolist()]
    found = compute(figure, "grafo", "all", [{"x": x, "y": y} for x, y in places])
    for place, (values, grads) in zip(places, found, strict=True):
        x, y = map(motor.Value, place)
        s = motor.polynomial(x, y, motor.Value(1.0)).sources[0][0]
        motor.backward(s)
        (p, _), (q, _) = s.sources
        (u, _), (v, _) = p.sources[0], q.sources[0]
        nodes = {"x": x, "y": y, "u": u, "v": v, "p": p, "q": q, "s": s}
        assert values == pytest.approx({name: node.data for name, node in nodes.items()}, rel=1e-6, abs=1e-5)
        assert grads == pytest.approx({name: node.grad for name, node in nodes.items()}, rel=1e-6)
    for _ in range(2):
        figure.get_by_role("button", name="Diez pasos").click()
    drawn = figure.page.locator(f"{place_of('motor:lo-apuntado')} + .nabla-figure text")
    assert {*drawn.all_text_contents()} == {"8", "16", "9", "27", "43", "× 1", "× 2", "× 3"}
    assert {*drawn.all_text_contents()} <= {*figure.locator("svg text").all_text_contents()}


def test_grafo_asks_and_judges(show: Show) -> None:
    figure = show("cadena:dibujo-caminos")
    answer = figure.get_by_label("¿Cuánto vale s?")
    answer.fill("7")
    answer.press("Enter")
    assert said(figure) == "No es 7. Haz la cuenta: s = x + 3."
    answer.fill("5")
    figure.get_by_role("button", name="Comprobar").click()
    assert said(figure) == "Sí. s = x + 3 = 2 + 3 = 5."
    for question, right in (("p", "10"), ("∂p/∂p", "1"), ("∂p/∂x", "5,0"), ("∂p/∂s", "2")):
        figure.get_by_label(f"¿Cuánto vale {question}?").fill(right)
        figure.page.keyboard.press("Enter")
        assert said(figure).startswith("Sí. ")
    last = figure.get_by_label("Llega otro camino. ¿Cuánto vale ahora ∂p/∂x?")
    last.fill("2")
    last.press("Enter")
    assert "súmalo a lo que ya había" in said(figure)
    last.fill("7")
    last.press("Enter")
    assert said(figure) == "Sí. A x llega otro camino, y se suma: ∂p/∂x = 5 + 2 · 1 = 7."
    assert query(figure.page) == "dibujo-caminos=n:6"


def test_grafo_obeys_every_control(show: Show) -> None:
    figure = show("cadena:dibujo-caminos", has_touch=True)
    figure.get_by_role("button", name="Muéstralo").tap()
    assert said(figure).startswith("s = x + 3")
    figure.get_by_role("button", name="Muéstralo").press("Enter")
    assert said(figure) == "p = x · s = 2 · 5 = 10."
    field = figure.get_by_label("x =")
    field.fill("5")
    field.press("Tab")
    assert said(figure) == "p = x · s = 5 · 8 = 40."
    figure.get_by_role("button", name="Atrás").click()
    assert said(figure) == "s = x + 3 = 5 + 3 = 8."
    assert query(figure.page) == "dibujo-caminos=x:5,n:1"
    figure.get_by_role("button", name="Reiniciar").click()
    assert query(figure.page) == ""
