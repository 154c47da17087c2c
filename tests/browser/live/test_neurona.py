"""Protects the figure of the neuron: logit and losses of torch, where they break, and each control."""

from __future__ import annotations

import re

import pytest
import torch
from playwright.sync_api import Locator, expect

from tests.browser.live.figures import (
    Show,
    as_python,
    compute,
    drag,
    lesson,
    numbers,
    printed,
    query,
    said,
    swipe,
)

pytestmark = pytest.mark.decided_by("docs/lecciones/neurona.md")


@pytest.mark.parametrize("times", [1, 20, 200])
def test_neurona_agrees_with_torch_to_the_digits_that_it_prints(show: Show, times: int) -> None:
    """Logits are those of torch to the bit or one beside it; exp and log come from other polynomials."""
    neurona = lesson("neurona")
    states = [
        [times * p, times * q, times * b, i]
        for (p, q, b) in ((1.79, 1.27, -0.78), (-1.0, 2.0, 0.5), (0.3, -0.2, 3.0), (3.0, 3.0, -6.0))
        for i in range(60)
    ]
    figure = show("neurona:mapa")
    found = compute(figure, "neurona", "looks", states)
    assert len(found) >= 200
    shown: dict[int, list[float]] = {3: [], 4: []}
    expected: dict[int, list[str]] = {3: [], 4: []}
    for (p, q, b, i), (z, a, loss, stable) in zip(states, found, strict=True):
        logit = neurona.houses[i] @ torch.tensor([p, q]) + torch.tensor(b)
        label = neurona.hears_a[i]
        answer = neurona.sigmoid(logit)
        naive = -torch.log(answer if label else 1 - answer)
        assert z == pytest.approx(logit.item(), rel=1e-6, abs=1e-6)
        assert a == pytest.approx(answer.item(), rel=1e-5, abs=1e-7)
        texts = [(z, logit, 3), (a, answer, 4)]
        if loss is None or not torch.isfinite(naive):  # an infinity is no number in JSON
            assert abs(logit.item()) > 16
        else:
            assert loss == pytest.approx(naive.item(), rel=1e-3, abs=2e-7)
            texts.append((loss, naive, 4))
        exact = torch.nn.functional.binary_cross_entropy_with_logits(logit, label)
        assert stable == pytest.approx(exact.item(), abs=5e-7 * max(1, abs(logit.item())))
        for given, value, places in [*texts, (stable, exact, 4)]:
            shown[places].append(given)
            expected[places].append(as_python(value.item(), places))
    assert len(shown[3]) == len(states) <= len(shown[4]) / 2
    assert {places: printed(figure, values, places) for places, values in shown.items()} == expected


def test_neurona_obeys_every_control(show: Show) -> None:
    figure = show("neurona:mapa", has_touch=True)
    house = figure.get_by_role("slider", name="Casa")
    house.press("ArrowRight")
    assert house.get_attribute("aria-valuetext") == "2 de 60"
    figure.locator("svg").first.locator("circle[class=nb-live__fill-1]").nth(4).click(force=True)
    assert house.get_attribute("aria-valuetext") != "2 de 60"
    bias = figure.get_by_role("slider", name="Sesgo")
    bias.press("End")
    assert "b = 6.00" in numbers(figure)
    knob = figure.get_by_role("slider", name="La punta de w")
    knob.press("ArrowLeft")
    assert "w = (1.69, 1.27)" in numbers(figure)
    figure.get_by_role("button", name="Reiniciar").click()
    fence = figure.get_by_role("slider", name="La frontera")
    fence.press("ArrowRight")
    fence.press("Shift+ArrowUp")
    assert "w = (1.79, 1.27) b = −0.23" in numbers(figure)
    expect(fence).to_have_attribute("aria-valuetext", "b = −0.23")
    # By hand it goes where the pointer goes, along w: towards w, the bias falls.
    for move, by in ((drag, 20), (swipe, -30)):
        before = _bias(figure)
        move(figure, fence, by, -by / 2)
        assert "w = (1.79, 1.27)" in numbers(figure)
        assert (_bias(figure) - before) * by < -1
    figure.get_by_role("button", name="Reiniciar").click()
    figure.get_by_label("200").check()
    broken = 0
    house.press("Home")
    for _ in range(60):
        broken += "da infinito" in said(figure)
        house.press("ArrowRight")
    neurona = lesson("neurona")
    logits = 200 * (neurona.houses @ neurona.map_w + neurona.map_b)
    answers = neurona.sigmoid(logits)
    naive = torch.log(torch.where(neurona.hears_a == 1, answers, 1 - answers))
    assert broken == int(torch.isinf(naive).sum())
    assert query(figure.page).startswith("mapa=i:59,k:200")


def _bias(figure: Locator) -> float:
    found = re.search(r"b = (\S+)", numbers(figure))
    assert found
    return float(found[1].replace("−", "-"))
