"""Small repairs of a page's HTML."""

from __future__ import annotations

import pytest

from nabla import render


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
