"""Protects one style of code, Markdown and spelling: what is checked before a commit is checked here."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.conftest import ROOT, Mini
from tests.spelling.__main__ import check
from tests.spelling.prose import DOCUMENTS

HOOKS = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"][0]["hooks"]
BIN = Path(sys.executable).parent
# Documents of the project that send their reader to its files; `<nombre>` and NAME stand for any.
GUIDES = ("README.md", "CONTRIBUTING.md", "docs/arquitectura.md", "findings/README.md")
_FILE = re.compile(r"`((?:docs|findings|nabla|snippets|tests|tools|\.ci|\.github)/[^`<\s]+)`")


def run(command: list[str], folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True, encoding="utf-8")


@pytest.mark.parametrize("hook", HOOKS, ids=[hook["id"] for hook in HOOKS])
def test_what_is_checked_before_a_commit(hook: dict[str, str]) -> None:
    program, *arguments = shlex.split(hook["entry"])
    ran = run([str(BIN / Path(program).relative_to(".venv/bin")), *arguments])
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("guide", GUIDES)
def test_a_document_names_files_that_are_there(guide: str) -> None:
    named = set(_FILE.findall((ROOT / guide).read_text("utf-8"))) - {"findings/NAME.sh"}
    assert named
    assert sorted(name for name in named if not (ROOT / name).exists()) == []


@pytest.mark.parametrize("fault", ["#Título", "```\ncódigo\n```", "[vacío]()", "### Salto\n\nTexto."])
def test_the_markdown_check_sees_a_fault(fault: str, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    command = [str(BIN / "rumdl"), "check", "--no-cache", "--config", str(ROOT / "pyproject.toml"), str(page)]
    page.write_text("# Página\n\nTexto.\n", "utf-8")
    good = run(command, tmp_path)
    assert good.returncode == 0, good.stdout
    page.write_text(f"# Página\n\n{fault}\n", "utf-8")
    assert run(command, tmp_path).returncode == 1


def test_the_spell_check_reads_prose_and_only_prose(mini: Mini) -> None:
    for name in DOCUMENTS:
        (mini.root / name).write_text("Un documneto.\n", "utf-8")
    for source in (mini.root / "nabla").rglob("*.py"):
        source.write_text("")
    message = 'log.info("Un mensage %s", "mensage_q")\nre.compile("xyzzy q")\n'
    (mini.root / "nabla/parse/page.py").write_text(message)
    mini.edit(mini.snippet, "x = 7.0", "# Un comentatio sobre `xyzzy` y xyzzy_q().\nx = 7.0")
    mini.edit(
        mini.page,
        "## Final",
        "Una *learning rate*, `xyzzy`, $xyzzy$, x² y un pagrafo. <span lang='en'>xyzzy</span>\n\n"
        "![Un alternatibo.](figura:plot)\n\n## Tíutlo",
    )
    mini.edit(
        mini.page,
        "# Prueba",
        '---\ndescription: "Una descripzión de lo que se aprende aquí, con una palabra mal."\n---\n\n# Prueba',
    )
    problems = check(mini.root, ["zeta", "ausente"])
    seen = {(problem.file, problem.what.split("«")[-1].split("»")[0]) for problem in problems}
    assert seen == {
        *((name, "documneto") for name in DOCUMENTS),
        ("nabla/parse/page.py", "mensage"),
        ("snippets/mini.py", "comentatio"),
        *(("docs/mini.md", word) for word in ("descripzión", "pagrafo", "alternatibo", "Tíutlo")),
        ("tests/spelling/words.txt", "ausente"),
        ("tests/spelling/words.txt", "zeta"),
        ("tests/spelling/words.txt", "la lista no está en orden"),
    }
    (place,) = (problem.line for problem in problems if "pagrafo" in problem.what)
    assert "pagrafo" in mini.page.read_text("utf-8").splitlines()[place - 1]
