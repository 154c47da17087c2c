"""Protects the numbers of a paragraph without a claim: somebody else answers for them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nabla.parse import provenance, regions
from nabla.parse.allowlist import ALLOWED
from nabla.parse.page import parse
from nabla.parse.sections import Sections
from tests.conftest import ROOT

CODE = "m2 = torch.zeros(8, 1)  # AddBackward0\nx = 0.5\nw[0], w[1]\n"


def claimable(text: str, file: str = "docs/mini.md") -> list[str]:
    return [each.text for each in provenance.read(file, CODE, text, regions.spans(text)).claimable]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Son 12 y 3.5.", ["12", "3.5"]),
        ("cita `torch.zeros(8, 1)` tal cual", []),
        ("cita `torch.zeros(8, 2)`, que no está", ["8", "2"]),
        ("cita `w[0]`, y la página tiene también `w[1]`", ["0", "1"]),
        ("un número suelto, `1`, no es una cita", ["1"]),
        ("`5` es solo el final de 0.5", ["5", "0.5"]),
        ("1. primero 4\n2. segundo", ["4"]),
        ("//// admonition | Ejercicio 3: con 7\n    type: ejercicio", ["7"]),
        ("## Paso 2: hacia 6", ["6"]),
        ("**Sospecha 1: las cifras.** Hay 9.", ["9"]),
        ("como en el ejercicio 5 y en los ejercicios 1 y 2", []),
        ("[Baydin et al. (2018)](../referencias.md#baydin2018)", []),
        ("Python (3.11.0 o posterior)", ["3", "11", "0"]),
    ],
)
def test_claimable(text: str, expected: list[str]) -> None:
    assert claimable(text) == expected


def test_an_entry_for_one_page_serves_no_other() -> None:
    text = "Python (3.11.0 o posterior)"
    assert claimable(text, "docs/uso.md") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("float32, `float64` y la norma L2", []),
        ("`m2`, AddBackward0", []),
        ("`m3`, AddBackward1, float46, L3, 2D", ["m3", "AddBackward1", "float46", "L3", "2D"]),
        ("$2x + m3$ es una fórmula", []),
        ("1e-3 y 36.305m", []),
        ("un enlace [a](b1.md){ #c2 }", []),
    ],
)
def test_strange_names(text: str, expected: list[str]) -> None:
    found = provenance.read("docs/mini.md", CODE, text, regions.spans(text)).strange
    assert [each.text for each in found] == expected


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("_", provenance.FORMULA),
        ("7", provenance.GIVEN),
        ("-0.5", provenance.GIVEN),
        ("x", provenance.COMPUTED),
        ("2 * 3", provenance.COMPUTED),
        ("-x", provenance.COMPUTED),
    ],
)
def test_owner(expression: str, expected: str) -> None:
    assert provenance.owner(expression) == expected


@pytest.mark.parametrize(
    ("text", "loose"),
    [("Suman $2 + 5 = 7$.", ""), ("Suman $2 + 5 = 7$, y 7.", "7"), ("Vale $x = 7$.", "7")],
)
def test_checked_formulas_answer_for_their_numbers(tmp_path: Path, text: str, loose: str) -> None:
    page = parse("docs/a.md", f"# A\n\n{text}\n", Sections(tmp_path, {}))
    assert [each.what for each in page.problems] == ([f"nadie responde de {loose}"] if loose else [])


@pytest.mark.parametrize(
    ("text", "expression", "is_right"),
    [
        ("$x = 7$", "x", True),
        ("$y = 7$", "x", False),
        ("$y = 7$", "xs[7]", False),
        ("$x_7 = 7$", "xs[7].item()", True),
        (r"$\hat y = 7$", "y_start", True),
        ("$y = 7$", "m_start", False),
        ("$n = 7$", "len(xs)", True),
        ("$y = 7$", "7", True),
        ("$C = 7$", "cost", True),
        ("$m = 2$ y $b = 7$", "m, x", False),
        ("7", "x", True),
    ],
)
def test_a_formula_gives_a_number_the_letter_of_its_variable(
    tmp_path: Path, text: str, expression: str, is_right: bool
) -> None:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/a.py").write_text("# --8<-- [start:data]\nx = 7\n# --8<-- [end:data]\n")
    sections = Sections(tmp_path, {"base_path": [str(tmp_path)], "check_paths": True})
    block = '```python\n--8<-- "snippets/a.py:data"\n```\n'
    page = parse("docs/a.md", f"# A\n\n{block}\n{text}\n<!-- cifras: {expression} -->\n", sections)
    assert [each.line for each in page.problems] == ([] if is_right else [7])


def test_the_allow_list_is_sorted() -> None:
    reasons = [allowed.reason for allowed in ALLOWED]
    assert reasons == sorted(set(reasons))


@pytest.mark.parametrize("allowed", ALLOWED, ids=lambda allowed: allowed.reason)
def test_each_entry_of_the_allow_list_is_needed(allowed: object) -> None:
    files = [file for file in (ROOT / "docs").rglob("*.md") if file.is_file()]
    texts = {file.relative_to(ROOT).as_posix(): _without_fences(file) for file in files}
    assert any(allowed.spans(file, text) for file, text in texts.items())


def _without_fences(file: Path) -> str:
    return re.sub(r"^( *```).*?^\1$", "", file.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
