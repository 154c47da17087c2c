"""``python -m tests.bench``: what the site costs to build, beside what its code costs to run.

Everything is measured in copies of the project in a temporary folder. A reach that is missed is printed
as such and fails nothing: timings are noisy.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from nabla.check.project import Project

ROOT = Path(__file__).resolve().parent.parent
TIMES = 10
BUILD = ["-m", "mkdocs", "build", "--strict"]
CHECK = ["-m", "pytest", "mkdocs.yml", "docs"]
# A row that takes longer is measured once: it is steadier, and the bench must end.
LONG_SECONDS = 10
# Reading the memory of a process with torch takes 4 ms: more often, it would disturb the timing.
SAMPLING_SECONDS = 0.2

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

ROW = "{:<40} {:>9} {:>13} {:>7} {:>5} {:>10}"
NOTES = """
Segundos: mediana de {repeats}, por turnos; si pasan de {long}, una sola vez. Si la máquina hace otras cosas a la
vez, fíate más de la CPU, que suma la de todos los procesos.
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
    def of_project(cls, folder: Path) -> Copy:
        """This project as in a fresh clone."""
        ignored = (".git", ".venv", ".cache", ".*_cache", "site", "site.*", "__pycache__")
        shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*ignored))
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

    def edit_prose(self) -> None:
        with self.page(self.longest).open("a", encoding="utf-8") as page:
            page.write("\nUna frase más, para medir.\n")

    def edit_snippet(self) -> None:
        """Add a comment to a section: other code, the same outputs."""
        snippet = self.snippet(self.longest)
        mark = re.compile(r"^( *)# --8<-- \[start:.*\n", re.MULTILINE)
        text = mark.sub(r"\g<0>\1# Otro comentario.\n", snippet.read_text("utf-8"), count=1)
        snippet.write_text(text, "utf-8")

    def sample(self, folder: Path) -> Copy:
        """A copy with two lessons and nothing else: as large today as when the site has a hundred."""
        shutil.copytree(self.folder, folder, ignore=shutil.ignore_patterns("runs", "maths", "site"))
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

    def multiply(self, folder: Path) -> Copy:
        """A copy with every lesson ``TIMES`` times, each with its own code, runs and formulas."""
        shutil.copytree(self.folder, folder)
        many = Copy(folder)
        include = re.compile(rf'"snippets/({"|".join(self.lessons)})\.py:')
        formula, space = re.compile(r"(\$\$?)([^$]+?)(\s*)\1"), r"\\,"
        for number in range(2, TIMES + 1):
            for name in self.lessons:
                shutil.copy(many.snippet(name), many.snippet(f"{name}_{number}"))
                text = include.sub(rf'"snippets/\1_{number}.py:', many.page(name).read_text("utf-8"))
                # Spaces after it: another formula for the cache, the same one to read.
                text = formula.sub(rf"\1\2{space * number}\3\1", text)
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


def drop_settings(folder: Path, *names: str) -> None:
    """Take whole top-level settings out of a mkdocs.yml."""
    setting = re.compile(rf"^(?:{'|'.join(names)}):.*\n(?:(?:[ -].*)?\n)*", re.MULTILINE)
    replace(folder / "mkdocs.yml", setting, "")


def replace(file: Path, pattern: re.Pattern[str], text: str) -> None:
    file.write_text(pattern.sub(text, file.read_text("utf-8")), "utf-8")


@dataclass
class Result:
    """One execution: wall time, processor time of all its processes, peak memory in MB, what it printed."""

    seconds: float
    cpu: float
    memory: float
    log: str

    @property
    def lessons(self) -> int:
        """How many lessons the build said it executed."""
        return sum(int(count) for count in re.findall(r"Se ejecutan? (\d+) lecci", self.log))

    @property
    def imports_torch(self) -> bool:
        """Whether any process did; for executions with PYTHONPROFILEIMPORTTIME, which the worker inherits."""
        return re.search(r"^import time:.*\| +torch\._C$", self.log, re.MULTILINE) is not None


@dataclass
class Measure:
    """A row of the table: a command, and how its folder is made ready for it."""

    name: str
    folder: Path
    command: list[str]
    prepare: Callable[[], None] = lambda: None
    results: list[Result] = field(default_factory=list)

    def take(self) -> None:
        self.prepare()
        self.results.append(execute(self.folder, self.command))

    def all(self, what: str) -> list[float]:
        return [getattr(result, what) for result in self.results]

    def median(self, what: str) -> float:
        return median(self.all(what))

    def __str__(self) -> str:
        times = self.all("seconds")
        spread = f"{min(times):.2f}–{max(times):.2f}" if len(times) > 1 else ""
        seconds, cpu = f"{self.median('seconds'):.2f}", f"{self.median('cpu'):.2f}"
        lessons = max(self.all("lessons")) or ""
        return ROW.format(self.name, seconds, spread, cpu, f"{max(self.all('memory')):.0f}", lessons)


def execute(folder: Path, command: list[str], **environment: str) -> Result:
    """Run Python with ``command`` in ``folder``; a command that fails ends the bench."""
    environment |= {"MPLBACKEND": "agg", "MPLCONFIGDIR": str(folder / ".cache" / "matplotlib")}
    environment |= {"NO_MKDOCS_2_WARNING": "1", "OMP_NUM_THREADS": "1"}
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        started = time.perf_counter()
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=folder,
            env=os.environ | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        sampled, done = [0.0], threading.Event()
        sampler = threading.Thread(target=sample_memory, args=(process.pid, sampled, done))
        sampler.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            seconds = time.perf_counter() - started
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            done.set()
            sampler.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        printed = log.read()
    if process.returncode:
        said = re.sub(r"^import time:.*\n", "", printed, flags=re.MULTILINE)
        raise SystemExit(f"{said}\nFalla: python {' '.join(command)}")
    # Where there is no /proc, this is the best there is: the largest single process.
    largest = usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return Result(seconds, usage.ru_utime + usage.ru_stime, max(largest, *sampled), printed)


def sample_memory(session: int, sampled: list[float], done: threading.Event) -> None:
    """Add to ``sampled``, until ``done``, the MB of all processes of a session; shared pages count once."""
    while Path("/proc/self/smaps_rollup").exists() and not done.wait(SAMPLING_SECONDS):
        kilobytes = 0
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                if os.getsid(int(process)) == session:
                    rollup = Path(f"/proc/{process}/smaps_rollup").read_text()
                    kilobytes += sum(map(int, re.findall(r"^Pss: +(\d+)", rollup, re.MULTILINE)))
            except OSError:
                continue  # It has just ended.
        sampled.append(kilobytes / 2**10)


def bench(scratch: Path, repeats: int) -> None:
    one = Copy.of_project(scratch / "one")
    print("Calentando…", flush=True)
    if not execute(one.folder, BUILD, PYTHONPROFILEIMPORTTIME="1").imports_torch:
        raise SystemExit("Una construcción en frío no importa torch: así no se puede ver si otra lo importa.")
    one.edit_prose()
    traced = execute(one.folder, BUILD, PYTHONPROFILEIMPORTTIME="1")
    few = one.sample(scratch / "few")
    many = few.multiply(scratch / "many")
    plain = one.without_notebooks(scratch / "plain")
    execute(plain, BUILD)

    # In this order each row leaves the caches as the next one wants them.
    rows = [
        cold := Measure("1  construcción en frío", one.folder, BUILD, one.forget),
        floor := Measure("2  suelo: torch, los bloques y savefig", one.folder, one.floor()),
        empty := Measure("   sitio vacío: solo MkDocs y el tema", one.empty(scratch / "empty"), BUILD),
        prose := Measure("3  tras cambiar la prosa de una lección", one.folder, BUILD, one.edit_prose),
        code := Measure("4  tras cambiar el código de una lección", one.folder, BUILD, one.edit_snippet),
        Measure("5  make check en frío", one.folder, CHECK, one.forget),
        Measure("   make check en caliente", one.folder, CHECK),
        cached := Measure("6  construcción con todo en la caché", one.folder, BUILD),
        bare := Measure("   la misma, sin los cuadernos", plain, BUILD),
        few_cold := Measure("1  muestra: construcción en frío", few.folder, BUILD, few.forget),
        many_cold := Measure(f"1  muestra ×{TIMES}: construcción en frío", many.folder, BUILD, many.forget),
        Measure(f"2  muestra ×{TIMES}: suelo", many.folder, many.floor()),
        Measure(f"3  muestra ×{TIMES}: tras cambiar la prosa", many.folder, BUILD, many.edit_prose),
    ]
    for number in range(1, repeats + 1):
        print(f"Vuelta {number} de {repeats}…", flush=True)
        for row in rows:
            if number == 1 or row.results[-1].seconds < LONG_SECONDS:
                row.take()

    print()
    print(ROW.format("", "segundos", "mín–máx", "CPU, s", "MB", "lecciones"))
    print(*rows, sep="\n")
    print(NOTES.format(repeats=repeats, times=TIMES, long=LONG_SECONDS))
    ratio = cold.median("seconds") / floor.median("seconds")
    extra = prose.median("seconds") - empty.median("seconds")
    extra_cpu = f"(de CPU, {prose.median('cpu') - empty.median('cpu'):.2f} s)"
    notebooks = cached.median("seconds") - bare.median("seconds")
    notebooks_cpu = f"(de CPU, {cached.median('cpu') - bare.median('cpu'):.2f} s)"
    growth = many_cold.median("seconds") / few_cold.median("seconds")
    idle, changed = max(prose.all("lessons")), max(code.all("lessons"))
    torch = "lo importa" if traced.imports_torch else "no lo importa"
    for what, value, met in [
        ("construcción en frío / suelo ≤ 1.5", f"{ratio:.2f}", ratio <= 1.5),
        ("cambio de prosa − sitio vacío ≤ 1 s", f"{extra:.2f} s {extra_cpu}", extra <= 1),
        ("un cambio de prosa no importa torch", torch, not traced.imports_torch),
        ("un cambio de prosa no ejecuta ninguna lección", f"{idle}", idle == 0),
        ("un cambio de código ejecuta una sola lección", f"{changed}", changed == 1),
        (
            "con cuadernos − sin ellos, en caché ≤ 0.5 s",
            f"{notebooks:.2f} s {notebooks_cpu}",
            notebooks <= 0.5,
        ),
        (f"{TIMES} veces las lecciones ≤ {TIMES + 1} veces el tiempo", f"{growth:.2f}", growth <= TIMES + 1),
    ]:
        print("✓" if met else "✗", f"{what:<48}", value if met else f"{value}  NO SE ALCANZA")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Mide lo que cuesta el sitio.")
    parser.add_argument("--repeats", type=int, default=3, help="veces que se mide cada fila corta")
    repeats = max(1, parser.parse_args().repeats)
    with tempfile.TemporaryDirectory(prefix="nabla-bench-") as scratch:
        bench(Path(scratch), repeats)


if __name__ == "__main__":
    main()
