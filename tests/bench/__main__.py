"""``python -m tests.bench``: what the site costs to build, beside what its code costs to run.

Everything is measured in copies of the project in a temporary folder. A reach that is missed is printed
as such and fails nothing: timings are noisy.
"""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path

from tests.bench.copies import TIMES, Copy
from tests.bench.measure import ROW, Measure, execute, served

# What every reach is held against: the last commit before pages were remembered.
BEFORE = "870c12c"
BUILD = ["-m", "mkdocs", "build", "--strict"]
CHECK = ["-m", "pytest", "mkdocs.yml", "docs"]
# A row that takes longer is measured once: it is steadier, and the bench must end.
LONG_SECONDS = 10

NOTES = """
Segundos: mediana de {repeats}, por turnos; si pasan de {long}, una sola vez. Los cocientes son de CPU, que suma la de
todos los procesos: vale también cuando la máquina hace otras cosas a la vez. Solo el de la espera tras un cambio de código es de segundos.
MB: pico de memoria de todos los procesos juntos; lo que comparten cuenta una vez.
Lecciones: páginas cuyo código se ejecuta, también la portada y las de referencia.
Muestra: un sitio con solo las dos lecciones más largas; ×{times}, con {times} copias de cada una.
La lista de tipos de letra de matplotlib está hecha de antes en todas las filas: es de la máquina, no del sitio.
"""


def rows_of(copy: Copy, name: str) -> dict[str, Measure]:
    """What the reaches speak of, for one copy; in this order each leaves the caches as the next wants them."""
    commands = {
        "check cold": ("make check en frío", CHECK, copy.forget),
        "cold": ("en frío", BUILD, copy.forget),
        "prose": ("tras cambiar la prosa de una lección", BUILD, copy.edit_prose),
        "same": ("sin cambiar nada", BUILD, lambda: None),
        "code": ("tras cambiar el código de una lección", BUILD, copy.edit_snippet),
        "check": ("make check en caliente", CHECK, lambda: None),
    }
    rows = {
        key: Measure(f"{name}: {what}", copy.folder, command, prepare)
        for key, (what, command, prepare) in commands.items()
    }
    rows["served"] = Measure(f"{name}: servido, de guardar a verlo", copy.folder, [])
    rows["served"].measure = partial(served, copy.folder, copy.edit_prose)
    rows["served code"] = Measure(f"{name}: servido, el segundo cambio de código", copy.folder, [])
    rows["served code"].measure = partial(served, copy.folder, copy.edit_snippet, edits=2)
    return rows


def bench(scratch: Path, repeats: int) -> None:
    one = Copy.of_project(scratch / "one")
    print("Calentando…", flush=True)
    if not execute(one.folder, BUILD, PYTHONPROFILEIMPORTTIME="1").imports_torch:
        raise SystemExit("Una construcción en frío no importa torch: así no se puede ver si otra lo importa.")
    one.edit_prose()
    traced = execute(one.folder, BUILD, PYTHONPROFILEIMPORTTIME="1")
    before = Copy.of_commit(scratch / "before", BEFORE)
    twice = {"todas": one.multiply(scratch / "twice", 2)}
    few = one.sample(scratch / "few")
    many = few.multiply(scratch / "many")
    plain = one.without_notebooks(scratch / "plain")
    alike = one
    if before:
        alike = one.only(scratch / "alike", before.pages())
        twice["las páginas de entonces"] = alike.multiply(scratch / "alike-twice", 2)
    copies = [before, alike, *twice.values()] if before else twice.values()
    for folder in (plain, *(copy.folder for copy in copies)):
        execute(folder, BUILD)

    now = rows_of(one, "1  hoy")
    same = rows_of(alike, "1  hoy, con las páginas de entonces") if before else {}
    then = rows_of(before, f"2  {BEFORE}") if before else {}
    more = {
        pages: Measure(f"3  el doble de {pages}: tras cambiar la prosa", copy.folder, BUILD, copy.edit_prose)
        for pages, copy in twice.items()
    }
    empty = Measure("4  sitio vacío: solo MkDocs y el tema", one.empty(scratch / "empty"), BUILD)
    floor = Measure("4  suelo: torch, los bloques y savefig", one.folder, one.floor())
    bare = Measure("5  sin los cuadernos, sin cambiar nada", plain, BUILD)
    few_cold = Measure("6  muestra: en frío", few.folder, BUILD, few.forget)
    many_cold = Measure(f"6  muestra ×{TIMES}: en frío", many.folder, BUILD, many.forget)
    rows = [
        *now.values(),
        *same.values(),
        *then.values(),
        *more.values(),
        empty,
        floor,
        bare,
        few_cold,
        many_cold,
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
    reaches = []
    for pages, rows_then in (("las páginas de entonces", same), ("todas", now)) if then else ():
        reaches += against(then, rows_then, empty, pages)
        extra = more[pages].over(empty) / then["prose"].over(empty)
        reaches.append((f"prosa sobre el sitio vacío / antes, con el doble de {pages} ≤ 1/4", extra, 1 / 4))
    reaches += [
        ("en frío / suelo ≤ 1.2", now["cold"].ratio(floor), 1.2),
        ("prosa: el doble de lecciones / las que hay ≤ 1.2", more["todas"].ratio(now["prose"]), 1.2),
        ("con cuadernos − sin ellos ≤ 0.5 s", now["same"].over(bare), 0.5),
        (f"{TIMES} veces las lecciones ≤ {TIMES + 1} veces el tiempo", many_cold.ratio(few_cold), TIMES + 1),
        ("lecciones ejecutadas tras cambiar la prosa", max(now["prose"].all("lessons")), 0),
        ("lecciones ejecutadas tras cambiar el código", max(now["code"].all("lessons")), 1),
        ("un cambio de prosa importa torch (1: sí)", traced.imports_torch, 0),
    ]
    for what, value, reach in reaches:
        met = value <= reach
        print("✓" if met else "✗", f"{what:<70}", f"{value:.2f}" if met else f"{value:.2f}  NO SE ALCANZA")


def against(
    then: dict[str, Measure], now: dict[str, Measure], empty: Measure, pages: str
) -> list[tuple[str, float, float]]:
    """The reaches that are held against what was: what it is about, the ratio, and the most it may be."""
    return [
        (f"{what}, con {pages} ≤ {told}", value, reach)
        for what, told, value, reach in (
            (
                "prosa sobre el sitio vacío / antes",
                "1/5",
                now["prose"].over(empty) / then["prose"].over(empty),
                1 / 5,
            ),
            ("sin cambiar nada / antes", "1/4", now["same"].ratio(then["same"]), 1 / 4),
            ("servido, de guardar a verlo / antes", "1/4", now["served"].ratio(then["served"]), 1 / 4),
            (
                "servido, espera tras el segundo cambio de código / antes",
                "1/2",
                now["served code"].wait_ratio(then["served code"]),
                1 / 2,
            ),
            ("código de una lección / antes", "1/2", now["code"].ratio(then["code"]), 1 / 2),
            ("make check en caliente / antes", "1/4", now["check"].ratio(then["check"]), 1 / 4),
            ("make check en frío / antes", "1/2", now["check cold"].ratio(then["check cold"]), 1 / 2),
            ("memoria en frío / antes", "1", now["cold"].peak / then["cold"].peak, 1),
        )
    ]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Mide lo que cuesta el sitio.")
    parser.add_argument("--repeats", type=int, default=3, help="veces que se mide cada fila corta")
    repeats = max(1, parser.parse_args().repeats)
    with tempfile.TemporaryDirectory(prefix="nabla-bench-") as scratch:
        bench(Path(scratch), repeats)


if __name__ == "__main__":
    main()
