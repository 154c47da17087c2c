#!/usr/bin/env bash
# Finding: The same 2-norm has slope 0 at the origin in CasADi's SX and nan in its MX.
# Versions: casadi 3.8.2, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: SX and MX are two ways to write the same expression, so their derivatives agree; nan, as 0/0 says,
#   in both.
# Seen: norm_2 of (x, 0) at x = 0: SX gives 0, MX gives nan; at x = 3 both give 1.
# Why: SX breaks the norm into scalar operations and removes the known zero first, so that only |x| is left;
#   MX keeps the norm as one node with the rule x/|x|.
# Source: not documented.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib casadi==3.8.2 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import math

import casadi as ca


def slope(kind, at):
    x = kind.sym("x")
    norm = ca.norm_2(ca.vertcat(x, 0))
    return float(ca.Function("f", [x], [ca.jacobian(norm, x)])(at))


seen = {kind.__name__: (slope(kind, 0), slope(kind, 3)) for kind in (ca.SX, ca.MX)}
print(seen)
assert seen["SX"] == (0, 1), seen
assert math.isnan(seen["MX"][0]) and seen["MX"][1] == 1, seen
EOF
