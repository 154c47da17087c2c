#!/usr/bin/env bash
# Finding: The slope of jax.scipy.special.spence is nan above 1 and up to 2, and 0 at 1, where it is -1; its values are right.
# Versions: jax 0.10.2, jaxlib 0.10.2, numpy 2.4.6; Python 3.11; seen on 2026-12-01
# Guess: -log(x)/(x - 1) everywhere, with the limit -1 at 1: the dilogarithm is smooth where x is positive.
# Seen: right at 0.5, 2.01 and 3; 0 at 1; nan at 1.001, 1.5 and 2, though the values there are those of the integral.
# Why: the ranges of x are computed by different series and put together by masks; what one of them gives outside its own range
#   has no finite slope, and a mask multiplies it by 0. Near 1 nothing is looked up.
# Source: its documentation gives the integral; of derivatives it says nothing.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'END'
import math

import jax

jax.config.update("jax_enable_x64", True)
spence = jax.scipy.special.spence


def right(x):
    return -math.log(x) / (x - 1) if x != 1 else -1.0


def integral(x, steps=20000):
    """By midpoints, from 1."""
    width = (x - 1) / steps
    return sum(right(1 + width * (step + 0.5)) for step in range(steps)) * width


seen = {x: float(jax.grad(spence)(x)) for x in (0.5, 1.0, 1.001, 1.5, 2.0, 2.01, 3.0)}
for x, slope in seen.items():
    print(f"x = {x}: value {float(spence(x)):.6f} (integral {integral(x):.6f}), slope {slope:.4f}, right {right(x):.4f}")
    assert abs(float(spence(x)) - integral(x)) < 1e-6
assert seen[1.0] == 0 and all(math.isnan(seen[x]) for x in (1.001, 1.5, 2.0))
assert all(abs(seen[x] - right(x)) < 1e-9 for x in (0.5, 2.01, 3.0))
END
