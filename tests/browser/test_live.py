"""Protects figures that answer: they compute what the lesson's own code does, obey mouse, finger and keyboard.

They keep their state in the address; without scripts and on paper stands the figure of the build.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
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
    # Whoever leaves a page leaves what it was still asking for.
    assert [fault for faults in pages for fault in faults if "ERR_ABORTED" not in fault] == []


def place_of(name: str) -> str:
    return f"#figura-{name.partition(':')[2]}"


def near(page: Page, name: str) -> Locator:
    """The figure ``name`` of a page, once its module has drawn it."""
    place = page.locator(place_of(name))
    for _ in range(100):  # an anchor in the address may still scroll away
        place.evaluate("place => place.scrollIntoView({ block: 'center' })")
        if "nb-live--on" in (place.get_attribute("class") or ""):
            break
        page.wait_for_timeout(100)
    expect(place).to_have_class(re.compile("nb-live--on"))
    place.evaluate("place => place.scrollIntoView({ block: 'center' })")
    return place


def said(figure: Locator) -> str:
    return figure.locator(".nb-live__text").inner_text()


def numbers(figure: Locator) -> str:
    return re.sub(r"\s+", " ", figure.locator(".nb-live__numbers").inner_text())


def drag(figure: Locator, knob: Locator, dx: float, dy: float) -> None:
    """Move a point by some pixels with the mouse."""
    box = (knob.locator("circle").last if knob.locator("circle").count() else knob).bounding_box()
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
    box = (knob.locator("circle").last if knob.locator("circle").count() else knob).bounding_box()
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
    rate = figure.locator("input[type=range]")
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
    expect(figure.locator(".nb-live__text")).to_contain_text(re.compile(r"^\d+ pasos"))
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
    rate = figure.locator("input[type=range]")
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


# ---------------------------------------------------------------- secante


@pytest.mark.parametrize("kind", ["float32", "float64"])
@pytest.mark.parametrize("way", ["adelante", "central"])
def test_secante_gives_every_bit_of_numpy(show: Show, way: str, kind: str) -> None:
    derivada = lesson("derivada")
    method = {"adelante": derivada.forward_difference, "central": derivada.central_difference}[way]
    to = {"float32": np.float32, "float64": np.float64}[kind]
    steps = [float(f"{10 ** (-k / 10):.3g}") for k in range(161)]
    states = [float(method(derivada.cube, to(2), to(h))) for h in steps]
    assert [
        float(each) for each in compute(show("derivada:uve"), "secante", "slopes", way, kind, steps)
    ] == states


def test_secante_obeys_every_control(show: Show) -> None:
    figure = show("derivada:uve", has_touch=True)
    assert "h = 0.1 pendiente = 12.6100 error = 0.61" in numbers(figure)
    assert "truncamiento: con un paso diez veces menor fallaría menos" in said(figure)
    step = figure.locator("input[type=range]")
    for _ in range(10):
        step.press("ArrowLeft")
    assert "h = 0.01 pendiente = 12.0601" in numbers(figure)
    figure.get_by_role("radio", name="central").check()
    assert "pendiente = 12.0000" in numbers(figure) or "pendiente = 12.0001" in numbers(figure)
    step.press("Home")
    assert "El paso se ha perdido" in said(figure) and "pendiente = 0.0000" in numbers(figure)
    figure.get_by_role("radio", name="float64").press("Space")
    assert "float64" in said(figure)
    knob = figure.get_by_role("slider", name="El paso, sobre su curva")
    knob.press("Shift+ArrowRight")
    expect(knob).to_have_attribute("aria-valuenow", "-15")
    drag(figure, knob, 120, 0)
    after = float(knob.get_attribute("aria-valuenow") or 0)
    assert after > -15
    swipe(figure, knob, -40, 0)
    assert float(knob.get_attribute("aria-valuenow") or 0) < after
    assert "tipo:float64,modo:central" in query(figure.page)


# ---------------------------------------------------------------- giro


def test_giro_gives_every_bit_of_torch(show: Show) -> None:
    inicio = lesson("inicio")
    draw = torch.Generator().manual_seed(1)
    lines = [(0.9, 0.1), *(torch.rand(250, 2, generator=draw, dtype=torch.float64) * 4 - 2).tolist()]
    states = []
    for line in lines:
        m, b = (torch.tensor(each, dtype=torch.float32, requires_grad=True) for each in line)
        cost = inicio.cost(m, b)
        cost.backward()
        states.append([(m * inicio.x + b - inicio.y).item(), cost.item(), m.grad.item(), b.grad.item()])
    assert compute(show("index:pregunta"), "giro", "looks", lines) == states


def test_giro_asks_before_it_tells(show: Show) -> None:
    figure = show("index:pregunta", has_touch=True)
    assert numbers(figure) == "m = 0.90 b = 0.10 C = 60.37"
    assert "108.78" not in figure.inner_text()
    figure.get_by_role("radio", name="desplazarla").check()
    assert said(figure).startswith("No: al girar, el coste cambia a razón de 108.78; al desplazar, de 15.54")
    figure.get_by_role("radio", name="girar la recta").press("Space")
    assert said(figure).startswith("Sí") and "por 7 a 1" in said(figure)
    assert "∂C/∂m = 108.78 ∂C/∂b = 15.54" in numbers(figure)
    figure.get_by_role("slider", name="Girar").press("ArrowLeft")
    assert "m = 0.89 b = 0.10" in numbers(figure) and "ha bajado" in said(figure)
    figure.get_by_role("slider", name="Desplazar").press("ArrowRight")
    assert "m = 0.89 b = 0.11" in numbers(figure)
    knob = figure.get_by_role("slider", name="La recta")
    knob.press("ArrowDown")
    assert "m = 0.88" in numbers(figure)
    drag(figure, knob, 0, 40)
    after = numbers(figure)
    assert "m = 0.88" not in after
    swipe(figure, knob, 0, 30)
    assert numbers(figure) != after
    assert "r:girar" in query(figure.page)
    figure.get_by_role("button", name="Reiniciar").click()
    assert "m = 0.90 b = 0.10" in numbers(figure)


@pytest.mark.parametrize("state", ["m:-0.21", "b:-7.67"])
def test_giro_has_no_square_where_the_answer_of_its_task_says(show: Show, state: str) -> None:
    assert "C = 0.00" in numbers(show("index:pregunta", f"?pregunta={state}"))


# ---------------------------------------------------------------- direccion


def test_direccion_prints_what_the_lesson_does(show: Show) -> None:
    """To the last printed digit, not to the bit: browsers and NumPy take their cosines from different libraries."""
    gradiente = lesson("gradiente")
    states = []
    for m, b in [(2, -1), (0.5, 0.25), (3, -2.5)]:
        partials = gradiente.squared_gradient(m, b)
        for degrees in range(0, 360, 3):
            angle = np.radians(degrees)
            slope = gradiente.directional_slope(np.cos(angle), np.sin(angle), *partials)
            states.append(([m, b, degrees], f"{slope:z.2f}".replace("-", "−")))
    found = compute(show("gradiente:brujula"), "direccion", "slopes", [state for state, _ in states])
    assert found == [printed for _, printed in states]


def test_direccion_obeys_every_control(show: Show) -> None:
    figure = show("gradiente:brujula", has_touch=True)
    assert "Gradiente (24.00, 6.00), de longitud 24.74" in numbers(figure)
    assert said(figure).startswith("A 90° la pendiente es 6.00")
    dial = figure.get_by_role("slider", name="Dirección", exact=True)
    dial.press("Home")
    assert said(figure).startswith("A 0° la pendiente es 24.00")
    for _ in range(14):
        dial.press("ArrowRight")
    assert "la que más sube" in said(figure)
    head = figure.get_by_role("slider", name="La dirección")
    head.press("Shift+ArrowLeft")
    assert said(figure).startswith("A 4°")
    drag(figure, head, -60, -60)
    turned = said(figure)
    assert not turned.startswith("A 4°")
    figure.get_by_role("slider", name="El ángulo").press("ArrowRight")
    assert said(figure) != turned
    place = figure.get_by_role("slider", name="El punto de partida")
    place.press("ArrowUp")
    assert "b = −0.95" in numbers(figure)
    swipe(figure, place, -30, 20)
    assert "m = 2.00" not in numbers(figure)
    figure.get_by_role("button", name="Reiniciar").click()
    assert "m = 2.00 b = −1.00" in numbers(figure)
    assert query(figure.page) == ""


# ---------------------------------------------------------------- superficie


@pytest.mark.parametrize(("name", "function"), [("absoluta", "absolute"), ("cuadratica", "squared")])
def test_superficie_has_the_heights_of_the_lesson(show: Show, name: str, function: str) -> None:
    gradiente = lesson("gradiente")
    lines = [[float(m), float(b)] for m in np.linspace(-5, 5, 21) for b in np.linspace(-5, 5, 21)]
    found = compute(show("gradiente:superficies"), "superficie", "heights", name, lines)
    assert found == [float(getattr(gradiente, function)(m, b)) for m, b in lines]


def test_superficie_turns(show: Show) -> None:
    figure = show("gradiente:superficies", has_touch=True)
    turn, tilt = figure.locator("input[type=range]").all()
    for _ in range(6):
        turn.press("ArrowLeft")
    assert "Baja la altura" in said(figure)
    tilt.press("Home")
    assert "una parábola" in said(figure)
    figure.get_by_role("radio", name="absoluta").check()
    assert "una uve" in said(figure)
    assert query(figure.page) == "superficies=g:104,e:0,p:absoluta"
    shape = figure.locator("svg")
    before = shape.inner_html()
    drag(figure, shape, 60, 30)
    assert shape.inner_html() != before
    turned = turn.input_value()
    assert turned != "104"
    swipe(figure, shape, 50, 0)
    assert turn.input_value() != turned
    figure.get_by_role("button", name="Reiniciar").click()
    assert (turn.input_value(), tilt.input_value()) == ("110", "28")


# ---------------------------------------------------------------- grafo


def _polynomial(x: Any, y: Any, c: Any) -> dict[str, Any]:
    return dict(lesson("autograd").forward(x, y, c))


def _two_paths(x: Any) -> dict[str, Any]:
    s = x + 3
    return {"s": s, "p": x * s}


def _noted(x: Any, y: Any) -> dict[str, Any]:
    return {name: step for name, step in _polynomial(x, y, 0.0).items() if name != "f"}


def _line(m: Any, b: Any, x: Any, y: Any) -> dict[str, Any]:
    p = m * x
    y_hat = p + b
    e = y_hat - y
    return {"p": p, "ŷ": y_hat, "e": e, "C": e**2}


GRAPHS = {
    "cadena:dibujo-grafo": (_polynomial, "xy", "c", "f"),
    "cadena:dibujo-caminos": (_two_paths, "x", "", "p"),
    "punto:dibujo-grafo": (_line, "mb", "xy", "C"),
    "autograd:dibujo": (_polynomial, "xy", "c", "f"),
    "motor:lo-apuntado": (_noted, "xy", "", "s"),
}


@pytest.mark.parametrize("name", GRAPHS)
def test_grafo_gives_every_bit_of_torch(show: Show, name: str) -> None:
    forward, asking, fixed, last = GRAPHS[name]
    draw = torch.Generator().manual_seed(2)
    runs = [
        dict(zip(asking + fixed, row, strict=True))
        for row in (torch.rand(250, len(asking + fixed), generator=draw) * 8 - 4).tolist()
    ]
    states = []
    for inputs in runs:
        leaves = {each: torch.tensor(value, requires_grad=each in asking) for each, value in inputs.items()}
        steps = forward(**leaves)
        for step in steps.values():
            step.retain_grad()
        steps[last].backward()
        values = {each: tensor.item() for each, tensor in (leaves | steps).items()}
        grads = {each: tensor.grad.item() for each, tensor in (leaves | steps).items() if each not in fixed}
        states.append([values, grads])
    assert compute(show(name), "grafo", "all", runs) == states


def test_grafo_shows_in_the_end_what_the_lesson_draws(show: Show) -> None:
    figure = show("punto:dibujo-grafo")
    for _ in range(2):
        figure.get_by_role("button", name="Diez pasos").click()
    expect(figure.get_by_role("button", name="Comprobar")).to_be_hidden()
    shown = figure.locator("svg text").all_text_contents()
    drawn = figure.page.locator(f"{place_of('punto:dibujo-grafo')} + .nabla-figure")
    told = re.findall(r"\d+\.\d+", drawn.get_attribute("aria-label") or "")
    assert len(told) > 5
    assert {f"{float(number):g}" for number in told} <= {*shown}


def test_grafo_notes_what_the_engine_of_the_lesson_does(show: Show) -> None:
    """To the digits of float32: the engine counts with those of Python."""
    motor = lesson("motor")
    figure = show("motor:lo-apuntado")
    draw = torch.Generator().manual_seed(3)
    places = [[2.0, 3.0], *(torch.rand(200, 2, generator=draw) * 8 - 4).tolist()]
    found = compute(figure, "grafo", "all", [{"x": x, "y": y} for x, y in places])
    for place, (values, grads) in zip(places, found, strict=True):
        x, y = map(motor.Value, place)
        s = motor.polynomial(x, y, motor.Value(1.0)).sources[0][0]
        motor.backward(s)
        (p, _), (q, _) = s.sources
        (u, _), (v, _) = p.sources[0], q.sources[0]
        nodes = {"x": x, "y": y, "u": u, "v": v, "p": p, "q": q, "s": s}
        assert values == pytest.approx({name: node.data for name, node in nodes.items()}, rel=1e-6, abs=1e-5)
        assert grads == pytest.approx({name: node.grad for name, node in nodes.items()}, rel=1e-6)
    for _ in range(2):
        figure.get_by_role("button", name="Diez pasos").click()
    drawn = figure.page.locator(f"{place_of('motor:lo-apuntado')} + .nabla-figure text")
    assert {*drawn.all_text_contents()} == {"8", "16", "9", "27", "43", "× 1", "× 2", "× 3"}
    assert {*drawn.all_text_contents()} <= {*figure.locator("svg text").all_text_contents()}


def test_grafo_asks_and_judges(show: Show) -> None:
    figure = show("cadena:dibujo-caminos")
    answer = figure.get_by_label("¿Cuánto vale s?")
    answer.fill("7")
    answer.press("Enter")
    assert said(figure) == "No es 7. Haz la cuenta: s = x + 3."
    answer.fill("5")
    figure.get_by_role("button", name="Comprobar").click()
    assert said(figure) == "Sí. s = x + 3 = 2 + 3 = 5."
    for question, right in (("p", "10"), ("∂p/∂p", "1"), ("∂p/∂x", "5,0"), ("∂p/∂s", "2")):
        figure.get_by_label(f"¿Cuánto vale {question}?").fill(right)
        figure.page.keyboard.press("Enter")
        assert said(figure).startswith("Sí. ")
    last = figure.get_by_label("Llega otro camino. ¿Cuánto vale ahora ∂p/∂x?")
    last.fill("2")
    last.press("Enter")
    assert "súmalo a lo que ya había" in said(figure)
    last.fill("7")
    last.press("Enter")
    assert said(figure) == "Sí. A x llega otro camino, y se suma: ∂p/∂x = 5 + 2 · 1 = 7."
    assert query(figure.page) == "dibujo-caminos=n:6"


def test_grafo_obeys_every_control(show: Show) -> None:
    figure = show("cadena:dibujo-caminos", has_touch=True)
    figure.get_by_role("button", name="Muéstralo").tap()
    assert said(figure).startswith("s = x + 3")
    figure.get_by_role("button", name="Muéstralo").press("Enter")
    assert said(figure) == "p = x · s = 2 · 5 = 10."
    field = figure.get_by_label("x =")
    field.fill("5")
    field.press("Tab")
    assert said(figure) == "p = x · s = 5 · 8 = 40."
    figure.get_by_role("button", name="Atrás").click()
    assert said(figure) == "s = x + 3 = 5 + 3 = 8."
    assert query(figure.page) == "dibujo-caminos=x:5,n:1"
    figure.get_by_role("button", name="Reiniciar").click()
    assert query(figure.page) == ""


# ---------------------------------------------------------------- acumula


def bits(values: list[Any]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


@pytest.mark.parametrize("clears", [True, False])
def test_acumula_gives_every_bit_of_torch(show: Show, clears: bool) -> None:
    lote = lesson("lote")
    m, b = lote.initial_parameters()
    optimizer = torch.optim.SGD([m, b], lr=lote.learning_rate)
    states: list[list[float | None]] = []
    cost = None

    def note() -> None:
        grads = [None if each.grad is None else each.grad.item() for each in (m, b)]
        states.append([m.item(), b.item(), cost, *grads])

    note()
    for _ in range(50):
        if clears:
            optimizer.zero_grad()
        note()
        y_hat = lote.predict(m, b, lote.xs)
        note()
        loss = ((y_hat - lote.ys) ** 2).mean()
        cost = loss.item()
        note()
        loss.backward()
        note()
        optimizer.step()
        note()
    start = {"m": lote.m_start, "b": lote.b_start}
    found = compute(show("lote:olvido"), "acumula", "lines", start, lote.learning_rate, 250, clears)
    keys = ("m", "b", "cost", "grad_m", "grad_b")
    assert [bits([each[key] for key in keys]) for each in found] == states


def test_acumula_obeys_every_control(show: Show) -> None:
    figure = show("lote:olvido")
    assert "m.grad = None" in numbers(figure) and "aún no" in said(figure).lower()
    one = figure.get_by_role("button", name="Una línea")
    for _ in range(4):
        one.click()
    assert "m.grad = 36.305" in numbers(figure)
    lit = figure.locator("li[aria-current=step]")
    expect(lit).to_have_text("cost.backward()")
    figure.get_by_label("con zero_grad").press("Space")
    figure.get_by_role("button", name="Diez pasos").press("Enter")
    assert "Vuelta 3" in numbers(figure)
    for _ in range(5):
        figure.get_by_role("button", name="Atrás").click()
    assert "m.grad = 59.465" in numbers(figure) and "suma" in said(figure)
    assert query(figure.page) == "olvido=n:9,z:0"
    figure.get_by_role("button", name="Reiniciar").click()
    assert "m.grad = None" in numbers(figure)
    expect(figure.get_by_label("con zero_grad")).to_be_checked()


# ---------------------------------------------------------------- atipico


def test_atipico_gives_the_slopes_of_the_lesson(show: Show) -> None:
    """Each mean of eight is added as torch does; the last bit may differ where torch squares before it adds."""
    error = lesson("error_absoluto")
    places = [[7 + 0.5 * i, -10 + 3.5 * j] for i in range(0, 127, 9) for j in range(15)]
    assert len(places) >= 200
    expected = []
    for x, y in places:
        xs, ys = error.xs.clone(), error.ys.clone()
        xs[7], ys[7] = x, y
        expected.append([error.least_mse(xs, ys).item(), error.least_mae(xs, ys)[0].item()])
    found = compute(show("error-absoluto:un-punto-malo"), "atipico", "slopes", places)
    assert found == [pytest.approx(each, rel=2e-6, abs=2e-7) for each in expected]


def test_atipico_moves_its_point_by_keyboard_mouse_and_finger(show: Show) -> None:
    figure = show("error-absoluto:un-punto-malo", has_touch=True)
    assert "Solo se ha apartado la del MSE" in said(figure)
    figure.get_by_role("button", name="Sanar el punto").click()
    assert "Ninguna de las dos" in said(figure)
    figure.get_by_role("slider", name="Su x").press("End")
    assert "pendiente −0.029" in numbers(figure) and "pendiente −0.025" in numbers(figure)
    assert "las dos rectas" in said(figure)
    assert query(figure.page) == "un-punto-malo=x:70,y:-1.37"
    figure.get_by_role("button", name="Reiniciar").press("Enter")
    knob = figure.get_by_role("slider", name="El último punto")
    knob.press("ArrowUp")
    knob.press("Shift+ArrowRight")
    expect(knob).to_have_attribute("aria-valuetext", "x = 12.0, y = 6.5")
    drag(figure, knob, -40, 60)
    after = numbers(figure)
    assert "x = 12.0" not in (knob.get_attribute("aria-valuetext") or "")
    swipe(figure, knob, 0, -60)
    assert numbers(figure) != after


# ---------------------------------------------------------------- carrera


@pytest.mark.parametrize("size", [8, 2, 1])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_carrera_gives_every_bit_of_torch(show: Show, size: int, seed: int) -> None:
    minilotes = lesson("minilotes")
    path, _ = minilotes.descend(size, epochs=30, seed=seed)
    found = compute(show("minilotes:mapa"), "carrera", "run", size, 240, seed)
    torch_path = [[torch.tensor(value).item() for value in place] for place in path]
    assert found["path"] == torch_path
    assert len(path) == 1 + 30 * 8 // size


def test_carrera_obeys_every_control(show: Show) -> None:
    figure = show("minilotes:mapa")
    one = figure.get_by_role("button", name="Un ejemplo")
    for _ in range(8):
        one.click()
    runs = lesson("minilotes").runs
    for name, size, steps in (
        ("lote", 8, "1 paso"),
        ("minilotes", 2, "4 pasos"),
        ("estocástico", 1, "8 pasos"),
    ):
        assert f"{name}: {steps}, C = {runs[size][1][1]:.4f}" in numbers(figure)
    assert "8 ejemplos leídos, 1 época." in said(figure)
    assert figure.locator(".nb-live__deck .nb-live__lit").count() == 2
    figure.get_by_label("4", exact=True).check()
    assert "minilotes: 2 pasos" in numbers(figure)
    before = numbers(figure)
    figure.get_by_role("group", name="Baraja").get_by_label("2").press("Space")
    assert numbers(figure) != before
    curve = figure.locator("svg").nth(1).locator("path").last
    drawn = curve.get_attribute("d")
    figure.get_by_label("pasos dados").check()
    assert numbers(figure) != before and curve.get_attribute("d") == drawn  # one by one, both are the same
    figure.get_by_role("button", name="Diez pasos").click()
    figure.get_by_role("button", name="Atrás").click()
    assert query(figure.page) == "mapa=r:17,q:4,s:1,e:pasos"
    figure.get_by_role("button", name="Reiniciar").click()
    assert "Los tres salen" in said(figure)


# ---------------------------------------------------------------- valle


@pytest.mark.parametrize(("rate", "beta"), [(0.0541, 0.0), (0.0541, 0.6), (0.0866, 0.6), (0.02, 0.9)])
def test_valle_goes_where_the_lesson_goes(show: Show, rate: float, beta: float) -> None:
    """In float64 both, but the lesson adds the gradient point by point, and the figure has it from the Hessian."""
    momento = lesson("momento")
    points = momento.momentum(momento.gradient, momento.start, rate, beta, 250)
    figure = show("momento:mapa")
    found = compute(figure, "valle", "momentum", rate, beta, 250)
    assert found == [pytest.approx(each.tolist(), abs=1e-10) for each in points]
    assert compute(figure, "valle", "needed", rate, beta, 3000) == momento.rounds_needed(rate, beta)


def test_valle_obeys_every_control(show: Show) -> None:
    figure = show("momento:mapa", has_touch=True)
    assert "Sin inercia: 266 vueltas" in numbers(figure)
    figure.get_by_role("button", name="La mejor pareja").click()
    assert "Con inercia: 51 vueltas" in numbers(figure) and "no llega" in said(figure)
    figure.get_by_role("button", name="Reiniciar").press("Enter")
    knob = figure.get_by_role("slider", name="La tasa y la β")
    for _ in range(12):
        knob.press("Shift+ArrowUp")
    assert "β = 0.600" in numbers(figure) and "Con inercia: 75 vueltas" in numbers(figure)
    before = numbers(figure)
    drag(figure, knob, 20, -20)
    assert numbers(figure) != before
    before = numbers(figure)
    swipe(figure, knob, -30, 20)
    assert numbers(figure) != before
    assert query(figure.page).startswith("mapa=a:")


# ---------------------------------------------------------------- neurona


@pytest.mark.parametrize("times", [1, 20, 200])
def test_neurona_agrees_with_torch_to_the_digits_that_it_prints(show: Show, times: int) -> None:
    """Logits are those of torch to the bit or one beside it; exp and log come from other polynomials."""
    neurona = lesson("neurona")
    states = [
        [times * p, times * q, times * b, i]
        for (p, q, b) in ((1.79, 1.27, -0.78), (-1.0, 2.0, 0.5), (0.3, -0.2, 3.0), (3.0, 3.0, -6.0))
        for i in range(60)
    ]
    found = compute(show("neurona:mapa"), "neurona", "looks", states)
    assert len(found) >= 200
    for (p, q, b, i), (z, a, loss, stable) in zip(states, found, strict=True):
        logit = neurona.houses[i] @ torch.tensor([p, q]) + torch.tensor(b)
        label = neurona.hears_a[i]
        answer = neurona.sigmoid(logit)
        naive = -torch.log(answer if label else 1 - answer)
        assert z == pytest.approx(logit.item(), rel=1e-6, abs=1e-6)
        assert a == pytest.approx(answer.item(), rel=1e-5, abs=1e-7)
        if loss is None or not torch.isfinite(naive):  # an infinity is no number in JSON
            assert abs(logit.item()) > 16
        else:
            assert loss == pytest.approx(naive.item(), rel=1e-3, abs=2e-7)
        exact = torch.nn.functional.binary_cross_entropy_with_logits(logit, label)
        assert stable == pytest.approx(exact.item(), abs=5e-7 * max(1, abs(logit.item())))


def test_neurona_obeys_every_control(show: Show) -> None:
    figure = show("neurona:mapa", has_touch=True)
    house = figure.get_by_role("slider", name="Casa")
    house.press("ArrowRight")
    assert house.get_attribute("aria-valuetext") == "2 de 60"
    figure.locator("svg").first.locator("circle[class=nb-live__fill-1]").nth(4).click(force=True)
    assert house.get_attribute("aria-valuetext") != "2 de 60"
    bias = figure.get_by_role("slider", name="Sesgo")
    bias.press("End")
    assert "b = 6.00" in numbers(figure)
    knob = figure.get_by_role("slider", name="La punta de w")
    knob.press("ArrowLeft")
    assert "w = (1.69, 1.27)" in numbers(figure)
    drag(figure, knob, -30, 30)
    before = numbers(figure)
    assert "w = (1.69" not in before
    swipe(figure, knob, 40, 0)
    assert numbers(figure) != before
    figure.get_by_role("button", name="Reiniciar").click()
    figure.get_by_label("200").check()
    broken = 0
    house.press("Home")
    for _ in range(60):
        broken += "da infinito" in said(figure)
        house.press("ArrowRight")
    neurona = lesson("neurona")
    logits = 200 * (neurona.houses @ neurona.map_w + neurona.map_b)
    answers = neurona.sigmoid(logits)
    naive = torch.log(torch.where(neurona.hears_a == 1, answers, 1 - answers))
    assert broken == int(torch.isinf(naive).sum())
    assert query(figure.page).startswith("mapa=i:59,k:200")
