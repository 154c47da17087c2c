"""Links to the glossary carry the definition of their term."""

from __future__ import annotations

from nabla import glossary

PAGE = """\
# Glosario

### Tasa de aprendizaje { #tasa-de-aprendizaje }

(*learning rate*) Número que multiplica al [gradiente](#gradiente) en
cada `paso`.

Se presenta en [El descenso](lecciones/descenso.md).

### Hoja { #hoja }
(*leaf*) Tensor que nadie ha calculado.
"""


def test_definitions_are_plain_text() -> None:
    assert glossary.definitions(PAGE) == {
        "tasa-de-aprendizaje": "(learning rate) Número que multiplica al gradiente en cada paso.",
        "hoja": "(leaf) Tensor que nadie ha calculado.",
    }


def test_a_link_to_a_term_explains_it() -> None:
    known = {"hoja": 'Una "hoja" <tensor>.'}
    link = '<a href="../../glosario/#hoja">hoja</a>'
    expected = (
        '<a class="termino" href="../../glosario/#hoja" '
        'title="Una &quot;hoja&quot; &lt;tensor&gt;.">hoja</a>'
    )
    assert glossary.explain(link, known) == expected


def test_other_links_stay() -> None:
    content = '<a href="../glosario/#nada">x</a> <a href="../glosario/">y</a> <a href="../uso/#hoja">z</a>'
    assert glossary.explain(content, {"hoja": "Un tensor."}) == content
