"""Protects the race of batches: the paths of torch, and each control."""

from __future__ import annotations

import pytest
import torch

from tests.browser.live.figures import Show, compute, lesson, numbers, query, said


@pytest.mark.parametrize("size", [8, 2, 1])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_carrera_gives_every_bit_of_torch(show: Show, size: int, seed: int) -> None:
    minilotes = lesson("minilotes")
    path, _ = minilotes.descend(size, epochs=30, seed=seed)
    found = compute(show("minilotes:mapa"), "carrera", "run", size, 240, seed)
    torch_path = [[torch.tensor(value).item() for value in place] for place in path]
    assert found["path"] == torch_path
    assert len(path) == 1 + 30 * 8 // size


def test_carrera_obeys_every_control(show: Show) -> None:
    figure = show("minilotes:mapa")
    one = figure.get_by_role("button", name="Un ejemplo")
    for _ in range(8):
        one.click()
    runs = lesson("minilotes").runs
    for name, size, steps in (
        ("lote", 8, "1 paso"),
        ("minilotes", 2, "4 pasos"),
        ("estocástico", 1, "8 pasos"),
    ):
        assert f"{name}: {steps}, C = {runs[size][1][1]:.4f}" in numbers(figure)
    assert "8 ejemplos leídos, 1 época." in said(figure)
    assert figure.locator(".nb-live__deck .nb-live__lit").count() == 2
    figure.get_by_label("4", exact=True).check()
    assert "minilotes: 2 pasos" in numbers(figure)
    before = numbers(figure)
    figure.get_by_role("group", name="Baraja").get_by_label("2").press("Space")
    assert numbers(figure) != before
    curve = figure.locator("svg").nth(1).locator("path").last
    drawn = curve.get_attribute("d")
    figure.get_by_label("pasos dados").check()
    assert numbers(figure) != before and curve.get_attribute("d") == drawn  # one by one, both are the same
    figure.get_by_role("button", name="Diez pasos").click()
    figure.get_by_role("button", name="Atrás").click()
    assert query(figure.page) == "mapa=r:17,q:4,s:1,e:pasos"
    figure.get_by_role("button", name="Reiniciar").click()
    assert "Los tres salen" in said(figure)
