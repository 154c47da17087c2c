"""Protects the derivative that the lesson teaches, against autograd and central differences."""

from __future__ import annotations

import pytest
import torch

from tests.derivatives.three_ways import assert_three_ways, load


@pytest.mark.parametrize("seed", range(4))
def test_slope(seed: int) -> None:
    lesson = load("MODULO")
    x = torch.randn((), dtype=torch.float64, generator=torch.Generator().manual_seed(seed))
    assert_three_ways(lesson["square"], lambda x: (lesson["slope"](x),), x)
