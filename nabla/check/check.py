"""The problems of a page, given its run. Build and tests ask the same questions here."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from decimal import Decimal

from nabla.check.equality import check_formula
from nabla.model.fingerprint import Fingerprint
from nabla.model.page import Block, Claim, Figure, Page
from nabla.model.problem import Problem
from nabla.parse.sections import Sections
from nabla.run import rounding
from nabla.run.runner import Run
from nabla.takeaway import notebook

ONE_DECIMAL = "en otro ordenador puede salir otra última cifra: da un decimal más o uno menos"
UPDATE = "si lo calculado es lo correcto, escríbelo con: make update"


def check_page(page: Page, run: Run | None) -> list[Problem]:
    """All problems of a page; one that stops the run hides those that only follow from it."""
    problems = list(page.problems)
    if page.is_notebook and page.runnable:
        problems += notebook.check(page)
    if run is None:
        return problems
    for index in range(len(run.blocks)):
        problems += check_block(page, run, index)
    if not run.failed:
        for index in range(len(page.claims)):
            problems += check_claim(page, run, index)
        for index in range(len(page.formulas.relations)):
            problems += check_formula(page, run, index)
        problems += check_figures(page, run)
    return problems


def check_block(page: Page, run: Run, index: int) -> list[Problem]:
    """Whether a block ended as the page says, and printed what the page prints."""
    block = page.blocks[index]
    if index >= len(run.blocks):
        stopped = page.blocks[len(run.blocks) - 1]
        return [
            Problem(
                page.file,
                block.line,
                "este bloque no se ejecutó",
                fix=f"arregla antes el de la línea {stopped.line}",
            )
        ]
    error = run.blocks[index].error
    if error is not None and block.failure is None:
        return [_raised(page, block, error)]
    problems = []
    if block.failure is not None:
        problems += _failure(page, block, error)
    if not page.is_notebook:  # whose outputs are only in what is built from it
        problems += _output(page, block, run.blocks[index].output)
    return problems + [_tie(page, block, tie) for tie in run.blocks[index].ties]


def _raised(page: Page, block: Block, error: dict) -> Problem:
    detail = f"{error['type']}: {error['message']}"
    if error["block"] is not None:
        at = page.blocks[error["block"]].section
        line = at.code.splitlines()[error["line"] - 1].strip()
        detail = f"{at.file}:{at.line + error['line'] - 1}: {line}\n{detail}"
    return Problem(
        page.file,
        block.line,
        f"el bloque «{block.section.name}» falla",
        detail,
        "arregla el código; si debe fallar, dilo delante: "
        f"<!-- falla: {error['type']}, palabras del mensaje -->",
    )


def _failure(page: Page, block: Block, error: dict | None) -> list[Problem]:
    failure = block.failure
    assert failure is not None
    if error is None:
        return [
            Problem(
                page.file,
                block.line,
                f"el bloque «{block.section.name}» debía fallar con {failure.error} y no falla",
                fix="quita el comentario «falla» o corrige el código",
            )
        ]
    missing = [word for word in failure.words if word.lower() not in error["message"].lower()]
    if error["type"] == failure.error and not missing:
        return []
    expected = f"{failure.error} con {', '.join(failure.words)}"
    return [
        Problem(
            page.file,
            failure.line,
            f"el bloque «{block.section.name}» falla de otra manera",
            f"esperado:  {expected}\nocurrido:  {error['type']}: {error['message']}",
            "corrige el comentario «falla» o el código",
        )
    ]


def _output(page: Page, block: Block, printed: str) -> list[Problem]:
    expected = block.expected or ""
    if printed == expected:
        return []
    line = block.output_fence.start if block.output_fence else block.line
    diff = difflib.unified_diff(
        expected.splitlines(), printed.splitlines(), "publicado", "calculado", lineterm="", n=1
    )
    return [
        Problem(
            page.file,
            line,
            f"la salida de «{block.section.name}» no es la que imprime su código",
            "\n".join(diff),
            UPDATE,
        )
    ]


def _tie(page: Page, block: Block, tie: rounding.Tie) -> Problem:
    at = page.blocks[tie.block].section
    code = at.code.splitlines()[tie.line - 1].strip()
    return Problem(
        page.file,
        block.line,
        f"el bloque «{block.section.name}» redondea {tie.value} con «{tie.rounding}», junto a un empate",
        f"{at.file}:{at.line + tie.line - 1}: {code}",
        ONE_DECIMAL,
    )


def check_claim(page: Page, run: Run, index: int) -> list[Problem]:
    """Whether each number of a paragraph is the value of its expression."""
    claim = page.claims[index]
    values = run.values[index]
    if values is None:
        return [
            Problem(
                page.file,
                claim.line,
                "estas cifras no se calcularon",
                fix="arregla antes el bloque que falla",
            )
        ]
    return [
        problem
        for place, value in enumerate(values)
        if (problem := _number(page, claim, place, value)) is not None
    ]


def _number(page: Page, claim: Claim, place: int, value: Decimal | str | None) -> Problem | None:
    if value is None:
        return None
    numeral, expression = claim.numerals[place], claim.expressions[place]
    if isinstance(value, str):
        return Problem(
            page.file,
            claim.line,
            f"la expresión «{expression}» de {numeral.text} no sirve",
            value,
            "corrige la expresión",
        )
    if not numeral.is_integer and rounding.is_near(value, numeral.exponent):
        return Problem(
            page.file,
            claim.paragraph.line_of(numeral),
            f"{numeral.text} está junto a un empate de redondeo",
            f"calculado: {_printed(value)}\nexpresión: {expression}",
            ONE_DECIMAL,
        )
    if numeral.shows(value):
        return None
    return Problem(
        page.file,
        claim.paragraph.line_of(numeral),
        f"{numeral.text} no es lo que calcula el código",
        f"publicado: {numeral.text}\ncalculado: {_printed(value)}\nexpresión: {expression}",
        UPDATE,
    )


def _printed(value: Decimal) -> str:
    # Enough digits for a float64; the whole binary expansion would only distract.
    return f"{value:.10g}" if value != value.to_integral_value() else f"{value:f}"


def check_figures(page: Page, run: Run) -> list[Problem]:
    """Whether each drawing is shown, once, with a text for those who do not see it, and its data."""
    problems = []
    by_name: dict[str, list[int]] = {}
    for figure in page.figures:
        by_name.setdefault(figure.section, []).append(figure.line)
        if not figure.alt:
            problems.append(
                Problem(
                    page.file,
                    figure.line,
                    f"la figura «{figure.section}» no tiene texto alternativo",
                    fix=f"di lo que se ve: ![Qué muestra la figura.](figura:{figure.section})",
                )
            )
    drawn = {
        block.section.name: (block, result.plotted)
        for block, result in zip(page.blocks, run.blocks, strict=True)
        if result.figures
    }
    for name, (block, plotted) in drawn.items():
        lines = by_name.get(name, [])
        if len(plotted) > 1:
            what = f"el bloque «{name}» deja abiertas {len(plotted)} figuras y debe ser una"
            problems.append(Problem(page.file, block.line, what, fix="dibuja una por bloque"))
        if len(lines) != 1 or lines[0] < block.line:
            problems.append(
                Problem(
                    page.file,
                    block.line,
                    f"la figura que dibuja «{name}» no se muestra una vez detrás de su bloque",
                    fix=f"ponla detrás: ![Qué muestra la figura.](figura:{name})",
                )
            )
    for figure in page.figures:
        if figure.section in drawn:
            problems += _data(page, figure, drawn[figure.section][1][0])
    for name in sorted(by_name.keys() - drawn.keys()):
        near = difflib.get_close_matches(name, drawn, n=3, cutoff=0.4) or sorted(drawn)
        problems.append(
            Problem(
                page.file,
                by_name[name][0],
                f"ningún bloque de esta página dibuja «{name}»",
                fix=f"figuras de la página: {', '.join(near) or 'ninguna'}",
            )
        )
    return problems


def _data(page: Page, figure: Figure, computed: Fingerprint) -> list[Problem]:
    """Whether the page was written for what the figure plots."""
    if computed.is_told_by(figure.data):
        return []
    if not figure.data_line:
        what = f"la figura «{figure.section}» no dice qué datos dibuja"
        fix = f"mira la figura y pega detrás {computed.comment}, o escríbelo con: make update"
        return [Problem(page.file, figure.line, what, fix=fix)]
    return [
        Problem(
            page.file,
            figure.data_line,
            f"la figura «{figure.section}» ya no dibuja los mismos datos",
            f"publicado: {figure.data}\ncalculado: {computed}",
            f"mira la figura, su texto alternativo y su pie; {UPDATE}",
        )
    ]


def check_sections(pages: Iterable[Page], sections: Sections) -> list[Problem]:
    """Sections that no page shows, and those that a page shows twice."""
    pages = list(pages)
    shown = {(block.section.file, block.section.name) for page in pages for block in page.blocks}
    problems = [
        Problem(
            file,
            line,
            f"ninguna página muestra la sección «{name}»",
            fix=f'tráela a una página con --8<-- "{file}:{name}", o quita sus marcas',
        )
        for file in sections.files()
        for name, line in sections.names(file).items()
        if (file, name) not in shown
    ]
    for page in pages:
        seen: dict[str, int] = {}
        for block in page.blocks:
            name = block.section.name
            if name in seen:
                problems.append(
                    Problem(
                        page.file,
                        block.line,
                        f"la sección «{name}» ya está en la línea {seen[name]}",
                        fix="cada sección se muestra y se ejecuta una vez por página",
                    )
                )
            seen[name] = block.line
    return problems
