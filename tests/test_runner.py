"""The run of a lesson and its cache: what must run again does, what need not does not."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nabla import runner
from tests.conftest import Mini


def executed(mini: Mini, **environment: str) -> bool:
    """Build, and say whether the lesson was executed."""
    built = mini.build(**environment)
    assert built.returncode == 0, built.stderr
    return "Se ejecuta 1 lección: mini" in built.stderr


def entry(mini: Mini) -> Path:
    (file,) = (mini.root / ".cache/runs/mini").glob("*.json")
    return file


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
        pytest.param(append("nabla/worker.py", "# other\n"), id="executor"),
        pytest.param(append("nabla/drawing.py", "# other\n"), id="figure style"),
        pytest.param(append("nabla/palette.py", "# other\n"), id="palette"),
    ],
)
def test_a_change_that_matters_runs_the_lesson_again(mini: Mini, edit: Callable[[Mini], None]) -> None:
    assert executed(mini)
    assert not executed(mini)
    edit(mini)
    assert executed(mini)


@pytest.mark.parametrize(
    "edit",
    [
        pytest.param(lambda mini: mini.edit(mini.page, "Vale", "Ahora vale"), id="prose"),
        pytest.param(lambda mini: mini.edit(mini.page, "# Prueba\n", "# Prueba\n\nMás.\n"), id="lines move"),
        pytest.param(append("snippets/mini.py", "# Fuera de las secciones.\n"), id="outside sections"),
        pytest.param(append("nabla/check.py", "# other\n"), id="checker"),
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
    assert executed(mini)
    assert not executed(mini)
    (mini.root / "snippets/inner.py").write_text("VALUE = 3\n")
    built = mini.build()
    assert "Se ejecuta 1 lección" in built.stderr
    assert "calculado: 343" in built.stderr


def test_another_version_of_a_library_runs_everything(
    mini: Mini, tmp_path_factory: pytest.TempPathFactory
) -> None:
    libraries = tmp_path_factory.mktemp("libraries")
    (libraries / "kiwisolver-0.1.dist-info").mkdir()
    assert executed(mini, PYTHONPATH=str(libraries))
    assert not executed(mini, PYTHONPATH=str(libraries))
    (libraries / "kiwisolver-0.1.dist-info").rename(libraries / "kiwisolver-0.2.dist-info")
    assert executed(mini, PYTHONPATH=str(libraries))


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
    runner._surroundings.cache_clear()
    before = runner._surroundings(pytestconfig.rootpath)
    runner._surroundings.cache_clear()
    monkeypatch.setattr(target, name, value)
    assert runner._surroundings(pytestconfig.rootpath) != before
    runner._surroundings.cache_clear()


def test_a_build_from_the_cache_imports_no_torch(mini: Mini) -> None:
    mini.edit(mini.snippet, "x = 7.0", "import torch\n\nx = 7.0")
    assert executed(mini)
    mini.edit(mini.page, "Vale", "Ahora vale")
    imports = mini.run("mkdocs", "build", PYTHONPROFILEIMPORTTIME="1").stderr
    assert "nabla.runner" in imports, "the trace of imports is there"
    for library in ("torch", "matplotlib", "numpy", "quickjs"):
        assert f"| {library}\n" not in imports and f" {library}\n" not in imports


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: text.replace("49.0", "49.1"),
        lambda text: "{}",
        lambda text: "[1, 2]",
        lambda text: "\x00" * 100,
    ],
    ids=["half", "empty", "altered", "no fields", "no object", "zeros"],
)
def test_a_damaged_entry_is_rebuilt_and_said(mini: Mini, damage: Callable[[str], str]) -> None:
    assert executed(mini)
    intact = entry(mini).read_text()
    entry(mini).write_text(damage(intact))
    built = mini.build()
    assert built.returncode == 0
    assert built.stderr.count("Caché estropeada, se rehace: .cache/runs/mini/") == 1
    assert "Se ejecuta 1 lección" in built.stderr
    assert entry(mini).read_text() == intact


def test_a_damaged_formula_is_rebuilt_and_said(mini: Mini) -> None:
    assert executed(mini)
    (formula,) = (mini.root / ".cache/maths").rglob("*.json")
    intact = formula.read_text()
    formula.write_text(intact[:-20])
    built = mini.build()
    assert built.returncode == 0
    assert "Caché estropeada, se rehace: .cache/maths/" in built.stderr
    assert formula.read_text() == intact


def test_a_failing_lesson_is_tried_again(mini: Mini) -> None:
    """What mends it may be outside its key, such as a file that it reads."""
    mini.edit(mini.snippet, "square = x**2", 'open("flag").close()\nsquare = x**2')
    for _ in range(2):
        built = mini.build()
        assert built.returncode == 1
        assert "FileNotFoundError" in built.stderr
    (mini.root / "flag").write_text("")
    assert executed(mini)


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
    assert executed(mini)
