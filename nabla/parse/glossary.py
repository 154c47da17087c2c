"""The glossary: its entries, and on the other pages the definition in each link to a term, on hover and focus."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from nabla.model import course, files
from nabla.model.page import Kind, Mark, Page, Region

FILE = course.GLOSSARY

_STEM = files.stem(FILE)
_LINK = re.compile(rf'<a href="(?P<url>[^"]*{_STEM}/?(?:\.html)?#(?P<id>[\w-]+))">')


@dataclass(frozen=True)
class Entry:
    """A term: its ``definition`` as plain text, with its ``english`` before it; the ``page`` that presents it.

    ``line`` is that of its heading, and ``presented`` that of the sentence on its page; 0 if there is none.
    """

    term: str
    line: int
    anchor: str
    definition: str = ""
    english: tuple[str, ...] = ()
    presented: int = 0
    page: str = ""


def entries(glossary: Page) -> list[Entry]:
    """The entries of the glossary: under a heading, the definition and who presents the term. What they lack is empty."""
    found: list[Entry] = []
    inside = False
    for region in glossary.regions:
        if region.kind is Kind.HEADING:
            inside = region.name == "###"
            found += [Entry(region.text, region.line, region.after)] if inside else []
        elif inside and region.kind is Kind.TEXT:
            found[-1] = _with(found[-1], region, plain(glossary, region))
    return found


def _with(entry: Entry, region: Region, words: str) -> Entry:
    if not entry.definition:
        names = words[1:].partition(")")[0].split(",") if words.startswith("(") else ()
        return replace(entry, definition=words, english=tuple(map(str.strip, names)))
    if not words.startswith(course.PRESENTED):
        return entry
    links = [span.name for span in region.spans if span.mark is Mark.LINK]
    return replace(entry, presented=region.line, page=links[0] if links else "")


def plain(page: Page, region: Region) -> str:
    """The words of a region, without the marks of Markdown."""
    lines = "\n".join(page.lines[region.line - 1 : region.last])
    parts, place = [], 0
    for span in region.spans:
        if span.mark in (Mark.FORMULA, Mark.CODE):
            cuts = [(span.start, span.inner), (span.inner + len(span.text), span.end)]
        elif span.mark in (Mark.LINK, Mark.IMAGE):
            cuts = [(span.start, span.inner)]
        else:
            cuts = [(span.start, span.end)] if span.mark is Mark.TARGET else []
        for start, end in cuts:
            parts.append(lines[place:start])
            place = end
    return " ".join("".join([*parts, lines[place:]]).replace("*", "").split())


def explain(content: str, known: Mapping[str, str]) -> str:
    """The HTML ``content`` with the definition in each link to the glossary; others stay as they are."""

    def with_definition(link: re.Match[str]) -> str:
        definition = known.get(link["id"])
        if definition is None:
            return link[0]
        return f'<a class="termino" href="{link["url"]}" title="{html.escape(definition)}">'

    return _LINK.sub(with_definition, content)
