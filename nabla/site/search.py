"""What a page answers better than any other: terms that, typed alone in the search, bring that page first.

A lesson answers for the terms that it presents, as the glossary says; an entry of the glossary, for its English;
and any page for what its front matter lists (``tags``). The search of the site (lunr.es.js) takes words that
begin with MARK for such terms, and keeps JOINT between theirs.
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
