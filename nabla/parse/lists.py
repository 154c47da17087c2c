"""How far to the right a paragraph may stand before Python-Markdown publishes it as code."""

from __future__ import annotations

import re

_ITEM = re.compile(r" *+(?P<marker>[-*+]|\d++\.|:)\s++\S")
_CODE_IN_QUOTE = re.compile(r"[ >]*>\s{5}")
_TAB = 4


class Lists:
    """The list in which the lines of a page stand, if they stand in one."""

    def __init__(self) -> None:
        self.end()

    def end(self) -> None:
        """Something that is no item and not indented ends a list."""
        self._room = _TAB

    def holds(self, indent: int) -> bool:
        """Whether a block with so many spaces before it belongs to an item."""
        return indent == 0 or (indent == _TAB and self._room > _TAB)

    def read(self, line: str, first: str | None) -> tuple[str, str] | None:
        """Take in a line of text, whose paragraph starts with ``first`` (None: with the line itself).

        Gives what to say and to do if it would be published as code.
        """
        indent = len(line[: len(line) - len(line.lstrip())].expandtabs(_TAB))
        wrong = None
        if first is None and indent >= self._room:
            what = "un párrafo sangrado se publica como código, que nadie comprueba"
            wrong = what, "quita los espacios de delante, o usa una valla (```)"
        elif _CODE_IN_QUOTE.match(line):
            wrong = "un párrafo sangrado en una cita se publica como código", "quita los espacios"
        if self._is_item(line, first):
            self._room = indent // _TAB * _TAB + 2 * _TAB
        elif indent < _TAB and first is None:
            self.end()
        return wrong

    @staticmethod
    def _is_item(line: str, first: str | None) -> bool:
        item = _ITEM.match(line)
        if item is None:
            return False
        if item["marker"] == ":":
            return first is not None  # a definition has its term before it
        return first is None or _ITEM.match(first) is not None  # a list is not in the midst of a paragraph
