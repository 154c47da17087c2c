"""Protects figures: they are drawn as matplotlib saves them, and what an author leaves black is seen in the dark too."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import pytest

from nabla.draw import drawing
from nabla.draw.palette import LIGHT

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


@pytest.mark.parametrize("layout", ["constrained", "tight", "none"])
def test_it_is_drawn_as_matplotlib_saves_it(
    axes: plt.Axes, layout: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what depends on the layout that is found, or on the dots of an inch: an inset's lines, a picture, a surface."""
    written = []
    monkeypatch.setattr(drawing.lettering, "in_reading_order", lambda svg: written.append(svg) or svg)
    plt.close("all")
    drawn, saved = inset(layout), inset(layout)
    for figure in (drawn, saved):
        drawing.lettering.settle(figure, "salt")
    drawing._svg(drawn, "salt", [])
    vector, raster = io.StringIO(), io.BytesIO()
    metadata = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with matplotlib.rc_context({"svg.hashsalt": "salt"}):
        saved.savefig(vector, format="svg", metadata=metadata)
    if layout == "constrained":
        assert inset("none").axes[0].get_position() != drawn.axes[0].get_position()
    same = [written == [vector.getvalue()]]
    saved.set_layout_engine("none")
    saved.savefig(raster, format="png", dpi=150, facecolor=LIGHT["bg"], metadata={"Software": None})
    same.append(base64.b64decode(drawing._png(drawn)) == raster.getvalue())
    assert same == [True, True]  # pytest would compare what differs byte by byte, for minutes


def inset(layout: str) -> plt.Figure:
    figure = plt.figure(figsize=(5, 4), dpi=180, layout=layout)
    axes = figure.add_subplot(1, 2, 1)
    axes.plot([0, 1, 4], label="a long label")
    axes.set_title("Several words\non two lines")
    axes.indicate_inset_zoom(axes.inset_axes([0.6, 0.6, 0.3, 0.3], xlim=(0, 1), ylim=(0, 1)))
    axes.imshow([[0, 1], [1, 0]], extent=(0, 1, 0, 1), aspect="auto")
    figure.legend(loc="outside lower center" if layout == "constrained" else "lower center")
    space = figure.add_subplot(1, 2, 2, projection="3d")
    space.plot([0, 1], [1, 0], [0, 2], rasterized=True)
    return figure
