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

MARK = "§"
JOINT = "·"

_CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
_COLOUR = re.compile(r"</?span\b[^>]*>")
_ENTRY = re.compile(
    r"^### (?P<term>.+) \{ #(?P<id>[\w-]+) \}\n+\((?P<english>[^)]+)\)(?:(?!###).*\n)+?"
    r"Se presenta en \[[^\]]+\]\((?P<page>[^)#]+)",
    re.MULTILINE,
)

_MESSAGE = re.compile(r"^- \[`(?P<message>[^`]+)`\]\((?P<page>[^)#]*)#(?P<id>[^)]+)\)$", re.MULTILINE)
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")

# The page whose index tells where each message is explained.
CLINIC = "docs/clinica-mensajes.md"

Answers = Mapping[str, list[str]]


def answers(glossary: str, file: str) -> Answers:
    """The terms answered for, by source file and anchor, from the Markdown of the glossary in ``file``."""
    found = defaultdict(list)
    entries = list(_ENTRY.finditer(glossary))
    spanish = {mark(entry["term"]) for entry in entries}
    for entry in entries:
        found[f"docs/{entry['page']}"].append(mark(entry["term"]))
        english = {mark(term) for term in entry["english"].split(",")}
        found[f"{file}#{entry['id']}"] += sorted(english - spanish)
    return found


def messages(index: str, file: str) -> Answers:
    """The messages answered for, by source file and anchor, from the Markdown of the index in ``file``."""
    found = defaultdict(list)
    for entry in _MESSAGE.finditer(index):
        page = f"docs/{entry['page']}" if entry["page"] else file
        found[f"{page}#{entry['id']}"].append(mark_message(entry["message"]))
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
