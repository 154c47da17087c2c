"""Protects numbers that a page gives as they are from going stale: what a variable holds is claimed by that variable."""

from __future__ import annotations

import pytest

from nabla.check.project import Project
from tests.conftest import Mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

CLAIM = "<!-- cifras tras square: x, square -->"


@pytest.mark.parametrize(
    ("code", "claim", "refused"),
    [
        ("x = 7.0", "tras square: 7.00, square", True),
        ("x = 7.0", "tras square: x, square", False),
        ("x = 7.0", "tras square: 7.01, square", False),  # which the check of values refuses
        ("x = 6.0\nx = 7.0", "tras square: 7.00, square", False),  # who knows which of them is meant
        ("x = 3.5 * 2", "tras square: 7.00, square", False),
        ("y = 7.0\nx = y", "tras square: 7.00, square", False),
    ],
)
def test_a_number_that_a_formula_calls_by_its_variable_is_not_written_out(
    mini: Mini, code: str, claim: str, refused: bool
) -> None:
    mini.edit(mini.snippet, "x = 7.0", code)
    mini.edit(mini.page, CLAIM, f"<!-- cifras {claim} -->")
    found = [str(each) for each in Project.load(mini.root).pages["docs/mini.md"].problems]
    said = [each for each in found if "7.00 es lo que vale «x» en el código" in each]
    assert bool(said) == refused
    assert all("docs/mini.md:3: " in each and "da «x» en lugar de 7.00" in each for each in said)
