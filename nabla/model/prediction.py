"""What a page asks its readers to predict, and the right answer."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from nabla.model.numerals import Numeral


class Verdict(Numeral):
    """The right option of a choice, in the place of a number: what its expression says of it must be true."""

    def __init__(self, text: str, start: int) -> None:
        super().__init__(text, start, Decimal(1), is_integer=True)

    def rewritten(self, computed: Decimal) -> str:
        return self.text  # which option is right instead, nobody can know


@dataclass(frozen=True)
class Prediction:
    """What a reader may answer before reading on: one of ``options``, or a number if there are none.

    ``block`` is the index of the code block that tells the ``right`` answer.
    """

    line: int
    block: int
    options: tuple[str, ...]
    right: str
