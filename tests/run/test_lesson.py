"""Protects lessons: one runs as ``python lesson.py`` would, and what it reaches for outside itself is told."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy
import pytest
import torch

from nabla.draw import drawing
from nabla.run import lesson, libraries
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

NOTHING: dict[str, Any] = {"tables": [], "values": [], "chains": []}


@pytest.fixture(autouse=True)
def keep_main() -> Iterator[None]:
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


def job(*code: str) -> dict[str, Any]:
    blocks = [{"name": f"b{number}", "code": each, "fails": False} for number, each in enumerate(code)]
    return {"page": "docs/x.md", "blocks": blocks, "claims": [], "formulas": NOTHING, "live": []}


def run(*code: str) -> list[dict[str, Any]]:
    """The blocks of a lesson with this code, as the worker leaves them."""
    return lesson.execute(job(*code))[0]["blocks"]


def by_python(folder: Path, code: str) -> str:
    """What a reader sees who runs the same code as a file."""
    script = folder / "lesson.py"
    script.write_text(code, "utf-8")
    ran = subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
    )
    return ran.stdout + "".join(ran.stderr.splitlines(keepends=True)[-1:])


@pytest.mark.parametrize(
    "code",
    [
        "def f(a: Undefined) -> int:\n    return a\n",
        "def f(a: 'Undefined') -> int:\n    return a\n\n\nprint(f.__annotations__)\n",
        "n: int = 3\nprint(__annotations__, int.__name__)\n",
        "class Point:\n    x: float\n    y: Missing\n",
        "from dataclasses import dataclass\n\n\n@dataclass\nclass P:\n    x: float\n\n\nprint(P(1.0), P.__module__)\n",
        "print(__name__)\nif __name__ == '__main__':\n    print('main')\n",
        "print('a', end='')\nprint('b', end='')\n",
        "if True:\n\tprint('a\tb')\n",
        "from __future__ import annotations\n\n\ndef f(a: Undefined):\n    pass\n\n\nprint(f.__annotations__)\n",
        "print(__doc__, __spec__)\n",
        "import inspect\n\n\ndef f():\n    return 1\n\n\nprint(inspect.getsource(f))\n",
        "import pickle\n\n\nclass A:\n    pass\n\n\nprint(type(pickle.loads(pickle.dumps(A()))).__name__)\n",
        "x = [1]\nassert x == [2], 'no'\n",
        "import warnings\n\nwarnings.warn('cuidado', stacklevel=1)\n",
    ],
)
def test_it_prints_what_python_prints(code: str, tmp_path: Path) -> None:
    (block,) = run(code)
    assert block["output"] == by_python(tmp_path, code)


def test_what_is_of_the_future_holds_in_the_blocks_that_follow_and_not_before() -> None:
    use = "def f(a: Undefined):\n    pass\n"
    assert run(use)[0]["error"]["type"] == "NameError"
    assert [block["error"] for block in run("from __future__ import annotations\n", use)] == [None, None]


def reached(*code: str) -> list[tuple[str, str, int, int]]:
    return [
        (each["kind"], each["what"], each["block"], each["line"])
        for block in run(*code)
        for each in block["reaches"]
    ]


def test_what_a_lesson_reads_is_told_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "data.csv"
    file.write_text("1,2\n")
    ways = [
        f"open({str(file)!r}).close()",
        f"import pathlib\npathlib.Path({str(file)!r}).read_text()",
        f"import numpy as np\nnp.loadtxt({str(file)!r}, delimiter=',')",
        f"import numpy as np\nnp.save({str(tmp_path / 'x.npy')!r}, [1])",
        f"import os\nos.listdir({str(tmp_path)!r})",
    ]
    for way in ways:
        (found,) = reached("x = 1", way)
        assert found[0] == "file" and str(tmp_path) in found[1] and found[2:] == (1, way.count("\n") + 1)


def test_what_libraries_read_for_themselves_is_not_told() -> None:
    code = [
        "import colorsys, wave, statistics",
        "import matplotlib.pyplot as plt\n\nfig, ax = plt.subplots()\nax.plot([0, 1], label='$x$')\nplt.show()",
        "import inspect\n\n\ndef f():\n    pass\n\n\ninspect.getsource(f)\ninspect.getsource(inspect)",
        "import io\n\nimport torch\n\nkept = io.BytesIO()\ntorch.save(torch.ones(2), kept)",
        "1 / 0",
    ]
    assert reached(*code) == []


def test_the_network_and_other_programs_are_told() -> None:
    found = reached(
        "import socket\n\ntry:\n    socket.create_connection(('127.0.0.1', 9), timeout=0.1)\nexcept OSError:\n    pass",
        "import subprocess, sys\n\nsubprocess.run([sys.executable, '-c', 'print(1)'], check=True)",
    )
    assert {(kind, block) for kind, _, block, _ in found} == {("network", 0), ("program", 1), ("output", 1)}


def test_what_is_written_past_python_is_told() -> None:
    (found,) = reached("import os\n\nprint('a')\nos.write(1, b'{}')")
    assert found == ("output", "{}", 0, 0)


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("import random\nrandom.random()", ["random"]),
        ("import numpy as np\nnp.random.rand(2)", ["numpy.random"]),
        ("import torch\ntorch.rand(2)", ["torch"]),
        ("import torch\ntorch.manual_seed(1)", ["torch"]),
        ("import torch\ntorch.nn.Linear(2, 1)", ["torch"]),
        ("import random\nr = random.Random(1)\nr.random()", []),
        ("import numpy as np\nnp.random.default_rng(1).normal()\nnp.set_printoptions(threshold=3)", []),
        ("import torch\ng = torch.Generator().manual_seed(1)\ntorch.rand(2, generator=g)", []),
    ],
)
def test_a_global_generator_that_was_touched_is_noted(code: str, names: list[str]) -> None:
    before = random.getstate(), numpy.random.get_state(), torch.get_rng_state()
    try:
        assert [(kind, what) for kind, what, _, _ in reached("x = 1", code)] == [
            ("random", name) for name in names
        ]
    finally:
        random.setstate(before[0])
        numpy.random.set_state(before[1])
        torch.set_rng_state(before[2])


def test_a_tensor_library_that_prints_briefly_has_the_same_generator() -> None:
    before = libraries.generators()
    options = numpy.get_printoptions()
    numpy.set_printoptions(threshold=3)
    assert libraries.generators() == before
    numpy.set_printoptions(**options)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import torch\nprint(torch.rand(1).item())", True),
        ("import torch\nprint(torch.equal(torch.rand(3), torch.rand(3)))", False),
        ("import torch\nprint(tuple(torch.nn.Linear(2, 1).weight.shape))", False),
        ("import torch\ntorch.manual_seed(3)\nprint(torch.rand(1).item())", False),
        ("import torch\nweight = torch.rand(1)", False),
        ("import matplotlib.pyplot as plt, torch\nplt.plot(torch.rand(3))\nplt.show()", True),
    ],
)
def test_randomness_is_told_where_what_is_seen_depends_on_it(code: str, told: bool) -> None:
    result = lesson.settled(job("x = 1", code), lambda _: None)
    assert [reach["kind"] for block in result["blocks"] for reach in block["reaches"]] == ["random"] * told


def test_from_another_seed_nothing_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a figure only its data are compared, which are found as fast as a list is read."""
    monkeypatch.setattr(drawing, "take_figures", None)
    order = job("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()")
    (block,) = lesson.execute(order, draws=False)[0]["blocks"]
    assert block["error"] is None and list(block["figures"][0]) == ["data"]
    assert not drawing.plt.get_fignums()


def test_a_number_of_the_page_that_depends_on_the_seed_is_told() -> None:
    order = job("import torch\nweight = torch.rand(1)") | {"claims": [[0, ["weight"]]]}
    result = lesson.settled(order, lambda _: None)
    assert [reach["kind"] for block in result["blocks"] for reach in block["reaches"]] == ["random"]
