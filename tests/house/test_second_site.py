"""Protects other courses on the same machinery: statistics, in English, with NumPy alone and no torch to import."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Mini, create_mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY, "tests/second_site")

SITE = ROOT / "tests/second_site"
# As where torch is not installed.
NO_TORCH = """\
import sys


class Absent:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] == "torch":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


sys.meta_path.insert(0, Absent())
"""


@pytest.fixture
def site(tmp_path: Path) -> Mini:
    site = create_mini(tmp_path)
    site.page.unlink()
    site.snippet.unlink()
    shutil.copytree(SITE / "docs", site.root / "docs", dirs_exist_ok=True)
    shutil.copytree(SITE / "snippets", site.root / "snippets", dirs_exist_ok=True)
    shutil.copy(SITE / "course.py", site.root / "nabla/model/course.py")
    libraries = site.root / "nabla/run/libraries.py"
    site.edit(libraries, '("torch", "numpy", "matplotlib", "mpl_toolkits")', '("numpy", "matplotlib")')
    site.edit(libraries, '_OF_FORMULAS = ("torch",)', "_OF_FORMULAS = ()")
    settings = (site.root / "mkdocs.yml").read_text("utf-8")
    settings = re.sub(r"(admonition:\n\s+types: ).*", r"\1[goals, question, exercise, summary]", settings)
    settings = re.sub(r"(details:\n\s+types: ).*", r"\1[hint, solution, right, wrong]", settings)
    settings = settings.replace("nav: [index.md, mini.md]", "nav: [index.md, lessons/mean.md]")
    settings = re.sub(r"(lang|language): es\b", r"\1: en", settings)
    (site.root / "mkdocs.yml").write_text(settings, "utf-8")
    (site.root / "sitecustomize.py").write_text(NO_TORCH)
    return site


def test_it_settles_checks_and_builds_without_torch(site: Mini) -> None:
    without = {"PYTHONPATH": str(site.root)}
    assert site.run("torch.version", **without).returncode != 0, "there is no torch"
    lesson = site.root / "docs/lessons/mean.md"
    updated = site.run("nabla", "update", **without)
    assert updated.returncode == 0, updated.stderr
    text = lesson.read_text("utf-8")
    assert re.sub(r"\n<!-- data: .*-->", "", text) == (SITE / "docs/lessons/mean.md").read_text("utf-8")
    checked = site.run("pytest", "mkdocs.yml", "docs", **without)
    assert checked.returncode == 0, checked.stdout + checked.stderr
    built = site.run("mkdocs", "build", "--strict", **without)
    assert built.returncode == 0, built.stderr
    assert "with a giant: 5.49 m" in (site.site / "lessons/mean/index.html").read_text("utf-8")
    # And its words are asked for as this course's are.
    site.edit(lesson, "type: hint", "type: pista")
    checked = site.run("pytest", "mkdocs.yml", "docs", **without)
    assert checked.returncode == 1
    assert "de tipo «pista» no existe" in checked.stdout
    site.edit(lesson, "type: pista", "type: hint")
    site.edit(lesson, "mean is 1.65", "mean is 1.66")
    checked = site.run("pytest", "mkdocs.yml", "docs", **without)
    assert checked.returncode == 1
    assert "1.66 no es lo que calcula el código" in checked.stdout


def test_torch_is_named_in_one_place_of_what_runs_and_checks() -> None:
    """Besides comments: the algebra of formulas computes with it, and the slicer knows its functions."""
    naming = {
        file.relative_to(ROOT).as_posix()
        for room in ("model", "cache", "run", "check", "parse", "draw", "takeaway")
        for file in (ROOT / "nabla" / room).rglob("*.py")
        if re.search(r'["\']torch\b|^\s*(import|from) torch', file.read_text("utf-8"), re.MULTILINE)
    }
    assert naming <= {"nabla/run/libraries.py"}
