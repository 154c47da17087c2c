"""The pieces of a page, ``/// admonition | Title`` … ``///``: which hold which, and what each says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nabla.model.page import Kind, Page, Region

_TYPE = re.compile(r"\s*+type:\s*+(?P<type>\S++)\s*+")


@dataclass(frozen=True)
class Piece:
    """A block of lines ``first`` to ``last``, both marks included; ``text`` is what it says, without comments."""

    kind: str
    type: str
    title: str
    first: int
    last: int
    text: str

    def holds(self, line: int) -> bool:
        return self.first < line < self.last


def read(page: Page) -> list[Piece]:
    """The pieces of a page, in order. That each has its end and its type has been checked where it was read."""
    found: list[Piece] = []
    opened: list[int] = []
    for place, region in enumerate(page.regions):
        if region.kind is Kind.OPENER:
            opened.append(place)
        elif region.kind is Kind.CLOSER and opened:
            found.append(_piece(page, page.regions[opened.pop() : place + 1]))
    return sorted(found, key=lambda piece: piece.first)


def _piece(page: Page, regions: list[Region]) -> Piece:
    opener, closer = regions[0], regions[-1]
    options = page.lines[opener.line : opener.last]
    declared = next(filter(None, map(_TYPE.fullmatch, options)), None)
    said = (
        "\n".join(page.lines[each.line - 1 : each.last])
        for each in regions[1:-1]
        if each.kind is not Kind.COMMENT
    )
    kind = declared["type"] if declared else ""
    return Piece(opener.name, kind, opener.text, opener.line, closer.line, "\n".join(said))
