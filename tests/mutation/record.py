"""What became of every mutant of every page, committed in ``record/``: one file a page, so that none conflicts.

The key of an attack is the hash of what stands in the page, in its code, in the tests of its derivatives and in
the lists of equivalents for it. Machine and Python are not in it: a mutant's fate is a matter of the lesson.

The judge has a hash of its own: a commit to the checker must not renew the record of every page. Of pages that
another judge has attacked, those mutants which are tried again must be noticed, though not in the same way (``campaign``).
"""

from __future__ import annotations

import ast
import dataclasses
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from nabla.check.project import Project
from nabla.model import course
from nabla.model.page import Page
from nabla.run import keys
from tests.mutation import equivalent, pages, runs
from tests.mutation.command import ROOT

FOLDER = Path(course.RECORD)  # of each project
# The page that tells of the attacks is attacked as a whole each time, and neither counted nor recorded: the build
# writes its numbers from the record.
UNRECORDED = "docs/garantia.md"
_WIDTH = 100
# With all that they import, what tells a right page from a wrong one. What only stores results is left out.
_JUDGES = {
    "texts": "import tests.mutation.pages",
    "code": "import tests.mutation.runs, tests.mutation.operators",
}
_STORES = ("nabla/cache/", "nabla/run/runner.py", "nabla/run/keys.py", "tests/mutation/command.py")
# Libraries that decide what a lesson computes, and what its formulas come to.
_LIBRARIES = re.compile(r"^(?:torch|numpy|matplotlib)==\S+", re.MULTILINE)
# What tells a changed lesson from the right one (``runs.KINDS``), in the page's words.
FATES = {
    "crash": "el programa se para",
    "error": "otro error que el anunciado",
    "output": "otra salida",
    "figure": "otra figura",
    "number": "otro número en el texto",
    "derivative": "otra derivada",
    "timeout": "el programa no acaba",
    runs.RULED: "nada que se vea",
    "survived": "nada que se vea",
}
_LETTERS = {kind: kind[0] for kind in FATES}


@dataclass(frozen=True)
class Attack:
    """An attack on a page: the fate of each mutant, a letter each, by its number; and what it counted."""

    key: str
    judge: str
    fates: str
    counts: dict[str, dict[str, int]]

    def same_fates(self, other: dict[int, str]) -> list[int]:
        """The numbers of those mutants whose fate is another than in ``other``."""
        return [number for number, fate in other.items() if self.fates[number : number + 1] != fate]


def of_text(root: Path, page: Page, report: pages.Report) -> Attack:
    fates = "".join(report.fates[number] for number in range(report.mutants))
    counted = {
        "páginas": 1,
        "números": report.numbers,
        "fórmulas": report.formulas,
        "cambios": report.mutants,
        "notados": report.caught,
    }
    counts = {"texts": counted, "allowed": dict(sorted(report.allowed.items()))}
    return Attack(key_of_text(root, page), judge("texts"), fates, counts)


def of_code(root: Path, page: Page, found: dict[int, runs.Outcome]) -> Attack:
    kinds = [found[number].kind for number in range(len(found))]
    counted = Counter(FATES[kind] for kind in kinds)
    counts = {"code": {said: counted[said] for said in dict.fromkeys(FATES.values()) if counted[said]}}
    return Attack(key_of_code(root, page), judge("code"), "".join(map(letter, kinds)), counts)


def letter(kind: str) -> str:
    return _LETTERS[kind]


def load(root: Path, page: str, kind: str) -> Attack | None:
    """What is recorded of a page's ``texts`` or ``code``; None if nothing is."""
    stored = _read(_file(root, page)).get(kind)
    return stored and Attack(**stored | {"fates": "".join(stored["fates"])})


def store(root: Path, page: str, kind: str, attack: Attack) -> None:
    """Record an attack; the folder holds one file a page, and no other."""
    stored = dataclasses.asdict(attack)
    stored["fates"] = [attack.fates[at : at + _WIDTH] for at in range(0, len(attack.fates), _WIDTH)]
    file = _file(root, page)
    whole = _read(file) | {kind: stored}
    file.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(dict(sorted(whole.items())), ensure_ascii=False, indent=1)
    file.write_text(f"{text}\n", "utf-8")


def strangers(root: Path, known: Iterable[str]) -> list[Path]:
    """The files of the record that belong to none of these pages."""
    return sorted(set((root / FOLDER).glob("*")) - {_file(root, page) for page in known})


def key_of_text(root: Path, page: Page) -> str:
    text = "\n".join(page.lines)
    spaceless = " ".join(text.split())
    allowed = [entry for entry in pages.equivalents() if " ".join(entry["right"].split()) in spaceless]
    return _hash([text, _code(root, page), allowed])


def key_of_code(root: Path, page: Page) -> str:
    published = [
        *(block.expected for block in page.blocks),
        *((block.failure.error, block.failure.words) for block in page.blocks if block.failure),
        *(
            [[numeral.text for numeral in claim.numerals], claim.expressions, claim.block]
            for claim in page.claims
        ),
        *((figure.section, str(figure.data)) for figure in page.figures),
    ]
    tests = runs.judge_of(page)
    derivatives = _said(tests.read_text("utf-8")) if tests.exists() else []
    sections = {runs.name_of(block) for block in page.blocks}
    listed = sorted(
        [section, mutant] for section, mutant, _ in equivalent.equivalents() if section in sections
    )
    return _hash([_code(root, page), published, derivatives, listed])


def _code(root: Path, page: Page) -> list[Any]:
    code = [block.section.code for block in page.blocks]
    return [code, [bool(block.failure) for block in page.blocks], keys.modules_of_project(root, code)]


@cache
def judge(kind: str) -> str:
    """The hash of the code that judges, of which only what is done counts, and of the libraries behind it."""
    files = keys.modules_of_project(ROOT, [_JUDGES[kind]])
    code = {file: _said((ROOT / file).read_text("utf-8")) for file in files if not file.startswith(_STORES)}
    return _hash([code, _LIBRARIES.findall((ROOT / "requirements.txt").read_text("utf-8"))])


def _said(source: str) -> list[str]:
    """The lines of a module that do something: no blank ones, comments or docstrings."""
    idle = {
        number
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and ast.get_docstring(node, clean=False)
        for number in range(node.body[0].lineno, node.body[0].end_lineno + 1)
    }
    return [
        line
        for number, line in enumerate(source.splitlines(), 1)
        if number not in idle and line.strip() and not line.lstrip().startswith("#")
    ]


def _hash(material: Any) -> str:
    return hashlib.sha256(json.dumps(material, ensure_ascii=False).encode()).hexdigest()[:32]


def _read(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text("utf-8")) if file.exists() else {}


def _file(root: Path, page: str) -> Path:
    return root / FOLDER / f"{page.removeprefix('docs/').removesuffix('.md').replace('/', '-')}.json"


def attacked(project: Project, kind: str) -> list[str]:
    """The pages of a project that an attack of this kind is for.

    Practice notebooks publish no output with which changed code could be compared: there, each task is given
    wrong answers, which its check must tell from the right one (``tests/notebooks``).
    """
    every = project.pages.items()
    return [file for file, page in every if kind == "texts" or (page.blocks and not page.is_notebook)]
