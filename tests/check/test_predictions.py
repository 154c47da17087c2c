"""Protects the answers to «Predice»: one is right because the page's code says so, and told behind the question."""

from __future__ import annotations

import re

import pytest

from nabla.check.project import Project
from nabla.site import questions
from tests.conftest import Mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

QUESTION = """
/// admonition | Predice
    type: pregunta

¿Cuánto?
<!-- {} -->
///
"""


def asked(mini: Mini, answer: str, after: str = "## Final") -> list[str]:
    """The problems of the small page with a question before its last section, or elsewhere, as text."""
    text = mini.page.read_text("utf-8")
    mini.page.write_text(text.replace(after, QUESTION.format(answer) + "\n" + after, 1), "utf-8")
    return [str(problem) for problem in Project.load(mini.root).check()[1]]


FIRST = "```python"


@pytest.mark.parametrize(
    "answer",
    [
        "respuesta tras square: 49 = square",
        "respuesta: 7 = x",
        "respuesta: 49 = square",  # from a later block
        "respuesta: menos; más = x > 3; igual",
        "respuesta tras square:\nmenos\nmás, y mucho = square == x * x\n",
        "respuesta tras square: 48.99; 49 = square == 49",
    ],
)
def test_a_right_answer_is_taken(mini: Mini, answer: str) -> None:
    assert asked(mini, answer, FIRST) == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("respuesta: menos; más", "esta respuesta tiene 0 opciones buenas"),
        ("respuesta: menos = x < 8; más = x > 3", "esta respuesta tiene 2 opciones buenas"),
        ("respuesta: más; Más = x > 3", "dos opciones de esta respuesta son iguales"),
        ("respuesta: más = x > 3", "«más» no es un número, y es la única opción"),
        ("respuesta: menos; más = True", "la respuesta buena no la calcula ninguna variable"),
        ("respuesta: menos; más = x >", "«x >» no es una expresión de Python"),
        ("respuesta tras nada: 7 = x", "ninguna sección de esta página se llama «nada»"),
        ("respuesta tras square: 48 = square", "48 no es lo que calcula el código"),
        ("respuesta tras square: 48.9 = square", "48.9 no es lo que calcula el código"),
        ("respuesta: menos = x < 3; más", "«menos» no es la respuesta buena"),
        ("respuesta: menos = y < 3; más", "la expresión «y < 3» de menos no sirve"),
        ("respuesta: 48 = square", "48 no es lo que calcula el código"),
    ],
)
def test_a_wrong_answer_is_refused(mini: Mini, answer: str, said: str) -> None:
    (found,) = asked(mini, answer, FIRST)
    assert said in found


@pytest.mark.parametrize("answer", ["respuesta tras square: 49 = square", "respuesta: 49 = square"])
def test_nothing_is_told_before_it_is_asked(mini: Mini, answer: str) -> None:
    (found,) = asked(mini, answer)
    assert "la respuesta se sabría antes que la pregunta" in found


def test_update_writes_the_number_and_leaves_the_choice(mini: Mini) -> None:
    assert len(asked(mini, "respuesta tras square: 48 = square", FIRST)) == 1
    assert mini.run("nabla", "update").returncode == 0
    assert "respuesta tras square: 49 = square" in mini.page.read_text("utf-8")
    assert Project.load(mini.root).check()[1] == []


def test_update_cannot_choose(mini: Mini) -> None:
    asked(mini, "respuesta: menos = x < 3; más", FIRST)
    before = mini.page.read_text("utf-8")
    mini.run("nabla", "update")
    assert mini.page.read_text("utf-8") == before


def test_what_was_answered_belongs_to_the_words_that_were_read(mini: Mini) -> None:
    """Not to the comments among them, which no reader sees: who mends one would take away what readers answered."""

    def key() -> str:
        page = Project.load(mini.root).pages["docs/mini.md"]
        return re.search('data-clave="([^"]*)"', questions.fields(page, page.predictions[0]))[1]

    assert asked(mini, "respuesta: 7 = x", FIRST) == []
    mini.edit(mini.page, "¿Cuánto?", "¿Cuánto es más que 6.5?\n<!-- cifras: 6.5 -->")
    first = key()
    mini.edit(mini.page, "cifras: 6.5", "cifras: x - 0.5")
    assert key() == first
    mini.edit(mini.page, "¿Cuánto es", "¿Cuánto era")
    assert key() != first
