"""Whether a formula stands, letter by letter, in another."""

from __future__ import annotations

from nabla.algebra import latex

_RELATIONS = {"=", r"\approx", r"\leftarrow", "&", ",", r"\\", r"\qquad", "|"}
_BEFORE_TERM = {"+", "(", "{", *_RELATIONS}
_AFTER_TERM = {"+", "-", ")", "}", *_RELATIONS}


def is_quoted(formula: str, checked: list[list[str]]) -> bool:
    """Whether one of some formulas, as ``latex.normal`` splits them, holds this one whole."""
    words = latex.normal(formula).split()
    return any(_stands_in(words, whole) for whole in checked)


def _stands_in(words: list[str], whole: list[str]) -> bool:
    """Whether a formula is a side, a term or a group of another: half a product is not a quotation."""
    for place in range(len(whole) - len(words) + 1):
        if whole[place : place + len(words)] != words:
            continue
        before = whole[place - 1] if place else "="
        after = whole[place + len(words)] if place + len(words) < len(whole) else "="
        if before in _BEFORE_TERM and after in _AFTER_TERM:
            return True
    return False
