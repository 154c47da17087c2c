"""The fingerprint of a figure: so few numbers that a page can publish them, enough to tell its data.

All that a figure plots is a list of values between some 0 and 1 (``plotted`` makes it). Its fingerprint is
how many there are and a few sums of them under fixed weights. A hash would change with the last
bit of a float, which differs between processors; these sums change as little as the values do.
"""

from __future__ import annotations

import math
import operator
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from nabla.model import course

# One value that moves by a hundredth of its axis changes a sum by 0.005 / √count or more; the noise of
# float32 changes it by some 1e-7. In between, with room on both sides for figures of up to 10⁵ values.
TOLERANCE = 5e-6
_SUMS = 2
_TEXT = re.compile(r"(?P<count>\d+) valor(?:es)?, (?P<sums>-?\d+\.\d+(?:, -?\d+\.\d+)*)")


@dataclass(frozen=True)
class Fingerprint:
    """What a figure plots, in short. Its text is what the page publishes: «216 valores, 3.704121, …»."""

    count: int
    sums: tuple[float, ...]

    @classmethod
    def of(cls, values: Sequence[float]) -> Fingerprint:
        scale = math.sqrt(max(len(values), 1))
        weights = [_weights(seed, len(values).bit_length()) for seed in range(_SUMS)]
        sums = (math.fsum(map(operator.mul, each, values)) / scale for each in weights)
        return cls(len(values), tuple(round(each, 6) for each in sums))

    @classmethod
    def read(cls, text: str) -> Fingerprint:
        """The fingerprint that ``text`` tells. Raises ValueError if it is none."""
        match = _TEXT.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"not a fingerprint: {text}")
        return cls(int(match["count"]), tuple(map(float, match["sums"].split(", "))))

    def __str__(self) -> str:
        values = "1 valor" if self.count == 1 else f"{self.count} valores"
        return ", ".join([values, *(f"{each:.6f}" for each in self.sums)])

    @property
    def comment(self) -> str:
        """What stands behind the figure in its page."""
        return f"<!-- {course.DATA}: {self} -->"

    def is_told_by(self, text: str) -> bool:
        """Whether ``text`` is a fingerprint of the same data."""
        try:
            return self.agrees(self.read(text))
        except ValueError:
            return False

    def agrees(self, other: Fingerprint) -> bool:
        """Whether both are of the same data, but for the noise of floats."""
        return (self.count, len(self.sums)) == (other.count, len(other.sums)) and all(
            abs(mine - its) <= TOLERANCE for mine, its in zip(self.sums, other.sums, strict=True)
        )


@cache
def _weights(seed: int, bits: int) -> list[float]:
    """``2**bits`` fixed weights, of either sign and none near zero; more of them begin with the same ones.

    Python promises the same numbers in each of its versions.
    """
    source = random.Random(seed)
    return [math.copysign(0.5 + source.random() / 2, source.random() - 0.5) for _ in range(2**bits)]
