"""The search: what a student types, and the page that must come first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import OpenPage, Site
from tests.browser.harness import new_context

Search = Callable[[str], Page]

HOME = "docs/index.md"

# Written before looking at what comes: an error goes to where it is explained, a name of PyTorch or a concept to the
# lesson that presents it, an English term to its Spanish one.
FIRST = {
    # Errors, as they are pasted
    "RuntimeError: element 0 of tensors does not require grad and does not have a grad_fn": "trampas",
    "element 0 of tensors does not require grad": "trampas",
    "a leaf Variable that requires grad is being used in an in-place operation": "trampas",
    "Trying to backward through the graph a second time": "trampas",
    "grad can be implicitly created only for scalar outputs": "trampas",
    "has been modified by an inplace operation": "trampas",
    "Only Tensors of floating point and complex dtype can require gradients": "trampas",
    # Names of PyTorch
    "requires_grad": "lecciones/tensores",
    "requires_grad=True": "lecciones/tensores",
    "zero_grad": "lecciones/lote",
    "optimizer.zero_grad()": "lecciones/lote",
    "no_grad": "lecciones/autograd",
    "torch.no_grad": "lecciones/autograd",
    "retain_graph": "lecciones/autograd",
    "grad_fn": "lecciones/autograd",
    ".detach()": "lecciones/autograd",
    # Concepts: with and without accents, in one number and the other
    "gradiente": "lecciones/gradiente",
    "derivada parcial": "lecciones/gradiente",
    "regla de la cadena": "lecciones/cadena",
    "raices": "trampas",
    "raíz": "trampas",
    "tensor": "lecciones/tensores",
    "PARAMETROS": "lecciones/tensores",
    "parámetro": "lecciones/tensores",
    "hessianos": "lecciones/segundo-orden",
    "segundas derivadas": "lecciones/segundo-orden",
    "minilote": "lecciones/minilotes",
    "barajar": "lecciones/minilotes",
    "NEURONAS": "lecciones/neurona",
    "sigmoides": "lecciones/neurona",
    "error absoluto": "lecciones/error-absoluto",
    "descenso de gradiente": "lecciones/descenso",
    "minimos locales": "lecciones/descenso",
    "tasa demasiado grande": "lecciones/descenso",
    "por qué no baja el coste": "lecciones/descenso",
    "regresion con varias entradas": "lecciones/regresion-multiple",
    # English terms
    "learning rate": "glosario",
    "gradient descent": "glosario",
    "chain rule": "glosario",
    "loss": "glosario",
    # Things of the site
    "robbins monro": "referencias",
    "simbolos": "notacion",
    "chuletas": "chuleta",
    "cuaderno de jupyter": "uso",
}


@pytest.fixture(scope="module")
def search(browser: Browser, site: Site) -> Iterator[Search]:
    """Searches on the home page; gives the page, with what was found."""
    with new_context(browser) as context:
        page = context.new_page()
        page.goto(site.url)
        box = page.get_by_role("textbox", name="Buscar")
        answer = page.locator(".md-search-result__meta")
        box.focus()
        expect(answer).to_have_text("Escribe lo que buscas", timeout=30_000)  # Material has read the index

        def search(query: str) -> Page:
            for typed, answers in (("", "Escribe lo que buscas"), (query, re.compile(r"página|Nada"))):
                box.fill(typed)
                box.press("End")  # Material listens to keys
                expect(answer).to_have_text(answers)
            return page

        yield search


@pytest.mark.parametrize("query", FIRST)
def test_the_page_that_helps_comes_first(search: Search, site: Site, query: str) -> None:
    links = search(query).locator(".md-search-result__item > a")
    first = links.first.get_attribute("href") or ""
    assert first.removeprefix(site.url).partition("/?")[0] == FIRST[query]


def test_words_without_weight_do_not_change_a_search(search: Search) -> None:
    found = [
        search(query).locator(".md-search-result__item h1").all_inner_texts()
        for query in ("tasa aprendizaje", "la tasa de aprendizaje")
    ]
    assert found[0]
    assert found[0] == found[1]


def test_what_was_searched_is_marked_in_the_page(open_page: OpenPage) -> None:
    page = open_page(HOME)
    page.get_by_role("textbox", name="Buscar").press_sequentially("parametro")
    page.locator(".md-search-result__link").first.click()
    page.locator("article mark", has_text="parámetro").first.wait_for()


def test_the_terms_that_a_page_answers_for_are_not_shown(search: Search) -> None:
    tags = search("requires_grad").locator(".md-search-result .md-tag")
    assert tags.count() > 0
    assert tags.locator("visible=true").count() == 0
