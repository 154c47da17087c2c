"""Protects the letters of a figure: signs that print well in the SVG and the PNG, and halos where lines run."""

from __future__ import annotations

import base64
import html
import io
import re
from collections.abc import Iterator

import matplotlib

matplotlib.use("agg")

import matplotlib.pyplot as plt
import pytest
from matplotlib import _mathtext
from PIL import Image

from nabla.draw import drawing, lettering
from nabla.draw.lettering import settled
from nabla.draw.palette import LIGHT


@pytest.fixture
def axes() -> Iterator[plt.Axes]:
    with matplotlib.rc_context():
        drawing.prepare()
        yield plt.subplots()[1]


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("-14.3", "−14.3"),
        ("x = -.5 (-2)", "x = −.5 (−2)"),
        ("sub-10, m-1, x(2)-3, 1e-16 y a-b", "sub-10, m-1, x(2)-3, 1e-16 y a-b"),
        (" 81 ", "\u00a081\u00a0"),
        ("dos palabras", "dos palabras"),
        ("-3 y $-3$", "−3 y $-3$"),
        ("m·x, ŷ, x³", "m·x, ŷ, x³"),
        ("$m·x$, $∂ŷ$, $x³ + y²$", r"$m\cdot x$, $∂\hat{y}$, $x^3 + y^2$"),
    ],
)
def test_signs_are_those_of_print(written: str, printed: str) -> None:
    assert settled(written) == printed


def test_every_text_of_a_figure_is_settled(axes: plt.Axes) -> None:
    axes.plot([0, 1], label="a -1")
    axes.legend()
    axes.set(title="b -2", xlabel="c -3")
    axes.text(0, 0, "d -4")
    axes.annotate("e -5", (0, 1))
    axes.figure.suptitle("f -6")
    svg = take()["svg"]
    assert re.findall(r">(\w) (.)\d<", svg) == [(letter, "−") for letter in "cdebaf"]


@pytest.mark.parametrize(("inches", "least"), [(4.0, 11.0), (6.4, 11 * 6.4 * 72 / 380)])
def test_no_text_is_too_small_on_a_phone(axes: plt.Axes, inches: float, least: float) -> None:
    axes.figure.set_size_inches(inches, 3)
    axes.set(title="alto", xlabel="eje")
    axes.text(0, 0, "menudo", fontsize=6)
    axes.text(1, 1, "grande", fontsize=30)
    axes.set_xticks([0, 1], ["cero", "uno"], fontsize=30)
    axes.set_yticks([0.5])
    axes.plot([0, 1], label="nombre")
    axes.legend()
    sizes = {
        text: float(size) for size, text in re.findall(r"font-size: ([\d.]+)px[^>]*>([^<]+)<", take()["svg"])
    }
    large = {text for text, size in sizes.items() if size == 30}
    assert large == {"grande", "cero", "uno"}
    assert {"alto", "eje", "menudo", "nombre", "0.5"} <= sizes.keys()
    small = [size for text, size in sizes.items() if text not in large]
    assert small == pytest.approx([least] * len(small), abs=0.01)


def test_a_formula_may_have_a_hat(axes: plt.Axes) -> None:
    axes.set_title("$ŷ$")
    svg = take()["svg"]
    assert re.findall(r"<tspan[^>]*>(.)</tspan>", svg) == ["^", "y"]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("$∂C/∂m = 108.78$", "∂C/∂m = 108.78"),
        ("coste $C$ (en metros)", "coste C (en metros)"),
        ("Vuelta 3: $C = 0.5$", "Vuelta 3: C = 0.5"),
        ("$x_2$: el de arriba", "x2: el de arriba"),
        ("$2(y - 1)x < 3$ & más", "2(y − 1)x < 3 & más"),
        ("$m = -3$     $b = 2$", "m = −3 b = 2"),
        ("$a$ -- $b$", "a -- b"),
    ],
)
def test_a_formula_is_stored_as_it_is_read(axes: plt.Axes, written: str, read: str) -> None:
    axes.set_title(written, fontsize=9)
    svg = take()["svg"]
    (formula,) = re.findall(r"<text>(.*?)</text>", svg)
    assert html.unescape(re.sub(r"<[^>]*>", "", formula)) == read


def test_letters_of_a_formula_stay_where_they_were(axes: plt.Axes, monkeypatch: pytest.MonkeyPatch) -> None:
    title = axes.set_title("cada $x_7^2$ y $∂C/∂m = 108.78$")

    def letters(svg: str) -> list[tuple[str, float, float]]:
        return sorted(
            (sign, float(x), float(y))
            for xs, y, signs in re.findall(r'<tspan x="([^"]*)" y="([^"]*)"[^>]*>([^<]*)</tspan>', svg)
            for sign, x in zip(signs, xs.split(), strict=True)
            if not sign.isspace()
        )

    monkeypatch.setattr(plt, "close", lambda _: None)
    new = take()["svg"]
    monkeypatch.setattr(lettering, "in_reading_order", lambda svg: svg)
    old = take()["svg"]
    assert title.get_text() in [each.get_text() for each in axes.figure.findobj(type(title))]
    assert letters(new) == letters(old)
    assert new.count("<tspan") < old.count("<tspan") / 2


def test_a_formula_is_parsed_once_for_all_that_show_it(
    axes: plt.Axes, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = []
    parse = _mathtext.Parser.parse
    monkeypatch.setattr(
        _mathtext.Parser, "parse", lambda self, s, *rest: parsed.append(s) or parse(self, s, *rest)
    )
    for each in (axes, plt.subplots()[1]):
        each.set_ylabel("$j_{17}$", fontsize=15)
        each.set_xlabel("$j_{17}$")
    first, second = drawing.take_figures("salt")
    assert parsed == ["$j_{17}$"]
    assert all(each["svg"].count(">j<") == 2 for each in (first, second))


def test_a_sign_that_is_missing_is_told_of_a_figure_that_the_lesson_had_measured(axes: plt.Axes) -> None:
    axes.set_title("$☃$")
    axes.figure.canvas.draw()
    with pytest.raises(drawing.FigureError, match="2603"):
        take()


def test_a_formula_has_the_size_of_its_text_and_stands_on_its_line(axes: plt.Axes) -> None:
    """By itself matplotlib shifts it by up to a point, to which it rounds its height up."""
    axes.set_title("$y$", fontsize=15)
    axes.set_xlabel("$g²$", fontsize=18)
    letters = re.findall(
        r'<tspan x="[^"]*" y="([^"]*)" style="[^"]*font-size: ([\d.]+)px[^>]*>([^<]*)<', take()["svg"]
    )
    size = {letter: float(pixels) for _, pixels, letter in letters}
    assert size == pytest.approx({"y": 15, "g": 18, "2": 18 * 0.7})
    assert max(abs(float(y)) / size[letter] for y, _, letter in letters if letter in "yg") < 0.01


def test_a_formula_has_one_size_in_the_svg_and_in_the_png(axes: plt.Axes) -> None:
    """That of the rule over its letters, which is all that is as wide."""
    axes.axis("off")
    axes.set_title(r"$\overline{mmmm}$", fontsize=15)
    figure = take()
    (points,) = re.findall(r'<rect [^>]*width="([^"]*)"', figure["svg"])
    image = Image.open(io.BytesIO(base64.b64decode(figure["png"]))).convert("L")
    left, _, right, _ = image.point(lambda light: 255 * (light < 128)).getbbox()
    assert right - left == pytest.approx(float(points) * 150 / 72, abs=1)


def test_a_label_has_a_halo_in_the_svg(axes: plt.Axes) -> None:
    axes.set_title("title")
    axes.text(0, 0, "plain")
    axes.annotate("$x$", (0, 1))
    axes.annotate("", (0, 0), (1, 1), arrowprops={"arrowstyle": "->"})
    axes.text(1, 1, "boxed", bbox={"facecolor": "none"})
    svg = take()["svg"]
    style = r"stroke: var\(--fig-bg\); stroke-width: 4; pointer-events: none"
    halo = rf'<use href="#([\w-]+)" style="{style}"/><g id="\1">(.*?)</g>'
    texts = [re.sub(r"<[^>]*>", "", text) for _, text in re.findall(halo, svg)]
    assert texts == ["plain", "x"]
    assert svg.count("<use") - len(re.findall("<use[^>]* x=", svg)) == 2


def test_halos_of_two_figures_have_ids_of_their_own(axes: plt.Axes) -> None:
    axes.text(0, 0, "one")
    plt.subplots()[1].text(0, 0, "two")
    found = [re.findall(r'<g id="([\w-]+)">', each["svg"]) for each in drawing.take_figures("salt")]
    assert len({name for names in found for name in names}) == 2


def test_a_label_has_a_halo_in_the_png(axes: plt.Axes) -> None:
    other = plt.subplots()[1]
    for each, words in ((axes, ""), (other, "label")):
        each.axis("off")
        each.axhspan(0, 1, color="C1")
        each.text(0.5, 0.5, words)
    bare, labelled = (LIGHT["bg"] in middle(each["png"]) for each in drawing.take_figures("salt"))
    assert (bare, labelled) == (False, True)


def take() -> dict[str, str]:
    (figure,) = drawing.take_figures("salt")
    return figure


def middle(png: str) -> set[str]:
    """The colours in the middle of a picture."""
    image = Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB")
    width, height = image.size
    quarter = image.crop((width // 4, height // 4, width * 3 // 4, height * 3 // 4))
    return {"#" + bytes(colour).hex() for _, colour in quarter.getcolors(1 << 24)}
