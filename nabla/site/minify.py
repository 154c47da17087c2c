"""Lighter HTML: what the reader neither sees nor hears is taken out of pages."""

from __future__ import annotations

import re

_BLOCK = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_INDENT = re.compile(r">\n\s+<")
# Names, spaces, operators and punctuation have the colour of the text around them.
_PLAIN = re.compile(r'<span class="[nwop]">([^<]*)</span>')
_UNSEARCHED = ' data-search-exclude=""'


def page(content: str) -> str:
    """A page after every plugin has read it; blocks of code keep their lines."""
    pieces = _BLOCK.split(content.replace(_UNSEARCHED, ""))
    return "".join(
        _PLAIN.sub(r"\1", piece) if piece.startswith("<pre") else _INDENT.sub(">\n<", piece)
        for piece in pieces
    )
