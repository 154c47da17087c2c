"""Protects the first impression: the home page says what the course is, and calls each lesson what it is called."""

from __future__ import annotations

import itertools
import re
from functools import cache

import pytest
import yaml

from nabla.check.project import Project
from nabla.model import course
from nabla.model.page import Kind, Mark, Page
from nabla.parse import reading
from tests.conftest import ROOT

HOME = "docs/index.md"
_ENTRY = re.compile(
    r'^(\d+)\. <svg class="nb-mini".*?#mini-([\w-]+)".*?\[(.+)\]\(lecciones/([\w-]+)\.md\)$', re.MULTILINE
)
# How a lesson names its neighbours, with a link on the words or right behind them.
_LINKED = r"(?:\]|[^.\[\]()]{0,12}\[[^\]]*\])\(([\w-]+)\.md\b"
_BEFORE = re.compile(r"\b(?:(?:lección|[Ll][ao]) anterior|anterior lección)\b" + _LINKED)
_AFTER = re.compile(r"\b(?:(?:lección|[Ll][ao]) siguiente|siguiente lección|próxima lección)\b" + _LINKED)
# From ten on, as they stand before a feminine noun.
NUMBERS = """
    diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuna veintidós
    veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve treinta
"""


@cache
def project() -> Project:
    return Project.load(ROOT)


def in_order() -> list[str]:
    """The lessons, as the navigation has them."""
    return re.findall(r"lecciones/([\w-]+)\.md", (ROOT / "mkdocs.yml").read_text("utf-8"))


def lesson(name: str) -> Page:
    return project().pages[f"{course.LESSONS}{name}.md"]


def words_of_home() -> str:
    return " ".join(project().pages[HOME].lines)


def test_the_path_is_that_of_the_navigation() -> None:
    entries = _ENTRY.findall((ROOT / HOME).read_text("utf-8"))
    expected = [(str(number), name, lesson(name).title, name) for number, name in enumerate(in_order(), 1)]
    assert entries == expected


def test_each_lesson_has_its_small_picture() -> None:
    drawn = re.findall(
        r'^  "([\w-]+)": \'<', (ROOT / "nabla/theme/home.html").read_text("utf-8"), re.MULTILINE
    )
    assert sorted(drawn) == sorted(in_order())


def test_how_many_lessons_there_are_and_how_long_they_take() -> None:
    told = re.search(r"(\w+) lecciones, de la derivada", words_of_home())
    assert told and NUMBERS.split().index(told[1]) + 10 == len(in_order())
    told = re.search(r"Unas (\w+) horas de lectura", words_of_home())
    assert told and NUMBERS.split().index(told[1]) + 10 == round(
        sum(reading.minutes(lesson(name)) for name in in_order()) / 60
    )


def hours(minutes: int) -> str:
    """To the nearest quarter, in words."""
    whole, quarter = divmod(int(minutes / 15 + 0.5), 4)
    return ["", "una hora", "dos horas", "tres horas"][whole] + [
        "",
        " y cuarto",
        " y media",
        " y tres cuartos",
    ][quarter]


def test_each_part_says_how_many_lessons_it_has_and_how_long_they_take() -> None:
    parts = re.findall(r"  - ([^:\n]+):\n((?:      - .*\n)+)", (ROOT / "mkdocs.yml").read_text("utf-8"))
    expected = {}
    for title, listed in parts:
        if names := re.findall(r"lecciones/([\w-]+)\.md", listed):
            number = ["Una", "Dos", "Tres", "Cuatro", "Cinco", "Seis"][len(names) - 1]
            time = hours(sum(reading.minutes(lesson(name)) for name in names))
            expected[title] = f"{number} lecciones: {time} de lectura."
    told = re.findall(
        r"^### (.+)\n\n(.+)\n\{ \.nb-tiempo \}$", (ROOT / HOME).read_text("utf-8"), re.MULTILINE
    )
    assert dict(told) == expected


def test_everything_to_look_up_is_linked() -> None:
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    listed = re.search(r"  - Referencia:\n((?: {6}- .*\n)+)", settings)
    assert listed
    inside = {"arquitectura.md"}  # for those who look after the site
    linked = set(re.findall(r"\]\(([\w-]+\.md)\)", (ROOT / HOME).read_text("utf-8")))
    assert set(yaml.safe_load(listed[1])) - inside <= linked


@pytest.mark.parametrize("name", in_order())
def test_the_lessons_before_and_after_are_those_of_the_navigation(name: str) -> None:
    words, names = " ".join(" ".join(lesson(name).lines).split()), ["", *in_order(), ""]
    place = names.index(name)
    before, after = ({*neighbour.findall(words)} for neighbour in (_BEFORE, _AFTER))
    assert before == {names[place - 1]} - {""}
    assert after <= {names[place + 1]} - {""}


def test_lessons_name_the_next_one_too() -> None:
    """Or nothing above would be read of what they say of it."""
    assert sum(bool(_AFTER.search(" ".join(lesson(name).lines))) for name in in_order()) > 18


def test_a_practice_leads_to_what_follows_it() -> None:
    listed = (ROOT / "mkdocs.yml").read_text("utf-8").partition("\nnav:\n")[2]
    way = re.findall(r"- ((?:(?:lecciones|cuadernos)/[\w-]+|y-despues)\.md)$", listed, re.MULTILINE)
    led = {}
    for page in way:
        if page.startswith("cuadernos/"):
            end = (ROOT / "docs" / page).read_text("utf-8").partition("\n## Y ahora\n")[2]
            led[page] = re.findall(r"\]\(\.\./([\w/-]+\.md)\)", end)[:1]
    assert led == {page: [after] for page, after in itertools.pairwise(way) if page in led}
    assert len(led) == 7


@pytest.mark.parametrize(
    "file", sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "docs").rglob("*.md"))
)
def test_a_lesson_is_called_by_its_title(file: str) -> None:
    """A link that begins as a title does, with a capital, says the title."""
    if file not in project().pages:
        return
    wrong = []
    for region in project().pages[file].regions:
        for span in region.spans if region.kind in (Kind.TEXT, Kind.HEADING) else ():
            target = re.fullmatch(r"(?:\.\./)?(?:lecciones/)?([\w-]+)\.md", span.name)
            if span.mark is Mark.LINK and target and target[1] in in_order() and span.text[:1].isupper():
                words, title = " ".join(span.text.split()), lesson(target[1]).title
                wrong += [] if title.casefold() in words.casefold() else [f"{region.line}: {words} → {title}"]
    assert wrong == []
