"""The libraries that lessons are about: what they import, whose randomness is seeded and watched.

The one place of the machinery of runs that names them. None is imported here: only what a lesson
brought is asked.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Iterable

# What a lesson may import, besides what Python brings.
TAUGHT = ("torch", "numpy", "matplotlib", "mpl_toolkits")
# What Python brings and gives the same result everywhere, the most used first.
STANDARD = (
    *(
        "math",
        "random",
        "itertools",
        "functools",
        "dataclasses",
        "typing",
        "collections",
        "warnings",
        "fractions",
    ),
    *(
        "decimal",
        "statistics",
        "operator",
        "copy",
        "io",
        "contextlib",
        "inspect",
        "abc",
        "enum",
        "re",
        "string",
    ),
    *(
        "json",
        "textwrap",
        "types",
        "numbers",
        "cmath",
        "traceback",
        "bisect",
        "heapq",
        "array",
        "struct",
        "gc",
    ),
    *("pickle", "weakref", "ast", "dis", "pprint", "csv", "__future__"),
)
ALLOWED = {*TAUGHT, *STANDARD}
# A generator of one's own in each that has a global one.
SEEDED = {
    "random": "random.Random(0)",
    "numpy.random": "np.random.default_rng(0)",
    "torch": "torch.Generator().manual_seed(0)",
}
# What computes the formulas of a page.
_OF_FORMULAS = ("torch",)
# What the first use of a part of a library imports late, and lessons can share instead.
_LATE = {"torch.optim": "torch._dynamo"}


def to_import(code: Iterable[str], imported: Iterable[str], formulas: bool) -> list[str]:
    """The modules that lessons share: those that their ``code`` imports, and what these bring late."""
    modules = sorted(set(imported))
    if formulas:
        modules += _OF_FORMULAS
    text = "\n".join(code)
    return modules + [late for part, late in _LATE.items() if part in text]


def taught(modules: Iterable[str]) -> list[str]:
    """Those of ``modules`` that no file of the project is: they stay as they are while its code is edited."""
    return [name for name in modules if name.partition(".")[0] in TAUGHT]


def seed(number: int) -> None:
    """Seed the global generators: what a lesson does with them is the same each time, and can be told."""
    random.seed(number)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(number)
    if "torch" in sys.modules:
        sys.modules["torch"].manual_seed(number)


def generators() -> dict[str, str]:
    """The state of each global generator, hashed, by what a reader would call it."""
    states = {"random": repr(random.getstate()).encode()}
    if "numpy" in sys.modules:
        _, words, *rest = sys.modules["numpy"].random.get_state()
        states["numpy.random"] = words.tobytes() + repr(rest).encode()
    if "torch" in sys.modules:
        states["torch"] = sys.modules["torch"].get_rng_state().numpy().tobytes()
    return {name: hashlib.sha256(state).hexdigest() for name, state in states.items()}
