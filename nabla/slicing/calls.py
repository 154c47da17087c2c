"""What calls do to the things they are given: those of the lesson are followed into, those of libraries are known."""

from __future__ import annotations

import ast
import builtins
from typing import TYPE_CHECKING

from nabla.slicing import effects, syntax
from nabla.slicing.state import NOTHING, Thing, Unknown, Value, Variable, reach

if TYPE_CHECKING:
    from nabla.slicing.dataflow import Program


def call(program: Program, node: ast.Call) -> Value:
    name = syntax.name(node)
    keywords = {each.arg: program.value(each.value) for each in node.keywords}
    arguments = [program.value(each) for each in node.args] + list(keywords.values())
    everything = frozenset().union(*arguments)
    if isinstance(node.func, ast.Name) and not _known(program, name):
        return _builtin(program, name, arguments)
    owner = program.value(node.func)
    if functions := [thing for thing in reach(owner, "holds") if thing.function]:
        return frozenset().union(*(_follow(program, each, node, keywords) for each in functions))
    is_library = bool(owner) and all(thing.kind == "module" for thing in owner)
    if name in effects.RANDOM or "generator" in keywords:
        _draw(program, owner, keywords, is_library)
    if name in effects.BACKWARD:
        _backward(program, everything if is_library else owner)
        return program.container(arguments)
    if is_library:
        result = _library(program, name, node, arguments)
    elif not isinstance(node.func, ast.Attribute) and any(thing.kind == "instance" for thing in owner):
        result = program.fresh([owner, *arguments])  # a layer or a loss, called
    else:
        result = _method(program, name, owner, arguments)
    if "requires_grad" in keywords or name == "requires_grad_":
        for thing in result:
            thing.has_gradient = True
    return result


def _known(program: Program, name: str) -> bool:
    return any(name in scope for scope in (*program.scopes, program.globals))


def _builtin(program: Program, name: str, arguments: list[Value]) -> Value:
    if name not in vars(builtins) or name in effects.OPAQUE_BUILTINS:
        raise Unknown(name)
    results = [*arguments, _call_back(program, arguments)]
    program.consume(frozenset().union(*arguments))
    if name in effects.FRESH_BUILTINS:
        return program.fresh(results)
    return program.container(results, "iterator" if name in effects.ITERATORS else "container")


def _library(program: Program, name: str, node: ast.Call, arguments: list[Value]) -> Value:
    """A function or a class of a module."""
    if name in effects.OPAQUE:
        raise Unknown(name)
    results = [*arguments, _call_back(program, arguments)]
    if name in effects.SETTINGS or name.startswith("set_"):
        set_library(program, program.value(node.func))
    fills = any(each.arg == "out" for each in node.keywords) or name.endswith("_")
    if fills or name in effects.FILLING:
        program.change(frozenset().union(*arguments))
    if syntax.root(node.func) in effects.PLOTTING:
        return frozenset({Thing({program.block}, kind="figure")})
    if name[:1].isupper():
        held = set().union(*results)
        return frozenset({Thing({program.block}, held, has_gradient=True, kind="instance")})
    return program.container(results) if name in effects.SHARING or fills else program.fresh(results)


def _method(program: Program, name: str, owner: Value, arguments: list[Value]) -> Value:
    called = _call_back(program, arguments)
    if any(thing.kind == "figure" for thing in owner):
        program.change(owner)
        return owner
    if name in effects.PLAIN:
        return NOTHING
    if name in effects.COMPUTING:
        return program.fresh([owner, *arguments])
    if name in effects.VIEWING:
        return owner.union(called, *arguments)
    if name in effects.RANDOM and not (name.endswith("_") or name.endswith("seed")):
        return program.fresh([owner])
    received = called.union(*arguments)
    program.change(owner, received)
    if not (name in effects.RECEIVING or name.endswith("_")):
        program.change(received)
    return owner | received


def _draw(program: Program, owner: Value, keywords: dict[str | None, Value], is_library: bool) -> None:
    """A draw moves its generator on; without one, everybody's."""
    generator = keywords.get("generator")
    if generator is None:
        generator = frozenset({program.random}) if is_library else owner
    program.use(generator)
    program.change(generator)


def _backward(program: Program, value: Value) -> None:
    reached = reach(value, "holds", "sources")
    program.use(reached)
    for thing in reached:
        thing.writers.add(program.block)


def set_library(program: Program, owner: Value) -> None:
    if program.sheltered == 0 and any(thing.kind == "module" for thing in owner):
        program.settings.add(program.block)


def _call_back(program: Program, arguments: list[Value]) -> Value:
    """A function that is handed over may be called, with whatever else is handed over."""
    everything = frozenset().union(*arguments)
    results: Value = NOTHING
    for thing in reach(everything, "holds"):
        if thing.function:
            names = [each.arg for each in syntax.parameters(thing.function)]
            results |= _enter(program, thing, dict.fromkeys(names, everything))
    return results


def _follow(program: Program, thing: Thing, node: ast.Call, keywords: dict[str | None, Value]) -> Value:
    function = thing.function
    assert function is not None
    given = [program.value(each) for each in node.args]
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
    return _enter(program, thing, values)


def _enter(program: Program, thing: Thing, values: dict[str, Value]) -> Value:
    function = thing.function
    assert function is not None
    if thing in program.following:  # it calls itself: once is enough to see what it reads
        everything = frozenset().union(*values.values())
        program.change(everything)
        return everything
    outside = program.scopes
    program.scopes = (*thing.closure, {name: Variable(each, frozenset()) for name, each in values.items()})
    program.following.append(thing)
    program.returned.append(set())
    if isinstance(function, ast.Lambda):
        program.returned[-1] |= program.value(function.body)
    else:
        program.statements(function.body)
    program.scopes = outside
    program.following.pop()
    return frozenset(program.returned.pop())
