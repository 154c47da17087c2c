"""Protects a page's HTML from what its generator does to it: small repairs."""

from __future__ import annotations

import pytest

from nabla.model.page import OUTPUT_MARK, Block, Failure, Fence, Page
from nabla.parse import regions
from nabla.parse.sections import Section
from nabla.site import render, repairs


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>de -5 a 5</p>", "<p>de −5 a 5</p>"),
        ("<td>-0.62</td>", "<td>−0.62</td>"),
        ("(-24, -6)", "(−24, −6)"),
        ("1951-1953", "1951-1953"),
        ("Adam-2 y x-1", "Adam-2 y x-1"),
        ("f(x)-1", "f(x)-1"),
        ("un guion - y 2", "un guion - y 2"),
        ("<code>-1</code> y -1", "<code>-1</code> y −1"),
        ("<pre>-1\n<span>-2</span></pre>-3", "<pre>-1\n<span>-2</span></pre>−3"),
        ('<a href="#-1" title="-1">-1</a>', '<a href="#-1" title="-1">−1</a>'),
        ("<svg><path d='M1 -1'/><text>-1</text></svg>", "<svg><path d='M1 -1'/><text>-1</text></svg>"),
    ],
)
def test_a_negative_number_has_a_minus(written: str, shown: str) -> None:
    assert repairs.true_minus(written) == shown


LONG = "épocas que hacen falta con la media: 113"
TABLE = "época         w      coste         w      coste"


def output(text: str, kind: str = "salida") -> str:
    return f'<div class="{kind} highlight"><pre><span></span><code>{text}\n</code></pre></div>'


def test_a_long_line_of_an_output_may_break_if_it_is_a_sentence() -> None:
    marked = f'<span class="frase">{LONG}</span>'
    assert repairs.wrap_sentences(output(f"{LONG}\n{TABLE}\n{LONG}")) == output(
        f"{marked}\n{TABLE}\n{marked}"
    )


@pytest.mark.parametrize("line", [TABLE, "corta y sin columnas", f"    {LONG}", ""])
def test_columns_short_lines_and_indents_stay_as_they_are(line: str) -> None:
    assert repairs.wrap_sentences(output(line)) == output(line)


def test_code_never_breaks() -> None:
    assert repairs.wrap_sentences(output(LONG, "python")) == output(LONG, "python")


ROWS = "| Dónde | Valor |\n| --- | ---: |\n| `x = 0` | 1 |\n"


def written(output: str, name: str = "b", failure: Failure | None = None) -> Page:
    """A page whose block, the section ``name``, prints ``output``."""
    lines = ["# Página", "", "```python", f'--8<-- "snippets/a.py:{name}"', "```", OUTPUT_MARK, "```text"]
    lines += [*output.splitlines(), "```"]
    code, result = Fence(3, 5, "", "python"), Fence(7, len(lines), "", "text")
    block = Block(code, Section("snippets/a.py", name, 1, ""), output, result, failure)
    return Page("docs/a.md", lines, regions.read("\n".join(lines)).regions, [block])


def test_a_table_that_a_block_prints_is_a_table_of_the_page() -> None:
    shown = render.markdown(written(ROWS))
    assert f"\n\n{ROWS}\n" in shown
    assert ".salida" not in shown


@pytest.mark.parametrize(
    "output", ["x = 1\n", ROWS + "y\n", ROWS.replace("---", "-x-"), ROWS.splitlines()[0] + "\n"]
)
def test_what_is_no_table_is_an_output(output: str) -> None:
    assert f"```{{ .text .salida }}\n{output}```" in render.markdown(written(output))


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("suma-mal", '.mal title="Así no" '),
        ("suma-bien", '.bien title="Así sí" '),
        ("suma", ""),
        ("malo", ""),
    ],
)
def test_wrong_and_right_code_say_so(name: str, mark: str) -> None:
    assert f'\n```{{ .python {mark}data-bloque="0" }}\n' in render.markdown(written("1\n", name))


def test_code_that_fails_says_that_and_no_more() -> None:
    shown = render.markdown(written("1\n", "suma-mal", Failure("ValueError", (), 3)))
    assert '```{ .python .falla title="Falla a propósito: ValueError" data-bloque="0" }' in shown
