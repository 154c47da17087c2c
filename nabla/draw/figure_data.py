"""What a figure plots, as a list of values: the data of its artists, not their looks.

A position is told as a fraction of its axes, as the reader sees it, on whatever scale they have; the
limits of the axes come apart. So a value weighs the same wherever it is drawn, and a change
of unit is a change of the limits. Only the worker imports this module, after matplotlib.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib import (
    collections,
    contour,
    image,
    inset,
    legend,
    lines,
    patches,
    quiver,
    spines,
    text,
    ticker,
)
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.transforms import Transform
from mpl_toolkits.mplot3d import art3d
from mpl_toolkits.mplot3d.axes3d import Axes3D

from nabla.model.fingerprint import Fingerprint

# Drawn from what is told already: frames, axes (their limits and ticks come apart), frames of insets.
_DERIVED = (spines.Spine, Axis, inset.InsetIndicator)
# What matplotlib keeps of a collection in 3-D, for which it has no public name.
_IN_3D = ("_faces", "_offsets3d", "_segments3d")


class UnknownArtist(Exception):
    """An artist whose data nobody knows how to take; the text says it in Spanish."""


def fingerprint(figure: plt.Figure) -> Fingerprint:
    """The fingerprint of a figure, taken before it is drawn: drawing settles what was left open."""
    values = np.concatenate([np.ravel(each) for each in _figure(figure)])
    # A gap is data too. Far out of sight, what counts is the order of magnitude.
    return Fingerprint.of(np.arcsinh(np.nan_to_num(values, nan=-7, posinf=7, neginf=-5)).tolist())


def _figure(figure: plt.Figure) -> Iterator[Any]:
    yield [len(figure.axes)]
    for artist in figure.get_children():
        if isinstance(artist, Axes):
            yield from _axes(artist)
        elif isinstance(artist, text.Text):
            yield from ([_content(artist)], artist.get_position())
        elif isinstance(artist, legend.Legend):
            yield _legend(artist)
        elif artist is not figure.patch:
            raise _unknown(artist)


def _axes(axes: Axes) -> Iterator[Any]:
    if (spec := axes.get_subplotspec()) is not None:
        yield spec.get_geometry()  # rows, columns, and which of them it takes: left and right are told
    axes.get_xlim()  # until somebody asks, matplotlib puts off fitting the limits to the data
    for axis in _all_axis(axes):
        yield from _limits(axis)
    labels = {
        label
        for each in axes.get_children()
        if isinstance(each, contour.ContourSet)
        for label in each.labelTexts
    }
    for artist in axes.get_children():
        if artist is axes.patch or isinstance(artist, _DERIVED) or not artist.get_visible():
            continue
        if isinstance(artist, Axes):
            yield from _axes(artist)
        elif isinstance(artist, legend.Legend):
            yield _legend(artist)
        elif isinstance(artist, text.Text):
            yield [_content(artist)]
            # Titles and the labels of contours are where matplotlib finds room.
            if artist in axes.texts and artist not in labels:
                yield from _place(axes, artist)
        else:
            yield from _data(axes, artist)


def _all_axis(axes: Axes) -> list[Axis]:
    return [axes.xaxis, axes.yaxis, *([axes.zaxis] if isinstance(axes, Axes3D) else [])]


def _limits(axis: Axis) -> Iterator[Any]:
    """Scale and limits of an axis, its name, and its ticks if the figure sets them."""
    yield [_crc(axis.get_scale()), _content(axis.label)]
    low, high = axis.get_transform().transform(np.array(axis.get_view_interval(), float))
    span = high - low
    yield [np.log10(abs(span)), (low + high) / 2 / span]
    locator, formatter = axis.get_major_locator(), axis.get_major_formatter()
    if isinstance(locator, ticker.FixedLocator):
        yield _fraction(axis, locator.locs)
    if isinstance(formatter, ticker.FixedFormatter):
        yield [_crc(str(label)) for label in formatter.seq]


def _data(axes: Axes, artist: Artist) -> Iterator[Any]:
    """The values that an artist plots."""
    if isinstance(axes, Axes3D):
        yield from _data_3d(axes, artist)
    elif isinstance(artist, lines.Line2D):
        yield _seen(axes, artist.get_transform(), artist.get_xydata())
    elif isinstance(artist, patches.Patch) and not isinstance(artist, patches.FancyArrowPatch):
        yield _seen(axes, artist.get_transform(), artist.get_path().vertices)
    elif isinstance(artist, contour.ContourSet):
        yield from _own_scale(artist.levels)
        for path in artist.get_paths():
            yield _course(axes, artist, path)
    elif isinstance(artist, image.AxesImage):
        left, right, bottom, top = artist.get_extent()
        yield _seen(axes, axes.transData, [(left, bottom), (right, top)])
        yield from _colours(artist)
    elif isinstance(artist, collections.Collection):
        yield from _collection(axes, artist)
    else:
        raise _unknown(artist)


def _collection(axes: Axes, artist: collections.Collection) -> Iterator[Any]:
    if isinstance(artist, quiver.Quiver):
        yield _seen(axes, axes.transData, artist.XY)
        yield [artist.scale or 0]
        yield from (*_own_scale(artist.U), *_own_scale(artist.V))
    elif isinstance(artist, collections.QuadMesh):
        yield _seen(axes, artist.get_transform(), artist.get_coordinates().reshape(-1, 2))
    elif isinstance(artist, collections.PathCollection):
        yield _seen(axes, artist.get_offset_transform(), artist.get_offsets())
    else:
        for path in artist.get_paths():
            yield _seen(axes, artist.get_transform(), path.vertices)
    yield from _colours(artist)


def _data_3d(axes: Axes3D, artist: Artist) -> Iterator[Any]:
    if isinstance(artist, art3d.Line3D):
        points = artist.get_data_3d()
    else:
        kept = [getattr(artist, name) for name in _IN_3D if hasattr(artist, name)]
        if not kept:
            raise _unknown(artist)
        points = np.moveaxis(kept[0], -1, 0) if np.ndim(kept[0]) == 3 else kept[0]
    for axis, along in zip(_all_axis(axes), points, strict=True):
        yield _fraction(axis, along)


def _colours(artist: Any) -> Iterator[Any]:
    """The values that an artist shows as colours, and the range of its colours."""
    if artist.get_array() is not None:
        yield from _own_scale(np.ma.filled(np.ma.asarray(artist.get_array(), float), np.nan))
        yield from _own_scale(artist.get_clim())


def _course(axes: Axes, artist: contour.ContourSet, path: Any) -> list[float]:
    """Where a contour runs: length and centre, by integrals along it.

    Not its vertices: one more or less of them is a matter of the last bit of a float.
    """
    ends = [
        np.stack([each[:-1], each[1:]], axis=1)
        for each in path.to_polygons(closed_only=False)
        if len(each) > 1
    ]
    if not ends:
        return [0.0, 0.0, 0.0]
    pieces = np.concatenate(ends)
    points = _seen(axes, artist.get_transform(), pieces.reshape(-1, 2)).reshape(-1, 2, 2)
    lengths = np.linalg.norm(points[:, 1] - points[:, 0], axis=1)
    return [lengths.sum(), *(lengths @ points.mean(axis=1))]


def _place(axes: Axes, artist: text.Text) -> Iterator[Any]:
    """Where a text stands; for a note, also what it points to."""
    if isinstance(artist, art3d.Text3D):
        position = artist.get_position_3d()
        yield [_fraction(axis, along) for axis, along in zip(_all_axis(axes), position, strict=True)]
    elif isinstance(artist, text.Annotation):
        yield _in_coordinates(axes, artist.xycoords, artist.xy)
        yield _in_coordinates(axes, artist.anncoords, artist.xyann)
    else:
        yield _seen(axes, artist.get_transform(), [artist.get_position()])


def _in_coordinates(axes: Axes, name: object, point: Iterable[float]) -> Any:
    if name == "data":
        return _seen(axes, axes.transData, [point])
    # Points and pixels are hundreds, fractions are not: told apart by their name.
    return [_crc(str(name)), *np.asarray(point, float) / (1 if "fraction" in str(name) else 100)]


def _seen(axes: Axes, transform: Transform, points: Any) -> np.ndarray:
    """Points in an artist's own coordinates as fractions of the axes."""
    points = np.ma.filled(np.ma.asarray(points, float), np.nan).reshape(-1, 2)
    return (transform - axes.transAxes).transform(points)


def _fraction(axis: Axis, values: Any) -> np.ndarray:
    """Values along one axis as fractions of it."""
    transform = axis.get_transform()
    low, high = transform.transform(np.array(axis.get_view_interval(), float))
    values = np.ma.filled(np.ma.asarray(values, float), np.nan)
    return (transform.transform(np.ravel(values)) - low) / (high - low)


def _own_scale(values: Any) -> Iterator[Any]:
    """Values that no axis measures: as fractions of the largest, which comes apart."""
    values = np.ravel(np.asarray(values, float))
    largest = np.abs(values[np.isfinite(values)]).max(initial=0)
    if largest > 0:
        yield [np.log10(largest)]
        yield values / largest
    else:
        yield values


def _legend(artist: legend.Legend) -> list[float]:
    return [_content(each) for each in artist.get_texts()]


def _content(artist: text.Text) -> float:
    return _crc(artist.get_text())


def _crc(words: str) -> float:
    """A text as a value between 0 and 1; nothing for no text."""
    return zlib.crc32(words.encode()) / 2**32


def _unknown(artist: Artist) -> UnknownArtist:
    return UnknownArtist(
        f"no sé qué datos dibuja {type(artist).__name__}: dibújalo de otra forma, o enseña a nabla/draw/figure_data.py "
        "a tomarlos"
    )
