"""The pieces of a page (``/// name | title``): which there are, and what may stand in their first lines."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Those of mkdocs.yml, and the types of each; pymdownx publishes any other as it stands.
PIECES: dict[str, frozenset[str]] = {
    "admonition": frozenset({"objetivos", "pregunta", "idea", "cuidado", "ejercicio", "resumen"}),
    "details": frozenset({"pista", "solucion", "codigo", "correcta", "incorrecta"}),
    "figure-caption": frozenset(),
    "html": frozenset(),
}

_LINE = re.compile(r"(?P<indent>\s*+)(?P<bars>/{3,}+)\s*+(?P<rest>.*)")
_OPENING = re.compile(r"(?P<name>[\w-]++)(?:\s*+\|\s*+(?P<title>.*))?")
_OPTION = re.compile(r" {4,}+(?P<name>[\w-]++):\s*+(?P<value>.*)")


@dataclass(frozen=True)
class Line:
    """A line that opens a piece, or closes one if its ``name`` and ``rest`` are empty."""

    indent: str
    bars: str
    rest: str
    name: str
    title: str


def read(line: str) -> Line:
    """Read a line that starts with three bars or more."""
    match = _LINE.match(line)
    assert match
    opening = _OPENING.fullmatch(match["rest"].rstrip())
    name, title = (opening["name"], opening["title"] or "") if opening else ("", "")
    return Line(match["indent"], match["bars"], match["rest"].rstrip(), name, title)


def is_option(line: str) -> bool:
    """Whether a line may be an option of the piece that the line before it opens."""
    return line.startswith("    ") and bool(line.strip())


def refused(name: str, line: str) -> tuple[str, str] | None:
    """Why a piece may not have this option: what to say and to do."""
    option = _OPTION.fullmatch(line)
    types = PIECES.get(name, frozenset())
    if option and option["name"] == "type" and option["value"].strip() in types:
        return None
    allowed = f"type: {', '.join(sorted(types))}" if types else "una línea en blanco"
    return f"«{line.strip()}» no vale aquí", f"detrás de «{name}» va {allowed}"
