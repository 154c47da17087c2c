r"""One side of a formula read by precedence: sums, then products, then juxtaposition, then powers.

What is not known is refused by its name, so that no command is ever taken for a product of letters.
"""

from __future__ import annotations

from nabla.algebra import derivatives, expression, operators
from nabla.algebra.cursor import Cursor
from nabla.algebra.expression import Expression
from nabla.algebra.notation import FUNCTIONS, PRODUCTS, REASONS, RELATIONS, WORDS
from nabla.algebra.tokens import Token, Unreadable, shown
from nabla.model import course

_STOPS = {"+", "-", ",", ";", "&", r"\\", *RELATIONS, *PRODUCTS}


class Reader(Cursor):
    """Reads the tokens of one side. ``functions`` are applied to a bracket that follows; ``matrices`` multiply as such."""

    def __init__(self, found: list[Token], functions: frozenset[str], matrices: frozenset[str]) -> None:
        super().__init__(found)
        self.functions = functions
        self.matrices = matrices
        self.bars: list[str] = []
        self.nested = 0  # derivatives and sums, one inside another

    def read_list(self) -> Expression:
        """A side: an expression, or several between the parentheses of a list."""
        if self.at == self.end:
            raise Unreadable("falta un lado de la igualdad")
        if self.text() == "(" and self.closings[self.at] == self.end - 1:
            parts = self.split(self.at + 1, self.end - 1, {","})
            if len(parts) > 1:
                entries = [self.within(start, end, self.read_list) for start, end in parts if start < end]
                self.at = self.end
                return expression.listed(entries)
        return self.read_sum()

    def read_sum(self) -> Expression:
        with self.deeper():
            result = self.read_product()
            while self.text() in ("+", "-"):
                sign = self.take()
                result = expression.add(result, sign, self.read_product())
            return result

    def read_product(self) -> Expression:
        result = self._signed()
        while sign := PRODUCTS.get(self.text()):
            if sign == "∘":
                raise Unreadable(REASONS[self.text()])
            self.at += 1
            result = expression.multiply(result, sign, self._signed())
        return result

    def _signed(self) -> Expression:
        if self.text() == "+":
            self.at += 1
            made = self._juxtaposition()
            return Expression(f"(+{made.python})", made.symbols, made.shape)
        if self.text() != "-":
            return self._juxtaposition()
        self.at += 1
        with self.deeper():
            return expression.negative(self._signed())

    def _juxtaposition(self, stop_at_functions: bool = False) -> Expression:
        result = self._power()
        while self._continues() and not (stop_at_functions and self._is_function()):
            digits = self.text()[-1:].isdecimal() and self.tokens[self.at - 1].is_number
            if digits and self.text(-2) not in ("^", "_"):
                raise Unreadable(f"entre «{self.text(-1)}» y «{self.text()}» falta un signo")
            result = expression.multiply(result, "", self._power())
        return result

    def text(self, ahead: int = 0) -> str:
        place = self.at + ahead
        return self.tokens[place].text if 0 <= place < self.end else ""

    def _continues(self) -> bool:
        """Whether another factor starts here."""
        text = self.text()
        if not text or text in _STOPS or text in (")", "]", "}", r"\}", r"\rfloor", r"\rceil"):
            return False
        return not (text in self.bars[-1:] or text.startswith(r"\e{"))

    def _is_function(self) -> bool:
        return self.text() in FUNCTIONS or self.text() in (r"\sum", r"\prod", r"\max", r"\min")

    def operand(self) -> Expression:
        """What an operator without brackets applies to: factors up to a sign or another function."""
        if self.text() in ("(", "[", r"\{"):
            return self._power()
        with self.deeper():
            return self._juxtaposition(stop_at_functions=True)

    def _power(self) -> Expression:
        start = self.at
        result = self._primary()
        while text := self.text():
            if text == "^":
                if self.takes_transpose():
                    result = expression.transposed(result)
                    continue
                self.at += 1
                result = expression.power(result, self.script())
                if self.text() == "^":
                    raise Unreadable("hay dos exponentes seguidos: di con llaves cuál va primero")
            elif text == "!":
                self.at += 1
                result = expression.call("factorial", result)
            elif text == r"\%":
                self.at += 1
                result = expression.multiply(result, "/", expression.number("100"))
            elif set(text) == {"'"} and self.text(-1) in (")", "]"):
                result = derivatives.primed(self, result, start, self.at)
            elif text == "|" and self.text(1) == "_":
                self.at += 2
                result = self.within(*self.group(), lambda made=result: self._there(made))  # type: ignore[misc]
            else:
                break
        return result

    def _there(self, made: Expression) -> Expression:
        """``made|_{x = 2}``: its value there."""
        variable = self.name()
        if self.take() != "=":
            raise Unreadable("detrás de la barra va dónde se calcula: |_{x = 2}")
        value = self.read_sum()
        return expression.call("at", repr(made.python), repr(f"={variable}"), value)

    def script(self) -> Expression:
        if self.text() == "{":
            return self.within(*self.group(), self.read_sum)
        if self.at == self.end:
            raise Unreadable("falta el exponente")
        with self.deeper():
            if self.text() == "-":
                raise Unreadable("un exponente con signo va entre llaves")
            return self._primary(is_script=True)

    def _primary(self, is_script: bool = False) -> Expression:
        text = self.text()
        if not text:
            raise Unreadable(
                f"falta algo detrás de «{shown(self.text(-1))}»"
                if self.at
                else "falta un lado de la igualdad"
            )
        if self.tokens[self.at].is_number:
            self.at += 1
            if len(text) > 300:
                raise Unreadable("un número de más de 300 cifras")
            return expression.number(text)
        if text in ("(", "[", "{"):
            start, end = self.bracket()
            inside = self.within(start, end, self.read_sum if text != "(" else self.read_list)
            compound = text == "(" and inside.form == "number"
            return Expression(f"({inside.python})", inside.symbols) if compound else inside
        if text in ("|", r"\|"):
            return self._bars(text)
        if derivatives.starts_mark(self) and (
            found := derivatives.indexed_derivative(self) or derivatives.slash_derivative(self)
        ):
            return found
        if text == r"\nabla":
            return self._applied(derivatives.gradient(self))
        if text == r"\infty":
            self.at += 1
            return expression.name("inf")
        if text == r"\mathbb":
            return operators.expectation(self)
        if self.starts_name():
            return self._named(is_script)
        return operators.command(self, text)

    def _bars(self, bar: str) -> Expression:
        self.at += 1
        self.bars.append(bar)
        inside = self.read_sum()
        if self.text() != bar:
            raise Unreadable(f"«{bar}» no se cierra")
        self.bars.pop()
        self.at += 1
        if bar == "|":
            return expression.call("abs", inside)
        if self.text() != "_":
            return expression.call("norm", inside)
        self.at += 1
        return expression.call("norm", inside, repr(self.index("‖·‖")))

    def _named(self, is_script: bool) -> Expression:
        name = self.name()
        primes = ""
        if set(self.text()) == {"'"} and not is_script:
            primes = self.take()
            if self.text() == "_":
                self.at += 1
                name = f"{name}_{self.index(name)}"
        if name not in self.functions and not is_script and (label := self.label()):
            name = f"{name}_{label}"
            if self.text() == "_":
                self.at += 1
                name = f"{name}_{self.index(name)}"
        if self.text() == "_":
            raise Unreadable(f"«{name}» lleva dos subíndices seguidos")
        if primes:
            made = expression.call("prime", repr(name), str(len(primes)), form="notation")
            made = Expression(made.python, frozenset([name]), form="notation")
            if self.text() != "(":
                return made
            start, end = self.bracket()
            arguments = [
                self.within(first, last, self.read_sum) for first, last in self.split(start, end, {","})
            ]
            applied = expression.call("prime", repr(name), str(len(primes)), *arguments)
            is_plain = all(argument.form == "name" for argument in arguments)
            return Expression(
                applied.python, applied.symbols | {name}, form="notation" if is_plain else "compound"
            )
        if name in WORDS and name not in self.functions and (len(name) > 1):
            return expression.call(WORDS[name], operators.argument(self))
        return self._applied(expression.name(name, "matrix" if name in self.matrices else ""))

    def _applied(self, name: Expression) -> Expression:
        """A known function applied to the bracket that follows it; any other name by itself."""
        if self.text() != "(":
            return name
        if name.python not in self.functions:
            if len(self.split(self.at + 1, self.closings[self.at], {","})) > 1:
                raise Unreadable(
                    f"«{name.python}» no es una función: defínela en «{course.SYMBOLS}» como {name.python}(…) = …"
                )
            return name
        arguments = [
            self.within(start, end, self.read_sum) for start, end in self.split(*self.bracket(), {","})
        ]
        made = expression.call("of", repr(name.python), *arguments)
        return Expression(made.python, made.symbols | {name.python})
