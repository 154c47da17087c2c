"""What a reader is asked to predict: ``<!-- respuesta: … -->`` in a piece «Predice».

A number is given as ``36 = x.grad``. A choice is given by its options, at line ends or semicolons, of which the right
one says what must be true: ``mayor; igual; menor = m.grad < before``.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_right

from nabla.model import numerals
from nabla.model.numerals import Numeral
from nabla.model.page import Claim, Page, Paragraph, Region
from nabla.model.prediction import Prediction, Verdict
from nabla.parse import definitions, moment

_FORM = (
    "un número, «36 = x.grad», u opciones separadas por «;», y en la buena, detrás de « = », por qué lo es"
)


def read(page: Page, comment: Region) -> None:
    """Take the comment into ``page.predictions``, and its expression into ``page.claims``."""
    entries = [entry.partition(" = ") for _, entry in definitions.entries(comment.text)]
    options = [option.strip() for option, _, _ in entries]
    right = [place for place, (_, _, expression) in enumerate(entries) if expression.strip()]
    wrong = _fault(page, comment, options, right, [expression for _, _, expression in entries])
    if wrong:
        page.complain(comment.line, wrong, fix=_FORM)
        return
    place = right[0]
    expression = entries[place][2].strip()
    block = _block(page, comment, expression)
    if block is None:
        return
    paragraph = Paragraph(comment.line, tuple(page.lines[comment.line - 1 : comment.last]))
    numeral = _numeral(paragraph, options[place], is_choice=len(options) > 1)
    page.claims.append(Claim(comment.line, block, (expression,), paragraph, (numeral,)))
    page.predictions.append(
        Prediction(comment.line, block, tuple(options) if len(options) > 1 else (), options[place])
    )


def _fault(
    page: Page, comment: Region, options: list[str], right: list[int], expressions: list[str]
) -> str | None:
    if len(right) != 1:
        return f"esta respuesta tiene {len(right)} opciones buenas"
    if len({option.casefold() for option in options}) < len(options):
        return "dos opciones de esta respuesta son iguales"
    if len(options) == 1 and not re.fullmatch(r"[-−]?\d*\.?\d+", options[0]):
        return f"«{options[0]}» no es un número, y es la única opción"
    try:
        tree = ast.parse(expressions[right[0]].strip(), mode="eval")
    except SyntaxError as error:
        return f"«{expressions[right[0]].strip()}» no es una expresión de Python: {error.msg}"
    if not any(isinstance(node, ast.Name) for node in ast.walk(tree)):
        return "la respuesta buena no la calcula ninguna variable"
    return None


def _block(page: Page, comment: Region, expression: str) -> int | None:
    """The block that tells the answer: the one named, or the next one; it must stand behind the question."""
    following = bisect_right(page.blocks, comment.line, key=lambda block: block.line)
    block = moment.find(page, comment.line, comment.after, [expression], following)
    if block is not None and not following <= block < len(page.blocks):
        page.complain(
            comment.line,
            "la respuesta se sabría antes que la pregunta",
            fix="nombra con «tras» una sección que esté detrás",
        )
        return None
    return block


def _numeral(paragraph: Paragraph, option: str, is_choice: bool) -> Numeral:
    start = paragraph.text.index(option, paragraph.text.index(":") + 1)
    if is_choice:
        return Verdict(option, start)
    (found,) = numerals.find(option)
    return Numeral(found.text, start + found.start, found.value, found.is_integer)
