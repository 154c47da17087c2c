"""A small project of its own for each test that builds: the real machinery, one tiny lesson."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pytest

from nabla.check.project import Project
from tests.forge import forge
from tests.remembered import Remembered, draw

REMEMBERED = pytest.StashKey[Remembered]()

# What takes longest begins first, so that no process waits for another at the end.
DEAREST = [
    "tests/mutation/test_record.py",
    "tests/site/test_faults.py",
    "tests/course/test_snippets.py",
    "tests/takeaway/test_notebooks.py",
    "tests/cache/test_cache_keys.py",
    "tests/site/test_publish.py",
]
ROOT = Path(__file__).resolve().parent.parent

# Nothing is written outside the project: not even what these libraries keep in the home folder.
os.environ["MPLCONFIGDIR"] = str(ROOT / ".cache" / "matplotlib")
os.environ["IPYTHONDIR"] = str(ROOT / ".cache" / "ipython")
# There is a process for each core: with threads of their own they would wait for each other.
os.environ["OMP_NUM_THREADS"] = "1"

SNIPPET = """\
# --8<-- [start:data]
x = 7.0
print(f"x = {x:.2f}")
# --8<-- [end:data]
# --8<-- [start:square]
square = x**2
print(f"{square:.1f}")
# --8<-- [end:square]
"""

PAGE = """\
# Prueba

Vale $x = 7.00$ y su cuadrado, 49.0.
<!-- cifras tras square: x, square -->

```python
--8<-- "snippets/mini.py:data"
```
<!--pytest-codeblocks:expected-output-->
```text
x = 7.00
```

```python
--8<-- "snippets/mini.py:square"
```
<!--pytest-codeblocks:expected-output-->
```text
49.0
```

## Final

El [principio](index.md).
"""


NOTEBOOK = """\
# Práctica

```python
x = 7.0
print(f"{x:.2f}")
```

## Tarea 1. El doble

El doble de 7.0.
<!-- cifras tras inicio-1: x -->

```python
def check(answer, expected):
    assert eval(answer) == expected, "no es el doble"


double = 2 * x  # solución
```

```python
check("double", x + x)
print(f"{double:.1f}")
```
"""


def as_shown(project: Project, file: str) -> str:
    """The source of a snippet, with what the build writes in its sections (``check.counts``)."""
    text = (project.root / file).read_text("utf-8")
    for block in (block for page in project.counted for block in project.pages[page].blocks):
        if block.section.file == file:
            opened, closed = (f"# --8<-- [{end}:{block.section.name}]\n" for end in ("start", "end"))
            before, after = text.split(opened)
            text = f"{before}{opened}{block.section.code}{closed}{after.split(closed)[1]}"
    return text


@dataclass
class Mini:
    """A project in a temporary folder, with the commands an author would run there."""

    root: Path

    @property
    def page(self) -> Path:
        return self.root / "docs" / "mini.md"

    @property
    def snippet(self) -> Path:
        return self.root / "snippets" / "mini.py"

    @property
    def site(self) -> Path:
        return self.root / "site"

    def edit(self, file: Path, old: str, new: str) -> None:
        text = file.read_text("utf-8")
        assert old in text, f"{old!r} is not in {file.name}"
        file.write_text(text.replace(old, new), "utf-8")

    def add_figure(self) -> None:
        code = "import matplotlib.pyplot as plt\n\nfig, ax = plt.subplots()\nax.plot([0, x])\nplt.show()\n"
        section = f"# --8<-- [start:plot]\n{code}# --8<-- [end:plot]\n"
        self.snippet.write_text(self.snippet.read_text() + section)
        block = '\n```python\n--8<-- "snippets/mini.py:plot"\n```\n\n![Una recta que sube.](figura:plot)\n'
        fingerprint = "<!-- datos: 20 valores, 0.375797, -0.643135 -->\n"
        self.page.write_text(self.page.read_text() + block + fingerprint)

    def add_notebook(self) -> Path:
        file = self.root / "docs/cuadernos/mini.md"
        file.parent.mkdir()
        file.write_text(NOTEBOOK, "utf-8")
        self.edit(self.root / "mkdocs.yml", "mini.md]", "mini.md, cuadernos/mini.md]")
        return file

    def workers(self) -> list[psutil.Process]:
        """The processes that run its lessons, or wait for them."""
        found = []
        for process in psutil.process_iter(["cmdline", "cwd"]):
            if process.info["cwd"] == str(self.root) and "nabla.run.worker" in (
                process.info["cmdline"] or ()
            ):
                found.append(process)
        return found

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """What ``python -m`` does here; in a process that has imported the machinery, unless it must start as Python does."""
        of_python = any(name.startswith(("PYTHON", "LC_", "LANG")) for name in environment)
        if of_python or self._has_own_machinery():
            return self.run_alone(*arguments, **environment)
        return forge().run(self.root, self._environment(environment), *arguments)

    def run_alone(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """The same in a new process, as an author's."""
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            env=self._environment(environment),
            check=False,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    def _environment(self, extra: dict[str, str]) -> dict[str, str]:
        return os.environ | {"NO_MKDOCS_2_WARNING": "1"} | extra

    def _has_own_machinery(self) -> bool:
        ours, theirs = (
            {name: content for name, content in contents(root / "nabla").items() if "__pycache__" not in name}
            for root in (self.root, ROOT)
        )
        return ours != theirs

    def build(self, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run("mkdocs", "build", **environment)

    def start_build(self) -> subprocess.Popen[bytes]:
        """Start a build in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build"],
            cwd=self.root,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def check(self) -> subprocess.CompletedProcess[str]:
        return self.run("pytest", "mkdocs.yml", "docs")

    def update(self) -> subprocess.CompletedProcess[str]:
        return self.run("nabla", "update")


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file under ``folder``, by its path from there."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


@pytest.fixture
def mini(tmp_path: Path) -> Mini:
    return create_mini(tmp_path)


def create_mini(root: Path) -> Mini:
    """The small project, in the empty folder ``root``."""
    for folder in ("nabla", "docs", "snippets"):
        (root / folder).mkdir()
    shutil.copytree(
        ROOT / "nabla", root / "nabla", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__")
    )
    (root / "docs" / "assets").symlink_to(ROOT / "docs" / "assets")
    for file in ("pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / file, root)
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    settings = re.sub(r"^nav:\n(?: .*\n)+", "nav: [index.md, mini.md]\n\n", settings, flags=re.MULTILINE)
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    (root / "docs" / "index.md").write_text("# Inicio\n\nUna [prueba](mini.md#final).\n", "utf-8")
    project = Mini(root)
    project.page.write_text(PAGE, "utf-8")
    project.snippet.write_text(SNIPPET, "utf-8")
    return project


def controller() -> int:
    """The process that began the tests; with several, they are its children."""
    return os.getppid() if os.environ.get("PYTEST_XDIST_WORKER") else os.getpid()


def shared() -> Path:
    """A folder of this run, the same one in all of its processes; it goes when the run ends."""
    folder = Path(tempfile.gettempdir()) / f"nabla-tests-{controller()}"
    folder.mkdir(exist_ok=True)
    return folder


def build_site() -> Path:
    """The site, built once for all that ask; no folder if it can't be."""
    folder, failed = shared() / "built", shared() / "built.failed"
    with (shared() / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder.exists() or failed.exists()):
            command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-d", str(folder)]
            if subprocess.call(command, cwd=ROOT) != 0:
                failed.touch()
    return folder


@pytest.fixture(scope="session")
def built_site() -> Path:
    folder = build_site()
    if not folder.exists():
        pytest.fail("the site cannot be built; the first test that fails shows why", pytrace=False)
    return folder


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--everything", action="store_true", help="all attacks, edits and kills, not a sample (make test-all)"
    )
    parser.addoption("--shard", default="1/1", metavar="N/M", help="only the Nth of M parts of the tests")
    parser.addoption(
        "--remember",
        action="store_true",
        help="leave out what passed before as it stands, and keep what passes",
    )


def pytest_configure(config: pytest.Config) -> None:
    if not os.environ.get("PYTEST_XDIST_WORKER"):
        shutil.rmtree(shared())  # what a run that was killed may have left, whose process had this number
    if config.getoption("--remember"):
        if any("::" in argument for argument in config.args):
            raise pytest.UsageError("--remember: what passed is kept for whole files")
        config.stash[REMEMBERED] = Remembered(build_site, draw())


def is_ours(config: pytest.Config, name: str) -> bool:
    """Whether this part of the tests does what goes by this name."""
    part, parts = map(int, config.getoption("--shard").split("/"))
    return zlib.crc32(name.encode()) % parts == part - 1


def group(item: pytest.Item) -> str:
    """What runs in one process: the tests of a file, or all those that look at the same page of the site."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    return f"visit to {parameters['visit']}" if "visit" in parameters else item.location[0]


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    items[:] = [item for item in items if item.get_closest_marker("divided") or is_ours(config, group(item))]
    for item in items:
        if config.pluginmanager.has_plugin("xdist"):  # not where an attack asks the tests of derivatives
            item.add_marker(pytest.mark.xdist_group(group(item)))
    if memory := config.stash.get(REMEMBERED, None):
        config.hook.pytest_deselected(items=memory.select(items))
    yield
    places = {name: place for place, name in enumerate(dict.fromkeys([*DEAREST, *map(group, items)]))}
    items.sort(key=lambda item: places[group(item)])


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[pytest.TestReport]:
    report = yield
    if memory := item.config.stash.get(REMEMBERED, None):
        memory.saw(item, report)
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    memory = session.config.stash.get(REMEMBERED, None)
    if memory and hasattr(session.config, "workeroutput"):
        session.config.workeroutput["remembered"] = memory.told()
    elif memory:
        memory.keep()


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """A process has ended (pytest-xdist)."""
    memory, output = node.config.stash.get(REMEMBERED, None), getattr(node, "workeroutput", {})
    if memory and "remembered" in output:  # a process that crashed tells nothing
        memory.learn(output["remembered"])


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    if memory := config.stash.get(REMEMBERED, None):
        terminalreporter.write_line(str(memory))


def pytest_unconfigure(config: pytest.Config) -> None:
    if not os.environ.get("PYTEST_XDIST_WORKER"):
        shutil.rmtree(shared(), ignore_errors=True)
