#!/usr/bin/env bash
# Finding: Outside its grid a linear interpolant of CasADi goes on along the last piece, a B-spline falls to
#   0, with slope 0.
# Versions: casadi 3.8.2, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: both stop at the value of the last knot (a constant, slope 0), or both refuse.
# Seen: x² on the knots 0 to 3, asked at 5: linear gives 19 with slope 5, bspline 0 with slope 0, though at
#   3 both give 9.
# Why: the linear one extends its last piece; a B-spline has no basis function outside its knots, and an
#   empty sum is 0.
# Source: not documented in the user guide's section on interpolant.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib casadi==3.8.2 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import casadi as ca


def ask(kind, at):
    table = ca.interpolant("table", kind, [[0.0, 1.0, 2.0, 3.0]], [0.0, 1.0, 4.0, 9.0])
    x = ca.MX.sym("x")
    value, slope = ca.Function("f", [x], [table(x), ca.jacobian(table(x), x)])(at)
    return round(float(value), 6), round(float(slope), 6)


seen = {kind: (ask(kind, 3)[0], ask(kind, 5)) for kind in ("linear", "bspline")}
print(seen)
assert seen == {"linear": (9.0, (19.0, 5.0)), "bspline": (9.0, (0.0, 0.0))}, seen
EOF
