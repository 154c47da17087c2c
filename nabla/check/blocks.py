"""Whether each block ended as its page says, printed what the page prints, and reached for nothing else."""

from __future__ import annotations

import difflib
import re
import unicodedata
from bisect import bisect_left

from nabla.check.advice import ONE_DECIMAL, UPDATE
from nabla.model import course
from nabla.model.page import Block, Kind, Page
from nabla.model.problem import Problem
from nabla.run import libraries, rounding
from nabla.run.runner import Reach, Run


def check_block(page: Page, run: Run, index: int) -> list[Problem]:
    """Whether a block ended as the page says, and printed what the page prints."""
    block = page.blocks[index]
    error = run.blocks[index].error
    allowed = _chance_on_purpose(page, block)
    reached = [
        _reach(page, each) for each in run.blocks[index].reaches if (each.kind, each.what) not in allowed
    ]
    if error is not None and block.failure is None:
        # What it may not do is the cause, whether its code said so already or its run: once is enough.
        said = any(each.line == block.line for each in page.problems)
        return [] if said else reached or [_raised(page, block, error)]
    problems = []
    if block.failure is not None:
        problems += failure(page, block, error)
    if not page.is_notebook:  # whose outputs are only in what is built from it
        problems += _output(page, block, run.blocks[index].output)
    problems += reached
    return problems + [_tie(page, block, tie) for tie in run.blocks[index].ties]


def _raised(page: Page, block: Block, error: dict) -> Problem:
    detail = f"{error['type']}: {error['message']}"
    if error["block"] is not None:
        at = page.blocks[error["block"]].section
        line = at.code.splitlines()[error["line"] - 1].strip()
        detail = f"{at.file}:{at.line + error['line'] - 1}: {line}\n{detail}"
    return Problem(
        page.file,
        block.line,
        f"el bloque «{block.section.name}» falla",
        detail,
        "arregla el código; si debe fallar, dilo delante: "
        f"<!-- {course.FAILS}: {error['type']}, palabras del mensaje -->",
    )


def failure(page: Page, block: Block, error: dict | None) -> list[Problem]:
    meant = block.failure
    assert meant is not None
    if error is None:
        return [
            Problem(
                page.file,
                block.line,
                f"el bloque «{block.section.name}» debía fallar con {meant.error} y no falla",
                fix=f"quita el comentario «{course.FAILS}» o corrige el código",
            )
        ]
    missing = [word for word in meant.words if word.lower() not in error["message"].lower()]
    if error["type"] == meant.error and not missing:
        return []
    expected = f"{meant.error} con {', '.join(meant.words)}"
    return [
        Problem(
            page.file,
            meant.line,
            f"el bloque «{block.section.name}» falla de otra manera",
            f"esperado:  {expected}\nocurrido:  {error['type']}: {error['message']}",
            f"corrige el comentario «{course.FAILS}» o el código",
        )
    ]


def _output(page: Page, block: Block, printed: str) -> list[Problem]:
    expected = block.expected or ""
    line = block.output_fence.start if block.output_fence else block.line
    if unsettled := cannot_be_shown(printed):
        what, fix = unsettled
        return [Problem(page.file, line, f"la salida de «{block.section.name}» {what}", fix=fix)]
    if printed == expected:
        return []
    diff = difflib.unified_diff(
        expected.splitlines(), printed.splitlines(), "publicado", "calculado", lineterm="", n=1
    )
    return [
        Problem(
            page.file,
            line,
            f"la salida de «{block.section.name}» no es la que imprime su código",
            "\n".join(diff),
            UPDATE,
        )
    ]


def cannot_be_shown(printed: str) -> tuple[str, str] | None:
    """Why no page can show an output as it is printed, and what to do; None if one can."""
    for character in printed:
        if character != "\n" and (
            unicodedata.category(character) in ("Cc", "Cs") or character in "\u2028\u2029\ufeff"
        ):
            return f"contiene {_named(character)}, que una página no muestra", _INSTEAD.get(
                character, "no lo imprimas"
            )
    if address := re.search(r"\b0x[0-9a-f]{8,}\b", printed):
        return (
            f"contiene {address[0]}, una dirección de memoria, distinta cada vez",
            "imprime un valor, no el objeto",
        )
    if printed and not printed.endswith("\n"):
        return "no acaba en fin de línea", "acaba el bloque con un print() que no lleve end"
    if mark := re.search(r"^\s*(```|~~~)|-{2,}8<-", printed, re.MULTILINE):
        return f"contiene {mark[0].strip()}, que la página toma por suyo", "imprime otra cosa"
    return None


_INSTEAD = {
    "\r": "imprime solo el último estado: una barra que avanza no se ve en una página",
    "\t": 'separa con espacios: f"{x:>8}"',
    "\x1b": "imprime sin colores",
}


def _named(character: str) -> str:
    short = {"\r": "\\r", "\t": "un tabulador", "\f": "\\f", "\v": "\\v", "\x1b": "colores de terminal"}
    return short.get(character, f"el carácter U+{ord(character):04X}")


def _chance_on_purpose(page: Page, block: Block) -> set[tuple[str, str]]:
    """The generators that a comment before a block says it uses on purpose: <!-- azar: torch -->."""
    place = bisect_left(page.regions, block.line, key=lambda region: region.line)
    names: list[str] = []
    while place and page.regions[place - 1].kind is Kind.COMMENT:
        place -= 1
        if page.regions[place].name == course.RANDOM:
            names += page.regions[place].text.split(",")
    return {("random", name.strip()) for name in names}


# What a reader does not get: by kind of reach, what is said and what to do. «{}» is what was reached for.
_REACHES = {
    "file": ("usa el archivo «{}»", "da los datos en el código; quien copia la lección no tiene ese archivo"),
    "network": ("usa la red ({})", "da los datos en el código; la lección se ejecuta sin red"),
    "program": ("ejecuta otro programa ({})", "hazlo en Python, en el mismo bloque"),
    "output": ("escribe «{}» sin pasar por print", "imprímelo con print, que la página puede enseñar"),
    "random": (
        "usa el generador global de {}, y quien la copie verá otros números",
        "dale un generador propio, con semilla: {}; si lo usa a propósito, dilo delante: "
        f"<!-- {course.RANDOM}: {{}} -->",
    ),
}


def _reach(page: Page, reach: Reach) -> Problem:
    block = page.blocks[reach.block]
    what, fix = _REACHES[reach.kind]
    detail = ""
    if reach.line:
        at = block.section
        detail = f"{at.file}:{at.line + reach.line - 1}: {at.code.splitlines()[reach.line - 1].strip()}"
    what = f"el bloque «{block.section.name}» {what.format(reach.what)}"
    return Problem(
        page.file, block.line, what, detail, fix.format(libraries.SEEDED.get(reach.what, ""), reach.what)
    )


def _tie(page: Page, block: Block, tie: rounding.Tie) -> Problem:
    at = page.blocks[tie.block].section
    code = at.code.splitlines()[tie.line - 1].strip()
    return Problem(
        page.file,
        block.line,
        f"el bloque «{block.section.name}» redondea {tie.value} con «{tie.rounding}», junto a un empate",
        f"{at.file}:{at.line + tie.line - 1}: {code}",
        ONE_DECIMAL,
    )
