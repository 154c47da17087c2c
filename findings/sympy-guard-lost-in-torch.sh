#!/usr/bin/env bash
# Finding: SymPy knows that its guarded root has slope 0; turned into torch by lambdify, the same guard
#   gives nan.
# Versions: torch 2.13.0, numpy 2.4.6, sympy 1.14.0; Python 3.11; seen on 2026-11-29
# Guess: a Piecewise that avoids sqrt(0) protects value and derivative alike after lambdify.
# Seen: Piecewise((sqrt(x), x > 0), (0, True)) at 0: SymPy's derivative is 0; lambdify(..., "torch") has
#   value 0 and gradient nan.
# Why: the printer writes torch.where, which computes both branches: 0 times the infinite slope of the
#   branch not taken is nan.
# Source: the trap of where is known to torch's users; that lambdify walks into it is not documented.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6 sympy==1.14.0
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import math

import sympy as sp
import torch

x = sp.Symbol("x", real=True)
guarded = sp.Piecewise((sp.sqrt(x), x > 0), (0, True))
exact = sp.diff(guarded, x).subs(x, 0)

t = torch.tensor(0.0, requires_grad=True)
value = sp.lambdify(x, guarded, "torch")(t)
value.backward()
print("sympy", exact, " torch", value.item(), t.grad.item())
assert exact == 0 and value.item() == 0 and math.isnan(t.grad.item())
EOF
