"""Cache files that are whole or absent: written at once, and refused when damaged.

A file is one line of JSON, which says what it is, and its payload.
"""

from __future__ import annotations

import json
import logging
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from nabla.cache import disk, recent
from nabla.cache.code import digest

log = logging.getLogger("mkdocs.nabla")


class Damaged(Exception):
    """A cache file that cannot be trusted."""


def entry(root: Path, kind: str, name: str, key: str) -> Path:
    """The file for the product ``key``, one of those of ``name``, in the cache ``kind`` of the project ``root``."""
    return root / ".cache" / kind / name / f"{key[:24]}.json"


def write(file: Path, key: str, payload: str) -> None:
    """Store ``payload`` under ``key``; a reader sees all of it or nothing, whenever we are killed."""
    content = payload.encode()
    head = json.dumps({"key": key, "sha256": digest(content)})
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, partial = tempfile.mkstemp(dir=file.parent, prefix="partial-", suffix=disk.mark())
    try:
        with open(descriptor, "wb") as unfinished:
            unfinished.write(head.encode() + b"\n" + content)
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
        head, _, content = file.read_bytes().partition(b"\n")
        said = json.loads(head)
        if (said["key"], said["sha256"]) != (key, digest(content)):
            raise ValueError("checksum")
        return content.decode()
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise Damaged(str(file)) from error


def recall(file: Path, key: str) -> str | None:
    """The payload stored under ``key``; None if it is not there, or damaged, which is said."""
    try:
        return read(file, key)
    except Damaged:
        log.info("Caché estropeada, se rehace: %s", os.path.relpath(file))
        return None


def kept(file: Path, key: str, make: Callable[[], str]) -> str:
    """The payload stored under ``key``; made and stored if it is not there, or damaged."""
    payload = recall(file, key)
    if payload is None:
        payload = make()
        write(file, key, payload)
    return payload


class Later:
    """Products of a build, to be stored at its end if nothing that they were made from changed meanwhile."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Path, str, str]] = []

    def write(self, file: Path, key: str, payload: str) -> None:
        self._waiting.append((file, key, payload))

    def put_down(self) -> None:
        for file, key, payload in self._waiting:
            write(file, key, payload)
            recent.use(file)
        self._waiting.clear()
