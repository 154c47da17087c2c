"""The environment of a run: fixed and small, so that no variable of the user's gets into a result."""

from __future__ import annotations

import os
from pathlib import Path

# One thread, no card, and nothing of the user's clock or language: the same bytes everywhere.
FIXED = {
    "CUDA_VISIBLE_DEVICES": "",
    "LC_ALL": "C.UTF-8",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
}
# What Python needs to start and to find its libraries on some systems, and what only tells how it did.
_TO_START = (
    "DYLD_LIBRARY_PATH",
    "HOME",
    "LD_LIBRARY_PATH",
    "PATH",
    "PYTHONPROFILEIMPORTTIME",
    "SYSTEMROOT",
    "TEMP",
    "TMP",
    "TMPDIR",
    "USERPROFILE",
)
# Without it, nothing works on Windows: not even what a library does later.
_TO_RUN = ("SYSTEMROOT",)


def environment(root: Path) -> dict[str, str]:
    """The variables of a process that runs what belongs to the project in the folder ``root``."""
    cache = root / ".cache"
    folders = {
        "IPYTHONDIR": str(cache / "ipython"),
        "JUPYTER_CONFIG_DIR": str(cache / "jupyter"),
        "MPLCONFIGDIR": str(cache / "matplotlib"),
        "PYTHONPATH": str(root),
    }
    return {name: os.environ[name] for name in _TO_START if name in os.environ} | FIXED | folders


def forget_what_starting_needed() -> None:
    """Leave this process, which is about to run a lesson, only the variables that all machines share."""
    for name in os.environ.keys() - FIXED.keys() - set(_TO_RUN):
        del os.environ[name]
