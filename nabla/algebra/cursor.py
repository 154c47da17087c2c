"""A place in a run of tokens, and the names that start there: ``\\hat y_i``, ``\\mathbf w``, ``x^{(i)}``, ``v_{t-1}``."""

from __future__ import annotations

import keyword
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from nabla.algebra.tokens import Token, Unreadable, closings, shown

T = TypeVar("T")

ACCENTS = {r"\hat": "hat", r"\bar": "bar", r"\tilde": "tilde"}
# The letter is the same in any of these faces; in the others, it is another.
FACES = {
    r"\mathbf", r"\boldsymbol", r"\bm", r"\mathrm", r"\mathit", r"\mathsf", r"\mathnormal", r"\vec", r"\operatorname",
    r"\textbf", r"\pmb",
}  # fmt: skip
OTHER_FACES = {r"\mathcal": "cal", r"\mathscr": "cal", r"\mathfrak": "frak"}
GREEK = {
    *("alpha", "beta", "gamma", "delta", "varepsilon", "zeta", "eta", "theta", "vartheta", "iota", "kappa", "lambda"),
    *("mu", "nu", "xi", "pi", "varpi", "rho", "varrho", "sigma", "varsigma", "tau", "upsilon", "phi", "varphi", "chi"),
    *("psi", "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Pi", "Sigma", "Upsilon", "Phi", "Psi", "Omega"),
    *("ell", "hbar"),
}  # fmt: skip
_DEEPEST = 30
_LONGEST = 1000
_TRANSPOSES = {r"\top", "T", r"\mathsf T", r"\mathrm T", r"\mathsf { T }", r"\mathrm { T }", r"\text{T}"}


class Cursor:
    """Reads tokens from ``at`` to ``end``, in one pass."""

    def __init__(self, found: list[Token]) -> None:
        self.tokens = found
        self.closings = closings(found)
        self.at = 0
        self.end = len(found)
        self.depth = 0

    def text(self, ahead: int = 0) -> str:
        """The token at the cursor, or some places ahead; empty at the end."""
        place = self.at + ahead
        return self.tokens[place].text if place < self.end else ""

    def take(self) -> str:
        text = self.text()
        self.at += 1
        return text

    def within(self, start: int, end: int, read: Callable[[], T]) -> T:
        """What ``read`` finds in a part of the tokens, which it must use up."""
        kept = self.at, self.end
        self.at, self.end = start, end
        try:
            result = read()
            if self.at < self.end:
                raise Unreadable(f"no entiendo «{shown(self.text())}» en este sitio")
            return result
        finally:
            self.at, self.end = kept

    @contextmanager
    def deeper(self) -> Iterator[None]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unreadable(
                f"hay más de {_DEEPEST} niveles de paréntesis, llaves o signos: pártela en varias"
            )
        try:
            yield
        finally:
            self.depth -= 1

    def group(self) -> tuple[int, int]:
        """Take a group or a single token; where what it holds starts and ends."""
        if self.at >= self.end:
            raise Unreadable("la fórmula acaba a medias")
        if self.text() != "{":
            self.at += 1
            return self.at - 1, self.at
        start, self.at = self.at + 1, self.closings[self.at] + 1
        return start, self.at - 1

    def bracket(self) -> tuple[int, int]:
        """Take a bracket of any kind; where what it holds starts and ends."""
        start, self.at = self.at + 1, self.closings[self.at] + 1
        return start, self.at - 1

    def split(self, start: int, end: int, marks: set[str]) -> list[tuple[int, int]]:
        """The parts of a run of tokens between marks outside any bracket."""
        parts, place = [start], start
        while place < end:
            if self.tokens[place].text in marks:
                parts += [place, place + 1]
            place = self.closings.get(place, place) + 1
        parts.append(end)
        return list(zip(parts[::2], parts[1::2], strict=True))

    # Names.

    def starts_name(self) -> bool:
        text = self.text()
        return (
            (len(text) == 1 and text.isascii() and text.isalpha())
            or text in ACCENTS
            or text in FACES
            or text in OTHER_FACES
            or text.removeprefix("\\") in GREEK
            or text.startswith(r"\text{")
        )

    def name(self) -> str:
        r"""Take a name, without primes or exponents: ``y_hat_i`` for ``\hat y_i``."""
        with self.deeper():
            name = self._letter()
        if self.text() == "_":
            self.at += 1
            name = f"{name}_{self.index(name)}"
        return name

    def _letter(self) -> str:
        if not self.starts_name():
            raise Unreadable(
                f"falta un nombre delante de «{shown(self.text())}»" if self.text() else "falta un nombre"
            )
        text = self.take()
        if text in ACCENTS:
            return f"{self._inside()}_{ACCENTS[text]}"
        if text in OTHER_FACES:
            return f"{self._inside()}_{OTHER_FACES[text]}"
        if text in FACES:
            return self._inside(is_word=True)
        if text.startswith(r"\text{"):
            return _identifier(text[6:-1])
        if text == r"\Delta" and self.starts_name() and not self.text().startswith(r"\text"):
            with self.deeper():
                return f"Delta_{self._letter()}"
        return _identifier(text.removeprefix("\\"))

    def _inside(self, is_word: bool = False) -> str:
        start, end = self.group()
        texts = [token.text for token in self.tokens[start:end]]
        if is_word and all(text.isalnum() for text in texts):
            return _identifier("".join(texts))
        return self.within(start, end, self.name)

    def index(self, of: str) -> str:
        """Take a subscript or a superscript that names: ``ij``, ``B_j``, ``t_minus_1``, ``nueva``."""
        start, end = self.group()
        words = []
        for token in self.tokens[start:end]:
            if token.words is not None:
                words.append(token.words)
            elif token.text in ("+", "-"):
                words.append({"+": "_plus_", "-": "_minus_"}[token.text])
            elif token.text not in (",", "{", "}", "(", ")", *FACES):
                words.append(token.text.removeprefix("\\").replace("*", "star"))
        index = re.sub("_+", "_", "".join(words)).strip("_")
        if not re.fullmatch(r"\w+", index):
            raise Unreadable(f"no entiendo el subíndice de «{of}»")
        return index

    def takes_transpose(self) -> bool:
        r"""Take ``^\top`` in any of its spellings, if it is next."""
        if self.text() != "^":
            return False
        before, self.at = self.at, self.at + 1
        if self.at < self.end:
            start, end = self.group()
            if start + 1 == end and self.text(start - self.at) in FACES:  # ^\mathsf T
                self.group()
                end = self.at
            if " ".join(token.text for token in self.tokens[start:end]) in _TRANSPOSES:
                return True
        self.at = before
        return False

    def label(self) -> str | None:
        """Take a superscript that is part of a name, as in ``x^{(i)}`` and ``w^*``, if it is next."""
        if self.text() != "^":
            return None
        inside = self.text(1), self.text(2)
        end = self.closings.get(self.at + 1, self.at + 1)
        if inside == ("{", "(") and self.closings[self.at + 2] == end - 1:
            self.at += 1
            return self.index("^")
        if inside[0] == "*" or (inside == ("{", "*") and end == self.at + 3):
            self.at = end + 1
            return "star"
        return None


def require_short(found: list[Token]) -> None:
    if len(found) > _LONGEST:
        raise Unreadable(f"un lado de más de {_LONGEST} signos: pártelo en varias fórmulas")


def _identifier(text: str) -> str:
    if not re.fullmatch(r"\w+", text) or text[0].isdecimal():
        raise Unreadable(f"«{text}» no es un nombre")
    return f"{text}_" if keyword.iskeyword(text) else text
