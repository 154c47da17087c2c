r"""Derivatives in each spelling: ``\frac{\partial C}{\partial m}``, ``dC/dm``, ``\partial_m C``, ``\nabla_w C``, ``(x^2)'``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from nabla.algebra import expression
from nabla.algebra.cursor import FACES
from nabla.algebra.expression import Expression
from nabla.algebra.tokens import Unreadable

if TYPE_CHECKING:
    from nabla.algebra.reader import Reader

# The source of a derivative is quoted: each level inside another doubles its quotes.
_NESTED = 3


def starts_mark(reader: Reader) -> bool:
    """Whether ``∂`` or ``d`` may start here."""
    text = reader.text()
    return text in (r"\partial", "d") or (text in FACES and "d" in (reader.text(1), reader.text(2)))


def _mark(reader: Reader) -> str:
    r"""Take ``\partial``, ``d`` or ``\mathrm d``; its kind, or nothing."""
    if reader.text() == r"\partial":
        reader.at += 1
        return "partial"
    width = 0
    if reader.text() in ("d", r"\text{d}"):
        width = 1
    elif reader.text() in FACES and reader.text(1) == "d":
        width = 2
    elif reader.text() in FACES and [reader.text(ahead) for ahead in (1, 2, 3)] == ["{", "d", "}"]:
        width = 4
    if not width or reader.text(width) == "_":
        return ""
    reader.at += width
    return "total"


def _order(reader: Reader) -> int:
    if reader.text() != "^":
        return 1
    reader.at += 1
    start, end = reader.group()
    text = reader.tokens[start].text if end == start + 1 else ""
    if not (text.isdecimal() and text.isascii() and text != "0"):
        raise Unreadable("el orden de una derivada es una cifra")
    return int(text)


def _variables(reader: Reader, kind: str) -> list[str] | None:
    """Take ``∂m ∂b^2``, up to where no more marks come; None if there is none."""
    variables: list[str] = []
    while reader.at < reader.end:
        before = reader.at
        if _mark(reader) != kind or not reader.starts_name():
            reader.at = before
            break
        name = reader.name()
        variables += [name] * _order(reader)
    return variables or None


def _of(reader: Reader) -> Expression | str:
    """What is derived: a name, or an expression, up to the end."""
    if reader.at == reader.end:
        return ""
    before = reader.at
    if reader.starts_name():
        name = reader.name()
        if reader.at == reader.end:
            return name
        reader.at = before
    return nesting(reader, reader.read_sum)


def nesting(reader: Reader, read: Callable[[], Expression]) -> Expression:
    """What ``read`` finds, as the source of a derivative or of a sum."""
    reader.nested += 1
    if reader.nested > _NESTED:
        raise Unreadable(f"hay más de {_NESTED} derivadas o sumas con límites, una dentro de otra")
    try:
        return read()
    finally:
        reader.nested -= 1


def fraction_derivative(reader: Reader, above: tuple[int, int], below: tuple[int, int]) -> Expression | None:
    """The derivative that the parts of a fraction make, if they do."""
    kept = reader.at, reader.end
    reader.at, reader.end = above
    kind = _mark(reader)
    if kind:
        reader.at, reader.end = below
        variables = _variables(reader, kind)
        if variables is None or reader.at < reader.end:
            variables = None
    reader.at, reader.end = kept
    if not kind or variables is None:
        return None

    def numerator() -> tuple[int, Expression | str]:
        _mark(reader)
        return _order(reader), _of(reader)

    order, of = reader.within(*above, numerator)
    return _made(reader, kind, of, variables, order)


def slash_derivative(reader: Reader) -> Expression | None:
    """``\\partial C/\\partial m`` or ``dC/dm``, if it is next."""
    before = reader.at
    kind = _mark(reader)
    try:
        order = _order(reader)
        of = reader.name() if reader.starts_name() else ""
        if reader.text() == "/":
            reader.at += 1
            if variables := _variables(reader, kind):
                return _made(reader, kind, of, variables, order)
    except Unreadable:
        if kind == "partial":
            raise
    if kind == "partial":
        raise Unreadable("una derivada parcial dice de qué es y respecto de qué: \\partial C/\\partial m")
    reader.at = before
    return None


def _made(reader: Reader, kind: str, of: Expression | str, variables: list[str], order: int) -> Expression:
    if len(variables) != order:
        raise Unreadable(f"la derivada es de orden {order} y abajo hay {len(variables)} variables")
    if of == "":
        of = nesting(reader, reader.operand)
    elif reader.text() == "(" and isinstance(of, str):  # \frac{df}{dx}(2): there
        made = expression.derivative(kind, of, variables)
        return value_at(reader, made, of)
    return expression.derivative(kind, of, variables)


def value_at(reader: Reader, made: Expression, of: str) -> Expression:
    """``f'(2)`` in Leibniz's notation, for a function that is known; else a product follows."""
    if of not in reader.functions:
        return made
    arguments = [
        reader.within(start, end, reader.read_sum) for start, end in reader.split(*reader.bracket(), {","})
    ]
    return expression.call("at", repr(made.python), repr(of), *arguments)


def indexed_derivative(reader: Reader) -> Expression | None:
    r"""``\partial_m C``, if it is next."""
    if [reader.text(), reader.text(1)] != [r"\partial", "_"]:
        return None
    reader.at += 2
    variable = reader.within(*reader.group(), reader.name)
    return expression.derivative("partial", _applied_to(reader), [variable])


def gradient(reader: Reader) -> Expression:
    r"""``\nabla C``, by all its variables; ``\nabla_w C``."""
    reader.at += 1
    variable = ""
    if reader.text() == "_":
        reader.at += 1
        variable = reader.within(*reader.group(), reader.name)
    if reader.text() == "^":
        raise Unreadable("∇² puede ser la matriz hessiana o el laplaciano: escribe las segundas derivadas")
    if not reader.starts_name():
        raise Unreadable("no sé de qué es el gradiente")
    of = reader.name()
    if variable:
        return expression.derivative("total", of, [variable])
    return expression.name(f"grad_{of}")


def _applied_to(reader: Reader) -> Expression | str:
    if reader.starts_name():
        return reader.name()
    return nesting(reader, reader.operand)


def primed(reader: Reader, inside: Expression, start: int, end: int) -> Expression:
    """``(x^2)'``: the derivative by the only letter of the bracket from ``start`` to ``end``."""
    letters = {
        token.text for token in reader.tokens[start:end] if token.text.isalpha() and len(token.text) == 1
    }
    if len(letters) > 1:
        letters.discard("e")
    if len(letters) != 1:
        raise Unreadable("no sé respecto de qué letra se deriva")
    order = len(reader.take())
    return expression.derivative("total", inside, [letters.pop()] * order)
