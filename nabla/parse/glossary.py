"""The glossary on the other pages: a link to a term carries its definition, shown on hover and focus."""

from __future__ import annotations

import html
import re

FILE = "docs/glosario.md"

_TERM = re.compile(r"^### .*\{ #(?P<id>[\w-]+) \}\n+(?P<text>(?:.+\n)+)", re.MULTILINE)
_LINK = re.compile(r'<a href="(?P<url>[^"]*glosario/?(?:\.html)?#(?P<id>[\w-]+))">')


def definitions(markdown: str) -> dict[str, str]:
    """The definition of each term, as plain text, by its anchor: the first paragraph under its heading."""
    return {term["id"]: _plain(term["text"]) for term in _TERM.finditer(markdown)}


def _plain(markdown: str) -> str:
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", markdown)
    text = re.sub(r"[*`$]", "", text)
    return " ".join(text.split())


def explain(content: str, known: dict[str, str]) -> str:
    """The HTML ``content`` with the definition in each link to the glossary; others stay as they are."""

    def with_definition(link: re.Match[str]) -> str:
        definition = known.get(link["id"])
        if definition is None:
            return link[0]
        return f'<a class="termino" href="{link["url"]}" title="{html.escape(definition)}">'

    return _LINK.sub(with_definition, content)
