"""A disk that refuses: what to tell whoever builds, and what killed builds left on it.

Files and folders that are not finished carry the number of their process at the end of their name.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

_FULL = "no queda sitio en el disco"
_READ_ONLY = "esa carpeta es de solo lectura"
_REASONS = {
    errno.ENOSPC: (_FULL, "libera espacio y repite la orden"),
    errno.EDQUOT: (_FULL, "libera espacio de tu cuota y repite la orden"),
    errno.EFBIG: ("el archivo pasa del tamaño permitido", "sube ese límite (ulimit -f) y repite la orden"),
    errno.EROFS: (_READ_ONLY, "trabaja en una copia del proyecto donde puedas escribir"),
    errno.EACCES: ("no tienes permiso", "date permiso de escritura (chmod u+w) y repite la orden"),
    errno.EPERM: ("no tienes permiso", "date permiso de escritura (chmod u+w) y repite la orden"),
    errno.EIO: ("el disco falla al leer o escribir", "comprueba el disco; .cache y site se pueden borrar"),
}


def explain(error: BaseException, folder: Path | None = None) -> str | None:
    """What to tell of a disk that does not let us work, in Spanish; None for any other error.

    ``folder``: where it happened, for errors that do not name their file.
    """
    if not isinstance(error, OSError) or error.errno not in _REASONS:
        return None
    why, advice = _REASONS[error.errno]
    file = error.filename2 or error.filename or folder  # of a copy, where it goes
    where = f" {file}" if file else ""
    return f"no se puede escribir{where}: {why}\n    → {advice}"


def mark() -> str:
    """The end of the name of what this process has not finished."""
    return f"-{os.getpid()}"


def abandoned(folder: Path, pattern: str) -> Iterator[Path]:
    """What ``pattern`` finds in ``folder`` and belongs to a process that is no more."""
    for left in folder.glob(pattern):
        process = left.name.rpartition("-")[2]
        if process.isdigit() and not _alive(int(process)):
            yield left


def _alive(process: int) -> bool:
    import psutil  # only where something was left; a signal would be Ctrl+C on Windows

    try:
        # A killed one that its parent has not asked after writes no more.
        return psutil.Process(process).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True
