"""The letters of a figure: its signs as a printer would set them, and a halo where they may cross a line.

It is done to the artists once their data are told and before they are drawn: the code of a lesson
writes what is easy to type, and both the SVG and the PNG show it well. Only the worker imports this module,
after matplotlib.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Any

import matplotlib.pyplot as plt
from matplotlib import _mathtext_data, font_manager, patheffects, textpath
from matplotlib.axis import Axis
from matplotlib.backends import backend_agg
from matplotlib.font_manager import FontProperties
from matplotlib.mathtext import MathTextParser
from matplotlib.text import Text

from nabla.draw.palette import LIGHT
from nabla.model.numerals import SIGN

_FORMULA = re.compile(r"(\$[^$]*\$)")
# What a formula would say otherwise; KaTeX's typefaces, which formulas are set in, lack these.
_IN_FORMULAS = str.maketrans({"²": "^2", "³": "^3", "·": r"\cdot ", "ŷ": r"\hat{y}"})
_SIGN = re.compile(SIGN)
_OUTER_SPACES = re.compile(r"^ +| +$")
_HALO_WIDTH = 4
# The least height of a letter in pixels, on a phone that gives a figure so many; in an SVG, a pixel is a point.
_LEAST = 11
_PHONE = 380
_POINTS = 72  # in an inch
_LARGE = 100  # points
# A formula as matplotlib writes it, behind its source: a letter at a time, by typeface and not as it is read.
_WRITTEN = re.compile(
    r"<!-- (?P<source>[^>]*) -->(?P<group>\s*<g [^>]*>\s*<text>)(?P<letters>.*?)(?=</text>)", re.DOTALL
)
_LETTER = re.compile(
    r'<tspan x="(?P<x>[^"]+)" y="(?P<y>[^"]+)" style="(?P<style>[^"]+)">(?P<sign>[^<]+)</tspan>'
)
_SPACE = "\N{NO-BREAK SPACE}"
_GAP = 0.12  # of the size of a letter: what stands further apart is read with a space between


class _Formulas(MathTextParser):
    """Parses each formula once, large, and gives it in any size and resolution.

    By itself matplotlib parses it in the size in which it measures and in that in which it draws, for each renderer anew,
    and shifts it by the fraction of a point to which it rounds its height up.
    """

    def __init__(self) -> None:
        super().__init__("path")
        self.parsed: dict[str, Any] = {}
        """The parsed formulas by their source."""

    def parse(self, s: str, dpi: float, prop: FontProperties, **_: bool) -> Any:
        large = prop.copy()
        large.set_size(_LARGE)
        self.parsed[s] = parsed = super().parse(s, _POINTS, large)
        size = prop.get_size_in_points() / _LARGE
        scale = size * dpi / _POINTS
        return parsed._replace(
            **{side: scale * getattr(parsed, side) for side in ("width", "height", "depth")},
            glyphs=[
                (font, size * own, *sign, scale * x, scale * y) for font, own, *sign, x, y in parsed.glyphs
            ],
            rects=[tuple(scale * each for each in rect) for rect in parsed.rects],
        )


_FORMULAS = _Formulas()
_typeface = cache(font_manager.ttfFontProperty)  # which an SVG asks for with each letter of a formula


def prepare() -> None:
    """Let matplotlib read formulas by ``_Formulas``, with the hat that KaTeX's typefaces have."""
    _mathtext_data.tex2uni["circumflexaccent"] = ord("^")
    textpath.MathTextParser = backend_agg.MathTextParser = lambda _: _FORMULAS
    font_manager.ttfFontProperty = _typeface


def read_anew() -> None:
    """Parse formulas again that were parsed before: of signs that are missing, matplotlib tells only then."""
    _FORMULAS._parse_cached.cache_clear()


def settle(figure: plt.Figure, salt: str) -> list[Text]:
    """Set the signs of every text that the figure has been given, and none too small for a phone.

    Returns those that stand among what is plotted, each with an id of its own, made with ``salt``, that the SVG tells.
    """
    least = _LEAST * max(1, figure.get_figwidth() * _POINTS / _PHONE)
    for axis in figure.findobj(Axis):
        # Labels that are made later take after these.
        size = max((label.get_fontsize() for label in axis.get_ticklabels()), default=least)
        axis.set_tick_params(labelsize=max(least, size))
    texts = figure.findobj(Text)
    for each in texts:
        each.set_text(settled(each.get_text()))
        each.set_fontsize(max(least, each.get_fontsize()))
    labels = [each for each in texts if _is_label(each)]
    for number, label in enumerate(labels):
        label.set_gid(f"t{zlib.crc32(salt.encode()):x}-{number}")
    return labels


def settled(words: str) -> str:
    """``words`` with the signs that print uses: «-3» has a minus, and no space at an end gets lost."""
    parts = _FORMULA.split(words)
    parts[1::2] = [formula.translate(_IN_FORMULAS) for formula in parts[1::2]]
    parts[::2] = [_SIGN.sub("\N{MINUS SIGN}", prose) for prose in parts[::2]]
    # SVG drops plain spaces there.
    return _OUTER_SPACES.sub(lambda each: _SPACE * len(each[0]), "".join(parts))


def _is_label(each: Text) -> bool:
    boxed = each.get_bbox_patch() is not None
    return each.axes is not None and each in each.axes.texts and not boxed


def add_halos(svg: str, labels: list[Text]) -> str:
    """The SVG with each label drawn twice, first as wide strokes in the colour of the ground.

    All at once, with ``paint-order``, would not do: a formula comes in pieces, and the strokes of
    each would eat into the one before.
    """
    style = f"stroke: {LIGHT['bg']}; stroke-width: {_HALO_WIDTH}; pointer-events: none"
    for label in labels:
        group = f'<g id="{label.get_gid()}">'
        svg = svg.replace(group, f'<use href="#{label.get_gid()}" style="{style}"/>{group}')
    return svg


def outline(labels: list[Text]) -> None:
    """Give the labels the same halo for a PNG; in an SVG, matplotlib would turn them into outlines."""
    for label in labels:
        label.set_path_effects([patheffects.withStroke(linewidth=_HALO_WIDTH, foreground=LIGHT["bg"])])


def in_reading_order(svg: str) -> str:
    """The SVG with the letters of each formula in the order of its source, and in one piece while their look is one.

    So a label is found, copied and heard as «∂C/∂m = 108.78», and not as «∂/∂=108.78Cm».
    """
    return _WRITTEN.sub(lambda match: match["group"] + "".join(_pieces(match)), svg)


def _pieces(match: re.Match[str]) -> Iterator[str]:
    """The letters of a formula in pieces, each of one look and on one line."""
    written = sorted(
        (html.unescape(each["sign"]), float(each["x"]), float(each["y"]), each["style"])
        for each in _LETTER.finditer(match["letters"])
        if each["sign"] != _SPACE
    )
    # In an SVG, a comment may not hold two hyphens in a row.
    read = _read(html.unescape(match["source"]).replace("- -", "--"))
    # The same sign comes from left to right in both, whatever the size.
    places = sorted(range(len(read)), key=lambda place: read[place][:3])
    letters = [letter for _, letter in sorted(zip(places, written, strict=True))]
    spaced = [(letter, apart) for letter, (*_, apart) in zip(letters, read, strict=True)]
    for (y, style), run in groupby(spaced, key=lambda each: each[0][2:]):
        told = "; ".join(each for each in style.split("; ") if each not in match["group"])
        signs = [each for (sign, x, *_), apart in run for each in [(" ", x), (sign, x)][not apart :]]
        xs = " ".join(f"{x:g}" for _, x in signs)
        text = html.escape("".join(sign for sign, _ in signs), quote=False)
        yield f'<tspan x="{xs}" y="{y:g}" style="{told}">{text}</tspan>'


@cache
def _read(source: str) -> list[tuple[str, float, float, bool]]:
    """The signs of a text with formulas in its own order, where each stands, and whether it is apart from the one before."""
    found: list[tuple[str, float, float, bool]] = []
    end = 0.0
    for font, size, code, index, x, y in _FORMULAS.parsed[source].glyphs:
        if chr(code) in (" ", _SPACE):
            continue
        found.append((chr(code), x, -y, bool(found) and x - end > _GAP * size))
        font.set_size(size, 72)
        end = x + font.load_glyph(index).linearHoriAdvance / 65536
    return found
