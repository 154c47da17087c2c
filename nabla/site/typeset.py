"""KaTeX's HTML with the same look and a third fewer elements: laying formulas out is what a lesson costs a phone most.

Nothing moves. What goes has no effect on the picture (classes without a rule, tall lines that no line needs), or is
said more briefly (a space as a margin, a lone exponent without the table around it).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

Piece = str | Element

# KaTeX's kinds of atoms. They decide the spaces between them; its style sheet has no rule for them.
_KINDS = {"mord", "mbin", "mrel", "mop", "mopen", "mclose", "mpunct", "minner", "mtight"}
# What is as large as the text around it, so that a margin means the same there.
_LETTERS = {"", "mathnormal", "mathrm", "textrm"}
_TABLE = {"vlist-t", "sqrt", "delimsizing"}
# How KaTeX sets a script: in this size, from a row that begins so far above the baseline.
_SCRIPT, _SCRIPT_SIZE, _ROW = "katex-sizing reset-size6 size3 mtight", 0.7, 2.7
# A strut keeps a line as tall as its formula; below these heights any line of text is taller.
_ABOVE, _BELOW = 0.9, 0.25
# MathML is heard here, not seen, and copied as LaTeX (formulas.js), of which its own copy would weigh more.
_UNHEARD = {"semantics", "mstyle"}
# KaTeX sets the accents of a text over its letters; these are those that go with the letter before.
_ACCENTS = str.maketrans("ˊˋ˜¨ı", "\u0301\u0300\u0303\u0308i")

_NAMESPACE = re.compile(r' xmlns="[^"]*"')
_LENGTH = re.compile(r"(?P<name>[\w-]+):(?P<number>-?[\d.]+)em;?")
_FINE = re.compile(r"\d+\.\d{3,}(?=em)")


def lighter(rendered: str) -> str:
    """The HTML of a formula as KaTeX gives it, made lighter; lengths to a hundredth of an em."""
    root = ElementTree.fromstring(_NAMESPACE.sub("", rendered))
    seen = next(span for span in root.iter("span") if span.get("class") == "katex-html")
    heard = next(root.iter("math"))
    _fill(seen, _light_inside(seen))
    _quieten(heard)
    formula = next(span for span in root.iter("span") if span.get("class") == "katex")
    formula.set("translate", "no")
    written = ElementTree.tostring(root, encoding="unicode", method="html")
    return _FINE.sub(lambda length: f"{float(length[0]):.2f}", written)


def _quieten(element: Element) -> None:
    """Leave of the MathML inside ``element`` what is heard."""
    children: list[Element] = []
    for child in element:
        _quieten(child)
        if child.tag == "mo":
            child.attrib.clear()
        if child.tag in _UNHEARD:
            children += child
        elif child.tag != "annotation":
            children.append(child)
    element[:] = _in_words(children)


def _in_words(children: Iterable[Element]) -> Iterator[Element]:
    """The ``children`` with each word whole: KaTeX parts «corrección» at its accent, and ``\\mathrm`` at each letter."""
    for word, some in groupby(map(_plain, children), key=_of_word):
        first, *rest = some
        if word:
            first.text = "".join(each.text or "" for each in (first, *rest))
            rest = []
        yield from (first, *rest)


def _of_word(element: Element) -> str:
    """How a piece of a word is set; nothing for what is none, such as ∇ or an italic letter."""
    style = element.get("mathvariant", "")
    if element.tag == "mi" and style == "normal" and (element.text or "").isascii():
        return "upright"
    return f"text {style}" if element.tag == "mtext" else ""


def _plain(element: Element) -> Element:
    """A letter of a text with its accent, as a text; any other ``element`` as it is."""
    if element.tag != "mover" or element[0].tag != "mtext":
        return element
    letter = unicodedata.normalize("NFC", "".join(element.itertext()).translate(_ACCENTS))
    if len(letter) > 1:
        return element
    plain = Element("mtext", element[0].attrib)
    plain.text = letter
    return plain


def _light(element: Element, keep: bool) -> list[Piece]:
    """What takes the place of ``element``: often only its text. ``keep`` it even if it says nothing."""
    if element.tag != "span":
        return [element]
    if _is_needless_strut(element):
        return []
    element = _short_script(element)
    kinds = (element.get("class") or "").split()
    telling = [kind for kind in kinds if kind not in _KINDS]
    inside = _light_inside(element)
    if kinds and not telling and not element.get("style") and not keep:
        return inside
    if telling:
        element.set("class", " ".join(telling))
    elif kinds:
        del element.attrib["class"]
    _fill(element, inside)
    return [element]


def _light_inside(element: Element) -> list[Piece]:
    # The rules for a list of rows speak of the children of its rows.
    is_row = any(child.get("class") == "pstrut" for child in element)
    pieces: list[Piece] = [element.text or ""]
    for child in element:
        pieces += _light(child, keep=is_row)
        pieces.append(child.tail or "")
    return list(_joined(_spaced([piece for piece in pieces if piece != ""])))


def _spaced(pieces: list[Piece]) -> list[Piece]:
    """The ``pieces`` with each space as a margin of the letter or sign beside it."""
    spaced: list[Piece] = []
    before = 0.0
    for piece in pieces:
        width = _space(piece)
        if width is None:
            spaced += _after_space(before, piece)
            before = 0.0
        elif spaced and (wider := _with_margin(spaced[-1], "margin-right", width)) is not None:
            spaced[-1] = wider
        else:
            before += width
    return spaced + _after_space(before)


def _after_space(width: float, *pieces: Piece) -> list[Piece]:
    if not width:
        return list(pieces)
    if pieces and (wider := _with_margin(pieces[0], "margin-left", width)) is not None:
        return [wider]
    return [_span({"margin-right": width}, "mspace"), *pieces]


def _space(piece: Piece) -> float | None:
    if isinstance(piece, str) or piece.get("class") != "mspace" or piece.text:
        return None
    return _lengths(piece).get("margin-right")


def _with_margin(piece: Piece, side: str, width: float) -> Element | None:
    """``piece`` with a margin more, if its size is that of the space."""
    if isinstance(piece, str):
        return _span({side: width}, text=piece)
    if piece.get("class", "") not in _LETTERS or _LENGTH.sub("", piece.get("style", "")):
        return None
    lengths = _lengths(piece)
    piece.set("style", _style(lengths | {side: lengths.get(side, 0) + width}))
    return piece


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The ``pieces`` with letters in a row in one element, as they are set in one go."""
    last: Piece | None = None
    for piece in pieces:
        if _is_letters(last) and _is_letters(piece):
            last.text += piece.text
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last


def _is_letters(piece: Piece | None) -> bool:
    return isinstance(piece, Element) and piece.attrib == {"class": "mathnormal"} and not len(piece)


def _fill(element: Element, pieces: Iterable[Piece]) -> None:
    element.text = None
    element[:] = []
    for piece in pieces:
        if isinstance(piece, Element):
            piece.tail = None
            element.append(piece)
        elif len(element):
            element[-1].tail = (element[-1].tail or "") + piece
        else:
            element.text = (element.text or "") + piece


def _is_needless_strut(element: Element) -> bool:
    if element.get("class") != "katex-strut":
        return False
    lengths = _lengths(element)
    depth = -lengths.get("vertical-align", 0)
    return lengths["height"] - depth <= _ABOVE and depth <= _BELOW


def _short_script(element: Element) -> Element:
    """A lone exponent or index of letters as a line that is raised or lowered; any other ``element`` as it is."""
    if element.get("class") != "msupsub":
        return element
    rows = [row for row in element.iter("span") if len(row) and row[0].get("class") == "pstrut"]
    if len(rows) != 1 or rows[0][1].get("class") != _SCRIPT:
        return element
    (row,) = rows
    script = row[1]
    if any(_TABLE & set((each.get("class") or "").split()) for each in script.iter()):
        return element
    lengths = _lengths(row)
    lengths["top"] += _ROW
    short = _span({name: length / _SCRIPT_SIZE for name, length in lengths.items() if length}, "nb-script")
    short.text = script.text
    short.extend(script)
    return short


def _span(lengths: dict[str, float], kind: str = "", text: str | None = None) -> Element:
    span = Element("span", {"class": kind} if kind else {})
    span.set("style", _style(lengths))
    span.text = text
    return span


def _lengths(element: Element) -> dict[str, float]:
    """What the style of ``element`` sets in em."""
    return {match["name"]: float(match["number"]) for match in _LENGTH.finditer(element.get("style", ""))}


def _style(lengths: dict[str, float]) -> str:
    return "".join(f"{name}:{round(length, 4):g}em;" for name, length in lengths.items())
