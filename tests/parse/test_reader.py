"""Protects the one reader of Markdown: what it reads is what is published, and what it cannot read is refused."""

from __future__ import annotations

import html
import random
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import markdown
import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from pytest_codeblocks.main import extract_from_file

from nabla.model.page import Kind, Mark, Page
from nabla.parse import inline, pieces, regions
from nabla.parse.page import parse
from nabla.parse.sections import Sections
from nabla.site import render
from tests.conftest import ROOT

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "docs").rglob("*.md")
    if "assets" not in path.relative_to(ROOT).parts
)


@pytest.fixture
def sections(tmp_path: Path) -> Sections:
    (tmp_path / "snippets").mkdir()
    (tmp_path / "snippets/a.py").write_text(
        "# --8<-- [start:data]\nx = 7\n# --8<-- [end:data]\n"
        "# --8<-- [start:ticks]\ntext = '''\n```\n'''\n# --8<-- [end:ticks]\n"
    )
    return Sections(tmp_path, {"base_path": [str(tmp_path)], "check_paths": True})


def said(text: str, sections: Sections, file: str = "docs/a.md") -> list[str]:
    return [f"{each.line}: {each.what}" for each in parse(file, text, sections).problems]


# Every form of a fence that a reader sees as Python: it is collected, or refused at its line.
INCLUDE = '--8<-- "snippets/a.py:data"'
FORMS = {
    "plain": (f"```python\n{INCLUDE}\n```", None),
    "trailing space": (f"```python \n{INCLUDE}\n```", None),
    "in a list": (f"- uno\n\n    ```python\n    {INCLUDE}\n    ```", None),
    "space before": (f"``` python\n{INCLUDE}\n```", "ninguna prueba recoge"),
    "tildes": (f"~~~python\n{INCLUDE}\n~~~", "ninguna prueba recoge"),
    "four backticks": (f"````python\n{INCLUDE}\n````", "ninguna prueba recoge"),
    "attributes": (f"```{{ .python }}\n{INCLUDE}\n```", "ninguna prueba recoge"),
    "title": (f"```python title='x'\n{INCLUDE}\n```", "ninguna prueba recoge"),
    "capital": (f"```Python\n{INCLUDE}\n```", "ninguna prueba recoge"),
    "py": (f"```py\n{INCLUDE}\n```", "ninguna prueba recoge"),
    "py3": (f"```py3\n{INCLUDE}\n```", "ninguna prueba recoge"),
    "pycon": (f"```pycon\n{INCLUDE}\n```", "ninguna prueba recoge"),
    "another name of it": (f"```sage\n{INCLUDE}\n```", "ninguna prueba recoge"),
    "a shebang for a name": (f"```#!python\n{INCLUDE}\n```", "ninguna prueba recoge"),
    "indented": (f"  ```python\n  {INCLUDE}\n  ```", "está sangrado"),
    "indented as code": (f"    ```python\n    {INCLUDE}\n    ```", "está sangrado"),
    "in a quote": (f"> ```python\n> {INCLUDE}\n> ```", "dentro de una cita"),
    "on a bullet": ("- ```python\n  x = 7\n  ```", "una valla (```) que no empieza su línea"),
    "on a number": ("1. ```python\n  x = 7\n  ```", "una valla (```) que no empieza su línea"),
    "on one line": ("Código: ```x = 7```", "una valla (```) que no empieza su línea"),
    "an indented block": ("Código:\n\n    x = 7", "un párrafo sangrado se publica como código"),
    "a block behind a tab": ("Código:\n\n\tx = 7", "un párrafo sangrado se publica como código"),
    "an indented block in a list": ("- uno\n\n        x = 7", "un párrafo sangrado se publica como código"),
    "coloured in the line": ("Sea `#!python x = 7`.", "código en línea con un lenguaje"),
    "coloured in the line, older": ("Sea `:::python x = 7`.", "código en línea con un lenguaje"),
    "a tag": ("<pre><code>x = 7</code></pre>", "lo que hay dentro de <pre>"),
    "not closed": (f"```python\n{INCLUDE}", "este bloque no se cierra"),
    "closed by more": (f"```python\n{INCLUDE}\n````\n\n```text\n```", "una línea que empieza por ```"),
    "in a comment": (f"<!--\n```python\n{INCLUDE}\n```\n-->", "ninguna"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_fence_that_looks_like_python_is_collected_or_refused(form: str, sections: Sections) -> None:
    text, refusal = FORMS[form]
    page = parse("docs/a.md", f"# A\n\n{text}\n", sections)
    problems = [f"{each.line}: {each.what}" for each in page.problems]
    if refusal is None:
        assert [block.section.name for block in page.blocks] == ["data"] and problems == []
    elif form == "in a comment":
        assert page.blocks == [] and problems == []  # no reader sees it
    else:
        assert any(refusal in each for each in problems), problems


# What would be published otherwise than it looks: the line, and a part of what is said.
BROKEN = {
    "backtick without its pair": ("Un ` suelto.\n\nY $2 + 2 = 5$.", 3, "acento grave"),
    "two of them around a formula": ("Uno ` y\n$2 + 2 = 5$ y\notro `.", 3, "acento grave"),
    "code over two lines": ("El `código\npartido`.", 3, "acento grave"),
    "code in a table": ("| a | b |\n|---|---|\n| `x | 1 |", 5, "acento grave"),
    "formula over two lines": ("La $a +\nb$.", 3, "este $ no abre ni cierra"),
    "formula with spaces": ("La $ x $ aquí.", 3, "un espacio junto a su $"),
    "one dollar": ("Cuesta 5$.", 3, "este $ no abre"),
    "formula around code": ("Es $a `b` c$.", 3, "este $ no abre"),
    "display in the line": ("Aquí $$x = 1$$ va.", 3, "«$$» abre y cierra una fórmula aparte"),
    "display on one line": ("$$x = 1$$", 3, "«$$» abre y cierra una fórmula aparte"),
    "display without blank line before": ("Sea\n$$\nx\n$$", 4, "con una línea en blanco delante"),
    "display without blank line behind": ("$$\nx\n$$\ny más", 5, "falta una línea en blanco"),
    "display with a blank line inside": ("$$\nx\n\ny\n$$", 3, "no acaba con $$"),
    "display in a list": ("- uno\n\n    $$\n    x\n    $$", 5, "«$$» va sin sangrar"),
    "display that does not end": ("$$\nx\n", 3, "no acaba con $$"),
    "round brackets": ("La \\(x = 1\\) aquí.", 3, "entre \\(…\\)"),
    "square brackets": ("\\[\nx = 1\n\\]", 3, "entre \\(…\\)"),
    "environment": ("\\begin{align}\nx &= 1\n\\end{align}", 3, "entre \\(…\\)"),
    "formula in HTML": ("<div>\n\n$x = 1$\n\n</div>", 3, "lo que hay dentro de <div>"),
    "words between signs": ("Con m <b y 3.5 c> d.", 3, "etiqueta de HTML"),
    "a sign and a letter": ("Con m <b y nada más.", 3, "etiqueta de HTML"),
    "a bare letter as a tag": ("Con m<b> d.", 3, "etiqueta de HTML"),
    "declaration": ("Un <!DOCTYPE x> aquí.", 3, "etiqueta de HTML"),
    "bar of a formula in a table": ("| a | b |\n|---|---|\n| $|x|$ | 1 |", 5, "una barra | dentro de la fórmula"),
    "a cell too many": ("| a | b |\n|---|---|\n| c | d | e |", 5, "esta fila tiene 3 celdas"),
    "a cell too few": ("| a | b |\n|---|---|\n| c |", 5, "esta fila tiene 1 celdas"),
    "table without blank line": ("Texto\n| a | b |\n|---|---|\n| c | d |", 4, "no empieza su párrafo"),
    "text behind a comment": ("Uno.\n<!-- nota: x --> y dos", 4, "el texto que sigue a un comentario"),
    "comment in the line": ("Uno <!-- nota --> dos.", 3, "un comentario a mitad de línea"),
    "comment without end": ("<!-- nota: x", 3, "este comentario no se cierra"),
    "comment in a comment": ("<!-- nota: x\n\nTexto.\n\n<!-- otra: y -->", 7, "un comentario dentro de otro"),
    "unknown piece": ("/// detalles | T\nx\n///", 3, "una pieza «detalles | T» no existe"),
    "unknown type": ("/// details | T\n    type: pistas\n\nx\n///", 3, "una pieza details de tipo «pistas» no existe"),
    "unknown option": ("/// details | T\n    type: pista\n    attrs: {title: '3.5'}\n\nx\n///", 5, "no es una opción"),
    "piece without end": ("/// details | T\n    type: pista\n\nx", 3, "a esta pieza le falta su cierre ///"),
    "end without piece": ("x\n///", 4, "este cierre /// no cierra nada"),
    "end of another length": ("//// details | T\n    type: pista\n\nx\n///", 3, "a esta pieza le falta su cierre ////"),
    "piece within one of its length": (
        "/// details | T\n    type: pista\n\n/// html | div\nx\n///\n///", 3, "a esta pieza le falta su cierre ///",
    ),
    "indented piece": ("  /// html | div\nx\n///", 3, "una pieza sangrada"),
    "admonition of another dialect": ("!!! note\n    Texto.", 3, "«!!!» no abre nada aquí"),
    "details of another dialect": ("??? note\n    Texto.", 3, "«???» no abre nada aquí"),
    "tabs of another dialect": ('=== "uno"\n    Texto.', 3, "«===» no abre nada aquí"),
    "link apart": ("Un [a][b].\n\n[b]: c.md '3.5'", 5, "una dirección aparte de su enlace"),
    "call that looks like a link": ("Da f[i](x + 1.5) más.", 3, "no entiendo la dirección"),
    "formula in an alternative text": ("![La $x$](figura:a)", 3, "el texto alternativo"),
    "footnote twice": ("Uno[^1].\n\n[^1]: a\n\n[^1]: b", 7, "la nota [^1] está dos veces"),
    "fence with a title": ("```text title='x'\nx\n```", 3, "una valla con título o atributos"),
    "form feed": ("Uno\fdos.", 3, "un signo de control que no se ve, U+000C"),
    "vertical tab": ("Uno\vdos.", 3, "un signo de control que no se ve, U+000B"),
    "carriage return": ("Uno\rdos.", 3, "un signo de control que no se ve, U+000D"),
    "next line": ("Uno\x85dos.", 3, "un signo de control que no se ve, U+0085"),
    "line separator": ("Uno\u2028dos.", 3, "un signo de control que no se ve, U+2028"),
    "a mark of the generator's own": ("Uno\x02dos.", 3, "un signo de control que no se ve, U+0002"),
}  # fmt: skip

# Whose other end is wrong as well.
BOTH_ENDS = {
    "two of them around a formula", "code over two lines",
    "formula over two lines", "display in the line", "display on one line", "display in a list", "round brackets",
    "square brackets", "environment", "formula in HTML", "end of another length", "piece within one of its length",
    "display with a blank line inside", "admonition of another dialect",
}  # fmt: skip


@pytest.mark.parametrize("form", BROKEN)
def test_what_would_be_published_broken_is_refused_once_at_its_line(form: str, sections: Sections) -> None:
    text, line, what = BROKEN[form]
    found = said(f"# A\n\n{text}\n", sections)
    assert found and found[0].startswith(f"{line}: ") and what in found[0], found
    assert len(found) == 1 or form in BOTH_ENDS, found


HEADS = {
    "not closed": ("---\ntitle: A\n\n# A\n", 1, "la cabecera no se cierra"),
    "not YAML": ("---\ndescription: uno: dos\n---\n\n# A\n", 2, "la cabecera no es YAML"),
    "no mapping": ("---\nuno\n---\n\n# A\n", 1, "no es una lista"),
    "formula": (
        '---\ndescription: "Cuánto vale la pendiente cuando se cumple que $x = 1$"\n---\n\n# A\n',
        2,
        "una fórmula en la cabecera",
    ),
    "description too short": ("---\ndescription: Lotes.\n---\n\n# A\n", 2, "la descripción tiene 6 letras"),
    "description too long": (f"---\ntitle: A\ndescription: {'a' * 161}\n---\n\n# A\n", 3, "tiene 161 letras"),
    "runnable": ("---\ntitle: A\nejecutable: sí\n---\n\n# A\n", 3, "«ejecutable» no dice «true»"),
    "byte order mark": ("\ufeff# A\n\nTexto.\n", 1, "marca de orden de bytes"),
}


@pytest.mark.parametrize("form", HEADS)
def test_a_head_that_would_be_lost_is_refused(form: str, sections: Sections) -> None:
    text, line, what = HEADS[form]
    (found,) = said(text, sections)
    assert found.startswith(f"{line}: ") and what in found


@pytest.mark.parametrize("ends", ["---", "--- ", "...", "... "])
def test_a_head_is_read_as_mkdocs_does(ends: str, sections: Sections) -> None:
    page = parse(
        "docs/a.md",
        f"--- \ndescription: Son 3 las letras de esta cabecera, que se lee hasta su final.\n{ends}\n# A\n\nTexto.\n",
        sections,
    )
    assert [(each.line, each.what) for each in page.problems] == [(2, "nadie responde de 3")]
    assert render.markdown(page).strip() == "# A\n\nTexto."


# Numbers that a reader sees, and some that nobody does.
SEEN = [
    ("Entre $m<b$ y $m>b$, 3.5.", ["3.5"]),
    ("Entre `a<b` y `c>d`, 3.5.", ["3.5"]),
    ("Entre < 3.5 y > 4.5.", ["3.5", "4.5"]),
    ("Una nota[^7].\n\n[^7]: De 3.5.", ["3.5"]),
    ('[a](b1.md "de 3.5")', ["3.5"]),
    ("[a](b_(1.5).md) y 2.5", ["2.5"]),
    ('<img alt="De 3.5" width="4.5">', ["3.5"]),
    ('[a](b.md){ title="3.5" data-x="4.5" }', ["3.5"]),
    ("El conjunto {1, 2}.", ["1", "2"]),
    ("[a [b] 3.5](c4.md)", ["3.5"]),
    ("<https://a.es/3.5>", ["3.5"]),
    ("```sh\nsleep 3.5\n\nsleep 4.5\n```", ["3.5", "4.5"]),
    ("`a` 3.5 \\` 4.5 `b`", ["3.5", "4.5"]),
    ("\\$3.5 y \\$4.5", ["3.5", "4.5"]),
]


@pytest.mark.parametrize(("text", "numbers"), SEEN)
def test_a_number_that_a_reader_sees_has_to_be_owned(
    text: str, numbers: list[str], sections: Sections
) -> None:
    found = said(f"# A\n\n{text}\n", sections)
    names = [each for line in found for each in re.sub(r".*nadie responde de ", "", line).split(", ")]
    assert all("nadie responde de" in line for line in found), found
    assert names == numbers


def test_three_backticks_in_a_snippet_are_refused(sections: Sections) -> None:
    text = '# A\n\n```python\n--8<-- "snippets/a.py:ticks"\n```\n'
    (found,) = said(text, sections)
    assert found == "3: snippets/a.py:6: tres acentos graves cerrarían aquí el bloque de la página"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("<!--pytest-codeblocks:expected-output-->\n```text\n1\n```", 3, "esta marca de salida no está"),
        (f"```python\n{INCLUDE}\n```\n<!--pytest-codeblocks:expected-output-->\n\nTexto.", 6, "esta marca"),
        (f"<!--pytest-codeblocks:skip-->\n```python\n{INCLUDE}\n```", 3, "no se puede saltar"),
        (
            f"```python\n{INCLUDE}\n```\n\n<!--pytest-codeblocks:cont-->\n```python\n{INCLUDE}\n```",
            7,
            "juntar",
        ),
    ],
)
def test_marks_of_pytest_codeblocks_out_of_place_are_refused(
    text: str, line: int, what: str, sections: Sections
) -> None:
    assert any(each.startswith(f"{line}: ") and what in each for each in said(f"# A\n\n{text}\n", sections))


# The pages of the site, against what others read in them.


@cache
def config() -> MkDocsConfig:
    return load_config(str(ROOT / "mkdocs.yml"))


@cache
def page(file: str) -> Page:
    options = config().mdx_configs["pymdownx.snippets"]
    return parse(file, (ROOT / file).read_text("utf-8"), Sections(ROOT, options))


@cache
def publisher() -> markdown.Markdown:
    return markdown.Markdown(extensions=config().markdown_extensions, extension_configs=config().mdx_configs)


_FORMULA = re.compile(
    r'<(?:span|div) class="arithmatex[^"]*">\\[(\[]\n?(.*?)\n?\\[)\]]</(?:span|div)>', re.DOTALL
)
_CODE = re.compile(r"<code(?: class=\"[^\"]*\")?>(?!<span)(.*?)</code>", re.DOTALL)
_BLOCK = re.compile(r'<div class="[^"]*highlight">.*?</div>', re.DOTALL)


def published(text: str) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """The formulas, code in the line and figures that Python-Markdown makes of a text."""
    content = _BLOCK.sub("", publisher().reset().convert(text))
    formulas = Counter(
        " ".join(html.unescape(html.unescape(each)).split()) for each in _FORMULA.findall(content)
    )
    code = Counter(html.unescape(each).strip() for each in _CODE.findall(content))
    return formulas, code, Counter(html.unescape(each) for each in re.findall(r'<img alt="([^"]*)"', content))


def read(read_page: Page) -> tuple[Counter[str], Counter[str], Counter[str]]:
    spans = [span for region in read_page.regions for span in region.spans]
    return (
        Counter(" ".join(span.text.split()) for span in spans if span.mark is Mark.FORMULA),
        Counter(span.text.strip() for span in spans if span.mark is Mark.CODE),
        Counter(span.text for span in spans if span.mark is Mark.IMAGE),
    )


@pytest.mark.parametrize("file", PAGES)
def test_what_is_read_is_what_is_published(file: str) -> None:
    (formulas, code, figures), shown = read(page(file)), published(render.markdown(page(file)))
    assert (formulas, figures) == (shown[0], shown[2])
    # A table that a block prints is published as a table, and the answers to a question as its fields: what stands in
    # them is not the prose's.
    others = [block.expected or "" for block in page(file).blocks]
    others += [option for each in page(file).predictions for option in each.options]
    printed = Counter(re.findall(r"`([^`\n]+)`", "\n".join(others)))
    assert code - shown[1] == Counter() and (shown[1] - code) - printed == Counter()


@pytest.mark.parametrize("file", PAGES)
def test_regions_hold_each_line_once_and_spans_stand_where_they_say(file: str) -> None:
    this = page(file)
    text, held = "\n".join(this.lines), []
    for region in this.regions:
        assert text[region.start : region.end] == "\n".join(this.lines[region.line - 1 : region.last])
        held += range(region.line, region.last + 1)
        for span in region.spans:
            assert 0 <= span.start < span.end <= region.end - region.start
            if span.mark in (Mark.FORMULA, Mark.CODE):
                first = region.start + span.inner
                assert text[first : first + len(span.text)] == span.text
        if region.kind is Kind.COMMENT:
            assert text[region.inner :].startswith(region.text)
    assert held == sorted(set(held))
    assert {number for number, line in enumerate(this.lines, 1) if line.strip()} <= set(held)


@pytest.mark.parametrize("file", PAGES)
def test_pytest_codeblocks_finds_the_same_blocks(file: str) -> None:
    theirs = [
        block for block in extract_from_file(ROOT / file, max_num_lines=10**6) if block.syntax == "python"
    ]
    ours = page(file).blocks
    assert [(block.lineno, block.expected_output) for block in theirs] == [
        (block.line, block.expected) for block in ours
    ]


def test_the_pieces_are_those_of_the_settings() -> None:
    settings = config().mdx_configs
    names = {name.removeprefix("pymdownx.blocks."): name for name in settings if "blocks" in name}
    for name in ("admonition", "details"):
        assert set(pieces.PIECES[name]) == set(settings[names[name]]["types"])
    (caption,) = settings["pymdownx.blocks.caption"]["types"]
    assert {*names, "html", caption["name"]} - {"caption"} == set(pieces.PIECES)


# Random pages: whatever is read without a fault is published as it was read.
PARTS = [
    "$x = 1$", "$y$", "`a`", "`b c`", "`", "$", "$$", "\n", "\n", "\n\n", "\n\n", "- ", "1. ", "> ", "|", "<b", ">",
    "<", "&lt;", "[a](b.md)", "[a]", "(b)", "](", "{ .x }", "{", "}", "    ", "# ", "$$\n", "\\", "<!--", "-->", "*",
    "[^1]", "palabra ", "3.5 ", "![alt](figura:f)", "<kbd>k</kbd>", "<div>", "</div>", "~~~\n", "```\n", "= ",
    "\n\n$$\nz = 2\n$$\n\n", "\n\n| a | b |\n| --- | --- |\n| $y$ | `d` |\n\n", "\n\n- uno\n\n    dos $y$\n",
    "\n\n1. uno\n2. dos $y$\n", "\n\n> cita $y$ `e`\n", "\n\n/// details | T $y$\n    type: pista\n\nsí `e`\n///\n\n",
    "\n\ntermino\n:   definido $y$\n", "\n<!-- c: $y$ -->\n", "\n```text\n$y$\n```\n", "\n\n    sangrado $y$\n",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_a_random_page_is_refused_or_published_as_read(seed: int) -> None:
    source = random.Random(seed)
    accepted = 0
    for _ in range(700):
        text = "".join(source.choice(PARTS) for _ in range(source.randint(1, 12))) + "\n"
        reading = regions.read(text)
        if reading.faults:
            continue
        accepted += 1
        this = Page("docs/a.md", reading.lines, reading.regions)
        assert read(this)[:2] == published(render.markdown(this))[:2], text
    assert accepted > 100


# The work that a page costs, counted in lines of the reader that are executed.
UNITS = [
    "`", "``` ", "$", "$$\n", "$x$ ", "`a`", "\\", "[", "](", "[a](b", "[a](b.md) ", "(", "<", "<b", "<a x='", "{",
    "{ .x ", "|", "|-", "!", "![", "> ", "- a\n", "/// html | div\n", "/", "<!--", "<!-- x -->\n", "    a\n\n", "#",
    "\n", " ", "[^1]: ", "a\n", "~", "~~~\n", "```\n", "---\n", "1. ", "$`", "`$", "]([", "<b>", "1", ".", "1.",
]  # fmt: skip


def work(text: str) -> int:
    """How many lines of the reader run for a text, whatever the machine."""
    folder, steps = str(Path(regions.__file__).parent), 0

    def count(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal steps
        steps += event == "line"
        return count if frame.f_code.co_filename.startswith(folder) else None

    inline.read.cache_clear()
    before = sys.gettrace()
    sys.settrace(count)
    try:
        regions.read(text)
    finally:
        sys.settrace(before)
    return steps


@pytest.mark.parametrize("unit", UNITS)
def test_twice_the_page_is_twice_the_work(unit: str) -> None:
    one, two = work(unit * 400), work(unit * 800)
    assert two <= 2.2 * one + 200


@pytest.mark.parametrize("seed", range(8))
def test_a_random_page_costs_no_more_work_than_its_length(seed: int) -> None:
    source = random.Random(seed)
    text = "".join(source.choice(UNITS + PARTS) for _ in range(1200))
    assert work(text) <= 60 * len(text) + 1000


@pytest.mark.parametrize("unit", UNITS)
def test_a_long_page_is_read(unit: str) -> None:
    """What a pattern does inside is not counted above: one that went back over the page would never end here."""
    regions.read(unit * 20_000)
