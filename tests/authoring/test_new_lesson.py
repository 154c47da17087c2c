"""Protects who begins a lesson: what ``make new-lesson`` writes passes at once, and nothing is written over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nabla.authoring import new_lesson
from tests.conftest import ROOT, Mini
from tests.remembered import COURSE, MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY, *COURSE)

FILE = "docs/lecciones/mi-leccion.md"


@pytest.fixture
def lesson(mini: Mini) -> Mini:
    new_lesson.create(mini.root, "mi-leccion")
    return mini


def test_a_lesson_is_created_that_passes_at_once(lesson: Mini) -> None:
    checked = lesson.check()
    assert checked.returncode == 0, checked.stdout + checked.stderr
    before = (lesson.root / FILE).read_text("utf-8")
    assert lesson.update().returncode == 0
    assert (lesson.root / FILE).read_text("utf-8") == before


def test_its_derivative_is_tested(lesson: Mini) -> None:
    folder = lesson.root / "tests/derivatives"
    for name in ("tests/__init__.py", "tests/derivatives/__init__.py", "tests/derivatives/three_ways.py"):
        (lesson.root / name).write_text((ROOT / name).read_text("utf-8"), "utf-8")
    assert lesson.run_alone("pytest", str(folder)).returncode == 0
    lesson.edit(lesson.root / "snippets/mi_leccion.py", "return 2 * x", "return x")
    assert lesson.run_alone("pytest", str(folder)).returncode == 1


@pytest.mark.parametrize("name", ["Mi", "mi leccion", "año", "-x", "x_y", "../x"])
def test_a_name_that_cannot_be_a_file_is_refused(mini: Mini, name: str) -> None:
    with pytest.raises(new_lesson.Refused, match="no sirve de nombre"):
        new_lesson.create(mini.root, name)


def test_nothing_is_written_over(lesson: Mini) -> None:
    created = lesson.run("nabla", "new-lesson", "mi-leccion")
    assert created.returncode == 1
    assert "ya existe docs/lecciones/mi-leccion.md" in created.stderr


def test_it_comes_last_in_the_navigation_and_the_last_one_leads_to_it(mini: Mini) -> None:
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    (mini.root / "mkdocs.yml").write_text(settings, "utf-8")
    last = re.findall(r"lecciones/([\w-]+\.md)", settings)[-1]
    previous = mini.root / "docs/lecciones" / last
    previous.parent.mkdir()
    previous.write_text("# La última\n", "utf-8")
    changed = new_lesson.create(mini.root, "otra")
    assert (mini.root / "mkdocs.yml").read_text("utf-8") == settings.replace(
        f"      - lecciones/{last}\n", f"      - lecciones/{last}\n      - lecciones/otra.md\n"
    )
    assert previous.read_text("utf-8") == "# La última\n\nLa lección siguiente es [Otra](otra.md).\n"
    assert {Path(file).name for file in changed} == {
        "otra.md",
        "otra.py",
        "test_otra.py",
        "mkdocs.yml",
        last,
    }
