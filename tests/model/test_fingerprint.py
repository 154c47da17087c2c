"""Protects figures: one whose data changes is refused, and one that only carries the noise of floats is not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import numpy as np
import pytest
import torch
from matplotlib import collections, lines, patches, quiver, text

from nabla.check.project import Project
from nabla.draw.figure_data import UnknownArtist, fingerprint
from nabla.model.fingerprint import Fingerprint
from tests.check.test_bad_input import add_figure, assert_refused
from tests.conftest import ROOT, Mini

DATA = np.array([0.3, 1.7, 0.9, 2.4, 1.1, 3.2])
X, Y = np.meshgrid(np.arange(3.0), np.arange(2.0))
SQUARE = [(0, 0), (1, 0), (1, 1)]
NODES = np.linspace(-1, 1, 9)


def solid(draw: Callable[[Any, Any], object]) -> Callable[[Any], object]:
    """The same in axes of three dimensions."""
    return lambda values: draw(plt.subplots(subplot_kw={"projection": "3d"})[1], values)


def flat(draw: Callable[[Any, Any], object]) -> Callable[[Any], object]:
    return lambda values: draw(plt.subplots()[1], values)


def inset(axes: Any, values: Any) -> None:
    axes.plot([0, 1])
    zoom = axes.inset_axes([0.5, 0.5, 0.4, 0.4], xlim=(0, 5), ylim=(0, 4))
    zoom.plot(values)
    axes.indicate_inset_zoom(zoom)


def note(axes: Any, values: Any) -> None:
    axes.axis([0, 4, 0, 4])
    for x, y in values.reshape(3, 2):
        axes.annotate("mínimo", (x, y), xytext=(2, 2), arrowprops={"arrowstyle": "->"})


# Each draws six values, every one of which must count.
KINDS = {
    "line": flat(lambda axes, values: axes.plot(values)),
    "abscissas": flat(lambda axes, values: axes.plot(values, range(6))),
    "logarithmic line": flat(lambda axes, values: axes.semilogy(10**values)),
    "fixed limits": flat(lambda axes, values: (axes.plot(values), axes.set_ylim(0, 1))),
    "points": flat(lambda axes, values: axes.scatter(values[:3], values[3:])),
    "colours": flat(lambda axes, values: axes.scatter(range(6), range(6), c=values)),
    "bars": flat(lambda axes, values: axes.bar(range(6), values)),
    "histogram": flat(lambda axes, values: axes.stairs(values)),
    "rectangles": flat(
        lambda axes, values: [
            axes.add_patch(plt.Rectangle((value, 0), 1, 1)) or axes.axis([0, 4, 0, 4]) for value in values
        ]
    ),
    "marks across": flat(lambda axes, values: [axes.axhline(value) for value in values]),
    "lines without end": flat(lambda axes, values: [axes.axline((0, value), slope=1) for value in values]),
    "segments": flat(lambda axes, values: axes.vlines(range(6), 0, values)),
    "area": flat(lambda axes, values: axes.fill_between(range(6), values)),
    "mesh": flat(lambda axes, values: axes.pcolormesh(X, Y, values.reshape(2, 3))),
    "nodes of a mesh": flat(lambda axes, values: axes.pcolormesh(values.cumsum(), [0, 1], np.ones((2, 6))).axes.set_xlim(0, 12)),
    "image": flat(lambda axes, values: axes.imshow(values.reshape(2, 3))),
    "arrows": flat(lambda axes, values: axes.quiver(X, Y, values.reshape(2, 3), 1.0)),
    "tails of arrows": flat(lambda axes, values: axes.quiver(values, np.zeros(6), np.ones(6), 0)),
    "levels of contours": flat(
        lambda axes, values: axes.contour(NODES, NODES, np.add.outer(NODES**2, NODES**2), sorted(values / 2))
    ),
    "course of contours": flat(
        lambda axes, values: axes.contour(
            NODES, NODES, np.polyval(values / 10, np.add.outer(NODES, NODES**2)), 5
        )
    ),
    "places of texts": flat(
        lambda axes, values: [axes.text(0.5, value, "aquí") or axes.set_ylim(0, 4) for value in values]
    ),
    "words": flat(lambda axes, values: [axes.text(0, 0, f"{value:.2f}") for value in values]),
    "titles": flat(lambda axes, values: axes.set_title(f"{values.round(2)}")),
    "notes": flat(note),
    "places of notes": flat(
        lambda axes, values: [axes.annotate("", (0, 0), (value, 1)) or axes.set_xlim(0, 4) for value in values]
    ),
    "name of an axis": flat(lambda axes, values: axes.set_ylabel(f"{values.round(2)}")),
    "legend": flat(
        lambda axes, values: axes.legend(axes.plot(np.ones((2, 6))), [f"{value:.2f}" for value in values])
    ),
    "ticks": flat(lambda axes, values: (axes.set_xticks(values), axes.set_xlim(0, 4))),
    "inset": flat(inset),
    "line in space": solid(lambda axes, values: axes.plot(range(6), range(6), values)),
    "points in space": solid(lambda axes, values: axes.scatter(range(6), range(6), values)),
    "surface": solid(lambda axes, values: axes.plot_surface(X, Y, values.reshape(2, 3))),
}  # fmt: skip


@pytest.fixture(autouse=True)
def _close() -> Iterator[None]:
    yield
    plt.close("all")


def of(draw: Callable[[Any], object], values: np.ndarray) -> Fingerprint:
    plt.close("all")
    draw(values)
    return fingerprint(plt.gcf())


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("place", range(len(DATA)))
def test_one_value_moved_by_a_hundredth_of_the_range_is_seen(kind: str, place: int) -> None:
    moved = DATA.copy()
    moved[place] += np.ptp(DATA) / 100
    assert not of(KINDS[kind], moved).agrees(of(KINDS[kind], DATA))


# Levels are sorted before they are drawn.
@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"levels of contours"}))
def test_two_values_that_change_places_are_seen(kind: str) -> None:
    assert not of(KINDS[kind], DATA[[0, 2, 1, 3, 5, 4]]).agrees(of(KINDS[kind], DATA))


@pytest.mark.parametrize("kind", KINDS)
def test_the_noise_of_float32_is_not_seen(kind: str) -> None:
    source = np.random.default_rng(0)
    noise = np.float64(np.finfo(np.float32).eps) * source.integers(-4, 5, len(DATA))
    assert of(KINDS[kind], DATA * (1 + noise)).agrees(of(KINDS[kind], DATA))


def test_limits_are_seen() -> None:
    draw = flat(lambda axes, values: (axes.plot(DATA), axes.set_ylim(0, values[0])))
    assert not of(draw, np.array([4.04])).agrees(of(draw, np.array([4.0])))


def test_the_unit_is_seen() -> None:
    assert not of(KINDS["line"], 1.01 * DATA).agrees(of(KINDS["line"], DATA))


def test_the_height_of_a_contour_is_seen() -> None:
    draw = flat(lambda axes, values: axes.contour(values * np.add.outer(NODES, NODES), levels=values * NODES))
    assert not of(draw, np.array([1.01])).agrees(of(draw, np.array([1.0])))


def test_the_scale_is_seen() -> None:
    assert not of(plt.semilogy, DATA).agrees(of(plt.plot, DATA))


def test_the_places_of_panels_are_seen() -> None:
    beside, below = (of(lambda _, grid=grid: plt.subplots(*grid), DATA) for grid in ((1, 2), (2, 1)))
    assert not beside.agrees(below)


def test_looks_are_not_seen() -> None:
    plain = of(plt.plot, DATA)
    styled = of(lambda values: plt.plot(values, "C3--o", linewidth=5, alpha=0.5), DATA)
    assert plain == styled


def test_an_artist_that_nobody_knows_is_refused() -> None:
    plt.gca().add_patch(patches.FancyArrowPatch((0, 0), (1, 1)))
    with pytest.raises(UnknownArtist, match="FancyArrowPatch"):
        fingerprint(plt.gcf())


def test_one_node_of_a_contour_more_or_less_is_noise() -> None:
    """A contour through nodes of the grid: the last bit decides on which side of them it runs."""
    values = np.add.outer(np.abs(NODES), np.abs(NODES))
    draw = flat(lambda axes, values: axes.contour(NODES, NODES, values, [0.5, 1.0]))
    nudged = [values * (1 + sign * np.float64(np.finfo(np.float32).eps)) for sign in (-1, 1)]
    counts = []
    for each in nudged:
        plt.close("all")
        counts.append(sum(len(path) for path in plt.contour(NODES, NODES, each, [0.5, 1.0]).get_paths()))
    assert counts[0] != counts[1], "the case is the one that it should be"
    assert of(draw, nudged[0]).agrees(of(draw, nudged[1]))


@pytest.mark.parametrize(
    ("page", "kinds"),
    [
        ("docs/lecciones/gradiente.md", {"Annotation", "Line2D", "QuadMesh", "Quiver", "Text"}),
        ("docs/lecciones/minilotes.md", {"Annotation", "Line2D", "PathCollection", "Text"}),
    ],
)
def test_each_artist_of_a_published_figure_counts(page: str, kinds: set[str]) -> None:
    namespace: dict[str, Any] = {"__name__": "__main__"}
    torch.manual_seed(0)
    lesson = Project.load(ROOT).pages[page]
    changed = set()
    for block in (block for block in lesson.blocks if block.failure is None):
        exec(block.section.code, namespace)
        for number in plt.get_fignums():
            figure = plt.figure(number)
            before = fingerprint(figure)
            for artist in figure.findobj(lambda each: each.get_visible()):
                if (undo := change(artist)) is not None:
                    assert not fingerprint(figure).agrees(before), (block.section.name, artist)
                    undo()
                    changed.add(type(artist).__name__)
            assert fingerprint(figure) == before
        plt.close("all")
    assert kinds <= changed


def change(artist: Any) -> Callable[[], object] | None:
    """Move one value of an artist that plots data; how to undo it, or None."""
    if artist.axes is None:
        return None
    if isinstance(artist, quiver.Quiver):
        return moved(artist, artist.U, lambda values: setattr(artist, "U", values))
    if isinstance(artist, collections.QuadMesh):
        return moved(artist, artist.get_array(), artist.set_array)
    if isinstance(artist, collections.PathCollection) and artist in artist.axes.collections:  # not a legend's
        return moved(artist, artist.get_offsets(), artist.set_offsets)
    if isinstance(artist, lines.Line2D) and artist in artist.axes.lines and len(artist.get_ydata()) > 1:
        return moved(artist, artist.get_ydata(), artist.set_ydata)
    if isinstance(artist, text.Text) and artist in artist.axes.texts:
        words = artist.get_text()
        artist.set_text(words + "1")
        return lambda: artist.set_text(words)
    return None


def moved(artist: Any, values: Any, put: Callable[[Any], object]) -> Callable[[], object]:
    old = np.array(values, float)
    new = old.copy()
    low, high = artist.axes.get_ylim()
    new.flat[len(new.flat) // 2] += max(np.ptp(old), abs(high - low)) / 100
    put(new)
    return lambda: put(old)


SHOWN = "![Una recta.](figura:plot)\n/// figure-caption\nLlega a 7.0.\n///\n<!-- cifras: x -->"


def test_update_tells_the_data_behind_the_figure(mini: Mini) -> None:
    add_figure(mini, f"{SHOWN}\n\nMás texto.")
    assert_refused(
        mini, "docs/mini.md:30: la figura «plot» no dice qué datos dibuja", "pega detrás <!-- datos: "
    )
    assert mini.update().returncode == 0
    page = mini.page.read_text()
    comment = page.partition("<!-- cifras: x -->\n")[2].splitlines()[0]
    assert comment.startswith("<!-- datos: ") and f"{comment}\n\nMás texto." in page
    assert mini.update().stdout == "Nada que cambiar.\n"
    assert mini.build().returncode == 0
    assert "datos:" not in (mini.site / "mini/index.html").read_text()


def test_figure_with_other_data(mini: Mini) -> None:
    add_figure(mini, SHOWN)
    assert mini.update().returncode == 0
    right = mini.page.read_text()
    mini.edit(mini.snippet, "[0, x])", "[0.01, x])")
    assert_refused(
        mini,
        "docs/mini.md:35: la figura «plot» ya no dibuja los mismos datos",
        "publicado: ",
        "calculado: ",
        "mira la figura, su texto alternativo y su pie",
        "make update",
    )
    assert mini.update().returncode == 0
    mini.edit(mini.snippet, "[0.01, x])", "[0, x])")
    assert mini.update().returncode == 0
    assert mini.page.read_text() == right


def test_data_that_belong_to_no_figure(mini: Mini) -> None:
    mini.edit(mini.page, "## Final", "<!-- datos: 3 valores, 1.000000, 2.000000 -->\n\n## Final")
    assert_refused(mini, "docs/mini.md:22: este comentario «datos» no tiene delante una figura", "bórralo")


def test_data_that_nobody_can_read_are_rewritten(mini: Mini) -> None:
    add_figure(mini, f"{SHOWN}\n<!-- datos: 3 valores -->")
    assert_refused(mini, "docs/mini.md:35: la figura «plot» ya no dibuja los mismos datos")
    assert mini.update().returncode == 0
    assert "3 valores -->" not in mini.page.read_text()
