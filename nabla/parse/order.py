"""Numbers that only count: the items of an ordered list, and titles such as «Ejercicio 3»."""

from __future__ import annotations

from collections.abc import Iterator

from nabla.model.page import Mark, Page


def breaks(page: Page) -> Iterator[tuple[int, str, int, int]]:
    """Where the count breaks: line, what is counted, the number there and the one expected.

    A count starts at 1 or goes on where the last one of its kind (and, in a list, of its indent) ended.
    """
    last: dict[str, int] = {}
    for region in page.regions:
        for span in region.spans:
            if span.mark is Mark.COUNT:
                number, expected = int(span.text), last.get(span.name, 0) + 1
                if number not in (1, expected):
                    what = span.name.strip(" >") or "la lista"
                    yield page.line_at(region.start + span.start), what, number, expected
                last[span.name] = number
