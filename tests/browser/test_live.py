"""Figures that answer: they compute what the lesson's own code does, obey mouse, finger and keyboard, and keep their
state in the address; without scripts and on paper stands the figure of the build.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import torch
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser import harness
from tests.browser.conftest import OpenPage, watch
from tests.browser.harness import Site
from tests.derivatives.three_ways import load

MODULES = harness.ROOT / "docs/assets/figures"
_COMMENT = re.compile(
    r"\(figura:([\w-]+)\)(?:(?!\(figura:).)*?^<!-- interactiva[^:]*: *(\w+)\(", re.MULTILINE | re.DOTALL
)
# Every figure that answers: its page and its module. A name that two pages use is told apart by the page.
LIVE = {
    f"{Path(page).stem}:{name}": (page, module)
    for page in harness.PAGES
    if page.endswith(".md")
    for name, module in _COMMENT.findall((harness.ROOT / page).read_text("utf-8"))
}
EACH, ALL = 8_000, 40_000  # bytes, compressed

Show = Callable[..., Locator]


@pytest.fixture
def show(browser: Browser, site: Site) -> Any:
    """Opens a page at one of its figures, which answers from then on; at the end nothing may have gone wrong."""
    contexts = []

    def open_(name: str, query: str = "", **options: Any) -> Locator:
        contexts.append(context := harness.new_context(browser, **options))
        page = context.new_page()
        faults = watch(page, site.url)
        pages.append(faults)
        page.goto(site.url + harness.address(LIVE[name][0]) + query)
        harness.wake(page)
        return near(page, name)

    pages: list[list[str]] = []
    yield open_
    for context in contexts:
        context.close()
    assert [fault for faults in pages for fault in faults] == []


def place_of(name: str) -> str:
    return f"#figura-{name.partition(':')[2]}"


def near(page: Page, name: str) -> Locator:
    """The figure ``name`` of a page, once its module has drawn it."""
    place = page.locator(place_of(name))
    place.evaluate("place => place.scrollIntoView({ block: 'center' })")
    expect(place).to_have_class(re.compile("nb-live--on"))
    place.evaluate("place => place.scrollIntoView({ block: 'center' })")
    return place


def said(figure: Locator) -> str:
    return figure.locator(".nb-live__text").inner_text()


def numbers(figure: Locator) -> str:
    return re.sub(r"\s+", " ", figure.locator(".nb-live__numbers").inner_text())


def drag(figure: Locator, knob: Locator, dx: float, dy: float) -> None:
    """Move a point by some pixels with the mouse."""
    box = knob.locator("circle").last.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    mouse = figure.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + dx / 2, y + dy / 2)
    mouse.move(x + dx, y + dy)
    mouse.up()


def swipe(figure: Locator, knob: Locator, dx: float, dy: float) -> None:
    """The same with a finger, as a phone tells it."""
    box = knob.locator("circle").last.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = figure.page.context.new_cdp_session(figure.page)
    for kind, part in (("touchStart", 0.0), ("touchMove", 0.5), ("touchMove", 1.0), ("touchEnd", 1.0)):
        points = [] if kind == "touchEnd" else [{"x": x + dx * part, "y": y + dy * part}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def compute(figure: Locator, module: str, call: str, *arguments: Any) -> Any:
    """What a function of a module gives: the last argument it gets are the figure's own values."""
    return figure.evaluate(
        """async (place, [module, call, given]) => {
            const from = new URL(document.querySelector("script[src*=site]").src)
            const all = await import(new URL(`../figures/${module}.js`, from))
            return all[call](...given, JSON.parse(place.dataset.values))
        }""",
        [module, call, arguments],
    )


def query(page: Page) -> str:
    """The query of the address, once it has been written."""
    page.wait_for_timeout(600)
    return page.url.partition("?")[2].partition("#")[0]


# ---------------------------------------------------------------- what holds for all


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
def test_the_figure_of_the_build_stands_without_scripts_and_on_paper(
    open_page: OpenPage, show: Show, name: str
) -> None:
    plain = open_page(LIVE[name][0], java_script_enabled=False)
    expect(plain.locator(f"{place_of(name)} + .nabla-figure")).to_be_visible()
    expect(plain.locator(place_of(name))).to_be_empty()
    figure = show(name)
    still = figure.page.locator(f"{place_of(name)} + .nabla-figure")
    expect(still).to_be_hidden()
    figure.page.emulate_media(media="print")
    expect(still).to_be_visible()
    expect(figure).to_be_hidden()


@pytest.mark.parametrize("name", LIVE)
def test_a_module_comes_when_the_reader_nears_its_figure(browser: Browser, site: Site, name: str) -> None:
    with harness.new_context(browser, viewport={"width": 390, "height": 600}) as context:
        page = context.new_page()
        site.sent.clear()
        page.goto(site.url + harness.address(LIVE[name][0]))
        page.wait_for_load_state("networkidle")
        place = page.locator(place_of(name)).bounding_box()
        assert place
        came = [path for path, _ in site.sent if path.endswith(f"figures/{LIVE[name][1]}.js")]
        assert len(came) == (place["y"] < 600 + 400)
        near(page, name)


@pytest.mark.parametrize("name", LIVE)
@pytest.mark.parametrize("width", [360, 1400])
def test_it_fits_and_every_control_can_be_touched(show: Show, name: str, width: int) -> None:
    figure = show(name, viewport={"width": width, "height": 800}, has_touch=True)
    assert figure.page.evaluate("document.documentElement.scrollWidth") <= width
    for control in figure.locator("button, input, [role=slider]").all():
        box = control.bounding_box()
        assert box and min(box["width"], box["height"]) >= (
            16 if control.get_attribute("type") in {"radio", "checkbox"} else 24
        )
    sizes = figure.locator("svg text").evaluate_all(
        """all => all.map(each => {
            const { a, b } = each.getScreenCTM()
            return parseFloat(getComputedStyle(each).fontSize) * Math.hypot(a, b)
        })"""
    )
    assert min(sizes) >= 8.5


@pytest.mark.parametrize("name", LIVE)
def test_every_control_has_a_name_and_all_are_reached_by_keyboard(show: Show, name: str) -> None:
    figure = show(name)
    controls = figure.locator("button:enabled, input:enabled, [role=slider]")
    for control in controls.all():
        assert control.evaluate(
            "each => each.ariaLabel || each.textContent.trim() || each.labels?.[0]?.textContent.trim()"
        )
        if control.get_attribute("type") != "radio":
            control.focus()
            expect(control).to_be_focused()
    for knob in figure.locator("[role=slider]").all():
        assert knob.get_attribute("aria-valuetext")
    assert figure.locator("[aria-live=polite]").count() == 1


@pytest.mark.parametrize("name", LIVE)
def test_what_the_address_says_wrongly_is_as_at_first(show: Show, name: str) -> None:
    state = numbers(show(name))
    for wrong in ("", "x", "m:1e9,n:-3,a:nan,b:", "m", ":::,,"):
        assert numbers(show(name, f"?{name.partition(':')[2]}={wrong}")) == state


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
    for places in range(5):
        given = [
            show("lote:paisaje").evaluate(
                """async (_, [values, places]) => {
                    const from = new URL(document.querySelector("script[src*=site]").src)
                    const { decimals } = await import(new URL("../figures/common.js", from))
                    return values.map(value => decimals(value, places))
                }""",
                [values, places],
            )
        ][0]
        assert given == [f"{value:z.{places}f}".replace("-", "−") for value in values]


def test_several_keep_their_state_and_history_brings_it_back(show: Show) -> None:
    figure = show("lote:paisaje", "?h=lote&paisaje=n:3#el-camino-visto-desde-arriba")
    page = figure.page
    figure.get_by_role("button", name="Un paso").click()
    assert query(page) == "h=lote&paisaje=n:4"
    assert page.url.endswith("#el-camino-visto-desde-arriba")
    before = numbers(figure)
    page.goto(page.url.partition("lecciones/")[0])
    page.go_back()
    harness.wake(page)
    assert numbers(near(page, "lote:paisaje")) == before
    near(page, "lote:paisaje").get_by_role("button", name="Reiniciar").click()
    assert query(page) == "h=lote"


# ---------------------------------------------------------------- paisaje


def lesson(name: str) -> Any:
    """What the lesson's own code leaves behind."""
    return SimpleNamespace(**load(name))


@pytest.mark.parametrize("rate", [0.01, 0.03, 0.0549, 0.06])
def test_paisaje_gives_every_bit_of_torch(show: Show, rate: float) -> None:
    lote = lesson("lote")
    m, b = lote.initial_parameters()
    optimizer = torch.optim.SGD([m, b], lr=rate)
    states = []
    for _ in range(250):
        optimizer.zero_grad()
        cost = lote.mse(m, b, lote.xs, lote.ys)
        cost.backward()
        states.append([m.item(), b.item(), cost.item(), m.grad.item(), b.grad.item()])
        optimizer.step()
    figure = show("lote:paisaje")
    start = {"m": lote.m_start, "b": lote.b_start}
    found = compute(figure, "paisaje", "rounds", start, rate, 249)
    assert [[float(each[key]) for key in ("m", "b", "cost", "grad_m", "grad_b")] for each in found] == states


def test_paisaje_obeys_every_control(show: Show) -> None:
    figure = show("lote:paisaje")
    assert "C = 19.6755" in numbers(figure) and "∂C/∂m = 36.305" in numbers(figure)
    step, back = figure.get_by_role("button", name="Un paso"), figure.get_by_role("button", name="Atrás")
    expect(back).to_be_disabled()
    step.click()
    assert "de 19.6755 a 8.5722" in said(figure)
    step.press("Enter")
    assert said(figure).startswith("2 pasos")
    back.press("Space")
    assert said(figure).startswith("Un paso")
    figure.get_by_role("button", name="Diez pasos").click()
    assert said(figure).startswith("11 pasos")
    figure.get_by_role("button", name="Reiniciar").click()
    assert "C = 19.6755" in numbers(figure)
    rate = figure.get_by_role("slider", name="Tasa")
    assert "converge" in said(figure)
    rate.focus()
    for _ in range(200):
        figure.page.keyboard.press("ArrowRight")
        if "diverge" in said(figure):
            break
    assert rate.get_attribute("aria-valuetext") == "0.055"
    figure.page.keyboard.press("ArrowLeft")
    assert rate.get_attribute("aria-valuetext") == "0.0543" and "converge" in said(figure)
    figure.get_by_role("button", name="Diez pasos").click()
    at = figure.page.url
    assert query(figure.page) == "paisaje=a:0.0543,n:10", at


def test_paisaje_moves_its_point_by_keyboard_mouse_and_finger(show: Show) -> None:
    figure = show("lote:paisaje", has_touch=True)
    knob = figure.get_by_role("slider", name="La recta")
    knob.press("ArrowLeft")
    knob.press("Shift+ArrowUp")
    assert "m = 0.890 b = 0.200" in numbers(figure)
    expect(knob).to_have_attribute("aria-valuetext", re.compile(r"^m = 0.89, b = 0.20, C = \d"))
    drag(figure, knob, -60, -40)
    after = numbers(figure)
    assert "m = 0.890" not in after and "b = 0.200" not in after
    swipe(figure, knob, -30, 0)
    assert numbers(figure) != after
    assert query(figure.page).startswith("paisaje=m:")


def test_paisaje_plays_and_stops(show: Show) -> None:
    figure = show("lote:paisaje", reduced_motion="no-preference")
    figure.get_by_role("button", name="Reproducir").click()
    expect(figure.locator(".nb-live__text")).to_contain_text("3 pasos")
    figure.get_by_role("button", name="Pausa").click()
    stopped = numbers(figure)
    figure.page.wait_for_timeout(600)
    assert numbers(figure) == stopped
    expect(figure.locator("[aria-live]")).to_contain_text("pasos: el coste baja")


def test_paisaje_is_square_where_angles_are_seen(show: Show) -> None:
    figure = show("lote:paisaje")
    gaps = (
        figure.locator("svg")
        .nth(1)
        .evaluate(
            """svg => {
            const at = axis => [...svg.querySelectorAll("line")].map(each => each.getAttribute(axis + 1))
            const steps = values => [...new Set(values)].map(Number).sort((a, b) => a - b)
            const [x, y] = [steps(at("x")), steps(at("y"))]
            return [x[2] - x[1], y[2] - y[1]]
        }"""
        )
    )
    assert gaps[0] == pytest.approx(gaps[1], rel=1e-3)


# ---------------------------------------------------------------- rebote


@pytest.mark.parametrize("parts", [15, 100, 137, 200, 210])
def test_rebote_gives_every_bit_of_numpy(show: Show, parts: int) -> None:
    descenso = lesson("descenso")
    rows = descenso.descend_numpy(descenso.gradient, 60, lr=parts / 1500)
    found = compute(show("descenso:rebotes"), "rebote", "epochs", descenso.w_start, parts / 1500, 60)
    assert found == [[float(w), float(cost)] for w, cost in rows]
    assert {rate: round(rate * 1500) / 1500 for rate in descenso.rates} == {
        rate: rate for rate in descenso.rates
    }


@pytest.mark.parametrize(
    ("parts", "row", "factor"),
    [(15, 0, "0.85"), (100, 1, "0.00"), (195, 2, "−0.95"), (200, 3, "−1.00"), (210, 4, "−1.10")],
)
def test_rebote_lights_the_row_of_the_table(show: Show, parts: int, row: int, factor: str) -> None:
    figure = show("descenso:rebotes", f"?rebotes=a:{parts}")
    lit = figure.locator("tbody tr[aria-current=true]")
    expect(lit).to_have_count(1)
    assert figure.locator("tbody tr").nth(row).get_attribute("aria-current") == "true"
    assert f"= {factor}" in numbers(figure)
    assert lit.locator("td").nth(2).inner_text().split(":")[0] in said(figure)


def test_rebote_obeys_every_control(show: Show) -> None:
    figure = show("descenso:rebotes", has_touch=True)
    assert "w = 3.548" in numbers(figure)
    figure.get_by_role("button", name="Una época").press("Enter")
    assert "Época 6" in numbers(figure)
    figure.get_by_role("button", name="Atrás").click()
    figure.get_by_role("button", name="Diez pasos").click()
    assert "Época 15" in numbers(figure)
    rate = figure.get_by_role("slider", name="Tasa")
    rate.press("End")
    assert rate.get_attribute("aria-valuetext") == "0.1500" and "se aleja" in said(figure)
    figure.get_by_role("button", name="Reiniciar").click()
    knob = figure.get_by_role("slider", name="El punto")
    knob.press("ArrowRight")
    assert "Época 0 w = 3.650" in numbers(figure)
    drag(figure, knob, 40, 0)
    after = numbers(figure)
    assert "w = 3.650" not in after
    swipe(figure, knob, -60, 0)
    assert numbers(figure) != after
    assert query(figure.page).startswith("rebotes=w:")
