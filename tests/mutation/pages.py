"""Mutation of a page's text.

Each number that a reader sees and each formula is changed, one small fault at a time, and the page is asked
whether it is still right; it must not be, at that very line. A changed formula is read and computed as a page
that holds it would have it, in the namespace that the lesson's code leaves.
"""

from __future__ import annotations

import bisect
import dataclasses
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from nabla.check.check import check_page
from nabla.check.project import Project
from nabla.model.problem import report
from nabla.parse import provenance, regions
from nabla.parse.formulas import Formula
from nabla.parse.page import parse
from nabla.parse.provenance import IN_ORDER
from nabla.run.runner import Run
from tests.mutation import maths, numbers
from tests.mutation.mutant import Mutant

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_START = re.compile(r"\A|(?<=\n)[^\S\n]*\n(?=[^\n]*\S)")
# A paragraph ends where an empty line follows it, and no comment on it.
_END = re.compile(r"\n(?=\s*\n(?!\s*<!--))|\Z")
_FENCE = r"^[ ]*```.*?^[ ]*```[ ]*$"
_FLAGS = re.MULTILINE | re.DOTALL
# What a paragraph takes from the rest of its page: code and its output; and what stands before it of the pieces
# and comments that say what symbols are.
_CODE = re.compile(rf"{_FENCE}|<!--\s*(?:falla|pytest-codeblocks)\b.*?-->", _FLAGS)
_CONTEXT = re.compile(rf"{_CODE.pattern}|<!--\s*símbolos\b.*?-->|^[ ]*/{{3,}}[^\n]*$", _FLAGS)
# A formula that only names something, or several things; and «x = 7», which gives a name to a number.
_NAME = (
    r"(?:(?:\\(?:hat|bar|Delta)|\\nabla(?:_\w)?)\s*)?d?(?:\\[a-zA-Z]+|[a-zA-Z])"
    r"(?:_(?:\w|\{[\w, ]+\}))?'*(?:\([a-z]\)|\^\\top)?"
    r"|\\?d?frac\{(?:\\partial|d)[^{}]*\}\{[^{}]*\}|(?:\\partial |d)[^/{}]+/(?:\\partial |d)[^/{}=]+"
)
_NAMES = re.compile(
    rf"(?:[(|]|\\lvert\s*)?(?:{_NAME})(?:(?:,[\s\\]*|\s*\\in\s*)(?:{_NAME}))*(?:[)|]|\s*\\rvert)?"
)
_NAMED = re.compile(
    rf"(?:{_NAME})(\s*(?:[=<>]|\\(?:approx|leq?|geq?)\b)[^a-zA-Z]*(?:\\(?:cdot|approx)\b[^a-zA-Z]*)*)"
)
EXCUSED = "la página dice por qué nada calcula la fórmula"
NAME = "un nombre no afirma nada: qué nombra lo dicen las palabras que lo rodean"
CAUGHT, ALLOWED = "c", "a"
EQUIVALENT = Path(__file__).with_name("pages.toml")


@dataclass(frozen=True)
class Survivor:
    """A mutant that no check caught at its line, and the reason if there is one."""

    file: str
    line: int
    before: str
    after: str
    reason: str

    def __str__(self) -> str:
        reason = self.reason or "nadie lo comprueba"
        return f"{self.file}:{self.line}: «{self.before}» → «{self.after}»: {reason}"


@dataclass(frozen=True)
class Neighbourhood:
    """A part of a page, what else must be read to judge it, and the lines that are faulty when only that is."""

    start: int
    end: int
    before: str
    after: str
    faults: set[int]


@dataclass
class Report:
    """What became of the mutants of a page, and of each by its number.

    ``owned``: who answers for the numbers outside outputs.
    """

    file: str
    numbers: int = 0
    formulas: int = 0
    mutants: int = 0
    caught: int = 0
    owned: Counter[str] = field(default_factory=Counter)
    allowed: Counter[str] = field(default_factory=Counter)
    survivors: list[Survivor] = field(default_factory=list)
    fates: dict[int, str] = field(default_factory=dict)


class Attack:
    """The mutants of one page against the checks of the project."""

    def __init__(self, project: Project, run: Run | None, file: str) -> None:
        self.project = project
        self.file = file
        self.page = project.pages[file]
        self.text = "\n".join(self.page.lines) + "\n"
        self.run = run
        # A mutant may cost a claim; the values of the others stay those of their lines.
        self.values = {
            claim.line: values
            for claim, values in zip(self.page.claims, run.values if run else (), strict=True)
        }
        self.live = {
            live.line: answer for live, answer in zip(self.page.live, run.live if run else (), strict=True)
        }
        self.names = [each for each in self.page.formulas.spans if _NAMES.fullmatch(each.latex.strip())]
        self.formulas = [each for each in self.page.formulas.spans if each not in self.names]
        self.checked = [each.formula for each in self.page.formulas.relations if each.formula]
        self.starts = [match.end() for match in _START.finditer(self.text)]
        self.fences = [match.span() for match in re.finditer(_FENCE, self.text, _FLAGS)]
        self._near: dict[tuple[int, int], Neighbourhood] = {}
        if run and self.formulas:
            from tests.mutation.answers import Answers  # imports torch

            self.answers = Answers(project.root, self.page, run)

    def report(self, wanted: range | frozenset[int] | None = None) -> Report:
        """What becomes of the page's mutants, or of those that have these numbers."""
        if problems := check_page(self.page, self.run):
            raise ValueError(f"a wrong page cannot be attacked: {report(problems)}")
        result = Report(self.file, len(numbers.seen(self.text)), len(self.formulas), owned=self.page.owned)
        for number, mutant in enumerate(self.mutants()):
            if wanted is not None and number not in wanted:
                continue
            result.mutants += 1
            if self.catches(mutant):
                result.caught += 1
                result.fates[number] = CAUGHT
            elif (survivor := self._survivor(mutant)).reason:
                result.allowed[survivor.reason] += 1
                result.fates[number] = ALLOWED
            else:
                result.survivors.append(survivor)
        return result

    def mutants(self) -> Iterator[Mutant]:
        """The mutants of the page's numbers and formulas, each once."""
        seen = {hash(self.text)}
        sources = [numbers.mutants(self.text)]
        sources += [maths.mutants(formula.latex, formula.start) for formula in self.formulas]
        for source in sources:
            for mutant in source:
                if (text := hash(mutant.apply(self.text))) not in seen:
                    seen.add(text)
                    yield mutant

    def catches(self, mutant: Mutant) -> bool:
        """Whether the check finds a problem at the mutant's lines.

        First only its neighbourhood is read, which has no problem there as it stands; then, if need be, the page.
        """
        places = self.places(mutant)
        near = self._neighbourhood(mutant)
        if near.faults.isdisjoint(places):
            text = near.before + mutant.apply(self.text, near.start, near.end) + near.after
            if not places.isdisjoint(self.faults(text, near.start, near.end)):
                return True
        return not places.isdisjoint(self.faults(mutant.apply(self.text)))

    def faults(self, text: str, start: int = 0, end: int = 0) -> set[int]:
        """The lines of a text's problems; it holds all of the page, or what stands from ``start`` to ``end``."""
        elsewhere = [formula for formula in self.checked if end and not start <= formula.start < end]
        page = parse(self.file, text, self.project.sections, elsewhere)
        if not page.readable:  # refused as a whole, at what a change made of the lines behind it
            return set(range(1, max(problem.line for problem in page.problems) + 1))
        run = self.run
        if run:
            values = tuple(self.values[claim.line] for claim in page.claims)
            answers = self.answers.of(page) if page.formulas.relations else ()
            live = tuple(self.live[each.line] for each in page.live)
            run = dataclasses.replace(run, values=values, formulas=answers, live=live)
        return {problem.line for problem in check_page(page, run) if problem.file == self.file}

    def _neighbourhood(self, mutant: Mutant) -> Neighbourhood:
        start, end = self._paragraph(mutant)
        if (start, end) not in self._near:
            before = _only(_CODE if (start, end) in self.fences else _CONTEXT, self.text, 0, start)
            after = _only(_CODE, self.text, end, len(self.text))
            faults = self.faults(before + self.text[start:end] + after, start, end)
            self._near[start, end] = Neighbourhood(start, end, before, after, faults)
        return self._near[start, end]

    def _paragraph(self, mutant: Mutant) -> tuple[int, int]:
        """From the start of the mutant's paragraph to the end of the comments that follow it; or its output."""
        for first, last in self.fences:
            if first < mutant.start < last:
                return first, last
        start = self.starts[bisect.bisect_right(self.starts, mutant.start) - 1]
        match = _END.search(self.text, mutant.end)
        assert match is not None
        end = match.start()
        for first, last in self.fences:  # a fence is whole or not there
            if first < start < last or first < end < last:
                start, end = min(first, start), max(last, end)
        return start, end

    def places(self, mutant: Mutant) -> set[int]:
        """Where a problem may be reported that the mutant gives.

        A wrong output is reported at its opening fence, a formula at any of its lines, a claim that no longer fits
        its paragraph at the claim's own line, and so with the comment «fórmulas».
        """
        first, last = self._line(mutant.start), self._line(mutant.end)
        places = set(range(first, last + 1))
        for block in self.page.blocks:
            if (fence := block.output_fence) and fence.start < first < fence.end:
                places = {fence.start}
        for claim in self.page.claims:
            if claim.paragraph.line <= first < claim.paragraph.line + len(claim.paragraph.lines):
                places.add(claim.line)
        if formula := self._formula(mutant.start, mutant.end):
            places |= set(range(self._line(formula.start), self._line(formula.end) + 1))
            comments = _COMMENT.finditer(self.text, formula.end, self._neighbourhood(mutant).end)
            places |= {self._line(comment.start()) for comment in comments}
        return places

    def _formula(self, start: int, end: int) -> Formula | None:
        spans = self.page.formulas.spans
        return next((each for each in spans if each.start <= start and end <= each.end), None)

    def _line(self, place: int) -> int:
        return self.text.count("\n", 0, place) + 1

    def _survivor(self, mutant: Mutant) -> Survivor:
        text = mutant.apply(self.text)
        start = text.rfind("\n\n", 0, mutant.start) + 2
        paragraph = text[start : text.find("\n\n", mutant.start)]
        reason = _reason(self.file, self.page.code, paragraph, mutant.start - start)
        if reason == IN_ORDER:  # a check of its own answers for these
            reason = ""
        formula = self._formula(mutant.start, mutant.end)
        if formula in [excuse.formula for excuse in self.page.formulas.excused]:
            reason = EXCUSED
        if all(self._formula(place, place + 1) in self.names for place in (mutant.start, mutant.end - 1)):
            reason = NAME
        first, last = max(0, mutant.start - 12), mutant.end + 12
        after = self.text[first : mutant.start] + mutant.new + self.text[mutant.end : last]
        before = self.text[first:last]
        if formula:
            before, after = formula.latex, text[formula.start : formula.end + len(text) - len(self.text)]
        before, after = (" ".join(text.split()) for text in (before, after))
        return Survivor(
            self.file, self._line(mutant.start), before, after, reason or _equivalent(before, after)
        )


def _reason(file: str, code: str, paragraph: str, place: int) -> str:
    return provenance.read(file, code, paragraph, regions.spans(paragraph)).reason(place) or ""


def _only(pattern: re.Pattern[str], text: str, start: int, end: int) -> str:
    """A part of a text with all but what the pattern finds taken from its lines."""
    parts, place = [], start
    for match in pattern.finditer(text, start, end):
        parts += ["\n" * text.count("\n", place, match.start()), match[0]]
        place = match.end()
    return "".join(parts) + "\n" * text.count("\n", place, end)


def _equivalent(before: str, after: str) -> str:
    """Why nobody can notice that a formula changed, if that is so."""
    if (right := _NAMED.fullmatch(before)) and (wrong := _NAMED.fullmatch(after)) and right[1] == wrong[1]:
        return NAME
    for entry in equivalents():
        if before.replace(entry["right"], entry["wrong"]) == after:
            return str(entry["reason"])
    return ""


@cache
def equivalents() -> list[dict[str, str]]:
    """The changes of formulas that no check can see."""
    return tomllib.loads(EQUIVALENT.read_text("utf-8"))["equivalent"]
