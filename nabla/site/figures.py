"""Figures in the site: each one is a file of its own, which a page shows as an image.

So a page is small, its figures come when the reader nears them, and nothing of it needs a script. The file
follows the system's theme; ``figures.js`` puts the drawing itself in the place of the image, and then it
follows the theme chosen on the page and is set in the site's typefaces.

Before a figure that answers stands an empty place with its module's name and values. ``live.js`` fetches the module
when the reader comes near, and on the screen what the module draws stands for the figure.
"""

from __future__ import annotations

import html
import re
from pathlib import PurePosixPath

from mkdocs.utils import get_relative_url

from nabla.draw.palette import DARK, LIGHT
from nabla.model import course
from nabla.site.lessons import Made

_IMAGE = re.compile(rf'<img alt="(?P<alt>[^"]*)" src="{course.FIGURE}(?P<section>[\w-]+)"\s*/?>')
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
    folder = PurePosixPath(file).relative_to(course.DOCS).with_suffix("")
    return f"assets/figuras/{folder}/{section}.svg"


def alone(svg: str) -> str:
    """A figure as a file, with the colours that its page would lend it."""
    width, height = _size(svg)
    root, body = svg.split(">", 1)
    return f'{root} width="{width}" height="{height}">{_STYLE}{body}'


def show(content: str, file: str, made: Made, url: str) -> str:
    """The HTML ``content`` of the page of ``file``, at ``url``, with its ``figura:`` images shown from their files."""

    def image(match: re.Match[str]) -> str:
        section = match["section"]
        width, height = _size(made.figures[section])
        source = get_relative_url(address(file, section), url)
        place = ""
        if section in made.live:
            module, values = made.live[section]
            values = html.escape(values, quote=False).replace("'", "&#39;")
            # A span, for the image stands in a paragraph.
            place = f'<span class="nb-live" id="figura-{section}" data-module="{module}" data-values=\'{values}\'></span>'
        # Its size is known before it comes: nothing moves then.
        return (
            f'{place}<img class="nabla-figure" style="--w:{width}" width="{width}" height="{height}" '
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
