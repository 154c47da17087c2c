"""What a page answers better than any other: terms and messages that, typed alone in the search, bring it first.

A lesson answers for the terms that it presents, as the glossary says; an entry of the glossary, for its English;
any page for what its front matter lists (``tags``); and a section for the messages that the clinic's index sends
to it. The search of the site (lunr.es.js) takes words that begin with MARK for such terms, with two for messages, and
keeps JOINT between theirs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from nabla.model import course
from nabla.model.page import Kind, Mark, Page
from nabla.parse.glossary import Entry

MARK = "§"
JOINT = "·"

_CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_COLOUR = re.compile(r"</?span\b[^>]*>")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")

# The page whose index tells where each message is explained.
CLINIC = course.CLINIC

Answers = Mapping[str, list[str]]


def answers(entries: Iterable[Entry], file: str) -> Answers:
    """The terms answered for, by source file and anchor, from the entries of the glossary in ``file``."""
    found = defaultdict(list)
    presented = [entry for entry in entries if entry.page and entry.english]
    spanish = {mark(entry.term) for entry in presented}
    for entry in presented:
        found[course.DOCS + entry.page].append(mark(entry.term))
        english = {mark(term) for term in entry.english}
        found[f"{file}#{entry.anchor}"] += sorted(english - spanish)
    return found


def messages(index: Page) -> Answers:
    """The messages answered for, by source file and anchor: in the index, items that are a link around code."""
    found = defaultdict(list)
    for region in index.of(Kind.TEXT):
        for span in region.spans:
            code = span.text[1:-1]
            if span.mark is Mark.LINK and span.text == f"`{code}`" and "#" in span.name:
                file, _, anchor = span.name.partition("#")
                page = course.DOCS + file if file else index.file
                found[f"{page}#{anchor}"].append(mark_message(code))
    return found


def mark_message(message: str) -> str:
    """A message as one word of the search's index, without what its brackets hold."""
    bare, found = message, 1
    while found:
        bare, found = _BRACKETS.subn(" ", bare)
    return MARK + mark(bare)


def mark(term: str) -> str:
    """A term as one word of the search's index."""
    return MARK + JOINT.join(re.findall(r"\w+", term.lower()))


def readable(content: str) -> str:
    """The HTML ``content`` with code as plain text: the plugin is slow with tags, and code has one for each sign."""
    return _CODE.sub(lambda code: _COLOUR.sub("", code[0]), content)


def tag(entries: Iterable[dict[str, Any]], url: str, file: str, known: Answers) -> None:
    """Give the entries of a page in the search's index the terms that they answer for."""
    for entry in entries:
        page, anchor, identifier = entry["location"].partition("#")
        if page == url:
            listed = [mark(each) for each in entry.pop("tags", []) if not anchor]
            if terms := listed + known.get(f"{file}{anchor}{identifier}", []):
                entry["tags"] = terms
