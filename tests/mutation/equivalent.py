"""The mutants that change nothing a reader could meet, listed in ``equivalent.toml`` with the reason."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from tests.mutation.runs import Outcome

LIST = Path(__file__).with_suffix(".toml")


def equivalents() -> list[tuple[str, str, str]]:
    """Section, mutant and reason of each mutant listed."""
    sections = tomllib.loads(LIST.read_text("utf-8"))
    return [
        (section, mutant, reason)
        for section, reasons in sections.items()
        for reason, mutants in reasons.items()
        for mutant in mutants
    ]


def faults(found: Iterable[Outcome], whole: bool = True) -> list[str]:
    """Survivors that the list does not name; and, if every mutant of their pages was tried (``whole``), entries
    of the list that did not survive, or stand twice."""
    found = list(found)
    survived = {(each.section, each.mutant): each.line for each in found if each.kind == "survived"}
    listed = Counter((section, mutant) for section, mutant, _ in equivalents())
    seen = {each.section for each in found}
    missed = [
        f"snippets/{section.partition(':')[0]}.py:{line}: [{section}] survived: {mutant}"
        for (section, mutant), line in survived.items()
        if (section, mutant) not in listed
    ]
    stale = [
        f"{LIST.name}: [{section}] {mutant}: did not survive, or is no mutant"
        for section, mutant in sorted(listed.keys() - survived.keys())
        if section in seen
    ]
    twice = [
        f"{LIST.name}: [{section}] {mutant}: listed twice"
        for (section, mutant), times in sorted(listed.items())
        if times > 1 and section in seen
    ]
    return missed + (stale + twice) * whole
