"""Protects readers with another engine: what Chromium's tests prove one by one also works in Firefox."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.browser import firefox
from tests.browser.conftest import Site
from tests.browser.firefox import Firefox
from tests.browser.harness import OPEN_DETAILS, address
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

LESSON = "docs/lecciones/lote.md"
PAGES = ["docs/index.md", LESSON, "docs/trampas.md", "docs/chuleta.md", "docs/glosario.md"]
FIGURE = "article :is(svg.nabla-figure, figure img)"
IMAGE = "article img.nabla-figure"
ENTER = "\ue007"
SWITCH = "[data-md-component=palette] label:not([hidden])"  # shown when Material is ready


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with firefox.launch(tmp_path_factory.mktemp("firefox") / "profile") as tab:
        yield tab


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_whole_and_no_wider_than_the_screen(tab: Firefox, site: Site, name: str) -> None:
    tab.faults.clear()
    for width in (1280, 360):
        tab.resize(width, 900)
        tab.open(site.url + address(name))
        tab.evaluate(f"(() => {{ {OPEN_DETAILS} }})()")
        small = tab.evaluate(f"""[...document.querySelectorAll("article .katex-html, {FIGURE}")].filter(each => {{
            if (each.matches(".nb-live--on + *")) return false  // another figure stands for it
            each.scrollIntoView({{ block: "center" }})
            const {{ width, height }} = each.getBoundingClientRect()
            return Math.min(width, height) < (each.matches(".katex-html") ? 1 : 100)
        }}).map(each => each.outerHTML.slice(0, 100))""")
        assert small == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        # A module, a drawing or a typeface that the scroll asked for and that is left half way is a fault in the console.
        for number in range(tab.evaluate("document.querySelectorAll('.nb-live').length")):
            place = f"document.querySelectorAll('.nb-live')[{number}]"
            tab.evaluate(f"{place}.scrollIntoView({{ block: 'center' }})")
            tab.wait_for(f"{place}.matches('.nb-live--on')")
        image = f"[...document.querySelectorAll('{IMAGE}')].find(each => each.checkVisibility())"
        while tab.evaluate(f"Boolean({image})"):
            tab.evaluate(f"(window.awaited = {image}).scrollIntoView({{ block: 'center' }})")
            tab.wait_for("!window.awaited.isConnected")  # its drawing has taken its place
        tab.wait_for("document.fonts.status === 'loaded'")
    assert tab.evaluate("[...document.fonts].some(each => each.status === 'loaded')")
    assert tab.faults == []


def test_the_controls_of_a_lesson_work(tab: Firefox, site: Site) -> None:
    tab.resize(1280, 900)
    tab.open(site.url + address(LESSON))
    tab.wait_for(f"document.querySelector('{SWITCH}')")

    # Nothing moves any more.
    tab.wait_for("document.readyState === 'complete' && document.fonts.status === 'loaded'")
    tab.click("article details summary")
    tab.wait_for("document.querySelector('article details').open")

    tab.evaluate("""(() => { document.addEventListener("copy", ({ target }) => {
        window.copied = target.value ?? getSelection().toString() }) })()""")
    tab.wait_for("document.querySelector('article .highlight [data-md-type=copy]')")
    tab.click("article .highlight [data-md-type=copy]")
    shown = tab.evaluate("document.querySelector('article .highlight code').innerText.trim()")
    tab.wait_for("window.copied")
    assert tab.evaluate("window.copied.trim()") == shown

    schemes = []
    for _ in range(3):  # the system's, light, dark
        switch = tab.evaluate(f"document.querySelector('{SWITCH}').htmlFor")
        schemes.append(tab.evaluate("document.body.getAttribute('data-md-color-scheme')"))
        tab.click(SWITCH)
        tab.wait_for(f"document.querySelector('{SWITCH}').htmlFor !== '{switch}'")
    assert schemes == ["nabla", "nabla", "slate"]


def test_the_search_finds_and_leads_to_what_it_found(tab: Firefox, site: Site) -> None:
    tab.resize(1280, 900)  # on a phone the field is folded away
    tab.open(site.url)
    tab.wait_for(f"document.querySelector('{SWITCH}')")
    tab.click(".md-search__input")
    # Material has read the index, and listens.
    tab.wait_for(
        "document.querySelector('.md-search-result__meta')?.textContent.includes('Escribe lo que buscas')"
    )
    tab.type("parametro")
    lesson = f"{site.url}lecciones/tensores/"
    tab.wait_for(f"document.querySelector('.md-search-result__link')?.href.startsWith('{lesson}')")
    tab.type(ENTER)
    tab.wait_for(f"location.href.startsWith('{lesson}')")
