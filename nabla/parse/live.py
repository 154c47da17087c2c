"""Figures that answer: ``<!-- interactiva: module(name, other=expression) -->`` behind a figure.

The figure stays what the build draws; the comment names the script that moves it (``docs/assets/figures/module.js``)
and the values of the lesson's run that the script gets.
"""

from __future__ import annotations

import ast
from bisect import bisect_left
from dataclasses import replace

from nabla.model.live import Live
from nabla.model.page import Page, Region
from nabla.parse import moment

_FORM = "<!-- interactiva: módulo(variable, nombre=expresión) -->"


def read(page: Page, comment: Region) -> None:
    """Give the comment to the figure before it; faults go to ``page.problems``."""
    place = bisect_left(page.figures, comment.line, key=lambda figure: figure.line) - 1
    if place < 0 or page.figures[place].live or comment.last > page.figures[place].end:
        what = "este comentario «interactiva» no tiene delante una figura para él solo"
        page.complain(comment.line, what, fix="ponlo detrás del pie de la figura, sin líneas en blanco")
        return
    call = _call(comment.text.strip())
    if call is None:
        what = "este comentario «interactiva» no dice un módulo y sus valores"
        page.complain(comment.line, what, comment.text.strip(), f"escríbelo así: {_FORM}")
        return
    block = moment.find(page, comment.line, comment.after, call[1].values())
    if block is not None:
        live = Live(comment.line, block, *call)
        page.figures[place] = replace(page.figures[place], live=live)


def _call(text: str) -> tuple[str, dict[str, str]] | None:
    """The name that is called and its arguments as they are written, by name; None if it is no such call."""
    try:
        call = ast.parse(text, mode="eval").body
    except SyntaxError:
        return None
    if not isinstance(call, ast.Call) or not isinstance(call.func, ast.Name):
        return None
    pairs = [(each.id, each.id) for each in call.args if isinstance(each, ast.Name)]
    pairs += [
        (each.arg, ast.get_source_segment(text, each.value) or "") for each in call.keywords if each.arg
    ]
    is_whole = len(pairs) == len(call.args) + len(call.keywords)
    return (call.func.id, dict(pairs)) if is_whole else None
