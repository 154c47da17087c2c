"""What the tests of figures that answer share: which there are, how they are reached, moved, read and asked."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser import harness
from tests.derivatives.three_ways import load

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

Show = Callable[..., Locator]


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


# Counts how often the browser takes a finger for a scroll of the page: whoever drags then holds nothing any more.
_COUNT_TAKEN = """() => {
    if (window.taken === undefined) addEventListener("pointercancel", () => taken++, true)
    window.taken = 0
    return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
}"""


def swipe(figure: Locator, knob: Locator, dx: float, dy: float) -> None:
    """The same with a finger, as a phone tells it. The finger stays the figure's to the end."""
    figure.page.evaluate(_COUNT_TAKEN)
    box = (knob.locator("circle").last if knob.locator("circle").count() else knob).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = figure.page.context.new_cdp_session(figure.page)
    for kind, part in (("touchStart", 0.0), ("touchMove", 0.5), ("touchMove", 1.0), ("touchEnd", 1.0)):
        points = [] if kind == "touchEnd" else [{"x": x + dx * part, "y": y + dy * part}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    assert figure.page.evaluate("taken") == 0, "the page would scroll under the finger"
    # Where a busy browser took the finger for one that rests, it holds what is tapped right after it for its end.
    figure.page.wait_for_timeout(500)


# In a script: ``load("paisaje")`` is the module as the page has it.
LOAD = """
    const load = name => import(new URL(`../figures/${name}.js`, document.querySelector("script[src*=site]").src))
"""


def compute(figure: Locator, module: str, call: str, *arguments: Any) -> Any:
    """What a function of a module gives: the last argument it gets are the figure's own values."""
    return figure.evaluate(
        f"""async (place, [module, call, given]) => {{
            {LOAD}
            return (await load(module))[call](...given, JSON.parse(place.dataset.values))
        }}""",
        [module, call, arguments],
    )


def printed(figure: Locator, values: list[float], places: int) -> list[str]:
    """How the figures write numbers."""
    return list(
        figure.evaluate(
            f"""async (_, [values, places]) => {{
                {LOAD}
                const {{ decimals }} = await load("common")
                return values.map(value => decimals(value, places))
            }}""",
            [values, places],
        )
    )


def as_python(value: float, places: int) -> str:
    """How Python prints a number, with a true minus."""
    return f"{value:z.{places}f}".replace("-", "−")


def query(page: Page) -> str:
    """The query of the address, written at once as when the page is left: a busy browser's timers come late."""
    return str(page.evaluate("dispatchEvent(new Event('pagehide')), location.search")).removeprefix("?")


def lesson(name: str) -> Any:
    """What the lesson's own code leaves behind."""
    return SimpleNamespace(**load(name))
