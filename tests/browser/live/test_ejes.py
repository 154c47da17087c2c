"""Protects the valley that is turned under Adam: paths and counts of the lesson, and each control."""

from __future__ import annotations

import pytest
import torch

from tests.browser.live.figures import Show, compute, drag, lesson, numbers, query, said

pytestmark = pytest.mark.decided_by("docs/lecciones/adam.md")


@pytest.mark.parametrize(
    ("degrees", "narrow", "rate"), [(0, 1000, 0.1), (45, 1000, 1.0), (20, 300, 0.1), (73, 10, 0.316)]
)
def test_ejes_goes_where_the_lesson_goes(show: Show, degrees: int, narrow: float, rate: float) -> None:
    """In float64 both, but the valley is turned here as a matrix, and in the figure each point into its axes."""
    adam = lesson("adam")
    stretch = torch.diag(torch.tensor([narrow, 1.0], dtype=torch.float64))
    angle = torch.deg2rad(torch.tensor(degrees, dtype=torch.float64))
    turn = torch.stack([angle.cos(), -angle.sin(), angle.sin(), angle.cos()]).view(2, 2)
    hessian, goal = turn @ stretch @ turn.T, turn @ adam.bottom
    points = torch.stack(adam.adam(lambda point: hessian @ (point - goal), adam.origin, rate, 1000))
    excess = (((points - goal) @ hessian) * (points - goal)).sum(dim=1) / 2
    figure = show("adam:giro")
    found = compute(figure, "ejes", "adam", degrees, narrow, rate, 250)
    assert found == [pytest.approx(each.tolist(), abs=1e-9) for each in points[:251]]
    assert compute(figure, "ejes", "byAdam", degrees, narrow, rate, 1000) == adam.rounds_needed(excess)
    rivals = [adam.rounds_needed(curve) for curve in adam.race(stretch, adam.bottom, adam.origin)[:2]]
    assert [compute(figure, "ejes", "byMomentum", narrow, heavy, 1000) for heavy in (False, True)] == rivals


def test_ejes_counts_as_the_lesson_prints(show: Show) -> None:
    figure, adam = show("adam:giro"), lesson("adam")
    found = [compute(figure, "ejes", "byAdam", degrees, 1000, 0.1, 1000) for degrees in range(91)]
    assert found == adam.by_angle


def test_ejes_says_who_wins(show: Show) -> None:
    figure = show("adam:giro")
    assert "Con inercia: 269 vueltas" in numbers(figure) and "Adam: 205 vueltas" in numbers(figure)
    assert said(figure) == "Sin girar, Adam necesita 205 vueltas, y la inercia, 269. Gana Adam."
    figure.get_by_role("slider", name="La meta").press("ArrowUp")
    assert said(figure) == "Girado 1°, Adam necesita 293 vueltas, y la inercia, 269. Gana la inercia."
    assert query(figure.page) == "giro=g:1"
    figure.get_by_role("slider", name="El giro").press("Shift+ArrowRight")
    assert query(figure.page) == "giro=g:11"
    assert "Adam necesita más de 1000 vueltas" in said(figure)
    narrowness = figure.get_by_role("slider", name="Estrechez")
    narrowness.press("End")
    figure.get_by_role("slider", name="Giro", exact=True).press("Home")
    assert said(figure) == "Sin girar, Adam necesita 226 vueltas, y la inercia, 972. Gana Adam."
    figure.get_by_role("button", name="Reiniciar").click()
    assert query(figure.page) == ""


@pytest.mark.parametrize("degrees", [0, 90])
def test_ejes_stays_at_its_end_when_pulled_too_far(show: Show, degrees: int) -> None:
    figure = show("adam:giro", f"?giro=g:{degrees},a:0.2")
    drag(figure, figure.get_by_role("slider", name="La meta"), 0, 170)
    assert query(figure.page) == ("giro=g:90,a:0.2" if degrees else "giro=a:0.2")


def test_no_rate_that_can_be_chosen_wins_at_45_degrees(show: Show) -> None:
    """What the answer beside the figure says of all of its rates."""
    figure = show("adam:giro", "?giro=g:45")
    rate = figure.get_by_role("slider", name="Tasa de Adam α")
    rate.press("Home")
    told = set()
    for _ in range(60):
        assert "Gana la inercia" in said(figure)
        told.add(rate.get_attribute("aria-valuetext"))
        rate.press("ArrowRight")
    assert {"0.01", "1"} <= told and len(told) == 41
