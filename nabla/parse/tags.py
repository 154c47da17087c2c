"""HTML tags, and lists of attributes in braces: what they say to a reader, and what would be lost in them."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from markdown.util import BLOCK_LEVEL_ELEMENTS

from nabla.model.page import Mark, Span

if TYPE_CHECKING:
    from nabla.parse.inline import Sign

# Where it starts, what is wrong, what to do.
Wrong = tuple[int, str, str]

_VALUE = r"(?:\"[^\"]*+\"|'[^']*+')"
_TAG = re.compile(
    rf"/?(?P<name>[a-zA-Z][\w:-]*+)(?P<attributes>(?:\s++[a-zA-Z_:][\w:.-]*+={_VALUE})*+)\s*+/?"
)
_ATTRIBUTE = re.compile(rf"(?P<name>[a-zA-Z_:][\w:.-]*+)=(?P<value>{_VALUE}|[^\s\"'}}]++)")
_LIST = re.compile(rf":?\s*+(?:(?:[.#][\w-]++|[\w:-]++=(?:{_VALUE}|[^\s\"'}}]++)|[\w-]++)(?:\s++|$))*+")
_ADDRESS = re.compile(r"[a-zA-Z][\w+.-]*+:[^\s<>]++|[^\s<>@]++@[^\s<>@]++")
_SOME = re.compile(r"[.#=]|\bdata-[a-z]|\bdownload\b")  # in a list of attributes, and hardly in a sentence
_ENDS = re.compile(r" *+(?:$|\|)", re.MULTILINE)
_SAID = frozenset({"alt", "title", "aria-label", "placeholder", "value", "label"})
_INLINE = frozenset(
    [
        "a",
        "abbr",
        "b",
        "bdo",
        "br",
        "button",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "u",
        "var",
        "wbr",
        "circle",
        "defs",
        "desc",
        "ellipse",
        "g",
        "line",
        "marker",
        "path",
        "polygon",
        "polyline",
        "rect",
        "svg",
        "text",
        "title",
        "tspan",
        "use",
    ]
)


def read(text: str, signs: list[Sign], solid: list[Span]) -> tuple[list[Span], list[Wrong]]:
    """The tags and attribute lists of a text; ``solid`` is its code and its formulas, in order."""
    spans: list[Span] = []
    wrong: list[Wrong] = []
    starts = [span.start for span in solid]
    for place, sign in enumerate(signs):
        if sign.text == "<":
            if not re.match(r"[a-zA-Z/!?]", text[sign.end : sign.end + 1]):
                continue
            if text.startswith("<!--", sign.at):
                what = "un comentario a mitad de línea, que se publicaría con la página"
                wrong.append((sign.at, what, "ponlo solo en su línea, detrás del párrafo"))
                continue
            end = _end(signs, place, "<", ">")
            inside = text[sign.end : end] if end is not None else ""
            if end is None or _overlaps(starts, sign.at, end):
                wrong.append((sign.at, *_swallowed(text[sign.at : sign.at + 12])))
            elif not _ADDRESS.fullmatch(inside):
                if fault := _refused(inside):
                    wrong.append((sign.at, *fault))
                else:
                    spans.append(Span(Mark.TAG, sign.at, end + 1, inside))
                    spans += _said(inside, sign.end)
        elif sign.text == "{" and not sign.escaped:
            end = _end(signs, place, "{", "}")
            if not _is_of_something(text, sign.at, end) or (end and _overlaps(starts, sign.at, end)):
                continue
            inside = text[sign.end : end] if end else "…"
            if _SOME.search(inside) and _LIST.fullmatch(inside.strip()):
                spans.append(Span(Mark.ATTRIBUTES, sign.at, end + 1, inside))
                spans += _said(inside, sign.end)
            elif inside.strip():
                what = f"«{{{inside}}}» se leería como atributos, y desaparecería"
                wrong.append((sign.at, what, "ponlo en una fórmula o en código, o cambia la frase"))
    return spans, wrong


def _is_of_something(text: str, start: int, end: int | None) -> bool:
    """Whether braces would be taken for attributes: right behind something, or at the end of a line or cell."""
    if start and text[start - 1] in "$`)*_>]{":
        return True
    if end is None:
        return False
    is_last = text[end + 1 : end + 2] in ("", "\n") or _ENDS.match(text, end + 1) is not None
    return is_last and (start == 0 or text[start - 1].isspace())


def _end(signs: list[Sign], place: int, opening: str, closing: str) -> int | None:
    """Where what opens here closes: on its line, with no other opening in between."""
    for following in range(place + 1, len(signs)):
        if signs[following].text in (opening, "\n"):
            return None
        if signs[following].text == closing:
            return signs[following].at
    return None


def _overlaps(starts: list[int], start: int, end: int) -> bool:
    place = bisect_left(starts, start)
    return place < len(starts) and starts[place] < end


def _said(inside: str, at: int) -> list[Span]:
    found = []
    for match in _ATTRIBUTE.finditer(inside):
        if match["name"].lower() in _SAID:
            first, last = match.span("value")
            quoted = inside[first] in "\"'"
            found.append(
                Span(Mark.SAID, at + first + quoted, at + last - quoted, match["value"].strip("\"'"))
            )
    return found


def _swallowed(start: str) -> tuple[str, str]:
    what = f"«{' '.join(start.split())}…» se leería como una etiqueta de HTML, y desaparecería"
    return what, "escribe &lt;, o la comparación entera en una fórmula o en código"


def _refused(inside: str) -> tuple[str, str] | None:
    """Why a tag may not stand in a page: what to say and to do."""
    match = _TAG.fullmatch(inside)
    name = match["name"].lower() if match else ""
    if name in BLOCK_LEVEL_ELEMENTS:
        return f"lo que hay dentro de <{name}> no se lee como Markdown", "usa una pieza: /// html | div"
    is_letter = len(name) == 1 and not inside.startswith("/") and " " not in inside  # «m<b>b» is no bold type
    return _swallowed(f"<{inside[:12]}") if name not in _INLINE or is_letter else None
