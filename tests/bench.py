"""``python -m tests.bench``: what the site costs to build, beside what its code costs to run.

Everything is measured in copies of the project in a temporary folder. A reach that is missed is printed
as such and fails nothing: timings are noisy.
"""

from __future__ import annotations

import argparse
import itertools
import json
import re
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from nabla.check.project import Project
from tests.measure import ROW, Measure, execute, served

ROOT = Path(__file__).resolve().parent.parent
TIMES = 10
# What every reach is held against: the last commit before pages were remembered.
BEFORE = "870c12c"
BUILD = ["-m", "mkdocs", "build", "--strict"]
CHECK = ["-m", "pytest", "mkdocs.yml", "docs"]
# A row that takes longer is measured once: it is steadier, and the bench must end.
LONG_SECONDS = 10

PIN = re.compile(r"^([\w-]+)==([\w.]+)", re.MULTILINE)
LINK = re.compile(r"\[([^]]*)\]\([^)]*\.md[^)]*\)")
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

NOTES = """
Segundos: mediana de {repeats}, por turnos; si pasan de {long}, una sola vez. Los cocientes son de CPU, que suma la de
todos los procesos: vale también cuando la máquina hace otras cosas a la vez.
MB: pico de memoria de todos los procesos juntos; lo que comparten cuenta una vez.
Lecciones: páginas cuyo código se ejecuta, también la portada y las de referencia.
Muestra: un sitio con solo las dos lecciones más largas; ×{times}, con {times} copias de cada una.
La lista de tipos de letra de matplotlib está hecha de antes en todas las filas: es de la máquina, no del sitio.
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

    def forget(self) -> None:
        """As if never built; what matplotlib keeps is of the machine."""
        for left in [self.folder / "site", *(self.folder / ".cache").iterdir()]:
            if left.name != "matplotlib":
                shutil.rmtree(left, ignore_errors=True)

    def edit_prose(self) -> tuple[str, str]:
        """Write a sentence that was never there: the address of the page, and what it shows then."""
        words = ("uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez")
        pairs = itertools.product(words, words)
        text = self.page(self.longest).read_text("utf-8")
        sentence = next(each for pair in pairs if (each := f"Para medir, {' '.join(pair)}.") not in text)
        self.page(self.longest).write_text(f"{text}\n{sentence}\n", "utf-8")
        return f"lecciones/{self.page(self.longest).stem}/", sentence

    def edit_snippet(self) -> None:
        """Add a comment to a section: other code, the same outputs."""
        snippet = self.snippet(self.longest)
        mark = re.compile(r"^( *)# --8<-- \[start:.*\n", re.MULTILINE)
        text = mark.sub(r"\g<0>\1# Otro comentario.\n", snippet.read_text("utf-8"), count=1)
        snippet.write_text(text, "utf-8")

    def sample(self, folder: Path) -> Copy:
        """A copy with two lessons and nothing else: as large today as when the site has a hundred."""
        clone(self.folder, folder, ".cache", "site")
        if (typefaces := self.folder / ".cache" / "matplotlib").is_dir():
            shutil.copytree(typefaces, folder / ".cache" / "matplotlib")
        few = Copy(folder)
        kept = [file for name in few.lessons[:2] for file in (few.page(name), few.snippet(name))]
        for file in [*(folder / "docs").rglob("*.md"), *(folder / "snippets").glob("*.py")]:
            if file not in kept:
                file.unlink()
        few = Copy(folder)
        for name in few.lessons:
            replace(few.page(name), LINK, r"\1")
        (folder / "docs" / "index.md").write_text("# Inicio\n", "utf-8")
        drop_settings(folder, "nav")
        return few

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
        text = "".join(page.read_text("utf-8") for page in pages)
        for file in (folder / "snippets").glob("*.py"):
            if f'"snippets/{file.name}:' not in text:
                file.unlink()
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


def replace(file: Path, pattern: re.Pattern[str], text: str) -> None:
    file.write_text(pattern.sub(text, file.read_text("utf-8")), "utf-8")


def rows_of(copy: Copy, name: str) -> dict[str, Measure]:
    """What the reaches speak of, for one copy; in this order each leaves the caches as the next wants them."""
    commands = {
        "cold": ("en frío", BUILD, copy.forget),
        "prose": ("tras cambiar la prosa de una lección", BUILD, copy.edit_prose),
        "same": ("sin cambiar nada", BUILD, lambda: None),
        "code": ("tras cambiar el código de una lección", BUILD, copy.edit_snippet),
    }
    rows = {
        key: Measure(f"{name}: {what}", copy.folder, command, prepare)
        for key, (what, command, prepare) in commands.items()
    }
    rows["served"] = Measure(f"{name}: servido, de guardar a verlo", copy.folder, [])
    rows["served"].measure = partial(served, copy.folder, copy.edit_prose)
    return rows


def bench(scratch: Path, repeats: int) -> None:
    one = Copy.of_project(scratch / "one")
    print("Calentando…", flush=True)
    if not execute(one.folder, BUILD, PYTHONPROFILEIMPORTTIME="1").imports_torch:
        raise SystemExit("Una construcción en frío no importa torch: así no se puede ver si otra lo importa.")
    one.edit_prose()
    traced = execute(one.folder, BUILD, PYTHONPROFILEIMPORTTIME="1")
    before = Copy.of_commit(scratch / "before", BEFORE)
    twice = one.multiply(scratch / "twice", 2)
    few = one.sample(scratch / "few")
    many = few.multiply(scratch / "many")
    plain = one.without_notebooks(scratch / "plain")
    for folder in (plain, twice.folder, *([before.folder] if before else [])):
        execute(folder, BUILD)

    now = rows_of(one, "1  hoy")
    then = rows_of(before, f"2  {BEFORE}") if before else {}
    more = Measure("3  el doble de lecciones: tras cambiar la prosa", twice.folder, BUILD, twice.edit_prose)
    empty = Measure("4  sitio vacío: solo MkDocs y el tema", one.empty(scratch / "empty"), BUILD)
    floor = Measure("4  suelo: torch, los bloques y savefig", one.folder, one.floor())
    bare = Measure("5  sin los cuadernos, sin cambiar nada", plain, BUILD)
    few_cold = Measure("6  muestra: en frío", few.folder, BUILD, few.forget)
    many_cold = Measure(f"6  muestra ×{TIMES}: en frío", many.folder, BUILD, many.forget)
    checks = [
        Measure("7  make check en frío", one.folder, CHECK, one.forget),
        Measure("7  make check en caliente", one.folder, CHECK),
    ]
    rows = [*now.values(), *then.values(), more, empty, floor, bare, few_cold, many_cold, *checks]
    for number in range(1, repeats + 1):
        print(f"Vuelta {number} de {repeats}…", flush=True)
        for row in rows:
            if number == 1 or row.results[-1].seconds < LONG_SECONDS:
                row.take()

    print()
    print(ROW.format("", "segundos", "mín–máx", "CPU, s", "MB", "lecciones"))
    print(*rows, sep="\n")
    print(NOTES.format(repeats=repeats, times=TIMES, long=LONG_SECONDS))
    reaches = []
    if then:
        old_extra, extra = then["prose"].over(empty), now["prose"].over(empty)
        reaches += [
            ("prosa, sobre el sitio vacío / antes ≤ 1/5", extra / old_extra, 1 / 5),
            ("prosa con el doble de lecciones, igual ≤ 1/4", more.over(empty) / old_extra, 1 / 4),
            ("sin cambiar nada / antes ≤ 1/4", now["same"].ratio(then["same"]), 1 / 4),
            ("servido, de guardar a verlo / antes ≤ 1/4", now["served"].ratio(then["served"]), 1 / 4),
            ("código de una lección / antes ≤ 1/2", now["code"].ratio(then["code"]), 1 / 2),
            ("memoria en frío / antes ≤ 1", now["cold"].peak / then["cold"].peak, 1),
        ]
    reaches += [
        ("en frío / suelo ≤ 1.2", now["cold"].ratio(floor), 1.2),
        ("prosa: el doble de lecciones / las que hay ≤ 1.2", more.ratio(now["prose"]), 1.2),
        ("con cuadernos − sin ellos ≤ 0.5 s", now["same"].over(bare), 0.5),
        (f"{TIMES} veces las lecciones ≤ {TIMES + 1} veces el tiempo", many_cold.ratio(few_cold), TIMES + 1),
        ("lecciones ejecutadas tras cambiar la prosa", max(now["prose"].all("lessons")), 0),
        ("lecciones ejecutadas tras cambiar el código", max(now["code"].all("lessons")), 1),
        ("un cambio de prosa importa torch (1: sí)", traced.imports_torch, 0),
    ]
    for what, value, reach in reaches:
        met = value <= reach
        print("✓" if met else "✗", f"{what:<50}", f"{value:.2f}" if met else f"{value:.2f}  NO SE ALCANZA")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Mide lo que cuesta el sitio.")
    parser.add_argument("--repeats", type=int, default=3, help="veces que se mide cada fila corta")
    repeats = max(1, parser.parse_args().repeats)
    with tempfile.TemporaryDirectory(prefix="nabla-bench-") as scratch:
        bench(Path(scratch), repeats)


if __name__ == "__main__":
    main()
