r"""Break every checked formula of the site in every small way, and see whether the check notices.

``python -m tests.formula_mutants [page …]`` prints one JSON line per page: how many mutants, and each survivor
as ``[line, formula, mutant]``. A lesson is run once, in this process, without its figures; each mutant is
then read, computed and checked as a page that holds it would be.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nabla import formulas, numerals, symbols
from nabla.agreement import check_formula
from nabla.formulas import Formula
from nabla.page import Page
from nabla.project import Project
from nabla.runner import Run

_PAIRS = {
    "m": "b",
    "b": "m",
    "x": "y",
    "y": "x",
    "i": "j",
    "w": "b",
    "+": "-",
    "-": "+",
    r"\min": r"\max",
    "z": "a",
    "a": "z",
}
_ATOM = re.compile(
    r"(?:\\(?:hat|bar)\s*)?(?:\\(?:alpha|sigma|varphi)\b|(?<![\\a-zA-Z])[a-zA-Z](?![a-zA-Z{])|\d*\.\d+|\d+)"
    r"(?:_(?:\{[^{}]*\}|\w))?(?:\^(?:\{[^{}]*\}|\w|\\top))?"
)


def mutants(formula: str) -> Iterator[str]:
    """The formula with one digit, sign, letter, factor, sum or fraction changed, each once."""
    seen = {formula}
    for mutant in _mutants(formula):
        if mutant.strip() and mutant not in seen:
            seen.add(mutant)
            yield mutant


def _mutants(formula: str) -> Iterator[str]:
    spaces = [
        match.span()
        for match in re.finditer(r"\\\\\s*\[[^\]]*\]|\\begin\{\w+\}|\\end\{\w+\}|\\text\{[^{}]*\}", formula)
    ]

    def is_code(place: int) -> bool:
        return not any(start <= place < end for start, end in spaces)

    def put(start: int, end: int, text: str) -> str:
        return formula[:start] + text + formula[end:]

    for match in re.finditer(r"\d", formula):
        if is_code(match.start()):
            yield put(*match.span(), str((int(match[0]) + 1) % 10))
    for match in re.finditer(r"[-+]|\\min|(?<![\\a-zA-Z])[a-zA-Z](?![a-zA-Z{])", formula):
        if is_code(match.start()) and match[0] in _PAIRS:
            yield put(*match.span(), _PAIRS[match[0]])
    for match in _ATOM.finditer(formula):
        if is_code(match.start()) and not formula[: match.start()].rstrip().endswith(
            ("_", "^", "_{", r"\partial", "d")
        ):
            yield re.sub(r"(?:\\cdot\s*)?\0(?:(?<=\\cdot)\s*\0)?", "", put(*match.span(), "\0")).replace(
                r"( \cdot", "("
            )
    for match in re.finditer(r"\\sum_(?:\{[^{}]*\}|\w)|\\[dt]?frac\{1\}\{n\}|\^\\top", formula):
        yield put(*match.span(), "")
    for match in re.finditer(r"\\([dt]?frac)\{([^{}]*)\}\{([^{}]*)\}", formula):
        if "partial" not in match[2] and not match[2].startswith("d"):
            yield put(*match.span(), rf"\{match[1]}{{{match[3]}}}{{{match[2]}}}")


# What the rest of a page may not be asked: formulas, and comments that count them.
_HIDDEN = re.compile(r"<!--\s*fórmulas.*?-->|\$\$.+?\$\$|(?<![\\$])\$(?:[^$\n]|\n(?!\s*\n))+?\$", re.DOTALL)


class Lesson:
    """A page, its run, and the namespace that its code leaves: all it takes to check a changed formula."""

    def __init__(self, page: Page, run: Run) -> None:
        self.page, self.run = page, run
        self.text = "\n".join(page.lines)
        self.namespace: dict[str, Any] = {"__name__": "__main__"}
        self.given: dict[str, Any] = {}
        self.blanked = _HIDDEN.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), self.text)
        relations = [relation.formula for relation in page.formulas.relations if relation.formula]
        self.formulas = sorted({*relations, *page.formulas.quoted}, key=lambda formula: formula.start)
        self.quotable = list(dict.fromkeys(relations))
        for index, block in enumerate(page.blocks):
            with (
                contextlib.redirect_stdout(io.StringIO()),
                contextlib.suppress(Exception if block.failure else ()),
            ):
                exec(compile(block.section.code, block.section.name, "exec"), self.namespace)
            if "plt" in self.namespace:
                self.namespace["plt"].close("all")
            for after, expressions in page.formulas.values:
                if after == index:
                    given = symbols.given(expressions, self.namespace)
                    self.given[json.dumps([after, expressions])] = given

    def survivors(self) -> tuple[int, list[tuple[int, str, str]]]:
        count, left = 0, []
        for formula in self.formulas:
            for mutant in mutants(formula.latex):
                count += 1
                if not self.caught(formula, mutant):
                    line = self.text.count("\n", 0, formula.start) + 1
                    left.append((line, " ".join(formula.latex.split()), " ".join(mutant.split())))
        return count, left

    def caught(self, formula: Formula, mutant: str) -> bool:
        """Whether the page with the mutant in the place of the formula has a problem."""
        start = max((match.end() for match in re.finditer(r"\n\s*\n", self.text[: formula.start])), default=0)
        end = next(
            (match.start() for match in re.finditer(r"\n\s*\n", self.text) if match.start() >= formula.end),
            None,
        )
        end = len(self.text) if end is None else end
        text = self.text[start : formula.start] + mutant + self.text[formula.end : end]
        page = Page(
            self.page.file, (self.blanked[:start] + text).split("\n"), self.page.fences, self.page.blocks
        )
        page.formulas = formulas.read(page, [span for span in self.quotable if not start <= span.start < end])
        if page.problems:
            return True
        job = formulas.job(page)
        job["chains"] = [
            chain
            for chain, relation in zip(job["chains"], page.formulas.relations, strict=True)
            if relation.formula
        ]
        page.formulas.relations = [relation for relation in page.formulas.relations if relation.formula]
        values = [self.given.get(json.dumps([*each]), "nunca se calculó") for each in page.formulas.values]
        run = Run((), (), tuple(symbols.evaluate(job, self.namespace, values)), False)
        return any(check_formula(page, run, index) for index in range(len(job["chains"]))) or self._claimed(
            formula, mutant
        )

    def _claimed(self, formula: Formula, mutant: str) -> bool:
        """Whether the comment «cifras» of the paragraph sees the change."""
        line = self.text.count("\n", 0, formula.start) + 1
        for index, claim in enumerate(self.page.claims):
            paragraph = claim.paragraph
            if not paragraph.line <= line < paragraph.line + len(paragraph.lines):
                continue
            changed = paragraph.text.replace(formula.latex, mutant, 1)
            numbers = numerals.find(changed)
            if len(numbers) != len(claim.expressions):
                return True
            values = self.run.values[index] or ()
            return any(
                value is not None and not number.shows(value)
                for number, value in zip(numbers, values, strict=True)
            )
        return False


def main() -> None:
    warnings.simplefilter("ignore")
    sys.path.insert(0, str(Path("snippets").resolve()))
    project = Project.load(Path.cwd())
    runs = project.run()
    for file in sys.argv[1:] or project.pages:
        count, left = Lesson(project.pages[file], runs[file]).survivors()
        print(json.dumps({"page": file, "mutants": count, "survivors": left}, ensure_ascii=False), flush=True)


if __name__ == "__main__":
    main()
