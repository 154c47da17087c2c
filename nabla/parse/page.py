"""A Markdown page, cut into what is run, what is claimed and what is read."""

from __future__ import annotations

from collections.abc import Iterable

from nabla.model.page import Page
from nabla.parse import blocks, claims, formulas, regions
from nabla.parse.formulas import Formula
from nabla.parse.sections import Sections


def parse(file: str, text: str, sections: Sections, quotable: Iterable[Formula] = ()) -> Page:
    """Parse the Markdown ``text`` of the page ``file``; faults end in ``Page.problems``.

    Of a page that cannot be published as it is written only that is said: the rest would follow from it.
    ``quotable`` are checked formulas that stand elsewhere, when the text is not the whole page.
    """
    reading = regions.read(text)
    page = Page(file, reading.lines, reading.regions, formulas=formulas.Formulas())
    for fault in reading.faults:
        page.complain(page.line_at(fault.at), fault.what, fix=fault.fix)
    blocks.read(page, sections)
    page.runnable, page.readable = not page.problems, not reading.faults
    if page.readable:
        page.formulas = formulas.read(page, quotable)
        claims.read(page)
    return page
