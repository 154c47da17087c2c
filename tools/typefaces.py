"""The typefaces of the site and of its figures, made from webfonts when docs/assets/vendor is renewed.

A page loads only what lessons are written with: the characters, weights and features below. The licence
of Source Serif and Source Sans reserves the name "Source" for the originals, so what is made of them has
names of our own; "Nabla Sans" is the same face in a page and, as TTF, in matplotlib's figures.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

# Spanish, what names bring from neighbouring languages, and signs; those of mathematics come from KaTeX's faces.
CHARACTERS = (
    "".join(map(chr, range(0x20, 0x7F)))
    + "\u00a0\u00ad¡¿«»·ªº°§¶©±²³¹×÷µ¼½¾ÁÉÍÓÚÜÑÇáéíóúüñçÀÂÄÅÈÊÎÔÖØàâäåèêëìîïòôöøùûßı"
    "Ŷŷᵀ\u0304–—‘’“”…€↑↓−"
    "αβγδεηθλμνπρστφψωΓΔΘΛΣΦΨΩ"
)
# What formulas here are written with; the space without width is in no typeface, but in every fraction.
FORMULAS = (
    "".join(map(chr, range(0x20, 0x7F))) + "\u00a0\u0338\u200b±×ˆˉˊ˙˜′⋅⋯…∘←→↔⇒⇔⟶⟹∂∇∈∑∏∫√∞−∣∥∼≈≠≡≤≥⊤∝"
    "αβγδεηθλμνπρστφωϵΔΣΩ⎛⎜⎝⎞⎟⎠⎡⎢⎣⎤⎥⎦⎧⎨⎩⎪⎫⎬⎭⏞⏟"
)
WEIGHTS = (400, 700)
# Without "calt": in code, != has to look as it is typed.
FEATURES = ["kern", "liga", "ccmp", "mark", "mkmk"]
_SUBSETS = ("latin", "latin-ext", "greek")


@dataclass(frozen=True)
class StandIn:
    """A typeface that readers may have, which holds the place of one of ours until it comes."""

    faces: tuple[str, ...]  # the same design under its names
    scale: float  # that gives a Spanish text the same width; then for bold
    bold_scale: float


# Above and below the baseline, in em: no line moves when ours comes.
HEIGHTS = {"Nabla Serif": (1.036, 0.335), "Nabla Sans": (1.024, 0.4), "JetBrains Mono": (1.02, 0.3)}
# From the average widths of the letters, weighed as in the lessons; for Georgia, Noto Serif and Roboto from those in
# @capsizecss/metrics 4.3.0. The last one that a reader has is taken.
STAND_INS = {
    "Nabla Serif": (
        StandIn(("DejaVu Serif",), 0.923, 0.862),
        StandIn(("Times New Roman", "Liberation Serif", "Tinos", "Nimbus Roman"), 1.179, 1.142),
        StandIn(("Noto Serif",), 0.996, 0.965),
        StandIn(("Georgia", "Gelasio"), 1.074, 0.953),
    ),
    "Nabla Sans": (
        StandIn(("DejaVu Sans",), 0.817, 0.766),
        StandIn(("Roboto",), 0.94, 0.98),
        StandIn(("Arial", "Liberation Sans", "Arimo", "Nimbus Sans", "Helvetica"), 0.926, 0.912),
    ),
    "JetBrains Mono": (
        StandIn(("DejaVu Sans Mono", "Menlo"), 0.997, 0.997),
        StandIn(("Courier New", "Liberation Mono", "Noto Sans Mono", "Roboto Mono"), 1, 1),
        StandIn(("Consolas",), 1.091, 1.091),
    ),
}


@dataclass(frozen=True)
class Webfont:
    """A family for pages: upright Latin in every weight; Greek, and italics if any, in the normal one."""

    family: str
    source: str  # as the package calls it
    italic: bool = True

    @property
    def files(self) -> dict[str, str]:
        """The files to make, each with the one in the package that it comes from."""
        parts = [("normal", subset) for subset in _SUBSETS]
        if self.italic:
            parts += [("italic", subset) for subset in _SUBSETS[:2]]
        return {
            f"{_slug(self.family)}-{subset}-{style}.woff2": f"files/{self.source}-{subset}-wght-{style}.woff2"
            for style, subset in parts
        }

    def make(self, content: dict[str, bytes]) -> dict[str, bytes]:
        made = {}
        missing = {style: set(map(ord, CHARACTERS)) for style in ("normal", "italic")}
        for name, source in self.files.items():
            font = _open(content[source])
            # Each character in one file only: the packages repeat the space and others in all of them.
            characters = missing[_style(name)] & font.getBestCmap().keys()
            missing[_style(name)] -= characters
            made[name] = self._subset(name, font, characters)
        return made

    def _subset(self, name: str, font: TTFont, characters: set[int]) -> bytes:
        from fontTools.subset import Options, Subsetter
        from fontTools.varLib.instancer import instantiateVariableFont

        subsetter = Subsetter(Options(layout_features=FEATURES, hinting=False))
        subsetter.populate(unicodes=characters)
        subsetter.subset(font)
        weights = WEIGHTS[0] if _is_static(name) else WEIGHTS
        instantiateVariableFont(font, {"wght": weights}, inplace=True)
        del font["STAT"]  # its names are gone, and Firefox complains; style sheets choose the style
        if "fvar" in font:
            font["fvar"].instances = []
            font["fvar"].axes[0].axisNameID = 2
        font.flavor = "woff2"
        return _save(font, self.family, _style(name).capitalize())

    def faces(self, folder: str, made: dict[str, bytes]) -> Iterator[str]:
        """The rules that name the files, for a style sheet beside ``folder``."""
        for name, data in made.items():
            style = _style(name)
            weights = str(WEIGHTS[0]) if _is_static(name) else f"{WEIGHTS[0]} {WEIGHTS[1]}"
            yield _rule(
                self.family, style, weights, "optional", f"{folder}/{name}", _open(data).getBestCmap()
            )


@dataclass(frozen=True)
class CommonPart:
    """Of each webfont of KaTeX that lessons use, a second one with the signs of ``FORMULAS`` only.

    Its rule comes after the one of KaTeX's own sheet and so goes before it; a page with a sign that is not in
    it fetches the whole typeface too.
    """

    faces_of: dict[str, tuple[str, str, int]]  # a file: its family, style and weight

    @property
    def files(self) -> dict[str, str]:
        """The files to make, each with the one in the package that it comes from."""
        return {f"fonts/{name}-common.woff2": f"dist/fonts/{name}.woff2" for name in self.faces_of}

    def make(self, content: dict[str, bytes]) -> dict[str, bytes]:
        return {name: self._subset(content[source]) for name, source in self.files.items()}

    @staticmethod
    def _subset(data: bytes) -> bytes:
        from fontTools.subset import Options, Subsetter

        font = _open(data)
        subsetter = Subsetter(Options(layout_features=["*"], hinting=False))
        subsetter.populate(unicodes=set(map(ord, FORMULAS)) & font.getBestCmap().keys())
        subsetter.subset(font)
        font.flavor = "woff2"
        out = io.BytesIO()
        font.save(out)
        return out.getvalue()

    def faces(self, folder: str, made: dict[str, bytes]) -> Iterator[str]:
        """The rules that name the files, for a style sheet beside ``folder``."""
        for (family, style, weight), (name, data) in zip(self.faces_of.values(), made.items(), strict=True):
            yield _rule(
                family, style, str(weight), "block", f"{folder}/{name}", {*_open(data).getBestCmap(), 0x200B}
            )


@dataclass(frozen=True)
class FigureFont:
    """Static TTFs, one per weight: matplotlib reads neither WOFF nor several files per face."""

    family: str
    source: str
    weights: tuple[tuple[str, int], ...]

    @property
    def files(self) -> dict[str, int]:
        """The files to make, each with its weight."""
        return {f"{self.family.replace(' ', '')}-{style}.ttf": weight for style, weight in self.weights}

    def make(self, content: dict[str, bytes]) -> dict[str, bytes]:
        return {name: self._merge(name, weight, content) for name, weight in self.files.items()}

    def _merge(self, name: str, weight: int, content: dict[str, bytes]) -> bytes:
        from fontTools.merge import Merger, Options

        with tempfile.TemporaryDirectory() as scratch:
            parts = []
            for subset in _SUBSETS:
                font = _open(content[f"files/{self.source}-{subset}-{weight}-normal.woff"])
                font.flavor = None
                part = Path(scratch) / f"{subset}.ttf"
                font.save(part)
                parts.append(str(part))
                created = font["head"].created
            # matplotlib lays text out without OpenType features, so their tables only make the merge fragile.
            options = Options()
            options.drop_tables = ["STAT", "gasp"]
            merged = Merger(options).merge(parts)
        merged["head"].created = merged["head"].modified = created
        return _save(merged, self.family, name.removesuffix(".ttf").rpartition("-")[2])


def style_sheet(faces: Iterable[str]) -> str:
    """The style sheet that names the webfonts and what stands in for them."""
    return "/* Lo escribe tools/vendor.py. */\n\n" + "\n".join([*faces, *_stand_ins()])


def _stand_ins() -> Iterator[str]:
    for family, listed in STAND_INS.items():
        ascent, descent = HEIGHTS[family]
        for each in listed:
            for weight, suffix, scale in ((400, "", each.scale), (700, " Bold", each.bold_scale)):
                sources = ", ".join(f'local("{face}{suffix}")' for face in each.faces)
                yield (
                    "@font-face {\n"
                    f'  font-family: "{family} Stand-in";\n'
                    f"  font-weight: {weight};\n"
                    f"  src: {sources};\n"
                    f"  size-adjust: {scale:.1%};\n"
                    f"  ascent-override: {ascent / scale:.1%};\n"
                    f"  descent-override: {descent / scale:.1%};\n"
                    "  line-gap-override: 0%;\n"
                    f"  unicode-range: {_ranges(map(ord, CHARACTERS))};\n"
                    "}\n"
                )


def _rule(family: str, style: str, weights: str, display: str, url: str, characters: Iterable[int]) -> str:
    return (
        "@font-face {\n"
        f'  font-family: "{family}";\n'
        f"  font-style: {style};\n"
        f"  font-weight: {weights};\n"
        f"  font-display: {display};\n"
        f'  src: url("{url}") format("woff2");\n'
        f"  unicode-range: {_ranges(characters)};\n"
        "}\n"
    )


def _open(data: bytes) -> TTFont:
    from fontTools.ttLib import TTFont

    return TTFont(io.BytesIO(data), recalcTimestamp=False)  # the same input gives the same bytes


def _save(font: TTFont, family: str, style: str) -> bytes:
    """The font as bytes, under its own name and with the notice and licence of the original."""
    names = font["name"]
    copyright_notice = names.getDebugName(0)
    names.names = []
    identifier = f"{family.replace(' ', '')}-{style}"
    texts = {0: copyright_notice, 1: family, 2: style, 3: identifier, 4: f"{family} {style}"}
    texts |= {5: "Version 1.000", 6: identifier, 14: "http://scripts.sil.org/OFL"}
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    out = io.BytesIO()
    font.recalcTimestamp = False
    font.save(out)
    return out.getvalue()


def _slug(family: str) -> str:
    return family.lower().replace(" ", "-")


def _style(name: str) -> str:
    return name.removesuffix(".woff2").rpartition("-")[2]


def _is_static(name: str) -> bool:
    return _style(name) == "italic" or "-greek-" in name


def _ranges(codes: Iterable[int]) -> str:
    """The characters as CSS lists them: ``U+0-7E, U+A1``."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and code == ranges[-1][1] + 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return ", ".join(f"U+{first:X}" + (f"-{last:X}" if last > first else "") for first, last in ranges)
