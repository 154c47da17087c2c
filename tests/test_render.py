"""Small repairs of a page's HTML."""

from __future__ import annotations

import pytest

from nabla.site import render


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
    assert render.true_minus(written) == shown


LONG = "épocas que hacen falta con la media: 113"
TABLE = "época         w      coste         w      coste"


def output(text: str, kind: str = "salida") -> str:
    return f'<div class="{kind} highlight"><pre><span></span><code>{text}\n</code></pre></div>'


def test_a_long_line_of_an_output_may_break_if_it_is_a_sentence() -> None:
    marked = f'<span class="frase">{LONG}</span>'
    assert render.wrap_sentences(output(f"{LONG}\n{TABLE}\n{LONG}")) == output(f"{marked}\n{TABLE}\n{marked}")


@pytest.mark.parametrize("line", [TABLE, "corta y sin columnas", f"    {LONG}", ""])
def test_columns_short_lines_and_indents_stay_as_they_are(line: str) -> None:
    assert render.wrap_sentences(output(line)) == output(line)


def test_code_never_breaks() -> None:
    assert render.wrap_sentences(output(LONG, "python")) == output(LONG, "python")
