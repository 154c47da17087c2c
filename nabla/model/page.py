"""A Markdown page as the rooms above see it: what was read of it, in regions, and what they mean.

``lines`` and ``regions`` are the page as written; ``blocks``, ``claims``, ``figures`` and ``formulas`` are what is run,
checked and shown. Lines count from 1; offsets are those of ``"\\n".join(page.lines)``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cached_property
from itertools import accumulate
from typing import Any

from nabla.model import course
from nabla.model.live import Live
from nabla.model.numerals import Numeral
from nabla.model.prediction import Prediction
from nabla.model.problem import Problem

OUTPUT_MARK = "<!--pytest-codeblocks:expected-output-->"


class Mark(Enum):
    """What stands within a line. Of ``TARGET`` to ``MARKER`` a reader sees nothing but what is ``SAID`` in it."""

    FORMULA = auto()  # text: its LaTeX, which starts at ``inner``
    CODE = auto()  # text: the code, which starts at ``inner``
    LINK = auto()  # text: what is clicked; name: where it leads
    IMAGE = auto()  # text: the alternative text; name: the picture
    COUNT = auto()  # a number that only counts; name: what it counts; text: the number
    SAID = auto()  # a title or an alternative text in an attribute
    TARGET = auto()  # ``](…)``, without its title
    TAG = auto()
    ATTRIBUTES = auto()  # ``{ … }``; text: what is between the braces
    LABEL = auto()  # of a footnote
    MARKER = auto()  # of an ordered list


UNSEEN = frozenset({Mark.TARGET, Mark.TAG, Mark.ATTRIBUTES, Mark.LABEL, Mark.MARKER})


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a region or paragraph; offsets are relative to its text."""

    mark: Mark
    start: int
    end: int
    text: str = ""
    name: str = ""
    inner: int = 0

    def moved(self, by: int) -> Span:
        return Span(self.mark, self.start + by, self.end + by, self.text, self.name, self.inner + by)


class Kind(Enum):
    """What a run of lines is. A blank line is in no region."""

    FRONT_MATTER = auto()
    COMMENT = auto()  # name: its word; after: «tras»; text: what follows the colon, from ``inner``
    FENCE = auto()  # name: its info; after: its indent; text: its content
    OPENER = auto()  # ``/// name | text``, with its options; after: its bars
    CLOSER = auto()  # after: its bars
    HEADING = auto()  # name: its number signs; text: its words; after: its anchor
    DISPLAY = auto()  # a formula in a paragraph of its own
    TEXT = auto()  # prose, lists, tables


@dataclass(frozen=True, slots=True)
class Region:
    """Lines ``line`` to ``last`` of a page, both included, from offset ``start`` to ``end``."""

    kind: Kind
    line: int
    last: int
    start: int
    end: int
    name: str = ""
    text: str = ""
    after: str = ""
    inner: int = 0
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Fence:
    """A fenced block: lines ``start`` to ``end`` (both fences included), from 1."""

    start: int
    end: int
    indent: str
    info: str


@dataclass(frozen=True)
class Section:
    """The code between two marks: ``line`` is where its first line stands in ``file``.

    ``written`` by the build, the code is not what the file holds.
    """

    file: str
    name: str
    line: int
    code: str
    written: bool = False


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
    spans: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def line_of(self, numeral: Numeral) -> int:
        return self.line + self.text.count("\n", 0, numeral.start)


@dataclass(frozen=True)
class Claim:
    """``<!-- cifras: a, _, b -->``: the expression of each number of the paragraph before it.

    ``_`` leaves a number to the checked formula that holds it, and a literal gives a value that no code
    holds. Numbers that ``provenance`` knows otherwise have no place in the claim.

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

    ``end`` is the last line of the figure, with its caption and the comments on it: ``<!-- datos: … -->`` at
    ``data_line`` publishes the fingerprint of what it plots; another may make it ``live``.
    """

    line: int
    section: str
    alt: str
    end: int
    data: str = ""
    data_line: int = 0
    live: Live | None = None


@dataclass
class Page:
    """A page as written. ``problems`` are those that need no run to be seen.

    ``owned`` counts the numbers outside code and outputs by who answers for them.

    A page with faulty code blocks is not ``runnable``: what it would print is not what it means. One that would be
    published otherwise than it looks is not ``readable``: nothing more is asked of it.
    """

    file: str
    lines: list[str]
    regions: list[Region] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    predictions: list[Prediction] = field(default_factory=list)
    formulas: Any = None  # parse.formulas.Formulas
    problems: list[Problem] = field(default_factory=list)
    owned: Counter[str] = field(default_factory=Counter)
    runnable: bool = True
    readable: bool = True

    @property
    def is_notebook(self) -> bool:
        """Whether this is a practice notebook: its code stands in the page, and its outputs nowhere."""
        return self.file.startswith(course.NOTEBOOKS)

    @property
    def title(self) -> str:
        """The first heading of the page, as it is read: without the marks of Markdown; empty if there is none."""
        heading = next(self.of(Kind.HEADING, "#"), None)
        return "" if heading is None else "".join(sign for sign in heading.text if sign not in "*`")

    @property
    def live(self) -> list[Live]:
        return [figure.live for figure in self.figures if figure.live]

    @cached_property
    def code(self) -> str:
        """All that the blocks hold and print."""
        return "\n".join(block.section.code + (block.expected or "") for block in self.blocks)

    def of(self, kind: Kind, name: str = "") -> Iterator[Region]:
        """The regions of a kind, in order; only those of that ``name``, if one is given."""
        return (each for each in self.regions if each.kind is kind and name in ("", each.name))

    def depth(self, line: int) -> int:
        """How many pieces (``///``) are open at a line."""
        before = [each.kind for each in self.regions if each.line < line]
        return before.count(Kind.OPENER) - before.count(Kind.CLOSER)

    @cached_property
    def _offsets(self) -> list[int]:
        return [0, *accumulate(len(line) + 1 for line in self.lines)]

    def offset(self, line: int) -> int:
        """Where a line starts in the text of the page."""
        return self._offsets[line - 1]

    def line_at(self, offset: int) -> int:
        """The line that holds a place in the text of the page."""
        return bisect_right(self._offsets, offset)

    def complain(self, line: int, what: str, detail: str = "", fix: str = "") -> None:
        self.problems.append(Problem(self.file, line, what, detail, fix))
