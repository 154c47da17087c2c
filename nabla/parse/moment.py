"""When the expressions of a comment are evaluated: after which block of the page."""

from __future__ import annotations

import ast
import difflib
import symtable
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache

from nabla.model.page import Page


def find(
    page: Page, line: int, after: str | None, sources: Iterable[str], first: int | None = None
) -> int | None:
    """The index of the block after which ``sources``, the expressions of a comment at this line, are evaluated.

    It is that of the section ``after``. Without one, the ``first`` after which there are all variables that a block of
    the page makes and they need, beginning with the block before the comment. None, with a problem, if there is none.
    """
    if not page.blocks:
        page.complain(
            line,
            "esta página no ejecuta código, así que nada puede calcular sus números",
            fix="trae una sección con ```python, o escribe la frase sin números con decimales",
        )
        return None
    if after:
        return _named(page, line, after)
    if first is None:
        first = max(0, bisect_left(page.blocks, line, key=lambda block: block.line) - 1)
    made = [_made(block.section.code) for block in page.blocks]
    waited = frozenset().union(*map(_needed, sources)) & frozenset().union(*made[first:])
    waited -= frozenset().union(*made[: first + 1])
    block = first
    while waited:
        block += 1
        waited -= made[block]
    return block


def _named(page: Page, line: int, after: str) -> int | None:
    names = [block.section.name for block in page.blocks]
    if after not in names:
        near = difflib.get_close_matches(after, names, n=3, cutoff=0.4) or names[:5]
        page.complain(
            line,
            f"ninguna sección de esta página se llama «{after}»",
            fix=f"lo más parecido: {', '.join(near)}",
        )
        return None
    return names.index(after)


@lru_cache(maxsize=1 << 10)
def _made(code: str) -> frozenset[str]:
    """The variables, functions and modules that a block leaves to the next ones."""
    try:
        symbols = symtable.symtable(code, "", "exec").get_symbols()
    except SyntaxError:
        return frozenset()  # the run will say so
    return frozenset(each.get_name() for each in symbols if each.is_assigned() or each.is_imported())


@lru_cache(maxsize=1 << 14)
def _needed(source: str) -> frozenset[str]:
    """The names that an expression does not give a value itself; none for «_», which stands for a formula."""
    try:
        nodes = list(ast.walk(ast.parse(source, mode="eval")))
    except SyntaxError:
        return frozenset()  # whoever evaluates it will say so
    names = [each for each in nodes if isinstance(each, ast.Name)]
    own = {each.id for each in names if isinstance(each.ctx, ast.Store)}
    return frozenset(each.id for each in names) - own - {"_"}
