"""What a lesson reaches for outside itself: files, the network, other programs.

Python tells each of these to an audit hook. A result that depends on them is none that a reader gets,
and no key of the cache knows of it.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from types import FrameType
from typing import Any

_FILES = {"open", "os.listdir", "os.scandir", "os.mkdir", "os.remove", "os.rename", "sqlite3.connect"}
_NETWORK = {"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request"}
_PROGRAMS = {
    "subprocess.Popen",
    "os.system",
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
}
# What makes a block's own frames known.
BLOCK = "<block "
# Those through which Python itself finds modules and the source of what is running.
_PYTHON = ("<frozen importlib", "<frozen zipimport")


class Watch:
    """Remembers what the blocks of a lesson reach for, each once, while it is ``on``."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str, int, int], None] = {}
        self.on = False
        # What the libraries read for themselves, and what tells of the machine and is not shown.
        own = {
            sys.prefix,
            sys.base_prefix,
            os.path.dirname(os.__file__),
            os.environ.get("MPLCONFIGDIR", sys.prefix),
        }
        own |= {entry for entry in sys.path if entry.endswith("-packages")}
        self._own = tuple(os.path.realpath(folder) + os.sep for folder in own)
        self._system = tuple(f"{folder}/" for folder in ("/proc", "/sys", "/dev"))
        sys.addaudithook(self._hear)

    def take(self) -> list[dict[str, Any]]:
        """What was found since the last time, as JSON can hold it."""
        taken = [
            {"kind": kind, "what": what, "block": block, "line": line}
            for kind, what, block, line in self.found
        ]
        self.found.clear()
        return taken

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event in _FILES:
            kind = "file"
        elif event in _NETWORK:
            kind = "network"
        elif event in _PROGRAMS:
            kind = "program"
        else:
            return
        what = arguments[0] if arguments else ""
        if kind == "file" and self._is_own(what):
            return
        if kind == "network":
            what = next((each for each in arguments if isinstance(each, str | tuple)), "")
        place = _place(sys._getframe(1))
        if place is not None:
            self.found[(kind, _text(what), *place)] = None

    def _is_own(self, what: Any) -> bool:
        if isinstance(what, int) or what is None:
            return True  # what is already open
        path = os.path.abspath(os.fsdecode(what)) if isinstance(what, str | bytes | os.PathLike) else ""
        if path.startswith(self._system) or BLOCK in path or path.endswith(".py"):  # code is in the key
            return True
        return os.path.realpath(path).startswith(self._own)


@cache
def watch() -> Watch:
    """The watch of this process: Python forgets no hook."""
    return Watch()


def _text(what: Any) -> str:
    if isinstance(what, tuple):
        return ":".join(map(str, what[:2]))
    return what.decode(errors="replace") if isinstance(what, bytes) else str(what)


def _place(frame: FrameType | None) -> tuple[int, int] | None:
    """The block and the line that led to a frame; None if it was none, or only an import."""
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(_PYTHON):
            return None
        if name.startswith(BLOCK):
            return int(name[len(BLOCK) : -1]), frame.f_lineno
        frame = frame.f_back
    return None
