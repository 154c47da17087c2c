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
_PRESENTED = "Se presenta en "


@dataclass(frozen=True)
class Entry:
    """A term: its ``definition`` as plain text, with its ``english`` before it; the ``page`` that presents it."""

    term: str
    anchor: str
    definition: str = ""
    english: tuple[str, ...] = ()
    page: str = ""


def entries(glossary: Page) -> list[Entry]:
    """The entries of the glossary: under a heading with an anchor, the definition and who presents the term."""
    found: list[Entry] = []
    entry: Entry | None = None
    for region in glossary.regions:
        if region.kind is Kind.HEADING:
            found += [entry] if entry and entry.definition else []
            is_term = region.name == "###" and region.after
            entry = Entry(region.text, region.after) if is_term else None
        elif entry and region.kind is Kind.TEXT:
            words = plain(glossary, region)
            if not entry.definition:
                names = words[1:].partition(")")[0].split(",") if words.startswith("(") else ()
                entry = replace(entry, definition=words, english=tuple(map(str.strip, names)))
            elif words.startswith(_PRESENTED):
                entry = replace(
                    entry, page=next(each.name for each in region.spans if each.mark is Mark.LINK)
                )
    return [*found, entry] if entry and entry.definition else found


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
