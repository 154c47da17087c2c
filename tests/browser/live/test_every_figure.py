"""Protects what holds for every figure that answers: light, loaded when neared, usable, whole without scripts.

They keep their state in the address; without scripts and on paper stands the figure of the build.
"""

from __future__ import annotations

import gzip
import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import harness
from tests.browser.conftest import OpenPage
from tests.browser.harness import Site
from tests.browser.live.figures import LIVE, Show, near, numbers, place_of, query

MODULES = harness.ROOT / "docs/assets/figures"
EACH, ALL = 8_000, 40_000  # bytes, compressed

# In pixels; an axis' name may be turned.
_TEXT_SIZES = """all => all.filter(each => each.textContent).map(each => {
    const { a, b } = each.getScreenCTM()
    return parseFloat(getComputedStyle(each).fontSize) * Math.hypot(a, b)
})"""
# The controls that a finger misses, that have no name or that the keyboard does not reach.
_CONTROLS = """place => [...place.querySelectorAll("button:enabled, input, [role=slider]")].filter(each => {
    if (!each.checkVisibility()) return false
    const { width, height } = each.getBoundingClientRect()
    const name = each.ariaLabel || each.textContent.trim() || each.labels?.[0]?.textContent.trim()
    each.focus()
    const small = Math.min(width, height) < (/radio|checkbox/.test(each.type) ? 16 : 24)
    const mute = each.role === "slider" && !each.getAttribute("aria-valuetext")
    return small || mute || !name || document.activeElement !== each
}).map(each => each.outerHTML)"""


def test_every_module_is_used_and_every_figure_has_one() -> None:
    assert {file.stem for file in MODULES.glob("*.js")} - {"common"} == {
        module for _, module in LIVE.values()
    }


def test_modules_are_light() -> None:
    weights = {
        file.stem: len(gzip.compress(file.read_bytes(), harness.GZIP_LEVEL)) for file in MODULES.glob("*.js")
    }
    assert {name: weight for name, weight in weights.items() if weight > EACH} == {}
    assert sum(weights.values()) <= ALL, weights


@pytest.mark.parametrize("name", LIVE)
def test_the_figure_of_the_build_stands_without_scripts(open_page: OpenPage, name: str) -> None:
    plain = open_page(LIVE[name][0], java_script_enabled=False)
    expect(plain.locator(f"{place_of(name)} + .nabla-figure")).to_be_visible()
    expect(plain.locator(place_of(name))).to_be_empty()


@pytest.mark.parametrize("name", LIVE)
def test_it_comes_when_the_reader_nears_it_and_is_fit_to_be_used(
    browser: Browser, site: Site, name: str
) -> None:
    with harness.new_context(browser, viewport={"width": 360, "height": 600}, has_touch=True) as context:
        page = context.new_page()
        before = len(site.sent)
        page.goto(site.url + harness.address(LIVE[name][0]), wait_until="networkidle")
        place = page.locator(place_of(name)).bounding_box()
        assert place
        came = [path for path, _ in site.sent[before:] if path.endswith(f"figures/{LIVE[name][1]}.js")]
        assert len(came) == (place["y"] < 600 + 400)
        harness.wake(page)
        figure = near(page, name)
        for width in (360, 1400):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert min(figure.locator("svg text").evaluate_all(_TEXT_SIZES)) >= 8.5
        assert figure.evaluate(_CONTROLS) == []
        assert figure.locator("[aria-live=polite]").count() == 1
        still = page.locator(f"{place_of(name)} + .nabla-figure")
        expect(still).to_be_hidden()
        page.emulate_media(media="print")
        expect(still).to_be_visible()
        expect(figure).to_be_hidden()


@pytest.mark.parametrize("name", ["lote:paisaje", "cadena:dibujo-grafo"])
def test_what_the_address_says_wrongly_is_as_at_first(show: Show, name: str) -> None:
    section = name.partition(":")[2]
    right = show(name).inner_html()
    wrong = show(name, f"?{section}=m:1e9,n:-3,a:nan,b:,x:,:::,,")
    assert re.sub(r"nb-live-\d+", "", wrong.inner_html()) == re.sub(r"nb-live-\d+", "", right)
    assert query(wrong.page) == ""


def test_decimals_are_those_that_python_prints(show: Show) -> None:
    values = [
        0.5,
        1.5,
        2.5,
        0.125,
        0.375,
        36.25,
        -0.001,
        -0.0,
        36.30500030517578,
        1e8 + 0.5,
        2.675,
        -2.5,
        1e-9,
        99.995,
    ]
    given = show("lote:paisaje").evaluate(
        """async (_, values) => {
            const from = new URL(document.querySelector("script[src*=site]").src)
            const { decimals } = await import(new URL("../figures/common.js", from))
            return [0, 1, 2, 3, 4].map(places => values.map(value => decimals(value, places)))
        }""",
        values,
    )
    for places, texts in enumerate(given):
        assert texts == [f"{value:z.{places}f}".replace("-", "−") for value in values]


def test_several_keep_their_state_and_history_brings_it_back(show: Show) -> None:
    figure = show("lote:paisaje", "?h=lote&paisaje=n:3#el-camino-visto-desde-arriba")
    page = figure.page
    entries = page.evaluate("history.length")
    figure.get_by_role("button", name="Un paso").click()
    assert query(page) == "h=lote&paisaje=n:4"
    assert page.evaluate("history.length") == entries, "one back leads to the page before"
    assert page.url.endswith("#el-camino-visto-desde-arriba")
    before = numbers(figure)
    page.wait_for_load_state("networkidle")
    page.goto(page.url.partition("lecciones/")[0])
    page.wait_for_load_state("networkidle")
    page.go_back()
    harness.wake(page)
    assert numbers(near(page, "lote:paisaje")) == before
    near(page, "lote:paisaje").get_by_role("button", name="Reiniciar").click()
    assert query(page) == "h=lote"
