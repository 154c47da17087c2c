"""The campaigns in a process of their own, which has one thread and large pages."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from nabla.run.environment import environment

ROOT = Path(__file__).resolve().parent.parent.parent


def run(kind: str, *options: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Attack the ``texts`` or the ``code`` of the project in ``folder``; the exit code says whether all is well."""
    variables = environment(ROOT) | {"PYTHONPATH": str(ROOT)}
    # Large pages where the system has them: each mutant of code is a fork, which copies one entry per page.
    variables |= {"GLIBC_TUNABLES": "glibc.malloc.hugetlb=1", "PYTHONMALLOC": "malloc"}
    return subprocess.run(
        [sys.executable, "-m", "tests.mutation", kind, *options],
        cwd=folder,
        env=variables,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
