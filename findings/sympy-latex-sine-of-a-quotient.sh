#!/usr/bin/env bash
# Finding: parse_latex reads \sin x / x, which every renderer sets as (sin x)/x, as sin(x/x).
# Versions: sympy 1.14.0, antlr4-python3-runtime 4.11.1; Python 3.11; seen on 2026-11-29
# Guess: the classic limit \lim_{x \to 0} \sin x / x is read as it is printed and has the value 1.
# Seen: the limit is read as that of sin(x/x) and is sin(1), 0.84; \frac{\sin x}{x} gives 1.
# Why: a function without parentheses takes the whole product that follows, and a slash is part of a
#   product; only + and - end it.
# Source: not documented; the docstring warns that the parser is experimental.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib sympy==1.14.0 antlr4-python3-runtime==4.11.1
PYTHONPATH=$folder/lib "$python" - <<'EOF'
from sympy import sin, Symbol
from sympy.parsing.latex import parse_latex

x = Symbol("x")
slash = parse_latex(r"\lim_{x \to 0} \sin x / x")
fraction = parse_latex(r"\lim_{x \to 0} \frac{\sin x}{x}")
print(slash, "=", slash.doit(), "   ", fraction, "=", fraction.doit())
assert slash.args[0].has(sin) and slash.doit() == sin(1), slash
assert fraction.doit() == 1
EOF
