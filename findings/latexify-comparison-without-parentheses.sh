#!/usr/bin/env bash
# Finding: latexify writes (a < b) == c as a < b = c, and (a % b) * c as a % b c: both say something else.
# Versions: latexify-py 0.4.4; Python 3.11; seen on 2026-12-01
# Guess: parentheses stay wherever the formula without them has another value, as in (-x)**2 and a - (b - c).
# Seen: they stay in powers, differences and products of sums; not around a comparison within another, where Python and a
#   reader take a < b = c for a chain (with a, b, c = 1, 2, 1: true and false), nor around the first of two products that
#   is a remainder, which then reads as the remainder of a by bc.
# Why: not looked up; in Python's order of operations % and * bind alike, and in print a product binds more.
# Source: its page on the package index: rules on the syntax tree of a function; it names no exception.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib latexify-py==0.4.4
cat > formulas.py <<'END'
import latexify


def of_comparison(a, b, c):
    return (a < b) == c


def of_remainder(a, b, c):
    return (a % b) * c


def of_power(x):
    return (-x) ** 2


def of_difference(a, b, c):
    return a - (b - c)


seen = {}
for function in (of_comparison, of_remainder, of_power, of_difference):
    latex = latexify.get_latex(function).split("=", 1)[1].strip()
    seen[function.__name__] = latex.replace(r"\mathopen{}\left", "").replace(r"\mathclose{}\right", "")
    print(function.__name__, "->", seen[function.__name__])
print("in Python:", of_comparison(1, 2, 1), 1 < 2 == 1)
assert seen["of_comparison"] == "a < b = c"
assert seen["of_remainder"] == r"a \mathbin{\%} b c"
assert "(" in seen["of_power"] and "(" in seen["of_difference"]
END
PYTHONPATH=$folder/lib "$python" formulas.py
