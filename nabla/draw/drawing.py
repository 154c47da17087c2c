"""Figures: the style they are drawn with, and their SVG, which follows the theme of the page.

A figure is drawn once, with the colours of ``palette.LIGHT``; each of them then becomes a CSS variable
of the page, so that one drawing serves the light theme, the dark one and print. Only the worker
imports this module, after matplotlib.
"""

from __future__ import annotations

import base64
import io
import logging
import re
import zlib
from pathlib import Path

import matplotlib
import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.text import Text

from nabla.draw import figure_data, lettering
from nabla.draw.palette import FONTS, LIGHT
from nabla.model.fingerprint import Fingerprint

# KaTeX fills in what the text face lacks, such as ∂ and ∇.
TEXT_FONTS = ["Nabla Sans", "KaTeX_Main"]
_FAMILY = ", ".join(f"'{font}'" for font in TEXT_FONTS)
# On a page, words ask for no other typeface: while theirs is being made ready, a browser may fetch all those that follow it,
# 63 kB. A lone sign that it lacks is the system's.
_TEXT = f"'{TEXT_FONTS[0]}'"
# Half as many pixels again as Jupyter gives to an inch, for screens that have more.
_PNG_DPI = 150
_ROOT = Path(__file__).resolve().parents[2]
_LOGGER = logging.getLogger("matplotlib")

_STYLE = {
    "axes.axisbelow": True,
    "axes.edgecolor": LIGHT["muted"],
    "axes.facecolor": "none",
    "axes.grid": True,
    "axes.labelcolor": LIGHT["fg"],
    "axes.linewidth": 0.8,
    "axes.prop_cycle": cycler(color=[LIGHT[str(number)] for number in range(8)]),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": "medium",
    "axes.titleweight": "semibold",
    "axes.unicode_minus": True,
    "axes3d.xaxis.panecolor": LIGHT["bg"],
    "axes3d.yaxis.panecolor": LIGHT["bg"],
    "axes3d.zaxis.panecolor": LIGHT["bg"],
    "figure.dpi": 72,
    "figure.facecolor": "none",
    "figure.figsize": (5.6, 3.6),
    "figure.constrained_layout.use": True,
    "font.family": TEXT_FONTS,
    "font.size": 11,
    "grid.color": LIGHT["grid"],
    "grid.linewidth": 0.8,
    "legend.edgecolor": "none",
    "legend.facecolor": LIGHT["bg"],  # so that grid lines do not run through its text
    "legend.framealpha": 0.85,
    "legend.fancybox": False,
    "lines.linewidth": 2,
    "mathtext.bf": "KaTeX_Main:bold",
    "mathtext.bfit": "KaTeX_Main:bold",
    "mathtext.cal": "KaTeX_Main:italic",
    "mathtext.fallback": "None",
    "mathtext.fontset": "custom",
    "mathtext.it": "KaTeX_Math:italic",
    "mathtext.rm": "KaTeX_Main",
    "mathtext.sf": "Nabla Sans",
    "mathtext.tt": "Nabla Sans",
    "patch.edgecolor": LIGHT["fg"],
    "savefig.facecolor": "none",
    "svg.fonttype": "none",
    "svg.image_inline": True,
    "text.color": LIGHT["fg"],
    "xtick.color": LIGHT["muted"],
    "xtick.labelcolor": LIGHT["fg"],
    "ytick.color": LIGHT["muted"],
    "ytick.labelcolor": LIGHT["fg"],
}
_COLOURS = {value: f"var(--fig-{name})" for name, value in LIGHT.items()}
_ID = re.compile(r'(?<= id=")[^"]+|(?<=href="#)[^"]+|(?<=url\(#)[^)]+')
# Would vanish or glare in one of the two themes.
_FIXED = {"#000000": "negro", "#ffffff": "blanco"}


class FigureError(Exception):
    """A figure that the site cannot show well; the text says why, in Spanish."""


class _GlyphWatch(logging.Handler):
    """Matplotlib only logs a glyph that is missing inside a formula, and draws a box; this collects them."""

    def __init__(self) -> None:
        super().__init__()
        self.missing: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        message = record.getMessage()
        if "does not have a glyph" in message:
            self.missing.add(message.partition(" for ")[2].partition(",")[0])

    def __enter__(self) -> _GlyphWatch:
        _LOGGER.addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        _LOGGER.removeHandler(self)


def prepare() -> None:
    """Set the style, and draw once so that lessons forked from here find everything loaded."""
    _LOGGER.addHandler(logging.NullHandler())
    _LOGGER.propagate = False
    for font in FONTS:
        font_manager.fontManager.addfont(_ROOT / font)
    lettering.prepare()
    matplotlib.rcdefaults()
    matplotlib.use("agg")
    matplotlib.rcParams.update(_STYLE)
    _, axes = plt.subplots()
    axes.plot([0, 1], label="$m$")
    axes.set_title("∂")
    axes.legend()
    take_figures("prepare")


def take_data() -> list[dict[str, str]]:
    """The open figures as ``take_figures`` gives them, with nothing drawn: only the fingerprint; closes them."""
    try:
        return [{"data": str(_fingerprint(plt.figure(number)))} for number in plt.get_fignums()]
    finally:
        plt.close("all")


def take_figures(salt: str) -> list[dict[str, str]]:
    """The open figures, in the order they were made, as SVG, as PNG in base64 and as fingerprint; closes them.

    ``salt`` makes the ids inside a figure its own. Raises FigureError for colours that cannot follow
    the theme, for symbols that the typefaces of the site lack and for data that nobody can take.
    """
    figures = [plt.figure(number) for number in plt.get_fignums()]
    try:
        lettering.read_anew()  # the lesson may have had its figures measured, while nobody listened
        with _GlyphWatch() as watch:
            drawn = [_drawn(figure, f"{salt}:{index}") for index, figure in enumerate(figures)]
    finally:
        plt.close("all")
    if watch.missing:
        raise FigureError(
            f"los tipos de letra de las figuras no tienen {', '.join(sorted(watch.missing))} dentro de una fórmula: "
            "escríbelo fuera de los $, como texto"
        )
    return drawn


def _drawn(figure: plt.Figure, salt: str) -> dict[str, str]:
    data = _fingerprint(figure)
    labels = lettering.settle(figure, salt)
    svg = _svg(figure, salt, labels)
    lettering.outline(labels)
    return {"data": str(data), "png": _png(figure), "svg": svg}


def _fingerprint(figure: plt.Figure) -> Fingerprint:
    try:
        return figure_data.fingerprint(figure)
    except figure_data.UnknownArtist as error:
        raise FigureError(str(error)) from error


def _svg(figure: plt.Figure, salt: str, labels: list[Text]) -> str:
    drawn = io.StringIO()
    metadata = {"Date": None, "Creator": None, "Format": None, "Type": None}
    with matplotlib.rc_context({"svg.hashsalt": salt}):
        # Drawn once: ``savefig`` draws twice, the first time only to find the layout.
        canvas = FigureCanvasSVG(figure)
        if engine := figure.get_layout_engine():
            dpi = figure.dpi
            engine.execute(figure)
            figure.set_layout_engine("none")
            figure.set_dpi(dpi)  # of what is rasterised; the layout of an SVG has taken it for 72
        canvas.print_svg(drawn, metadata=metadata)
    svg = lettering.add_halos(lettering.in_reading_order(drawn.getvalue()), labels)
    return _for_page(svg, f"f{zlib.crc32(salt.encode()):08x}")


def _png(figure: plt.Figure) -> str:
    """For notebooks: outside the site there is only light paper, and Jupyter shows no SVG it does not trust.

    It has the layout that was found for the SVG.
    """
    drawn = io.BytesIO()
    figure.set_facecolor(LIGHT["bg"])
    figure.set_dpi(_PNG_DPI)
    FigureCanvasAgg(figure).print_png(drawn, metadata={"Software": None})
    return base64.b64encode(drawn.getvalue()).decode()


def _for_page(svg: str, prefix: str) -> str:
    """Shorten matplotlib's SVG, free it of what would leak into the page, and give it the theme.

    Its ids get a ``prefix`` and a number: those of matplotlib tell the last bit of a place, which no two machines share.
    """
    width, height = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups()  # type: ignore[union-attr]
    body = svg[svg.index(">", svg.index("<svg")) + 1 :].rstrip()
    # Its rule for «*» would hold for the whole page; figures.css has it for figures.
    body = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->", "", body, flags=re.DOTALL)
    body = re.sub(r"<defs>\s*</defs>", "", body)
    body = body.replace("xlink:href=", "href=")
    referenced = set(re.findall(r'(?:href="#|url\(#)([^")]+)', body))
    body = re.sub(r' id="([^"]*)"', lambda each: each[0] if each[1] in referenced else "", body)
    names = {old: f"{prefix}-{number}" for number, old in enumerate(dict.fromkeys(_ID.findall(body)))}
    body = _ID.sub(lambda each: names[each[0]], body)
    body = re.sub(r'\b(d|x|y|transform)="([^"]*)"', _shorter, body)
    body = re.sub(r' transform="rotate\(-?0 [^"]*"', "", body)
    body = body.replace(f"font-family: {_FAMILY}; ", "")
    body = re.sub(r">[ \n]+<", "><", body).strip()
    for colour, name in _FIXED.items():
        if colour in body:
            raise FigureError(
                f"la figura usa {name} ({colour}), que no se ve en uno de los dos temas: "
                "quita ese color, o usa C0…C7"
            )
    body = re.sub(r"#[0-9a-f]{6}", lambda each: _COLOURS.get(each[0], each[0]), body)
    # Matplotlib does not say that a fill is black, which SVG takes for granted: it follows the theme too.
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'style="--w:{float(width):.0f};fill:{_COLOURS[LIGHT["fg"]]};font-family:{_TEXT},sans-serif">{body}'
    )


def _shorter(match: re.Match[str]) -> str:
    """Hundredths of a point are finer than any screen; scales keep their digits."""
    value = " ".join(match[2].split())
    if "scale" not in value and "matrix" not in value:
        value = re.sub(
            r"\d+\.\d{3,}", lambda number: f"{float(number[0]):.2f}".rstrip("0").rstrip("."), value
        )
    return f'{match[1]}="{value}"'
