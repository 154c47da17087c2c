#!/usr/bin/env bash
# Finding: parse_latex reads 3,14 as 3 and 1.5.2 as 1.5: what follows the number is dropped without an
#   error.
# Versions: sympy 1.14.0, antlr4-python3-runtime 4.11.1; Python 3.11; seen on 2026-11-29
# Guess: what is not a number of the grammar raises LaTeXParsingError, as 5\% and .5 do.
# Seen: 3,14 is Integer(3), 1.5.2 is 1.5, x + 3,14 is x + 3; 1,000 is 1000.
# Why: the grammar reads an expression and does not require the end of the text; a comma groups only three
#   digits.
# Source: strict=True does refuse some texts, but the default is not described as dropping input.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib sympy==1.14.0 antlr4-python3-runtime==4.11.1
PYTHONPATH=$folder/lib "$python" - <<'EOF'
from sympy import Integer, Symbol
from sympy.parsing.latex import parse_latex

seen = {text: parse_latex(text) for text in ("3,14", "x + 3,14", "1.5.2", "1,000")}
print(seen)
assert seen["3,14"] == Integer(3)
assert seen["x + 3,14"].doit() == Symbol("x") + 3
assert abs(seen["1.5.2"] - 1.5) < 1e-12
assert seen["1,000"] == 1000
EOF
