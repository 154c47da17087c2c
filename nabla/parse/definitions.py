"""The comment language of formulas: what the entries of «símbolos» and «fórmulas» say.

A table of symbols is the JSON that ``algebra.symbols`` computes with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

Table = dict[str, dict[str, Any]]

RATIO = re.compile(r"(?P<kind>[d∂])(?P<of>\w+)/[d∂](?P<by>\w+)")
_HEAD = re.compile(r"(?P<name>\w+)(?:\((?P<arguments>[\w\s,]*)\))?")
_PRIME = re.compile(r"^(\w+)('+)\((\w+)\)\s*=(?!=)")
_BOUNDS = re.compile(r"(-?[\d.]+?)\s*\.\.\s*(-?[\d.]+)")


def empty() -> Table:
    return {"definitions": {}, "sizes": {}, "ranges": {}}


def copy(table: Table) -> Table:
    """A table that may be changed apart; its entries are only ever replaced whole."""
    return {part: dict(entries) for part, entries in table.items()}


def values(entry: str) -> dict[str, str] | None:
    """The values of ``x := xs[7]``, or of ``:= m, b``, whose variables have the same names; None if it is not one.

    Raises:
        ValueError: when what should be a name is not one.
    """
    if not (match := re.fullmatch(r"(?P<name>\w*)\s*:=\s*(?P<source>.*)", entry, re.DOTALL)):
        return None
    names = [match["name"]] if match["name"] else split_commas(match["source"])
    if not all(name.isidentifier() for name in names):
        raise ValueError(f"«{entry.partition(':=')[0].strip() or match['source']}» no es un nombre")
    if match["name"] and not match["source"]:
        raise ValueError("falta el valor")
    return {match["name"]: match["source"]} if match["name"] else {name: name for name in names}


def take(table: Table, entry: str) -> Iterator[list[str]]:
    """Take an entry of «símbolos» into the table; the sources that it says are equal.

    Raises:
        ValueError: when it is not one; says in Spanish why.
    """
    if declared := re.fullmatch(r"(?P<names>[\w\s,]+):\s*(?P<what>[^=]+)", entry):
        for name in re.split(r"\s*,\s*", declared["names"].strip()):
            _declare(table, name, declared["what"].strip())
        return
    entry = re.sub(r"^(\w+)\s*<-", r"\1_next =", entry)
    entry = _PRIME.sub(lambda match: f"prime('{match[1]}', {len(match[2])}, {match[3]}) =", entry)
    head, *sources = split_equals(entry)
    if not sources:
        raise ValueError("falta «=»")
    if ratio := RATIO.fullmatch(head):
        yield [derivative(ratio), *sources]
    elif head.startswith(("partial(", "total(", "prime(")):
        yield [head, *sources]
    elif (match := _HEAD.fullmatch(head)) and head[0].isalpha():
        arguments = match["arguments"]
        names = None if arguments is None else [each.strip() for each in arguments.split(",")]
        table["definitions"][match["name"]] = [names, sources]
        table["sizes"].pop(match["name"], None)
        table["ranges"].pop(match["name"], None)
        if len(sources) > 1:
            yield list(sources)
    else:
        raise ValueError(f"«{head}» no es un nombre")


def _declare(table: Table, name: str, what: str) -> None:
    table["definitions"].pop(name, None)
    if bounds := _BOUNDS.search(what):
        try:
            table["ranges"][name] = [float(bounds[1]), float(bounds[2])]
        except ValueError as error:
            raise ValueError(f"«{bounds[0]}» no son dos números: 0..1") from error
        what = what.replace(bounds[0], "").strip()
    sizes = [size.strip() for size in re.split("[×*]", what) if size.strip()]
    if not all(size.isidentifier() for size in sizes):
        raise ValueError("detrás de los dos puntos va el tamaño (n, n×d) o los extremos (0..1)")
    table["sizes"][name] = sizes


def derivative(ratio: re.Match[str]) -> str:
    """The Python of ``dC/dm`` or ``∂C/∂m``."""
    kind = "total" if ratio["kind"] == "d" else "partial"
    return f"{kind}('{ratio['of']}', '{ratio['by']}')"


def functions(table: Table) -> list[str]:
    """The names that are applied to a bracket, and their gradients."""
    names = [name for name, (arguments, _) in table["definitions"].items() if arguments is not None]
    return [*names, *(f"grad_{name}" for name in names)]


def matrices(table: Table) -> list[str]:
    return [name for name, sizes in table["sizes"].items() if len(sizes) == 2]


def known(table: Table) -> set[str]:
    """All names that a table speaks of."""
    sources = " ".join(source for _, each in table["definitions"].values() for source in each)
    return {*table["definitions"], *table["sizes"], *re.findall(r"\w+", sources)}


def entries(text: str) -> Iterator[tuple[int, str]]:
    """The entries of a comment, at line ends and semicolons outside brackets, with their offsets."""
    yield from _split(text, "\n;")


def split_commas(text: str) -> list[str]:
    return [part for _, part in _split(text, ",")]


def split_equals(text: str) -> list[str]:
    marked = re.sub(r"(?<![=!<>])=(?!=)", "\0", text)
    return [part.replace("\0", "=") for _, part in _split(marked, "\0")]


def _split(text: str, marks: str) -> Iterator[tuple[int, str]]:
    depth, start, quoted = 0, 0, False
    for place, letter in enumerate(f"{text}{marks[0]}"):
        quoted ^= letter == '"'
        depth += (letter in "([{") - (letter in ")]}")
        if depth <= 0 and not quoted and letter in marks:
            if part := text[start:place].strip():
                yield start + len(text[start:place]) - len(text[start:place].lstrip()), part
            start = place + 1
