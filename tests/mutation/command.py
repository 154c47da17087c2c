"""The command line of the two campaigns, and how it is run from elsewhere."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from nabla.run.environment import environment

ROOT = Path(__file__).resolve().parent.parent.parent


def arguments(tool: str, description: str, example: str) -> argparse.Namespace:
    """What the tool ``tests.mutation.<tool>`` was asked: ``pages`` and ``json``."""
    parser = argparse.ArgumentParser(prog=f"python -m tests.mutation.{tool}", description=description)
    parser.add_argument("pages", nargs="*", help=f"{example}, for example; all if none")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    return parser.parse_args()


def run(tool: str, *options: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a tool on the project in ``folder``, in a process of its own; its exit code says whether all is well."""
    variables = environment(ROOT) | {"PYTHONPATH": str(ROOT)}
    # Large pages where the system has them: each mutant of code is a fork, which copies one entry per page.
    variables |= {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1", "PYTHONMALLOC": "malloc"}
    return subprocess.run(
        [sys.executable, "-m", f"tests.mutation.{tool}", *options],
        cwd=folder,
        env=variables,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
