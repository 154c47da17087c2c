"""Protects the run of a lesson and its cache: what must run again does, what need not does not."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from nabla.cache import code
from nabla.check.project import Project
from nabla.draw.palette import FONTS
from nabla.run import environment, keys
from nabla.run.runner import BlockRun
from tests.conftest import ROOT, Mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

PINNED = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text("utf-8"), re.MULTILINE)


def executed(mini: Mini, **environment: str) -> bool:
    """Build, and say whether the lesson was executed."""
    built = mini.build(**environment)
    assert built.returncode == 0, built.stderr
    return "Se ejecuta 1 página: mini" in built.stderr


def run(mini: Mini) -> BlockRun:
    """What the second block did, without publishing it: much of what runs is refused afterwards."""
    return Project.load(mini.root).run()["docs/mini.md"].blocks[1]


def key(mini: Mini) -> str:
    """The key of the lesson's run, as the next build would compute it with the project's own machinery."""
    page = Project.load(mini.root).pages["docs/mini.md"]
    with machinery(mini.root / "nabla"):
        return keys.job(mini.root, page)["key"]


@contextmanager
def machinery(package: Path = code.PACKAGE) -> Iterator[None]:
    """Nothing is remembered of the code in ``package`` and of what surrounds it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(code, "PACKAGE", package)
        for remembered in (code._sources, code.of, code._surroundings):
            remembered.cache_clear()
        yield
    for remembered in (code._sources, code.of, code._surroundings):
        remembered.cache_clear()


def own_assets(mini: Mini) -> None:
    """Give the project files of its own in the place of the link to those of the site."""
    assets = mini.root / "docs/assets"
    original = assets.resolve()
    assets.unlink()
    shutil.copytree(original, assets)


def other_font(mini: Mini) -> None:
    own_assets(mini)
    (mini.root / FONTS[0]).write_bytes((mini.root / FONTS[1]).read_bytes())


def copy_of_sources(mini: Mini) -> dict[Path, bytes]:
    names = [mini.page, mini.snippet, mini.root / "nabla/draw/drawing.py", mini.root / FONTS[0]]
    return {file: file.read_bytes() for file in names}


def go_back(mini: Mini, sources: dict[Path, bytes]) -> None:
    for file, content in sources.items():
        if file.read_bytes() != content:
            file.write_bytes(content)


def append(name: str, text: str) -> Callable[[Mini], None]:
    def edit(mini: Mini) -> None:
        file = mini.root / name
        file.write_text(file.read_text("utf-8") + text, "utf-8")

    return edit


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda mini: mini.edit(mini.snippet, "x**2", "x * x"), id="snippet"),
        pytest.param(lambda mini: mini.edit(mini.page, "x, square -->", "x, x**2 -->"), id="expression"),
        pytest.param(append("nabla/draw/drawing.py", "# other\n"), id="figure style"),
        pytest.param(other_font, id="typeface"),
    ],
)
def test_a_change_that_matters_runs_the_lesson_again_and_going_back_runs_nothing(
    mini: Mini, edit: Callable[[Mini], None]
) -> None:
    before = copy_of_sources(mini)
    assert executed(mini)
    assert not executed(mini)
    edit(mini)
    assert executed(mini)
    go_back(mini, before)
    assert not executed(mini)


@pytest.mark.parametrize(
    "name",
    [
        "run/worker.py",
        "draw/drawing.py",
        "draw/palette.py",
        "model/numerals.py",
        "cache/store.py",
        "cache/disk.py",
        "run/__init__.py",
        "__init__.py",
    ],
)
def test_every_file_of_the_executor_is_part_of_every_key(mini: Mini, name: str) -> None:
    before = key(mini)
    append(f"nabla/{name}", "# other\n")(mini)
    assert key(mini) != before


def test_the_executor_is_all_that_the_worker_imports_from_the_project(mini: Mini) -> None:
    """Asked of Python itself, not of the reader of imports that the key relies on."""
    command = "import sys, nabla.run.worker, nabla.draw.drawing, nabla.algebra.symbols; print(*(n for n in sys.modules if n.startswith('nabla')))"
    ran = subprocess.run(
        [sys.executable, "-c", command], cwd=mini.root, check=True, capture_output=True, text=True
    )
    loaded = ran.stdout.split()
    assert code.modules(keys.EXECUTOR).keys() == set(loaded)


@pytest.mark.parametrize("font", FONTS)
def test_every_typeface_of_the_figures_is_part_of_every_key(mini: Mini, font: str) -> None:
    own_assets(mini)
    before = key(mini)
    (mini.root / font).write_bytes((mini.root / font).read_bytes() + b"\0")
    assert key(mini) != before


def test_what_the_environment_fixes_is_part_of_every_key(mini: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in environment.FIXED:
        before = key(mini)
        with monkeypatch.context() as patch:
            patch.setitem(environment.FIXED, name, "other")
            assert key(mini) != before, name


def test_a_failure_on_purpose_is_part_of_the_key(mini: Mini) -> None:
    before = key(mini)
    mini.edit(
        mini.page,
        '```python\n--8<-- "snippets/mini.py:square',
        '<!-- falla: E, a -->\n```python\n--8<-- "snippets/mini.py:square',
    )
    assert key(mini) != before


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda mini: mini.edit(mini.page, "Vale", "Ahora vale"), id="prose"),
        pytest.param(lambda mini: mini.edit(mini.page, "# Prueba\n", "# Prueba\n\nMás.\n"), id="lines move"),
        pytest.param(append("snippets/mini.py", "# Fuera de las secciones.\n"), id="outside sections"),
        pytest.param(append("nabla/check/check.py", "# other\n"), id="checker"),
    ],
)
def test_a_change_that_does_not_matter_runs_nothing(mini: Mini, edit: Callable[[Mini], None]) -> None:
    assert executed(mini)
    edit(mini)
    assert not executed(mini)


def test_a_wrong_number_is_seen_without_a_new_run(mini: Mini) -> None:
    assert executed(mini)
    mini.edit(mini.page, "cuadrado, 49.0", "cuadrado, 49.1")
    built = mini.build()
    assert built.returncode == 1
    assert "Se ejecuta" not in built.stderr


def test_a_module_that_the_lesson_imports_is_part_of_its_key(mini: Mini) -> None:
    (mini.root / "snippets/inner.py").write_text("VALUE = 2\n")
    (mini.root / "snippets/outer.py").write_text("from inner import VALUE\n")
    mini.edit(mini.snippet, "square = x**2", "from outer import VALUE\n\nsquare = x**VALUE")
    before = key(mini)
    assert run(mini).output == "49.0\n"
    (mini.root / "snippets/inner.py").write_text("VALUE = 3\n")
    assert key(mini) != before
    assert run(mini).output == "343.0\n"


@pytest.mark.parametrize(
    ("statement", "changed"),
    [
        ("import tools", "tools/__init__.py"),
        ("import tools.inner", "tools/__init__.py"),
        ("import tools.inner as inner", "tools/inner.py"),
        ("from tools import inner", "tools/inner.py"),
        ("from tools.inner import VALUE", "tools/inner.py"),
        ("import tools", "tools/beside.py"),
        ("import tools", "tools/deep/above.py"),
    ],
)
def test_a_package_that_the_lesson_imports_is_part_of_its_key(
    mini: Mini, statement: str, changed: str
) -> None:
    files = {
        "tools/__init__.py": "from .beside import VALUE\n",
        "tools/inner.py": "VALUE = 2\n",
        "tools/beside.py": "from .deep.above import VALUE\n",
        "tools/deep/__init__.py": "",
        "tools/deep/above.py": "from ..inner import VALUE\n",
    }
    for name, text in files.items():
        file = mini.root / "snippets" / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text)
    mini.edit(mini.snippet, "square = x**2", f"{statement}\n\nsquare = x**2")
    before = key(mini)
    append(f"snippets/{changed}", "# other\n")(mini)
    assert key(mini) != before


def test_another_version_of_a_library_runs_everything(
    mini: Mini, tmp_path_factory: pytest.TempPathFactory
) -> None:
    libraries = tmp_path_factory.mktemp("libraries")
    (libraries / "kiwisolver-0.1.dist-info").mkdir()
    assert executed(mini, PYTHONPATH=str(libraries))
    assert not executed(mini, PYTHONPATH=str(libraries))
    (libraries / "kiwisolver-0.1.dist-info").rename(libraries / "kiwisolver-0.2.dist-info")
    assert executed(mini, PYTHONPATH=str(libraries))


@pytest.mark.parametrize("library", PINNED)
def test_the_version_of_every_pinned_library_is_part_of_every_key(
    mini: Mini, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    libraries = mini.root / "libraries"
    installed = libraries / f"{library.replace('-', '_')}-0.1.dist-info"
    installed.mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(libraries), *sys.path])
    before = code.libraries(mini.root)
    installed.rename(libraries / installed.name.replace("0.1", "0.2"))
    assert code.libraries(mini.root) != before


def test_a_library_that_the_project_does_not_pin_runs_nothing(
    mini: Mini, tmp_path_factory: pytest.TempPathFactory
) -> None:
    libraries = tmp_path_factory.mktemp("libraries")
    assert executed(mini, PYTHONPATH=str(libraries))
    (libraries / "playwright-0.1.dist-info").mkdir()
    assert not executed(mini, PYTHONPATH=str(libraries))


@pytest.mark.parametrize(
    ("target", "name", "value"),
    [
        (sys, "version", "3.99.0"),
        (platform, "machine", lambda: "abacus"),
        (platform, "system", lambda: "None"),
    ],
    ids=["Python version", "processor", "system"],
)
def test_python_and_machine_are_part_of_every_key(
    target: object, name: str, value: object, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    with machinery():
        before = code.key(pytestconfig.rootpath, keys.EXECUTOR)
    monkeypatch.setattr(target, name, value)
    with machinery():
        assert code.key(pytestconfig.rootpath, keys.EXECUTOR) != before


def test_a_build_from_the_cache_imports_no_torch(mini: Mini) -> None:
    mini.edit(mini.snippet, "x = 7.0", "import torch\n\nx = 7.0")
    assert executed(mini)
    mini.edit(mini.page, "Vale", "Ahora vale")
    imports = mini.run("mkdocs", "build", PYTHONPROFILEIMPORTTIME="1").stderr
    assert "nabla.run.runner" in imports, "the trace of imports is there"
    for library in ("torch", "matplotlib", "numpy", "quickjs"):
        assert f"| {library}\n" not in imports and f" {library}\n" not in imports


def test_a_failing_lesson_is_tried_again(mini: Mini) -> None:
    """What mends it may be outside its key, such as a file that it reads."""
    mini.edit(mini.snippet, "square = x**2", 'open("flag").close()\nsquare = x**2')
    for _ in range(2):
        error = run(mini).error
        assert error and error["type"] == "FileNotFoundError"
    (mini.root / "flag").write_text("")
    assert run(mini).error is None


def test_old_entries_are_forgotten(mini: Mini) -> None:
    for number in range(7):
        mini.edit(mini.snippet, "square = x**2", f"square = x**2 + 0 * {number}")
        assert executed(mini)
        mini.edit(mini.snippet, f"square = x**2 + 0 * {number}", "square = x**2")
    assert len(list((mini.root / ".cache/runs/mini").iterdir())) == 4


def test_lessons_share_nothing(mini: Mini) -> None:
    mini.edit(mini.root / "mkdocs.yml", "mini.md]", "mini.md, other.md]")
    (mini.root / "snippets/other.py").write_text(
        '# --8<-- [start:a]\nprint("x" in globals())\n# --8<-- [end:a]\n'
    )
    (mini.root / "docs/other.md").write_text('# Otra\n\n```python\n--8<-- "snippets/other.py:a"\n```\n')
    assert mini.update().returncode == 0
    assert "```text\nFalse\n```" in (mini.root / "docs/other.md").read_text()


def test_printing_past_python_does_not_confuse_the_report(mini: Mini) -> None:
    mini.edit(mini.snippet, "square = x**2", 'import os\n\nsquare = x**2\nos.write(1, b"{not a report}\\n")')
    built = mini.build()
    assert built.returncode == 1
    assert "[1/1] mini" in built.stderr and "Traceback" not in built.stderr
    assert "el bloque «square» escribe «{not a report}» sin pasar por print" in built.stderr
    assert run(mini).output == "49.0\n"
