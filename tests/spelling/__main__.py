"""``python -m tests.spelling``: the words that neither the dictionary nor the project's list know."""

from __future__ import annotations

import re
import sys
import unicodedata
from itertools import chain
from pathlib import Path

from hunspell import Hunspell

from nabla.model.problem import Problem, report
from tests.spelling import prose

_HERE = Path(__file__).resolve().parent
_ROOT = _HERE.parent.parent
_LIST = _HERE / "words.txt"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def main() -> int:
    problems = check(_ROOT, _LIST.read_text("utf-8").splitlines())
    if problems:
        print(report(problems), file=sys.stderr)
    return 1 if problems else 0


def check(root: Path, allowed: list[str]) -> list[Problem]:
    """Every unknown word at its first place in each file, and what is wrong with the list of words."""
    dictionary = Hunspell("index", hunspell_data_dir=str(_HERE / "es"))
    problems = []
    used = set()
    for file, text in chain(prose.of_pages(root), prose.of_snippets(root), prose.of_messages(root)):
        for word in sorted(set(filter(_is_prose, _WORD.findall(text)))):
            if _known(dictionary, word):
                continue
            if listed := {word, word.lower()} & set(allowed):
                used |= listed
                continue
            problems.append(
                Problem(
                    file,
                    _line(root / file, word),
                    f"«{word}» no está en el diccionario",
                    fix="corrígela; si es inglés, ponla en cursiva; si es un nombre, entre `acentos` o en "
                    "tests/spelling/words.txt",
                )
            )
    list_name = _LIST.relative_to(_ROOT).as_posix()
    if allowed != sorted(set(allowed)):
        problems.append(
            Problem(list_name, 1, "la lista no está en orden", fix="ordénala con LC_ALL=C sort -u")
        )
    for word in set(allowed) - used:
        line = allowed.index(word) + 1
        problems.append(Problem(list_name, line, f"«{word}» sobra: nadie la usa", fix="quítala"))
    return problems


def _is_prose(word: str) -> bool:
    """Not a formula written in Unicode, such as x² or wᵀx."""
    return all(sign == "-" or unicodedata.category(sign) in ("Ll", "Lu") for sign in word)


def _known(dictionary: Hunspell, word: str) -> bool:
    """Known as written, or part by part if a hyphen joins them."""
    return len(word) == 1 or any(
        all(dictionary.spell(part) for part in parts) for parts in ([word], word.split("-"))
    )


def _line(file: Path, word: str) -> int:
    lines = file.read_text("utf-8").splitlines()
    whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    return next((number for number, line in enumerate(lines, 1) if whole.search(line)), 1)


if __name__ == "__main__":
    sys.exit(main())
