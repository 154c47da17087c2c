"""What calls do to the things they are given: those of the lesson are followed into, those of libraries are known."""

from __future__ import annotations

import ast
import builtins
from typing import Any

from nabla.slicing import effects, syntax
from nabla.slicing.state import NOTHING, State, Thing, Unknown, Value, Variable, reach


class Calls(State):
    """The state, and what calls do to it; statements and expressions are those of ``dataflow``."""

    def _value(self, node: ast.expr) -> Value:
        raise NotImplementedError

    def _statements(self, body: Any) -> None:
        raise NotImplementedError

    def _call(self, node: ast.Call) -> Value:
        name = syntax.name(node)
        keywords = {each.arg: self._value(each.value) for each in node.keywords}
        arguments = [self._value(each) for each in node.args] + list(keywords.values())
        everything = frozenset().union(*arguments)
        if isinstance(node.func, ast.Name) and not self._known(name):
            return self._builtin(name, arguments)
        owner = self._value(node.func)
        if functions := [thing for thing in reach(owner, "holds") if thing.function]:
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
        if syntax.root(node.func) in effects.PLOTTING:
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
            return NOTHING
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
        reached = reach(value, "holds", "sources")
        self._use(reached)
        for thing in reached:
            thing.writers.add(self.block)

    def _set_library(self, owner: Value) -> None:
        if self.sheltered == 0 and any(thing.kind == "module" for thing in owner):
            self.settings.add(self.block)

    def _call_back(self, arguments: list[Value]) -> Value:
        """A function that is handed over may be called, with whatever else is handed over."""
        everything = frozenset().union(*arguments)
        results: Value = NOTHING
        for thing in reach(everything, "holds"):
            if thing.function:
                names = [each.arg for each in syntax.parameters(thing.function)]
                results |= self._enter(thing, dict.fromkeys(names, everything))
        return results

    def _follow(self, thing: Thing, node: ast.Call, keywords: dict[str | None, Value]) -> Value:
        function = thing.function
        assert function is not None
        given = [self._value(each) for each in node.args]
        everything = frozenset(thing.holds).union(*given, *keywords.values())
        names = [each.arg for each in syntax.parameters(function)]
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
