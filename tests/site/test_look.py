"""Protects the look: one palette, enough contrast, and nothing from another host."""

from __future__ import annotations

import re

import pytest
from fontTools.ttLib import TTFont

from nabla.draw.palette import DARK, FONTS, LIGHT
from tests.conftest import ROOT
from tools import vendor
from tools.typefaces import HEIGHTS, FigureFont, Webfont

CSS = ROOT / "docs" / "assets" / "css"
THEME = ROOT / "nabla" / "theme"
_PAIR = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)")
# What no package has: it is set in a typeface of the reader's own.
UNKNOWN = set("⁴ᵀ✓✗")
SIDES = {"claro": 0, "oscuro": 1}


def _colours(name: str) -> dict[str, tuple[str, str]]:
    return {match[1]: (match[2], match[3]) for match in _PAIR.finditer((CSS / name).read_text())}


SITE = _colours("nabla.css")
FIGURES = _colours("figures.css")


def contrast(one: str, other: str) -> float:
    def luminance(colour: str) -> float:
        channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def test_contrast_of_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_figures_have_the_palette() -> None:
    assert {f"fig-{name}": (light, DARK[name]) for name, light in LIGHT.items()} == FIGURES


@pytest.mark.parametrize("side", SIDES)
def test_figures_stand_on_the_ground_of_the_page(side: str) -> None:
    assert FIGURES["fig-bg"][SIDES[side]] == SITE["nb-paper"][SIDES[side]]


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("series", [str(number) for number in range(8)])
def test_series_stand_out_from_the_ground(series: str, side: str) -> None:
    at = SIDES[side]
    assert contrast(FIGURES[f"fig-{series}"][at], FIGURES["fig-bg"][at]) >= 3


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize("ground", ["nb-paper", "nb-tint", "nb-sunken"])
def test_text_can_be_read(ground: str, side: str) -> None:
    at = SIDES[side]
    texts = ["nb-ink", "nb-muted", "nb-accent", "nb-good", "nb-bad", "md-code-fg-color"]
    texts += [name for name in SITE if name.startswith("md-code-hl-")]
    assert len(texts) > 12
    faint = {name: contrast(SITE[name][at], SITE[ground][at]) for name in texts}
    assert {name: ratio for name, ratio in faint.items() if ratio < 4.5} == {}


def test_nothing_comes_from_another_host() -> None:
    own = [*CSS.glob("*.css"), *(path for path in THEME.rglob("*") if path.is_file())]
    loads = re.compile(r"""(?:url\(\s*["']?|@import\s+["']?|src=["']|<link[^>]*href=["'])(?:https?:)?//""")
    assert [path.name for path in own if loads.search(path.read_text())] == []


def test_typefaces_named_by_the_styles_are_there() -> None:
    sheet = vendor.TARGET / vendor.STYLE_SHEET
    named = re.findall(r'url\("([^"]+)"\)', sheet.read_text())
    assert named
    assert [name for name in named if not (sheet.parent / name).is_file()] == []
    assert [name for name in FONTS if not (ROOT / name).is_file()] == []


@pytest.mark.parametrize(
    "package",
    [package for package in vendor.PACKAGES if isinstance(package.makes, (Webfont, FigureFont))],
    ids=lambda package: package.name,
)
def test_typefaces_have_what_the_lessons_are_written_with(package: vendor.Package) -> None:
    """What a family lacks, KaTeX's has: the styles name it next."""
    files = [vendor.TARGET / package.folder / name for name in package.makes.files]
    files.append(vendor.TARGET / "katex/fonts/KaTeX_Main-Regular.woff2")
    known = {chr(code) for file in files for code in TTFont(file).getBestCmap()}
    sources = [*(ROOT / "docs").rglob("*.md"), *(ROOT / "snippets").glob("*.py"), *THEME.rglob("*.html")]
    written = {character for file in sources for character in file.read_text("utf-8")}
    assert sorted(written - known - UNKNOWN - {"\n"}) == [], (
        "añádelos a CHARACTERS, en tools/typefaces.py: make vendor"
    )


@pytest.mark.parametrize("family", HEIGHTS)
def test_what_stands_in_for_a_typeface_is_as_high(family: str) -> None:
    name = family.lower().replace(" ", "-")
    font = TTFont(vendor.TARGET / "fonts" / name / f"{name}-latin-normal.woff2")
    units = font["head"].unitsPerEm
    assert (font["hhea"].ascent / units, -font["hhea"].descent / units) == HEIGHTS[family]


def test_vendored_files_are_those_of_the_table() -> None:
    expected = {f"{package.folder}/{name}" for package in vendor.PACKAGES for name in package.written}
    expected |= {vendor.STYLE_SHEET, "README.md"}
    found = {
        path.relative_to(vendor.TARGET).as_posix() for path in vendor.TARGET.rglob("*") if path.is_file()
    }
    assert found == expected
    assert (vendor.TARGET / "README.md").read_text() == vendor.readme()
