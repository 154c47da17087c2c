"""Whether each number of a page is the value of its expression."""

from __future__ import annotations

from decimal import Decimal

from nabla.check.advice import ONE_DECIMAL, UPDATE
from nabla.model.problem import Problem
from nabla.parse.page import Claim, Page
from nabla.run import rounding
from nabla.run.runner import Run


def check_claim(page: Page, run: Run, index: int) -> list[Problem]:
    """Whether each number of a paragraph is the value of its expression."""
    claim = page.claims[index]
    values = run.values[index]
    if values is None:
        return [
            Problem(
                page.file,
                claim.line,
                "estas cifras no se calcularon",
                fix="arregla antes el bloque que falla",
            )
        ]
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


def _printed(value: Decimal) -> str:
    # Enough digits for a float64; the whole binary expansion would only distract.
    return f"{value:.10g}" if value != value.to_integral_value() else f"{value:f}"
