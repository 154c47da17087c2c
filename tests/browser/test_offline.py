"""Protects the site in a zip: it is read from its files, with no server and no network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from nabla.draw.palette import DARK, LIGHT
from nabla.takeaway import offline
from tests.browser import harness
from tests.browser.conftest import watch
from tests.remembered import COURSE, MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY, *COURSE)

LESSON = "lecciones/lote.html"
RUNNABLE = "lecciones/motor.html"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site out of its zip."""
    scratch = tmp_path_factory.mktemp("offline")
    command = [sys.executable, "-m", "mkdocs", "build", "-d", str(scratch / "nabla")]
    subprocess.run(command, cwd=harness.ROOT, env={**os.environ, "OFFLINE": "true"}, check=True)
    first, second = scratch / "first.zip", scratch / "second.zip"
    for target in (first, second):
        offline.pack(scratch / "nabla", target)
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        archive.extractall(scratch / "taken away")
    return scratch / "taken away" / "nabla"


@pytest.fixture
def page(browser: Browser, folder: Path) -> Iterator[Page]:
    with harness.new_context(browser) as context:
        page = context.new_page()
        faults = watch(page, f"{folder.as_uri()}/")
        yield page
        assert faults == []


def test_every_link_leads_to_a_file(folder: Path) -> None:
    pages = list(folder.rglob("*.html"))
    assert len(pages) == len(harness.PAGES)
    broken = [
        f"{page.name}: {target}"
        for page in pages
        if page.name != harness.NOT_FOUND
        for target in re.findall(r'(?:href|src)="([^"]+)"', page.read_text("utf-8"))
        if not urlsplit(target).scheme
        and not (page.parent / unquote(urlsplit(unescape(target)).path)).resolve().is_file()
        and not target.startswith("#")
    ]
    assert broken == []


def test_nothing_is_taken_along_that_a_file_cannot_use(folder: Path) -> None:
    """No module and no worker's code, WebAssembly least of all; that nobody misses them, the other tests see."""
    taken = [file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()]
    assert [name for name in taken if name.endswith((".wasm", ".mjs"))] == []
    modules = {file.name for file in (harness.ROOT / "docs/assets/figures").iterdir()} | {
        "run.js",
        "python.js",
    }
    assert modules & {Path(name).name for name in taken} == set()


def test_search_finds_and_marks(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    page.get_by_role("textbox", name="Buscar").press_sequentially("parametro")
    page.locator(".md-search-result__link").first.click()
    page.locator("article mark", has_text="parámetro").first.wait_for()


def test_links_lead_on(page: Page, folder: Path) -> None:
    page.goto((folder / "index.html").as_uri())
    harness.wake(page)
    page.locator("article a[href*='lecciones/']").first.click()
    expect(page).to_have_url(re.compile(r"lecciones/\w+\.html"))
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize(("scheme", "palette"), [("light", LIGHT), ("dark", DARK)])
def test_maths_and_figures_are_there(page: Page, folder: Path, scheme: str, palette: dict[str, str]) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto((folder / LESSON).as_uri(), wait_until="networkidle")
    assert page.locator("svg.nabla-figure text").count() > 0
    expect(page.locator("svg.nabla-figure text").first).to_have_css("fill", _rgb(palette["fg"]))
    loaded = page.evaluate(
        "[...document.fonts].filter(font => font.status === 'loaded').map(font => font.family)"
    )
    assert {"KaTeX_Math", "Nabla Serif", "JetBrains Mono"} <= {family.strip('"') for family in loaded}


def test_figures_that_answer_stand_still(page: Page, folder: Path) -> None:
    """A browser takes no module from a file: the figure of the build stands, and nothing asks for the module."""
    page.goto((folder / LESSON).as_uri(), wait_until="networkidle")
    assert page.locator(".nb-live").count() == 0
    harness.scroll_through(page)
    expect(page.locator("figure svg.nabla-figure").first).to_be_visible()


def test_code_that_runs_in_its_page_says_why_it_does_not(page: Page, folder: Path) -> None:
    """A browser starts no worker from a file, and this copy says so, where the page says that its code can be run."""
    page.goto((folder / RUNNABLE).as_uri())
    page.get_by_role("button", name="Ejecutar").first.click()
    expect(page.locator("article [role=status]").first).to_have_text(re.compile("^Aquí no se puede ejecutar"))


def _rgb(colour: str) -> str:
    return f"rgb({', '.join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5))})"
