r"""Derivatives in each spelling: ``\frac{\partial C}{\partial m}``, ``dC/dm``, ``\partial_m C``, ``\nabla_w C``, ``(x^2)'``."""

from __future__ import annotations

from collections.abc import Callable

from nabla.algebra import expression
from nabla.algebra.cursor import FACES, Cursor
from nabla.algebra.expression import Expression
from nabla.algebra.tokens import Unreadable

# The source of a derivative is quoted: each level inside another doubles its quotes.
_NESTED = 3


class Derivatives(Cursor):
    """Finds the derivative that starts at the cursor, if one does."""

    nested = 0

    def read_sum(self) -> Expression:
        raise NotImplementedError

    def operand(self) -> Expression:
        raise NotImplementedError

    def starts_mark(self) -> bool:
        """Whether ``∂`` or ``d`` may start here."""
        text = self.text()
        return text in (r"\partial", "d") or (text in FACES and "d" in (self.text(1), self.text(2)))

    def _mark(self) -> str:
        r"""Take ``\partial``, ``d`` or ``\mathrm d``; its kind, or nothing."""
        if self.text() == r"\partial":
            self.at += 1
            return "partial"
        width = 0
        if self.text() in ("d", r"\text{d}"):
            width = 1
        elif self.text() in FACES and self.text(1) == "d":
            width = 2
        elif self.text() in FACES and [self.text(ahead) for ahead in (1, 2, 3)] == ["{", "d", "}"]:
            width = 4
        if not width or self.text(width) == "_":
            return ""
        self.at += width
        return "total"

    def _order(self) -> int:
        if self.text() != "^":
            return 1
        self.at += 1
        start, end = self.group()
        text = self.tokens[start].text if end == start + 1 else ""
        if not (text.isdecimal() and text.isascii() and text != "0"):
            raise Unreadable("el orden de una derivada es una cifra")
        return int(text)

    def _variables(self, kind: str) -> list[str] | None:
        """Take ``∂m ∂b^2``, up to where no more marks come; None if there is none."""
        variables: list[str] = []
        while self.at < self.end:
            before = self.at
            if self._mark() != kind or not self.starts_name():
                self.at = before
                break
            name = self.name()
            variables += [name] * self._order()
        return variables or None

    def _of(self) -> Expression | str:
        """What is derived: a name, or an expression, up to the end."""
        if self.at == self.end:
            return ""
        before = self.at
        if self.starts_name():
            name = self.name()
            if self.at == self.end:
                return name
            self.at = before
        return self.nesting(self.read_sum)

    def nesting(self, read: Callable[[], Expression]) -> Expression:
        """What ``read`` finds, as the source of a derivative or of a sum."""
        self.nested += 1
        if self.nested > _NESTED:
            raise Unreadable(f"hay más de {_NESTED} derivadas o sumas con límites, una dentro de otra")
        try:
            return read()
        finally:
            self.nested -= 1

    def fraction_derivative(self, above: tuple[int, int], below: tuple[int, int]) -> Expression | None:
        """The derivative that the parts of a fraction make, if they do."""
        kept = self.at, self.end
        self.at, self.end = above
        kind = self._mark()
        if kind:
            self.at, self.end = below
            variables = self._variables(kind)
            if variables is None or self.at < self.end:
                variables = None
        self.at, self.end = kept
        if not kind or variables is None:
            return None

        def numerator() -> tuple[int, Expression | str]:
            self._mark()
            return self._order(), self._of()

        order, of = self.within(*above, numerator)
        return self._made(kind, of, variables, order)

    def slash_derivative(self) -> Expression | None:
        """``\\partial C/\\partial m`` or ``dC/dm``, if it is next."""
        before = self.at
        kind = self._mark()
        try:
            order = self._order()
            of = self.name() if self.starts_name() else ""
            if self.text() == "/":
                self.at += 1
                if variables := self._variables(kind):
                    return self._made(kind, of, variables, order)
        except Unreadable:
            if kind == "partial":
                raise
        if kind == "partial":
            raise Unreadable("una derivada parcial dice de qué es y respecto de qué: \\partial C/\\partial m")
        self.at = before
        return None

    def _made(self, kind: str, of: Expression | str, variables: list[str], order: int) -> Expression:
        if len(variables) != order:
            raise Unreadable(f"la derivada es de orden {order} y abajo hay {len(variables)} variables")
        if of == "":
            of = self.nesting(self.operand)
        elif self.text() == "(" and isinstance(of, str):  # \frac{df}{dx}(2): there
            made = expression.derivative(kind, of, variables)
            return self.value_at(made, of)
        return expression.derivative(kind, of, variables)

    def value_at(self, made: Expression, of: str) -> Expression:
        """``f'(2)`` in Leibniz's notation, for a function that is known; else a product follows."""
        if of not in self.functions:
            return made
        arguments = [
            self.within(start, end, self.read_sum) for start, end in self.split(*self.bracket(), {","})
        ]
        return expression.call("at", repr(made.python), repr(of), *arguments)

    functions: frozenset[str] = frozenset()

    def indexed_derivative(self) -> Expression | None:
        r"""``\partial_m C``, if it is next."""
        if [self.text(), self.text(1)] != [r"\partial", "_"]:
            return None
        self.at += 2
        variable = self.within(*self.group(), self.name)
        return expression.derivative("partial", self._applied_to(), [variable])

    def gradient(self) -> Expression:
        r"""``\nabla C``, by all its variables; ``\nabla_w C``."""
        self.at += 1
        variable = ""
        if self.text() == "_":
            self.at += 1
            variable = self.within(*self.group(), self.name)
        if self.text() == "^":
            raise Unreadable(
                "∇² puede ser la matriz hessiana o el laplaciano: escribe las segundas derivadas"
            )
        if not self.starts_name():
            raise Unreadable("no sé de qué es el gradiente")
        of = self.name()
        if variable:
            return expression.derivative("total", of, [variable])
        return expression.name(f"grad_{of}")

    def _applied_to(self) -> Expression | str:
        if self.starts_name():
            return self.name()
        return self.nesting(self.operand)

    def primed(self, inside: Expression, start: int, end: int) -> Expression:
        """``(x^2)'``: the derivative by the only letter of the bracket from ``start`` to ``end``."""
        letters = {
            token.text for token in self.tokens[start:end] if token.text.isalpha() and len(token.text) == 1
        }
        if len(letters) > 1:
            letters.discard("e")
        if len(letters) != 1:
            raise Unreadable("no sé respecto de qué letra se deriva")
        order = len(self.take())
        return expression.derivative("total", inside, [letters.pop()] * order)
