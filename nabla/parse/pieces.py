"""The pieces of a page (``/// name | title``): which there are, and what may stand in their first lines."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from nabla.model import course

# Those of mkdocs.yml, and the types of each; pymdownx publishes any other as it stands.
PIECES = {**course.PIECES, **dict.fromkeys(course.PLAIN, ())}

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


def unknown(rest: str) -> tuple[str, str] | None:
    """Why no piece starts so: what to say and to do."""
    name = rest.partition("|")[0].strip()
    if name in PIECES:
        return None
    near = difflib.get_close_matches(name, PIECES, n=1)
    fix = f"¿querías decir «{near[0]}»?" if near else f"hay {', '.join(PIECES)}"
    return f"una pieza «{rest}» no existe", fix


def options(name: str, title: str, lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """What is wrong with the options of a piece, the ``lines`` below the one that opens it: place, what, what to do."""
    types = PIECES.get(name, ())
    told = []
    for place, line in enumerate(lines):
        option = _OPTION.fullmatch(line)
        if option and option["name"] == "type" and types:
            told.append(option["value"].strip())
        else:
            yield (
                place,
                f"«{line.strip()}» no es una opción de {name}",
                "deja una línea en blanco delante del texto",
            )
    if types and (not told or told[-1] not in types):
        yield -1, *_wrong_type(name, title, told[-1] if told else "")


def _wrong_type(name: str, title: str, told: str) -> tuple[str, str]:
    where = next((kind for kind, types in course.PIECES.items() if told in types), None)
    near = difflib.get_close_matches(told, PIECES[name], n=1)
    if where:
        fix = f"escribe /// {where} | {title}"
    elif near:
        fix = f"¿querías decir «{near[0]}»?"
    else:
        known = PIECES[name]
        fix = f"di uno debajo, con cuatro espacios (    type: {known[0]}): {', '.join(known)}"
    return f"una pieza {name} {f'de tipo «{told}»' if told else 'sin tipo'} no existe", fix
