"""Protects what holds for every figure that answers: light, loaded when neared, usable, whole without scripts.

They keep their state in the address; without scripts and on paper stands the figure of the build.
"""

from __future__ import annotations

import gzip
import re
import time

import pytest
from playwright.sync_api import Browser, expect

from tests.browser import harness
from tests.browser.conftest import THEMES, OpenPage
from tests.browser.harness import Site
from tests.browser.live import means
from tests.browser.live.figures import LIVE, Show, as_python, near, numbers, place_of, printed, query

pytestmark = pytest.mark.decided_by(*{page for page, _ in LIVE.values()})

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

# Between two ticks of each axis, in the units of the drawing.
_GAPS = """svg => {
    const at = axis => [...svg.querySelectorAll(".nb-live__axes line")].map(each => each.getAttribute(axis + 1))
    const steps = values => [...new Set(values)].map(Number).sort((a, b) => a - b)
    const [x, y] = [steps(at("x")), steps(at("y"))]
    return [x[2] - x[1], y[2] - y[1]]
}"""


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
        is_near = place["y"] < 600 + 400
        module, patience = f"figures/{LIVE[name][1]}.js", time.monotonic() + 30
        while is_near and not sent(site, before, module) and time.monotonic() < patience:
            page.wait_for_timeout(50)  # a busy browser may be idle before it looks what is near
        assert len(sent(site, before, module)) == is_near
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


def sent(site: Site, before: int, end: str) -> list[str]:
    """The files with this end that went out since then."""
    return [path for path, _ in site.sent[before:] if path.endswith(end)]


def test_every_figure_has_a_state_to_begin_with() -> None:
    assert means.STARTS.keys() == LIVE.keys()


@pytest.mark.parametrize("by", means.MEANS)
@pytest.mark.parametrize("name", LIVE)
def test_every_control_does_something_that_its_address_brings_back(show: Show, name: str, by: str) -> None:
    section = name.partition(":")[2]
    figure = show(name, f"?{section}={means.STARTS[name]}", has_touch=by == "touch")
    controls = means.controls(figure)
    assert controls
    before = means.look(figure)
    for kind, control, place in controls:
        means.act(figure, by, kind, place)
        after = means.look(figure)
        assert (after["told"], after["query"]) != (before["told"], before["query"]), control
        assert (after["picture"] != before["picture"]) == (control not in means.NO_PICTURE), control
        if control not in means.NOT_KEPT:
            assert means.again(figure, LIVE[name][1]) == after, control
        before = after
    # Once more as a reader who follows the link sees it.
    assert means.look(show(name, figure.page.evaluate("location.search")))["all"] == before["all"]


# What counts something is whole, whatever the address says.
@pytest.mark.parametrize(
    ("name", "told", "whole"),
    [
        ("descenso:rebotes", "a:99.6,n:2.4", "a:100,n:2"),
        ("gradiente:brujula", "t:44.6", "t:45"),
        ("gradiente:superficies", "g:70.4,e:39.7", "g:70,e:40"),
        ("lote:paisaje", "n:2.6", "n:3"),
        ("lote:olvido", "n:7.6,z:0.3", "n:8,z:0"),
        ("minilotes:mapa", "r:20.4", "r:20"),
        ("neurona:mapa", "i:3.6", "i:4"),
        ("cadena:dibujo-grafo", "n:2.6", "n:3"),
    ],
)
def test_what_is_counted_is_whole(show: Show, name: str, told: str, whole: str) -> None:
    section = name.partition(":")[2]
    assert (
        means.look(show(name, f"?{section}={told}"))["all"]
        == means.look(show(name, f"?{section}={whole}"))["all"]
    )


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
    figure = show("lote:paisaje")
    for places in range(5):
        assert printed(figure, values, places) == [as_python(value, places) for value in values]


def test_several_keep_their_state_and_history_brings_it_back(show: Show) -> None:
    figure = show("lote:paisaje", "?h=lote&paisaje=n:3#el-camino-visto-desde-arriba")
    page = figure.page
    entries = page.evaluate("history.length")
    figure.get_by_role("button", name="Un paso").click()
    harness.wait_for(page, "location.search === '?h=lote&paisaje=n:4'")  # by itself
    assert page.evaluate("history.length") == entries, "one back leads to the page before"
    assert page.url.endswith("#el-camino-visto-desde-arriba")
    other = near(page, "lote:olvido")
    other.get_by_role("button", name="Una línea").click()
    assert query(page) == "h=lote&paisaje=n:4&olvido=n:1"
    before = [numbers(each) for each in (figure, other)]
    page.wait_for_load_state("networkidle")
    page.goto(page.url.partition("lecciones/")[0])
    page.wait_for_load_state("networkidle")
    for _ in range(2):
        page.go_back()
        harness.wake(page)
        assert [numbers(near(page, each)) for each in ("lote:paisaje", "lote:olvido")] == before
        page.wait_for_load_state("networkidle")
        page.go_forward()
        page.wait_for_load_state("networkidle")
        assert "lecciones" not in page.url
    page.go_back()
    harness.wake(page)
    near(page, "lote:paisaje").get_by_role("button", name="Reiniciar").click()
    assert query(page) == "h=lote&olvido=n:1"


@pytest.mark.parametrize("name", LIVE)
def test_its_letters_are_large_enough_on_a_phone(show: Show, name: str) -> None:
    figure = show(name, viewport={"width": 390, "height": 844})
    sizes = figure.evaluate("""place => [...place.querySelectorAll("svg text")].map(each => {
        const { a, b } = each.getScreenCTM()
        return [parseFloat(getComputedStyle(each).fontSize) * Math.hypot(a, b), each.textContent]
    })""")
    assert sizes
    assert [text for size, text in sizes if size < 11] == []


@pytest.mark.parametrize("name", LIVE)
def test_its_colours_are_seen_in_both_themes(show: Show, name: str) -> None:
    figure = show(name, f"?{name.partition(':')[2]}={means.STARTS[name]}")
    themes = {}
    for scheme, theme in THEMES.items():
        figure.page.emulate_media(color_scheme=scheme)
        figure.page.locator(f"body[data-md-color-scheme={theme}]").wait_for()
        themes[scheme] = figure.evaluate("place => probes.figureColours(place)")
        assert themes[scheme]
        assert [each for each in themes[scheme] if each["contrast"] < each["minimum"]] == [], scheme
    pairs = zip(themes["light"], themes["dark"], strict=True)
    assert [light["what"] for light, dark in pairs if light["colours"] == dark["colours"]] == []


# Where an angle is seen: a square, or what is perpendicular to a level line. All have as many units between their ticks.
@pytest.mark.parametrize(
    ("name", "panel"),
    [
        ("lote:paisaje", 0),
        ("lote:paisaje", 1),
        ("index:pregunta", 0),
        ("gradiente:brujula", 0),
        ("minilotes:mapa", 0),
        ("neurona:mapa", 0),
        ("momento:mapa", 1),
    ],
)
def test_it_is_square_where_angles_are_seen(show: Show, name: str, panel: int) -> None:
    across, up = show(name).locator("svg").nth(panel).evaluate(_GAPS)
    assert across == pytest.approx(up, rel=1e-3)
