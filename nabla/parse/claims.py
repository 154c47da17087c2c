"""What is not code: paragraphs, the claims on their numbers, and figures."""

from __future__ import annotations

import ast
import difflib
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from nabla.model import course
from nabla.model.numerals import Numeral
from nabla.model.page import Claim, Figure, Kind, Mark, Page, Paragraph, Region
from nabla.parse import blocks, live, moment, order, predictions, provenance
from nabla.parse.provenance import FORMULA, Reading, by_formula, misnamed, owner

_WORDS = (
    course.RANDOM,
    course.CLAIM,
    course.DATA,
    course.FAILS,
    "pytest-codeblocks",
    course.LIVE,
    course.ANSWER,
    course.SYMBOLS,
    course.FORMULAS,
)


def read(page: Page) -> None:
    """Find the claims and the figures of a page, and who answers for each number; faults go to ``page.problems``."""
    _Prose(page).read()


def paragraphs(page: Page) -> Iterator[Region | Paragraph]:
    """A page's paragraphs, and between them the comments, blocks and outputs, which no paragraph holds."""
    shown = {block.line for block in page.blocks}
    shown |= {block.output_fence.start for block in page.blocks if block.output_fence}
    held: list[Region] = []
    for region in page.regions:
        is_fence = region.kind is Kind.FENCE
        owned = is_fence and (region.line in shown or blocks.is_python(region))
        apart = region.kind is Kind.COMMENT or is_fence or (held and held[-1].kind is Kind.FENCE)
        if held and (apart or region.line > held[-1].last + 1):
            yield _paragraph(page, held)
            held = []
        if owned or region.kind is Kind.COMMENT:
            yield region
        else:
            held.append(region)
    if held:
        yield _paragraph(page, held)


def _paragraph(page: Page, held: list[Region]) -> Paragraph:
    spans = [span.moved(region.start - held[0].start) for region in held for span in region.spans]
    return Paragraph(held[0].line, tuple(page.lines[held[0].line - 1 : held[-1].last]), tuple(spans))


class _Prose:
    def __init__(self, page: Page) -> None:
        self.page = page
        self.last: Paragraph | None = None  # a paragraph whose claim may come, and what was read of it
        self.reading = provenance.read(page.file, "", "")

    def read(self) -> None:
        self._find_figures()
        for part in paragraphs(self.page):
            if isinstance(part, Paragraph):
                self._require_claim()
                self.last, self.reading = part, self._reading(part)
                self._require_no_includes(part)
                self._require_names(part)
                self.page.owned.update(self.reading.unclaimed)
            elif part.kind is Kind.COMMENT:
                self._comment(part)
            else:
                self._require_claim()
        self._require_claim()
        for line, what, number, expected in order.breaks(self.page):
            self.page.complain(
                line,
                f"la cuenta de {what} salta a {number}",
                fix=f"escribe {expected}, o 1 si empieza otra cuenta",
            )

    def _find_figures(self) -> None:
        regions = self.page.regions
        for place, region in enumerate(regions):
            for span in region.spans:
                if span.mark is Mark.IMAGE and span.name.startswith(course.FIGURE):
                    line = self.page.line_at(region.start + span.start)
                    section = span.name.removeprefix(course.FIGURE)
                    end = self._end_of_figure(line, place)
                    self.page.figures.append(Figure(line, section, span.text.strip(), end))

    def _end_of_figure(self, end: int, place: int) -> int:
        """The line where the figure of line ``end``, in the region at ``place``, ends with caption and comments."""
        bars = ""
        for region in self._after(place):
            if bars:
                end = region.last
                if region.kind is Kind.CLOSER and region.after == bars:
                    bars = ""
            elif region.line != end + 1:
                break
            elif region.kind is Kind.OPENER and region.name == "figure-caption":
                bars, end = region.after, region.last
            elif region.kind is Kind.COMMENT:
                end = region.last
            else:
                break
        return end

    def _after(self, place: int) -> Iterator[Region]:
        for following in range(place + 1, len(self.page.regions)):
            yield self.page.regions[following]

    def _require_no_includes(self, paragraph: Paragraph) -> None:
        for number, line in enumerate(paragraph.lines, paragraph.line):
            if "8<-" in line:  # pymdownx would take the line away, wherever in it the mark stands
                self.page.complain(
                    number,
                    "una marca --8<-- fuera de un bloque de Python",
                    fix="trae el código en un bloque ```python; en la prosa, no escribas la marca",
                )

    def _require_claim(self) -> None:
        """The paragraph before this place had its chance: its decimals must be claimed by now."""
        paragraph, self.last = self.last, None
        if paragraph is None:
            return
        numbers = self.reading.claimable
        self.page.owned.update([FORMULA] * len(numbers))
        loose = [number for number in numbers if not self._may_skip(paragraph, number)]
        if loose:
            self.page.complain(
                paragraph.line_of(loose[0]),
                f"nadie responde de {', '.join(number.text for number in loose)}",
                f"números del párrafo: {', '.join(number.text for number in numbers)}",
                f"pon detrás del párrafo: {self._skeleton(paragraph, numbers)}",
            )

    def _require_names(self, paragraph: Paragraph) -> None:
        for name in self.reading.strange:
            self.page.complain(
                paragraph.line + paragraph.text.count("\n", 0, name.start),
                f"«{name.text}» no está en el código de la página",
                fix="corrige el nombre; si no es código, dale su motivo en nabla/parse/allowlist.py",
            )

    def _reading(self, paragraph: Paragraph) -> Reading:
        return provenance.read(self.page.file, self.page.code, paragraph.text, paragraph.spans)

    def _may_skip(self, paragraph: Paragraph, number: Numeral) -> bool:
        return by_formula(self.page, paragraph, number)

    def _skeleton(self, paragraph: Paragraph, numbers: tuple[Numeral, ...]) -> str:
        """The comment to paste."""
        places = ("_" if self._may_skip(paragraph, number) else "EXPRESIÓN" for number in numbers)
        return f"<!-- {course.CLAIM}: {', '.join(places)} -->"

    def _comment(self, comment: Region) -> None:
        if comment.name == course.CLAIM:
            self._claim(comment)
        elif comment.name == course.DATA:
            self._data(comment)
        elif comment.name == course.ANSWER:
            self._require_claim()
            predictions.read(self.page, comment)
        elif comment.name == course.LIVE:
            live.read(self.page, comment)
        elif comment.name and comment.name not in _WORDS:
            self._suspect(comment)

    def _data(self, comment: Region) -> None:
        place = bisect_left(self.page.figures, comment.line, key=lambda figure: figure.line) - 1
        if place < 0 or self.page.figures[place].data:
            self.page.complain(
                comment.line,
                f"este comentario «{course.DATA}» no tiene delante una figura para él solo",
                fix="bórralo; el de cada figura lo escribe detrás de ella `make update`",
            )
            return
        told = replace(self.page.figures[place], data=comment.text.strip(), data_line=comment.line)
        self.page.figures[place] = told

    def _suspect(self, comment: Region) -> None:
        near = difflib.get_close_matches(comment.name, _WORDS, n=1)
        if near:
            what = f"comentario desconocido «{comment.name}»"
            self.page.complain(comment.line, what, fix=f"¿querías decir «{near[0]}»?")

    def _claim(self, comment: Region) -> None:
        paragraph, self.last = self.last, None
        if paragraph is None:
            self.page.complain(
                comment.line,
                f"este comentario «{course.CLAIM}» no tiene párrafo delante",
                fix="ponlo justo detrás del párrafo cuyos números explica; uno por párrafo",
            )
            return
        try:
            expressions = _expressions(comment.text)
        except SyntaxError as error:
            self.page.complain(
                comment.line,
                f"este comentario «{course.CLAIM}» no es una lista de expresiones de Python",
                f"{comment.text.strip()}\n{error.msg}",
                f"sepáralas con comas: <!-- {course.CLAIM}: m.grad, b.grad -->",
            )
            return
        block = moment.find(self.page, comment.line, comment.after, expressions)
        numbers = self.reading.claimable
        if len(numbers) != len(expressions):
            self.page.complain(
                comment.line,
                f"el párrafo tiene {len(numbers)} números y el comentario, {len(expressions)}",
                f"números del párrafo: {', '.join(each.text for each in numbers) or 'ninguno'}",
                f"uno por número, en orden: {self._skeleton(paragraph, numbers)}",
            )
            return
        for each, expression in zip(numbers, expressions, strict=True):
            if expression == "_" and not self._may_skip(paragraph, each):
                self.page.complain(
                    paragraph.line_of(each),
                    f"{each.text} no se puede saltar con «_»: no está en una fórmula comprobada",
                    fix="da la expresión que lo calcula, o el mismo número si es un dato que pone el texto",
                )
            if name := misnamed(self.page, paragraph, each, expression):
                self.page.complain(
                    paragraph.line_of(each),
                    f"la fórmula llama «{name}» a {each.text}, y lo calcula «{expression}»",
                    fix="corrige la letra o la expresión",
                )
            self.page.owned[owner(expression)] += 1
        if block is not None:
            self.page.claims.append(Claim(comment.line, block, expressions, paragraph, numbers))


@lru_cache(maxsize=1 << 14)
def _expressions(text: str) -> tuple[str, ...]:
    source = f"({text.strip()},)"
    tree = ast.parse(source, mode="eval")
    assert isinstance(tree.body, ast.Tuple)
    return tuple(ast.get_source_segment(source, each) or "" for each in tree.body.elts)
