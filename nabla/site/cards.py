"""The picture that goes with a link to a page where it is shared: its title, on the paper of the site."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from pathlib import Path

from nabla.cache import code, store
from nabla.draw.palette import FONTS, LIGHT
from nabla.model import files

SIZE = (1200, 630)
_ACCENT = "#a63a00"
_MARGIN = 80
_TITLE_WIDTH = 720
_ROOT = Path(__file__).resolve().parents[2]
_FONT = _ROOT / next(font for font in FONTS if "SemiBold" in font)


def name(page: str) -> str:
    """Where the card of a page is published, relative to the site."""
    return f"assets/tarjetas/{files.flat(page)}.png"


def card(root: Path, site: str, text: str) -> bytes:
    """The card of a page with this title, as a PNG; the same title gives the same bytes."""
    key = code.key(root, "nabla.site.cards", code.digest(_FONT.read_bytes()), site, text)
    file = store.entry(root, "cards", "", key)
    return base64.b64decode(store.kept(file, key, lambda: base64.b64encode(_draw(site, text)).decode()))


def _draw(site: str, text: str) -> bytes:
    from PIL import Image, ImageDraw, ImageFont  # only when a card is not in the cache

    # Drawn twice as large, for smooth edges.
    picture = Image.new("RGB", (2 * SIZE[0], 2 * SIZE[1]), LIGHT["bg"])
    draw = ImageDraw.Draw(picture)
    # The mark of the home page: a nabla seen as a hollow, by its level lines.
    for step in range(6):
        inset = 36 * step
        corners = [
            (1700 + inset, 330 + 0.6 * inset),
            (2300 - inset, 330 + 0.6 * inset),
            (2000, 870 - 1.16 * inset),
        ]
        draw.line([*corners, corners[0], corners[1]], _ACCENT, 14 if step == 0 else 5, joint="curve")
    size = 152
    while True:
        font = ImageFont.truetype(_FONT, size)
        lines = _wrap(text, font.getlength)
        if len(lines) <= 4 and max(map(font.getlength, lines)) <= 2 * _TITLE_WIDTH:
            break
        size -= 4
    for number, line in enumerate(lines):
        draw.text((2 * _MARGIN, 2 * _MARGIN + number * size * 1.16), line, LIGHT["fg"], font)
    draw.rectangle((2 * _MARGIN, 1030, 2 * _MARGIN + 104, 1036), _ACCENT)
    draw.text((2 * _MARGIN, 1060), site, LIGHT["muted"], ImageFont.truetype(_FONT, 68))
    stream = io.BytesIO()
    picture.resize(SIZE, Image.Resampling.LANCZOS).quantize(64).save(stream, "png", optimize=True)
    return stream.getvalue()


def _wrap(text: str, length: Callable[[str], float]) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if length(longer) <= 2 * _TITLE_WIDTH or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
