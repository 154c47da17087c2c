"""Protects practice: what the notebooks' ``check`` sees in an answer without being told of it."""

from __future__ import annotations

import runpy
from typing import Any

import numpy as np
import pytest
import torch

from tests.conftest import ROOT

LEAF = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
ROW = torch.tensor([1.0, 2.0, 3.0])


@pytest.fixture(scope="module")
def helper() -> dict[str, Any]:
    return runpy.run_path(str(ROOT / "snippets/comprobar.py"))


def say(helper: dict[str, Any], value: object, expected: object) -> str:
    """What is said of an answer, when the only advice is «consejo»."""
    helper["check"].__globals__["answer"] = value
    try:
        helper["check"]("answer", expected, hint="consejo")
    except helper["Stop"] as stop:
        return str(stop)
    return ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (2, 2.0),
        (2.00001, 2.0),
        (torch.tensor(2.0), 2.0),
        ((1, 2, 3), np.array([1.0, 2.0, 3.0])),
        (ROW.clone(), ROW),
        (2 * LEAF, LEAF + LEAF),
        ("b", "b"),
        (True, True),
        ([], []),
        (0.0, 0.0),
    ],
)
def test_right(helper: dict[str, Any], value: object, expected: object) -> None:
    assert say(helper, value, expected) == ""


@pytest.mark.parametrize(
    ("value", "expected", "words"),
    [
        (..., 2.0, "Falta completar"),
        ((1.0, ...), (1.0, 2.0), "Falta completar"),
        (None, 2.0, "vale None"),
        (len, 2.0, "es una función"),
        ("x", 2.0, "es de la clase str"),
        ([1, 2, 3], ROW, "tiene que ser un tensor"),
        (ROW.double(), ROW, "es torch.float64 y tiene que ser torch.float32"),
        (LEAF * 1, ROW, "sigue unido al grafo"),
        (ROW, LEAF * 1, "está fuera del grafo"),
        (ROW[None], ROW, "tiene forma (1, 3) y tiene que tener (3,)"),
        (np.ones((3, 2)), np.ones((2, 3)), "está traspuesto"),
        (np.ones((3, 3)), np.ones(3), "se han combinado en una tabla"),
        (np.ones(3), 1.0, "es un solo número"),
        (float("nan"), 2.0, "nan"),
        (-2.0, 2.0, "signo contrario"),
        (-ROW, ROW, "signo contrario"),
        (8 * ROW, ROW, "es 8 veces"),
        (ROW / 2, ROW, "es 0.5 veces"),
        (17.3, 2.0, "consejo"),
        (0.0, 2.0, "consejo"),
        (2.001, 2.0, "consejo"),
        (1e-7, 1e-9, "consejo"),
        ("a", "b", "consejo"),
        (2.0, "b", "consejo"),
        (False, True, "consejo"),
    ],
)
def test_wrong(helper: dict[str, Any], value: object, expected: object, words: str) -> None:
    assert words in say(helper, value, expected)
