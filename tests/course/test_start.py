"""Protects who knows little Python: the formats and the stars that lessons write are shown before the first one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

SHOWN = ROOT / "snippets/antes_de_empezar.py"
# Side, sign, zeros, width, digits and letter.
_FORMAT = re.compile(r"([<>]?)(\+?)(z?)(\d*)((?:\.\d+)?)([defgs]?)")


def formats(node: ast.FormattedValue) -> Iterator[str]:
    """What a value inside an f-string asks for; what is written in another way is a kind of its own."""
    if node.conversion != -1:
        yield f"!{chr(node.conversion)}"
    if node.format_spec:
        written = ast.unparse(node.format_spec)[2:-1]
        read = _FORMAT.fullmatch(written)
        side, sign, zeros, width, digits, letter = read.groups() if read else (written, *[""] * 5)
        yield from filter(None, (side, sign, zeros, letter))
        if width:
            yield "width of a number" if letter in tuple("defg") else "width"
        if digits:
            yield f"digits of {letter}"


def stars(node: ast.AST) -> Iterator[str]:
    """What its stars do: give or take, one by one or by name."""
    if any(isinstance(child, ast.Starred) for child in ast.iter_child_nodes(node)):
        takes = isinstance(getattr(node, "ctx", None), ast.Store)
        yield "takes what is left" if takes else f"gives in {type(node).__name__}"
    if isinstance(node, ast.Call) and any(keyword.arg is None for keyword in node.keywords):
        yield "gives by name"
    if isinstance(node, ast.Dict) and None in node.keys:
        yield "gives in Dict"
    if isinstance(node, ast.arguments):
        yield from ["takes"] * bool(node.vararg) + ["takes by name"] * bool(node.kwarg)
        yield from ["only by name"] * bool(node.kwonlyargs and not node.vararg)


def kinds(source: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(source)))
    asked = {kind for node in nodes if isinstance(node, ast.FormattedValue) for kind in formats(node)}
    return asked | {kind for node in nodes for kind in stars(node)}


@pytest.mark.parametrize("file", sorted((ROOT / "snippets").glob("*.py")), ids=lambda path: path.stem)
def test_formats_and_stars_are_among_those_shown_before_the_first_lesson(file: Path) -> None:
    assert kinds(file.read_text("utf-8")) - kinds(SHOWN.read_text("utf-8")) == set()


def test_kinds_are_told_apart() -> None:
    source = r"""
def f(*given, **options): print(*given, **options)
first, *rest = (*f(), 1), [*f()], {**f()}
print(f"{first:<+7.3g} {rest!r:>5} {rest:_^9}")
"""
    stars_of = ["takes", "takes by name", "takes what is left", "gives by name"]
    stars_of += ["gives in Call", "gives in Tuple", "gives in List", "gives in Dict"]
    formats_of = ["<", "+", "g", "width of a number", "digits of g", "!r", ">", "width", "_^9"]
    assert kinds(source) == {*stars_of, *formats_of}
