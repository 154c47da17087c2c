#!/usr/bin/env bash
# Finding: In float32 the slope of torch.special.log_ndtr far to the left is off by a factor: 6.5 at -10000.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-30
# Guess: about -x, the slope of -x²/2, with the six digits of float32: the function is there so that the tail is safe.
# Seen: 3233 at -3000 and at -5000 alike, 64930 at -10000. The values are right to seven digits, and float64 is right
#   in these places.
# Why: the slope is computed from exp(-(value + x²/2)), where two large numbers that have been rounded are subtracted.
# Source: the documentation of torch.special.log_ndtr gives the function alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch

found = {}
for dtype in (torch.float32, torch.float64):
    x = torch.tensor([-100.0, -3000.0, -5000.0, -10000.0], dtype=dtype, requires_grad=True)
    values = torch.special.log_ndtr(x)
    slopes, = torch.autograd.grad(values.sum(), x)
    print(dtype, values.tolist(), slopes.tolist())
    found[dtype] = values.detach().double(), (slopes / -x).detach().double()
values, ratios = found[torch.float32]
exact, right = found[torch.float64]
assert torch.allclose(values, exact, rtol=1e-6)
assert torch.allclose(right, torch.ones(4, dtype=torch.float64), rtol=2e-4)
assert abs(ratios[0] - 1) < 1e-3
assert ratios[3] > 2 or ratios[3] < 0.5, ratios.tolist()
assert ratios[2] > 1.2 or ratios[2] < 0.8, ratios.tolist()
EOF
