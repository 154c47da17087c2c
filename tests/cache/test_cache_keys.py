"""Protects the cache of pages, piece by piece: what each key holds, what it leaves out, and what is never believed."""

from __future__ import annotations

import logging
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from nabla.cache import code
from tests.cache.test_page_cache import GLOSSARY, OTHER, forget, set_nav, site
from tests.conftest import Mini, create_mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

KINDS = ("lessons", "rendered", "finished")
NAV = ("index.md", "mini.md", "otra.md", "glosario.md")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A project with its caches full."""
    mini = create_mini(tmp_path_factory.mktemp("original"))
    (mini.root / "docs/glosario.md").write_text(GLOSSARY, "utf-8")
    (mini.root / "docs/otra.md").write_text(OTHER, "utf-8")
    set_nav(mini, *NAV)
    assert site(mini)[0]
    return mini


@pytest.fixture
def built(original: Mini, tmp_path: Path) -> Mini:
    return Mini(shutil.copytree(original.root, tmp_path / "project", symlinks=True))


def made(mini: Mini) -> dict[str, set[str]]:
    """By kind, the pages of which there is more than one product."""
    return {
        kind: {each.name for each in (mini.root / ".cache" / kind).iterdir() if len(list(each.iterdir())) > 1}
        for kind in KINDS
    }


def edit(name: str, old: str, new: str) -> Callable[[Mini], None]:
    return lambda mini: mini.edit(mini.root / name, old, new)


def library(mini: Mini) -> None:
    (mini.root / "requirements.txt").write_text("# none\n", "utf-8")
    code._surroundings.cache_clear()


def new_file(mini: Mini) -> None:
    (mini.root / "docs/suelto.txt").write_text("hola", "utf-8")


def other_nav(mini: Mini) -> None:
    set_nav(mini, *reversed(NAV))


ALL = {"index", "mini", "otra", "glosario"}
# What changes, and the pages that must then be read, rendered and finished anew: those, and no others.
INGREDIENTS: dict[str, tuple[Callable[[Mini], None], set[str], set[str], set[str]]] = {
    "prose": (edit("docs/otra.md", "El [grad", "Un [grad"), {"otra"}, {"otra"}, {"otra"}),
    "code that a page includes": (
        edit("snippets/mini.py", "x = 7.0", "x = 7.0  # siete"),
        {"sections"},  # the page's own takes the place of the one before: its Markdown did not change
        {"mini"},
        {"mini"},
    ),
    "a file to link to": (new_file, set(), ALL, set()),
    "settings": (edit("mkdocs.yml", "permanente a este", "fijo a este"), {*ALL, "sections"}, ALL, ALL),
    "a library": (library, {*ALL, "sections"}, ALL, ALL),
    "navigation": (other_nav, set(), set(), ALL),
    "a title": (edit("docs/otra.md", "# Otra", "# Distinta"), {"otra"}, {"otra"}, ALL),
    "an anchor on another page": (edit("docs/otra.md", "{ #uno }", "{ #dos }"), {"otra"}, {"otra"}, {"otra"}),
    "a definition": (
        edit("docs/glosario.md", "Hacia donde crece.", "Hacia arriba."),
        {"glosario"},
        {"glosario"},
        {"glosario", "otra"},
    ),
    "the theme": (edit("nabla/theme/partials/copyright.html", "al lado", "enfrente"), set(), set(), ALL),
    "a script of ours": (
        edit("nabla/theme/assets/javascripts/progress.js", "{", "{ // otra"),
        set(),
        set(),
        ALL,
    ),
    "nothing": (lambda mini: None, set(), set(), set()),
}


@pytest.mark.parametrize("ingredient", INGREDIENTS)
def test_what_changes_is_made_anew_and_no_more(built: Mini, ingredient: str) -> None:
    change, *wanted = INGREDIENTS[ingredient]
    change(built)
    try:
        ended, published = site(built)
    finally:
        code._surroundings.cache_clear()
    assert ended
    assert made(built) == dict(zip(KINDS, wanted, strict=True))
    forget(built)
    if ingredient != "a library":
        assert site(built) == (True, published)


def test_files_that_are_made_for_each_page_come_in_no_order(
    built: Mini, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With an address, each page has a card; that of a page that is read anew is not one more file, nor the last."""
    monkeypatch.setenv("SITE_URL", "https://ejemplo.org/")
    forget(built)
    assert site(built)[0]
    built.edit(built.root / "docs/otra.md", "El [grad", "Un [grad")
    assert site(built)[0]
    assert made(built) == {"lessons": {"otra"}, "rendered": {"otra"}, "finished": {"otra"}}


def test_machinery_is_part_of_every_key(built: Mini, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(code, "of", lambda maker: "other")
    assert site(built)[0]
    assert made(built) == {"lessons": {*ALL, "sections"}, "rendered": ALL, "finished": ALL}


def test_machinery_that_changed_under_the_process_stops_it(
    built: Mini, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(code, "changed", lambda: True)
    before = site(built)[1]
    assert site(built) == (False, before)


def half(file: Path, _: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def noise(file: Path, _: Path) -> None:
    file.write_bytes(random.Random(0).randbytes(file.stat().st_size))


def altered(file: Path, _: Path) -> None:
    content = file.read_bytes()
    file.write_bytes(content[:-9] + bytes([content[-9] ^ 1]) + content[-8:])


def foreign(file: Path, other: Path) -> None:
    """Another entry, whole and true, in the place of this one."""
    shutil.copy(other, file)


@pytest.mark.parametrize("damage", [half, noise, altered, foreign])
@pytest.mark.parametrize("kind", [*KINDS, "styles", "templates"])
def test_a_wrong_entry_is_not_believed(
    built: Mini, kind: str, damage: Callable[[Path, Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    if kind == "templates":  # kept by their place; compiled only for pages that are not finished already
        for each in (kind, "finished"):
            shutil.rmtree(built.root / ".cache" / each)
        assert site(built)[0]
    files = sorted((built.root / ".cache" / kind).rglob("*.json"))
    true = {file: file.read_bytes() for file in files}
    other = next((built.root / ".cache/finished").rglob("*.json")) if len(files) == 1 else files[0]
    other = shutil.copy(other, built.root / "other.json")
    for file in files:
        damage(file, Path(other))
    wrong = [file for file in files if file.read_bytes() != true[file]]
    assert len(wrong) >= max(1, len(files) - 1)
    if kind == "templates":
        shutil.rmtree(built.root / ".cache/finished")
    with caplog.at_level(logging.INFO, "mkdocs"):
        ended, published = site(built)
    assert ended
    said = [each.getMessage() for each in caplog.records if "Caché estropeada" in each.getMessage()]
    assert {name for file in wrong if any(file.name in (name := each) for each in said)} == set(said)
    assert len(said) == len(wrong)
    assert {file: file.read_bytes() for file in files} == true
    forget(built)
    assert site(built) == (True, published)


@pytest.mark.parametrize(
    "warned",
    ["[a](/fuera.md)", "[a](no-hay.md)", "[a](no-hay)", "$\\frac{1$"],
    ids=["absolute", "missing", "unrecognized", "formula"],
)
def test_a_page_that_warned_is_never_kept(built: Mini, warned: str, caplog: pytest.LogCaptureFixture) -> None:
    page = built.root / "docs/index.md"
    page.write_text(f"{page.read_text('utf-8')}\n{warned}\n", "utf-8")
    for _ in range(2):
        assert not site(built)[0]
        assert "No se publica nada" in caplog.text
        caplog.clear()
    assert made(built)["rendered"] == set()


def test_an_anchor_that_goes_is_missed_by_pages_that_are_kept(
    built: Mini, caplog: pytest.LogCaptureFixture
) -> None:
    built.edit(built.page, "## Final", "## Fin")
    for _ in range(2):
        assert not site(built)[0]
        assert "docs/index.md:3: el enlace «mini.md#final» no lleva a ninguna parte" in caplog.text
        caplog.clear()
    assert made(built)["rendered"] == {"mini"}
    built.edit(built.page, "## Fin", "## Final")
    assert site(built)[0]
