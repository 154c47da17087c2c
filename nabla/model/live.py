"""What a page says of a figure that answers."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Live:
    """``<!-- interactiva: module(name, other=expression) -->``: what moves a figure in the browser.

    ``module`` is its script; ``values`` are the expressions that it gets, by name, as they are after the ``block``.
    """

    line: int
    block: int
    module: str
    values: dict[str, str]
