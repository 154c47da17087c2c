"""The files that an author writes, as text."""

from __future__ import annotations

from pathlib import Path

from nabla.model.problem import Problem


def read(path: Path, name: str, unreadable: list[Problem]) -> str:
    """The text of a file, however its lines end; nothing, and a problem of ``name``, if it is not in UTF-8."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        fix = "guárdalo en UTF-8 con tu editor"
        unreadable.append(Problem(name, line, "este archivo no está en UTF-8", fix=fix))
        return ""
    return text.replace("\r\n", "\n").replace("\r", "\n")
