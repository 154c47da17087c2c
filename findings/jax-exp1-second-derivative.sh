#!/usr/bin/env bash
# Finding: jax.scipy.special.exp1 can be derived once; the second time, in reverse mode, it raises a TypeError about a tracer.
# Versions: jax 0.10.2, jaxlib 0.10.2, numpy 2.4.6; Python 3.11; seen on 2026-12-01
# Guess: exp(-x)(1/x + 1/x²): what jax derives once, it derives again, or says that no rule is implemented.
# Seen: value and slope are right; grad of grad raises «No constant handler for type: … DynamicJaxprTracer», and so does hessian.
# Why: not looked up.
# Source: the documentation gives the integral; of derivatives it says nothing.
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
exp1 = jax.scipy.special.exp1
slope = float(jax.grad(exp1)(1.0))
print(f"value {float(exp1(1.0)):.6f}, slope {slope:.6f}, right {-math.exp(-1):.6f}")
assert abs(slope + math.exp(-1)) < 1e-9
for name, twice in (("grad of grad", jax.grad(jax.grad(exp1))), ("hessian", jax.hessian(exp1))):
    try:
        print(name, float(twice(1.0)))
    except TypeError as error:
        print(f"{name}: TypeError: {error}")
        assert "No constant handler" in str(error)
    else:
        raise AssertionError(f"{name} gives a number")
END
