#!/usr/bin/env bash
# Finding: In algopy the exponent's type decides: `x**2` has second derivative 2 at 0, `x**2.0` has nan.
# Versions: algopy 0.7.2, numpy 2.4.6, scipy 1.17.1; Python 3.11; seen on 2026-11-29
# Guess: 2 and 2.0 are the same number, and x² is smooth everywhere.
# Seen: Hessian of x**2 at 0: 2. Of x**2.0: nan. x * x: 2.
# Why: an integer exponent is multiplied out, a float one goes through the recurrence of exp(r·log x), which
#   divides by x.
# Source: not documented.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib algopy==0.7.2 numpy==2.4.6 scipy==1.17.1
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import math
import warnings

import algopy
import numpy as np

warnings.simplefilter("ignore")


def curvature(f):
    x = algopy.UTPM.init_hessian(np.array([0.0]))
    return float(algopy.UTPM.extract_hessian(1, f(x))[0, 0])


seen = [curvature(lambda x: algopy.sum(f(x))) for f in (lambda x: x**2, lambda x: x**2.0, lambda x: x * x)]
print("x**2, x**2.0, x*x:", seen)
assert seen[0] == 2 and math.isnan(seen[1]) and seen[2] == 2, seen
EOF
