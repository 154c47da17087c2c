"""A build that ends once every page is rendered and judged, before anything is written."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from nabla.model.problem import Problem

_state = {"on": False}  # MkDocs calls the hooks: nothing can be handed to them


class Over(Exception):
    """The rehearsal is over; ``problems`` are those of the whole site."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@contextlib.contextmanager
def on() -> Iterator[None]:
    """Every build in here is only rehearsed, and ends with Over."""
    _state["on"] = True
    try:
        yield
    finally:
        _state["on"] = False


def is_on() -> bool:
    return _state["on"]
