"""A Markdown page, cut into what is run, what is claimed and what is read."""

from __future__ import annotations

import ast
import difflib
import io
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import accumulate

from pytest_codeblocks.main import CodeBlock, extract_from_buffer

from nabla.model.numerals import Numeral
from nabla.model.problem import Problem
from nabla.parse import formulas, holes, order, provenance
from nabla.parse.formulas import Formula, Formulas
from nabla.parse.provenance import FORMULA, Reading, by_formula, misnamed, owner
from nabla.parse.sections import Section, SectionError, Sections

OUTPUT_MARK = "<!--pytest-codeblocks:expected-output-->"
NOTEBOOKS = "docs/cuadernos/"

_FENCE = re.compile(r"^(?P<indent>\s*)(?P<ticks>`{3,}|~{3,})(?P<info>.*)$")
_INCLUDE = re.compile(r'^\s*-{2,}8<-{2,}\s+["\'](?P<target>[^"\']+)["\']\s*$')
_LOOKS_LIKE_PYTHON = re.compile(r"^[\s{.]*(python|py|py3|python3|pycon|ipython)\b", re.IGNORECASE)
_COMMENT = re.compile(
    r"<!--\s*(?P<word>[\w-]+)(?:\s+tras\s+(?P<after>[\w-]+))?\s*:(?P<text>.*?)-->", re.DOTALL
)
_IMAGE = re.compile(r"!\[(?P<alt>(?:[^\[\]]|\[[^\]]*\])*)\]\(figura:(?P<section>[\w-]*)\)")
_CAPTION = re.compile(r"^\s*(/{3,}) figure-caption\s*$")
_TASK = re.compile(r"^## Tarea (?P<number>\d+)\b")
_WORDS = ("cifras", "datos", "falla", "pytest-codeblocks", *formulas.WORDS)


@dataclass(frozen=True)
class Fence:
    """A fenced block: lines ``start`` to ``end`` (both fences included), from 1."""

    start: int
    end: int
    indent: str
    info: str


@dataclass(frozen=True)
class Failure:
    """A block that must fail: the name of its exception and words of its message."""

    error: str
    words: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Block:
    """A code block: one section of a snippet, and the output that the page prints under it."""

    fence: Fence
    section: Section
    expected: str | None
    output_fence: Fence | None
    failure: Failure | None

    @property
    def line(self) -> int:
        return self.fence.start


@dataclass(frozen=True)
class Paragraph:
    """A run of lines without a blank one: what a claim speaks of."""

    line: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def line_of(self, numeral: Numeral) -> int:
        return self.line + self.text.count("\n", 0, numeral.start)


@dataclass(frozen=True)
class Claim:
    """``<!-- cifras: a, _, b -->``: the expression of each number of the paragraph before it.

    ``_`` leaves a number to the checked formula that holds it, and a literal gives a value that no code
    holds. Numbers that ``owners`` knows otherwise have no place in the claim.

    ``block`` is the index of the code block after which the expressions are evaluated.
    """

    line: int
    block: int
    expressions: tuple[str, ...]
    paragraph: Paragraph
    numerals: tuple[Numeral, ...]


@dataclass(frozen=True)
class Figure:
    """``![alt](figura:section)``: where the figure that a block draws is shown.

    ``end`` is the last line of the figure, with its caption and the comments on it. One of them,
    ``<!-- datos: … -->`` at ``data_line``, publishes the fingerprint of what it plots.
    """

    line: int
    section: str
    alt: str
    end: int
    data: str = ""
    data_line: int = 0


@dataclass
class Page:
    """A page as written. ``problems`` are those that need no run to be seen.

    ``owned`` counts the numbers outside code and outputs by who answers for them.

    A page with faulty code blocks is not ``runnable``: what it would print is not what it means.
    """

    file: str
    lines: list[str]
    fences: list[Fence] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    formulas: Formulas = field(default_factory=Formulas)
    problems: list[Problem] = field(default_factory=list)
    owned: Counter[str] = field(default_factory=Counter)
    runnable: bool = True

    @property
    def is_notebook(self) -> bool:
        """Whether this is a practice notebook: its code stands in the page, and its outputs nowhere."""
        return self.file.startswith(NOTEBOOKS)

    @cached_property
    def code(self) -> str:
        """All that the blocks hold and print."""
        return "\n".join(block.section.code + (block.expected or "") for block in self.blocks)

    @cached_property
    def _offsets(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.lines)]

    def offset(self, line: int) -> int:
        """Where a line starts in the text of the page."""
        return self._offsets[line - 1]

    def complain(self, line: int, what: str, detail: str = "", fix: str = "") -> None:
        self.problems.append(Problem(self.file, line, what, detail, fix))

    def place(self, line: int, after: str | None) -> int | None:
        """The index of the block after which a comment at this line is evaluated."""
        blocks = self.blocks
        if not blocks:
            self.complain(
                line,
                "esta página no ejecuta código, así que nada puede calcular sus números",
                fix="trae una sección con ```python, o escribe la frase sin números con decimales",
            )
            return None
        if after is None:
            before = [index for index, block in enumerate(blocks) if block.line < line]
            return before[-1] if before else 0
        names = [block.section.name for block in blocks]
        if after not in names:
            near = difflib.get_close_matches(after, names, n=3, cutoff=0.4) or names[:5]
            self.complain(
                line,
                f"ninguna sección de esta página se llama «{after}»",
                fix=f"lo más parecido: {', '.join(near)}",
            )
            return None
        return names.index(after)


def parse(file: str, text: str, sections: Sections, quotable: Iterable[Formula] = ()) -> Page:
    """Parse the Markdown ``text`` of the page ``file``; faults end in ``Page.problems``.

    ``quotable`` are checked formulas that stand elsewhere, when the text is not the whole page.
    """
    page = Page(file, text.splitlines())
    page.fences = _fences(page)
    _Blocks(page, sections).read(text)
    page.runnable = not page.problems
    page.formulas = formulas.read(page, quotable)
    _Prose(page).read()
    return page


def _fences(page: Page) -> list[Fence]:
    fences: list[Fence] = []
    opening: re.Match[str] | None = None
    start = 0
    for number, line in enumerate(page.lines, 1):
        match = _FENCE.match(line)
        if opening is None:
            if match and "`" not in match["info"]:
                opening, start = match, number
        elif match and match["ticks"].startswith(opening["ticks"]) and not match["info"].strip():
            fences.append(Fence(start, number, opening["indent"], opening["info"].strip()))
            opening = None
    if opening is not None:
        page.complain(start, "este bloque no se cierra", fix=f"añade {opening['ticks']} al final")
    return fences


class _Blocks:
    """Reads the code blocks, as pytest-codeblocks collects them."""

    def __init__(self, page: Page, sections: Sections) -> None:
        self.page = page
        self.sections = sections

    def read(self, text: str) -> None:
        try:
            collected = extract_from_buffer(io.StringIO(text), max_num_lines=10**6)
        except RuntimeError as error:
            self.page.complain(1, "pytest-codeblocks no entiende la página", str(error))
            collected = []
        by_line = {block.lineno: block for block in collected if block.syntax == "python"}
        for fence in self.page.fences:
            if fence.start in by_line:
                self._read_block(fence, by_line[fence.start])
            elif _LOOKS_LIKE_PYTHON.match(fence.info):
                self.page.complain(
                    fence.start,
                    f"ninguna prueba recoge este bloque de Python («{fence.info}»)",
                    fix="escribe exactamente ```python, sin título, atributos ni «cont» o «skip»",
                )

    def _read_block(self, fence: Fence, collected: CodeBlock) -> None:
        if collected.marks or collected.importorskip:
            self.page.complain(fence.start, "un bloque no se puede saltar", fix="quita la marca")
        include = _INCLUDE.match(collected.code.strip("\n"))
        if include is None and self.page.is_notebook:
            self._read_cell(fence, collected)
            return
        if include is None:
            self.page.complain(
                fence.start,
                "el código de la página debe venir de una sección de snippets/",
                fix='deja solo una línea --8<-- "snippets/lección.py:sección" en el bloque',
            )
            return
        try:
            section = self.sections.get(include["target"])
        except SectionError as error:
            self.page.complain(fence.start + 1, str(error), fix="corrige el nombre o crea la sección")
            return
        self._append(fence, section, collected)

    def _append(self, fence: Fence, section: Section, collected: CodeBlock) -> None:
        output = None
        if collected.expected_output is not None:
            output = next(other for other in self.page.fences if other.start > fence.end)
        self.page.blocks.append(
            Block(fence, section, collected.expected_output, output, self._failure(fence))
        )

    def _read_cell(self, fence: Fence, collected: CodeBlock) -> None:
        """A cell of a notebook, named by its place in its task: ``tarea-3-2``, or ``inicio-1`` before the first."""
        task = "inicio"
        for line in self.page.lines[: fence.start]:
            if match := _TASK.match(line):
                task = f"tarea-{match['number']}"
        count = sum(block.section.name.startswith(f"{task}-") for block in self.page.blocks)
        try:
            code = holes.solved("\n".join(self.page.lines[fence.start : fence.end - 1]) + "\n")
        except holes.HoleError as error:
            fix = "escribe «nombre = …  # solución», «return …  # solución» o «# solución: qué hay que hacer»"
            self.page.complain(fence.start + 1 + error.line, str(error), fix=fix)
            return
        section = Section(self.page.file, f"{task}-{count + 1}", fence.start + 1, code)
        self._append(fence, section, collected)

    def _failure(self, fence: Fence) -> Failure | None:
        line = fence.start - 1
        while line > 0 and not self.page.lines[line - 1].strip():
            line -= 1
        match = _COMMENT.search(self.page.lines[line - 1]) if line else None
        if match is None or match["word"] != "falla":
            return None
        error, *words = [word.strip() for word in match["text"].split(",")]
        if not error.isidentifier() or not all(words) or not words:
            self.page.complain(
                line,
                "el comentario «falla» no dice el error y sus palabras",
                fix="escribe <!-- falla: RuntimeError, palabra, otra -->",
            )
        return Failure(error, tuple(words), line)


class _Prose:
    """Reads what is not code: paragraphs, the claims on their numbers, and figures."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.code_lines = {number for fence in page.fences for number in range(fence.start, fence.end + 1)}
        # A fence that is neither code nor its output is read like any paragraph.
        owned = {block.fence for block in page.blocks} | {block.output_fence for block in page.blocks}
        self.owned_lines = {
            number
            for fence in page.fences
            if fence in owned or _LOOKS_LIKE_PYTHON.match(fence.info)
            for number in range(fence.start, fence.end + 1)
        }
        self.current: list[str] = []
        self.start = 0
        self.last: Paragraph | None = None

    def read(self) -> None:
        number = 1
        while number <= len(self.page.lines):
            line = self.page.lines[number - 1]
            if number in self.owned_lines:
                self._end_paragraph()
                self._require_claim()
                number += 1
            elif line.lstrip().startswith("<!--") and number not in self.code_lines:
                number = self._read_comment(number)
            else:
                self._read_line(number, line)
                number += 1
        self._end_paragraph()
        self._require_claim()
        self._require_order()

    def _require_order(self) -> None:
        for line, what, number, expected in order.breaks(self.page.lines, self.code_lines):
            self.page.complain(
                line,
                f"la cuenta de {what} salta a {number}",
                fix=f"escribe {expected}, o 1 si empieza otra cuenta",
            )

    def _read_line(self, number: int, line: str) -> None:
        if not line.strip():
            self._end_paragraph()
            return
        if "8<-" in line:  # pymdownx would take the line away, wherever in it the mark stands
            self.page.complain(
                number,
                "una marca --8<-- fuera de un bloque de Python",
                fix="trae el código en un bloque ```python; en la prosa, no escribas la marca",
            )
        for image in _IMAGE.finditer(line):
            end = self._end_of_figure(number)
            self.page.figures.append(Figure(number, image["section"], image["alt"].strip(), end))
        if not self.current:
            self._require_claim()
            self.start = number
        self.current.append(line)

    def _end_of_figure(self, end: int) -> int:
        """The line where the figure of line ``end`` ends, with its caption and comments."""
        lines = [*self.page.lines, ""]
        if caption := _CAPTION.match(lines[end]):
            closings = (line for line in range(end + 1, len(lines)) if lines[line].strip() == caption[1])
            end = next(closings, end - 1) + 1
        while lines[end].lstrip().startswith("<!--"):
            end = next((line for line in range(end, len(lines)) if "-->" in lines[line]), end) + 1
        return end

    def _end_paragraph(self) -> None:
        if self.current:
            self.last = Paragraph(self.start, tuple(self.current))
            self.current = []
            self._require_names(self.last)
            self.page.owned += self._reading(self.last).unclaimed

    def _require_claim(self) -> None:
        """The paragraph before this place had its chance: its decimals must be claimed by now."""
        paragraph, self.last = self.last, None
        if paragraph is None:
            return
        numbers = self._numbers(paragraph)
        self.page.owned += Counter([FORMULA] * len(numbers))
        loose = [number for number in numbers if not self._may_skip(paragraph, number)]
        if loose:
            self.page.complain(
                paragraph.line_of(loose[0]),
                f"nadie responde de {', '.join(number.text for number in loose)}",
                f"números del párrafo: {', '.join(number.text for number in numbers)}",
                f"pon detrás del párrafo: {self._skeleton(paragraph, numbers)}",
            )

    def _require_names(self, paragraph: Paragraph) -> None:
        for name in self._reading(paragraph).strange:
            self.page.complain(
                paragraph.line + paragraph.text.count("\n", 0, name.start),
                f"«{name.text}» no está en el código de la página",
                fix="corrige el nombre; si no es código, dale su motivo en nabla/parse/allowlist.py",
            )

    def _reading(self, paragraph: Paragraph) -> Reading:
        return provenance.read(self.page.file, self.page.code, paragraph.text)

    def _numbers(self, paragraph: Paragraph) -> tuple[Numeral, ...]:
        """The numbers that the claim on a paragraph lists."""
        return self._reading(paragraph).claimable

    def _may_skip(self, paragraph: Paragraph, number: Numeral) -> bool:
        return by_formula(self.page, paragraph, number)

    def _skeleton(self, paragraph: Paragraph, numbers: tuple[Numeral, ...]) -> str:
        """The comment to paste."""
        places = ("_" if self._may_skip(paragraph, number) else "EXPRESIÓN" for number in numbers)
        return f"<!-- cifras: {', '.join(places)} -->"

    def _read_comment(self, number: int) -> int:
        """Read the comment that starts at this line; the number of the line after it."""
        end = number
        while "-->" not in self.page.lines[end - 1]:
            end += 1
            if end > len(self.page.lines):
                self.page.complain(number, "este comentario no se cierra", fix="añade -->")
                return end
        self._end_paragraph()
        text = "\n".join(self.page.lines[number - 1 : end])
        match = _COMMENT.match(text.strip())
        if match and match["word"] == "cifras":
            self._read_claim(number, match)
        elif match and match["word"] == "datos":
            self._read_data(number, match["text"].strip())
        elif match and match["word"] not in _WORDS:
            self._suspect(number, match["word"])
        return end + 1

    def _read_data(self, number: int, text: str) -> None:
        if not self.page.figures or self.page.figures[-1].data:
            self.page.complain(
                number,
                "este comentario «datos» no tiene delante una figura para él solo",
                fix="bórralo; el de cada figura lo escribe detrás de ella `make update`",
            )
            return
        self.page.figures[-1] = replace(self.page.figures[-1], data=text, data_line=number)

    def _suspect(self, number: int, word: str) -> None:
        near = difflib.get_close_matches(word, _WORDS, n=1)
        if near:
            self.page.complain(number, f"comentario desconocido «{word}»", fix=f"¿querías decir «{near[0]}»?")

    def _read_claim(self, number: int, match: re.Match[str]) -> None:
        paragraph, self.last = self.last, None
        if paragraph is None:
            self.page.complain(
                number,
                "este comentario «cifras» no tiene párrafo delante",
                fix="ponlo justo detrás del párrafo cuyos números explica; uno por párrafo",
            )
            return
        try:
            expressions = _expressions(match["text"])
        except SyntaxError as error:
            self.page.complain(
                number,
                "este comentario «cifras» no es una lista de expresiones de Python",
                f"{match['text'].strip()}\n{error.msg}",
                "sepáralas con comas: <!-- cifras: m.grad, b.grad -->",
            )
            return
        block = self.page.place(number, match["after"])
        numbers = self._numbers(paragraph)
        if len(numbers) != len(expressions):
            self.page.complain(
                number,
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
            self.page.claims.append(Claim(number, block, expressions, paragraph, numbers))


@lru_cache(maxsize=1 << 14)
def _expressions(text: str) -> tuple[str, ...]:
    source = f"({text.strip()},)"
    tree = ast.parse(source, mode="eval")
    assert isinstance(tree.body, ast.Tuple)
    return tuple(ast.get_source_segment(source, each) or "" for each in tree.body.elts)
