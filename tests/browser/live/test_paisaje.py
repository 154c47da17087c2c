"""Protects the figure of the landscape of a cost: the rounds of torch, bit by bit, and each control."""

from __future__ import annotations

import re

import pytest
import torch
from playwright.sync_api import expect

from tests.browser.live.figures import Show, compute, lesson, numbers, query, said

pytestmark = pytest.mark.decided_by("docs/lecciones/lote.md")


@pytest.mark.parametrize("rate", [0.01, 0.03, 0.0549, 0.06])
def test_paisaje_gives_every_bit_of_torch(show: Show, rate: float) -> None:
    lote = lesson("lote")
    m, b = lote.initial_parameters()
    optimizer = torch.optim.SGD([m, b], lr=rate)
    states = []
    for _ in range(250):
        optimizer.zero_grad()
        cost = lote.mse(m, b, lote.xs, lote.ys)
        cost.backward()
        states.append([m.item(), b.item(), cost.item(), m.grad.item(), b.grad.item()])
        optimizer.step()
    figure = show("lote:paisaje")
    start = {"m": lote.m_start, "b": lote.b_start}
    found = compute(figure, "paisaje", "rounds", start, rate, 249)
    assert [[float(each[key]) for key in ("m", "b", "cost", "grad_m", "grad_b")] for each in found] == states


def test_paisaje_obeys_every_control(show: Show) -> None:
    figure = show("lote:paisaje")
    assert "C = 19.6755" in numbers(figure) and "∂C/∂m = 36.305" in numbers(figure)
    step, back = figure.get_by_role("button", name="Un paso"), figure.get_by_role("button", name="Atrás")
    expect(back).to_be_disabled()
    step.click()
    assert "de 19.6755 a 8.5722" in said(figure)
    step.press("Enter")
    assert said(figure).startswith("2 pasos")
    back.press("Space")
    assert said(figure).startswith("Un paso")
    figure.get_by_role("button", name="Diez pasos").click()
    assert said(figure).startswith("11 pasos")
    figure.get_by_role("button", name="Reiniciar").click()
    assert "C = 19.6755" in numbers(figure)
    rate = figure.locator("input[type=range]")
    assert "converge" in said(figure)
    rate.focus()
    for _ in range(300):
        figure.page.keyboard.press("ArrowRight")
        if "diverge" in said(figure):
            break
    assert rate.get_attribute("aria-valuetext") == "0.0553"
    figure.page.keyboard.press("ArrowLeft")
    # The lesson's boundary itself, as it is printed: it lies above what is printed of it.
    limit = lesson("lote").limit_rate
    assert rate.get_attribute("aria-valuetext") == f"{limit:.4f}" == "0.0549"
    assert ("diverge" in said(figure)) == (limit < 0.0549)
    figure.page.keyboard.press("ArrowLeft")
    assert rate.get_attribute("aria-valuetext") == "0.0545" and "converge" in said(figure)
    figure.get_by_role("button", name="Diez pasos").click()
    at = figure.page.url
    assert query(figure.page) == "paisaje=a:0.0545,n:10", at


def test_paisaje_moves_its_point(show: Show) -> None:
    figure = show("lote:paisaje")
    knob = figure.get_by_role("slider", name="La recta")
    knob.press("ArrowLeft")
    knob.press("Shift+ArrowUp")
    assert "m = 0.890 b = 0.200" in numbers(figure)
    expect(knob).to_have_attribute("aria-valuetext", re.compile(r"^m = 0.89, b = 0.20, C = \d"))
    assert query(figure.page) == "paisaje=m:0.89,b:0.2"


def test_paisaje_plays_and_stops(show: Show) -> None:
    figure = show("lote:paisaje", reduced_motion="no-preference")
    figure.get_by_role("button", name="Reproducir").click()
    expect(figure.locator(".nb-live__text")).to_contain_text(re.compile(r"^\d+ pasos"))
    figure.get_by_role("button", name="Pausa").click()
    stopped = numbers(figure)
    figure.page.wait_for_timeout(600)
    assert numbers(figure) == stopped
    expect(figure.locator("[aria-live]")).to_contain_text("pasos: el coste baja")


def test_paisaje_is_heard_seldom_while_it_plays(show: Show) -> None:
    figure = show("lote:paisaje", reduced_motion="no-preference")
    changes = figure.evaluate(
        """async place => {
            const changes = { seen: 0, heard: 0 }
            for (const [name, selector] of [["seen", ".nb-live__text"], ["heard", "[aria-live]"]])
                new MutationObserver(() => changes[name]++).observe(
                    place.querySelector(selector), { childList: true, characterData: true, subtree: true })
            const play = [...place.querySelectorAll("button")].find(each => each.textContent === "Reproducir")
            play.click()
            await new Promise(done => setTimeout(done, 3000))
            play.click()
            return changes
        }"""
    )
    assert 1 <= changes["heard"] <= 4
    assert changes["seen"] >= 2 * changes["heard"]
