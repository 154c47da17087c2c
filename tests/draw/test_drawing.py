"""Protects the colours of figures: what an author leaves black is seen in the dark too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import pytest

from nabla.draw import drawing

SHAPES = {"path", "rect", "text", "tspan", "use"}


@pytest.fixture
def axes() -> Iterator[plt.Axes]:
    with matplotlib.rc_context():
        drawing.prepare()
        yield plt.subplots()[1]


@pytest.mark.parametrize(
    "draw",
    [
        lambda axes: axes.text(0, 0, "negro", color="black"),
        lambda axes: axes.set_title("$m = 3$", color="k"),
        lambda axes: axes.bar([1, 2], [3, 4], color="#000", edgecolor="none"),
        lambda axes: axes.fill_between([0, 1], [1, 2], color="black", linewidth=0, edgecolor="none"),
        lambda axes: axes.scatter([0, 1], [1, 2], color="black", edgecolor="none"),
    ],
    ids=["text", "formula", "bars", "area", "dots"],
)
def test_a_black_fill_follows_the_theme(axes: plt.Axes, draw: Callable[[plt.Axes], object]) -> None:
    draw(axes)
    (figure,) = drawing.take_figures("salt")
    root = ElementTree.fromstring(figure["svg"])
    fills = [fill for element, fill in filled(root, "black") if element.tag.rpartition("}")[2] in SHAPES]
    assert len(fills) > 10
    assert {fill for fill in fills if fill != "none" and not fill.startswith("var(--fig-")} == set()


def test_black_markers_are_refused(axes: plt.Axes) -> None:
    axes.plot([1, 2], "o", markerfacecolor="black")
    axes.plot([1, 2], "s", color="k")
    with pytest.raises(drawing.FigureError, match="negro"):
        drawing.take_figures("salt")


def filled(element: Element, fill: str) -> Iterator[tuple[Element, str]]:
    """Each element that is drawn with the fill that it has or inherits."""
    if element.tag.endswith("clipPath"):
        return
    told = dict(each.split(":", 1) for each in element.get("style", "").split(";") if each)
    fill = {name.strip(): value.strip() for name, value in told.items()}.get("fill", fill)
    yield element, fill
    for child in element:
        yield from filled(child, fill)
