"""Protects authors on other machines: their files, folders and consoles build, or are refused with what to do."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from nabla.cache import store
from nabla.check.project import Project, Unreadable
from nabla.check.update import update
from tests.conftest import Mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

COMMANDS = (("mkdocs", "build"), ("pytest", "mkdocs.yml", "docs"), ("nabla", "update"))


def test_a_project_behind_a_symbolic_link(mini: Mini) -> None:
    link = mini.root.with_name(f"{mini.root.name}-link")
    link.symlink_to(mini.root)
    project = Project.load(link)
    assert "docs/mini.md" in project.pages
    _, problems = project.check()
    assert problems == []
    assert update(project, set()) == []
    assert [Mini(link).run(*command).returncode for command in COMMANDS] == [0, 0, 0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "docs/extra.md:1: a la p\u00e1gina le falta su t\u00edtulo"),
        (b"\n\n", "docs/extra.md:1: a la p\u00e1gina le falta su t\u00edtulo"),
        (b"Sin t\xc3\xadtulo.\n", "docs/extra.md:1: a la p\u00e1gina le falta su t\u00edtulo"),
        ("# Año\n\nMás.\n".encode("latin-1"), "docs/extra.md:1: este archivo no está en UTF-8"),
    ],
    ids=["empty", "blank", "without title", "latin-1"],
)
@pytest.mark.parametrize("folder", ["", "lecciones/", "cuadernos/"])
def test_a_page_that_is_none(mini: Mini, content: bytes, said: str, folder: str) -> None:
    file = mini.root / f"docs/{folder}extra.md"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content)
    try:
        problems = Project.load(mini.root).pages[f"docs/{folder}extra.md"].problems
    except Unreadable as error:
        problems = error.problems
    assert said.replace("extra", f"{folder}extra") in "\n".join(map(str, problems))
    assert all(problem.fix for problem in problems)


def test_unreadable_text_is_said_by_every_command(mini: Mini) -> None:
    mini.snippet.write_bytes(mini.snippet.read_bytes() + "# año\n".encode("latin-1"))
    for command in COMMANDS:
        ran = mini.run(*command)
        said = ran.stdout + ran.stderr
        assert ran.returncode == 1
        assert "snippets/mini.py:9: este archivo no está en UTF-8" in said
        assert "Traceback" not in said


def test_a_byte_order_mark_is_no_text(mini: Mini) -> None:
    mini.page.write_bytes(b"\xef\xbb\xbf" + mini.page.read_bytes())
    assert Project.load(mini.root).pages["docs/mini.md"].problems == []


def test_a_console_of_another_code_page(mini: Mini) -> None:
    """As a pipe on Windows, which has no «→»: messages stay readable, and nobody reads them as UTF-8."""
    mini.edit(mini.page, "cuadrado, 49.0", "cuadrado, 49.5")
    mini.page.write_text(mini.page.read_text("utf-8") + "\nSuelto 3.14.\n", "utf-8")
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}
    for command in COMMANDS:
        ran = subprocess.run(
            [sys.executable, "-m", *command], cwd=mini.root, env=environment, check=False, capture_output=True
        )
        said = (ran.stdout + ran.stderr).decode("cp1252")
        assert ran.returncode == 1
        assert "docs/mini.md:26: nadie responde de 3.14" in said
        assert "UnicodeEncodeError" not in said and "UnicodeDecodeError" not in said
        assert "Logging error" not in said


@pytest.mark.parametrize("value", ["", "0"])
def test_the_date_of_the_sources_may_be_empty(mini: Mini, value: str) -> None:
    ran = [mini.run(*command, SOURCE_DATE_EPOCH=value) for command in COMMANDS]
    assert [each.returncode for each in ran] == [0, 0, 0]


def test_a_cache_of_somebody_else_is_made_anew(tmp_path: Path) -> None:
    """Whoever built as another user left files that we may not read, in folders where we may write."""
    file = tmp_path / "runs" / "x.json"
    store.write(file, "key", "payload")
    file.chmod(0)
    code = (
        "import sys; from pathlib import Path; from nabla.cache import recent, store\n"
        "file = Path(sys.argv[1])\n"
        "print(store.kept(file, 'key', lambda: 'anew'))\n"
        "recent.use(file)\n"
    )
    drop = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    ran = subprocess.run(
        [*drop, sys.executable, "-c", code, str(file)],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert (ran.returncode, ran.stdout) == (0, "anew\n"), ran.stderr


def test_a_tab_in_prose_is_read_as_spaces(mini: Mini) -> None:
    """In a sentence, after a bullet, before what belongs to it, in a table and before a formula."""
    prose = "Con\tmás.\n\n-\tuna\n-\totra\n\n\tsigue\n\n| a\t| b |\n|---|---|\n| uno\t| dos |\n\nVale\t$x"
    written = mini.page.read_text("utf-8")
    pages = []
    for text in (prose, prose.replace("-\t", "-   ").replace("\n\t", "\n    ").replace("\t", " ")):
        mini.page.write_text(written.replace("Vale $x", text), "utf-8")
        assert mini.check().returncode == 0
        assert mini.build().returncode == 0
        article = (mini.site / "mini/index.html").read_text("utf-8").partition("<article")[2]
        pages.append(" ".join(article.partition("</article>")[0].split()))
    assert "<li> <p>otra</p> <p>sigue</p> </li>" in pages[0]
    assert pages[0] == pages[1]
