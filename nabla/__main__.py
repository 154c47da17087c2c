"""The commands of an author: ``python -m nabla update [page …]``, ``check``, ``new-lesson NAME`` and ``serve``."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from nabla.authoring import new_lesson
from nabla.cache import disk
from nabla.check import answers
from nabla.check.project import Project, Unreadable
from nabla.check.update import update
from nabla.model.problem import Problem, report
from nabla.run.runner import LessonCrashed


def main() -> int:
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console that has no «→»
    parser = argparse.ArgumentParser(prog="python -m nabla", add_help=False)
    parser.add_argument("-h", "--help", action="help", help="muestra esta ayuda y termina")
    orders = parser.add_subparsers(dest="orden", required=True, metavar="orden")
    update_ = orders.add_parser("update", help="reescribe las salidas y cifras de las páginas")
    update_.add_argument("páginas", nargs="*", help="por ejemplo docs/lecciones/punto.md; todas si no hay")
    check = orders.add_parser("check", help="comprueba el sitio sin construirlo")
    check.add_argument("--quiet", action="store_true", help="guarda los problemas sin escribirlos")
    new = orders.add_parser("new-lesson", help="crea una lección que ya pasa la comprobación")
    new.add_argument("nombre", help="por ejemplo regla-de-la-cadena")
    serve = orders.add_parser("serve", help="sirve el sitio mientras se escribe")
    serve.add_argument("--port", default="8000", help="el puerto; si no se dice, 8000")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    root = Path.cwd()
    try:
        if arguments.orden == "update":
            return _update(root, arguments.páginas)
        if arguments.orden == "new-lesson":
            return _new(root, arguments.nombre)
        if arguments.orden == "serve":
            return _serve(root, arguments.port)
        return _check(root, arguments.quiet)
    except Unreadable as error:
        return _say(error.problems)
    except OSError as error:
        if not disk.explain(error):
            raise
        print(disk.explain(error), file=sys.stderr)
        return 1


def _update(root: Path, pages: list[str]) -> int:
    project = Project.load(root)
    only = {Path(page).as_posix() for page in pages}
    if unknown := only - project.pages.keys():
        print(f"no son páginas del sitio: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 1
    try:
        changed = update(project, only)
    except LessonCrashed as error:
        return _say(error.problems)
    print("Cambió:", *changed, sep="\n  ") if changed else print("Nada que cambiar.")
    # What no rewriting mends is left for the author.
    _, problems = (Project.load(root) if changed else project).check(only)
    return _say(problems)


def _check(root: Path, quiet: bool) -> int:
    from nabla.site import verdict

    key = answers.key(root)
    found = verdict.answer(root)
    answers.keep(root, key, found)
    problems = [problem for items in found.items.values() for item in items for problem in item.problems]
    problems = list(dict.fromkeys(problems + found.site))
    return int(bool(problems)) if quiet else _say(problems)


def _new(root: Path, name: str) -> int:
    try:
        changed = new_lesson.create(root, name)
    except new_lesson.Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    print("Escrito:", *changed, sep="\n  ")
    return 0


def _serve(root: Path, port: str) -> int:
    from nabla.site import serve

    if not (port.isascii() and port.isdigit() and 0 < int(port) < 65536):
        print(
            f"«{port}» no es un puerto\n    → un número de 1024 a 65535: `make serve PORT=8001`",
            file=sys.stderr,
        )
        return 1
    return serve.serve(root, int(port))


def _say(problems: list[Problem]) -> int:
    if problems:
        print(report(problems), file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
