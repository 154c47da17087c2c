"""The copies of the project that the bench edits and builds."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Container
from pathlib import Path

from nabla.check.project import Project

ROOT = Path(__file__).resolve().parents[2]
TIMES = 10

PIN = re.compile(r"^([\w-]+)==([\w.]+)", re.MULTILINE)
LINK = re.compile(r"\[([^]]*)\]\(([^)#\s]*\.md)[^)]*\)")
# Of an entry of the glossary, when the page that presents its term is not there.
UNPRESENTED = re.compile(r"^Se presenta en [^](\n]*\n", re.MULTILINE)
NOTEBOOK_LINK = re.compile(r"\[([^]]*)\]\([^)]*\bcuadernos/[^)]*\)")

# The floor shares nothing with the site's executor: it gets the code of the pages and runs it.
FLOOR = """
import json, sys, torch, matplotlib.pyplot as plt
sys.path.insert(0, "snippets")
lessons, folder = json.load(open(sys.argv[1])), sys.argv[2]
for page, blocks in enumerate(lessons):
    namespace = {"__name__": "__main__"}
    for index, block in enumerate(blocks):
        try:
            exec(compile(block["code"], "block", "exec"), namespace)
        except Exception:
            if not block["fails"]:
                raise
        for number in plt.get_fignums():
            plt.figure(number).savefig(f"{folder}/{page}-{index}-{number}.svg")
        plt.close("all")
"""


class Copy:
    """A copy of the project that the bench edits and builds."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        names = [file.stem for file in (folder / "snippets").glob("*.py")]
        lessons = [name for name in sorted(names) if self.page(name).is_file()]
        # The longest lesson is the dearest one to edit.
        self.lessons = sorted(lessons, key=lambda name: self.snippet(name).stat().st_size, reverse=True)
        self.longest = self.lessons[0]

    @classmethod
    def of_commit(cls, folder: Path, commit: str) -> Copy | None:
        """The project as it was, beside the caches of the machine; None where the history does not go so far."""
        archive = subprocess.run(["git", "archive", commit], cwd=ROOT, capture_output=True, check=False)
        if archive.returncode:
            return None
        folder.mkdir()
        subprocess.run(["tar", "x"], cwd=folder, input=archive.stdout, check=True)
        # What it asked for and this project does no more: in its own folder, where Python looks first.
        then, now = (
            dict(PIN.findall((each / "requirements.txt").read_text("utf-8"))) for each in (folder, ROOT)
        )
        gone = [f"{name}=={version}" for name, version in then.items() if name not in now]
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--no-deps", "--target", folder, *gone], check=True)
        return cls(folder)

    @classmethod
    def of_project(cls, folder: Path) -> Copy:
        """This project as in a fresh clone."""
        clone(ROOT, folder, ".git", ".venv", ".cache", "site")
        return cls(folder)

    def page(self, name: str) -> Path:
        return self.folder / "docs" / "lecciones" / f"{name.replace('_', '-')}.md"

    def snippet(self, name: str) -> Path:
        return self.folder / "snippets" / f"{name}.py"

    def _new_sentence(self) -> str:
        """One that is neither in the longest lesson nor in its code: when its page shows it, it shows the edit."""
        words = ("uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")
        known = "".join(file(self.longest).read_text("utf-8") for file in (self.page, self.snippet))
        sentences = (f"Para medir, {' '.join(pair)}." for pair in itertools.product(words, words))
        return next(each for each in sentences if each not in known)

    @property
    def address(self) -> str:
        return f"lecciones/{self.page(self.longest).stem}/"

    def forget(self) -> None:
        """As if never built; what matplotlib keeps is of the machine."""
        for left in [self.folder / "site", *(self.folder / ".cache").iterdir()]:
            if left.name != "matplotlib":
                shutil.rmtree(left, ignore_errors=True)

    def edit_prose(self) -> tuple[str, str]:
        """Write a sentence that was never there: the address of the page, and what it shows then."""
        text, sentence = self.page(self.longest).read_text("utf-8"), self._new_sentence()
        self.page(self.longest).write_text(f"{text}\n{sentence}\n", "utf-8")
        return self.address, sentence

    def edit_snippet(self) -> tuple[str, str]:
        """Add such a comment to a section: other code, the same outputs."""
        snippet = self.snippet(self.longest)
        text, sentence = snippet.read_text("utf-8"), self._new_sentence()
        mark = re.compile(r"^( *)# --8<-- \[start:.*\n", re.MULTILINE)
        snippet.write_text(mark.sub(rf"\g<0>\1# {sentence}\n", text, count=1), "utf-8")
        return self.address, sentence

    def sample(self, folder: Path) -> Copy:
        """A copy with two lessons and nothing else: as large today as when the site has a hundred."""
        pages = {self.page(name).relative_to(self.folder) for name in self.lessons[:2]}
        few = self.only(folder, pages)
        (folder / "docs" / "index.md").write_text("# Inicio\n", "utf-8")
        return few

    def only(self, folder: Path, pages: Container[Path]) -> Copy:
        """A copy with these ``pages``, their code, and the links between them."""
        clone(self.folder, folder, ".cache", "site")
        if (typefaces := self.folder / ".cache" / "matplotlib").is_dir():
            shutil.copytree(typefaces, folder / ".cache" / "matplotlib")
        for file in (folder / "docs").rglob("*.md"):
            if file.relative_to(folder) in pages:
                keep_links(file, folder, pages)
            else:
                file.unlink()
        drop_unshown(folder)
        drop_settings(folder, "nav")
        return Copy(folder)

    def pages(self) -> set[Path]:
        return {file.relative_to(self.folder) for file in (self.folder / "docs").rglob("*.md")}

    def multiply(self, folder: Path, times: int = TIMES) -> Copy:
        """A copy with every lesson so many ``times``, each with its own code, runs and formulas."""
        shutil.copytree(self.folder, folder)
        drop_settings(folder, "nav")
        many = Copy(folder)
        include = re.compile(rf'"snippets/({"|".join(self.lessons)})\.py:')
        formula, space = re.compile(r"(\$\$?)([^$]+?)(\s*)\1"), r"\\,"
        for number in range(2, times + 1):
            for name in self.lessons:
                shutil.copy(many.snippet(name), many.snippet(f"{name}_{number}"))
                text = include.sub(rf'"snippets/\1_{number}.py:', many.page(name).read_text("utf-8"))
                # Spaces after it: another formula for the cache, the same one to read.
                text = formula.sub(rf"\1\2{space * number}\3\1", text)
                # What a single page may say (nabla/parse/allowlist.py), its copy says as any page may.
                text = re.sub(r"\bsospecha (?=\d)", "ejercicio ", text)
                many.page(f"{name}_{number}").write_text(text, "utf-8")
        return many

    def without_notebooks(self, folder: Path) -> Path:
        """A copy without the practice notebooks, the links to them and the code that only they use."""
        shutil.copytree(self.folder, folder)
        shutil.rmtree(folder / "docs" / "cuadernos")
        pages = list((folder / "docs").rglob("*.md"))
        for page in pages:
            replace(page, NOTEBOOK_LINK, r"\1")
        replace(folder / "mkdocs.yml", re.compile(r"^ +- cuadernos/.*\n", re.MULTILINE), "")
        drop_unshown(folder)
        return folder

    def floor(self) -> list[str]:
        """The command of the floor, with the code of the pages left for it in a file."""
        folder = self.folder.with_name(f"{self.folder.name}-floor")
        folder.mkdir()
        lessons = [
            [{"code": block.section.code, "fails": block.failure is not None} for block in page.blocks]
            for page in Project.load(self.folder).pages.values()
        ]
        (folder / "blocks.json").write_text(json.dumps(lessons), "utf-8")
        return ["-c", FLOOR, str(folder / "blocks.json"), str(folder)]

    def empty(self, folder: Path) -> Path:
        """A site of one empty page, with the theme and the settings of this one and none of its hooks."""
        (folder / "docs").mkdir(parents=True)
        (folder / "docs" / "index.md").touch()
        shutil.copytree(self.folder / "nabla" / "theme", folder / "nabla" / "theme")
        shutil.copy(self.folder / "mkdocs.yml", folder)
        drop_settings(folder, "nav", "hooks", "watch", "edit_uri")  # a hook takes the last one care of
        return folder


def clone(source: Path, folder: Path, *names: str) -> None:
    """Copy a project without the files and folders of these ``names`` at its top."""

    def ignored(where: str, inside: list[str]) -> list[str]:
        here = Path(where) == source  # deeper, a folder may have any name: nabla/site
        return [name for name in inside if name == "__pycache__" or (here and name in names)]

    shutil.copytree(source, folder, ignore=ignored)


def drop_settings(folder: Path, *names: str) -> None:
    """Take whole top-level settings out of a mkdocs.yml."""
    setting = re.compile(rf"^(?:{'|'.join(names)}):.*\n(?:(?:[ -].*)?\n)*", re.MULTILINE)
    replace(folder / "mkdocs.yml", setting, "")


def keep_links(file: Path, folder: Path, pages: Container[Path]) -> None:
    """Take out the links of a page that lead to none of these."""

    def kept(link: re.Match[str]) -> str:
        target = (file.parent / link[2]).resolve().relative_to(folder.resolve())
        return link[0] if target in pages else link[1]

    text = LINK.sub(kept, file.read_text("utf-8"))
    file.write_text(UNPRESENTED.sub("", text), "utf-8")


def drop_unshown(folder: Path) -> None:
    """Take out the snippets that no page shows."""
    text = "".join(page.read_text("utf-8") for page in (folder / "docs").rglob("*.md"))
    for file in (folder / "snippets").glob("*.py"):
        if f'"snippets/{file.name}:' not in text:
            file.unlink()


def replace(file: Path, pattern: re.Pattern[str], text: str) -> None:
    file.write_text(pattern.sub(text, file.read_text("utf-8")), "utf-8")
