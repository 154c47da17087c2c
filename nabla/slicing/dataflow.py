"""Which blocks of code gave the names and objects of a later block their state, without running any.

The code is executed abstractly: an object is a ``Thing`` that remembers which blocks made or changed it,
and a variable is a set of the things it may hold. Functions of the lesson are followed into, with the
things they are called with. Whatever is not known to leave its arguments alone is taken to change them:
a block too many is only longer to read, one too few does not run.
"""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from nabla.slicing import effects


class Unknown(Exception):
    """Code whose effects this analysis does not follow: a block with it needs, and is needed by, all."""


@dataclass(eq=False)
class Thing:
    """An object, or all those made at one place.

    ``holds`` are the things it contains or shares memory with; ``sources``, those whose gradient
    ``backward`` reaches from it. ``kind`` is "", "container", "iterator", "module", "instance" (of a
    library's class), "figure" or "function"; a function has its ``function``, and the scopes around it.
    """

    writers: set[int]
    holds: set[Thing] = field(default_factory=set)
    sources: set[Thing] = field(default_factory=set)
    has_gradient: bool = False
    kind: str = ""
    function: ast.FunctionDef | ast.Lambda | None = None
    closure: tuple[dict[str, Variable], ...] = ()


Value = frozenset[Thing]
_NOTHING: Value = frozenset()


@dataclass(frozen=True)
class Variable:
    """What a name may hold, and the blocks that may have bound it last."""

    value: Value
    binders: frozenset[int]


Names = dict[str, Variable]


def _reach(things: Iterable[Thing], *links: str) -> set[Thing]:
    found = new = set(things)
    while new:
        new = set().union(*(getattr(thing, link) for thing in new for link in links)) - found
        found = found | new
    return found


class Program:
    """The blocks of a page executed so far; ``run`` executes the next one."""

    def __init__(self) -> None:
        self.globals: Names = {}
        self.scopes: tuple[Names, ...] = ()  # around the code being followed, the innermost last
        self.following: list[Thing] = []  # the functions that have been called
        self.returned: list[set[Thing]] = []
        self.slices: list[frozenset[int]] = []  # what each block needs
        self.block = -1
        self.needs: set[int] = set()
        self.opaque: set[int] = set()
        self.settings: set[int] = set()  # blocks that change how a library behaves
        self.sheltered = 0  # inside a `with` that gives settings back
        self.random = Thing(set())

    def run(self, code: str, certain: int | None = None) -> frozenset[int]:
        """The earlier blocks without which this one would not do what it did.

        Only the statements that end before line ``certain`` are sure to have run to their end.
        """
        self.block += 1
        self.needs = self.opaque | self.settings
        try:
            body = ast.parse(code).body
            last = len(code) if certain is None else certain - 1
            self._statements(each for each in body if (each.end_lineno or 0) <= last)
            for each in body:
                if (each.end_lineno or 0) > last:
                    self._maybe([each])
        except (Unknown, SyntaxError, RecursionError):
            self.scopes, self.sheltered = (), 0
            self.following.clear()
            self.returned.clear()
            self.opaque = set(range(self.block + 1))
            self.needs = self.opaque
        direct = self.needs - {self.block}
        self.slices.append(frozenset(direct).union(*(self.slices[each] for each in direct)))
        return self.slices[-1]

    # ------------------------------------------------------------------ names

    @property
    def _scope(self) -> Names:
        return self.scopes[-1] if self.scopes else self.globals

    def _read(self, name: str) -> Value:
        for scope in (*reversed(self.scopes), self.globals):
            if variable := scope.get(name):
                self.needs |= variable.binders
                self._use(variable.value)
                return variable.value
        return _NOTHING

    def _use(self, value: Iterable[Thing]) -> None:
        for thing in _reach(value, "holds"):
            self.needs |= thing.writers

    def _bind(self, name: str, value: Value) -> None:
        self._scope[name] = Variable(value, frozenset({self.block}))

    def _change(self, value: Iterable[Thing], received: Iterable[Thing] = ()) -> None:
        for thing in _reach(value, "holds"):
            thing.writers.add(self.block)
        for thing in value:
            thing.holds |= set(received)

    def _fresh(self, operands: Iterable[Value] = (), **properties: Any) -> Value:
        """A new object; of what it was computed from it keeps only the way back to the gradients."""
        things = _reach(frozenset().union(*operands), "holds")
        sources = {thing for thing in things if thing.has_gradient}
        properties.setdefault("has_gradient", bool(sources))
        return frozenset({Thing({self.block}, sources=sources, **properties)})

    # ------------------------------------------------------------------ statements

    def _statements(self, body: Iterable[ast.stmt]) -> None:
        for statement in body:
            method = getattr(self, f"_do_{type(statement).__name__}", None)
            if method is None:
                raise Unknown(type(statement).__name__)
            method(statement)

    def _maybe(self, *bodies: list[ast.stmt]) -> None:
        """Bodies of which any, or none, may run to any place."""
        before = dict(self._scope)
        for body in bodies:
            self._statements(body)
            after = _either(before, self._scope)
            self._scope.clear()
            self._scope.update(after)

    def _do_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            module = self._fresh(kind="module")
            name = alias.asname or alias.name.partition(".")[0]
            known = self._scope.get(name)
            self._bind(name, module)
            if known and not alias.asname:  # `import torch.nn` adds to what `import torch` brought
                self._scope[name] = Variable(module | known.value, known.binders | {self.block})

    def _do_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name == "*":
                raise Unknown("import *")
            self._bind(alias.asname or alias.name, self._fresh(kind="module"))

    def _do_FunctionDef(self, node: ast.FunctionDef) -> None:
        if any(
            isinstance(each, (ast.Global, ast.Nonlocal, ast.Yield, ast.YieldFrom)) for each in ast.walk(node)
        ):
            raise Unknown(node.name)
        for decorator in node.decorator_list:
            self._value(decorator)
        self._bind(node.name, self._function(node))

    def _function(self, node: ast.FunctionDef | ast.Lambda) -> Value:
        defaults = [self._value(each) for each in (*node.args.defaults, *node.args.kw_defaults) if each]
        for parameter in _parameters(node):
            if parameter.annotation:
                self._value(parameter.annotation)
        held = set().union(*defaults)
        return frozenset(
            {Thing({self.block}, holds=held, kind="function", function=node, closure=self.scopes)}
        )

    def _do_ClassDef(self, node: ast.ClassDef) -> None:
        """Only records: a class with methods may do anything with what it is given."""
        if any(isinstance(each, ast.FunctionDef) for each in node.body):
            raise Unknown(node.name)
        for base in node.bases:
            self._value(base)
        self._maybe(node.body)
        self._bind(node.name, self._fresh(kind="module"))

    def _do_Return(self, node: ast.Return) -> None:
        if node.value and self.returned:
            self.returned[-1] |= self._value(node.value)

    def _do_Expr(self, node: ast.Expr) -> None:
        self._value(node.value)

    def _do_Assign(self, node: ast.Assign) -> None:
        value = self._value(node.value)
        for target in node.targets:
            self._assign(target, value)

    def _do_AnnAssign(self, node: ast.AnnAssign) -> None:
        self._value(node.annotation)
        if node.value:
            self._assign(node.target, self._value(node.value))

    def _do_AugAssign(self, node: ast.AugAssign) -> None:
        value = self._value(node.value)
        if isinstance(node.target, ast.Name):  # a number is bound anew, a tensor changes: take both
            old = self._read(node.target.id)
            self._change(old, value)
            self._bind(node.target.id, old | self._fresh([old, value]))
        else:
            self._assign(node.target, value)

    def _assign(self, target: ast.expr, value: Value) -> None:
        if isinstance(target, ast.Name):
            self._bind(target.id, value)
        elif isinstance(target, (ast.Tuple, ast.List)):
            for each in target.elts:
                self._assign(each, value)
        elif isinstance(target, ast.Starred):
            self._assign(target.value, value)
        elif isinstance(target, (ast.Attribute, ast.Subscript)):
            owner = self._value(target.value)
            if isinstance(target, ast.Subscript):
                self._value(target.slice)
            elif target.attr == "requires_grad":
                for thing in owner:
                    thing.has_gradient = True
            self._set_library(owner)
            self._change(owner, value)
        else:
            raise Unknown(type(target).__name__)

    def _do_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self._value(target)
            self._assign(target, _NOTHING)

    def _do_If(self, node: ast.If) -> None:
        self._value(node.test)
        self._maybe(node.body, node.orelse)

    def _do_For(self, node: ast.For) -> None:
        value = self._consume(self._value(node.iter))
        self._assign(node.target, value)
        # Twice: what a turn leaves is there in the next one.
        self._maybe(node.body, node.body, node.orelse)

    def _do_While(self, node: ast.While) -> None:
        self._value(node.test)
        self._maybe(node.body, node.body, node.orelse)
        self._value(node.test)

    def _do_Try(self, node: ast.Try) -> None:
        self._maybe(node.body)
        for handler in node.handlers:
            if handler.type:
                self._value(handler.type)
            if handler.name:
                self._bind(handler.name, self._fresh())
            self._maybe(handler.body)
        self._maybe(node.orelse)
        self._statements(node.finalbody)

    def _do_With(self, node: ast.With) -> None:
        shelters = sum(_name(item.context_expr) in effects.SHELTERS for item in node.items)
        self.sheltered += shelters
        for item in node.items:
            value = self._value(item.context_expr)
            if item.optional_vars:
                self._assign(item.optional_vars, value)
        if any(_name(item.context_expr) == "suppress" for item in node.items):
            self._maybe(node.body)
        else:
            self._statements(node.body)
        self.sheltered -= shelters

    def _do_Assert(self, node: ast.Assert) -> None:
        self._value(node.test)

    def _do_Raise(self, node: ast.Raise) -> None:
        if node.exc:
            self._value(node.exc)

    def _do_Pass(self, _: ast.stmt) -> None:
        pass

    _do_Break = _do_Continue = _do_Pass

    # ------------------------------------------------------------------ expressions

    def _value(self, node: ast.expr) -> Value:
        match node:
            case ast.Name():
                return self._read(node.id)
            case ast.Call():
                return self._call(node)
            case ast.Lambda():
                return self._function(node)
            case ast.NamedExpr():
                value = self._value(node.value)
                self._assign(node.target, value)
                return value
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                return self._comprehension(node)
            case ast.Attribute():
                return self._value(node.value)
            case ast.Await() | ast.Yield() | ast.YieldFrom():
                raise Unknown(type(node).__name__)
        parts = [self._value(each) for each in _expressions(node)]
        match node:
            case ast.Subscript():
                return parts[0]
            case ast.BinOp() if any(thing.kind == "container" for part in parts for thing in part):
                return self._container(parts)
            case ast.BinOp() | ast.UnaryOp() | ast.Compare():
                return self._fresh(parts)
            case ast.Constant() | ast.JoinedStr():
                return _NOTHING
        return self._container(parts)

    def _container(self, parts: list[Value], kind: str = "container") -> Value:
        """A list of things, or one of several: both it and they are at hand."""
        return frozenset({Thing({self.block}, holds=set().union(*parts), kind=kind)}).union(*parts)

    def _consume(self, value: Value) -> Value:
        """What is taken out of an iterator is no longer in it."""
        self._change(thing for thing in value if thing.kind == "iterator")
        return value

    def _comprehension(self, node: Any) -> Value:
        outer = dict(self._scope)
        for generator in node.generators:
            self._assign(generator.target, self._consume(self._value(generator.iter)))
            for test in generator.ifs:
                self._value(test)
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        kind = "iterator" if isinstance(node, ast.GeneratorExp) else "container"
        value = self._container([self._value(each) for each in results], kind)
        self._scope.clear()
        self._scope.update(outer)
        return value

    # ------------------------------------------------------------------ calls

    def _call(self, node: ast.Call) -> Value:
        name = _name(node)
        keywords = {each.arg: self._value(each.value) for each in node.keywords}
        arguments = [self._value(each) for each in node.args] + list(keywords.values())
        everything = frozenset().union(*arguments)
        if isinstance(node.func, ast.Name) and not self._known(name):
            return self._builtin(name, arguments)
        owner = self._value(node.func)
        if functions := [thing for thing in _reach(owner, "holds") if thing.function]:
            return frozenset().union(*(self._follow(each, node, keywords) for each in functions))
        is_library = bool(owner) and all(thing.kind == "module" for thing in owner)
        if name in effects.RANDOM or "generator" in keywords:
            self._draw(owner, keywords, is_library)
        if name in effects.BACKWARD:
            self._backward(everything if is_library else owner)
            return self._container(arguments)
        if is_library:
            result = self._library(name, node, arguments)
        elif not isinstance(node.func, ast.Attribute) and any(thing.kind == "instance" for thing in owner):
            result = self._fresh([owner, *arguments])  # a layer or a loss, called
        else:
            result = self._method(name, owner, arguments)
        if "requires_grad" in keywords or name == "requires_grad_":
            for thing in result:
                thing.has_gradient = True
        return result

    def _known(self, name: str) -> bool:
        return any(name in scope for scope in (*self.scopes, self.globals))

    def _builtin(self, name: str, arguments: list[Value]) -> Value:
        if name not in vars(builtins) or name in effects.OPAQUE_BUILTINS:
            raise Unknown(name)
        results = [*arguments, self._call_back(arguments)]
        self._consume(frozenset().union(*arguments))
        if name in effects.FRESH_BUILTINS:
            return self._fresh(results)
        return self._container(results, "iterator" if name in effects.ITERATORS else "container")

    def _library(self, name: str, node: ast.Call, arguments: list[Value]) -> Value:
        """A function or a class of a module."""
        if name in effects.OPAQUE:
            raise Unknown(name)
        results = [*arguments, self._call_back(arguments)]
        if name in effects.SETTINGS or name.startswith("set_"):
            self._set_library(self._value(node.func))
        fills = any(each.arg == "out" for each in node.keywords) or name.endswith("_")
        if fills or name in effects.FILLING:
            self._change(frozenset().union(*arguments))
        if _root(node.func) in effects.PLOTTING:
            return frozenset({Thing({self.block}, kind="figure")})
        if name[:1].isupper():
            held = set().union(*results)
            return frozenset({Thing({self.block}, held, has_gradient=True, kind="instance")})
        return self._container(results) if name in effects.SHARING or fills else self._fresh(results)

    def _method(self, name: str, owner: Value, arguments: list[Value]) -> Value:
        called = self._call_back(arguments)
        if any(thing.kind == "figure" for thing in owner):
            self._change(owner)
            return owner
        if name in effects.PLAIN:
            return _NOTHING
        if name in effects.COMPUTING:
            return self._fresh([owner, *arguments])
        if name in effects.VIEWING:
            return owner.union(called, *arguments)
        if name in effects.RANDOM and not (name.endswith("_") or name.endswith("seed")):
            return self._fresh([owner])
        received = called.union(*arguments)
        self._change(owner, received)
        if not (name in effects.RECEIVING or name.endswith("_")):
            self._change(received)
        return owner | received

    def _draw(self, owner: Value, keywords: dict[str | None, Value], is_library: bool) -> None:
        """A draw moves its generator on; without one, everybody's."""
        generator = keywords.get("generator")
        if generator is None:
            generator = frozenset({self.random}) if is_library else owner
        self._use(generator)
        self._change(generator)

    def _backward(self, value: Value) -> None:
        reached = _reach(value, "holds", "sources")
        self._use(reached)
        for thing in reached:
            thing.writers.add(self.block)

    def _set_library(self, owner: Value) -> None:
        if self.sheltered == 0 and any(thing.kind == "module" for thing in owner):
            self.settings.add(self.block)

    def _call_back(self, arguments: list[Value]) -> Value:
        """A function that is handed over may be called, with whatever else is handed over."""
        everything = frozenset().union(*arguments)
        results: Value = _NOTHING
        for thing in _reach(everything, "holds"):
            if thing.function:
                names = [each.arg for each in _parameters(thing.function)]
                results |= self._enter(thing, dict.fromkeys(names, everything))
        return results

    def _follow(self, thing: Thing, node: ast.Call, keywords: dict[str | None, Value]) -> Value:
        function = thing.function
        assert function is not None
        given = [self._value(each) for each in node.args]
        everything = frozenset(thing.holds).union(*given, *keywords.values())
        names = [each.arg for each in _parameters(function)]
        values: dict[str, Value] = dict.fromkeys(names, frozenset(thing.holds))
        if None in keywords or any(isinstance(each, ast.Starred) for each in node.args):
            values = dict.fromkeys(names, everything)
        else:
            values |= zip(names, given, strict=False)
            values |= {name: value for name, value in keywords.items() if name in values}
        for rest in (function.args.vararg, function.args.kwarg):
            if rest:
                values[rest.arg] = everything
        return self._enter(thing, values)

    def _enter(self, thing: Thing, values: dict[str, Value]) -> Value:
        function = thing.function
        assert function is not None
        if thing in self.following:  # it calls itself: once is enough to see what it reads
            everything = frozenset().union(*values.values())
            self._change(everything)
            return everything
        outside = self.scopes
        self.scopes = (*thing.closure, {name: Variable(each, frozenset()) for name, each in values.items()})
        self.following.append(thing)
        self.returned.append(set())
        if isinstance(function, ast.Lambda):
            self.returned[-1] |= self._value(function.body)
        else:
            self._statements(function.body)
        self.scopes = outside
        self.following.pop()
        return frozenset(self.returned.pop())


def _either(one: Names, other: Names) -> Names:
    merged = dict(one)
    for name, variable in other.items():
        known = merged.get(name, variable)
        merged[name] = Variable(known.value | variable.value, known.binders | variable.binders)
    return merged


def _parameters(function: ast.FunctionDef | ast.Lambda) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _expressions(node: ast.AST) -> Iterator[ast.expr]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.expr):
            yield child
        elif isinstance(child, (ast.keyword, ast.slice)):
            yield from _expressions(child)


def _name(node: ast.expr) -> str:
    """The last word of what is called: «sum» in ``torch.sum(x)``."""
    function = node.func if isinstance(node, ast.Call) else node
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
