"""Protects a figure that answers: its module is there, and gets the values of the lesson's own run."""

from __future__ import annotations

import html
import json
import re

import pytest

from nabla.check.project import Project
from nabla.run import live
from tests.conftest import Mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

FIGURE = "](figura:plot)\n"


def problems(mini: Mini, comment: str) -> list[str]:
    """Those of the small page with a figure and this comment behind it."""
    mini.add_figure()
    mini.edit(mini.page, FIGURE, f"{FIGURE}<!-- {comment} -->\n")
    return [str(problem) for problem in Project.load(mini.root).check()[1]]


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("interactiva: paisaje", "no dice un módulo y sus valores"),
        ("interactiva: paisaje(x", "no dice un módulo y sus valores"),
        ("interactiva: paisaje(x + 1)", "no dice un módulo y sus valores"),
        ("interactiva: paisaje(**x)", "no dice un módulo y sus valores"),
        ("interactiva: paisaje.now(x)", "no dice un módulo y sus valores"),
        ("interactiva tras nada: paisaje(x)", "ninguna sección de esta página se llama «nada»"),
        ("interactiva: spin(x)", "el módulo docs/assets/figures/spin.js no existe"),
        ("interactiva: paisaje(nothing)", "name 'nothing' is not defined"),
        (
            "interactiva: paisaje(x=print)",
            "un valor de tipo builtin_function_or_method no puede ir al navegador",
        ),
        ("interactiva: paisaje(x=float('inf'))", "inf no es un número que se pueda escribir"),
        ("interactive: paisaje(x)", "¿querías decir «interactiva»?"),
        (
            "interactiva: paisaje(x) -->\n<!-- interactiva: paisaje(x)",
            "no tiene delante una figura para él solo",
        ),
    ],
)
def test_a_wrong_comment_is_refused(mini: Mini, comment: str, said: str) -> None:
    (found,) = problems(mini, comment)
    assert said in found


def test_a_comment_without_a_figure_is_refused(mini: Mini) -> None:
    mini.edit(mini.page, "## Final", "<!-- interactiva: paisaje(x) -->\n\n## Final")
    (found,) = [str(problem) for problem in Project.load(mini.root).check()[1]]
    assert "no tiene delante una figura" in found


def test_the_page_holds_the_values_and_the_figure_of_the_build(mini: Mini) -> None:
    assert problems(mini, "interactiva: paisaje(x, both=[x, square], said=\"<'y'>\")") == []
    assert mini.run("mkdocs", "build").returncode == 0
    page = (mini.site / "mini/index.html").read_text("utf-8")
    place = re.search(
        r"<span class=\"nb-live\" id=\"figura-plot\" data-module=\"paisaje\" data-values='(.*?)'></span><img",
        page,
    )
    assert place
    assert json.loads(html.unescape(place[1])) == {"x": 7, "both": [7, 49], "said": "<'y'>"}
    assert (mini.site / "assets/figures/paisaje.js").is_file()


def test_a_figure_that_answers_may_stand_before_its_block(mini: Mini) -> None:
    assert problems(mini, "interactiva: paisaje(x)") == []
    text = mini.page.read_text("utf-8")
    start = text.index("![Una recta")
    figure = text[start:]
    early = text[:start].replace(
        "## Final", f"{figure}\n## Final".replace("interactiva:", "interactiva tras plot:")
    )
    mini.page.write_text(early, "utf-8")
    assert Project.load(mini.root).check()[1] == []
    mini.edit(mini.page, "<!-- interactiva tras plot: paisaje(x) -->\n", "")
    (found,) = Project.load(mini.root).check()[1]
    assert "no se muestra una vez detrás de su bloque" in str(found)


def test_tensors_lose_nothing() -> None:
    import torch

    given = {"x": torch.tensor([0.1, -1.37], requires_grad=True), "n": torch.tensor(3)}
    told = json.loads(json.dumps(live.values({"x": "x", "n": "n", "pair": "(x[0], {'a': n})"}, given)))[
        "values"
    ]
    assert torch.equal(torch.tensor(told["x"]), given["x"].detach())
    assert told["n"] == 3
    assert told["pair"] == [told["x"][0], {"a": 3}]
