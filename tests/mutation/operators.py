"""The mutants of a section: small changes of its code, such as a slip of the hand makes.

Own operators, on ``ast``: those of mutation libraries miss the slips of this field (a dropped factor,
sum for mean, a missing zero_grad, swapped arguments), work on other trees (cosmic-ray on parso, mutmut on
LibCST) and come with what a site does not need (aiohttp, SQLAlchemy, GitPython; a terminal interface).
"""

from __future__ import annotations

import ast
import contextlib
import copy
import types
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

_OPERATORS: dict[type, list[type]] = {
    ast.Add: [ast.Sub],
    ast.Sub: [ast.Add],
    ast.Mult: [ast.Div],
    ast.Div: [ast.Mult],
    ast.FloorDiv: [ast.Div],
    ast.Pow: [ast.Mult],
    ast.Lt: [ast.LtE, ast.GtE],
    ast.LtE: [ast.Lt, ast.Gt],
    ast.Gt: [ast.GtE, ast.LtE],
    ast.GtE: [ast.Gt, ast.Lt],
    ast.Eq: [ast.NotEq],
    ast.NotEq: [ast.Eq],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
    ast.And: [ast.Or],
    ast.Or: [ast.And],
}
# Comparisons that differ only where both sides are equal.
_WITH_BOUND = {ast.Lt: (ast.LtE,), ast.LtE: (ast.Lt,), ast.Gt: (ast.GtE,), ast.GtE: (ast.Gt,)}
_NAMES = {
    "sum": "mean",
    "mean": "sum",
    "min": "max",
    "max": "min",
    "argmin": "argmax",
    "argmax": "argmin",
} | {
    "zeros": "ones",
    "ones": "zeros",
}
# How a drawing looks, not what it plots: keywords of matplotlib, also as keys of a dict that is passed on.
_LOOKS = frozenset(
    [
        *("alpha", "antialiased", "arrowprops", "bbox", "boxstyle", "clip_on", "cmap", "color", "connectionstyle"),
        *("dpi", "edgecolor", "facecolor", "figsize", "fill", "fontsize", "fontweight", "gridspec_kw", "ha"),
        *("handlelength", "head_width", "headlength", "headwidth", "height_ratios", "hspace", "inline", "inline_spacing"),
        *("labelbottom", "labelleft", "layout", "length", "linestyle", "linestyles", "linewidth", "linewidths", "loc"),
        *("location", "lw", "marker", "markersize", "markevery", "mutation_scale", "ncols", "pad", "rasterized"),
        *("ccount", "rcount", "rotation", "rotation_mode", "s", "shading", "sharex", "sharey", "shrinkA", "shrinkB"),
        *("size", "va", "width", "width_ratios", "wspace", "zorder"),
    ]
)  # fmt: skip
# Calls that only set looks, or do nothing without a screen.
_SHOWING = frozenset(
    [
        *("axis", "grid", "indicate_inset_zoom", "locator_params", "minorticks_off", "set_aspect"),
        *("set_box_aspect", "set_printoptions", "show", "tick_params", "tight_layout", "view_init"),
    ]
)
# Calls whose first two arguments may change places.
_SYMMETRIC = frozenset(
    [
        *("L1Loss", "MSELoss", "allclose", "dot", "equal", "gcd", "hypot", "isclose", "l1_loss", "max"),
        *("maximum", "min", "minimum", "mse_loss"),
    ]
)
_SEQUENCES = (ast.JoinedStr, ast.List, ast.Tuple, ast.ListComp)


# Below this a number is a step of differences or a tolerance, not a datum.
_SMALL = 1e-3


@dataclass(frozen=True)
class Mutant:
    """A changed section. ``name`` tells the change, and is its own within the section.

    ``is_marginal``: it moves only a margin, which may show nowhere: a bound of a comparison or of a loop by one,
    or a step or tolerance to its double.
    """

    name: str
    line: int
    code: types.CodeType
    in_function: bool
    is_marginal: bool


def mutants(source: str, file: str) -> Iterator[Mutant]:
    """Every mutant of a section, in the order of its code, compiled as ``file``."""
    seen: Counter[str] = Counter()
    tree = ast.parse(source)
    for node, place in list(_places(tree)):
        for new in _instead(node):
            change = f"{_short(node)} → {_short(new)}"
            seen[change] += 1
            name = change if seen[change] == 1 else f"{change} ({seen[change]})"
            with place.holding(new):
                code = compile(ast.fix_missing_locations(tree), file, "exec")
            marginal = _is_marginal(place.parent, node, new)
            yield Mutant(name, node.lineno, code, place.in_function, marginal)


@dataclass(frozen=True)
class _Place:
    """Where a node stands in its tree."""

    parent: ast.AST
    field: str
    index: int | None
    in_function: bool

    @contextlib.contextmanager
    def holding(self, new: ast.AST | list[ast.stmt]) -> Iterator[None]:
        """Another node in this place, for a while."""
        old = getattr(self.parent, self.field)
        changed = new
        if self.index is not None:
            inserted = new if isinstance(new, list) else [new]
            changed = [*old[: self.index], *inserted, *old[self.index + 1 :]] or [ast.Pass()]
        setattr(self.parent, self.field, changed)
        try:
            yield
        finally:
            setattr(self.parent, self.field, old)


def _places(tree: ast.AST, in_function: bool = False) -> Iterator[tuple[ast.expr | ast.stmt, _Place]]:
    """What may change: statements and expressions, but not what only concerns looks."""
    in_function |= isinstance(tree, ast.FunctionDef | ast.Lambda)
    for field, value in ast.iter_fields(tree):
        for index, child in enumerate(value if isinstance(value, list) else [value]):
            if not isinstance(child, ast.AST) or _is_about_looks(tree, field, index, child):
                continue
            if isinstance(child, ast.expr | ast.stmt):
                yield child, _Place(tree, field, index if isinstance(value, list) else None, in_function)
            yield from _places(child, in_function)


def _is_about_looks(parent: ast.AST, field: str, index: int, child: ast.AST) -> bool:
    match child:
        case ast.keyword(arg=name):
            return name in _LOOKS
        case ast.Expr(value=ast.Constant()):
            return True  # a docstring
        case ast.Expr(value=ast.Call() as call):
            return _called(call) in _SHOWING
    if isinstance(parent, ast.Dict) and field == "values":
        key = parent.keys[index]
        return isinstance(key, ast.Constant) and key.value in _LOOKS
    return (
        isinstance(parent, ast.JoinedStr) or field == "format_spec"
        if isinstance(child, ast.Constant)
        else False
    )


def _called(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Call):  # nn.MSELoss()(y_hat, y)
        return _called(function)
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _instead(node: ast.expr | ast.stmt) -> Iterator[ast.AST | list[ast.stmt]]:
    """The changes of one node. A literal has only one: what notices a wrong value notices another."""
    match node:
        case ast.BinOp(left=left, right=right, op=op):
            if any(isinstance(each, _SEQUENCES) or _is_text(each) for each in (left, right)):
                return
            scales = isinstance(op, ast.Mult | ast.Div | ast.Pow)
            if not (scales and _is_one(right)):  # what is multiplied by 1, or divided, stays the same
                yield from _operators(node, op)
                yield left
            if isinstance(op, ast.Mult) and _is_one(left):
                return
            if not isinstance(op, ast.Sub | ast.Div | ast.Pow | ast.FloorDiv | ast.Mod):
                yield right
        case ast.AugAssign(op=op):
            yield from _operators(node, op)
            yield []
        case ast.BoolOp(op=op):
            yield from _operators(node, op)
        case ast.Compare(ops=ops):
            for place, op in enumerate(ops):
                for other in _OPERATORS.get(type(op), []):
                    new = copy.deepcopy(node)
                    new.ops[place] = other()
                    yield new
        case ast.UnaryOp(op=ast.USub() | ast.Not(), operand=operand):
            yield operand
        case ast.Constant(value=bool(value)):
            yield ast.Constant(not value)
        case ast.Constant(value=int(value)):
            yield ast.Constant(value + 1)
        case ast.Constant(value=float(value)):
            yield ast.Constant(value * 2 if value else 1.0)
        case ast.Attribute(attr="T", value=value):
            yield value
        case ast.Call():
            yield from _calls(node)
        case ast.Expr(value=ast.Call() as call) if _called(call) != "print":
            yield []
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield []
        case ast.Break() | ast.Continue():
            yield ast.Pass()
        case ast.With(body=body, items=[item]) if item.optional_vars is None:
            yield body


def _is_marginal(parent: ast.AST, node: ast.AST, new: ast.AST | list[ast.stmt]) -> bool:
    match node, new:
        case ast.Compare(ops=before), ast.Compare(ops=after):
            changed = ((type(old), type(other)) for old, other in zip(before, after, strict=True))
            return all(old is other or other in _WITH_BOUND.get(old, ()) for old, other in changed)
        case ast.Constant(value=float(value)), _:
            return 0 < abs(value) <= _SMALL
        case ast.Constant(value=int(value)), _ if type(value) is int:
            return _is_range(parent) or isinstance(parent, ast.Slice)
        case ast.Call(), ast.Call(args=arguments) if _is_range(node):
            old, changed = map(ast.dump, node.args), map(ast.dump, arguments)
            return sum(left != right for left, right in zip(old, changed, strict=True)) == 1
    return False


def _is_range(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _called(node) == "range"


def _operators(node: ast.BinOp | ast.AugAssign | ast.BoolOp, op: ast.AST) -> Iterator[ast.AST]:
    for other in _OPERATORS.get(type(op), []):
        new = copy.deepcopy(node)
        new.op = other()
        yield new


def _calls(node: ast.Call) -> Iterator[ast.AST]:
    function = node.func
    if (other := _NAMES.get(_called(node))) and isinstance(function, ast.Attribute):
        yield ast.Call(ast.Attribute(function.value, other, ast.Load()), node.args, node.keywords)
    elif other and _called(node) in ("min", "max"):
        yield ast.Call(ast.Name(other, ast.Load()), node.args, node.keywords)
    if _called(node) == "range" and not isinstance(node.args[min(1, len(node.args) - 1)], ast.Constant):
        for op in (ast.Add(), ast.Sub()):
            new = copy.deepcopy(node)
            stop = min(1, len(node.args) - 1)
            new.args[stop] = ast.BinOp(new.args[stop], op, ast.Constant(1))
            yield new
    for place in range(len(node.args) - 1 if _called(node) not in _SYMMETRIC else 0):
        left, right = node.args[place : place + 2]
        starred = any(isinstance(each, ast.Starred) for each in (left, right))
        if not starred and ast.dump(left) != ast.dump(right):
            new = copy.deepcopy(node)
            new.args[place : place + 2] = reversed(new.args[place : place + 2])
            yield new


def _is_one(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value == 1


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _short(node: ast.AST | list[ast.stmt]) -> str:
    if isinstance(node, list):
        return "sin with" if node else "nada"
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 60 else f"{text[:40]} … {text[-17:]}"
