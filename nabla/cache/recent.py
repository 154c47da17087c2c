"""What a folder of the cache keeps: the results used last, in the order of their use and not of any clock."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

# Old results stay for a while, so that going back to an earlier version costs nothing.
KEPT = 4


def use(file: Path) -> None:
    """Make ``file`` the one of its folder that was used last, and forget those that were not for long.

    The order is kept in the times of the files, each later than the others: a clock set back changes nothing.
    A cache that cannot be written stays as it is.
    """
    with contextlib.suppress(OSError):
        others = sorted(_used(file), reverse=True)
        own = file.stat().st_mtime_ns
        if others and own <= others[0][0]:
            os.utime(file, ns=(others[0][0] + 1, others[0][0] + 1))
        for _, old in others[KEPT - 1 :]:
            old.unlink(missing_ok=True)


def _used(file: Path) -> list[tuple[int, Path]]:
    """When each of the other results was used."""
    found = []
    for other in file.parent.glob("*.json"):
        with contextlib.suppress(FileNotFoundError):  # another build has just forgotten it
            if other != file:
                found.append((other.stat().st_mtime_ns, other))
    return found
