r"""LaTeX formulas read as Python expressions: ``\frac{2}{n} \sum_i x_i`` is ``2/n*sum_i(x_i)``.

SymPy's parser reads the structure. Before it, every name and number of the site's notation (``\hat y_i``,
``\partial C/\partial m``, a matrix…) is replaced by a plain symbol, and a formula is split into chains of
sides; after it, the tree is written as Python, with the names that the pages' comments use:

- ``\hat y`` is ``y_hat``, ``\bar x`` is ``x_bar``, ``x_i`` is ``x_i``, ``\alpha`` is ``alpha``;
- ``\frac{\partial C}{\partial m}`` is ``partial('C', 'm')``; with ``d``, ``total('C', 'm')``; ``\nabla_w C`` is
  ``total('C', 'w')``; ``f(x)`` of a known function is ``of('f', x)``; ``f'(x)`` is ``prime('f', 1, x)``;
- the left side of ``m \leftarrow …`` is ``m_next``.

Importing SymPy costs half a second, so what it answered is kept on disk.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from nabla.cache import store

_ROOT = Path(__file__).resolve().parents[2]
_CACHE = _ROOT / ".cache/formulas"

_TOKEN = re.compile(r"\\[a-zA-Z]+\*?|\\.|\d*\.\d+|\d+|[a-zA-Z]|'+|\S", re.DOTALL)
_NUMBER = re.compile(r"\d*\.?\d+")
_IGNORED = {*[r"\,", r"\!", r"\;", r"\:", r"~", r"\left", r"\right", r"\limits", r"\displaystyle"], "\\ "}
_SIZES = re.compile(r"\\[bB]igg?[lrm]?")
_SAME = {
    r"\dfrac": r"\frac",
    r"\tfrac": r"\frac",
    r"\lvert": "|",
    r"\rvert": "|",
    r"\times": r"\cdot",
    r"\ln": r"\log",
}
_RELATIONS = {
    "=": "=", r"\approx": "≈", r"\leftarrow": "=", "<": "<", ">": ">", r"\le": "<=", r"\ge": ">=", r"\leq": "<=", r"\geq": ">=",
}  # fmt: skip
_BREAKS = {r"\\", r"\qquad", r"\quad", r"\Longrightarrow", r"\longrightarrow", r"\to", r"\mapsto", ",", ";"}
_STRUCTURE = {r"\frac", r"\sqrt", r"\sum", r"\log", r"\exp", r"\cdot"}
_CALLED = {r"\min": "min", r"\max": "max"}
_FUNCTIONS = re.compile(r"\b(?:vector|cases|log|exp|abs|min|max)\(")
_ACCENTS = {r"\hat": "hat", r"\bar": "bar", r"\tilde": "tilde"}
_WORDS = {r"\in", r"\sim", r"\lim", r"\ldots", r"\cdots", r"\dots", r"\begin", r"\end"}
_OPENING, _CLOSING = {"(", "[", "{", r"\bmatrix", r"\cases"}, {")", "]", "}", r"\endbmatrix", r"\endcases"}


class Unreadable(ValueError):
    """A formula that cannot be read as expressions; the text says why, in Spanish."""


@dataclass(frozen=True)
class Side:
    """One side of a chain: where it stands in the LaTeX, its Python, and what it is made of.

    ``number`` is its text when the side is nothing but a number. The relation to the side before it is
    ``=``, ``≈``, an inequality, or ``→h``: equal in the limit of a small ``h``.
    """

    start: int
    end: int
    python: str
    relation: str
    number: str | None
    is_numeric: bool

    @property
    def is_name(self) -> bool:
        return self.python.isidentifier()


Chain = tuple[Side, ...]


def read(latex: str, functions: Iterable[str] = (), matrices: Iterable[str] = ()) -> tuple[Chain, ...]:
    """The chains of sides in a formula; the first side of each has no relation.

    Args:
        latex: the formula, without its dollars.
        functions: names that are applied when a parenthesis follows; any other name is multiplied.
        matrices: names whose product is that of matrices.

    Raises:
        Unreadable: when the formula is not made of expressions.
    """
    answer = _answer(latex, tuple(sorted(functions)), tuple(sorted(matrices)))
    if isinstance(answer, str):
        raise Unreadable(answer)
    return answer


@lru_cache(maxsize=1 << 14)
def _answer(latex: str, functions: tuple[str, ...], matrices: tuple[str, ...]) -> tuple[Chain, ...] | str:
    """The chains of a formula, or why it has none: from memory, from disk, or read anew."""
    key = hashlib.sha256(f"{_version()}\0{json.dumps([latex, functions, matrices])}".encode()).hexdigest()
    file = _CACHE / key[:2] / f"{key[2:32]}.json"
    known = store.kept(file, key, lambda: json.dumps(_read_anew(latex, functions, matrices)))
    answer = json.loads(known)
    if "error" in answer:
        return str(answer["error"])
    return tuple(tuple(Side(**side) for side in chain) for chain in answer["chains"])


def _read_anew(latex: str, functions: tuple[str, ...], matrices: tuple[str, ...]) -> dict[str, Any]:
    try:
        chains = _Reader(set(functions), set(matrices)).read(latex)
    except Unreadable as error:
        return {"error": str(error)}
    return {"chains": [[asdict(side) for side in chain] for chain in chains]}


@lru_cache(maxsize=1 << 14)
def normal(latex: str) -> str:
    """The LaTeX without what does not change its meaning: spaces, sizes of brackets."""
    return " ".join(token.text for token in _tokens(latex))


@cache
def _version() -> str:
    return hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


@dataclass(frozen=True)
class _Token:
    text: str
    start: int
    end: int


def _tokens(latex: str) -> list[_Token]:
    latex = re.sub(r"\\\\\s*\[[^\]]*\]", lambda match: r"\\".ljust(len(match[0])), latex)
    latex = re.sub(r"\\(?:begin|end)\{(?:aligned|gathered)\}", lambda match: " " * len(match[0]), latex)
    latex = re.sub(r"\\(begin|end)\{(bmatrix|cases)\}", _mark, latex)
    latex = re.sub(r"(?<!_\{)\\text\{[^{}]*[^{}\w][^{}]*\}", lambda match: " " * len(match[0]), latex)
    found = []
    for match in _TOKEN.finditer(latex):
        text = _SAME.get(match[0], match[0])
        before = found[-1].text if found else ""
        if text in _IGNORED or _SIZES.fullmatch(text):
            continue
        if before in ("^", "_") and len(text) > 1 and text.isdigit():  # x^23 is x^2 · 3
            cut = match.start() + 1
            found += [_Token(text[0], match.start(), cut), _Token(text[1:], cut, match.end())]
        else:
            found.append(_Token(text, match.start(), match.end()))
    return found


def _mark(match: re.Match[str]) -> str:
    mark = rf"\{match[2]}" if match[1] == "begin" else rf"\end{match[2]}"
    return mark.ljust(len(match[0]))


class _Reader:
    """Reads one formula: ``names`` maps each symbol that SymPy sees to the Python it stands for."""

    def __init__(self, functions: set[str], matrices: set[str]) -> None:
        self.functions = functions
        self.matrices = set(matrices)
        self.names: dict[str, str] = {}
        self.numbers: set[str] = set()
        self.symbols: dict[str, tuple[str, ...]] = {}
        self.extra: list[tuple[list[_Token], list[_Token]]] = []  # what an underbrace says of its formula

    def read(self, latex: str) -> list[Chain]:
        chains = [self._chain(parts) for parts in _split(self._unbrace(_tokens(latex)))]
        for above, below in self.extra:
            chains.append(self._chain([("", self._unbrace(above)), ("=", self._unbrace(below))]))
        return chains

    def _unbrace(self, tokens: list[_Token]) -> list[_Token]:
        r"""Without ``\underbrace{A}_{B}``: A stays, and «A = B» goes to ``extra``."""
        result: list[_Token] = []
        at = 0
        while at < len(tokens):
            if tokens[at].text == r"\underbrace":
                above, at = _group(tokens, at + 1)
                if at < len(tokens) and tokens[at].text == "_":
                    below, at = _group(tokens, at + 1)
                    if below and below[0].text != r"\text":
                        self.extra.append((above, below))
                result += self._unbrace(above)
            else:
                result.append(tokens[at])
                at += 1
        return result

    def _chain(self, parts: list[tuple[str, list[_Token]]]) -> Chain:
        return tuple(
            self._side(relation, tokens, place + 1 < len(parts) and parts[place + 1][0] == r"\leftarrow")
            for place, (relation, tokens) in enumerate(parts)
        )

    def _side(self, relation: str, tokens: list[_Token], updated: bool) -> Side:
        start, end = (tokens[0].start, tokens[-1].end) if tokens else (0, 0)
        if tokens and tokens[0].text == r"\lim":
            group, after = _group(tokens, 2)
            if [token.text for token in group[1:]] != [r"\to", "0"]:
                raise Unreadable("solo sé calcular el límite cuando algo tiende a 0")
            relation, tokens = f"→{group[0].text}", tokens[after:]
        python = self._expression(tokens)
        if updated:
            python += "_next"
        text = "".join(token.text for token in tokens)
        number = text if re.fullmatch(r"-?\d*\.?\d+", text) else None
        is_numeric = not re.search(r"\b[A-Za-z_]\w*\b(?!\()", _FUNCTIONS.sub("", python))
        return Side(start, end, python, _RELATIONS.get(relation, relation), number, is_numeric)

    def _expression(self, tokens: list[_Token]) -> str:
        """The Python of a run of tokens without relations."""
        if not tokens:
            raise Unreadable("falta un lado de la igualdad")
        parts = _split_at(
            tokens, {","}, inside=tokens[0].text == "(" and _closes(tokens, 0) == len(tokens) - 1
        )
        if len(parts) > 1:
            return f"vector([{', '.join(self._expression(part) for part in parts if part)}])"
        plain = "".join(self._plain(tokens))
        return self._python(_parse(plain))

    # From the site's notation to what SymPy reads.

    def _plain(self, tokens: list[_Token]) -> list[str]:
        result: list[str] = []
        at = 0
        while at < len(tokens):
            text = tokens[at].text
            following = tokens[at + 1].text if at + 1 < len(tokens) else ""
            if text in (r"\bmatrix", r"\cases"):
                end = _closes(tokens, at)
                inside = _split_at(tokens[at + 1 : end], {r"\\"})
                name, at = self._matrix(inside) if text == r"\bmatrix" else self._cases(inside), end + 1
                result.append(name)
            elif text in _WORDS:
                raise Unreadable(f"«{text}» no es parte de una expresión")
            elif text == r"\sum":
                name, at = self._sum(tokens, at + 1)
                result.append(name)
            elif derivative := self._derivative(tokens, at) or self._primed(tokens, at):
                name, at = derivative
                result.append(name)
            elif _NUMBER.fullmatch(text):
                result.append(self._symbol(text, number=True))
                if following == "(":  # not applied: in 3(z + h)^2 only the bracket is squared
                    result.append(r"\cdot ")
                at += 1
            elif text in _CALLED:
                result.append(self._symbol(_CALLED[text]))
                at += 1
            elif text in _STRUCTURE or not _is_name(text):
                result.append(f"{text} " if text.startswith("\\") else text)
                at += 1
                if text in ("^", "_") and following not in ("{", ""):
                    group, at = _group(tokens, at)
                    result.append("{" + "".join(self._plain(group)) + "}")
            else:
                name, at = self._name(tokens, at)
                result.append(self._symbol(name))
        return result

    def _symbol(self, python: str, number: bool = False) -> str:
        """A command that SymPy takes for a symbol: letters only, one for each Python text."""
        for known, text in self.names.items():
            if text == python:
                return f"\\{known} "
        code = len(self.names)
        known = "V" + chr(ord("a") + code // 26) + chr(ord("a") + code % 26)
        self.names[known] = python
        if number:
            self.numbers.add(known)
        return f"\\{known} "

    def _name(self, tokens: list[_Token], at: int) -> tuple[str, int]:
        r"""The Python name of ``\hat y_i``, ``w^\top``, ``f''``, ``\Delta m``, ``\nabla_w C``…"""
        if at >= len(tokens):
            raise Unreadable("falta un nombre")
        text = tokens[at].text
        if text == r"\nabla":
            if at + 1 == len(tokens):
                raise Unreadable("no sé de qué es el gradiente")
            by = ""
            at += 1
            if tokens[at].text == "_":
                group, at = _group(tokens, at + 1)
                by, _ = self._name(group, 0)
            of, at = self._name(tokens, at)
            return (f"total('{of}', '{by}')" if by else f"grad_{of}"), at
        if text in _ACCENTS:
            group, at = _group(tokens, at + 1)
            name = f"{self._name(group, 0)[0]}_{_ACCENTS[text]}"
        elif text == r"\Delta" and at + 1 < len(tokens) and re.fullmatch("[a-zA-Z]", tokens[at + 1].text):
            name, at = f"Delta_{tokens[at + 1].text}", at + 2
        elif text == r"\text":
            group, at = _group(tokens, at + 1)
            name = "".join(token.text for token in group)
        else:
            name, at = text.removeprefix("\\"), at + 1
        if at < len(tokens) and set(tokens[at].text) == {"'"}:
            return f"prime('{name}', {len(tokens[at].text)})", at + 1
        if at + 1 < len(tokens) and tokens[at].text == "_":
            group, at = _group(tokens, at + 1)
            if group and group[0].text == r"\text":
                group, _ = _group(group, 1)
            index = "".join(token.text.removeprefix("\\") for token in group if token.text != ",")
            if not index.replace("_", "").isalnum():  # C_{B_j} is C_B_j
                raise Unreadable(f"no entiendo el subíndice de «{name}»")
            name = f"{name}_{index}"
        if [token.text for token in tokens[at : at + 2]] == ["^", r"\top"]:
            name, at = f"{name}.T" if name in self.matrices else name, at + 2
            self.matrices.add(name)
        return name, at

    def _sum(self, tokens: list[_Token], at: int) -> tuple[str, int]:
        group: list[_Token] = []
        if at < len(tokens) and tokens[at].text == "_":
            group, at = _group(tokens, at + 1)
        if not group or not re.fullmatch("[a-z]", group[0].text):
            raise Unreadable("la suma no dice sobre qué índice: \\sum_i")
        over = ""
        if [token.text for token in group[1:2]] == [r"\in"]:
            over, end = self._name(group, 2)
        else:
            end = 1
        if end < len(group) or [token.text for token in tokens[at : at + 1]] == ["^"]:
            raise Unreadable(
                "solo sé sumar sobre todo un índice, \\sum_i, o sobre un grupo, \\sum_{i \\in B}"
            )
        index, first, last = self._symbol(group[0].text), self._symbol("1", True), self._symbol(over)
        return rf"\sum_{{{index}={first}}}^{{{last}}} ", at

    def _derivative(self, tokens: list[_Token], at: int) -> tuple[str, int] | None:
        r"""``\frac{\partial C}{\partial m}``, ``\partial C/\partial m``, ``\frac{d}{dx}``, if one starts here."""
        text = tokens[at].text
        if text == r"\frac":
            above, middle = _group(tokens, at + 1)
            below, end = _group(tokens, middle)
        elif text in (r"\partial", "d"):
            slash = next((place for place in range(at, len(tokens)) if tokens[place].text == "/"), None)
            if slash is None or slash - at > 6:
                return None
            above, below = tokens[at:slash], []
            end = slash + 1
            while end < len(tokens) and tokens[end].text == text:
                _, after = self._name(tokens, end + 1)
                below += tokens[end:after]
                end = after
        else:
            return None
        if (
            not above
            or above[0].text not in (r"\partial", "d")
            or not below
            or below[0].text != above[0].text
        ):
            return None
        mark = above[0].text
        rest = above[1:]
        order = 1
        if rest and rest[0].text == "^":
            group, after = _group(rest, 1)
            order, rest = _order(group), rest[after:]
        of = ""
        if rest:
            of, after = self._name(rest, 0)
            if after != len(rest):
                of = self._expression(rest)
        variables: list[str] = []
        place = 0
        while place < len(below):
            if below[place].text != mark:
                return None
            name, place = self._name(below, place + 1)
            power = 1
            if place < len(below) and below[place].text == "^":
                group, place = _group(below, place + 1)
                power = _order(group)
            variables += [name] * power
        if len(variables) != order:
            raise Unreadable(f"la derivada es de orden {order} y abajo hay {len(variables)} variables")
        kind = "partial" if mark == r"\partial" else "total"
        listed = ", ".join(f"'{name}'" for name in variables)
        python = f"{kind}({of!r}, {listed})" if of else f"{kind}:{listed}"
        return self._symbol(python), end

    def _primed(self, tokens: list[_Token], at: int) -> tuple[str, int] | None:
        """``(x^2)'``, if it starts here: the derivative by the only letter."""
        if tokens[at].text != "(":
            return None
        end = _closes(tokens, at)
        if [token.text for token in tokens[end + 1 : end + 2]] != ["'"]:
            return None
        letters = {token.text for token in tokens[at + 1 : end] if re.fullmatch("[a-zA-Z]", token.text)}
        if len(letters) > 1:
            letters.discard("e")
        if len(letters) != 1:
            raise Unreadable("no sé respecto de qué letra se deriva")
        python = self._expression(tokens[at + 1 : end])
        return self._symbol(f"total({python!r}, {letters.pop()!r})"), end + 2

    def _matrix(self, lines: list[list[_Token]]) -> str:
        rows = [[self._expression(entry) for entry in _split_at(line, {"&"})] for line in lines]
        python = "vector([" + ", ".join(f"[{', '.join(row)}]" for row in rows) + "])"
        self.matrices.add(python)
        return self._symbol(python)

    def _cases(self, lines: list[list[_Token]]) -> str:
        """Each line: a value, and the inequality where it holds."""
        parts = []
        for line in lines:
            match [_split_at(part, {"<", ">"}) for part in _split_at(line, {"&"})]:
                case [[value], [left, right]]:
                    sign = next(token.text for token in line if token.text in "<>")
                    where = f"{self._expression(left)} {sign} {self._expression(right)}"
                    parts.append(f"{where}, {self._expression(value)}")
                case _:
                    raise Unreadable("no entiendo uno de los casos: valor & u < 0")
        return self._symbol(f"cases({', '.join(parts)})")

    # From SymPy's tree to Python.

    def _python(self, node: Any) -> str:
        import sympy

        if isinstance(node, sympy.Symbol):
            return self.names[node.name]
        if isinstance(node, sympy.Number):
            return f"({node})"
        if isinstance(node, sympy.Add):
            return "(" + " + ".join(self._python(part) for part in node.args) + ")"
        if isinstance(node, sympy.Mul):
            return "(" + self._product(list(node.args)) + ")"
        if isinstance(node, sympy.Pow):
            power = f"**({self._python(node.exp)})"
            # SymPy takes 2(x + 1)^2 for the square of 2(x + 1); a power of -1 is a denominator, and whole.
            if self._is_product(node.base) and node.exp != -1:
                return self._applied(node.base, power)
            return f"({self._python(node.base)}){power}"
        if isinstance(node, sympy.Sum):
            python = self._python(node.function)
            for index, _, group in node.limits:  # SymPy makes one sum of two, the inner one first
                over = self._python(group)
                python = f"sum_{self._python(index)}({python}{over and f', {over}'})"
            return python
        if isinstance(node, sympy.log):
            return f"log({self._python(node.args[0])})"
        if isinstance(node, sympy.exp):
            return f"exp({self._python(node.args[0])})"
        if isinstance(node, sympy.Abs):
            return f"abs({self._python(node.args[0])})"
        if isinstance(node, sympy.core.function.AppliedUndef):
            return self._applied(node)
        raise Unreadable(f"no sé calcular «{type(node).__name__}»")

    def _product(self, factors: list[Any]) -> str:
        import sympy

        flat: list[Any] = []
        for factor in factors:
            flat += factor.args if isinstance(factor, sympy.Mul) else [factor]
        if any(isinstance(factor, sympy.Mul) for factor in flat):
            return self._product(flat)
        result = self._python(flat[0])
        for left, right in itertools.pairwise(flat):
            result += (" @ " if self._is_matrix(left) else "*") + self._python(right)
        return result

    def _is_matrix(self, node: Any) -> bool:
        name = getattr(node, "name", None) or getattr(getattr(node, "func", None), "name", "")
        return self.names.get(name, "") in self.matrices

    def _is_product(self, node: Any) -> bool:
        """Whether what SymPy takes for a function of something is a factor and a bracket."""
        import sympy

        if not isinstance(node, sympy.core.function.AppliedUndef):
            return False
        name = self.names[node.func.name]
        is_derivative = name.startswith(("partial:", "total:", "prime("))
        return not is_derivative and name not in {*_CALLED.values(), *self.functions}

    def _applied(self, node: Any, power: str = "") -> str:
        name = self.names[node.func.name]
        arguments = ", ".join(self._python(argument) for argument in node.args)
        if name.startswith(("partial:", "total:")):
            kind, _, variables = name.partition(":")
            return f"{kind}({arguments!r}, {variables})"
        if name.startswith("prime("):
            return f"{name[:-1]}, {arguments})"
        if name in _CALLED.values():
            return f"{name}({arguments})"
        if name in self.functions:
            return f"of('{name}', {arguments})"
        if len(node.args) > 1:
            raise Unreadable(f"«{name}» no es una función: defínela en «símbolos» como {name}(…) = …")
        return f"({name} {'@' if name in self.matrices else '*'} ({arguments}){power})"


@lru_cache(maxsize=1 << 12)
def _parse(plain: str) -> Any:
    from sympy.parsing.latex import parse_latex

    try:
        return parse_latex(plain, strict=True, backend="antlr")
    except Exception as error:  # besides its own, SymPy lets errors of its transformations through
        raise Unreadable("SymPy no entiende esta expresión") from error


def _is_name(text: str) -> bool:
    return bool(re.fullmatch(r"[a-zA-Z]|\\[a-zA-Z]+", text))


def _group(tokens: list[_Token], at: int) -> tuple[list[_Token], int]:
    """The tokens of the group or of the single token at ``at``, and the place after it."""
    if at >= len(tokens):
        raise Unreadable("la fórmula acaba a medias")
    if tokens[at].text != "{":
        return [tokens[at]], at + 1
    end = _closes(tokens, at)
    return tokens[at + 1 : end], end + 1


def _order(group: list[_Token]) -> int:
    if len(group) != 1 or not re.fullmatch("[1-9]", group[0].text):
        raise Unreadable("el orden de una derivada es una cifra")
    return int(group[0].text)


def _closes(tokens: list[_Token], at: int) -> int:
    depth = 0
    for place in range(at, len(tokens)):
        depth += (tokens[place].text in _OPENING) - (tokens[place].text in _CLOSING)
        if depth == 0:
            return place
    raise Unreadable("un paréntesis o una llave no se cierra")


def _split_at(tokens: list[_Token], marks: set[str], inside: bool = False) -> list[list[_Token]]:
    """The runs of tokens between marks outside any bracket (or just inside the outer one)."""
    if inside:
        tokens = tokens[1:-1]
    parts: list[list[_Token]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token.text in _OPENING) - (token.text in _CLOSING)
        if depth == 0 and token.text in marks:
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _split(tokens: list[_Token]) -> list[list[tuple[str, list[_Token]]]]:
    """Chains of (relation, side). A line that starts with a relation goes on with the chain before it."""
    chains: list[list[tuple[str, list[_Token]]]] = []
    for segment in _split_at(tokens, _BREAKS):
        sides: list[tuple[str, list[_Token]]] = [("", [])]
        depth = 0
        for token in segment:
            depth += (token.text in _OPENING) - (token.text in _CLOSING)
            if depth == 0 and token.text in _RELATIONS:
                sides.append((token.text, []))
            elif depth or token.text != "&":
                sides[-1][1].append(token)
        if sides == [("", [])]:
            continue  # nothing between two breaks
        if not sides[0][1] and chains:
            chains[-1] += sides[1:]
        else:
            chains.append(sides)
    return chains
