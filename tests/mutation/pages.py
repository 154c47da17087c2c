"""Mutation of pages: ``python -m tests.mutation.pages [page …] [--json]``.

Each number that a reader sees is changed, one at a time, and the page is asked whether it is still right;
it must not be, at that very line. The run of the lesson is the cached one: only the comparison repeats.

The numbers are found here by another way than the check's, so that a blind spot of one is not one of both:
every digit outside code blocks, comments, link targets and attributes.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import zip_longest
from pathlib import Path
from typing import Any

from nabla import owners
from nabla.check import check_page
from nabla.formulas import Relation
from nabla.owners import IN_ORDER
from nabla.page import Page, parse
from nabla.problem import report
from nabla.project import Project
from nabla.runner import Run

# Delete it when formulas are checked; until then a survivor in one is counted apart.
UNCHECKED_FORMULA = "fórmula sin comprobar"
# Each change of these is computed anew, and must be noticed, in ``tests.formula_mutants``.
CHECKED_FORMULA = "fórmula comprobada"

_UNSEEN = re.compile(
    r"""
    \A---\n.*?\n---\n                    # the front matter; what a reader meets of it is put back
  | <!--.*?-->
  | ^[ ]*```python\n.*?^[ ]*```$         # code comes from the snippets
  | ^[ ]*/{3,}[ ]*html[ ]*\|[^\n]*$          # classes
  | ^[ ]{4,}type:[^\n]*$
  | ^[ ]*```\w*$
  | </?[a-zA-Z][^<>]*>
  | \]\([^()\s]*(?:\s"[^"]*")?\)
  | \{:?\ ?[#.][a-zA-Z][^{}]*\}
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL,
)
_SEEN_OF_FRONT_MATTER = re.compile(r"^(?:title|description):(.*)$", re.MULTILINE)
_NOT_SEEN_OF_LATEX = re.compile(r"\\\\\[[^\]]*\]|\\[hv]space\*?\{[^}]*\}")
_NUMBER = re.compile(r"\d+(?:\.\d+)*|\.\d+")
_MATHS = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)


@dataclass(frozen=True)
class Mutant:
    """One change: the text from ``start`` to ``end`` of the page becomes ``new``."""

    start: int
    end: int
    new: str

    def apply(self, text: str) -> str:
        return text[: self.start] + self.new + text[self.end :]


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


@dataclass
class Report:
    """What became of the mutants of a page. ``owned``: who answers for the numbers outside outputs."""

    file: str
    numbers: int = 0
    mutants: int = 0
    caught: int = 0
    owned: Counter[str] = field(default_factory=Counter)
    allowed: Counter[str] = field(default_factory=Counter)
    survivors: list[Survivor] = field(default_factory=list)


def seen(text: str) -> list[re.Match[str]]:
    """The numbers of a page that a reader sees."""
    visible = _UNSEEN.sub(_blank, text)
    if text.startswith("---\n"):
        for match in _SEEN_OF_FRONT_MATTER.finditer(text, 0, text.index("\n---\n")):
            visible = visible[: match.start(1)] + match[1] + visible[match.end(1) :]
    for match in _MATHS.finditer(visible):
        formula = _NOT_SEEN_OF_LATEX.sub(_blank, match[0])
        visible = visible[: match.start()] + formula + visible[match.end() :]
    return list(_NUMBER.finditer(visible))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def mutants(text: str) -> Iterator[Mutant]:
    """Each number with its last digit changed, its first, its sign, and its place taken by the next one's."""
    numbers = seen(text)
    for number, following in zip_longest(numbers, numbers[1:]):
        start, end = number.span()
        first = next(place for place in range(start, end) if text[place].isdigit())
        yield Mutant(end - 1, end, _other_digit(text[end - 1]))
        if first != end - 1:
            yield Mutant(first, first + 1, _other_digit(text[first]))
        before = text[max(0, start - 2) : start]
        if re.search(r"(?:^|[^\w)\]}])[-−]$", before):
            yield Mutant(start - 1, start, "")
        elif not re.search(r"[\w.\-−]$", before):
            yield Mutant(start, start, "-")
        if following and following[0] != number[0] and "\n\n" not in text[end : following.start()]:
            between = text[end : following.start()]
            yield Mutant(start, following.end(), following[0] + between + number[0])


def _content(relation: Relation) -> Relation:
    """A relation wherever it stands."""
    return dataclasses.replace(relation, line=0, formula=None)


def _other_digit(digit: str) -> str:
    return str((int(digit) + 1) % 10)


class Attack:
    """The mutants of one page against the checks of the project."""

    def __init__(self, project: Project, run: Run | None, file: str) -> None:
        self.project = project
        self.file = file
        self.page = project.pages[file]
        self.text = (project.root / file).read_text("utf-8")
        self.run = run
        # A mutant may cost a claim; the values of the others stay those of their lines.
        self.values = {
            claim.line: values
            for claim, values in zip(self.page.claims, run.values if run else (), strict=True)
        }

    def report(self) -> Report:
        if problems := check_page(self.page, self.run):
            raise ValueError(f"a wrong page cannot be attacked: {report(problems)}")
        result = Report(self.file, numbers=len(seen(self.text)), owned=self.page.owned)
        for mutant in mutants(self.text):
            result.mutants += 1
            if self.catches(mutant):
                result.caught += 1
                continue
            survivor = self._survivor(mutant)
            if survivor.reason:
                result.allowed[survivor.reason] += 1
            if survivor.reason in ("", UNCHECKED_FORMULA):
                result.survivors.append(survivor)
        return result

    def catches(self, mutant: Mutant) -> bool:
        """Whether the check finds a problem at the mutant's line.

        A wrong output is reported at its opening fence, a claim that no longer fits its paragraph at the
        claim's own line.
        """
        page = parse(self.file, mutant.apply(self.text), self.project.sections)
        run = self.run
        if run:
            values = tuple(self.values[claim.line] for claim in page.claims)
            run = dataclasses.replace(run, values=values, formulas=self._answers(page))
        lines = {problem.line for problem in check_page(page, run) if problem.file == self.file}
        return not lines.isdisjoint(self._places(mutant))

    def _answers(self, page: Page) -> tuple[dict[str, Any], ...]:
        """What the run computed for the formulas of a mutant page, which loses those that it did not."""
        known = {
            _content(each): answer
            for each, answer in zip(self.page.formulas.relations, self.run.formulas, strict=True)
        }
        page.formulas.relations = [each for each in page.formulas.relations if _content(each) in known]
        return tuple(known[_content(each)] for each in page.formulas.relations)

    def _places(self, mutant: Mutant) -> set[int]:
        first, last = (self._line(place) for place in (mutant.start, mutant.end))
        places = set(range(first, last + 1))
        for block in self.page.blocks:
            if (fence := block.output_fence) and fence.start < first < fence.end:
                places = {fence.start}
        for claim in self.page.claims:
            if claim.paragraph.line <= first < claim.paragraph.line + len(claim.paragraph.lines):
                places.add(claim.line)
        return places

    def _line(self, place: int) -> int:
        return self.text.count("\n", 0, place) + 1

    @cached_property
    def _maths(self) -> list[tuple[int, int]]:
        return [match.span() for match in _MATHS.finditer(_UNSEEN.sub(_blank, self.text))]

    def _survivor(self, mutant: Mutant) -> Survivor:
        text = mutant.apply(self.text)
        start = text.rfind("\n\n", 0, mutant.start) + 2
        paragraph = text[start : text.find("\n\n", mutant.start)]
        reason = owners.read(self.file, self.page.code, paragraph).reason(mutant.start - start) or ""
        if reason == IN_ORDER:  # a check of its own answers for these
            reason = ""
        if not reason and any(first <= mutant.start < last for first, last in self.page.formulas.owned):
            reason = CHECKED_FORMULA
        if not reason and any(first <= mutant.start < last for first, last in self._maths):
            reason = UNCHECKED_FORMULA
        first, last = (max(0, mutant.start - 12), mutant.end + 12)
        before = self.text[first:last]
        after = self.text[first : mutant.start] + mutant.new + self.text[mutant.end : last]
        before, after = (" ".join(text.split()) for text in (before, after))
        return Survivor(self.file, self._line(mutant.start), before, after, reason)


class Campaign:
    """The attack on several pages (all if none is named), shared among processes."""

    def __init__(self, root: Path, files: list[str] | None = None) -> None:
        pages = loaded(root)[0].pages  # runs what is due, once, before the processes start
        self.files = sorted(files or pages, key=lambda file: -len(pages[file].lines))  # the long ones first
        self._pool = ProcessPoolExecutor()
        self._reports = {file: self._pool.submit(_attack, root, file) for file in self.files}

    def report(self, file: str) -> Report:
        """The report of a page, once its attack is over."""
        return self._reports[file].result()


@cache
def loaded(root: Path) -> tuple[Project, dict[str, Run]]:
    project = Project.load(root)
    return project, project.run()


def _attack(root: Path, file: str) -> Report:
    project, runs = loaded(root)
    return Attack(project, runs.get(file), file).report()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation.pages", description=__doc__)
    parser.add_argument("pages", nargs="*", help="docs/lecciones/punto.md, for example; all if none")
    parser.add_argument("--json", action="store_true", help="print the reports as JSON")
    arguments = parser.parse_args()
    campaign = Campaign(Path.cwd(), arguments.pages)
    reports = [campaign.report(file) for file in campaign.files]
    if arguments.json:
        print(json.dumps([dataclasses.asdict(report) for report in reports], ensure_ascii=False, indent=1))
    else:
        for report in reports:
            print(*report.survivors, sep="\n", end="\n" if report.survivors else "")
        for report in sorted(reports, key=lambda report: report.file):
            print(
                f"{report.file}: {report.numbers} numbers, {report.mutants} mutants, {report.caught} caught,"
                f" {len(report.survivors)} survive; {dict(report.allowed)}; {dict(report.owned)}"
            )
    return int(any(report.survivors for report in reports))


if __name__ == "__main__":
    sys.exit(main())
