"""Protects the form of pages: each rule that holds before anything runs is broken once, in the lesson of the template."""

from __future__ import annotations

import re

import pytest
from mkdocs.config import load_config

from nabla.authoring import new_lesson
from nabla.check import static
from nabla.check.project import Project
from nabla.model import course
from nabla.model.page import Page
from nabla.parse.page import parse
from tests.conftest import ROOT, Mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

FILE = "docs/lecciones/mi-leccion.md"


@pytest.fixture
def lesson(mini: Mini) -> Mini:
    new_lesson.create(mini.root, "mi-leccion")
    return mini


def problems(lesson: Mini, old: str = "", new: str = "", count: int = 1) -> list[str]:
    """What is said of the lesson with a part of its text replaced: the line and what is wrong."""
    text = (lesson.root / FILE).read_text("utf-8")
    assert old in text
    page = changed(lesson, text.replace(old, new, count) if old else text)
    found = static.check(page, "otra.md") if page.readable else page.problems
    return [f"{problem.line}: {problem.what} → {problem.fix}" for problem in found]


def changed(lesson: Mini, text: str) -> Page:
    return parse(FILE, text + "\n[Otra](otra.md).\n", Project.load(lesson.root).sections)


def test_the_template_keeps_every_rule(lesson: Mini) -> None:
    assert problems(lesson) == []


def test_the_types_of_pieces_are_those_that_mkdocs_knows() -> None:
    settings = load_config(str(ROOT / "mkdocs.yml")).mdx_configs
    for kind, types in course.PIECES.items():
        assert tuple(settings[f"pymdownx.blocks.{kind}"]["types"]) == types


PREDICT = "/// admonition | Predice"
BROKEN = {
    "no title": ("# TÍTULO", "", "1: a la página le falta su título"),
    "goals": ("type: objetivos", "type: idea", "1: la lección no empieza por sus objetivos"),
    "prediction": (PREDICT, "/// admonition | Piensa", "7: detrás de los objetivos no hay nada que predecir"),
    "no answer": ("<!-- respuesta: deprisa = slope(x) > 1; despacio -->\n", "", "esta pregunta no dice su respuesta"),
    "two answers": ("; despacio -->", "; despacio -->\n<!-- respuesta: 6 = slope(x) -->", "esta pregunta tiene varias respuestas"),
    "answer outside": ("## A mano", "<!-- respuesta: 6 = slope(x) -->\n\n## A mano", "no está dentro de ninguna pieza «Predice»"),
    "figure": ("](figura:dibujo)", "](otra.png)", "1: la lección no tiene ninguna figura"),
    "derivation": (r"\frac{df}{dx} = 2x", "y = 2x", "1: la lección no deduce ninguna derivada"),
    "section": ("## Cuestionario", "### Cuestionario", "a la lección le falta «## Cuestionario»"),
    "order": ("## Qué puede salir mal", "## Resumen", "a la lección le falta «## Qué puede salir mal»"),
    "nothing runs": ("## Ejercicios", "", "a la lección le falta «## Ejercicios»"),
    "hint": ("type: pista", "type: codigo", "«Ejercicio 1. Otro punto» tiene 0 piezas de tipo pista"),
    "solution": ("type: solucion", "type: codigo", "«Ejercicio 1. Otro punto» tiene 0 piezas de tipo solucion"),
    "count": ("type: ejercicio", "type: idea", "«## Ejercicios» tiene 3 piezas de tipo ejercicio → deben ser de 4 a 6"),
    "silent": ("-6.0\n```", "```", "esta solución no imprime nada"),
    "right": ("type: correcta", "type: incorrecta", "«Pregunta 1» tiene 0 piezas de tipo correcta"),
    "wrong": ("type: incorrecta", "type: codigo", "a esta pregunta le faltan respuestas incorrectas"),
    "verdict": ("Correcto. Por", "Claro. Por", "esta respuesta no empieza por su veredicto → empieza por «Correcto»"),
    "why": ("No. Eso es la altura; la derivada es lo que cambia al moverse un poco.", "No.", "esta respuesta no dice por qué"),
    "no end": ("Cambia el signo de $x$.\n///\n", "Cambia el signo de $x$.\n", "a esta pieza le falta su cierre ///"),
    "no outer end": ("-6.0\n```\n///\n////\n", "-6.0\n```\n///\n", "a esta pieza le falta su cierre ////"),
    "one end too many": ("-6.0\n```\n///\n", "-6.0\n```\n///\n///\n", "este cierre /// no cierra nada"),
    "type": ("type: pista", "type: pistas", "una pieza details de tipo «pistas» no existe → ¿querías decir «pista»?"),
    "kind": ("/// details | Pista", "/// detalles | Pista", "una pieza «detalles | Pista» no existe → ¿querías decir «details»?"),
    "no type": ("    type: pista\n", "", "una pieza details sin tipo no existe"),
    "other kind": ("/// details | Pista", "/// admonition | Pista", "de tipo «pista» no existe → escribe /// details | Pista"),
    "stale": ("de una lección: cambia", "de una lección, 1.5: cambia", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_rule_is_said_with_its_line_and_what_to_do(lesson: Mini, name: str) -> None:
    old, new, said = BROKEN[name]
    old = old.replace("TÍTULO", "Mi leccion")
    found = problems(lesson, old, new)
    if said:
        assert any(said in problem for problem in found), found
    assert all("→ " in problem and not problem.endswith("→ ") for problem in found)


def test_one_missing_end_is_one_problem(lesson: Mini) -> None:
    (found,) = problems(lesson, "Cambia el signo de $x$.\n///\n", "Cambia el signo de $x$.\n")
    line = (lesson.root / FILE).read_text("utf-8").split("\n").index("/// details | Pista") + 1
    assert found.startswith(f"{line}: ")


def test_pieces_in_code_are_code(lesson: Mini) -> None:
    assert problems(lesson, "## A mano", "```text\n/// admonition | x\n///// \n```\n\n## A mano") == []


def test_the_sections_come_in_order(lesson: Mini) -> None:
    text = (lesson.root / FILE).read_text("utf-8")
    before, quiz, summary = re.split(r"(?=^## (?:Cuestionario|Resumen)$)", text, flags=re.MULTILINE)
    page = changed(lesson, before + summary + "\n" + quiz)
    assert any("«## Resumen» no está en su sitio" in each.what for each in static.check(page)) or any(
        "«## Cuestionario» no está en su sitio" in each.what for each in static.check(page)
    )


def test_a_lesson_leads_to_the_next(lesson: Mini) -> None:
    text = (lesson.root / FILE).read_text("utf-8")
    (found,) = static.check(parse(FILE, text, Project.load(lesson.root).sections), "otra.md")
    assert "«## Resumen» no lleva a la lección siguiente" in found.what


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import pandas as pd", "importa pandas, que no está entre lo que tienen los lectores"),
        ("import time", "importa time, que depende del reloj"),
        ("from datetime import date", "importa datetime, que depende del reloj"),
        ("import os.path", "importa os.path, que depende del ordenador"),
        ("from pathlib import Path", "importa pathlib, que usa archivos"),
        ("import urllib.request", "importa urllib.request, que usa la red"),
        ("import subprocess", "importa subprocess, que ejecuta otros programas"),
        ("import secrets", "importa secrets, que usa un azar sin semilla"),
        ("from . import mini", "importa ., que no está"),
        ("def f():\n    import sys", "importa sys, que depende del ordenador"),
        ("o = __import__('os')", "importa os, que depende"),
        ("print(__file__)", "usa __file__, que en un cuaderno no existe"),
    ],
)
def test_an_import_that_readers_cannot_follow(mini: Mini, code: str, said: str) -> None:
    mini.edit(mini.snippet, "square = x**2", f"square = x**2\n{code}")
    (found,) = Project.load(mini.root).pages["docs/mini.md"].problems
    assert said in found.what
    assert (found.file, found.line) == ("docs/mini.md", 14)
    assert f"snippets/mini.py:{6 + 1 + code.count(chr(10))}: " in found.detail


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import no_such_library", "importa no_such_library, que no está entre lo que tienen los lectores"),
        ("from . import mini", "importa ., que no está"),
        ("open('no-such-file.csv')", "usa el archivo «no-such-file.csv»"),
    ],
)
def test_what_a_block_may_not_do_is_said_once_though_it_fails_for_it(
    mini: Mini, code: str, said: str
) -> None:
    mini.edit(mini.snippet, "square = x**2", f"square = x**2\n{code}")
    _, (found,) = Project.load(mini.root).check()
    assert said in found.what
    assert (found.file, found.line) == ("docs/mini.md", 14)


def test_what_every_reader_has_is_imported_freely(mini: Mini) -> None:
    mini.edit(
        mini.snippet, "square = x**2", "import math\nfrom torch import nn\nimport numpy as np\nsquare = x**2"
    )
    assert Project.load(mini.root).pages["docs/mini.md"].problems == []


def test_a_number_that_the_code_prints_is_not_given_as_it_is(mini: Mini) -> None:
    mini.page.write_text(mini.page.read_text() + "\nSon 49.0, y 12.\n<!-- cifras: 49.0, 12 -->\n")
    (found,) = Project.load(mini.root).pages["docs/mini.md"].problems
    assert (found.line, found.what[:4]) == (26, "49.0")
    mini.edit(mini.snippet, "square = x**2", "square = 49.0")
    assert Project.load(mini.root).pages["docs/mini.md"].problems == []
