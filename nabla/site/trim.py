"""The style sheet without what no page uses: a good part of a theme's rules is for what this site does not have.

A rule stays if each class, identifier and value that it asks for is in an attribute of some page, or is a word of a
script. Where a page cannot be read that simply (``:is()``, ``:not()``), too much stays rather than too little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import tinycss2
from tinycss2.ast import AtRule, Node, QualifiedRule

from nabla.cache import code, recent, store

_ATTRIBUTE = re.compile(r'="([^"]*)"')
_WORD = re.compile(r"[\w-]+")
_GROUPS = {"media", "supports"}
_VARIABLE = re.compile(r"var\(\s*(--[\w-]+)")
_BRACKETS = r"\((?:[^()\"']|\"[^\"]*\"|'[^']*'|\([^()]*\))*\)"
_DEFINITION = re.compile(
    rf"(?<=[{{;])\s*(?P<name>--[\w-]+)\s*:(?:[^;{{}}\"'()]|\"[^\"]*\"|'[^']*'|{_BRACKETS})*(?:;|(?=\}}))"
)


def names(markup: str) -> set[str]:
    """What a page or a figure is made of, as far as rules can ask for it: the words in its attributes."""
    return words("\n".join(set(_ATTRIBUTE.findall(markup))))


def words(script: str) -> set[str]:
    """What a script may add to a page: any of its words."""
    return set(_WORD.findall(script))


def kept(root: Path, css: str, used: set[str]) -> str:
    """``trimmed``, remembered: few edits of a page bring a word that the style sheet knows."""
    known = sorted(used & words(css))
    key = code.key(root, "nabla.site.trim", css, known)
    file = store.entry(root, "styles", "", key)
    text = store.kept(file, key, lambda: trimmed(css, used))
    recent.use(file)
    return text


def trimmed(css: str, used: set[str]) -> str:
    """``css`` without the rules and the variables for what is not among the words ``used``."""
    css = "\n".join(_kept(_rules(css), used)) + "\n"
    while True:
        wanted = used.union(_VARIABLE.findall(css))
        fewer = _DEFINITION.sub(lambda each, wanted=wanted: each[0] if each["name"] in wanted else "", css)
        if fewer == css:
            return css
        css = fewer  # what only those needed is not needed any longer


def _rules(css: str | list[Node]) -> list[Node]:
    return tinycss2.parse_rule_list(css, skip_comments=True, skip_whitespace=True)


def _kept(rules: Iterable[Node], used: set[str]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, QualifiedRule):
            if selectors := [each for each in _selectors(rule.prelude) if _is_used(each, used)]:
                listed = ",".join(tinycss2.serialize(each).strip() for each in selectors)
                yield f"{listed}{{{tinycss2.serialize(rule.content)}}}"
        elif isinstance(rule, AtRule) and rule.lower_at_keyword in _GROUPS:
            if inner := "".join(_kept(_rules(rule.content), used)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        else:
            yield rule.serialize()


def _selectors(prelude: list[Node]) -> Iterator[list[Node]]:
    """The selectors of a list, which commas separate."""
    selector: list[Node] = []
    for node in prelude:
        if node == ",":
            yield selector
            selector = []
        else:
            selector.append(node)
    yield selector


def _is_used(selector: list[Node], used: set[str]) -> bool:
    asked: set[str] = set()
    for before, node in zip([None, *selector], selector, strict=False):
        if node.type == "hash" or (node.type == "ident" and before == "."):
            asked.add(node.value)
        elif node.type == "[] block" and "=" in node.content:  # other signs ask for a part of a value
            _, *values = (each.value for each in node.content if each.type in {"ident", "string"})
            asked.update(*map(words, values))
    return asked <= used
