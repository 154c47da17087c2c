"""Whether each number of a page is the value of its expression."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from nabla.check.advice import ONE_DECIMAL, UPDATE
from nabla.model import course
from nabla.model.page import Claim, Page
from nabla.model.prediction import Verdict
from nabla.model.problem import Problem
from nabla.parse.provenance import GIVEN, datum_names, owner
from nabla.run import rounding
from nabla.run.runner import Run

_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\w)")


def stale(page: Page) -> Iterator[Problem]:
    """Numbers given as they are that would go stale in silence: the page's code prints them without holding them, or
    a formula calls them by the name of the variable that holds them.

    One printed digit alone is no sign: every page prints some.
    """
    constants = _constants(page)
    held = _numbers(" ".join(block.section.code for block in page.blocks))
    printed = _numbers(" ".join(block.expected or "" for block in page.blocks)) - held
    for claim in page.claims:
        for numeral, expression in zip(claim.numerals, claim.expressions, strict=True):
            given = expression.lstrip("-")
            names = datum_names(page, claim.paragraph, numeral) if owner(expression) == GIVEN else []
            for name in names:
                block, value = constants.get(name, (claim.block + 1, None))
                if block <= claim.block and value == ast.literal_eval(expression):
                    yield Problem(
                        page.file,
                        claim.paragraph.line_of(numeral),
                        f"{numeral.text} es lo que vale «{name}» en el código, y el comentario «{course.CLAIM}» lo da escrito",
                        fix=f"da «{name}» en lugar de {expression}: si el código cambia, se notará",
                    )
            if owner(expression) == GIVEN and len(given) > 1 and _numbers(given) & printed:
                yield Problem(
                    page.file,
                    claim.paragraph.line_of(numeral),
                    f"{numeral.text} lo imprime el código, y el comentario «{course.CLAIM}» lo da escrito",
                    fix=f"da la expresión que lo calcula en lugar de {expression}: si el código cambia, se notará",
                )


def _constants(page: Page) -> dict[str, tuple[int, Any]]:
    """The variables that the page's code binds once, to a plain number: in which block, and to what."""
    bound: dict[str, list[tuple[int, Any]]] = {}
    for index, block in enumerate(page.blocks):
        try:
            nodes = list(ast.walk(ast.parse(block.section.code)))
        except SyntaxError:
            return {}  # the run says so
        plain = {id(each.targets[0]): each.value for each in nodes if isinstance(each, ast.Assign)}
        for node in nodes:
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                value = plain.get(id(node))
                number = value.value if isinstance(value, ast.Constant) else None
                bound.setdefault(node.id, []).append((index, number))
    return {name: found[0] for name, found in bound.items() if len(found) == 1}


def _numbers(text: str) -> set[Decimal]:
    return {Decimal(number[0]).normalize() for number in _NUMBER.finditer(text)}


def check_claim(page: Page, run: Run, index: int) -> list[Problem]:
    """Whether each number of a paragraph is the value of its expression."""
    claim = page.claims[index]
    values = run.values[index]
    assert values is not None  # it was computed
    return [
        problem
        for place, value in enumerate(values)
        if (problem := _number(page, claim, place, value)) is not None
    ]


def _number(page: Page, claim: Claim, place: int, value: Decimal | str | None) -> Problem | None:
    if value is None:
        return None
    numeral, expression = claim.numerals[place], claim.expressions[place]
    if isinstance(value, str):
        return Problem(
            page.file,
            claim.line,
            f"la expresión «{expression}» de {numeral.text} no sirve",
            value,
            "corrige la expresión",
        )
    if isinstance(numeral, Verdict):
        return None if numeral.shows(value) else _wrong_option(page, claim, numeral, expression)
    if not numeral.is_integer and rounding.is_near(value, numeral.exponent):
        return Problem(
            page.file,
            claim.paragraph.line_of(numeral),
            f"{numeral.text} está junto a un empate de redondeo",
            f"calculado: {_printed(value)}\nexpresión: {expression}",
            ONE_DECIMAL,
        )
    if numeral.shows(value):
        return None
    return Problem(
        page.file,
        claim.paragraph.line_of(numeral),
        f"{numeral.text} no es lo que calcula el código",
        f"publicado: {numeral.text}\ncalculado: {_printed(value)}\nexpresión: {expression}",
        UPDATE,
    )


def _wrong_option(page: Page, claim: Claim, numeral: Verdict, expression: str) -> Problem:
    return Problem(
        page.file,
        claim.line,
        f"«{numeral.text}» no es la respuesta buena",
        f"no es verdad: {expression}",
        "pon el porqué detrás de la opción que lo sea",
    )


def _printed(value: Decimal) -> str:
    # Enough digits for a float64; the whole binary expansion would only distract.
    return f"{value:.10g}" if value != value.to_integral_value() else f"{value:f}"
