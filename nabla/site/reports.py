"""What is wrong with a site, while it is built: problems of ours, and what MkDocs only warns of."""

from __future__ import annotations

import logging
import re
from pathlib import Path

from mkdocs.exceptions import PluginError

from nabla.check.configuration import Heard
from nabla.model.problem import Problem, report

_LINKS = logging.getLogger("mkdocs.structure.pages")
_LINK = re.compile(r"Doc file '(?P<file>[^']+)' contains .*?link '(?P<link>[^']+)'(?:, but (?P<why>.*))?")


class Reports(logging.Filter):
    """Collects ``problems`` until ``close``; MkDocs's warnings about links become some, with a line, in Spanish.

    ``root`` is the folder of the project, and ``docs`` that of its pages.
    """

    def __init__(self, root: Path, docs: Path) -> None:
        super().__init__()
        self._root = root
        self._docs = docs
        self._heard = Heard()
        self.problems: list[Problem] = []
        self._heard.__enter__()
        _LINKS.addFilter(self)
        _LINKS.setLevel(logging.WARNING)  # `--quiet` hides warnings, and must not hide broken links

    def close(self) -> None:
        _LINKS.removeFilter(self)
        self._heard.__exit__()

    def count(self) -> int:
        """How many problems and warnings there are by now."""
        return len(self.problems) + len(self._heard)

    def refuse(self, strict: bool = False) -> None:
        """End the build if there are problems; if it is ``strict``, also if there are warnings."""
        if self.problems:
            raise PluginError(f"No se publica nada. {report(self.problems)}")
        if strict and self.count():
            raise PluginError("no se publica nada: corrige los avisos de arriba")

    def formula(self, file: str, latex: str, message: str) -> None:
        """A formula of a page that KaTeX refuses."""
        first = latex.splitlines()[0]
        what, fix = "KaTeX no entiende esta fórmula", "corrige el LaTeX"
        self.problems.append(
            Problem(file, _line_of(self._root / file, first), what, f"{latex}\n{message}", fix)
        )

    def filter(self, record: logging.LogRecord) -> bool:
        match = _LINK.match(record.getMessage())
        if match is None or record.levelno < logging.WARNING:
            return True
        file = self._docs / match["file"]
        if not file.is_relative_to(self._docs) or not file.is_file():
            return True
        self.problems.append(
            Problem(
                file.relative_to(self._root).as_posix(),
                _line_of(file, match["link"]),
                f"el enlace «{match['link']}» no lleva a ninguna parte",
                match["why"] or "",
                "corrige la dirección o el ancla; las rutas son relativas a esta página y acaban en .md",
            )
        )
        return False


def _line_of(file: Path, text: str) -> int:
    """The first line of ``file`` with ``text`` in it; 1 if none has it."""
    lines = file.read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)
