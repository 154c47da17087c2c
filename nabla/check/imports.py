"""What a lesson may import: whatever gives its readers the same result anywhere, and nothing else."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from nabla.model.page import Page
from nabla.model.problem import Problem
from nabla.run import libraries

_CLOCK = "depende del reloj, y cada vez sale otra cosa"
_MACHINE = "depende del ordenador en que se ejecuta"
_FILES = "usa archivos, que quien copia la lección no tiene"
_NETWORK = "usa la red"
_PROGRAMS = "ejecuta otros programas"
_CHANCE = "usa un azar sin semilla"
_WHY = {
    **dict.fromkeys(("time", "datetime", "timeit", "calendar", "zoneinfo", "sched"), _CLOCK),
    **dict.fromkeys(
        ("os", "sys", "platform", "getpass", "locale", "pwd", "site", "sysconfig", "resource"), _MACHINE
    ),
    **dict.fromkeys(
        ("pathlib", "shutil", "tempfile", "glob", "sqlite3", "shelve", "fileinput", "mmap"), _FILES
    ),
    **dict.fromkeys(
        ("socket", "urllib", "http", "ssl", "ftplib", "smtplib", "xmlrpc", "socketserver"), _NETWORK
    ),
    **dict.fromkeys(
        ("subprocess", "multiprocessing", "concurrent", "threading", "asyncio", "signal"), _PROGRAMS
    ),
    **dict.fromkeys(("secrets", "uuid"), _CHANCE),
}


def check(page: Page) -> Iterator[Problem]:
    """Each import of a page's code that readers could not follow."""
    for block in page.blocks:
        try:
            tree = ast.parse(block.section.code)
        except (SyntaxError, ValueError):
            continue  # The run says it, with its line.
        for node in ast.walk(tree):
            for name in _imported(node):
                if name.split(".")[0] not in libraries.ALLOWED:
                    yield _refused(page, block.line, block.section.file, block.section.line, node, name)


def _imported(node: ast.AST) -> list[str]:
    match node:
        case ast.Import(names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module, _, level):
            return ["." * level + (module or "")]
        case ast.Call(ast.Name("__import__"), [ast.Constant(str(name)), *_]):
            return [name]
        case ast.Name("__file__"):
            return ["__file__"]
    return []


def _refused(page: Page, line: int, file: str, start: int, node: ast.AST, name: str) -> Problem:
    at = f"{file}:{start + getattr(node, 'lineno', 1) - 1}: {ast.unparse(node)}"
    if name == "__file__":
        what, fix = "la lección usa __file__, que en un cuaderno no existe", "da los datos en el código"
    else:
        why = _WHY.get(name.split(".")[0], "no está entre lo que tienen los lectores")
        what, fix = (
            f"la lección importa {name}, que {why}",
            f"puede importar {', '.join(libraries.TAUGHT)} y {_STANDARD}",
        )
    return Problem(page.file, line, what, at, fix)


_STANDARD = f"{', '.join(libraries.STANDARD[:6])}…"
