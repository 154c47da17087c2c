"""Protects what a formula says to who hears it, copies it or has the page translated."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nabla.site import repairs
from nabla.site.katex import Katex
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def katex(tmp_path_factory: pytest.TempPathFactory) -> Katex:
    root: Path = tmp_path_factory.mktemp("katex")
    (root / "docs").symlink_to(ROOT / "docs")
    (root / "requirements.txt").symlink_to(ROOT / "requirements.txt")
    return Katex(root)


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"v_{\text{corrección}} = 3", ["corrección"]),
        (r"\text{áéíóúüñ ÁÉÍÓÚÜÑ}", ["áéíóúüñ ÁÉÍÓÚÜÑ"]),
        (r"\text{el año } x \text{ y más}", ["el año ", " y más"]),
        (r"\mathrm{ReLU}(x)", ["ReLU"]),
        (r"\nabla\nabla C + \Delta\Gamma", ["∇", "∇", "Δ", "Γ"]),
    ],
)
def test_words_are_heard_whole(katex: Katex, latex: str, words: list[str]) -> None:
    heard = (
        katex.render(latex, display=False)
        .partition("<math>")[2]
        .partition("</math>")[0]
        .replace("\N{NO-BREAK SPACE}", " ")
    )
    assert re.findall(r"<(?:mtext|mi mathvariant=\"normal\")>([^<]*)<", heard) == words
    assert "mover" not in heard


def test_an_accent_of_mathematics_stays_over_its_letter(katex: Katex) -> None:
    heard = katex.render(r"\hat{\text{x}} + \tilde n", display=False)
    assert heard.count("<mover") == 2


def test_translators_leave_formulas_and_code_alone(katex: Katex) -> None:
    for display in (False, True):
        assert katex.render("a", display).count(' translate="no"') == 1
    code = '<pre><code class="x">a</code></pre> <code>b</code> <codec>'
    kept = '<pre><code translate="no" class="x">a</code></pre> <code translate="no">b</code> <codec>'
    assert repairs.keep_code(code) == kept
