"""Protects what readers take away with the buttons of the blocks of code: it is what ran, and it runs alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from nabla.check.project import Project
from nabla.model import page as source
from nabla.run.runner import BlockRun, Run
from tests.browser import harness
from tests.browser.conftest import OpenPage, Site, Visit
from tests.clean_python import CleanPythons, Ran, cold
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

WITH_CODE = [
    page
    for page in harness.PAGES
    if page.endswith(".md") and "8<--" in (harness.ROOT / page).read_text("utf-8")
]
LESSON = "docs/lecciones/autograd.md"
COPY, COPY_BEFORE = "Copiar", "Copiar con lo anterior"

BLOCKS = "article .highlight:not(.salida)"
# Clicks each button of a block that copies and reads the clipboard after it; by the names of the buttons.
READ = """async block => {
    const texts = {}
    for (const button of block.querySelectorAll("[data-clipboard-text]")) {
        button.click()
        texts[button.ariaLabel] = await navigator.clipboard.readText()
    }
    return texts
}"""
# The blocks of code that ran; a page may have others, which only show.
RAN = f"{BLOCKS}[data-anterior]"


@dataclass(frozen=True)
class Copied:
    """A block, how it ran for the page, and what its buttons copy; ``before`` is None without the second one."""

    block: source.Block
    run: BlockRun
    alone: str
    before: str | None

    @property
    def runnable(self) -> str:
        return self.alone if self.before is None else self.before

    def assert_did_as_on_the_page(self, ran: Ran) -> None:
        where = f"{self.block.section.file}:{self.block.section.name}\n{self.runnable}\n{ran.errors}"
        if self.run.error is None:
            assert ran.code == 0, where
            assert ran.output.endswith(self.run.output), where
            return
        error = f"{self.run.error['type']}: {self.run.error['message']}"
        assert ran.code == 1, where
        assert ran.errors.rstrip("\n").endswith(error.rstrip("\n")), where
        assert ran.output.endswith(self.run.output.removesuffix(f"{error}\n")), where


@pytest.fixture(scope="session")
def runs(project: Project) -> dict[str, Run]:
    return project.run()


@pytest.fixture(scope="session")
def pythons(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CleanPythons]:
    with CleanPythons(tmp_path_factory.mktemp("empty")) as pythons:
        yield pythons


@pytest.fixture(scope="session")
def copied(visit: Visit, project: Project, runs: dict[str, Run]) -> list[Copied]:
    """Every block of a page with what a reader of the page copies."""
    texts = {
        block.get_attribute("data-bloque"): block.evaluate(READ) for block in visit.page.locator(RAN).all()
    }
    # The theme leaves the focus on what copied last, and its tooltip there.
    visit.page.evaluate("document.activeElement.blur()")
    expect(visit.page.locator(".md-tooltip2")).to_have_count(0)
    return [
        Copied(block, run, text[COPY], text.get(COPY_BEFORE))
        for block, run, text in zip(
            project.pages[visit.name].blocks,
            runs[visit.name].blocks,
            # In a notebook, a check stands before the solution that it needs.
            (texts[number] for number in sorted(texts, key=int)),
            strict=True,
        )
    ]


@pytest.mark.parametrize("visit", WITH_CODE, indirect=True)
def test_the_block_is_copied_as_it_ran(copied: list[Copied]) -> None:
    for each in copied:
        failure = each.block.failure
        label = f"# Falla a propósito: {failure.error}\n" if failure else ""
        assert each.alone == label + each.block.section.code.rstrip("\n")


@pytest.mark.parametrize("visit", WITH_CODE, indirect=True)
def test_with_what_comes_before_it_runs_alone(copied: list[Copied], pythons: CleanPythons) -> None:
    for each, ran in zip(copied, pythons.run_all([each.runnable for each in copied]), strict=True):
        each.assert_did_as_on_the_page(ran)


@pytest.mark.parametrize("visit", WITH_CODE, indirect=True)
def test_in_a_python_started_for_it_too(copied: list[Copied], tmp_path: Path) -> None:
    """The last block of a page, which tends to need the most."""
    copied[-1].assert_did_as_on_the_page(cold(copied[-1].runnable, tmp_path))


@pytest.mark.parametrize("visit", WITH_CODE, indirect=True)
def test_only_what_is_needed_is_copied(copied: list[Copied]) -> None:
    """A block that is whole has no second button, and of a long page most blocks need few others."""
    assert copied[0].before is None
    for each in copied:
        if each.before is not None:
            origin, *blocks = each.before.split("\n\n")
            assert origin.startswith("# ") and origin.endswith("Nabla")
            assert each.before.endswith(f"\n\n{each.alone}")
            assert blocks[0] != each.alone.split("\n\n")[0]


def test_other_code_is_copied_too(open_page: OpenPage) -> None:
    page = open_page("docs/uso.md", **harness.CLIPBOARD)
    blocks = page.locator(BLOCKS).all()
    assert [block.evaluate(READ) for block in blocks] == [
        {COPY: block.locator("code").inner_text().rstrip("\n")} for block in blocks
    ]
    assert len(blocks) > 0


@pytest.mark.parametrize("name", [COPY, COPY_BEFORE])
@pytest.mark.parametrize("key", [None, "Enter", "Space"])
def test_by_pointer_and_by_key_and_says_so(open_page: OpenPage, name: str, key: str | None) -> None:
    page = open_page(LESSON, **harness.CLIPBOARD)
    block = page.locator(BLOCKS).locator("visible=true").nth(2)
    button = block.get_by_role("button", name=name, exact=True)
    said = page.locator("[data-md-component=dialog]")
    expect(said).to_be_empty()
    if key:
        block.get_by_role("button").first.focus()
        for _ in range(int(name == COPY)):
            page.keyboard.press("Tab")
        expect(button).to_be_focused()
        page.keyboard.press(key)
    else:
        button.click()
    expect(said).to_have_text("Copiado al portapapeles")
    text = page.evaluate("navigator.clipboard.readText()")
    assert ("import torch" in text) == (name == COPY_BEFORE)
    assert text.endswith(block.locator("code").inner_text().rstrip("\n"))


def test_a_button_keeps_its_name_while_its_tooltip_shows(open_page: OpenPage) -> None:
    page = open_page(LESSON)
    button = page.get_by_role("button", name=COPY_BEFORE).first
    button.focus()
    expect(page.locator(".md-tooltip2--active")).to_have_text(COPY_BEFORE)
    expect(button).to_have_accessible_name(COPY_BEFORE)


def test_copies_from_a_file(browser: Browser, site: Site) -> None:
    """A page opened from a disk may not read the clipboard, so the text is pasted, as a reader would."""
    with harness.new_context(browser) as context:
        page = context.new_page()
        page.goto((site.folder / harness.address(LESSON) / "index.html").as_uri())
        harness.wake(page)
        page.get_by_role("button", name=COPY_BEFORE).first.click()
        page.evaluate("document.body.prepend(document.createElement('textarea'))")
        page.locator("textarea").first.press("Control+V")
        pasted = page.locator("textarea").first.input_value()
        assert pasted.startswith("# Autograd por dentro")
        assert "import torch" in pasted
