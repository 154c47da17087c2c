"""The code blocks of a page: each a section of a snippet, or the cell of a notebook, with its printed output."""

from __future__ import annotations

import re
from collections import Counter

from nabla.model import course
from nabla.model.page import Block, Failure, Fence, Kind, Page, Region, Section
from nabla.parse import holes
from nabla.parse.sections import SectionError, Sections

_INCLUDE = re.compile(r'\s*+-{2,}8<-{2,}\s++["\'](?P<target>[^"\']++)["\']\s*+')
_TASK = re.compile(rf"{course.TASK} (?P<number>\d++)\b")
# Languages that are shown in the colours of Python, or that a reader takes for it, whatever stands around them.
_LOOKS_LIKE_PYTHON = re.compile(r"[\s{.#!:]*(python|py|ipython|numpy|sage|bazel|starlark)", re.IGNORECASE)
_PLAIN = re.compile(r"[\w+-]*")
_BETWEEN = frozenset({Kind.COMMENT, Kind.OPENER, Kind.CLOSER})
_MARK = "pytest-codeblocks"


def fence(region: Region) -> Fence:
    return Fence(region.line, region.last, region.after, region.name)


def is_python(region: Region) -> bool:
    """Whether a fence is shown as Python code."""
    return _LOOKS_LIKE_PYTHON.match(region.name) is not None


def read(page: Page, sections: Sections) -> None:
    """Find the blocks of a page; faults go to ``page.problems``."""
    _Blocks(page, sections).read()


class _Blocks:
    def __init__(self, page: Page, sections: Sections) -> None:
        self.page = page
        self.sections = sections
        self.task = course.START
        self.cells: Counter[str] = Counter()

    def read(self) -> None:
        expecting: Region | None = None  # the comment that says that an output follows
        before: Region | None = None
        anchor: Region | None = None  # the last region that may not stand between a block and its output
        for region in self.page.regions:
            if region.kind is Kind.FENCE:
                if expecting is not None:
                    self._output(region)
                elif region.name == "python" and self.page.lines[region.line - 1].lstrip().startswith(
                    "```python"
                ):
                    self._block(region, before)
                else:
                    self._other(region)
                expecting = None
            elif expecting is not None and region.kind is not Kind.COMMENT:
                self._lost(expecting)
                expecting = None
            if region.kind is Kind.HEADING and region.name == "##" and (task := _TASK.match(region.text)):
                self.task = f"{course.TASK.lower()}-{task['number']}"
            if region.kind is Kind.COMMENT and region.name == _MARK:
                if region.text.strip() != "expected-output":
                    what, fix = "un bloque no se puede saltar ni juntar con otro", "quita la marca"
                    self.page.complain(region.line, what, fix=fix)
                elif anchor is None or anchor.kind is not Kind.FENCE:
                    self._lost(region)
                else:
                    expecting = region
            before = region
            anchor = anchor if region.kind in _BETWEEN else region
        if expecting is not None:
            self._lost(expecting)

    def _lost(self, mark: Region) -> None:
        what = "esta marca de salida no está entre un bloque de Python y su salida"
        self.page.complain(
            mark.line, what, fix="va justo detrás del bloque, y la salida, justo detrás de ella"
        )

    def _other(self, region: Region) -> None:
        if is_python(region):
            self.page.complain(
                region.line,
                f"ninguna prueba recoge este bloque de Python («{region.name}»)",
                fix="escribe exactamente ```python, sin título, atributos ni «cont» o «skip»",
            )
        elif not _PLAIN.fullmatch(region.name):
            what = f"una valla con título o atributos («{region.name}»)"
            self.page.complain(region.line, what, fix="deja solo el nombre del lenguaje")

    def _output(self, region: Region) -> None:
        block = self.page.blocks[-1] if self.page.blocks else None
        if block is None or block.expected is not None or is_python(region):
            self.page.complain(
                region.line, "esta salida no es de ningún bloque de Python", fix="quítale la marca"
            )
            return
        whole = Block(block.fence, block.section, region.text, fence(region), block.failure)
        self.page.blocks[-1] = whole

    def _block(self, region: Region, before: Region | None) -> None:
        include = _INCLUDE.fullmatch(region.text.strip("\n"))
        if include is None:
            if self.page.is_notebook:
                self._cell(region, before)
                return
            self.page.complain(
                region.line,
                "el código de la página debe venir de una sección de snippets/",
                fix=f'deja solo una línea --8<-- "{course.SNIPPETS}lección.py:sección" en el bloque',
            )
            return
        try:
            section = self.sections.get(include["target"])
        except SectionError as error:
            self.page.complain(region.line + 1, str(error), fix="corrige el nombre o crea la sección")
            return
        self._append(region, section, before)

    def _append(self, region: Region, section: Section, before: Region | None) -> None:
        ticks = next(
            (n for n, each in enumerate(section.code.split("\n")) if each.lstrip().startswith("```")), None
        )
        if ticks is not None:
            what = f"{section.file}:{section.line + ticks}: tres acentos graves cerrarían aquí el bloque de la página"
            self.page.complain(region.line, what, fix='escríbelos de otra manera: "`" * 3')
        self.page.blocks.append(Block(fence(region), section, None, None, self._failure(before)))

    def _cell(self, region: Region, before: Region | None) -> None:
        """A cell of a notebook, named by its place in its task: ``tarea-3-2``, or ``inicio-1`` before the first."""
        try:
            code = holes.solved(region.text)
        except holes.HoleError as error:
            fix = f"escribe «nombre = …  # {course.GAP}», «return …  # {course.GAP}» o «# {course.GAP}: qué hay que hacer»"
            self.page.complain(region.line + 1 + error.line, str(error), fix=fix)
            return
        self.cells[self.task] += 1
        name = f"{self.task}-{self.cells[self.task]}"
        self._append(region, Section(self.page.file, name, region.line + 1, code), before)

    def _failure(self, before: Region | None) -> Failure | None:
        if before is None or before.kind is not Kind.COMMENT or before.name != course.FAILS:
            return None
        error, *words = [word.strip() for word in before.text.split(",")]
        if not error.isidentifier() or not all(words) or not words:
            self.page.complain(
                before.line,
                f"el comentario «{course.FAILS}» no dice el error y sus palabras",
                fix=f"escribe <!-- {course.FAILS}: RuntimeError, palabra, otra -->",
            )
        return Failure(error, tuple(words), before.last)
