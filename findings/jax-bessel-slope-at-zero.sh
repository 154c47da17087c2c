#!/usr/bin/env bash
# Finding: jax.scipy.special.i0 has slope 1 at 0, in the middle of its valley; jax.numpy.i0, the same function, has 0.
# Versions: jax 0.10.2, jaxlib 0.10.2, numpy 2.4.6; Python 3.11; seen on 2026-12-01
# Guess: 0 and 0: I0(x) = 1 + x²/4 + … is even. Then the second derivative, 1/2.
# Seen: slopes 1 and 0, second derivatives 1.5 and 0; both are right a millionth to either side. i1, whose slope 1/2 at 0 is
#   right, has there the second derivative 1 instead of 0.
# Why: both are exp(|x|) times another function, and |x| has slope 1 at 0 in the first; the second is given a slope of its own.
# Source: the documentation of both gives the values, and says nothing of derivatives.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'END'
import jax

jax.config.update("jax_enable_x64", True)
FUNCTIONS = {
    "jax.scipy.special.i0": (jax.scipy.special.i0, 0.0, 0.5),
    "jax.numpy.i0": (jax.numpy.i0, 0.0, 0.5),
    "jax.scipy.special.i1": (jax.scipy.special.i1, 0.5, 0.0),
}
seen = {}
for name, (function, slope, second) in FUNCTIONS.items():
    derivatives = jax.grad(function), jax.grad(jax.grad(function))
    seen[name] = tuple(float(each(0.0)) for each in derivatives)
    beside = tuple(float(each(1e-6)) for each in derivatives)
    print(f"{name}: at 0 {seen[name]}, at 1e-6 {beside}, right {(slope, second)}")
    assert abs(beside[0] - slope) < 1e-5 and abs(beside[1] - second) < 1e-5
assert list(seen.values()) == [(1, 1.5), (0, 0), (0.5, 1)], seen
END
