"""Links and images: what of them is read, and where they lead."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from nabla.model.page import Mark, Span
from nabla.parse.tags import Wrong

if TYPE_CHECKING:
    from nabla.parse.inline import Sign

_TARGET = re.compile(r"\s*+(?P<url><[^<>\s]*+>|[^\s\"'<>]*+)(?:\s++(?P<title>\"[^\"]*+\"|'[^']*+'))?+\s*+")
_DEFINITION = re.compile(r"[ >]*+\[(?P<label>\^?[^\]\n]*+)\]:")
_NEW_BLOCK = re.compile(r"[ >]*+(?:[-*+]\s|\d++[.)]\s|\||:\s|#|\[[^\]\n]*+\]:)")


def read(text: str, signs: list[Sign], solid: list[Span]) -> tuple[list[Span], list[Wrong]]:
    """The links, images and labels of a text; ``solid`` is its code and its formulas, in order."""
    spans, wrong = _definitions(text)
    starts = [span.start for span in solid]
    ends = _parentheses(signs)
    opened: list[Sign] = []
    skipped = max((span.end for span in spans if span.start == 0), default=0)
    for place, sign in enumerate(signs):
        if sign.text == "\n":
            if _NEW_BLOCK.match(text, sign.end):
                opened.clear()
            skipped = max(skipped, next((span.end for span in spans if span.start == sign.end), 0))
        if sign.escaped or sign.at < skipped:
            continue
        if sign.text == "[":
            opened.append(sign)
        elif sign.text == "]" and opened:
            opening = opened.pop()
            words = text[opening.end : sign.at]
            following = signs[place + 1] if place + 1 < len(signs) else sign
            if words.startswith("^") and re.fullmatch(r"\^[\w-]+", words):
                spans.append(Span(Mark.LABEL, opening.at, sign.end, words))
            elif following.at == sign.end and following.text == "(" and place + 1 in ends:
                end = ends[place + 1]
                skipped = end + 1
                is_image = opening.at > 0 and text[opening.at - 1] == "!"
                match = _TARGET.fullmatch(text, following.end, end)
                if match is None or _overlaps(starts, following.at, end):
                    what = f"no entiendo la dirección de este enlace: «{' '.join(text[sign.at : end + 1].split())}»"
                    wrong.append((sign.at, what, "si no es un enlace, ponlo en código o en una fórmula"))
                    continue
                if is_image and ("\n" in words or _overlaps(starts, opening.at, sign.at)):
                    what = "el texto alternativo de una imagen va en una línea, sin fórmulas ni código"
                    wrong.append((opening.at, what, "dilo con palabras"))
                mark, first = (Mark.IMAGE, opening.at - 1) if is_image else (Mark.LINK, opening.at)
                spans.append(Span(mark, first, end + 1, words, match["url"].strip("<>"), opening.end))
                spans.append(Span(Mark.TARGET, sign.at, end + 1))
                if match["title"]:
                    spans.append(Span(Mark.SAID, match.start("title") + 1, match.end("title") - 1))
    return spans, wrong


def _definitions(text: str) -> tuple[list[Span], list[Wrong]]:
    """The definitions of footnotes, of which the label is not read, and of links, which are refused."""
    spans: list[Span] = []
    wrong: list[Wrong] = []
    start = 0
    for line in text.split("\n"):
        if match := _DEFINITION.match(line):
            if match["label"].startswith("^"):
                spans.append(Span(Mark.LABEL, start, start + match.end(), name=match["label"]))
            else:
                wrong.append(
                    (start, "una dirección aparte de su enlace", "ponla en el enlace: [texto](dirección)")
                )
        start += len(line) + 1
    return spans, wrong


def _parentheses(signs: list[Sign]) -> dict[int, int]:
    """Where each parenthesis that closes on its line does so, by its place among the signs."""
    ends: dict[int, int] = {}
    opened: list[int] = []
    for place, sign in enumerate(signs):
        if sign.text == "\n":
            opened.clear()
        elif sign.text == "(" and not sign.escaped:
            opened.append(place)
        elif sign.text == ")" and not sign.escaped and opened:
            ends[opened.pop()] = sign.at
    return ends


def _overlaps(starts: list[int], start: int, end: int) -> bool:
    place = bisect_left(starts, start)
    return place < len(starts) and starts[place] < end
