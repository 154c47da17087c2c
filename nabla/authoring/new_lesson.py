"""``python -m nabla new-lesson NAME``: the three files of a lesson and its line in mkdocs.yml, from a template."""

from __future__ import annotations

import re
from pathlib import Path

from nabla.model import course

_TEMPLATES = Path(__file__).with_name("templates")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Refused(ValueError):
    """The lesson cannot be created; the text says why, in Spanish."""


def create(root: Path, name: str) -> list[str]:
    """Write the page, the code and the test of the lesson ``name``; the files that are new or changed.

    It comes last in the navigation, and the lesson that was the last one leads to it. Raises Refused.
    """
    if not _NAME.fullmatch(name):
        raise Refused(
            f"«{name}» no sirve de nombre: usa minúsculas sin acentos, cifras y guiones, como regla-de-la-cadena"
        )
    module = name.replace("-", "_")
    page = f"{course.LESSONS}{name}.md"
    written = {
        page: "lesson.md",
        f"{course.SNIPPETS}{module}.py": "lesson.py",
        f"{course.DERIVATIVES}test_{module}.py": "test_lesson.py",
    }
    if existing := [file for file in written if (root / file).exists()]:
        raise Refused(f"ya existe {existing[0]}: elige otro nombre")
    settings = (root / "mkdocs.yml").read_text("utf-8")
    entry = page.removeprefix(course.DOCS)
    previous, settings = _with_entry(settings, entry)
    values = {"TÍTULO": name.replace("-", " ").capitalize(), "MODULO": module}
    for file, template in written.items():
        text = (_TEMPLATES / template).read_text("utf-8")
        for placeholder, value in values.items():
            text = text.replace(placeholder, value)
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_text(text, "utf-8")
    (root / "mkdocs.yml").write_text(settings, "utf-8")
    changed = [*written, "mkdocs.yml"]
    if previous and (root / course.DOCS / previous).is_file():
        with (root / course.DOCS / previous).open("a", encoding="utf-8") as before:
            before.write(f"\n{course.LEADS_ON.format(title=values['TÍTULO'], file=f'{name}.md')}\n")
        changed.append(course.DOCS + previous)
    return changed


def _with_entry(settings: str, entry: str) -> tuple[str | None, str]:
    """The lesson that was last in the navigation, and the settings with one more behind it."""
    folder = re.escape(course.LESSONS.removeprefix(course.DOCS))
    lessons = list(re.finditer(rf"^(?P<indent>\s*)- (?P<file>{folder}[\w-]+\.md)$", settings, re.MULTILINE))
    if lessons:
        last = lessons[-1]
        return last[
            "file"
        ], f"{settings[: last.end()]}\n{last['indent'].lstrip(chr(10))}- {entry}{settings[last.end() :]}"
    inline = re.search(r"^nav: \[(?P<files>.*)\]$", settings, re.MULTILINE)
    if inline:
        return None, f"{settings[: inline.end('files')]}, {entry}{settings[inline.end('files') :]}"
    block = re.search(r"^nav:\n(?P<indent> *)- ", settings, re.MULTILINE)
    if block is None:
        raise Refused("mkdocs.yml no tiene una lista nav: pon en ella la lección a mano")
    return (
        None,
        f"{settings[: block.start('indent')]}{block['indent']}- {entry}\n{settings[block.start('indent') :]}",
    )
