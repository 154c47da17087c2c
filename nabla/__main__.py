"""``python -m nabla update [page …]``: rewrite outputs and numbers from the run."""

from __future__ import annotations

import argparse
import logging
import sys
from pathlib import Path

from nabla.cache import disk
from nabla.check.project import Project
from nabla.check.update import update
from nabla.model.problem import report
from nabla.run.runner import LessonCrashed


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m nabla", description="Reescribe salidas y cifras de las páginas.", add_help=False
    )
    parser.add_argument("-h", "--help", action="help", help="muestra esta ayuda y termina")
    parser.add_argument("orden", choices=["update"], help="reescribe lo que calcula el código")
    parser.add_argument("páginas", nargs="*", help="por ejemplo docs/lecciones/punto.md; todas si no hay")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    root = Path.cwd()
    project = Project.load(root)
    only = {Path(page).as_posix() for page in arguments.páginas}
    if unknown := only - project.pages.keys():
        print(f"no son páginas del sitio: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 1
    try:
        changed = update(project, only)
    except (LessonCrashed, OSError) as error:
        if isinstance(error, OSError) and not disk.explain(error):
            raise
        print(disk.explain(error) or error, file=sys.stderr)
        return 1
    print("Cambió:", *changed, sep="\n  ") if changed else print("Nada que cambiar.")
    # What no rewriting mends is left for the author.
    _, problems = Project.load(root).check()
    problems = [problem for problem in problems if not only or problem.file in only]
    if problems:
        print(report(problems), file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
