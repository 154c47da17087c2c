"""From the HTML that Markdown gives to the HTML that readers get: small repairs, pure functions on text."""

from __future__ import annotations

import re

from nabla.model.numerals import SIGN

_WRAP = '<div class="md-typeset__scrollwrap"><div class="md-typeset__table">'
# Code is shown as it is typed.
_SIGN = re.compile(rf"<(?P<tag>pre|code|svg)\b.*?</(?P=tag)>|<[^>]*>|{SIGN}", re.DOTALL)
_OUTPUT = re.compile(r'(?<=salida highlight"><pre><span></span><code>).*?(?=</code>)', re.DOTALL)
# As long as a line can be on a phone, or longer, and without two spaces in a row, which columns are aligned with.
_SENTENCE = re.compile(r"^(?=.{34})\S+(?: \S+)*$", re.MULTILINE)
_CODE = re.compile(r"<code(?=[ >])")
_BLOCK = re.compile(r'data-bloque="(\d+)"')


def mark_english(content: str) -> str:
    """The HTML ``content`` with the language of what is in italics: the lessons keep italics for English."""
    return content.replace("<em>", '<em lang="en">')


def true_minus(content: str) -> str:
    """The HTML ``content`` with a minus before each negative number, as formulas and figures have it."""
    return _SIGN.sub(lambda found: "−" if found[0] == "-" else found[0], content)


def wrap_tables(content: str) -> str:
    """The HTML ``content`` with each table in what lets it scroll, which Material would add in the browser."""
    content = content.replace("<table>", f"{_WRAP}<table>")
    return content.replace("</table>", "</table></div></div>")


def wrap_sentences(content: str) -> str:
    """The HTML ``content`` with each sentence of an output marked: where it is too long, its lines may break."""

    def mark(output: re.Match[str]) -> str:
        return _SENTENCE.sub(r'<span class="frase">\g<0></span>', output[0])

    return _OUTPUT.sub(mark, content)


def keep_code(content: str) -> str:
    """The HTML ``content`` with code and its outputs out of what a browser translates."""
    return _CODE.sub('<code translate="no"', content)


def needs(content: str, needed: list[list[int]]) -> str:
    """The HTML ``content`` with each block of code listing the earlier ones that it needs to run alone."""

    def list_needed(block: re.Match[str]) -> str:
        return f'{block[0]} data-anterior="{" ".join(map(str, needed[int(block[1])]))}"'

    return _BLOCK.sub(list_needed, content)
