"""What the formulas of the pages are read as, and compared with."""

from __future__ import annotations

from pathlib import Path

import pytest

from nabla import formulas, latex, symbols
from nabla.agreement import check_formula
from nabla.page import parse
from nabla.runner import Run
from nabla.sections import Sections


def test_a_number_before_a_bracket_multiplies_it() -> None:
    ((left, right),) = latex.read(r"3(z + h)^2 = 3 \cdot (z + h)^2")
    assert eval(left.python, {"z": 2, "h": 1}) == eval(right.python, {"z": 2, "h": 1}) == 27


@pytest.mark.parametrize(
    ("formula", "is_numeric"), [("m_0^2", False), (r"w_1 \cdot 2", False), ("3^2", True)]
)
def test_a_name_that_ends_in_a_digit_is_a_symbol(formula: str, is_numeric: bool) -> None:
    ((side,),) = latex.read(formula)
    assert side.is_numeric is is_numeric


@pytest.mark.parametrize(
    "formula",
    [
        r"\frac{\partial^3 C}{\partial m^2}",
        r"\frac{\partial^2 C}{\partial m}",
        r"\frac{\partial C}{\partial m\,\partial b}",
        r"\frac{\partial^2 C}{\partial m^-2}",
    ],
)
def test_a_derivative_has_as_many_variables_as_its_order(formula: str) -> None:
    with pytest.raises(latex.Unreadable, match="derivada"):
        latex.read(formula)


@pytest.mark.parametrize(
    ("formula", "is_compared"), [("2x = 6", True), (r"x = 2 \cdot 3", True), ("x = 6", False)]
)
def test_a_name_with_a_value_is_compared_with_its_sum(
    tmp_path: Path, formula: str, is_compared: bool
) -> None:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/a.py").write_text("# --8<-- [start:start]\nx = 3\n# --8<-- [end:start]\n")
    block = '```python\n--8<-- "snippets/a.py:start"\n```\n\n<!-- valores: x = x -->\n'
    options = {"base_path": [str(tmp_path)], "check_paths": True, "dedent_subsections": True}
    page = parse(
        "docs/a.md", f"# A\n\n{block}\n${formula}$\n<!-- cifras: 6 -->\n", Sections(tmp_path, options)
    )
    assert [relation.values for relation in page.formulas.relations] == [0] * is_compared


@pytest.mark.parametrize(
    ("formula", "is_right"), [(r"\sqrt{2} \approx 1.4142", True), (r"\sqrt{-2} \approx 1.4142", False)]
)
def test_what_gives_no_number_does_not_agree(tmp_path: Path, formula: str, is_right: bool) -> None:
    page = parse("docs/a.md", f"# A\n\n${formula}$\n", Sections(tmp_path, {}))
    run = Run((), (), tuple(symbols.evaluate(formulas.job(page), {}, [])), failed=False)
    assert (check_formula(page, run, 0) == []) is is_right
