"""Protects who copies a block: which earlier ones it needs, what must be found, and what need not come along."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from nabla.slicing import copying
from nabla.slicing.dataflow import Program

TORCH = "import torch"
LEAF = "m = torch.tensor(1.0, requires_grad=True)"


def needed(*blocks: str) -> set[int]:
    """The blocks that the last one needs; one with a line that ends in «# falla» fails there."""
    program = Program()
    for code in blocks:
        lines = code.splitlines()
        certain = next((number for number, line in enumerate(lines, 1) if line.endswith("# falla")), None)
        found = program.run(code, certain)
    return set(found)


NEEDED = {
    "a name": ("x = 1", "print(x)"),
    "a name inside a function that is called": ("x = 1", "def f():\n    return x", "f()"),
    "a name bound after the function that reads it": ("def f():\n    return x", "x = 1", "f()"),
    "a global that a caller's local hides": (
        "x = 1",
        "def f():\n    return x",
        "def g():\n    x = 2\n    return f()",
        "g()",
    ),
    "a closure": ("def f(a):\n    return lambda b: a + b", "g = f(1)", "g(2)"),
    "a function handed over": ("x = [3]\ndef f(v):\n    return x[0]", "sorted([1], key=f)"),
    "a change of an item": ("x = [1]", "x[0] = 2", "print(x)"),
    "a change of an attribute": (TORCH, LEAF, "m.grad = None", "m.grad"),
    "a method that changes": ("x = []", "x.append(1)", "print(x)"),
    "a change of what a list was given": ("x = []\ny = []", "y.append(x)", "x.append(1)", "print(y)"),
    "a method that nobody knows": ("x = set()", "x.symmetric_difference_update(x)", "print(x)"),
    "a change inside a function": ("x = []\ndef f(v):\n    v.append(1)", "f(x)", "print(x)"),
    "a change through another name": ("x = []\ny = x", "y.append(1)", "print(x)"),
    "a change through a container": (
        "x = []\nall_of_them = [x]",
        "for y in all_of_them:\n    y.append(1)",
        "print(x)",
    ),
    "a change through a view": (TORCH, LEAF + "\nrow = m.detach().reshape(1)", "row += 1", "print(m)"),
    "a change through a shared array": (
        f"{TORCH}\na = torch.zeros(3)\nb = a.numpy()",
        "b[0] = 1",
        "print(a)",
    ),
    "an augmented assignment": ("x = 1", "x += 1", "print(x)"),
    "a gradient": (TORCH, LEAF, "cost = (m - 3) ** 2", "cost.backward()", "print(m.grad)"),
    "a graph that is spent": (TORCH, f"{LEAF}\ncost = m**2", "cost.backward()", "cost.backward()"),
    "a gradient through a list": (TORCH, f"{LEAF}\ncosts = [m**2]", "sum(costs).backward()", "print(m.grad)"),
    "a step of an optimizer": (
        TORCH,
        f"{LEAF}\noptimizer = torch.optim.SGD([m], lr=0.1)\nm.grad = m.detach()",
        "optimizer.step()",
        "print(m)",
    ),
    "an initializer of a library": (f"{TORCH}\nm = torch.zeros(3)", "torch.nn.init.ones_(m)", "print(m)"),
    "an output argument": (f"{TORCH}\nm = torch.zeros(3)", "torch.add(1, 1, out=m)", "print(m)"),
    "a seed": (TORCH, "torch.manual_seed(0)", "print(torch.rand(3))"),
    "a draw before": (TORCH, "torch.rand(3)", "print(torch.rand(3))"),
    "a draw from a generator": (
        f"{TORCH}\ng = torch.Generator().manual_seed(0)",
        "torch.rand(3, generator=g)",
        "torch.rand(3, generator=g)",
    ),
    "a draw of NumPy's generator": (
        "import numpy as np\nrng = np.random.default_rng(0)",
        "rng.normal(size=3)",
        "rng.normal(size=3)",
    ),
    "a setting of a library": (TORCH, "torch.set_default_dtype(torch.float64)", "print(1)"),
    "an assigned setting": (
        "import matplotlib.pyplot as plt",
        "plt.rcParams['lines.linewidth'] = 3",
        "print(1)",
    ),
    "what an iterator has given": ("pairs = zip([1, 2], [3, 4])", "next(pairs)", "print(list(pairs))"),
    "a submodule": ("import torch.nn", "import torch.optim", "print(torch.nn)"),
    "a name bound in a branch, and before": ("x = 1", "if len('a'):\n    x = 2", "print(x)"),
    "what a failing block may not have bound": ("x = 1", "x = int('a')  # falla", "print(x)"),
    "what a failing block did before": ("x = []", "x.append(1)\nint('a')  # falla", "print(x)"),
    "code that is not followed": ("x = 1", "class A:\n    def f(self):\n        pass", "print(2)"),
    "code that runs code": ("x = 1", "exec('x = 2')", "print(3)"),
}


@pytest.mark.parametrize("case", NEEDED)
def test_it_is_found(case: str) -> None:
    blocks = NEEDED[case]
    assert needed(*blocks) == set(range(len(blocks) - 1))


SPARED = {
    "a name bound anew": ("x = 1", "x = 2\nprint(x)"),
    "a name bound anew before": ("x = 1", "x = 2", "print(x)", 1),
    "what only reads": ("x = [1]", "print(x, len(x), sum(x))", "print(x)", 0),
    "what only draws": (
        "import matplotlib.pyplot as plt\nx = [1]",
        "fig, ax = plt.subplots()\nax.plot(x)\nplt.show()",
        "print(x)",
        0,
    ),
    "a parameter of the same name": ("x = 1", "def f(x):\n    return x\n\nf(2)"),
    "a variable of a comprehension": ("x = 1", "print([x for x in range(3)])"),
    "a variable of a comprehension, afterwards": ("x = 1", "print([x for x in range(3)])", "print(x)", 0),
    "a draw, where nothing is drawn": (TORCH, "torch.rand(3)", "print(torch.zeros(3))", 0),
    "the data behind a gradient": (
        f"{TORCH}\nxs = torch.arange(3)",
        f"{LEAF}\n(m * xs).sum().backward()",
        "print(xs)",
        0,
    ),
    "another parameter": (
        f"{TORCH}\n{LEAF}\n{LEAF.replace('m', 'w', 1)}",
        "(w**2).backward()",
        "print(m)",
        0,
    ),
    "a setting given back": (
        "import warnings",
        "with warnings.catch_warnings():\n    warnings.simplefilter('ignore')",
        "print(1)",
    ),
    "what was bound before a block failed": ("x = 1", "x = 2\nint('a')  # falla", "print(x)", 1),
}


@pytest.mark.parametrize("case", SPARED)
def test_it_is_not_taken_along(case: str) -> None:
    blocks = [each for each in SPARED[case] if isinstance(each, str)]
    wanted = {each for each in SPARED[case] if isinstance(each, int)}
    assert needed(*blocks) == wanted


def test_what_is_kept_belongs_to_the_code_and_to_where_it_fails(tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").touch()

    def needed_by(code: str, error: dict[str, int] | None = None) -> tuple[int, ...]:
        blocks = [SimpleNamespace(section=SimpleNamespace(code=each)) for each in ("x = 1", code, "print(x)")]
        results = [SimpleNamespace(error=each) for each in (None, error, None)]
        page = SimpleNamespace(file="docs/a.md", blocks=blocks)
        return copying.needed(tmp_path, page, SimpleNamespace(blocks=results))[-1]

    failing = "x = 2\nint('a')"
    asked = [
        ("y = 2", None, (0,)),
        ("x = 2", None, (1,)),
        (failing, {"block": 1, "line": 2}, (1,)),
        (failing, {"block": 1, "line": 1}, (0, 1)),
    ]
    for code, error, wanted in asked * 2:
        assert needed_by(code, error) == wanted
    assert len(list(tmp_path.rglob("*.json"))) == len(asked)
