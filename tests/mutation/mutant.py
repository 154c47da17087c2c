"""One change of a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mutant:
    """The text from ``start`` to ``end`` of the page becomes ``new``."""

    start: int
    end: int
    new: str

    def apply(self, text: str, start: int = 0, end: int | None = None) -> str:
        """The text, or its part from ``start`` to ``end``, with the change."""
        return text[start : self.start] + self.new + text[self.end : end]
