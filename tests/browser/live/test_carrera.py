"""Protects the race of batches: the paths of torch, and each control."""

from __future__ import annotations

import math

import pytest
import torch
from playwright.sync_api import Locator

from tests.browser.live.figures import Show, compute, lesson, numbers, query, said

pytestmark = pytest.mark.decided_by("docs/lecciones/minilotes.md")


@pytest.mark.parametrize("size", [8, 4, 3, 2, 1])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_carrera_gives_every_bit_of_torch(show: Show, size: int, seed: int) -> None:
    minilotes = lesson("minilotes")
    path, _ = minilotes.descend(size, epochs=30, seed=seed)
    found = compute(show("minilotes:mapa"), "carrera", "run", size, 240, seed)
    torch_path = [[torch.tensor(value).item() for value in place] for place in path]
    assert found["path"] == torch_path
    assert len(path) == 1 + 30 * math.ceil(8 / size)


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
    assert _lit(figure) == _last(2, epoch=0, seed=0)
    figure.get_by_label("4", exact=True).check()
    assert "minilotes: 2 pasos" in numbers(figure)
    before = numbers(figure)
    figure.get_by_role("group", name="Baraja").get_by_label("2").press("Space")
    assert numbers(figure) != before
    assert _lit(figure) == _last(4, epoch=0, seed=1)
    drawn = _curves(figure)
    figure.get_by_label("pasos dados").check()
    by_steps = _curves(figure)
    assert [one == other for one, other in zip(drawn, by_steps, strict=True)] == [False, False, True]
    figure.get_by_role("button", name="Diez pasos").click()
    figure.get_by_role("button", name="Atrás").click()
    assert query(figure.page) == "mapa=r:17,q:4,s:1,e:pasos"
    figure.get_by_role("button", name="Reiniciar").click()
    assert "Los tres salen" in said(figure)


def _curves(figure: Locator) -> list[str | None]:
    """The costs of batch, minibatches and one by one, as they are drawn."""
    paths = figure.locator("svg").nth(1).locator("path[class*=__line-]").all()
    return [path.get_attribute("d") for path in paths]


def _lit(figure: Locator) -> set[int]:
    """Which of the eight points are lit, in the order of the data."""
    points = figure.locator("svg").nth(2).locator("circle").all()
    assert len(points) == 8
    return {i for i, point in enumerate(points) if point.get_attribute("class") == "nb-live__fill-1"}


def _last(size: int, epoch: int, seed: int) -> set[int]:
    """The last batch of an epoch, as torch deals it."""
    dealer = torch.Generator().manual_seed(seed)
    orders = [torch.randperm(8, generator=dealer).tolist() for _ in range(epoch + 1)]
    return {*orders[epoch][-size:]}
