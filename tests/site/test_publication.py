"""Protects what depends on where site and project are published: it is there when that is known, and not before."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

from nabla.authoring import new_lesson
from nabla.parse.page import parse
from nabla.parse.sections import Sections
from nabla.site import cards
from nabla.site.publication import colab
from tests.conftest import Mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

LESSON = "lecciones/mini"
REPOSITORY = {"REPO_URL": "https://github.com/alguien/nabla"}
BRANCH = {"NOTEBOOKS_BRANCH": "cuadernos"}
SITE = {"SITE_URL": "https://ejemplo.org/nabla/"}
IN_COLAB = "https://colab.research.google.com/github/alguien/nabla/blob/cuadernos/descargas/mini.ipynb"


@pytest.fixture
def lesson(mini: Mini) -> Mini:
    """The small project with a new lesson in the place of its page."""
    mini.page.unlink()
    mini.snippet.unlink()
    mini.edit(mini.root / "mkdocs.yml", "nav: [index.md, mini.md]", "nav: [index.md]")
    mini.edit(mini.root / "docs" / "index.md", "mini.md#final", f"{LESSON}.md#resumen")
    new_lesson.create(mini.root, "mini")
    return mini


def built(mini: Mini, **environment: str) -> str:
    """The HTML of the lesson."""
    ran = mini.build(**environment)
    assert ran.returncode == 0, ran.stderr
    return (mini.site / LESSON / "index.html").read_text("utf-8")


def test_the_links_to_the_project_need_its_address(lesson: Mini) -> None:
    for environment, edit, in_colab in (
        ({}, 0, 0),
        (REPOSITORY, 1, 0),
        (BRANCH, 0, 0),
        (REPOSITORY | BRANCH, 1, 1),
    ):
        html = built(lesson, **environment)
        assert html.count(f"{REPOSITORY['REPO_URL']}/edit/main/docs/{LESSON}.md") == edit, environment
        assert html.count(f'<a href="{IN_COLAB}">Abrir en Colab</a>') == in_colab, environment
        assert 'data-md-component="source"' not in html, "Material asks GitHub about such a link"
    assert (lesson.site / "descargas" / "mini.ipynb").is_file()


@pytest.mark.parametrize(
    "repository",
    [None, "", "https://gitlab.com/alguien/nabla", "https://github.com/alguien", "github.com/a/b"],
)
def test_colab_opens_only_what_is_on_github(repository: str | None) -> None:
    assert colab(repository, "cuadernos") is None


def test_a_shared_link_has_its_card_when_the_site_has_an_address(lesson: Mini) -> None:
    assert "og:" not in built(lesson)
    assert not (lesson.site / "assets/tarjetas").exists()
    html = built(lesson, **SITE)
    properties = dict(re.findall(r'<meta property="og:([\w:]+)" content="([^"]*)">', html))
    assert properties["title"] == "Mini"
    assert properties["url"] == f"{SITE['SITE_URL']}{LESSON}/"
    assert properties["image"] == f"{SITE['SITE_URL']}assets/tarjetas/lecciones-mini.png"
    card = lesson.site / properties["image"].removeprefix(SITE["SITE_URL"])
    with Image.open(card) as picture:
        assert picture.size == (int(properties["image:width"]), int(properties["image:height"])) == cards.SIZE
    assert f"<loc>{SITE['SITE_URL']}{LESSON}/</loc>" in (lesson.site / "sitemap.xml").read_text("utf-8")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project as far as its cache goes."""
    (tmp_path / "requirements.txt").touch()
    return tmp_path


def test_a_card_is_the_same_bytes_whether_kept_or_drawn(root: Path) -> None:
    first = cards.card(root, "Nabla", "Un título")
    kept = list((root / ".cache/cards").iterdir())
    assert len(kept) == 1
    assert cards.card(root, "Nabla", "Un título") == first
    kept[0].write_text("cut", "utf-8")
    assert cards.card(root, "Nabla", "Un título") == first
    assert cards.card(root, "Nabla", "Otro título") != first


def test_a_long_title_fits_its_card(root: Path) -> None:
    """What sticks out of the column would touch the mark, or the edge."""
    long = cards.card(root, "Nabla", "Una palabra y otra, retropropagación automática diferenciable " * 2)
    with Image.open(io.BytesIO(long)) as picture:
        paper = picture.convert("RGB").getpixel((0, 0))
        colours = picture.convert("RGB").crop((810, 0, 838, 630)).getcolors()
        assert colours == [(28 * 630, paper)]


def test_the_title_of_a_card_has_no_marks(tmp_path: Path) -> None:
    page = parse("docs/a.md", "# El `backward` de *f* { #ancla }\n", Sections(tmp_path, {}))
    assert page.title == "El backward de f"
