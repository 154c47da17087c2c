"""Acts on each control of a figure by mouse, finger or keyboard, and tells what changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator

from tests.browser.live.figures import LOAD, drag, swipe

MEANS = ("mouse", "touch", "keyboard")
# Where each figure begins, so that every control has something to do.
STARTS = {
    "cadena:dibujo-grafo": "n:3",
    "cadena:dibujo-caminos": "n:3",
    "punto:dibujo-grafo": "n:3",
    "autograd:dibujo": "n:3",
    "motor:lo-apuntado": "n:3",
    "lote:paisaje": "n:3",
    "lote:olvido": "n:8",
    "minilotes:mapa": "r:20",
    "descenso:rebotes": "w:1,n:3",
    "index:pregunta": "m:0.5,r:desplazar",
    "gradiente:superficies": "g:70,e:40",
    "gradiente:brujula": "m:1.5,t:30",
    "error-absoluto:un-punto-malo": "x:9,y:4",
    "momento:mapa": "b:0.5",
    "adam:giro": "g:20,k:300",
    "derivada:uve": "h:-2",
    "neurona:mapa": "p:1,q:1.5,b:1",
}
# By their names, what changes no picture, and why.
NO_PICTURE = {
    "Comprobar": "a wrong answer is only told so",
    "girar la recta": "a guess is heard and judged; nothing of it is drawn",
    "desplazarla": "a guess is heard and judged; nothing of it is drawn",
}
# What is said about an answer is about that answer, and goes with it.
NOT_KEPT = {"Comprobar"}

# What can be moved, radio buttons of a group from the one behind the chosen one on, so that each one changes something.
_CONTROLS = """place => {
    const all = [...place.querySelectorAll("button, input:not([type=text]), [role=slider]")]
    const groups = Map.groupBy(all.filter(each => each.type === "radio"), each => each.name)
    const turned = [...groups.values()].flatMap(group => {
        const at = group.findIndex(each => each.checked) + 1
        return [...group.slice(at), ...group.slice(0, at)]
    })
    const order = all.map(each => (each.type === "radio" ? turned.shift() : each))
    return order.map((each, i) => {
        each.dataset.control = i
        const name = each.ariaLabel || (each.closest("label") ?? each).textContent.trim()
        return [each.role === "slider" ? "slider" : each.localName === "button" ? "button" : each.type, name]
    })
}"""
# The picture, without the points that are dragged: something else must follow them; and all that is told.
_LOOK = """place => {
    const copy = place.cloneNode(true)
    for (const each of copy.querySelectorAll(".nb-live__voice")) each.remove()
    for (const each of copy.querySelectorAll("[data-control]")) delete each.dataset.control
    for (const each of copy.querySelectorAll(".focus-visible")) { // the theme marks what the keyboard is on
        each.classList.remove("focus-visible")
        each.removeAttribute("data-focus-visible-added")
    }
    const blank = text => text.replace(/nb-live-\\d+/g, "").replaceAll(' class=""', "")
    const whole = blank(copy.innerHTML)
    for (const each of copy.querySelectorAll(".nb-live__knob")) each.remove()
    const picture = [...copy.querySelectorAll("svg, .nb-live__program")].map(each => blank(each.outerHTML)).join()
    const told = [...copy.querySelectorAll(".nb-live__text, .nb-live__numbers")].map(each => each.textContent).join()
    const inputs = [...place.querySelectorAll("input:not([type=text])")].map(each => (/radio|checkbox/.test(each.type) ? each.checked : each.value))
    dispatchEvent(new Event("pagehide")) // writes the address at once
    return { picture, told, query: location.search, all: [inputs, whole] }
}"""
# The figure drawn anew from the address alone, beside itself.
_AGAIN = f"""async (place, module) => {{
    {LOAD}
    const {{ default: draw }} = await load(module)
    const other = place.cloneNode(false)
    place.after(other)
    draw(other, JSON.parse(place.dataset.values))
    const found = ({_LOOK})(other)
    other.remove()
    return found
}}"""
_CENTRE = "each => each.scrollIntoView({ block: 'center', behavior: 'instant' })"
# How far along a slider is, from 0 to 1.
_ALONG = "each => (each.value - each.min) / (each.max - each.min)"
_TOWARDS_THE_MIDDLE = """each => {
    const [box, frame] = [each.querySelector("circle:last-child"), each.ownerSVGElement].map(part => part.getBoundingClientRect())
    const way = (from, to) => (from < to ? 27 : -27)
    return [way(box.x, frame.x + frame.width / 2), way(box.y, frame.y + frame.height / 2)]
}"""


def look(figure: Locator) -> dict[str, Any]:
    return dict(figure.evaluate(_LOOK))


def again(figure: Locator, module: str) -> dict[str, Any]:
    """How the figure looks to somebody who comes with its address."""
    return dict(figure.evaluate(_AGAIN, module))


def controls(figure: Locator) -> list[tuple[str, str, Locator]]:
    """Each control: its kind, its name, and itself. Points come late, for some go back to step 0, and to begin anew last."""
    found = [
        (kind, name, figure.locator(f"[data-control='{i}']"))
        for i, (kind, name) in enumerate(figure.evaluate(_CONTROLS))
    ]
    return sorted(found, key=lambda each: (each[1] == "Reiniciar", each[0] == "slider"))


def act(figure: Locator, means: str, kind: str, control: Locator) -> None:
    control.evaluate(_CENTRE)
    _keys(kind, control) if means == "keyboard" else _point(figure, means, kind, control)


def _keys(kind: str, control: Locator) -> None:
    keys = {"button": "Enter", "checkbox": "Space", "number": "ArrowUp", "slider": "ArrowRight"}
    if kind == "radio":  # the arrows go to it from the chosen one, wherever that is in the group
        group = control.evaluate(
            "each => [...each.closest('fieldset').querySelectorAll('input')].indexOf(each)"
        )
        count = control.evaluate("each => each.closest('fieldset').querySelectorAll('input').length")
        before = control.locator("xpath=ancestor::fieldset").locator("input").nth((group - 1) % count)
        before.press("ArrowRight")
    elif kind == "range":
        control.press("ArrowRight" if control.evaluate(_ALONG) < 0.5 else "ArrowLeft")
    else:
        control.press(keys[kind])


def _point(figure: Locator, means: str, kind: str, control: Locator) -> None:
    move: Callable[..., None] = drag if means == "mouse" else swipe
    press = control.click if means == "mouse" else control.tap
    if kind == "slider":
        move(figure, control, *control.evaluate(_TOWARDS_THE_MIDDLE))
    elif kind == "range":
        box = control.bounding_box()
        assert box
        along = control.evaluate(_ALONG)
        there = along + (0.25 if along < 0.5 else -0.25)
        press(position={"x": box["width"] * there, "y": box["height"] / 2})
    else:
        press()
        if kind == "number":
            control.press("ControlOrMeta+a")
            figure.page.keyboard.type("1.5")
            figure.page.keyboard.press("Tab")
