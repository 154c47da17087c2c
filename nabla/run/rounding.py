"""Numbers printed so close to a rounding tie that another machine may print another last digit.

36.305 at two decimals is 36.30 or 36.31, as its last bit falls. Two units of float32 rounding are
what the order of a sum, a thread count or a processor may move a result.
"""

from __future__ import annotations

import ast
import builtins
import math
import re
from dataclasses import asdict, dataclass
from decimal import Decimal, localcontext
from typing import Any

from nabla.model import numerals

_ULPS = 2
_FLOAT32, _FLOAT64 = 24, 53  # bits of their significands
_SPEC = re.compile(r"(?:\.(?P<precision>\d+))?(?P<type>[eEfFgG%])?\Z")
_DEFAULT_PRECISION = 6
_RECORDER = "__nabla_rounds__"


@dataclass(frozen=True)
class Tie:
    """A value that code rounded near a tie: where the code stands, what it rounded and how."""

    block: int
    line: int
    value: str
    rounding: str


def is_near(value: Decimal, exponent: int) -> bool:
    """Whether ``value``, rounded to multiples of ``10**exponent``, stands near a tie of that rounding.

    Digits finer than float32 can hold are those of a float64, and its own rounding counts.
    """
    if value == 0:
        return False
    unit = Decimal(1).scaleb(exponent)
    reach = _ULPS * _ulp(value, _FLOAT32)
    if 2 * reach >= unit:
        reach = _ULPS * _ulp(value, _FLOAT64)
    with localcontext(numerals.WIDE):
        return abs(abs(value) % unit - unit / 2) <= reach


def _ulp(value: Decimal, bits: int) -> Decimal:
    _, power = math.frexp(abs(float(value)))
    return Decimal(2) ** (power - bits)


def exponent_of(spec: str, value: Decimal) -> int | None:
    """The power of ten that the format ``spec`` rounds ``value`` to; None if it does not round."""
    match = _SPEC.search(spec)
    assert match is not None  # all of it is optional
    kind = (match["type"] or "").lower()
    if not kind and match["precision"] is None:
        return None
    precision = _DEFAULT_PRECISION if match["precision"] is None else int(match["precision"])
    if kind == "f":
        return -precision
    if kind == "%":
        return -precision - 2
    kept = precision if kind == "e" else max(precision, 1) - 1
    return value.adjusted() - kept


class Recorder:
    """Sees each value that the code of a lesson rounds; ``found`` are those near a tie."""

    def __init__(self) -> None:
        self.found: dict[Tie, None] = {}  # in order, each once
        setattr(builtins, _RECORDER, self._see)

    def take(self) -> list[dict[str, Any]]:
        """What was found since the last time, as JSON can hold it."""
        taken = [asdict(tie) for tie in self.found]
        self.found.clear()
        return taken

    def _see(self, value: Any, spec: str, block: int, line: int) -> Any:
        try:
            number = numerals.exact(value)
        except numerals.NotANumber:
            return value
        exponent = exponent_of(spec, number)
        if exponent is not None and is_near(number, exponent):
            self.found[Tie(block, line, f"{number:.10g}", spec)] = None
        return value


def instrument(tree: ast.AST, block: int) -> Any:
    """``tree`` with each value that it rounds shown to the recorder; all else, lines too, stays."""
    return ast.fix_missing_locations(_Rounds(block).visit(tree))


class _Rounds(ast.NodeTransformer):
    """Finds ``f"{value:.2f}"``, ``format(value, ".2f")`` and ``round(value, 2)``."""

    def __init__(self, block: int) -> None:
        self.block = block

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        self.generic_visit(node)
        spec = node.format_spec
        if node.conversion == -1 and isinstance(spec, ast.JoinedStr):
            parts = [part.value for part in spec.values if isinstance(part, ast.Constant)]
            if len(parts) == len(spec.values):
                node.value = self._shown(node.value, "".join(parts))
        return node

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        match node:
            case ast.Call(ast.Name("format"), [value, ast.Constant(str(spec))], []):
                node.args[0] = self._shown(value, spec)
            case ast.Call(ast.Name("round"), [value], []):
                node.args[0] = self._shown(value, ".0f")
            case ast.Call(ast.Name("round"), [value, ast.Constant(int(digits))], []):
                node.args[0] = self._shown(value, f".{digits}f")
        return node

    def _shown(self, value: ast.expr, spec: str) -> ast.expr:
        arguments: list[ast.expr] = [value, *map(ast.Constant, (spec, self.block, value.lineno))]
        call = ast.Call(ast.Name(_RECORDER, ast.Load()), arguments, [])
        return ast.copy_location(call, value)
