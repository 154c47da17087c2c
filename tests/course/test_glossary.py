"""Protects the glossary: links to it carry the definition of their term, and no term comes before its entry."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import pytest

from nabla.check import glossary as refusals
from nabla.parse import glossary, regions
from nabla.site import repairs, search
from tests.conftest import ROOT

PAGE = """\
# Glosario

### Tasa de aprendizaje { #tasa-de-aprendizaje }

(*learning rate*) Número que multiplica al [gradiente](#gradiente) en
cada `paso`.

Se presenta en [El descenso](lecciones/descenso.md).

### Hoja { #hoja }
(*leaf*) Tensor que nadie ha calculado.
"""


def read_entries(text: str) -> list[glossary.Entry]:
    return glossary.entries(regions.page(glossary.FILE, text))


def test_definitions_are_plain_text() -> None:
    assert {entry.anchor: entry.definition for entry in read_entries(PAGE)} == {
        "tasa-de-aprendizaje": "(learning rate) Número que multiplica al gradiente en cada paso.",
        "hoja": "(leaf) Tensor que nadie ha calculado.",
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        (" { #hoja }", "", 10, "la entrada «Hoja» no tiene ancla"),
        ("#hoja", "#tasa-de-aprendizaje", 10, "la entrada de la línea 3 ya tiene el ancla «tasa-de-aprendizaje»"),
        ("(*leaf*) Tensor que nadie ha calculado.\n", "", 10, "la entrada «Hoja» no dice qué es"),
        ("(*leaf*) Tensor que nadie", "\nSe presenta en [x](x.md)", 10, "la entrada «Hoja» no dice qué es"),
        ("[El descenso](lecciones/descenso.md)", "El descenso", 8, "«Se presenta en» no enlaza ninguna página"),
    ],
)  # fmt: skip
def test_an_entry_that_lacks_something_is_refused_by_file_and_line(
    old: str, new: str, line: int, what: str
) -> None:
    assert PAGE.count(old) == 1
    right, wrong = (
        list(refusals.check(regions.page(glossary.FILE, text))) for text in (PAGE, PAGE.replace(old, new))
    )
    assert right == []
    assert [(each.file, each.line) for each in wrong] == [(glossary.FILE, line)]
    assert wrong[0].what.startswith(what) and wrong[0].fix


def test_a_link_to_a_term_explains_it() -> None:
    known = {"hoja": 'Una "hoja" <tensor>.'}
    link = '<a href="../../glosario/#hoja">hoja</a>'
    expected = (
        '<a class="termino" href="../../glosario/#hoja" title="Una &quot;hoja&quot; &lt;tensor&gt;.">hoja</a>'
    )
    assert glossary.explain(link, known) == expected


def test_terms_are_answered_by_the_lesson_that_presents_them_and_their_english_by_the_glossary() -> None:
    known = search.answers(read_entries(PAGE), "docs/glosario.md")
    assert known == {
        "docs/lecciones/descenso.md": ["§tasa·de·aprendizaje"],
        "docs/glosario.md#tasa-de-aprendizaje": ["§learning·rate"],
    }
    entries = [
        {"location": location, "tags": ["zero_grad"]}
        for location in ("descenso/", "descenso/#regla", "otra/")
    ]
    search.tag(entries, "descenso/", "docs/lecciones/descenso.md", known)
    assert [entry.get("tags") for entry in entries] == [
        ["§zero_grad", "§tasa·de·aprendizaje"],
        None,
        ["zero_grad"],
    ]


def test_other_links_stay() -> None:
    content = '<a href="../glosario/#nada">x</a> <a href="../glosario/">y</a> <a href="../uso/#hoja">z</a>'
    assert glossary.explain(content, {"hoja": "Un tensor."}) == content


# The site itself.

DOCS = ROOT / "docs"
PAGES = {file.relative_to(DOCS).as_posix(): file.read_text("utf-8") for file in DOCS.rglob("*.md")}
LESSONS = sorted(page for page in PAGES if page.startswith("lecciones/"))
GLOSSARY = PAGES["glosario.md"]
ENTRY = re.compile(
    r"^### (?P<term>.+) \{ #(?P<id>[a-z0-9-]+) \}\n\n"
    r"\((?P<english>\*[^*]+\*(?:, \*[^*]+\*)*)\) (?P<definition>[^\n]+)\n\n"
    r"Se presenta en \[[^\]]+\]\((?P<lesson>lecciones/[a-z-]+\.md)\)\.\n(?:\n|\Z)",
    re.MULTILINE,
)
ENTRIES = [match.groupdict() for match in ENTRY.finditer(GLOSSARY)]
# The list «Words» of the curriculum.
WORDS = (
    "descenso-de-gradiente",
    "tasa-de-aprendizaje",
    "coste",
    "perdida",
    "paso-hacia-adelante",
    "paso-hacia-atras",
    "retropropagacion",
    "diferenciacion-automatica",
    "grafo-de-computo",
    "hoja",
    "lote",
    "minilote",
    "epoca",
    "pendiente",
    "ordenada-en-el-origen",
    "sesgo",
    "neurona-logistica",
    "entropia-cruzada-binaria",
)


def links(page: str) -> list[str]:
    """The terms that a page links to, in order."""
    return re.findall(r"\]\((?:\.\./)?glosario\.md#([^)]*)\)", PAGES[page])


def in_spanish_order(term: str) -> list[str]:
    """What terms are sorted by: word by word, without accents; ñ comes after n."""
    plain = unicodedata.normalize("NFD", term.lower().replace("ñ", "n\uffff"))
    return re.findall(r"[a-z\uffff]+", "".join(char for char in plain if not unicodedata.combining(char)))


def test_every_entry_is_whole() -> None:
    headings = re.findall(r"^### .*\{ #([\w-]+) \}$", GLOSSARY, re.MULTILINE)
    assert [entry["id"] for entry in ENTRIES] == headings
    assert len(set(headings)) == len(headings)
    assert [entry.anchor for entry in read_entries(GLOSSARY)] == headings


def test_definitions_are_one_plain_sentence() -> None:
    for entry in ENTRIES:
        assert re.fullmatch(r"[A-ZÁÉÍÓÚ][^.$\[\]]*\.", entry["definition"]), entry["definition"]


def test_terms_are_sorted() -> None:
    terms = [entry["term"] for entry in ENTRIES]
    assert terms == sorted(terms, key=in_spanish_order)


def test_each_term_stands_under_its_letter_and_each_letter_in_the_index() -> None:
    letter, letters = "", []
    for heading in re.findall(r"^##+ .+$", GLOSSARY, re.MULTILINE):
        if match := re.fullmatch(r"## ([A-ZÑ]) \{ #letra-([a-zñ]) \}", heading):
            letter = match[1]
            assert match[2] == letter.lower()
            letters.append(letter)
        else:
            assert in_spanish_order(heading)[0][0] == letter.lower(), heading
    assert re.findall(r"\[(\w)\]\(#letra-\w\)", GLOSSARY) == letters


def test_the_curriculum_s_words_are_there() -> None:
    assert set(WORDS) - {entry["id"] for entry in ENTRIES} == set()


@pytest.mark.parametrize("page", sorted(PAGES))
def test_links_lead_to_a_term(page: str) -> None:
    assert set(links(page)) - {entry["id"] for entry in ENTRIES} == set()


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_the_lesson_that_introduces_a_term_links_to_it(entry: dict[str, str]) -> None:
    assert entry["lesson"] in LESSONS
    assert entry["id"] in links(entry["lesson"])


@pytest.mark.parametrize("lesson", LESSONS)
def test_a_lesson_links_to_its_terms_once_each(lesson: str) -> None:
    found = Counter(links(lesson))
    assert len(found) >= 5, (
        f"{lesson}: enlaza al menos cinco términos del glosario (CONTRIBUTING, «Los términos»)"
    )
    assert [term for term, count in found.items() if count > 1] == []


# What pages set in italics besides the glossary's English: its other forms, quoted errors, and journals.
OTHER_ENGLISH = {
    "Expected",
    "GAN",
    "Gaussian",
    "International Conference on Learning Representations",
    "Journal of Machine Learning Research",
    "NIPS 2017 Autodiff Workshop",
    "SIAM Review",
    "The Annals of Mathematical Statistics",
    "Trying to backward through the graph a second time",
    "a view",
    "and will be removed",
    "batch gradient descent",
    "checkpoints",
    "converges",
    "convex",
    "diverges",
    "dropout",
    "grad can be implicitly created only for scalar outputs",
    "hinge",
    "jacobian",
    "leaves",
    "mini-batches",
    "operation",
    "saturated",
    "slice",
    "theta",
    "worker",
}


@pytest.mark.parametrize("page", PAGES)
def test_italics_are_english(page: str) -> None:
    """So that a screen reader is told their language; see ``repairs.mark_english``."""
    english = {term for entry in ENTRIES for term in re.findall(r"\*([^*]+)\*", entry["english"])}
    prose = re.sub(
        r"^```.*?^```|<!--.*?-->|`[^`\n]*`|\$[^$]*\$", "", PAGES[page], flags=re.MULTILINE | re.DOTALL
    )
    italics = re.findall(r"(?<![*\w])\*(?![*\s])([^*\n]+)\*(?![*\w])", prose)
    known = english | OTHER_ENGLISH
    unknown = [each for each in italics if not {each, each.removesuffix("s")} & known]
    assert unknown == [], (
        "las cursivas se reservan para el inglés; añade el término al glosario o a OTHER_ENGLISH"
    )


def test_italics_carry_their_language() -> None:
    assert (
        repairs.mark_english("<em>leaf</em>, <em class=x>y</em>")
        == '<em lang="en">leaf</em>, <em class=x>y</em>'
    )
