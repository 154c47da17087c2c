"""The header of a page, between two lines ``---``: what a reader of YAML would not make of it what it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import yaml

RUNNABLE = "ejecutable"  # whether readers can run the page's blocks in it

_ENDS = ("---", "...")
_DESCRIPTION = range(50, 161)  # letters; what search engines and cards show of it


def last_line(lines: Sequence[str]) -> int | None:
    """The index of the line that ends the front matter; None if the page has none."""
    if not lines or lines[0].rstrip() != "---":
        return None
    return next((number for number in range(1, len(lines)) if lines[number].rstrip() in _ENDS), 0)


def header(lines: Sequence[str]) -> dict[str, Any]:
    """What the header of a page says, which has no faults."""
    return yaml.safe_load("\n".join(lines[1 : last_line(lines) or 0])) or {}


def faults(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with the header whose ``lines`` these are: index of the line, what, what to do."""
    if len(lines) < 2:
        yield 0, "la cabecera no se cierra", "ciérrala con --- en una línea"
        return
    text = "\n".join(lines[1:-1])
    try:
        given = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = min(1 + mark.line, len(lines) - 1) if mark else 0
        yield (
            line,
            "la cabecera no es YAML, y se perdería entera",
            "pon entre comillas el valor con dos puntos",
        )
    else:
        if not isinstance(given, dict):
            yield 0, "la cabecera no es una lista de «nombre: valor»", 'escribe description: "…"'
        elif (length := len(str(given.get("description", "")))) and length not in _DESCRIPTION:
            line = next(number for number, line in enumerate(lines) if line.startswith("description"))
            reach = f"{_DESCRIPTION[0]} y {_DESCRIPTION[-1]}"
            yield line, f"la descripción tiene {length} letras", f"di en entre {reach} letras qué se aprende"
        elif given.get(RUNNABLE, True) is not True:
            line = next(number for number, line in enumerate(lines) if line.startswith(RUNNABLE))
            yield line, f"«{RUNNABLE}» no dice «true»", f"escribe {RUNNABLE}: true, o quita la línea"
    if "$" in text:
        line = next(number for number, line in enumerate(lines) if "$" in line)
        yield line, "una fórmula en la cabecera se publica sin componer", "dilo con palabras"
