r"""LaTeX cut into tokens, without what does not change its meaning: spaces, sizes of brackets, colours.

Every bracket knows where it closes, so that whatever reads the tokens needs one pass.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


class Unreadable(ValueError):
    """A formula that cannot be read as expressions; the text says why, in Spanish."""


@dataclass(frozen=True)
class Token:
    """A sign of a formula and where it stands; ``\\text{…}`` and ``\\begin{…}`` are one token."""

    text: str
    start: int
    end: int

    @property
    def is_number(self) -> bool:
        return self.text[-1].isdecimal() and not self.text.startswith("\\")

    @property
    def words(self) -> str | None:
        r"""What ``\text{…}`` holds."""
        return self.text[6:-1] if self.text.startswith(r"\text{") else None


_TOKEN = re.compile(
    r"""
    \\(?:begin|end)\s*\{(?P<environment>[a-zA-Z]*\*?)\}
  | \\(?:text|textrm|textit|textbf|textsf|mbox)\s*\{(?P<words>[^{}]*)\}
  | \\(?:label|tag|hspace|vspace|phantom|color)\*?\s*\{[^{}]*\}
  | \\(?:left|right)\s*\.
  | \\\\(?:\s*\[[^\[\]]*\])?
  | \\operatorname\*
  | \\[a-zA-Z]+ | \\.
  | \d{1,3}(?:\\,\d{3})+(?![\d.]) | \d*\.\d+ | \d+
  | '+ | \S
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_IGNORED = {
    *(r"\,", r"\!", r"\;", r"\:", r"\ ", "\\\n", "~", r"\left", r"\right", r"\limits", r"\nolimits", r"\displaystyle"),
    *(r"\textstyle", r"\scriptstyle", r"\nonumber", r"\notag", r"\middle", r"\strut", r"\thinspace"),
}  # fmt: skip
_SIZES = re.compile(r"\\[bB]igg?[lrm]?")
_UNREAD = re.compile(r"\\(?:label|tag|hspace|vspace|phantom|color)\b|\\(?:left|right)\s*\.", re.DOTALL)
_ALIGNED = {"aligned", "align", "align*", "gathered", "gather", "gather*", "split", "equation", "equation*"}
MATRICES = {"bmatrix", "pmatrix", "matrix", "Bmatrix", "smallmatrix"}
_SAME = {
    **dict.fromkeys((r"\dfrac", r"\tfrac", r"\cfrac"), r"\frac"),
    **dict.fromkeys((r"\lvert", r"\rvert", r"\vert", r"\mid"), "|"),
    **dict.fromkeys((r"\lVert", r"\rVert", r"\Vert"), r"\|"),
    **dict.fromkeys((r"\overline", r"\widebar"), r"\bar"),
    **{r"\lbrack": "[", r"\rbrack": "]", r"\lbrace": r"\{", r"\rbrace": r"\}"},
    **{r"\widehat": r"\hat", r"\widetilde": r"\tilde", r"\overrightarrow": r"\vec"},
    **{r"\ln": r"\log", r"\lg": r"\log", r"\intercal": r"\top", r"\ast": "*", r"\star": "*", r"\prime": "'"},
    **{r"\leq": r"\le", r"\leqslant": r"\le", r"\geq": r"\ge", r"\geqslant": r"\ge", r"\neq": r"\ne"},
    **{r"\gets": r"\leftarrow", r"\rightarrow": r"\to", r"\simeq": r"\approx", "≈": r"\approx"},
    **{"≤": r"\le", "≥": r"\ge", "≠": r"\ne", "·": r"\cdot", "×": r"\times", "−": "-", "∂": r"\partial"},
    **{r"\coloneqq": "=", r"\equiv": "=", r"\colon": ":", r"\epsilon": r"\varepsilon", "∇": r"\nabla"},
}
_OPENING = {"(": ")", "[": "]", "{": "}", r"\{": r"\}", r"\lfloor": r"\rfloor", r"\lceil": r"\rceil"}
_CLOSING = set(_OPENING.values())


def tokens(latex: str) -> list[Token]:
    """The tokens of a formula, in order."""
    found: list[Token] = []
    for match in _TOKEN.finditer(latex):
        raw = match[0]
        text = _SAME.get(raw, raw)
        if match["environment"] is not None:
            if match["environment"] in _ALIGNED:
                continue
            text = f"\\{raw[1]}{{{match['environment']}}}"  # \b{cases}, \e{cases}
        elif match["words"] is not None:
            before = [token.text for token in found[-2:]]
            if re.search(r"\W", match["words"]) and before != ["_", "{"] and before[-1:] != ["_"]:
                continue
            text = rf"\text{{{match['words'].strip()}}}"
        elif raw.startswith(r"\\"):
            text = r"\\"
        elif text in _IGNORED or _SIZES.fullmatch(text) or _UNREAD.match(raw):
            continue
        before_it = found[-1].text if found else ""
        if text[0].isdecimal():
            text = text.replace(r"\,", "")
            if before_it in ("^", "_") and len(text) > 1 and "." not in text:  # x^23 is x^2 · 3
                cut = match.start() + 1
                found += [Token(text[0], match.start(), cut), Token(text[1:], cut, match.end())]
                continue
            if before_it == r"\frac" and len(text) == 2 and text.isdigit():  # \frac12
                cut = match.start() + 1
                found += [Token(text[0], match.start(), cut), Token(text[1], cut, match.end())]
                continue
        found.append(Token(text, match.start(), match.end()))
    while found and found[-1].text in (".", ",", ";"):  # what ends the sentence
        found.pop()
    return found


def closings(found: list[Token]) -> dict[int, int]:
    """Where each bracket closes, by the place of the one that opens it.

    Raises:
        Unreadable: when one does not.
    """
    result: dict[int, int] = {}
    open_: list[tuple[int, str]] = []
    for place, token in enumerate(found):
        if token.text in _OPENING:
            open_.append((place, _OPENING[token.text]))
        elif token.text.startswith(r"\b{"):
            open_.append((place, rf"\e{token.text[2:]}"))
        elif token.text in _CLOSING or token.text.startswith(r"\e{"):
            if not open_:
                raise Unreadable(f"«{shown(token.text)}» cierra lo que nada abre")
            start, wanted = open_.pop()
            if wanted != token.text:
                if {found[start].text, token.text} <= {"(", "[", ")", "]"}:
                    raise Unreadable(
                        "un intervalo no es un número: escribe las desigualdades de sus extremos"
                    )
                raise Unreadable(f"«{shown(found[start].text)}» no se cierra")
            result[start] = place
    if open_:
        raise Unreadable(f"«{shown(found[open_[-1][0]].text)}» no se cierra")
    return result


def shown(text: str) -> str:
    """A token as it is written, or how it starts."""
    text = text if len(text) <= 24 else f"{text[:20]}…"
    return re.sub(r"^\\([be])\{", lambda match: {"b": r"\begin{", "e": r"\end{"}[match[1]], text)
