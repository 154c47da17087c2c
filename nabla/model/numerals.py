"""Numbers as a page prints them: finding them in its text, comparing them with computed values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache

_VERSION = re.compile(r"\b\d+(?:\.\d+){2,}")
_NOT_IN_FORMULAS = re.compile(
    r"""
    \\\\\[[^\]\\\n]*+\]                 # the space after a line break
  | \\[hv]space\*?\{[^}\\\n]*+\}
  | _\{?-?\d+\}?(?!\.?\d)                # integer subscripts
  | (?<!\b10)\^\{?-?\d+\}?(?!\.?\d)      # integer exponents, but not those of powers of ten
    """,
    re.VERBOSE,
)
# Of a number; between two of them, or after a word, a hyphen is something else.
SIGN = r"(?<![\w)\]}])[-−](?=[.\d])"
_NUMERAL = re.compile(
    rf"(?P<sign>{SIGN})?"
    r"""
    (?:
        (?P<mantissa>\d*\.\d+|\d+)\s*(?:\\cdot|\\times|·|×)\s*10\^\{?(?P<power>-?\d+)\}?
      | (?<![\w.])10\^\{?(?P<ten>-?\d+)\}?
      | (?P<plain>\d*\.\d+(?:[eE][-+]?\d+)?|\d+[eE][-+]?\d+(?!\w)|\d+)
    )
    """,
    re.VERBOSE,
)


# The exact value of a double has up to some 770 digits.
WIDE = Context(prec=1100)


class NotANumber(ValueError):
    """A claimed expression whose value cannot be printed as a number."""


@dataclass(frozen=True)
class Numeral:
    """A number printed in a page: its text, its place in the paragraph and its exact value."""

    text: str
    start: int
    value: Decimal
    is_integer: bool

    def shows(self, computed: Decimal) -> bool:
        """True when ``computed``, rounded to the decimals printed here, is this number."""
        if self.value == 0 and self.text[0] in "-−" and not computed.is_signed():
            return False
        if self.is_integer:
            # An integer claims to be exact; a float may miss it by its own rounding only.
            return abs(computed - self.value) <= Decimal("1e-6") * max(1, abs(self.value))
        return self._rounded(computed) == self.value

    def rewritten(self, computed: Decimal) -> str:
        """The text of ``computed`` in the notation and with the decimals of this number."""
        minus = "−" if self.text.startswith("−") else "-"
        text = self.text.lstrip("-−")
        # In scientific notation the last digit kept depends on the new value, not on the old one.
        written = computed
        if match := re.fullmatch(r"(\d*\.?\d+)(\s*(?:\\cdot|\\times|·|×)\s*10\^\{?)-?\d+(\}?)", text):
            mantissa, exponent = self._scientific(computed, match[1])
            text = f"{mantissa}{match[2]}{exponent}{match[3]}"
        elif match := re.fullmatch(r"(\d*\.?\d+)([eE])[-+]?\d+", text):
            mantissa, exponent = self._scientific(computed, match[1])
            text = f"{mantissa}{match[2]}{exponent}"
        elif match := re.fullmatch(r"(10\^\{?)-?\d+(\}?)", text):
            text = f"{match[1]}{abs(computed).adjusted()}{match[2]}"
        else:
            written = self._rounded(computed)
            bare = text.startswith(".")
            text = f"{written.copy_abs():f}"  # abs() would round to the context
            if bare and text.startswith("0."):
                text = text[1:]
        return f"{minus}{text}" if written < 0 else text

    def _rounded(self, computed: Decimal) -> Decimal:
        unit = Decimal(1).scaleb(self.exponent)
        rounded = computed.quantize(unit, ROUND_HALF_EVEN, context=WIDE)
        return abs(rounded) if rounded == 0 else rounded

    @property
    def exponent(self) -> int:
        """The power of ten of the last digit printed."""
        exponent = self.value.as_tuple().exponent
        assert isinstance(exponent, int)
        return exponent

    @staticmethod
    def _scientific(value: Decimal, mantissa: str) -> tuple[str, int]:
        digits = len(mantissa.partition(".")[2])
        text, _, exponent = f"{value.copy_abs():.{digits}e}".partition("e")
        return text, int(exponent)


Ranges = tuple[tuple[int, int], ...]


@lru_cache(maxsize=1 << 14)
def find(text: str, unseen: Ranges = (), formulas: Ranges = ()) -> tuple[Numeral, ...]:
    """The numbers that a reader sees in ``text``, in order, but for the ranges ``unseen``.

    Of a formula, integer exponents and subscripts, and coefficients glued to a letter, are not numbers
    in this sense; nor are digits of a word. A version is its integers.
    """
    visible = _VERSION.sub(lambda match: match[0].replace(".", " "), blanked(text, unseen))
    parts, place = [], 0
    for start, end in formulas:
        parts += [visible[place:start], _NOT_IN_FORMULAS.sub(_blank, visible[start:end])]
        place = end
    visible = "".join([*parts, visible[place:]])
    found = []
    for match in _NUMERAL.finditer(visible):
        if (plain := match["plain"]) and plain.isdigit() and _is_part_of_word(visible, match):
            continue
        found.append(_numeral(match, text))
    return tuple(found)


def blanked(text: str, ranges: Iterable[tuple[int, int]]) -> str:
    """The text with spaces in the place of some ranges, in order, so that columns stay where they are."""
    parts, place = [], 0
    for start, end in ranges:
        if end > place:
            first = max(start, place)
            parts += [text[place:first], re.sub(r"[^\n]", " ", text[first:end])]
            place = end
    return "".join([*parts, text[place:]])


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _is_part_of_word(text: str, match: re.Match[str]) -> bool:
    before = text[match.start("plain") - 1 : match.start("plain")]
    after = text[match.end() : match.end() + 1]
    return bool(re.match(r"[\w.]", before)) or bool(re.match(r"\w", after))


def _numeral(match: re.Match[str], text: str) -> Numeral:
    if match["mantissa"] is not None:
        value = Decimal(match["mantissa"]).scaleb(int(match["power"]))
    elif match["ten"] is not None:
        value = Decimal(1).scaleb(int(match["ten"]))
    else:
        value = Decimal(match["plain"])
    if match["sign"]:
        value = -value
    is_integer = bool(match["plain"] and match["plain"].isdigit())
    return Numeral(text[match.start() : match.end()], match.start(), value, is_integer)


def exact(value: object) -> Decimal:
    """The exact value of a Python, NumPy or torch number of one element.

    Raises NotANumber for anything else, for NaN and for infinities.
    """
    if hasattr(value, "item"):
        try:
            value = value.item()
        except (RuntimeError, ValueError) as error:
            raise NotANumber(f"no es un solo número: {error}") from error
    if hasattr(value, "numerator") and hasattr(value, "denominator"):
        return Decimal(value.numerator) / Decimal(value.denominator)
    if not isinstance(value, float):
        raise NotANumber(f"no es un número, sino {type(value).__name__}")
    number = Decimal(value)
    if not number.is_finite():
        raise NotANumber(f"vale {value}, que no se puede publicar como número")
    return number
