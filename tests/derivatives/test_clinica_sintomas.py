"""Protects the repairs of ``docs/clinica-sintomas.md``: away from the dangerous point, they keep the derivative."""

from __future__ import annotations

import math

import pytest
import torch

from tests.derivatives.three_ways import assert_three_ways, load


@pytest.mark.parametrize("point", [0.3, 1.7, 7.5])
def test_of_one_number(point: float) -> None:
    repairs = load("clinica_sintomas")["repairs"]
    right = {
        "sqrt": 1 / (2 * math.sqrt(point)),
        "log": 1 / (point + 1e-6),
        "x · log(x)": math.log(point) + 1,
        "x ** (1/3)": point ** (-2 / 3) / 3,
    }
    for name, derivative in right.items():
        x = torch.tensor(point, dtype=torch.float64)
        assert_three_ways(repairs[name][0], lambda _, derivative=derivative: derivative, x)


@pytest.mark.parametrize("seed", range(3))
def test_of_several(seed: int) -> None:
    repairs = load("clinica_sintomas")["repairs"]
    x = torch.randn(3, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)

    def by_norm(x: torch.Tensor) -> torch.Tensor:
        """The partials of Σ x / (‖x‖ + 0.001)."""
        norm = x.norm()
        return 1 / (norm + 1e-3) - x * x.sum() / (norm * (norm + 1e-3) ** 2)

    assert_three_ways(lambda x: repairs["x / norma"][0](x).sum(), by_norm, x)
    positive = x.abs() + 0.1
    assert_three_ways(lambda x: repairs["filtrar y dividir"][0](x).sum(), torch.zeros_like, positive)
