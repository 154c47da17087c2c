"""Protects the index of the search: what it holds of a page."""

from __future__ import annotations

import pytest
from markdown import Markdown
from material.plugins.search.plugin import Parser

from nabla.parse import regions
from nabla.site import search
from tests.conftest import ROOT

INDEX_OF_THE_CLINIC = (ROOT / search.CLINIC).read_text("utf-8")

PAGE = """
# Una *suma*

Antes de `x = 1`.

```python
def suma(xs: list[float]) -> float:
    total = 0.0  # <cero>

    for x in xs:
        total += x
    return total if len(xs) > 0 else "nada"
```

Entre bloques.

```text
  6.4

<span>
```
"""


def indexed(content: str) -> list[tuple[str, str]]:
    """The title and text of each section."""
    parser = Parser()
    parser.feed(content)
    parser.close()
    return [("".join(section.title), "".join(section.text)) for section in parser.data]


@pytest.fixture
def content() -> str:
    extensions = ["pymdownx.superfences", "pymdownx.highlight", "toc"]
    return Markdown(extensions=extensions).convert(PAGE)


def test_the_index_is_the_same_without_colours(content: str) -> None:
    readable = search.readable(content)
    [(_, text)] = indexed(readable)
    assert "total += x" in text and "6.4" in text and "Entre bloques" in text
    assert indexed(readable) == indexed(content)


def test_there_is_no_tag_for_each_sign(content: str) -> None:
    assert content.count("<span") > 30
    assert search.readable(content).count("<span") == 0


def test_what_is_not_code_keeps_its_tags() -> None:
    formula = '<span class="arithmatex" data-search-exclude="">x</span>'
    content = f"<p>{formula}</p><pre><span>a</span></pre><p>{formula}</p>"
    assert search.readable(content) == f"<p>{formula}</p><pre>a</pre><p>{formula}</p>"


INDEX = """
- [`'NoneType' object has no attribute 'zero_'`](#none-zero)
- [`mean(): could not infer output dtype`](#media)
- [`Target size (…) must be the same as input size (…)`](lecciones/neurona.md#columna)
- [un enlace](#otro) que no es un mensaje
"""


def messages(text: str, file: str) -> search.Answers:
    return search.messages(regions.page(file, text))


def test_the_index_of_the_clinic_answers_for_its_messages() -> None:
    assert messages(INDEX, "docs/clinica.md") == {
        "docs/clinica.md#none-zero": ["§§nonetype·object·has·no·attribute·zero_"],
        "docs/clinica.md#media": ["§§mean·could·not·infer·output·dtype"],
        "docs/lecciones/neurona.md#columna": ["§§target·size·must·be·the·same·as·input·size"],
    }


def test_what_stands_in_brackets_is_no_part_of_a_message() -> None:
    assert (
        search.mark_message("Target size (torch.Size([100, 1])) is [a [b] c] odd") == "§§target·size·is·odd"
    )
    assert search.mark_message("cut (off") == "§§cut·off"


def test_no_two_messages_of_the_clinic_are_one_word_for_the_search() -> None:
    """The search (lunr.es.js) keeps eight words, and none with digits."""
    marks = [
        "·".join([word for word in mark.split("·") if not any(map(str.isdigit, word))][:8])
        for marks in messages(INDEX_OF_THE_CLINIC, search.CLINIC).values()
        for mark in marks
    ]
    assert len(marks) > 40
    assert len(marks) == len(set(marks))
