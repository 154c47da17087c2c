#!/usr/bin/env bash
# Finding: pylatexenc turns \frac{a+b}{c+d} into the text a+b/c+d and x^{n+1} into x^n+1: other numbers, though a
#   root keeps its parentheses.
# Versions: pylatexenc 2.10; Python 3.11; seen on 2026-12-01
# Guess: where the two dimensions of a formula become one, what held it together becomes parentheses: (a+b)/(c+d).
# Seen: none for fractions, powers, bars and binomials; √(x+1) for a root. With a, b, c, d = 1, 2, 3, 4 the fraction is
#   0.43, and its text, read as Python reads it, 5.67.
# Why: the text of a fraction is the text of its parts with a stroke between; only a root's is written with parentheses.
# Source: its page on the package index: no replacement for a TeX engine; that a value may change, it does not say.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib pylatexenc==2.10
PYTHONPATH=$folder/lib "$python" - <<'END'
from pylatexenc.latex2text import LatexNodes2Text

text = LatexNodes2Text().latex_to_text
seen = {
    latex: text(latex)
    for latex in (r"\frac{a+b}{c+d}", "x^{n+1}", r"\overline{x+y}", r"\binom{n}{k}", r"\sqrt{x+1}")
}
for latex, found in seen.items():
    print(f"{latex}  ->  {found}")
numbers = {"a": 1, "b": 2, "c": 3, "d": 4}
value = eval(seen[r"\frac{a+b}{c+d}"], numbers)
print(f"(1 + 2)/(3 + 4) = {3 / 7:.2f}; its text says {value:.2f}")
assert list(seen.values()) == ["a+b/c+d", "x^n+1", "x+y", "nk", "√(x+1)"], seen
END
