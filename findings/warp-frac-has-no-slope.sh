#!/usr/bin/env bash
# Finding: In Warp, frac(x) has slope 0, while x - floor(x), the same number, has slope 1.
# Versions: warp-lang 1.19.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: frac is x minus a step, so its slope is 1 wherever it has one; mod(x, 1) says the same.
# Seen: at 1.5 the slopes are 0 for frac, 1 for x - floor(x) and 1 for mod(x, 1).
# Why: frac is filed with floor and trunc, whose adjoints are empty.
# Source: not documented: the reference lists frac without saying that it passes no gradient.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib warp-lang==1.19.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import pathlib
import sys

import numpy as np

pathlib.Path("kernels.py").write_text("""
import warp as wp


@wp.kernel
def slopes(x: wp.array(dtype=float), y: wp.array(dtype=float)):
    a = x[0]
    y[0] = wp.frac(a)
    b = x[1]
    y[1] = b - wp.floor(b)
    c = x[2]
    y[2] = wp.mod(c, 1.0)
""")
sys.path.insert(0, ".")
import warp as wp

wp.config.quiet = True
wp.config.kernel_cache_dir = str(pathlib.Path("cache").resolve())
import kernels

x = wp.array([1.5] * 3, dtype=float, requires_grad=True, device="cpu")
y = wp.zeros(3, dtype=float, requires_grad=True, device="cpu")
with wp.Tape() as tape:
    wp.launch(kernels.slopes, dim=1, inputs=[x], outputs=[y], device="cpu")
y.grad.fill_(1.0)
tape.backward()
print("values", y.numpy().tolist(), "slopes", x.grad.numpy().tolist())
assert np.allclose(y.numpy(), 0.5), y.numpy()
assert x.grad.numpy().tolist() == [0.0, 1.0, 1.0], x.grad.numpy()
EOF
