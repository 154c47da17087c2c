"""When the expressions of a comment are evaluated: after which block of the page."""

from __future__ import annotations

import ast
import difflib
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
    made = set()
    try:
        waiting: list[ast.AST] = [ast.parse(code)]
    except SyntaxError:
        return frozenset()  # the run will say so
    while waiting:
        match waiting.pop():
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                made.add(name)  # what is inside is its own
            case ast.Lambda() | ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                pass
            case ast.Name(id=name, ctx=ast.Store()):
                made.add(name)
            case ast.alias(name=name, asname=other):
                made.add(other or name.partition(".")[0])
            case node:
                waiting += ast.iter_child_nodes(node)
    return frozenset(made)


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
