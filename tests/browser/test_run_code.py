"""Protects readers who run and change a lesson's code in its page: it does as published, says what fails, and can be stopped."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from nabla.check.project import Project
from nabla.parse import front_matter
from tests.browser import firefox, harness
from tests.browser.conftest import OpenPage, Site, watch
from tests.browser.test_accessibility import ALL, EXAMINE, VIOLATIONS
from tests.remembered import COURSE, SITE

pytestmark = pytest.mark.decided_by(*COURSE, SITE)

RUNNABLE = [
    page
    for page in harness.PAGES
    if page.endswith(".md")
    and front_matter.header((harness.ROOT / page).read_text("utf-8").splitlines()).get(front_matter.RUNNABLE)
]
LESSON = RUNNABLE[0]
OTHER = "docs/lecciones/lote.md"
# What the small Python of a browser does not have, by the names that the lesson calls it.
ABSENT = re.compile(r"\b(?:torch|plt)\.\w")
PYTHON = re.compile(r"run\.js|python\.js|micropython")
POLICY = "document.querySelector('meta[http-equiv=Content-Security-Policy]').content"
WRITE = "(code, text) => { code.textContent = text; code.dispatchEvent(new Event('input')) }"
DONE = re.compile("^Hecho")
PATIENCE = 60_000  # milliseconds: on a busy machine all that stands before a block takes its time
PRINTS = "g ="  # what the block says that these tests change


class Block:
    """A block of code with its buttons, its output and what is said of it."""

    def __init__(self, page: Page, number: int) -> None:
        self.page = page
        self.whole = page.locator(f"[data-bloque='{number}']")
        self.code = self.whole.locator("pre > code")
        self.said = self.whole.locator("xpath=following-sibling::p[@role='status'][1]")
        self.output = self.whole.locator("xpath=following-sibling::*[1]").locator("pre > code")
        self.run, self.stop, self.restore = (
            self.whole.get_by_role("button", name=name, exact=True)
            for name in ("Ejecutar", "Parar", "Restaurar")
        )

    def write(self, text: str) -> None:
        self.code.evaluate(WRITE, text)

    def runs(self) -> None:
        self.run.click()
        expect(self.said).to_have_text(DONE, timeout=PATIENCE)

    def does(self, text: str) -> Locator:
        """What is said after ``text`` ran in the block, which was run before."""
        self.write(text)
        self.said.evaluate("said => { said.textContent = '' }")
        self.run.click()
        expect(self.said).to_have_text(re.compile("^(Hecho|Error)"), timeout=PATIENCE)
        return self.said


Opened = Callable[..., Block]


@pytest.fixture
def opened(open_page: OpenPage, project: Project) -> Opened:
    """The block that prints ``PRINTS`` first, run once."""

    def opened(**options: object) -> Block:
        page = open_page(LESSON, **options)
        number = next(
            number
            for number, block in enumerate(project.pages[LESSON].blocks)
            if (block.expected or "").startswith(PRINTS)
        )
        block = Block(page, number)
        block.runs()
        return block

    return opened


@pytest.mark.parametrize("name", RUNNABLE)
def test_every_block_does_as_published(open_page: OpenPage, project: Project, name: str) -> None:
    page = open_page(name)
    page.evaluate(harness.OPEN_DETAILS)
    faults = watch(page, page.url.partition("lecciones")[0])
    blocks = project.pages[name].blocks
    asked = {number for number, block in enumerate(blocks) if not ABSENT.search(block.section.code)}
    shown = {int(each.get_attribute("data-bloque")) for each in page.locator("[data-ejecutar]").all()}
    assert shown == asked and len(asked) > 10
    for number in sorted(asked):
        block = Block(page, number)
        expected = blocks[number].expected or ""
        if expected:
            block.output.evaluate("output => { output.textContent = 'antes' }")
        block.runs()
        assert block.output.text_content() == expected
        expect(block.output).to_be_visible(visible=bool(expected))
        expect(block.restore).to_be_hidden()
    assert faults == []


def test_a_change_is_run_and_taken_back(opened: Opened) -> None:
    block = opened()
    code, published = block.code.text_content(), block.output.text_content()
    colours = block.code.locator("span").count()
    expect(block.does(code.replace("3.0", "5.0"))).to_have_text("Hecho.")
    expect(block.output).to_have_text("g = 30.0  dg/dt = 11.0")
    block.restore.click()
    assert (block.code.text_content(), block.output.text_content()) == (code, published)
    assert block.code.locator("span").count() == colours
    expect(block.restore).to_be_hidden()
    expect(block.run).to_be_focused()
    block.runs()
    assert block.output.text_content() == published


def test_a_changed_block_counts_for_those_after_it(opened: Opened) -> None:
    block = opened()
    first = Block(block.page, 0)
    first.write(first.code.text_content().replace("self.data = data", "self.data = 2 * data"))
    block.runs()
    expect(block.output).not_to_contain_text("g = 12.0")
    first.write("class Value:\n    oops oops")
    expect(block.does("t = 1")).to_have_text("Error en un bloque anterior: SyntaxError: invalid syntax")


def test_an_error_names_its_line(opened: Opened) -> None:
    block = opened()
    expect(block.does("print('hola')\n\nprint(nobody)\n")).to_have_text(
        "Error en la línea 3, «print(nobody)»: NameError: name 'nobody' isn't defined"
    )
    expect(block.output).to_have_text("hola\n")
    expect(block.does("a = 1\nif a\n    b = 2")).to_have_text(
        "Error en la línea 2, «if a»: SyntaxError: invalid syntax"
    )
    # In a function of an earlier block: the line is that of the block which calls it.
    expect(block.does("print(1)\nadd('uno', 2)")).to_have_text(
        re.compile("^Error en la línea 2, «add.*TypeError")
    )
    expect(block.does("def f(x):\n    return f(x + 1)\n\nf(1)")).to_have_text(
        re.compile("línea 2.*recursion")
    )
    expect(block.does("raise ValueError('á\\nb')")).to_have_text(re.compile(r"ValueError: á\s+b\s*$"))


@pytest.mark.parametrize("name", ["silent", "talkative"])
def test_a_loop_without_end_is_stopped(opened: Opened, name: str) -> None:
    block = opened()
    block.write("print(1)\nwhile True:\n    " + ("pass" if name == "silent" else "print('x' * 100)"))
    block.run.click()
    if name == "silent":
        expect(block.said).to_have_text("Se está ejecutando…", timeout=PATIENCE)
        block.page.wait_for_timeout(300)
        assert block.page.evaluate("1 + 1") == 2, "the page is alive"
        block.stop.click()
        expect(block.said).to_have_text("Parado.")
    else:
        expect(block.said).to_have_text("Parado: escribía sin fin.", timeout=PATIENCE)
        assert len(block.output.text_content()) <= 20_000
    expect(block.does("print(1 + 1)")).to_have_text("Hecho.")
    expect(block.output).to_have_text("2\n")


def test_by_keyboard_alone(opened: Opened) -> None:
    block = opened()
    page, keys = block.page, block.page.keyboard
    expect(block.run).to_be_focused()
    for _ in range(3):  # past the two buttons that copy
        keys.press("Tab")
    expect(block.code).to_be_focused()
    keys.press("Control+End")
    keys.type("\nfor i in range(2):\nprint(i)")
    keys.press("Control+Enter")
    expect(block.output).to_have_text(re.compile(r"7\.0\n0\n1\n$"))
    assert block.code.text_content().rstrip("\n").endswith("\nfor i in range(2):\n    print(i)")
    keys.press("Tab")
    expect(block.code).not_to_be_focused()
    keys.press("Shift+Tab")
    expect(block.code).to_be_focused()
    for _ in range(3):
        keys.press("Shift+Tab")
    expect(block.restore).to_be_focused()
    keys.press("Enter")
    expect(block.run).to_be_focused()
    expect(page.locator("[data-bloque] [contenteditable]")).to_have_count(1)


def test_nothing_comes_before_the_press(open_page: OpenPage, site: Site) -> None:
    before = len(site.sent)
    page = open_page(LESSON)
    harness.read_through(page)
    assert [path for path, _ in site.sent[before:] if PYTHON.search(path)] == []
    block = Block(page, 0)
    block.runs()
    came = {path: weight for path, weight in site.sent[before:] if PYTHON.search(path)}
    assert {Path(path).suffix for path in came} == {".js", ".mjs", ".wasm"}
    assert sum(came.values()) < 240_000


def test_the_policy_is_that_of_every_page(open_page: OpenPage) -> None:
    """A worker's code is held to what its own answer says, so the page needs not allow WebAssembly, nor does it."""
    lesson, other = (open_page(name) for name in (LESSON, OTHER))
    assert lesson.evaluate(POLICY) == other.evaluate(POLICY)
    for page in (lesson, other):
        assert page.evaluate("WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(() => 'ran', "
                             "error => error.name)") == "CompileError"  # fmt: skip
    expect(other.get_by_role("button", name="Ejecutar")).to_have_count(0)


def test_says_it_if_python_does_not_come(open_page: OpenPage) -> None:
    for pattern in ("**/run.js", "**/python.js", "**/micropython.wasm"):
        page = open_page(LESSON)
        page.route(pattern, lambda route: route.abort())
        block = Block(page, 0)
        block.run.click()
        expect(block.said).to_have_text(re.compile("^Python no ha llegado"))
        page.unroute_all()
        if "run.js" not in pattern:
            block.runs()


def test_without_scripts_the_page_has_no_buttons(open_page: OpenPage) -> None:
    page = open_page(LESSON, java_script_enabled=False)
    expect(page.locator("article button")).to_have_count(0)
    expect(page.locator("article [role=status]")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_changed_block(opened: Opened, scheme: str) -> None:
    block = opened(color_scheme=scheme, viewport={"width": 360, "height": 800})
    block.does("print('hola')\nprint(nobody, '" + "largo " * 30 + "')")
    page = block.page
    for width in (360, 1400):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(harness.AXE.read_text("utf-8"))
    page.evaluate(EXAMINE, ALL)
    assert page.evaluate(VIOLATIONS) == []


def test_in_firefox_too(tmp_path: Path, site: Site) -> None:
    with firefox.launch(tmp_path / "profile") as tab:
        tab.open(site.url + harness.address(LESSON))
        tab.wait_for("document.querySelector('.nb-run')")
        tab.evaluate("document.querySelector('[data-bloque=\"3\"] .nb-run').click()")
        tab.wait_for(
            "document.querySelector('[data-bloque=\"3\"] ~ [role=status]').textContent.startsWith('Hecho')"
        )
        assert tab.evaluate("document.querySelector('[data-bloque=\"3\"] code').isContentEditable")
        assert tab.faults == []
