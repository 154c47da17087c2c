"""Protects the comparison with a device: what is compared, tried with the processor as the device."""

from __future__ import annotations

import pytest
import torch

from tests import device


@pytest.mark.filterwarnings("ignore:`torch.jit.script` is deprecated:DeprecationWarning")
def test_the_processor_agrees_with_itself_and_the_switches_go_back() -> None:
    before = torch.backends.cuda.matmul.allow_tf32, torch.are_deterministic_algorithms_enabled()
    found = list(device.rows("cpu"))
    assert [row[0] for row in found] == list(device.QUANTITIES)
    assert {cell for row in found for cell in row[1:]} == {"todas"}
    assert before == (torch.backends.cuda.matmul.allow_tf32, torch.are_deterministic_algorithms_enabled())


def test_the_numbers_are_those_of_the_course() -> None:
    assert device.point("cpu").tolist() == pytest.approx([108.78, 15.54], abs=1e-4)
    assert device.batch("cpu").tolist() == pytest.approx([36.305, 6.265], abs=1e-3)
    assert device.training("cpu", 5000).tolist() == pytest.approx([-0.469286, 1.76], abs=1e-4)
    assert device.curvature("cpu")[-1].item() == pytest.approx(36.4234, abs=1e-3)


def test_digits_count_what_is_left() -> None:
    reference = torch.tensor([1.0, 100.0])
    assert device.digits(reference.clone(), reference) == "todas"
    assert device.digits(torch.tensor([1.0, 100.1]), reference) == "3.0"
    assert device.digits(torch.tensor([500.0, 100.0]), reference) == "0.0"


def test_without_a_gpu_it_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr("sys.argv", ["device"])
    assert device.main() == 2
    assert "tarjeta gráfica" in capsys.readouterr().err
