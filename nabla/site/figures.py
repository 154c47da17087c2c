"""Figures in the site: each one is a file of its own, which a page shows as an image.

So a page is small, its figures come when the reader nears them, and nothing of it needs a script. The file
follows the system's theme; ``figures.js`` puts the drawing itself in the place of the image, and then it
follows the theme chosen on the page and is set in the site's typefaces.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from mkdocs.utils import get_relative_url

from nabla.draw.palette import DARK, LIGHT

_IMAGE = re.compile(r'<img alt="(?P<alt>[^"]*)" src="figura:(?P<section>[\w-]+)"\s*/?>')
_ROOT = re.compile(r'<svg [^>]*viewBox="0 0 (?P<width>[\d.]+) (?P<height>[\d.]+)"[^>]*>')


def _variables(colours: dict[str, str]) -> str:
    return "svg{" + ";".join(f"--fig-{name}:{value}" for name, value in colours.items()) + "}"


# What figures.css says of a figure inside a page; on paper it is light, as the page is.
_STYLE = (
    f"<style>{_variables(LIGHT)}@media screen and (prefers-color-scheme:dark){{{_variables(DARK)}}}"
    "*{stroke-linecap:butt;stroke-linejoin:round}</style>"
)


def address(file: str, section: str) -> str:
    """Where a figure is published, relative to the site."""
    folder = PurePosixPath(file).relative_to("docs").with_suffix("")
    return f"assets/figuras/{folder}/{section}.svg"


def alone(svg: str) -> str:
    """A figure as a file, with the colours that its page would lend it."""
    width, height = _size(svg)
    root, body = svg.split(">", 1)
    return f'{root} width="{width}" height="{height}">{_STYLE}{body}'


def show(content: str, file: str, drawings: dict[str, str], url: str) -> str:
    """The HTML ``content`` of the page of ``file``, at ``url``, with its ``figura:`` images shown from their files."""

    def image(match: re.Match[str]) -> str:
        section = match["section"]
        width, height = _size(drawings[section])
        source = get_relative_url(address(file, section), url)
        # Its size is known before it comes: nothing moves then.
        return (
            f'<img class="nabla-figure" style="--w:{width}" width="{width}" height="{height}" '
            f'alt="{match["alt"]}" src="{source}" loading="lazy" decoding="async">'
        )

    return _IMAGE.sub(image, content)


def inline(content: str, drawings: dict[str, str]) -> str:
    """The HTML ``content`` with its ``figura:`` images replaced by the drawings themselves."""
    return _IMAGE.sub(
        lambda match: drawings[match["section"]].replace(
            "<svg ", f'<svg class="nabla-figure" role="img" aria-label="{match["alt"]}" ', 1
        ),
        content,
    )


def _size(svg: str) -> tuple[int, int]:
    match = _ROOT.match(svg)
    assert match, "every figure of nabla.draw.drawing has a size"
    return round(float(match["width"])), round(float(match["height"]))
