"""An expression as Python that the worker computes, with what its reader must know of it.

The Python uses the names of the pages' comments and the operations of ``operations``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Expression:
    """Python, the symbols in it, and its kind.

    ``shape`` is ``matrix`` or ``row`` for what multiplies as one; ``form`` is ``number``, ``name``, ``list`` (of names
    and numbers), ``notation`` (a derivative or a transpose by itself) or ``compound``; ``decimals`` counts those
    of a number, or of a list of numbers.
    """

    python: str
    symbols: frozenset[str] = NONE
    shape: str = ""
    form: str = "compound"
    decimals: int | None = None

    @property
    def is_numeric(self) -> bool:
        return not self.symbols


def number(text: str) -> Expression:
    decimals = len(text.partition(".")[2])
    python = text if decimals else text.lstrip("0") or "0"
    return Expression(python, form="number", decimals=decimals)


def name(python: str, shape: str = "") -> Expression:
    return Expression(python, frozenset([python]), shape, "name")


# Names that comments use as well. A lesson may have a function of any other name: here, that ends in «_».
_SHARED = {
    *("partial", "total", "of", "prime", "at", "vector", "cases", "log", "exp", "abs", "min", "max"),
    *("sum_from", "prod_from", *(f"sum_{letter}" for letter in "ijkl")),
}


def call(function: str, *arguments: Expression | str, form: str = "compound", shape: str = "") -> Expression:
    """A call of an operation; a text among the arguments is passed as it stands."""
    symbols = NONE.union(*(each.symbols for each in arguments if isinstance(each, Expression)))
    listed = ", ".join(each.python if isinstance(each, Expression) else each for each in arguments)
    return Expression(f"{called(function)}({listed})", symbols, shape, form)


def called(function: str) -> str:
    """The name of an operation in Python."""
    return function if function in _SHARED else f"{function}_"


def derivative(kind: str, of: Expression | str, variables: list[str]) -> Expression:
    """``partial('C', 'm')`` or ``total('C', 'm', 'm')``."""
    source = of if isinstance(of, str) else of.python
    is_name = source.isidentifier()
    symbols = frozenset([source, *variables]) if is_name or isinstance(of, str) else of.symbols | {*variables}
    quoted = ", ".join(map(repr, [source, *variables]))
    return Expression(f"{kind}({quoted})", symbols, form="notation" if is_name else "compound")


def negative(one: Expression) -> Expression:
    form = "number" if one.form == "number" else "compound"
    return Expression(f"(-{one.python})", one.symbols, one.shape, form, one.decimals)


def add(one: Expression, sign: str, other: Expression) -> Expression:
    left = one.python.removeprefix("(").removesuffix(")") if one.form == "sum" else one.python
    python = f"({left} {sign} {other.python})"
    return Expression(python, one.symbols | other.symbols, one.shape or other.shape, "sum")


def multiply(one: Expression, sign: str, other: Expression) -> Expression:
    r"""A product; of ``\cdot`` between vectors, and of a matrix or a row with what follows, that of matrices."""
    symbols = one.symbols | other.symbols
    left = one.python.removeprefix("(").removesuffix(")") if one.form == "product" else one.python
    if sign == "/":
        return Expression(f"({left} / {other.python})", symbols, one.shape, "product")
    if sign in ("", "dot") and one.shape:
        shape = {
            ("matrix", "matrix"): "matrix",
            ("row", "matrix"): "row",
            ("matrix", "row"): "matrix",
        }.get((one.shape, other.shape), "")
        return Expression(f"({left} @ {other.python})", symbols, shape, "product")
    if sign == "" and other.shape == "row" and one.symbols:
        return replace(call("outer", one, other), shape="matrix" if one.form == "name" else "row")
    if sign == "dot" and one.symbols and other.symbols:
        return replace(call("dot", one, other), shape=other.shape)
    return Expression(f"({left}*{other.python})", symbols, one.shape or other.shape, "product")


def power(base: Expression, exponent: Expression) -> Expression:
    symbols = base.symbols | exponent.symbols
    if base.shape == "matrix":
        if exponent.python == "(-1)":
            return replace(call("inverse", base), shape="matrix")
        return replace(call("matrix_power", base, exponent), shape="matrix")
    if not symbols or exponent.form != "number":  # 9^{9^9} of integers would never end
        return call("power", base, exponent)
    return Expression(f"(({base.python})**({exponent.python}))", symbols)


def transposed(one: Expression) -> Expression:
    if one.shape == "matrix":
        return Expression(
            f"{one.python}.T", one.symbols, "matrix", "notation" if one.form == "name" else "compound"
        )
    form = "name" if one.form == "name" else "compound"
    return replace(one, shape="" if one.shape == "row" else "row", form=form)


def listed(entries: list[Expression], shape: str = "") -> Expression:
    """``(a, b)``, or a matrix whose entries are its rows."""
    result = call("vector", f"[{', '.join(each.python for each in entries)}]", shape=shape)
    symbols = NONE.union(*(each.symbols for each in entries))
    is_plain = all(each.form in ("number", "name", "list") for each in entries)
    decimals = [each.decimals for each in entries]
    shown = max((each for each in decimals if each is not None), default=None)
    return replace(
        result,
        symbols=symbols,
        form="list" if is_plain else "compound",
        decimals=shown if is_plain and None not in decimals else None,
    )
