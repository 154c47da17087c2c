"""What the code of a lesson says of formulas: from its run, and of changed ones, computed anew."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any
from unittest import mock

from nabla.algebra import symbols
from nabla.model.page import Page
from nabla.parse import formulas
from nabla.run import keys, lesson
from nabla.run.runner import Run


class Answers:
    """Answers for the formulas of any mutant of a page, each computed once.

    The lesson is executed again, without its figures, when first a formula needs the namespace that it leaves.
    """

    def __init__(self, root: Path, page: Page, run: Run) -> None:
        self.root = root
        self.page = page
        self._lesson: tuple[dict[str, Any], dict[str, Any]] | None = None
        self._known = dict(zip(_questions(page), run.formulas, strict=True))

    def of(self, page: Page) -> tuple[dict[str, Any], ...]:
        """What the run of a mutant would answer for its formulas."""
        for question in _questions(page):
            if question not in self._known:
                self._known[question] = self._compute(**json.loads(question))
        return tuple(self._known[question] for question in _questions(page))

    def _compute(
        self, table: dict[str, Any], values: list[Any] | None, chain: dict[str, Any]
    ) -> dict[str, Any]:
        if self._lesson is None:
            self._lesson = self._execute()
        namespace, given = self._lesson
        place = json.dumps(values)
        if values is not None and place not in given:  # a comment on a formula that only now is a number
            given[place] = symbols.given(values[1], namespace)
        job = {"tables": [table], "chains": [chain | {"table": 0, "values": None if values is None else 0}]}
        return symbols.evaluate(job, namespace, [given.get(place)])[0]

    def _execute(self) -> tuple[dict[str, Any], dict[str, Any]]:
        """The namespace that the lesson leaves, and the values that its comments «símbolos» give."""
        job = keys.job(self.root, self.page)
        main, path = sys.modules["__main__"], list(sys.path)
        sys.path.insert(0, str(self.root / "snippets"))
        try:
            with mock.patch("nabla.draw.drawing.take_figures", _close):
                _, namespace, values = lesson.execute(job)
        finally:
            sys.modules["__main__"], sys.path[:] = main, path
        places = map(json.dumps, job["formulas"]["values"])
        return namespace, dict(zip(places, values, strict=True))


def _close(salt: str) -> list[dict[str, str]]:
    import matplotlib.pyplot as plt

    plt.close("all")
    return []


def _questions(page: Page) -> list[str]:
    """All that the answer for each formula of a page depends on, as JSON."""
    job = formulas.job(page)
    return [
        json.dumps(
            {
                "table": job["tables"][chain["table"]],
                "values": None if chain["values"] is None else job["values"][chain["values"]],
                "chain": {name: chain[name] for name in ("sides", "small", "ordered")},
            }
        )
        for chain in job["chains"]
    ]
