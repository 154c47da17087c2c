"""The one reader of Markdown: a page cut into regions, line by line, each with what stands in its lines.

A scanner of our own, because claims and formulas need the place of every sign in the source: markdown-it-py gives
lines of blocks and no place within them, and reads CommonMark, not the pieces (``///``), formulas and lists that
Python-Markdown publishes. It reads what the pages write; every other form that Python-Markdown would publish in
some other way than it looks is a fault with a sentence, so that nothing is read here and published otherwise.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import accumulate

from nabla.model import course
from nabla.model.page import Kind, Mark, Page, Region, Span
from nabla.parse import characters, front_matter, inline, pieces
from nabla.parse.inline import Fault
from nabla.parse.lists import Lists

_FENCE = re.compile(r"(?P<indent>[ >]*+)(?P<ticks>`{3,}+|~{3,}+)(?P<info>.*)")
_OPENINGS = ("```", "~~~", "///", "<!--")
_COMMENT = re.compile(rf"\s*+(?P<word>[\w-]++)(?:\s++{course.AFTER}\s++(?P<after>[\w-]++))?+\s*+:")
_HEADING = re.compile(r"(?P<signs>#{1,6}+)\s*+(?P<title>(?:[^\\]|\\.)*+)$")
_ANCHOR = re.compile(r"#([\w-]+)")


@dataclass
class Reading:
    """The regions of a text, in order, and why it cannot be published as it stands."""

    lines: list[str]
    regions: list[Region] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(text: str) -> Reading:
    """Read a page, or a part of one; faults are at offsets of ``"\\n".join(lines)``."""
    text, faults = characters.clean(text)
    lines = text.split("\n")
    if lines[-1] == "" and len(lines) > 1:
        lines.pop()
    reader = _Reader(lines)
    reader.read()
    return Reading(lines, reader.regions, sorted(faults + reader.faults, key=lambda fault: fault.at))


def page(file: str, text: str) -> Page:
    """A page of which nothing but its regions is read."""
    reading = read(text)
    return Page(file, reading.lines, reading.regions)


def spans(text: str) -> tuple[Span, ...]:
    """What stands in a text that is read on its own."""
    return tuple(span.moved(region.start) for region in read(text).regions for span in region.spans)


class _Reader:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.starts = [0, *accumulate(len(line) + 1 for line in lines)]
        self.regions: list[Region] = []
        self.faults: list[Fault] = []
        self.opened: list[Region] = []
        self.notes: set[str] = set()  # footnotes that are defined
        self.bars: Counter[str] = Counter()  # of the pieces that are open
        self.lists = Lists()

    def read(self) -> None:
        number = self._front_matter()
        text: list[int] = []  # lines of prose that wait for their end
        while number < len(self.lines):
            if (following := self._block(number, text)) is not None:
                self._end_text(text)
                number = following
            else:
                text.append(number)
                number += 1
        self._end_text(text)
        while self.opened:
            self._leave_open()

    def _block(self, number: int, text: list[int]) -> int | None:
        """Read what starts at a line, unless it is prose; the number of the line after it."""
        line = self.lines[number]
        bare = line.lstrip()
        if not bare:
            if len(line) >= 4:
                self._fault(number, "una línea en blanco con espacios, que cambian lo de al lado", "bórralos")
            return number + 1
        if bare.startswith("<!--"):
            self._end_text(text)
            return self._comment(number)
        if (fence := _FENCE.match(line)) and "`" not in fence["info"]:
            self._end_text(text)
            return self._fence(number, fence)
        if bare.startswith("///"):
            self._end_text(text)
            return self._piece(number)
        if bare.rstrip() == "$$":
            return self._display(number, text)
        if wrong := self.lists.read(line, self.lines[text[0]] if text else None):
            self._fault(number, *wrong)
        if heading := _HEADING.match(line):
            self._end_text(text)
            self.lists.end()
            self._heading(number, heading)
            return number + 1
        return None

    def _end_text(self, text: list[int]) -> None:
        if text:
            spans = self._inline(text[0], text[-1])
            for span in spans:
                if span.mark is Mark.LABEL and span.name:
                    if span.name in self.notes:
                        what = f"la nota [{span.name}] está dos veces: se perdería una"
                        self._fault(text[0], what, "dale otro nombre")
                    self.notes.add(span.name)
            self._add(Kind.TEXT, text[0], text[-1], spans=spans)
            text.clear()

    def _add(self, kind: Kind, first: int, last: int, **more: object) -> Region:
        end = self.starts[last + 1] - 1
        region = Region(kind, first + 1, last + 1, self.starts[first], end, **more)  # type: ignore[arg-type]
        self.regions.append(region)
        return region

    def _fault(self, number: int, what: str, fix: str) -> None:
        self.faults.append(Fault(self.starts[number], what, fix))

    def _inline(self, first: int, last: int, skip: int = 0, is_title: bool = False) -> tuple[Span, ...]:
        """The spans of some lines but for the first ``skip`` signs."""
        text = "\n".join(self.lines[first : last + 1])[skip:]
        found = inline.read(text, is_title)
        start = self.starts[first] + skip
        wrong = [*found.faults, *(() if is_title else inline.other_blocks(text))]
        self.faults += (Fault(start + fault.at, fault.what, fault.fix) for fault in wrong)
        return tuple(span.moved(skip) for span in found.spans) if skip else found.spans

    def _front_matter(self) -> int:
        last = front_matter.last_line(self.lines)
        if last is None:
            return 0
        for number, what, fix in front_matter.faults(self.lines[: last + 1]):
            self._fault(number, what, fix)
        self._add(Kind.FRONT_MATTER, 0, last)
        return last + 1

    def _comment(self, number: int) -> int:
        first = number
        start = self.lines[number].index("<!--") + 4
        column = start
        while (end := self.lines[number].find("-->", column)) < 0:
            number, column = number + 1, 0
            if number == len(self.lines):
                self._fault(first, "este comentario no se cierra", "añade -->")
                return number
        if self.lines[number][end + 3 :].strip():
            self._fault(
                number, "el texto que sigue a un comentario en su línea no se publica", "ponlo en otra línea"
            )
        text = "\n".join(self.lines[first : number + 1])
        inside = text[start : len(text) - len(self.lines[number]) + end]
        if (nested := inside.find("<!--")) >= 0:
            line = first + text.count("\n", 0, start + nested)
            self._fault(line, "un comentario dentro de otro: al primero le falta su -->", "añade --> antes")
        match = _COMMENT.match(inside)
        name, after = (match["word"], match["after"] or "") if match else ("", "")
        begin = match.end() if match else 0
        self._add(Kind.COMMENT, first, number, name=name, after=after,
                  text=inside[begin:], inner=self.starts[first] + start + begin)  # fmt: skip
        return number + 1

    def _fence(self, number: int, fence: re.Match[str]) -> int:
        first, ticks, indent = number, fence["ticks"], fence["indent"]
        if ">" in indent:
            self._fault(
                number, "un bloque de código dentro de una cita no lo ejecuta nadie", "sácalo de la cita"
            )
        elif not self.lists.holds(len(indent)):
            self._fault(number, "este bloque de código está sangrado y no es de ninguna lista",
                        "quita los espacios de delante; dentro de una lista, cuatro")  # fmt: skip
        if not indent:
            self.lists.end()
        for number in range(first + 1, len(self.lines)):
            line = self.lines[number]
            if not line.lstrip(" >").startswith(ticks):
                continue
            if line.rstrip() != indent + ticks:
                self._fault(number, f"una línea que empieza por {ticks} dentro de un bloque que se abrió con {ticks}",
                            f"ciérralo con {ticks} y nada más, o ábrelo con más acentos")  # fmt: skip
            content = self.lines[first + 1 : number]
            text = "".join(f"{each.removeprefix(indent)}\n" for each in content)
            self._add(Kind.FENCE, first, number, name=fence["info"].strip(), after=indent, text=text)
            self._require_gap(number, f"detrás de {ticks}")
            return number + 1
        self._fault(first, "este bloque no se cierra", f"añade {ticks} al final")
        return len(self.lines)

    def _piece(self, number: int) -> int:
        line = pieces.read(self.lines[number])
        self.lists.end()
        if line.indent:
            self._fault(number, "una pieza sangrada no es una pieza", "quita los espacios de delante de ///")
        if not line.rest:
            self._close(number, line.bars)
            return number + 1
        if wrong := pieces.unknown(line.rest):
            self._fault(number, *wrong)
        while self.bars[line.bars]:
            self._leave_open()
        last = number
        while last + 1 < len(self.lines) and pieces.is_option(self.lines[last + 1]):
            last += 1
        if not wrong:
            for place, what, fix in pieces.options(line.name, line.title, self.lines[number + 1 : last + 1]):
                self._fault(number + 1 + place, what, fix)
        skip = len(self.lines[number].rstrip()) - len(line.title)
        has_words = line.title and line.name != "html"  # whose title is a tag
        spans = self._inline(number, number, skip, is_title=True) if has_words else ()
        inner = self.starts[number] + skip
        more = {"name": line.name, "text": line.title, "after": line.bars, "inner": inner, "spans": spans}
        self.opened.append(self._add(Kind.OPENER, number, last, **more))
        self.bars[line.bars] += 1
        return last + 1

    def _close(self, number: int, bars: str) -> None:
        if self.bars[bars]:
            while self.opened[-1].after != bars:
                self._leave_open()
            self.bars[self.opened.pop().after] -= 1
        else:
            fix = "quítalo, o pon su comienzo: /// admonition | Título"
            self._fault(number, f"este cierre {bars} no cierra nada", fix)
        self._add(Kind.CLOSER, number, number, after=bars)

    def _leave_open(self) -> None:
        piece = self.opened.pop()
        self.bars[piece.after] -= 1
        fix = f"pon {piece.after} donde acaba; las que lleva dentro tienen otro número de barras"
        self._fault(piece.line - 1, f"a esta pieza le falta su cierre {piece.after}", fix)

    def _display(self, number: int, text: list[int]) -> int | None:
        if text or self.lines[number].startswith(" "):
            self._fault(
                number, "«$$» va sin sangrar y con una línea en blanco delante", "sepáralo del párrafo"
            )
        self._end_text(text)
        self.lists.end()
        last = number + 1
        while last < len(self.lines) and self.lines[last].strip() and "$$" not in self.lines[last]:
            last += 1
        others = (each for each in range(number + 1, last) if self.lines[each].lstrip().startswith(_OPENINGS))
        if (inside := next(others, None)) is not None:
            self._fault(
                inside, "dentro de una fórmula no se abre otra cosa", "cierra antes la fórmula con $$"
            )
        if last == len(self.lines) or self.lines[last].rstrip() != "$$":
            self._fault(
                number,
                "esta fórmula no acaba con $$ en su propia línea",
                "quítale las líneas en blanco y ciérrala",
            )
            return last
        self._require_gap(last, "detrás de $$")
        start = self.starts[number] + len(self.lines[number])
        begin = start - self.starts[number]
        size = self.starts[last] - start
        latex = "\n".join(["", *self.lines[number + 1 : last], ""])
        assert len(latex) == size
        span = Span(Mark.FORMULA, begin - 2, begin + size + 2, latex, inner=begin)
        self._add(Kind.DISPLAY, number, last, text=latex, inner=start, spans=(span,))
        return last + 1

    def _require_gap(self, last: int, where: str) -> None:
        """After some blocks comes a blank line, or what stands for one."""
        after = self.lines[last + 1].lstrip() if last + 1 < len(self.lines) else ""
        if after and not after.startswith(("<!--", "///")):
            self._fault(
                last, f"{where} falta una línea en blanco", "sin ella, lo que sigue se junta con esto"
            )

    def _heading(self, number: int, match: re.Match[str]) -> None:
        spans = self._inline(number, number)
        title = match["title"]
        listed = next((each for each in spans if each.mark is Mark.ATTRIBUTES), None)
        if listed:
            title = self.lines[number][match.start("title") : listed.start]
        anchor = _ANCHOR.search(listed.text) if listed else None
        self._add(Kind.HEADING, number, number, name=match["signs"], text=title.strip(),
                  after=anchor[1] if anchor else "", inner=self.starts[number] + match.start("title"),
                  spans=spans)  # fmt: skip
