r"""Commands with their operands: fractions, roots, functions, sums and products, extremes, matrices and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nabla.algebra import derivatives, expression
from nabla.algebra.expression import Expression
from nabla.algebra.notation import FUNCTIONS, INDICES, REASONS, RELATIONS
from nabla.algebra.tokens import MATRICES, Unreadable, shown

if TYPE_CHECKING:
    from nabla.algebra.reader import Reader


def command(reader: Reader, text: str) -> Expression:
    if text == r"\frac":
        return _fraction(reader)
    if text == r"\sqrt":
        return _root(reader)
    if text in FUNCTIONS:
        return _function(reader, FUNCTIONS[text])
    if text in (r"\sum", r"\prod"):
        return _sum(reader, text)
    if text in (r"\max", r"\min"):
        return _extreme(reader, text)
    if text.startswith(r"\b{"):
        return _environment(reader, text[3:-1])
    if text in (r"\lfloor", r"\lceil"):
        return expression.call(text[2:], reader.within(*reader.bracket(), reader.read_sum))
    if text == r"\binom":
        reader.at += 1
        above, below = (reader.within(*reader.group(), reader.read_sum) for _ in range(2))
        return expression.call("binomial", above, below)
    if text in REASONS:
        raise Unreadable(f"«{shown(text)}»: {REASONS[text]}")
    if text in RELATIONS:
        raise Unreadable(f"falta un lado de la igualdad, o sobra «{text}»")
    if text.startswith("\\"):
        raise Unreadable(f"no conozco la orden «{shown(text)}»")
    raise Unreadable(f"no entiendo «{shown(text)}» en este sitio")


def argument(reader: Reader) -> Expression:
    """What a function applies to: a bracket, or the factors that follow."""
    if reader.text() in ("(", "["):
        return reader.within(*reader.bracket(), reader.read_sum)
    return reader.operand()


def expectation(reader: Reader) -> Expression:
    r"""``\mathbb E[x]``; any other letter of this face is a set."""
    reader.at += 1
    start, end = reader.group()
    if [token.text for token in reader.tokens[start:end]] != ["E"]:
        raise Unreadable(f"«\\mathbb»: {REASONS[chr(92) + 'mathbb']}")
    return expression.call("expectation", argument(reader))


def _fraction(reader: Reader) -> Expression:
    reader.at += 1
    above, below = reader.group(), reader.group()
    if found := derivatives.fraction_derivative(reader, above, below):
        return found
    top, bottom = reader.within(*above, reader.read_sum), reader.within(*below, reader.read_sum)
    return expression.multiply(top, "/", bottom)


def _root(reader: Reader) -> Expression:
    reader.at += 1
    degree = reader.within(*reader.bracket(), reader.read_sum) if reader.text() == "[" else None
    inside = reader.within(*reader.group(), reader.read_sum)
    return expression.call("root", inside, degree) if degree else expression.call("sqrt", inside)


def _function(reader: Reader, name: str) -> Expression:
    reader.at += 1
    base = exponent = None
    if reader.text() == "_" and name == "log":
        reader.at += 1
        base = reader.within(*reader.group(), reader.read_sum)
    if reader.text() == "^":
        reader.at += 1
        exponent = reader.script()
        if exponent.python == "(-1)":
            raise Unreadable(f"{name}⁻¹ puede ser la función inversa o 1 dividido entre ella: escribe cuál")
    result = expression.call(name, argument(reader))
    if base:
        result = expression.multiply(result, "/", expression.call("log", base))
    return expression.power(result, exponent) if exponent else result


def _sum(reader: Reader, command: str) -> Expression:
    with reader.deeper():
        return _summed(reader, command)


def _summed(reader: Reader, command: str) -> Expression:
    reader.at += 1
    word = "sum" if command == r"\sum" else "prod"
    bounds: dict[str, tuple[int, int]] = {}
    while reader.text() in ("_", "^") and reader.text() not in bounds:
        mark = reader.take()
        bounds[mark] = reader.group()
    if "_" not in bounds:
        raise Unreadable(f"la suma no dice sobre qué índice: {command}_i")
    start, end = bounds["_"]
    index = reader.tokens[start].text
    if not (len(index) == 1 and index.isalpha() and index.isascii()):
        raise Unreadable(f"la suma no dice sobre qué índice: {command}_i")
    second = reader.tokens[start + 1].text if start + 1 < end else ""
    if second == "=" and "^" in bounds:
        first = reader.within(start + 2, end, reader.read_sum)
        last = reader.within(*bounds["^"], reader.read_sum)
        body = derivatives.nesting(reader, reader.read_product)
        made = expression.call(f"{word}_from", repr(index), first, last, repr(body.python))
        inner = {each for each in body.symbols if each != index}
        return Expression(made.python, made.symbols | inner)
    if "^" in bounds or second not in ("", r"\in"):
        raise Unreadable(
            f"no entiendo los límites de la suma: {command}_i, {command}_{{i=1}}^n o {command}_{{i \\in B}}"
        )
    if index not in INDICES:
        raise Unreadable(
            f"sin límites sé sumar sobre i, j, k y l, y no sobre «{index}»: {command}_{{{index}=1}}^n"
        )
    over = [expression.name(reader.within(start + 2, end, reader.name))] if second else []
    return expression.call(f"{word}_{index}", reader.read_product(), *over)


def _extreme(reader: Reader, command: str) -> Expression:
    reader.at += 1
    word = command.removeprefix("\\")
    if reader.text() == "_":
        reader.at += 1
        start, end = reader.group()
        index = reader.tokens[start].text
        if end > start + 1 or index not in INDICES:
            raise Unreadable(f"«{command}»: solo sé buscarlo entre los elementos de un índice: {command}_i")
        return expression.call(f"{word}_{index}", argument(reader))
    if reader.text() not in ("(", r"\{"):
        raise Unreadable(f"«{command}» no dice entre qué números: {command}(a, b)")
    parts = reader.split(*reader.bracket(), {","})
    return expression.call(word, *(reader.within(start, end, reader.read_sum) for start, end in parts))


def _environment(reader: Reader, kind: str) -> Expression:
    start, end = reader.bracket()
    lines = [part for part in reader.split(start, end, {r"\\"}) if part[0] < part[1]]
    if kind == "cases":
        return _cases(reader, lines)
    if kind not in MATRICES:
        raise Unreadable(f"no conozco el entorno «{kind}»")
    rows = [
        expression.listed([reader.within(*cell, reader.read_sum) for cell in reader.split(*line, {"&"})])
        for line in lines
    ]
    return expression.listed(rows, shape="matrix")


def _cases(reader: Reader, lines: list[tuple[int, int]]) -> Expression:
    """Each line: a value, and the inequality where it holds; words alone hold everywhere else."""
    parts: list[Expression] = []
    for line in lines:
        cells = reader.split(*line, {"&"})
        if len(cells) != 2:
            raise Unreadable("no entiendo uno de los casos: valor & u < 0")
        value = reader.within(cells[0][0], _trimmed(reader, *cells[0])[1], reader.read_sum)
        parts += [_condition(reader, *_trimmed(reader, *cells[1])), value]
    return expression.call("cases", *parts)


def _trimmed(reader: Reader, start: int, end: int) -> tuple[int, int]:
    """Without the words of a cell, and the comma that ends it."""
    while start < end and reader.tokens[start].words is not None:
        start += 1
    while start < end and (
        reader.tokens[end - 1].text in (",", ".", ";") or reader.tokens[end - 1].words is not None
    ):
        end -= 1
    return start, end


def _condition(reader: Reader, start: int, end: int) -> Expression:
    if start == end:
        return Expression("True")
    sides = [reader.within(*part, reader.read_list) for part in reader.split(start, end, set(RELATIONS))]
    ends = [last for _, last in reader.split(start, end, set(RELATIONS))][:-1]
    signs = [{"=": "=="}.get(sign, sign) for sign in (RELATIONS[reader.tokens[place].text] for place in ends)]
    if not signs or "≈" in signs:
        raise Unreadable("no entiendo uno de los casos: valor & u < 0")
    pairs = zip(sides, signs, sides[1:], strict=False)
    python = " & ".join(f"({left.python} {sign} {right.python})" for left, sign, right in pairs)
    return Expression(python, frozenset().union(*(side.symbols for side in sides)))
