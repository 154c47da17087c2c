"""Which blocks of a page its readers can run in it, with the small Python that a browser fetches."""

from __future__ import annotations

import ast

from nabla.model.page import Page
from nabla.parse import front_matter

_LIBRARIES = {"math"}  # of those that lessons may import, what that Python has too


def blocks(page: Page) -> set[int]:
    """The indexes of those blocks; none unless the page's front matter asks for it.

    Left out is what imports another library or uses its name, and what fails on purpose: its message is not the same.
    """
    if not front_matter.header(page.lines).get(front_matter.RUNNABLE):
        return set()
    found: set[int] = set()
    foreign: set[str] = set()
    for number, block in enumerate(page.blocks):
        try:
            nodes = list(ast.walk(ast.parse(block.section.code)))
        except (SyntaxError, ValueError):
            continue  # The run says it, with its line.
        imported = {name for node in nodes for name in _foreign(node)}
        foreign |= imported
        used = {node.id for node in nodes if isinstance(node, ast.Name)}
        if not (block.failure or imported or used & foreign):
            found.add(number)
    return found


def _foreign(node: ast.AST) -> list[str]:
    """The names that an import gives to what that Python does not have."""
    match node:
        case ast.Import(names):
            missing = [alias for alias in names if alias.name not in _LIBRARIES]
        case ast.ImportFrom(module, names) if module not in _LIBRARIES:
            missing = names
        case _:
            missing = []
    return [alias.asname or alias.name.partition(".")[0] for alias in missing]
