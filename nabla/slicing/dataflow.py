"""Which blocks of code gave the names and objects of a later block their state, without running any.

The code is executed abstractly: an object is a ``Thing`` that remembers which blocks made or changed it,
and a variable is a set of the things it may hold. Functions of the lesson are followed into, with the
things they are called with. Whatever is not known to leave its arguments alone is taken to change them:
a block too many is only longer to read, one too few does not run.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from nabla.slicing import calls, effects, syntax
from nabla.slicing.state import NOTHING, State, Thing, Unknown, Value, Variable, either


class Program(State):
    """The blocks of a page executed so far; ``run`` executes the next one."""

    def run(self, code: str, certain: int | None = None) -> frozenset[int]:
        """The earlier blocks without which this one would not do what it did.

        Only the statements that end before line ``certain`` are sure to have run to their end.
        """
        self.block += 1
        self.needs = self.opaque | self.settings
        try:
            body = ast.parse(code).body
            last = len(code) if certain is None else certain - 1
            self.statements(each for each in body if (each.end_lineno or 0) <= last)
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

    # ------------------------------------------------------------------ statements

    def statements(self, body: Iterable[ast.stmt]) -> None:
        for statement in body:
            method = getattr(self, f"_do_{type(statement).__name__}", None)
            if method is None:
                raise Unknown(type(statement).__name__)
            method(statement)

    def _maybe(self, *bodies: list[ast.stmt]) -> None:
        """Bodies of which any, or none, may run to any place."""
        before = dict(self._scope)
        for body in bodies:
            self.statements(body)
            after = either(before, self._scope)
            self._scope.clear()
            self._scope.update(after)

    def _do_Import(self, node: ast.Import) -> None:
        for alias in node.names:
            module = self.fresh(kind="module")
            name = alias.asname or alias.name.partition(".")[0]
            known = self._scope.get(name)
            self._bind(name, module)
            if known and not alias.asname:  # `import torch.nn` adds to what `import torch` brought
                self._scope[name] = Variable(module | known.value, known.binders | {self.block})

    def _do_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            if alias.name == "*":
                raise Unknown("import *")
            self._bind(alias.asname or alias.name, self.fresh(kind="module"))

    def _do_FunctionDef(self, node: ast.FunctionDef) -> None:
        if any(
            isinstance(each, (ast.Global, ast.Nonlocal, ast.Yield, ast.YieldFrom)) for each in ast.walk(node)
        ):
            raise Unknown(node.name)
        for decorator in node.decorator_list:
            self.value(decorator)
        self._bind(node.name, self._function(node))

    def _function(self, node: ast.FunctionDef | ast.Lambda) -> Value:
        defaults = [self.value(each) for each in (*node.args.defaults, *node.args.kw_defaults) if each]
        for parameter in syntax.parameters(node):
            if parameter.annotation:
                self.value(parameter.annotation)
        held = set().union(*defaults)
        return frozenset(
            {Thing({self.block}, holds=held, kind="function", function=node, closure=self.scopes)}
        )

    def _do_ClassDef(self, node: ast.ClassDef) -> None:
        """Only records: a class with methods may do anything with what it is given."""
        if any(isinstance(each, ast.FunctionDef) for each in node.body):
            raise Unknown(node.name)
        for base in node.bases:
            self.value(base)
        self._maybe(node.body)
        self._bind(node.name, self.fresh(kind="module"))

    def _do_Return(self, node: ast.Return) -> None:
        if node.value and self.returned:
            self.returned[-1] |= self.value(node.value)

    def _do_Expr(self, node: ast.Expr) -> None:
        self.value(node.value)

    def _do_Assign(self, node: ast.Assign) -> None:
        value = self.value(node.value)
        for target in node.targets:
            self._assign(target, value)

    def _do_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.value(node.annotation)
        if node.value:
            self._assign(node.target, self.value(node.value))

    def _do_AugAssign(self, node: ast.AugAssign) -> None:
        value = self.value(node.value)
        if isinstance(node.target, ast.Name):  # a number is bound anew, a tensor changes: take both
            old = self._read(node.target.id)
            self.change(old, value)
            self._bind(node.target.id, old | self.fresh([old, value]))
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
            owner = self.value(target.value)
            if isinstance(target, ast.Subscript):
                self.value(target.slice)
            elif target.attr == "requires_grad":
                for thing in owner:
                    thing.has_gradient = True
            calls.set_library(self, owner)
            self.change(owner, value)
        else:
            raise Unknown(type(target).__name__)

    def _do_Delete(self, node: ast.Delete) -> None:
        for target in node.targets:
            self.value(target)
            self._assign(target, NOTHING)

    def _do_If(self, node: ast.If) -> None:
        self.value(node.test)
        self._maybe(node.body, node.orelse)

    def _do_For(self, node: ast.For) -> None:
        value = self.consume(self.value(node.iter))
        self._assign(node.target, value)
        # Twice: what a turn leaves is there in the next one.
        self._maybe(node.body, node.body, node.orelse)

    def _do_While(self, node: ast.While) -> None:
        self.value(node.test)
        self._maybe(node.body, node.body, node.orelse)
        self.value(node.test)

    def _do_Try(self, node: ast.Try) -> None:
        self._maybe(node.body)
        for handler in node.handlers:
            if handler.type:
                self.value(handler.type)
            if handler.name:
                self._bind(handler.name, self.fresh())
            self._maybe(handler.body)
        self._maybe(node.orelse)
        self.statements(node.finalbody)

    def _do_With(self, node: ast.With) -> None:
        shelters = sum(syntax.name(item.context_expr) in effects.SHELTERS for item in node.items)
        self.sheltered += shelters
        for item in node.items:
            value = self.value(item.context_expr)
            if item.optional_vars:
                self._assign(item.optional_vars, value)
        if any(syntax.name(item.context_expr) == "suppress" for item in node.items):
            self._maybe(node.body)
        else:
            self.statements(node.body)
        self.sheltered -= shelters

    def _do_Assert(self, node: ast.Assert) -> None:
        self.value(node.test)

    def _do_Raise(self, node: ast.Raise) -> None:
        if node.exc:
            self.value(node.exc)

    def _do_Pass(self, _: ast.stmt) -> None:
        pass

    _do_Break = _do_Continue = _do_Pass

    # ------------------------------------------------------------------ expressions

    def value(self, node: ast.expr) -> Value:
        match node:
            case ast.Name():
                return self._read(node.id)
            case ast.Call():
                return calls.call(self, node)
            case ast.Lambda():
                return self._function(node)
            case ast.NamedExpr():
                value = self.value(node.value)
                self._assign(node.target, value)
                return value
            case ast.ListComp() | ast.SetComp() | ast.GeneratorExp() | ast.DictComp():
                return self._comprehension(node)
            case ast.Attribute():
                return self.value(node.value)
            case ast.Await() | ast.Yield() | ast.YieldFrom():
                raise Unknown(type(node).__name__)
        parts = [self.value(each) for each in syntax.expressions(node)]
        match node:
            case ast.Subscript():
                return parts[0]
            case ast.BinOp() if any(thing.kind == "container" for part in parts for thing in part):
                return self.container(parts)
            case ast.BinOp() | ast.UnaryOp() | ast.Compare():
                return self.fresh(parts)
            case ast.Constant() | ast.JoinedStr():
                return NOTHING
        return self.container(parts)

    def _comprehension(self, node: Any) -> Value:
        outer = dict(self._scope)
        for generator in node.generators:
            self._assign(generator.target, self.consume(self.value(generator.iter)))
            for test in generator.ifs:
                self.value(test)
        results = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        kind = "iterator" if isinstance(node, ast.GeneratorExp) else "container"
        value = self.container([self.value(each) for each in results], kind)
        self._scope.clear()
        self._scope.update(outer)
        return value
