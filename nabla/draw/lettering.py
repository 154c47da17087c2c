"""The letters of a figure: its signs as a printer would set them, and a halo where they may cross a line.

It is done to the artists once their data are told and before they are drawn: the code of a lesson
writes what is easy to type, and both the SVG and the PNG show it well. Only the worker imports this module,
after matplotlib.
"""

from __future__ import annotations

import re
import zlib

import matplotlib.pyplot as plt
from matplotlib import _mathtext_data, patheffects
from matplotlib.text import Text

from nabla.draw.palette import LIGHT
from nabla.model.numerals import SIGN

_FORMULA = re.compile(r"(\$[^$]*\$)")
# What a formula would say otherwise; KaTeX's typefaces, which formulas are set in, lack these.
_IN_FORMULAS = str.maketrans({"²": "^2", "³": "^3", "·": r"\cdot ", "ŷ": r"\hat{y}"})
_SIGN = re.compile(SIGN)
_OUTER_SPACES = re.compile(r"^ +| +$")
_HALO_WIDTH = 4


def prepare() -> None:
    """Set the hat of a formula with the only one that KaTeX's typefaces have."""
    _mathtext_data.tex2uni["circumflexaccent"] = ord("^")


def settle(figure: plt.Figure) -> None:
    """Set the signs of every text that the figure has been given."""
    for each in figure.findobj(Text):
        each.set_text(settled(each.get_text()))


def settled(words: str) -> str:
    """``words`` with the signs that print uses: «-3» has a minus, and no space at an end gets lost."""
    parts = _FORMULA.split(words)
    parts[1::2] = [formula.translate(_IN_FORMULAS) for formula in parts[1::2]]
    parts[::2] = [_SIGN.sub("\N{MINUS SIGN}", prose) for prose in parts[::2]]
    # SVG drops plain spaces there.
    return _OUTER_SPACES.sub(lambda each: "\N{NO-BREAK SPACE}" * len(each[0]), "".join(parts))


def name_labels(figure: plt.Figure, salt: str) -> list[Text]:
    """The texts that stand among what is plotted, each with an id of its own that the SVG tells."""
    labels = [each for each in figure.findobj(Text) if _is_label(each)]
    for number, label in enumerate(labels):
        label.set_gid(f"t{zlib.crc32(salt.encode()):x}-{number}")
    return labels


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
