#!/usr/bin/env bash
# Finding: matplotlib draws what sympy.latex says of an indefinite integral and refuses a definite one.
# Versions: sympy 1.14.0, matplotlib 3.11.2, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: both are plain formulas without environments, so both are drawn.
# Seen: the indefinite one is drawn; the definite one raises ValueError (Unknown symbol: \limits).
# Why: SymPy writes \int\limits_{0}^{1}, and mathtext does not know \limits, though it sets bounds at \int
#   by itself.
# Source: mathtext lists what it knows; that SymPy's default output is outside it is documented in neither.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib sympy==1.14.0 matplotlib==3.11.2 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import io

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
import sympy as sp

x = sp.Symbol("x")
f = sp.Function("f")(x)


def draw(formula):
    figure = plt.figure()
    figure.text(0.1, 0.5, f"${formula}$")
    try:
        figure.savefig(io.BytesIO(), format="svg")
    except ValueError as error:
        return str(error)
    return "drawn"


plain, bounded = (sp.latex(each) for each in (sp.Integral(f, x), sp.Integral(f, (x, 0, 1))))
seen = draw(plain), draw(bounded), draw(bounded.replace(r"\limits", ""))
for formula, what in zip((plain, bounded, "without limits"), seen):
    print(f"{formula}: {what.splitlines()[-1]}")
assert seen[0] == "drawn" and r"\limits" in seen[1] and seen[2] == "drawn", seen
EOF
