"""Protects authors from bad input: build and check alike stop, name file and line, and publish nothing."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.conftest import Mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

FIGURE = """\
# --8<-- [start:plot]
import matplotlib.pyplot as plt

fig, ax = plt.subplots()
ax.plot([0, 1], [0, x])
plt.show()
# --8<-- [end:plot]
"""


def assert_refused(mini: Mini, *expected: str) -> None:
    """Build and check both fail and both say all of ``expected``; no page is published."""
    built, checked = mini.build(), mini.check()
    for name, run in (("build", built), ("check", checked)):
        said = run.stdout + run.stderr
        assert run.returncode == 1, f"{name} passed:\n{said}"
        for text in expected:
            assert text in said, f"{name} does not say {text!r}:\n{said}"
    assert not mini.site.exists()
    assert "Traceback" not in built.stderr


def add_section(mini: Mini, code: str, fence: str = "", after: str = "") -> None:
    """Append a section «extra» to the snippet, and to the page a block that shows it."""
    mini.snippet.write_text(f"{mini.snippet.read_text()}# --8<-- [start:extra]\n{code}# --8<-- [end:extra]\n")
    block = f'\n{fence}```python\n--8<-- "snippets/mini.py:extra"\n```\n{after}'
    mini.page.write_text(mini.page.read_text() + block)


def add_figure(mini: Mini, shown: str) -> None:
    mini.snippet.write_text(mini.snippet.read_text() + FIGURE)
    block = f'\n```python\n--8<-- "snippets/mini.py:plot"\n```\n\n{shown}\n'
    mini.page.write_text(mini.page.read_text() + block)


def test_the_unbroken_project_is_published(mini: Mini) -> None:
    assert mini.build().returncode == 0
    assert mini.check().returncode == 0
    assert "49.0" in (mini.site / "mini" / "index.html").read_text()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("docs/mini.md", "49.0.", "50.0."),
        ("docs/mini.md", "(index.md)", "(indx.md)"),
        ("snippets/mini.py", "x**2", "x**(2"),
    ],
)
def test_an_authors_own_process_says_the_same(mini: Mini, file: str, old: str, new: str) -> None:
    """The other tests here fork theirs from one that has imported everything (``forge``)."""
    mini.edit(mini.root / file, old, new)
    for command in (("mkdocs", "build"), ("pytest", "mkdocs.yml", "docs")):
        said = []
        for run in (mini.run_alone, mini.run):
            shutil.rmtree(mini.root / ".cache", ignore_errors=True)
            said.append(timeless(run(*command)))
        assert said[0] == said[1] and said[0][0] == 1
    assert not mini.site.exists()


def timeless(ran: subprocess.CompletedProcess[str]) -> tuple[int, str]:
    """What a command said, without its process, folders and seconds."""
    said = re.sub(r"\d+\.\d+ ?s\b|-\d+\b|/tmp/\w+", "", ran.stdout + ran.stderr)
    return ran.returncode, said


def test_raising_block(mini: Mini) -> None:
    add_section(mini, "def divide(a):\n    return a / 0\n\n\ndivide(x)\n")
    assert_refused(
        mini,
        "docs/mini.md:26: el bloque «extra» falla",
        "snippets/mini.py:11: return a / 0",
        "ZeroDivisionError: float division by zero",
    )


def test_block_with_a_syntax_error(mini: Mini) -> None:
    add_section(mini, "x = 1\ny = (\n")
    assert_refused(mini, "docs/mini.md:26", "snippets/mini.py:11", "SyntaxError: '(' was never closed")


def test_warning_is_an_error(mini: Mini) -> None:
    add_section(mini, 'import warnings\nwarnings.warn("cuidado")\n')
    assert_refused(mini, "docs/mini.md:26", "UserWarning: cuidado")


def test_lesson_that_kills_its_process(mini: Mini) -> None:
    add_section(mini, "import os\nos._exit(3)\n")
    assert_refused(mini, "docs/mini.md:26: el bloque «extra» acaba con su proceso (código 3)")


def test_entry_of_the_glossary_without_its_link(mini: Mini) -> None:
    entry = "# Glosario\n\n### Hoja { #hoja }\n\n(*leaf*) Un tensor.\n\nSe presenta en la lección mini.\n"
    (mini.root / "docs/glosario.md").write_text(entry)
    assert_refused(mini, "docs/glosario.md:7: «Se presenta en» no enlaza ninguna página", "enlaza la lección")


def test_different_output(mini: Mini) -> None:
    mini.edit(mini.page, "x = 7.00\n```", "x = 7.01\n```")
    assert_refused(mini, "docs/mini.md:10: la salida de «data»", "-x = 7.01\n", "+x = 7.00\n", "make update")


def test_output_that_the_page_does_not_show(mini: Mini) -> None:
    add_section(mini, 'print("hola")\n')
    assert_refused(mini, "docs/mini.md:26: la salida de «extra»", "+hola", "make update")


def test_output_that_nothing_prints(mini: Mini) -> None:
    mini.edit(mini.snippet, 'print(f"x = {x:.2f}")\n', "")
    assert_refused(mini, "docs/mini.md:10: la salida de «data»", "-x = 7.00")


@pytest.mark.parametrize(
    ("old", "new", "line", "detail"),
    [
        pytest.param("cuadrado, 49.0", "cuadrado, 49.1", 3, "publicado: 49.1", id="prose"),
        pytest.param("$x = 7.00$", "$x = -7.00$", 3, "publicado: -7.00", id="LaTeX"),
        pytest.param("x, square -->", "square, x -->", 3, "publicado: 7.00", id="swapped"),
        pytest.param("## Final", "| a | b |\n|---|---|\n| 7.0 | 48.0 |\n<!-- cifras: x, square -->", 24, "48.0", id="table"),
        pytest.param("## Final", "Son 48 exactos.\n<!-- cifras: square -->", 22, "publicado: 48", id="integer"),
    ],
)  # fmt: skip
def test_wrong_number(mini: Mini, old: str, new: str, line: int, detail: str) -> None:
    mini.edit(mini.page, old, new)
    assert_refused(mini, f"docs/mini.md:{line}: ", detail, "expresión: ", "calculado: ", "make update")


@pytest.mark.parametrize(
    ("alt", "caption", "line", "wrong"),
    [
        ("Sube hasta 7.5.", "Llega a 7.0.", 29, "7.5"),
        ("Sube hasta 7.0.", "Llega a 7.5.", 31, "7.5"),
    ],
    ids=["alternative text", "caption"],
)
def test_wrong_number_of_a_figure(mini: Mini, alt: str, caption: str, line: int, wrong: str) -> None:
    shown = f"![{alt}](figura:plot)\n/// figure-caption\n{caption}\n///\n<!-- cifras: x, x -->"
    add_figure(mini, shown)
    assert_refused(mini, f"docs/mini.md:{line + 1}: {wrong} no es lo que calcula", "expresión: x")


def test_wrong_number_in_the_front_matter(mini: Mini) -> None:
    head = "---\ndescription: El cuadrado de la pendiente de este pequeño ejemplo es 49.5.\n---\n<!-- cifras tras square: square -->\n\n"
    mini.page.write_text(head + mini.page.read_text())
    assert_refused(mini, "docs/mini.md:2: 49.5 no es lo que calcula")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("Y además 3.14.", 26),
        ("$$\n\\pi = 3.14\n$$", 27),
        ("```text\nsuelta 3.14\n```", 27),
        ("> cita 3.14", 26),
        ("- lista `3.14`", 26),
        ("![Sin nadie 3.14](otra.png)", 26),
        ("## Título 3.14", 26),
        ("/// details | Pieza 3.14\n    type: pista\n\nTexto.\n///", 26),
    ],
)
def test_number_that_nothing_claims(mini: Mini, text: str, line: int) -> None:
    mini.page.write_text(f"{mini.page.read_text()}\n{text}\n")
    assert_refused(mini, f"docs/mini.md:{line}: nadie responde de 3.14", "<!-- cifras: EXPRESIÓN -->")


def test_integer_that_nothing_claims(mini: Mini) -> None:
    mini.page.write_text(f"{mini.page.read_text()}\nSon 12, y 3 en $z + 3 = 3 + z$.\n")
    assert_refused(
        mini, "docs/mini.md:26: nadie responde de 12, 3\n", "<!-- cifras: EXPRESIÓN, EXPRESIÓN, _, _ -->"
    )


def test_given_number_that_differs(mini: Mini) -> None:
    mini.page.write_text(f"{mini.page.read_text()}\nSean -2 y 3.\n<!-- cifras: -2, 4 -->\n")
    assert_refused(mini, "docs/mini.md:26: 3 no es lo que calcula", "expresión: 4")


def test_name_with_digits_that_the_page_does_not_know(mini: Mini) -> None:
    mini.page.write_text(mini.page.read_text() + "\nDe tipo `float46`.\n")
    assert_refused(
        mini, "docs/mini.md:26: «float46» no está en el código de la página", "nabla/parse/allowlist.py"
    )


def test_count_that_skips_a_number(mini: Mini) -> None:
    mini.page.write_text(mini.page.read_text() + "\n1. Uno.\n3. Tres.\n\n## Paso 2\n")
    assert_refused(
        mini,
        "docs/mini.md:27: la cuenta de la lista salta a 3",
        "→ escribe 2, o 1",
        "docs/mini.md:29: la cuenta de Paso salta a 2",
    )


def test_number_on_a_page_without_code(mini: Mini) -> None:
    (mini.root / "docs/index.md").write_text("# Inicio\n\nVale 3.14.\n<!-- cifras: 3.14 -->\n")
    assert_refused(mini, "docs/index.md:4: esta página no ejecuta código")


def test_expression_that_fails(mini: Mini) -> None:
    mini.edit(mini.page, "x, square -->", "x, squre -->")
    assert_refused(
        mini, "docs/mini.md:4: la expresión «squre» de 49.0", "NameError: name 'squre' is not defined"
    )


def test_expression_that_is_no_number(mini: Mini) -> None:
    mini.edit(mini.page, "x, square -->", 'x, "49.0" -->')
    assert_refused(mini, "docs/mini.md:4", "no es un número, sino str")


def test_claim_with_too_few_expressions(mini: Mini) -> None:
    mini.edit(mini.page, "x, square -->", "x -->")
    assert_refused(
        mini,
        "docs/mini.md:4: el párrafo tiene 2 números y el comentario, 1",
        "<!-- cifras: EXPRESIÓN, EXPRESIÓN -->",
    )


def test_decimal_that_the_claim_skips(mini: Mini) -> None:
    mini.edit(mini.page, "x, square -->", "x, _ -->")
    assert_refused(mini, "docs/mini.md:3: 49.0 no se puede saltar con «_»")


def test_integer_that_the_claim_skips(mini: Mini) -> None:
    mini.edit(mini.page, "## Final", "Son 49 exactos.\n<!-- cifras: _ -->")
    assert_refused(mini, "docs/mini.md:22: 49 no se puede saltar con «_»", "si es un dato que pone el texto")


def test_claim_that_is_not_python(mini: Mini) -> None:
    mini.edit(mini.page, "x, square -->", "x, 2 * -->")
    assert_refused(mini, "docs/mini.md:4: este comentario «cifras» no es una lista de expresiones")


def test_claim_without_paragraph(mini: Mini) -> None:
    mini.edit(mini.page, "## Final\n", "## Final\n<!-- cifras: x -->\n<!-- cifras: x -->\n")
    assert_refused(mini, "docs/mini.md:24: este comentario «cifras» no tiene párrafo delante")


def test_claim_after_an_unknown_section(mini: Mini) -> None:
    mini.edit(mini.page, "tras square", "tras squares")
    assert_refused(mini, "docs/mini.md:4", "ninguna sección de esta página se llama «squares»", "square")


def test_misspelt_comment(mini: Mini) -> None:
    mini.edit(mini.page, "<!-- cifras tras", "<!-- cifra tras")
    assert_refused(mini, "docs/mini.md:4: comentario desconocido «cifra»", "¿querías decir «cifras»?")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("mini.py:data", "mini.py:dota", "no tiene la sección «dota»; lo más parecido: data"),
        ("mini.py:data", "min.py:data", "no existe «snippets/min.py»; lo más parecido: snippets/mini.py"),
        ("mini.py:data", "mini.py", "no nombra una sección"),
    ],
)
def test_unknown_section_or_file(mini: Mini, old: str, new: str, expected: str) -> None:
    mini.edit(mini.page, old, new)
    assert_refused(mini, "docs/mini.md:7: ", expected)


def test_section_that_no_page_shows(mini: Mini) -> None:
    mini.snippet.write_text(f"{mini.snippet.read_text()}# --8<-- [start:lost]\ny = 1\n# --8<-- [end:lost]\n")
    assert_refused(mini, "snippets/mini.py:9: ninguna página muestra la sección «lost»")


def test_section_without_end(mini: Mini) -> None:
    mini.edit(mini.snippet, "# --8<-- [end:square]\n", "")
    assert_refused(mini, "docs/mini.md:15", "le falta su marca [end:square]")


def test_code_written_in_the_page(mini: Mini) -> None:
    mini.edit(mini.page, '--8<-- "snippets/mini.py:data"', "x = 7.0")
    assert_refused(mini, "docs/mini.md:6: el código de la página debe venir de una sección")


def test_include_in_prose(mini: Mini) -> None:
    mini.page.write_text(mini.page.read_text() + "\nUna marca `--8<-- [start:x]` suelta.\n")
    assert_refused(mini, "docs/mini.md:26: una marca --8<-- fuera de un bloque")


@pytest.mark.parametrize("code", ['y = "a\tb"\n', "if x:\n\ty = 1\n"])
def test_a_tab_in_the_code(mini: Mini, code: str) -> None:
    """The page would show spaces, and who copies it would run something else."""
    add_section(mini, code)
    assert_refused(mini, "docs/mini.md:27", "la sección «extra» de «snippets/mini.py» lleva un tabulador")


def test_figure_without_alternative_text(mini: Mini) -> None:
    add_figure(mini, "![](figura:plot)")
    assert_refused(mini, "docs/mini.md:30: la figura «plot» no tiene texto alternativo")


def test_plotting_block_without_figure(mini: Mini) -> None:
    add_figure(mini, "Nada.")
    assert_refused(mini, "docs/mini.md:26: la figura que dibuja «plot» no se muestra", "](figura:plot)")


def test_figure_that_nothing_draws(mini: Mini) -> None:
    add_figure(mini, "![Una recta.](figura:plat)")
    assert_refused(mini, "docs/mini.md:30: ningún bloque de esta página dibuja «plat»")


def test_figure_with_a_fixed_colour(mini: Mini) -> None:
    add_figure(mini, "![Una recta.](figura:plot)")
    mini.edit(mini.snippet, "[0, x])", '[0, x], color="black")')
    assert_refused(mini, "docs/mini.md:26", "la figura usa negro (#000000)")


def test_figure_with_a_symbol_that_no_typeface_has(mini: Mini) -> None:
    add_figure(mini, "![Una recta.](figura:plot)")
    mini.edit(mini.snippet, "[0, x])", r'[0, x], label="$Ж$"); ax.legend()')
    assert_refused(mini, "docs/mini.md:26", "los tipos de letra de las figuras no tienen")


@pytest.mark.parametrize(
    "info",
    ["python title='x'", "py", "{.python}", "python ", "Python", "pycon", "{ .python .x }"],
)
def test_python_fence_that_no_test_collects(mini: Mini, info: str) -> None:
    mini.page.write_text(f"{mini.page.read_text()}\n```{info}\ny = 1\n```\n")
    # pytest-codeblocks strips the line, so a trailing space is harmless: the block is collected.
    expected = "debe venir de una sección" if info == "python " else "ninguna prueba recoge este bloque"
    assert_refused(mini, "docs/mini.md:26", expected)


@pytest.mark.parametrize("mark", ["cont", "skip"])
def test_block_that_pytest_codeblocks_would_skip_or_merge(mini: Mini, mark: str) -> None:
    mini.edit(
        mini.page,
        '```python\n--8<-- "snippets/mini.py:square"',
        f'<!--pytest-codeblocks:{mark}-->\n```python\n--8<-- "snippets/mini.py:square"',
    )
    assert mini.build().returncode == 1
    assert mini.check().returncode != 0


def test_unclosed_fence(mini: Mini) -> None:
    mini.page.write_text(mini.page.read_text() + "\n```text\nabc\n")
    assert_refused(mini, "docs/mini.md:26: este bloque no se cierra")


def test_broken_latex(mini: Mini) -> None:
    mini.edit(mini.page, "$x = 7.00$", r"$\frac{x = 7.00$")
    assert_refused(mini, "docs/mini.md:3: KaTeX no entiende esta fórmula", r"\frac{x = 7.00")


@pytest.mark.parametrize(
    ("link", "named"),
    [
        ("indx.md", "el enlace «indx.md» no lleva"),
        ("index.md#nada", "el enlace «index.md#nada» no lleva"),
        ("#nada", "el enlace «#nada» no lleva"),
    ],
)
def test_broken_link_or_anchor(mini: Mini, link: str, named: str) -> None:
    mini.edit(mini.page, "(index.md)", f"({link})")
    assert_refused(mini, f"docs/mini.md:24: {named}")


def test_quiet_build_refuses_broken_links_too(mini: Mini) -> None:
    mini.edit(mini.page, "(index.md)", "(indx.md)")
    assert mini.run("mkdocs", "build", "--quiet").returncode == 1
    assert not mini.site.exists()


class TestMeantToFail:
    """Code that fails on purpose."""

    OUTPUT = "<!--pytest-codeblocks:expected-output-->\n```text\nZeroDivisionError: division by zero\n```\n"

    def test_is_shown_with_a_badge(self, mini: Mini) -> None:
        self.add(mini, "<!-- falla: ZeroDivisionError, zero -->\n")
        built = mini.build()
        assert built.returncode == 0, built.stderr
        assert "Falla a propósito: ZeroDivisionError" in (mini.site / "mini/index.html").read_text()

    def test_refuses_another_type(self, mini: Mini) -> None:
        self.add(mini, "<!-- falla: ValueError, zero -->\n")
        assert_refused(
            mini, "docs/mini.md:26: el bloque «extra» falla de otra manera", "esperado:  ValueError"
        )

    def test_refuses_other_words(self, mini: Mini) -> None:
        self.add(mini, "<!-- falla: ZeroDivisionError, nothing -->\n")
        assert_refused(mini, "docs/mini.md:26: el bloque «extra» falla de otra manera", "con nothing")

    def test_refuses_words_left_out(self, mini: Mini) -> None:
        self.add(mini, "<!-- falla: ZeroDivisionError -->\n")
        assert_refused(mini, "docs/mini.md:26: el comentario «falla» no dice")

    def test_refuses_code_that_does_not_fail(self, mini: Mini) -> None:
        self.add(mini, "<!-- falla: ZeroDivisionError, zero -->\n", code="1 / 1\n")
        assert_refused(
            mini, "docs/mini.md:27: el bloque «extra» debía fallar con ZeroDivisionError y no falla"
        )

    def add(self, mini: Mini, fence: str, code: str = "1 / 0\n") -> None:
        add_section(mini, code, fence, self.OUTPUT)


def test_update_mends_what_it_can(mini: Mini) -> None:
    mini.edit(mini.page, "x = 7.00\n```", "x = 8\nsobra\n```")
    mini.edit(mini.page, "cuadrado, 49.0", "cuadrado, -3.5")
    add_section(mini, 'print("hola")\n')
    assert mini.update().returncode == 0
    page = mini.page.read_text()
    assert "```text\nx = 7.00\n```" in page
    assert "cuadrado, 49.0." in page
    assert page.endswith("<!--pytest-codeblocks:expected-output-->\n```text\nhola\n```\n")
    assert mini.build().returncode == 0


def test_update_removes_an_output_that_is_gone(mini: Mini) -> None:
    mini.edit(mini.snippet, 'print(f"x = {x:.2f}")\n', "")
    assert mini.update().returncode == 0
    assert "x = 7.00\n```" not in mini.page.read_text()
    assert mini.check().returncode == 0


def test_update_reports_what_it_cannot_mend(mini: Mini) -> None:
    mini.page.write_text(mini.page.read_text() + "\nSuelto 3.14.\n")
    before = mini.page.read_text()
    updated = mini.update()
    assert updated.returncode == 1
    assert "docs/mini.md:26: nadie responde de 3.14" in updated.stderr
    assert mini.page.read_text() == before


def test_update_of_an_unknown_page(mini: Mini) -> None:
    updated = mini.run("nabla", "update", "docs/mni.md")
    assert updated.returncode == 1
    assert "no son páginas del sitio: docs/mni.md" in updated.stderr


@pytest.mark.parametrize(("item", "code"), [("line 6", 1), ("line 14", 0)])
def test_one_block_can_be_selected(mini: Mini, item: str, code: int) -> None:
    mini.edit(mini.page, "x = 7.00\n```", "x = 7.01\n```")
    assert mini.run("pytest", f"docs/mini.md::{item}").returncode == code
