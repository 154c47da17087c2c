r"""The formulas of a page: where they stand, what they are compared with, and whether they agree.

``read`` cuts each ``$…$`` and ``$$…$$`` into chains of sides (``latex``); the worker computes every side at
generic points, with the symbols that the page's comments define through the lesson's functions
(``symbols``); ``check`` compares the sides of each chain.

For whoever must know which integers are answered for here: ``page.formulas.owned`` gives the
``(start, end)`` offsets, in ``"\n".join(page.lines)``, of the chains that are checked; every coefficient, exponent and
number in such a range is compared, so that a change in it fails.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from nabla.algebra import latex
from nabla.algebra.latex import Chain, Side, Unreadable

if TYPE_CHECKING:
    from nabla.parse.page import Page

WORDS = ("símbolos", "valores", "fórmulas")

_PIECE = re.compile(
    r"""
    <!--\s*(?:(?P<word>[\w-]+)(?:\s+tras\s+(?P<after>[\w-]+))?\s*:)?(?P<text>.*?)-->
  | ^[ ]*(?P<bars>/{3,})(?P<piece>[^\n]*)$
  | (?P<ticks>`+)[^`](?:.|\n(?!\s*\n))*?(?P=ticks)
  | \$\$(?P<display>.+?)\$\$
  | (?<![\\$])\$(?P<inline>(?:[^$\n]|\n(?!\s*\n))+?)(?<!\\)\$
    """,
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
# What makes it matter that a formula cannot be read.
_SAYS_SOMETHING = re.compile(
    r"[\d=+\-/]|\\(?:approx|leftarrow|cdot)\s*\S|\\(?:frac|partial|sqrt)|\^(?!\\top)"
)
_RATIO = re.compile(r"(?P<kind>[d∂])(?P<of>\w+)/[d∂](?P<by>\w+)")
_HEAD = re.compile(r"(?P<name>\w+)(?:\((?P<arguments>[\w\s,]*)\))?")
# A name, or a list of names and numbers; by itself, also a derivative that nothing is said of.
_DATUM = re.compile(r"[^\W\d]\w*|vector\((?:[\w., \[\]]|\(\(-1\)\*[\d.]+\))*\)")
_NOTATION = re.compile(rf"{_DATUM.pattern}|\w+\.T|(?:partial|total|prime)\('\w+'(?:, ['\w]+)+\)")
_RELATIONS = {"=", r"\approx", r"\leftarrow", "&", ",", r"\\", r"\qquad", "|"}
_BEFORE_TERM = {"+", "(", "{", *_RELATIONS}
_AFTER_TERM = {"+", "-", ")", "}", *_RELATIONS}
_ORDER = re.compile(r"O\((?P<small>\w+)(?:\s*\*\*\s*(?P<order>\d))?\)")


@dataclass(frozen=True)
class Formula:
    """``$…$`` or ``$$…$$``: its LaTeX, and where that starts in the text of the page."""

    latex: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.latex)


@dataclass(frozen=True)
class Relation:
    """Sides that must agree. ``formula`` is None for what a comment says twice (``C = e**2 = cost(…)``).

    ``table`` and ``values`` are indices in the page's job; ``small`` and ``order`` say that the sides around ≈
    differ by O(small**order).
    """

    line: int
    sides: Chain
    texts: tuple[str, ...]
    table: int
    values: int | None
    formula: Formula | None = None
    small: str | None = None
    order: int = 1


@dataclass(frozen=True)
class Datum:
    """«x = 7»: the name of a number, and where the number stands in the text of the page."""

    name: str
    start: int
    end: int


@dataclass
class Formulas:
    """All formulas of a page, and the job that computes them."""

    spans: list[Formula] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    quoted: list[Formula] = field(default_factory=list)
    data: list[Datum] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    values: list[tuple[int, dict[str, str]]] = field(default_factory=list)

    @cached_property
    def owned(self) -> list[tuple[int, int]]:
        """The ranges of the page's text whose numbers are checked as parts of a formula, sorted."""
        ranges = {(formula.start, formula.end) for formula in self.quoted}
        for relation in self.relations:
            if (formula := relation.formula) is not None:
                sides = [side for side in relation.sides if side.end]
                first, last = min(side.start for side in sides), max(side.end for side in sides)
                ranges.add((formula.start + first, formula.start + last))
        return sorted(ranges)


def job(page: Page) -> dict[str, Any]:
    """What the worker must compute for ``check``: see ``symbols``."""
    formulas = page.formulas
    chains = [
        {
            "table": relation.table,
            "values": relation.values,
            "sides": [side.python for side in relation.sides],
            "small": relation.small,
        }
        for relation in formulas.relations
    ]
    return {"tables": formulas.tables, "values": formulas.values, "chains": chains}


def read(page: Page, quotable: Iterable[Formula] = ()) -> Formulas:
    """Read the formulas of a page and the comments about them; faults go to ``page.problems``.

    ``quotable`` are checked formulas that stand elsewhere, and may be quoted too.
    """
    return _Reader(page, quotable).read()


class _Reader:
    def __init__(self, page: Page, quotable: Iterable[Formula]) -> None:
        self.page = page
        self.quotable = list(quotable)
        self.result = Formulas()
        code = {number for fence in page.fences for number in range(fence.start, fence.end + 1)}
        lines = [" " * len(line) if number in code else line for number, line in enumerate(page.lines, 1)]
        self.text = "\n".join(lines)
        self.table: dict[str, Any] = {"definitions": {}, "sizes": {}, "ranges": {}}
        self.values: int | None = None
        self.outside: list[tuple[dict[str, Any], int | None]] = []
        self.paragraph: list[Formula] = []  # formulas whose comments may still come
        self.loose: list[list[tuple[Formula, Chain | None]]] = []  # by paragraph

    @cached_property
    def starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def line(self, offset: int) -> int:
        return bisect.bisect_right(self.starts, offset)

    def read(self) -> Formulas:
        self._keep_table()
        end, commented = 0, False
        for match in _PIECE.finditer(self.text):
            apart = re.search(r"\n\s*\n", self.text[end : match.start()]) is not None
            is_comment = match[0].startswith("<!--")
            if apart or match["bars"] or (commented and not is_comment):
                self._settle(None)
            end, commented = match.end(), is_comment
            if match["bars"]:
                self._enter_or_leave(match)
            elif is_comment:
                self._read_comment(match)
            elif match["display"] or match["inline"]:
                group = "display" if match["display"] else "inline"
                formula = Formula(match[group], match.start(group))
                self.result.spans.append(formula)
                self.paragraph.append(formula)
        self._settle(None)
        self._quote()
        return self.result

    def _enter_or_leave(self, match: re.Match[str]) -> None:
        """What a comment says inside a piece (``///``) holds until the piece ends."""
        if match["piece"].strip():
            self.outside.append((_copy(self.table), self.values))
        elif self.outside:
            self.table, self.values = self.outside.pop()
            self._keep_table()

    def _keep_table(self) -> None:
        if self.table not in self.result.tables:
            self.result.tables.append(_copy(self.table))

    # Comments.

    def _read_comment(self, match: re.Match[str]) -> None:
        if match["word"] == "símbolos":
            self._read_table(match)
        elif match["word"] == "valores":
            self._read_values(match)
        elif match["word"] == "fórmulas":
            self._settle(match)

    def _read_table(self, match: re.Match[str]) -> None:
        claims: list[tuple[int, list[str]]] = []
        for offset, entry in _entries(match["text"]):
            line = self.line(match.start("text") + offset)
            try:
                claims += [(line, sources) for sources in self._entry(entry)]
            except ValueError as error:
                self.page.complain(
                    line,
                    f"no entiendo «{entry}» en el comentario «símbolos»",
                    str(error),
                    "escribe nombre = expresión, f(x) = expresión, dC/dm = expresión o x: n",
                )
        self._keep_table()
        for line, sources in claims:
            sides = tuple(_code(source, "=" if place else "") for place, source in enumerate(sources))
            self._add(Relation(line, sides, tuple(sources), self.result.tables.index(self.table), None))

    def _entry(self, entry: str) -> Iterator[list[str]]:
        """Take one entry into the table; the sources that it says are equal."""
        if declared := re.fullmatch(r"(?P<names>[\w\s,]+):\s*(?P<what>[^=]+)", entry):
            for name in re.split(r"\s*,\s*", declared["names"].strip()):
                self._declare(name, declared["what"].strip())
            return
        entry = re.sub(r"^(\w+)\s*<-", r"\1_next =", entry)
        head, *sources = _split_equals(entry)
        if not sources:
            raise ValueError("falta «=»")
        if ratio := _RATIO.fullmatch(head):
            kind = "total" if ratio["kind"] == "d" else "partial"
            yield [f"{kind}('{ratio['of']}', '{ratio['by']}')", *sources]
        elif head.startswith(("partial(", "total(", "prime(")):
            yield [head, *sources]
        elif (match := _HEAD.fullmatch(head)) and head[0].isalpha():
            arguments = match["arguments"]
            names = None if arguments is None else [each.strip() for each in arguments.split(",")]
            self.table["definitions"][match["name"]] = [names, sources]
            self.table["sizes"].pop(match["name"], None)
            self.table["ranges"].pop(match["name"], None)
            if len(sources) > 1:
                yield list(sources)
        else:
            raise ValueError(f"«{head}» no es un nombre")

    def _declare(self, name: str, what: str) -> None:
        self.table["definitions"].pop(name, None)
        if bounds := re.search(r"(-?[\d.]+?)\s*\.\.\s*(-?[\d.]+)", what):
            self.table["ranges"][name] = [float(bounds[1]), float(bounds[2])]
            what = what.replace(bounds[0], "").strip()
        sizes = [size.strip() for size in re.split("[×*]", what) if size.strip()]
        if not all(size.isidentifier() for size in sizes):
            raise ValueError("detrás de los dos puntos va el tamaño (n, n×d) o los extremos (0..1)")
        self.table["sizes"][name] = sizes

    def _read_values(self, match: re.Match[str]) -> None:
        line = self.line(match.start())
        block = self.page.place(line, match["after"])
        given = {}
        for _, entry in _entries(match["text"]):
            name, *sources = _split_equals(entry)
            if len(sources) != 1 or not name.isidentifier():
                self.page.complain(
                    line, f"no entiendo «{entry}» en el comentario «valores»", fix="escribe x = xs[7]"
                )
                return
            given[name] = sources[0]
        if block is None or not given:
            self.values = None
            return
        self.values = len(self.result.values)
        self.result.values.append((block, given))

    # Formulas.

    def _settle(self, match: re.Match[str] | None) -> None:
        """Take in the formulas of a paragraph, with the comment «fórmulas» behind it if there is one."""
        equations = (
            []
            if match is None
            else [each for each in _split_commas(match["text"]) if each.startswith("lados(")]
        )
        needy = [(formula, chain) for formula in self.paragraph for chain in self._take(formula, equations)]
        self.paragraph = []
        if equations and match is not None:
            self.page.complain(
                self.line(match.start()),
                f"«{equations[0]}» no tiene igualdad a la que referirse",
                fix="«lados» explica una igualdad con símbolos; uno por igualdad, en orden",
            )
        if match is None:
            self.loose.append(needy)
            return
        line = self.line(match.start())
        entries = [entry for entry in _split_commas(match["text"]) if not entry.startswith("lados(")]
        if len(entries) != len(needy):
            listed = "\n".join(" ".join(formula.latex.split()) for formula, _ in needy)
            self.page.complain(
                line,
                f"el comentario «fórmulas» tiene {len(entries)} expresiones y aquí hacen falta {len(needy)}",
                listed or "las igualdades se comprueban solas: no necesitan comentario",
                "una por fórmula, en orden; «_» si es cita de otra de la página",
            )
            return
        self.loose.append([each for each, entry in zip(needy, entries, strict=True) if entry == "_"])
        for (formula, chain), entry in zip(needy, entries, strict=True):
            if entry != "_":
                self._bind(formula, chain, entry, line)

    def _take(self, formula: Formula, equations: list[str]) -> list[Chain | None]:
        """Add the relations of a formula; what of it needs a comment: a chain, or None if it cannot be read."""
        functions = [
            name for name, (arguments, _) in self.table["definitions"].items() if arguments is not None
        ]
        matrices = [name for name, sizes in self.table["sizes"].items() if len(sizes) == 2]
        try:
            chains = latex.read(formula.latex, functions, matrices)
        except Unreadable:
            return [None] if _SAYS_SOMETHING.search(formula.latex) else []
        needy: list[Chain | None] = []
        for chain in chains:
            if _is_value(chain):
                self.result.data += self._data(formula, chain)
                if self._is_comparable(chain):
                    self._add(self._relation(formula, chain, None))
                continue
            symbolic = [side for side in chain if not side.is_numeric]
            if [side.is_name for side in symbolic] == [True] and len(chain) > 1:
                self._require_known(formula, symbolic[0])
            if len(chain) == 1 or any(side.relation == "≈" for side in symbolic[1:]):
                needy.append(chain)
            elif equations:
                self._bind_sides(formula, chain, equations.pop(0))
            else:
                limit = next((side.relation[1:] for side in chain if side.relation.startswith("→")), None)
                self._add(self._relation(formula, chain, limit))
        return needy

    def _is_comparable(self, chain: Chain) -> bool:
        """«C = 60.3729» of a symbol that is defined, or a list of numbers that the page gives a value."""
        if self.values is None or not all(side.relation in ("=", "≈") for side in chain[1:]):
            return False
        name = chain[0].python
        if any(side.python.startswith("vector(") for side in chain):
            return name in self.result.values[self.values][1]
        return name in self.table["definitions"] and any("." in (side.number or "") for side in chain)

    def _data(self, formula: Formula, chain: Chain) -> Iterator[Datum]:
        for left, right in itertools.pairwise(chain):
            if left.is_name and right.number is not None and right.relation in ("=", "≈"):
                if re.search(r"_[ijkl]+$", left.python):
                    self.page.complain(
                        self.line(formula.start + left.start),
                        f"«{formula.latex[left.start : left.end]}» son muchos números, y no uno",
                        " ".join(formula.latex.split()),
                        "di de cuál hablas (x_1), o qué se hace con todos (\\sum_i)",
                    )
                yield Datum(left.python, formula.start + right.start, formula.start + right.end)

    def _require_known(self, formula: Formula, side: Side) -> None:
        """The name that a sum gives a value to must be a symbol of the page: not \\hat x for \\hat y."""
        sources = [source for _, sources in self.table["definitions"].values() for source in sources]
        known = {*self.table["definitions"], *self.table["sizes"], *re.findall(r"\w+", " ".join(sources))}
        if len(side.python) > 1 and side.python not in known:
            self.page.complain(
                self.line(formula.start + side.start),
                f"«{formula.latex[side.start : side.end]}» no es un símbolo de esta página",
                fix=f"defínelo en «símbolos»: {side.python} = EXPRESIÓN; si es un dato, corrige la letra",
            )

    def _relation(self, formula: Formula, chain: Chain, small: str | None = None, order: int = 1) -> Relation:
        line = self.line(formula.start + chain[0].start)
        texts = tuple(formula.latex[side.start : side.end] for side in chain)
        table = self.result.tables.index(self.table)
        symbolic = [side for side in chain if not side.is_numeric]
        given = {} if self.values is None else self.result.values[self.values][1]
        known = {*self.table["definitions"], *given}
        bridged = 0 < len(symbolic) < len(chain) and (
            len(symbolic) > 1 or not symbolic[0].is_name or symbolic[0].python in known
        )
        return Relation(line, chain, texts, table, self.values if bridged else None, formula, small, order)

    def _add(self, relation: Relation) -> None:
        self.result.relations.append(relation)

    def _bind(self, formula: Formula, chain: Chain | None, entry: str, line: int) -> None:
        if re.fullmatch(r"\"[^\"]+\"", entry):
            return  # a reason why nothing can be computed
        elif chain is None:
            self.page.complain(
                line,
                f"no sé leer «{' '.join(formula.latex.split())}»",
                fix='escríbela de otra manera, o di por qué no se puede comprobar: "motivo", entre comillas',
            )
        elif order := _ORDER.fullmatch(entry):
            self._add(self._relation(formula, chain, order["small"], int(order["order"] or 1)))
        elif chain[0].is_numeric:
            self._bind_number(formula, chain, entry, line)
        else:
            if ratio := _RATIO.fullmatch(entry):
                entry = f"total('{ratio['of']}', '{ratio['by']}')"
            relation = self._relation(formula, chain)
            self._add(
                replace(relation, sides=(*chain, _code(entry)), texts=(*relation.texts, entry), values=None)
            )

    def _bind_sides(self, formula: Formula, chain: Chain, entry: str) -> None:
        """An equation that holds only somewhere, such as z = 0: what each of its sides is."""
        sources = _split_commas(entry.removeprefix("lados(").removesuffix(")"))
        if len(sources) != len(chain):
            self.page.complain(
                self.line(formula.start),
                f"«lados» tiene {len(sources)} expresiones y la fórmula, {len(chain)} lados",
                " ".join(formula.latex.split()),
                "una por lado, en orden",
            )
            return
        for side, source in zip(chain, sources, strict=True):
            relation = self._relation(formula, (side,))
            code = _code(source)
            self._add(replace(relation, sides=(side, code), texts=(*relation.texts, source), values=None))

    def _bind_number(self, formula: Formula, chain: Chain, entry: str, line: int) -> None:
        """A sum without symbols, such as $3/8$: its value is the lesson's, there, as with «cifras»."""
        block = self.page.place(line, None)
        if block is None:
            return
        self.result.values.append((block, {"result": entry}))
        relation = self._relation(formula, chain)
        sides = (_code("(result)", ""), replace(chain[0], relation="="))
        texts = (entry, *relation.texts)
        self._add(replace(relation, sides=sides, texts=texts, values=len(self.result.values) - 1))

    def _quote(self) -> None:
        """Formulas that nothing computes must stand, letter by letter, in one that something does."""
        whole = self.quotable + [relation.formula for relation in self.result.relations if relation.formula]
        checked = [latex.normal(formula.latex).split() for formula in dict.fromkeys(whole)]
        for group in self.loose:
            lost = [
                place
                for place, (formula, chain) in enumerate(group)
                if (chain is None or not self._is_quoted(formula, checked)) and _is_whole(formula.latex)
            ]
            self.result.quoted += [formula for place, (formula, _) in enumerate(group) if place not in lost]
            if lost:
                listed = [" ".join(formula.latex.split()) for formula, _ in group]
                skeleton = ", ".join("EXPRESIÓN" if place in lost else "_" for place in range(len(group)))
                self.page.complain(
                    self.line(group[lost[0]][0].start),
                    f"nadie comprueba la fórmula «{listed[lost[0]]}»",
                    "no es una igualdad, ni parte de otra fórmula comprobada de esta página\n"
                    f"las que lo necesitan en este párrafo: {'  ·  '.join(listed)}",
                    f"pon detrás del párrafo lo que vale cada una: <!-- fórmulas: {skeleton} -->",
                )

    @staticmethod
    def _is_quoted(formula: Formula, checked: list[list[str]]) -> bool:
        words = latex.normal(formula.latex).split()
        return any(_stands_in(words, whole) for whole in checked)


def _copy(table: dict[str, Any]) -> dict[str, Any]:
    """A table that may be changed apart; its entries are only ever replaced whole."""
    return {part: dict(entries) for part, entries in table.items()}


def _code(python: str, relation: str = "=") -> Side:
    """A side that a comment gives: it stands in no LaTeX."""
    return Side(0, 0, python, relation, None, False)


def _is_value(chain: Chain) -> bool:
    """«x = 7», «0 < a < 1», «7»: a datum, which a comment «cifras» answers for."""
    pattern = _NOTATION if len(chain) == 1 else _DATUM
    names = sum(side.is_name for side in chain)
    if any(side.relation == "=" for side in chain) and (names > 1 or len(chain) - names > 1):
        return False
    return all(side.number is not None or pattern.fullmatch(side.python) for side in chain)


def _entries(text: str) -> Iterator[tuple[int, str]]:
    """The entries of a comment, at line ends and semicolons outside brackets, with their offsets."""
    yield from _split(text, "\n;")


def _split_commas(text: str) -> list[str]:
    return [part for _, part in _split(text, ",")]


def _split_equals(text: str) -> list[str]:
    marked = re.sub(r"(?<![=!<>])=(?!=)", "\0", text)
    return [part.replace("\0", "=") for _, part in _split(marked, "\0")]


def _split(text: str, marks: str) -> Iterator[tuple[int, str]]:
    depth, start, quoted = 0, 0, False
    for place, letter in enumerate(f"{text}{marks[0]}"):
        quoted ^= letter == '"'
        depth += (letter in "([{") - (letter in ")]}")
        if depth <= 0 and not quoted and letter in marks:
            if part := text[start:place].strip():
                yield start + len(text[start:place]) - len(text[start:place].lstrip()), part
            start = place + 1


def _stands_in(words: list[str], whole: list[str]) -> bool:
    """Whether a formula is a side, a term or a group of another: half a product is not a quotation."""
    for place in range(len(whole) - len(words) + 1):
        if whole[place : place + len(words)] != words:
            continue
        before = whole[place - 1] if place else "="
        after = whole[place + len(words)] if place + len(words) < len(whole) else "="
        if before in _BEFORE_TERM and after in _AFTER_TERM:
            return True
    return False


def _is_whole(latex: str) -> bool:
    """Whether its braces pair; if they do not, KaTeX says so."""
    return latex.count("{") == latex.count("}")
