r"""Commands with their operands: fractions, roots, functions, sums and products, extremes, matrices and cases."""

from __future__ import annotations

from nabla.algebra import expression
from nabla.algebra.derivatives import Derivatives
from nabla.algebra.expression import Expression
from nabla.algebra.notation import FUNCTIONS, INDICES, REASONS, RELATIONS
from nabla.algebra.tokens import MATRICES, Unreadable, shown


class Operators(Derivatives):
    """Reads the command at the cursor with all that it applies to."""

    def read_list(self) -> Expression:
        raise NotImplementedError

    def read_product(self) -> Expression:
        raise NotImplementedError

    def script(self) -> Expression:
        raise NotImplementedError

    def command(self, text: str) -> Expression:
        if text == r"\frac":
            return self._fraction()
        if text == r"\sqrt":
            return self._root()
        if text in FUNCTIONS:
            return self._function(FUNCTIONS[text])
        if text in (r"\sum", r"\prod"):
            return self._sum(text)
        if text in (r"\max", r"\min"):
            return self._extreme(text)
        if text.startswith(r"\b{"):
            return self._environment(text[3:-1])
        if text in (r"\lfloor", r"\lceil"):
            return expression.call(text[2:], self.within(*self.bracket(), self.read_sum))
        if text == r"\binom":
            self.at += 1
            above, below = (self.within(*self.group(), self.read_sum) for _ in range(2))
            return expression.call("binomial", above, below)
        if text in REASONS:
            raise Unreadable(f"«{shown(text)}»: {REASONS[text]}")
        if text in RELATIONS:
            raise Unreadable(f"falta un lado de la igualdad, o sobra «{text}»")
        if text.startswith("\\"):
            raise Unreadable(f"no conozco la orden «{shown(text)}»")
        raise Unreadable(f"no entiendo «{shown(text)}» en este sitio")

    def argument(self) -> Expression:
        """What a function applies to: a bracket, or the factors that follow."""
        if self.text() in ("(", "["):
            return self.within(*self.bracket(), self.read_sum)
        return self.operand()

    def expectation(self) -> Expression:
        r"""``\mathbb E[x]``; any other letter of this face is a set."""
        self.at += 1
        start, end = self.group()
        if [token.text for token in self.tokens[start:end]] != ["E"]:
            raise Unreadable(f"«\\mathbb»: {REASONS[chr(92) + 'mathbb']}")
        return expression.call("expectation", self.argument())

    def _fraction(self) -> Expression:
        self.at += 1
        above, below = self.group(), self.group()
        if found := self.fraction_derivative(above, below):
            return found
        top, bottom = self.within(*above, self.read_sum), self.within(*below, self.read_sum)
        return expression.multiply(top, "/", bottom)

    def _root(self) -> Expression:
        self.at += 1
        degree = self.within(*self.bracket(), self.read_sum) if self.text() == "[" else None
        inside = self.within(*self.group(), self.read_sum)
        return expression.call("root", inside, degree) if degree else expression.call("sqrt", inside)

    def _function(self, name: str) -> Expression:
        self.at += 1
        base = exponent = None
        if self.text() == "_" and name == "log":
            self.at += 1
            base = self.within(*self.group(), self.read_sum)
        if self.text() == "^":
            self.at += 1
            exponent = self.script()
            if exponent.python == "(-1)":
                raise Unreadable(
                    f"{name}⁻¹ puede ser la función inversa o 1 dividido entre ella: escribe cuál"
                )
        result = expression.call(name, self.argument())
        if base:
            result = expression.multiply(result, "/", expression.call("log", base))
        return expression.power(result, exponent) if exponent else result

    def _sum(self, command: str) -> Expression:
        with self.deeper():
            return self._summed(command)

    def _summed(self, command: str) -> Expression:
        self.at += 1
        word = "sum" if command == r"\sum" else "prod"
        bounds: dict[str, tuple[int, int]] = {}
        while self.text() in ("_", "^") and self.text() not in bounds:
            mark = self.take()
            bounds[mark] = self.group()
        if "_" not in bounds:
            raise Unreadable(f"la suma no dice sobre qué índice: {command}_i")
        start, end = bounds["_"]
        index = self.tokens[start].text
        if not (len(index) == 1 and index.isalpha() and index.isascii()):
            raise Unreadable(f"la suma no dice sobre qué índice: {command}_i")
        second = self.tokens[start + 1].text if start + 1 < end else ""
        if second == "=" and "^" in bounds:
            first = self.within(start + 2, end, self.read_sum)
            last = self.within(*bounds["^"], self.read_sum)
            body = self.nesting(self.read_product)
            made = expression.call(f"{word}_from", repr(index), first, last, repr(body.python))
            inner = {each for each in body.symbols if each != index}
            return Expression(made.python, made.symbols | inner)
        if "^" in bounds or second not in ("", r"\in"):
            raise Unreadable(
                f"no entiendo los límites de la suma: {command}_i, {command}_{{i=1}}^n o {command}_{{i \\in B}}"
            )
        if index not in INDICES:
            raise Unreadable(
                f"sin límites sé sumar sobre i, j, k y l, y no sobre «{index}»: {command}_{{{index}=1}}^n"
            )
        over = [expression.name(self.within(start + 2, end, self.name))] if second else []
        return expression.call(f"{word}_{index}", self.read_product(), *over)

    def _extreme(self, command: str) -> Expression:
        self.at += 1
        word = command.removeprefix("\\")
        if self.text() == "_":
            self.at += 1
            start, end = self.group()
            index = self.tokens[start].text
            if end > start + 1 or index not in INDICES:
                raise Unreadable(
                    f"«{command}»: solo sé buscarlo entre los elementos de un índice: {command}_i"
                )
            return expression.call(f"{word}_{index}", self.argument())
        if self.text() not in ("(", r"\{"):
            raise Unreadable(f"«{command}» no dice entre qué números: {command}(a, b)")
        parts = self.split(*self.bracket(), {","})
        return expression.call(word, *(self.within(start, end, self.read_sum) for start, end in parts))

    def _environment(self, kind: str) -> Expression:
        start, end = self.bracket()
        lines = [part for part in self.split(start, end, {r"\\"}) if part[0] < part[1]]
        if kind == "cases":
            return self._cases(lines)
        if kind not in MATRICES:
            raise Unreadable(f"no conozco el entorno «{kind}»")
        rows = [
            expression.listed([self.within(*cell, self.read_sum) for cell in self.split(*line, {"&"})])
            for line in lines
        ]
        return expression.listed(rows, shape="matrix")

    def _cases(self, lines: list[tuple[int, int]]) -> Expression:
        """Each line: a value, and the inequality where it holds; words alone hold everywhere else."""
        parts: list[Expression] = []
        for line in lines:
            cells = self.split(*line, {"&"})
            if len(cells) != 2:
                raise Unreadable("no entiendo uno de los casos: valor & u < 0")
            value = self.within(cells[0][0], self._trimmed(*cells[0])[1], self.read_sum)
            parts += [self._condition(*self._trimmed(*cells[1])), value]
        return expression.call("cases", *parts)

    def _trimmed(self, start: int, end: int) -> tuple[int, int]:
        """Without the words of a cell, and the comma that ends it."""
        while start < end and self.tokens[start].words is not None:
            start += 1
        while start < end and (
            self.tokens[end - 1].text in (",", ".", ";") or self.tokens[end - 1].words is not None
        ):
            end -= 1
        return start, end

    def _condition(self, start: int, end: int) -> Expression:
        if start == end:
            return Expression("True")
        sides = [self.within(*part, self.read_list) for part in self.split(start, end, set(RELATIONS))]
        ends = [last for _, last in self.split(start, end, set(RELATIONS))][:-1]
        signs = [
            {"=": "=="}.get(sign, sign) for sign in (RELATIONS[self.tokens[place].text] for place in ends)
        ]
        if not signs or "≈" in signs:
            raise Unreadable("no entiendo uno de los casos: valor & u < 0")
        pairs = zip(sides, signs, sides[1:], strict=False)
        python = " & ".join(f"({left.python} {sign} {right.python})" for left, sign, right in pairs)
        return Expression(python, frozenset().union(*(side.symbols for side in sides)))
