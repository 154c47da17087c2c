#!/usr/bin/env bash
# Finding: PyTensor gives sqrt(x)² at -1 the value nan and the slope 1, and x/x at 0 the value 1 and the
#   slope nan.
# Versions: pytensor 3.0.7, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: value and slope come from one expression: where one is undefined, so is the other.
# Seen: sqrt(x)² at -1: nan and 1; x/x at 0: 1 and nan.
# Why: value and gradient are two graphs, each simplified by itself: in 2·sqrt(x)/(2·sqrt(x)) the roots
#   cancel, in x/x the x, in 1/x - 1/x nothing, which is inf - inf.
# Source: not documented.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib pytensor==3.0.7 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import math

import numpy as np
import pytensor
import pytensor.tensor as pt

np.seterr(all="ignore")
pytensor.config.cxx = ""
x = pt.dscalar("x")


def both(y, at):
    return tuple(float(pytensor.function([x], each)(at)) for each in (y, pytensor.grad(y, x)))


root, ratio = both(pt.sqrt(x) ** 2, -1.0), both(x / x, 0.0)
print("sqrt(x)**2 at -1", root, " x/x at 0", ratio)
assert math.isnan(root[0]) and root[1] == 1, root
assert ratio[0] == 1 and math.isnan(ratio[1]), ratio
EOF
