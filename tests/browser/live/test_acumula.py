"""Protects the figure of what .grad holds line by line: torch with and without zero_grad, and each control."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from playwright.sync_api import expect

from tests.browser.live.figures import Show, compute, lesson, numbers, query, said

pytestmark = pytest.mark.decided_by("docs/lecciones/lote.md")


def bits(values: list[Any]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


@pytest.mark.parametrize("clears", [True, False])
def test_acumula_gives_every_bit_of_torch(show: Show, clears: bool) -> None:
    lote = lesson("lote")
    m, b = lote.initial_parameters()
    optimizer = torch.optim.SGD([m, b], lr=lote.learning_rate)
    states: list[list[float | None]] = []
    cost = None

    def note() -> None:
        grads = [None if each.grad is None else each.grad.item() for each in (m, b)]
        states.append([m.item(), b.item(), cost, *grads])

    note()
    for _ in range(50):
        if clears:
            optimizer.zero_grad()
        note()
        y_hat = lote.predict(m, b, lote.xs)
        note()
        loss = ((y_hat - lote.ys) ** 2).mean()
        cost = loss.item()
        note()
        loss.backward()
        note()
        optimizer.step()
        note()
    start = {"m": lote.m_start, "b": lote.b_start}
    found = compute(show("lote:olvido"), "acumula", "lines", start, lote.learning_rate, 250, clears)
    keys = ("m", "b", "cost", "grad_m", "grad_b")
    assert [bits([each[key] for key in keys]) for each in found] == states


def test_acumula_obeys_every_control(show: Show) -> None:
    figure = show("lote:olvido")
    assert "m.grad = None" in numbers(figure) and "aún no" in said(figure).lower()
    one = figure.get_by_role("button", name="Una línea")
    for _ in range(4):
        one.click()
    assert "m.grad = 36.305" in numbers(figure)
    lit = figure.locator("li[aria-current=step]")
    expect(lit).to_have_text("cost.backward()")
    figure.get_by_label("con zero_grad").press("Space")
    figure.get_by_role("button", name="Diez pasos").press("Enter")
    assert "Vuelta 3" in numbers(figure)
    for _ in range(5):
        figure.get_by_role("button", name="Atrás").click()
    assert "m.grad = 59.465" in numbers(figure) and "suma" in said(figure)
    assert query(figure.page) == "olvido=n:9,z:0"
    figure.get_by_role("button", name="Reiniciar").click()
    assert "m.grad = None" in numbers(figure)
    expect(figure.get_by_label("con zero_grad")).to_be_checked()
