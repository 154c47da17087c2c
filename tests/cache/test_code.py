"""Protects the cache from code that changed: what made a product is part of its key, and only that."""

from __future__ import annotations

import ast
import platform
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from nabla.cache import code
from tests.conftest import ROOT

MODULES = {
    "made": "from made.low import base\n",
    "made.maker": "from made import (\n    left,  # why\n    right as other,\n)\n",
    "made.left": "def late():\n    from made.low.base import x\n",
    "made.right": "import made.side\n",
    "made.side": "import json\n",
    "made.low": "",
    "made.low.base": "x = 1\n",
    "made.apart": "from made import maker\n",
}


@pytest.fixture
def sources(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A package of its own in the place of this one; what is known of this one is forgotten, before and after."""
    changing = dict(MODULES)
    named = code._IMPORT.pattern.replace(code.PACKAGE.name, "made")
    monkeypatch.setattr(code, "_IMPORT", code.re.compile(named, code.re.MULTILINE))
    monkeypatch.setattr(code, "_sources", lambda: changing)
    yield changing
    code.of.cache_clear()


def made_by(maker: str) -> str:
    code.of.cache_clear()
    return code.of(maker)


@pytest.mark.parametrize("changed", MODULES)
def test_a_maker_is_all_that_it_imports_and_no_more(sources: dict[str, str], changed: str) -> None:
    before = made_by("made.maker")
    sources[changed] += "# other\n"
    assert (made_by("made.maker") != before) == (changed != "made.apart")


@pytest.mark.parametrize("changed", MODULES)
def test_a_package_is_all_its_modules(sources: dict[str, str], changed: str) -> None:
    before = made_by("made")
    sources[changed] += "# other\n"
    assert made_by("made") != before


def test_a_maker_that_is_not_there_is_an_error(sources: dict[str, str]) -> None:
    with pytest.raises(AssertionError, match=r"made\.absent"):
        made_by("made.absent")


@pytest.mark.parametrize("file", sorted(code.PACKAGE.rglob("*.py")), ids=lambda file: file.stem)
def test_the_pattern_finds_what_python_would_import(file: Path) -> None:
    text = file.read_text("utf-8")
    found = set(code.imports(text))
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        assert {name for name in names if name.startswith(f"{code.PACKAGE.name}.")} <= found


def test_what_a_product_is_made_from_is_its_key() -> None:
    keys = {
        code.key(ROOT, maker, *material)
        for maker in ("nabla.model", "nabla.draw")
        for material in (("a",), ("b",), ("a", "b"), (["a", "b"],), ({"a": "b"},), ())
    }
    assert len(keys) == 12


@pytest.mark.parametrize(
    ("target", "name", "value"),
    [
        (code, "libraries", lambda root: ["torch-0.1.dist-info"]),
        (sys, "version", "3.99.0"),
        (platform, "machine", lambda: "abacus"),
        (platform, "system", lambda: "None"),
    ],
    ids=["libraries", "Python version", "processor", "system"],
)
def test_where_a_product_was_made_is_part_of_every_key(
    target: object, name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = code.key(ROOT, "nabla.model")
    code._surroundings.cache_clear()
    monkeypatch.setattr(target, name, value)
    assert code.key(ROOT, "nabla.model") != before
    monkeypatch.undo()
    code._surroundings.cache_clear()
    assert code.key(ROOT, "nabla.model") == before


def test_a_tree_is_the_names_and_the_contents_of_its_files(tmp_path: Path) -> None:
    def look() -> str:
        return code.tree(tmp_path)

    seen = {look()}
    file = tmp_path / "a" / "b.html"
    file.parent.mkdir()
    file.touch()
    seen.add(look())
    file.write_text("c")
    seen.add(look())
    file.rename(tmp_path / "a" / "c.html")
    seen.add(look())
    assert len(seen) == 4
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "x.pyc").touch()
    assert look() in seen


def test_machinery_that_changes_under_a_running_site_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not code.changed()
    read = code._read()
    monkeypatch.setattr(code, "_read", lambda: read | {"nabla.new": ""})
    assert code.changed()
