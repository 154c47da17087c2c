r"""The formulas of a page: where they stand, and what they are compared with.

``read`` cuts each ``$…$`` and ``$$…$$`` into chains of sides (``algebra.latex``); the worker computes every side at
generic points, with the symbols that the page's comments define through the lesson's functions
(``algebra.symbols``); ``check.equality`` compares the sides of each chain.

For whoever must know which integers are answered for here: ``page.formulas.owned`` gives the
``(start, end)`` offsets, in ``"\n".join(page.lines)``, of the chains that are checked; every coefficient, exponent and
number in such a range is compared, so that a change in it fails.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nabla.algebra import latex
from nabla.model import course
from nabla.model.page import Kind, Mark, Page, Region
from nabla.parse import definitions, moment, quotes
from nabla.parse.binding import Binder, Loose, code
from nabla.parse.relations import Formula, Formulas, Relation


def job(page: Page) -> dict[str, Any]:
    """What the worker must compute for ``check``."""
    return page.formulas.job


def read(page: Page, quotable: Iterable[Formula] = ()) -> Formulas:
    """Read the formulas of a page and the comments about them; faults go to ``page.problems``.

    ``quotable`` are checked formulas that stand elsewhere, and may be quoted too.
    """
    return _Reader(page, quotable).read()


class _Reader(Binder):
    def __init__(self, page: Page, quotable: Iterable[Formula]) -> None:
        super().__init__(page)
        self.quotable = list(quotable)
        self.outside: list[tuple[definitions.Table, int | None]] = []
        self.paragraph: list[Formula] = []  # formulas whose comments may still come
        self.loose: list[list[Loose]] = []  # by paragraph

    def read(self) -> Formulas:
        self._keep_table()
        last, apart, commented = 0, False, False  # since the last comment, piece, formula or code
        for region in self.page.regions:
            is_comment = region.kind is Kind.COMMENT
            is_piece = region.kind in (Kind.OPENER, Kind.CLOSER)
            apart |= region.line > last + 1 or region.kind is Kind.FENCE
            last = region.last
            tells = any(span.mark in (Mark.FORMULA, Mark.CODE) for span in region.spans)
            if region.kind is Kind.FENCE or not (is_comment or is_piece or tells):
                continue
            if apart or is_piece or (commented and not is_comment):
                self._settle(None)
            apart, commented = False, is_comment
            if is_piece:
                self._enter_or_leave(region)
            elif is_comment:
                self._read_comment(region)
            for span in region.spans:
                if span.mark is Mark.FORMULA:
                    formula = Formula(span.text, region.start + span.inner)
                    self.result.spans.append(formula)
                    self.paragraph.append(formula)
        self._settle(None)
        self._quote()
        return self.result

    def _enter_or_leave(self, piece: Region) -> None:
        """What a comment says inside a piece (``///``) holds until the piece ends."""
        if piece.kind is Kind.OPENER:
            self.outside.append((definitions.copy(self.table), self.values))
        elif self.outside:
            self.table, self.values = self.outside.pop()
            self._keep_table()

    def _keep_table(self) -> None:
        if self.table not in self.result.tables:
            self.result.tables.append(definitions.copy(self.table))

    # Comments.

    def _read_comment(self, comment: Region) -> None:
        if comment.name == course.SYMBOLS:
            self._read_table(comment)
        elif comment.name == course.FORMULAS:
            self._settle(comment)
        elif comment.name == "valores":
            self.page.complain(
                comment.line,
                f"los valores van en el comentario «{course.SYMBOLS}»",
                fix=f"escribe <!-- {course.SYMBOLS}: m := 0.9; x := xs[7] -->",
            )

    def _read_table(self, comment: Region) -> None:
        claims: list[tuple[int, list[str]]] = []
        given: dict[str, str] | None = None
        for offset, entry in definitions.entries(comment.text):
            line = self.page.line_at(comment.inner + offset)
            try:
                if (values := definitions.values(entry)) is not None:
                    given = (given or {}) | values
                else:
                    claims += [(line, sources) for sources in definitions.take(self.table, entry)]
            except ValueError as error:
                self.page.complain(
                    line,
                    f"no entiendo «{entry}» en el comentario «{course.SYMBOLS}»",
                    str(error),
                    "escribe nombre = expresión, f(x) = expresión, dC/dm = expresión, x: n o x := xs[7]",
                )
        self._keep_table()
        if given is not None:
            block = moment.find(self.page, comment.line, comment.after, given.values()) if given else None
            self.values = None if block is None else self.given(block, given)
        for line, sources in claims:
            sides = tuple(code(source, "=" if place else "") for place, source in enumerate(sources))
            self.add(Relation(line, sides, tuple(sources), self.result.tables.index(self.table), None))

    # Formulas.

    def _settle(self, comment: Region | None) -> None:
        """Take in the formulas of a paragraph, with the comment «fórmulas» behind it if there is one."""
        given = [] if comment is None else definitions.split_commas(comment.text)
        equations = [each for each in given if each.startswith(f"{course.SIDES}(")]
        needy = [loose for formula in self.paragraph for loose in self.take(formula, equations)]
        self.paragraph = []
        if equations and comment is not None:
            self.page.complain(
                comment.line,
                f"«{equations[0]}» no tiene igualdad a la que referirse",
                fix=f"«{course.SIDES}» explica una igualdad con símbolos; uno por igualdad, en orden",
            )
        if comment is None:
            self.loose.append(needy)
            return
        line = comment.line
        entries = [entry for entry in given if not entry.startswith(f"{course.SIDES}(")]
        if len(entries) != len(needy):
            listed = "\n".join(loose.formula.text for loose in needy)
            self.page.complain(
                line,
                f"el comentario «{course.FORMULAS}» tiene {len(entries)} expresiones y aquí hacen falta {len(needy)}",
                listed or "las igualdades se comprueban solas: no necesitan comentario",
                "una por fórmula, en orden; «_» si es cita de otra de la página",
            )
            return
        self.loose.append([each for each, entry in zip(needy, entries, strict=True) if entry == "_"])
        for loose, entry in zip(needy, entries, strict=True):
            if entry != "_":
                self.bind(loose, entry, line)

    def _quote(self) -> None:
        """Formulas that nothing computes must stand, letter by letter, in one that something does."""
        whole = self.quotable + [relation.formula for relation in self.result.relations if relation.formula]
        checked = [latex.normal(formula.latex).split() for formula in dict.fromkeys(whole)]
        for group in self.loose:
            lost = [
                place
                for place, loose in enumerate(group)
                if (loose.chain is None or not quotes.is_quoted(loose.formula.latex, checked))
                and _is_whole(loose.formula.latex)
            ]
            self.result.quoted += [loose.formula for place, loose in enumerate(group) if place not in lost]
            if lost:
                self._require_checked(group, lost)

    def _require_checked(self, group: list[Loose], lost: list[int]) -> None:
        first = group[lost[0]]
        skeleton = ", ".join("EXPRESIÓN" if place in lost else "_" for place in range(len(group)))
        why = "no es una igualdad, ni parte de otra fórmula comprobada de esta página"
        fix = f"pon detrás del párrafo lo que vale cada una: <!-- {course.FORMULAS}: {skeleton} -->"
        if first.reason:
            why = f"no la sé leer: {first.reason}"
            fix = f'escríbela de otra manera, o di detrás por qué no se comprueba: <!-- {course.FORMULAS}: "{"motivo"}" -->'
        listed = "  ·  ".join(loose.formula.text for loose in group)
        self.page.complain(
            self.page.line_at(first.formula.start),
            f"nadie comprueba la fórmula «{first.formula.text}»",
            f"{why}\nlas que lo necesitan en este párrafo: {listed}",
            fix,
        )


def _is_whole(text: str) -> bool:
    """Whether its braces pair; if they do not, KaTeX says so."""
    return text.count("{") == text.count("}")
