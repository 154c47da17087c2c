"""Cache files that are whole or absent: written at once, and refused when damaged."""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from nabla.cache import disk

log = logging.getLogger("mkdocs.nabla")


class Damaged(Exception):
    """A cache file that cannot be trusted."""


def write(file: Path, key: str, payload: str) -> None:
    """Store ``payload`` under ``key``; a reader sees all of it or nothing, whenever we are killed."""
    digest = hashlib.sha256(payload.encode()).hexdigest()
    text = json.dumps({"key": key, "sha256": digest, "payload": payload})
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, partial = tempfile.mkstemp(dir=file.parent, prefix="partial-", suffix=disk.mark())
    try:
        with open(descriptor, "w", encoding="utf-8") as unfinished:
            unfinished.write(text)
        os.replace(partial, file)
    except OSError as error:
        Path(partial).unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(file)) from error


def sweep(folder: Path) -> None:
    """Remove the half-written files that killed processes left in the caches under ``folder``."""
    for left in disk.abandoned(folder, "**/partial-*"):
        left.unlink(missing_ok=True)


def read(file: Path, key: str) -> str | None:
    """The payload stored under ``key``; None if the file is not there.

    Raises Damaged when the file is cut, altered or of another key.
    """
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        payload = stored["payload"]
        digest = hashlib.sha256(payload.encode()).hexdigest()
        if (stored["key"], stored["sha256"]) != (key, digest):
            raise ValueError("checksum")
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Damaged(str(file)) from error
    return payload


def kept(file: Path, key: str, make: Callable[[], str]) -> str:
    """The payload stored under ``key``; made and stored if it is not there, or damaged."""
    try:
        payload = read(file, key)
    except Damaged:
        log.info("Caché estropeada, se rehace: %s", os.path.relpath(file))
        payload = None
    if payload is None:
        payload = make()
        write(file, key, payload)
    return payload
