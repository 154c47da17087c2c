"""The sections of ``snippets/``, extracted by pymdownx's own code."""

from __future__ import annotations

import difflib
from dataclasses import replace
from pathlib import Path
from typing import Any

import markdown
from pymdownx.snippets import SnippetExtension, SnippetMissingError, SnippetPreprocessor

from nabla.model import course
from nabla.model.page import Section


class SectionError(Exception):
    """A section or a file that is not there; the text says it in Spanish and names the nearest."""


class Sections:
    """Reads sections as the site's ``pymdownx.snippets`` does, with the same options.

    Args:
        root: the project's folder; every path is relative to it.
        options: the options of ``pymdownx.snippets`` in mkdocs.yml.
    """

    def __init__(self, root: Path, options: dict[str, Any]) -> None:
        self.root = root
        extension = SnippetExtension(**options)
        self._files = sorted(
            path.relative_to(root).as_posix() for path in (root / course.SNIPPETS).glob("*.py")
        )
        self._read: dict[str, Section] = {}
        self._known: dict[str, list[tuple[str, str, int]]] = {}
        self._snippets = SnippetPreprocessor(extension.getConfigs(), markdown.Markdown())

    def files(self) -> list[str]:
        """The modules with code for readers, sorted, relative to the project."""
        return self._files

    def names(self, file: str) -> dict[str, int]:
        """The sections of a file and the line of the mark that opens each."""
        return {name: line for kind, name, line in self._marks(file) if kind == "start"}

    def get(self, target: str) -> Section:
        """The section that ``target`` names, as ``snippets/punto.py:autograd``.

        Raises SectionError when the file or the section is not there, or is empty.
        """
        if target not in self._read:
            self._read[target] = self._get(target)
        return self._read[target]

    def put(self, target: str, code: str) -> None:
        """Let a section hold other code than its file does."""
        self._read[target] = replace(self.get(target), code=code, written=True)

    def _get(self, target: str) -> Section:
        file, _, name = target.partition(":")
        if not name:
            raise SectionError(f"«{target}» no nombra una sección: escribe {file}:sección")
        if file not in self.files():
            raise SectionError(f"no existe «{file}»{_nearest(file, self.files())}")
        names = self.names(file)
        if name not in names:
            raise SectionError(f"«{file}» no tiene la sección «{name}»{_nearest(name, names)}")
        if ("end", name) not in {(kind, name) for kind, name, _ in self._marks(file)}:
            raise SectionError(f"a la sección «{name}» de «{file}» le falta su marca [end:{name}]")
        lines = self._expanded(target)
        code = "\n".join(lines).strip("\n") + "\n"
        if not code.strip():
            raise SectionError(f"la sección «{name}» de «{file}» está vacía")
        if "--8<--" in code:
            raise SectionError(f"la sección «{name}» de «{file}» contiene otra marca --8<--")
        if "\t" in code:
            raise SectionError(
                f"la sección «{name}» de «{file}» lleva un tabulador, y la página enseñaría espacios: "
                "pon espacios, o \\t si es de un texto"
            )
        blank = next(number for number, line in enumerate(lines) if line.strip())
        return Section(file, name, names[name] + 1 + blank, code)

    def _marks(self, file: str) -> list[tuple[str, str, int]]:
        if file not in self._known:
            lines = self._snippets.read_lines(str(self.root / file))
            marks = ((line, self._snippets.match_section(text)) for line, text in enumerate(lines, 1))
            self._known[file] = [
                (mark["type"].lower(), mark["name"], line)
                for line, mark in marks
                if mark and not mark["escape"]
            ]
        return self._known[file]

    def _expanded(self, target: str) -> list[str]:
        try:
            return self._snippets.run([f'--8<-- "{target}"'])
        except SnippetMissingError as error:
            raise SectionError(str(error)) from error


def _nearest(name: str, known: Any) -> str:
    near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.4) or sorted(known)[:5]
    return f"; lo más parecido: {', '.join(near)}" if near else ""
