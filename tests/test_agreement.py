"""Formulas whose sizes are the page's own, against what was computed of them."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from nabla import formulas, symbols
from nabla.agreement import check_formula
from nabla.page import parse
from nabla.sections import Sections

TEXT = r"""# A

<!-- símbolos:
X: n×d
w: d
-->
<!-- valores: X = X3; w = w3 -->

$$
X w
= \begin{bmatrix} 1 & 2 \\ 3 & -1 \\ 0 & 1 \end{bmatrix} \begin{bmatrix} 0.5 \\ -1 \end{bmatrix}
= \begin{bmatrix} -1.5 \\ 2.5 \\ -1 \end{bmatrix}
$$
"""


@pytest.mark.parametrize(
    ("right", "wrong"), [("2.5", "2.5"), ("2.5", "3.5"), ("3 & -1", "3 & 1"), (r"0.5 \\ -1", r"0.6 \\ -1")]
)
def test_a_matrix_of_the_pages_sizes(tmp_path: Path, right: str, wrong: str) -> None:
    page = parse("docs/a.md", TEXT.replace(right, wrong), Sections(tmp_path, {}))
    job = formulas.job(page)
    values = [symbols.given({"X": "[[1, 2], [3, -1], [0, 1]]", "w": "[0.5, -1]"}, {})]
    run = SimpleNamespace(failed=False, formulas=symbols.evaluate(job, {}, values))
    assert bool(check_formula(page, run, 0)) == (right != wrong)
