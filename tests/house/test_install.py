"""Protects who starts for the first time: what is installed is said, with its size, and nothing is silent for long."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.conftest import ROOT, Mini
from tools.install import follow, said

PIP = """\
import pathlib, sys, time
print("Collecting torch==2.13.0", flush=True)
print("  Downloading torch-2.13.0-cp311-none-any.whl (190.2 MB)", flush=True)
pathlib.Path(sys.argv[1], "torch.whl").write_bytes(b"0" * 3_000_000)
time.sleep(0.5)
print("Installing collected packages: mpmath, torch", flush=True)
print("Successfully installed mpmath-1.3.0 torch-2.13.0", flush=True)
"""


def test_a_download_is_told_with_its_size_while_it_lasts(tmp_path: Path) -> None:
    command = [sys.executable, "-c", PIP, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as pip:
        told = [line for line in follow(pip, tmp_path, 0.1) if "se busca" not in line]
    assert told[0] == "  llega torch: 190.2 MB"
    assert "  … llega torch: 190.2 MB (3 MB, 0 s)" in told
    assert told[-2:] == ["  se colocan 2 bibliotecas en su sitio", "  instalado"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("  Downloading https://a.example/numpy-2.4.6-cp311.whl (16.6 MB)", "llega numpy: 16.6 MB"),
        ("Using cached torch-2.13.0+cpu-cp311.whl (1.1 GB)", "llega torch: 1.1 GB"),
        ("  Downloading idna-3.20-py3-none-any.whl (70 kB)", None),
        ("Requirement already satisfied: idna==3.20", None),
    ],
)
def test_only_what_is_large_is_told(line: str, told: str | None) -> None:
    assert said(line) == told


def test_what_the_readme_installs_is_enough_to_check(mini: Mini) -> None:
    """No setting asks for a plug-in of pytest that only the tests of the project bring."""
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    ours = [
        each.name for each in entry_points(group="pytest11") if each.dist.name.replace("_", "-") not in pinned
    ]
    assert {"timeout", "xdist"} <= {*ours}
    without = [option for name in ours for option in ("-p", f"no:{name}")]
    ran = mini.run_alone("pytest", *without, "mkdocs.yml", "docs")
    assert ran.returncode == 0, ran.stdout + ran.stderr
