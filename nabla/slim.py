"""Lighter HTML: what the reader neither sees nor hears is taken out of formulas and of pages."""

from __future__ import annotations

import re

# MathML is heard here, not seen. The LaTeX inside it is not even heard, but gets into what a reader copies.
_UNHEARD = re.compile(
    r"<annotation.*?</annotation>|</?(?:semantics|mstyle)\b[^>]*>"
    r'|(?<=<mo) [^>]*|(?<=<math) xmlns="[^"]*"',
    re.DOTALL,
)
# Keeps a line as tall as its formula; below these heights any line of text is taller.
_STRUT = re.compile(
    r'<span class="katex-strut" style="height:(?P<height>[\d.]+)em;(?:vertical-align:-(?P<depth>[\d.]+)em;)?"></span>'
)
_ABOVE, _BELOW = 0.9, 0.25
_FINE = re.compile(r"(\d\.\d\d)\d+em")

_BLOCK = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_INDENT = re.compile(r">\n\s+<")
# Names, spaces, operators and punctuation have the colour of the text around them.
_PLAIN = re.compile(r'<span class="[nwop]">([^<]*)</span>')
_UNSEARCHED = ' data-search-exclude=""'


def formula(content: str) -> str:
    """KaTeX's HTML of a formula, to a hundredth of an em and without what only its source needs."""
    return _FINE.sub(r"\1em", _STRUT.sub(_needed, _UNHEARD.sub("", content)))


def _needed(strut: re.Match[str]) -> str:
    depth = float(strut["depth"] or 0)
    low = float(strut["height"]) - depth <= _ABOVE and depth <= _BELOW
    return "" if low else strut[0]


def page(content: str) -> str:
    """A page after every plugin has read it; blocks of code keep their lines."""
    pieces = _BLOCK.split(content.replace(_UNSEARCHED, ""))
    return "".join(
        _PLAIN.sub(r"\1", piece) if piece.startswith("<pre") else _INDENT.sub(">\n<", piece)
        for piece in pieces
    )
