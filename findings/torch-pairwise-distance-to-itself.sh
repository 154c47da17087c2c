#!/usr/bin/env bash
# Finding: F.pairwise_distance of a point to itself is not 0, and its gradient is a whole step along the diagonal.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-30
# Guess: distance 0 and slope 0, as the norm of the difference has; eps would be a floor under a division.
# Seen: distance 1.4e-6 in the plane, and gradient (0.707, 0.707): of length 1, in a direction that no data gave.
# Why: eps = 1e-6 is added to each coordinate of the difference before the norm.
# Source: the documentation says that eps avoids a division by zero; its formula for the norm is of x alone.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch
import torch.nn.functional as F

x = torch.zeros(1, 2, dtype=torch.float64, requires_grad=True)
y = torch.zeros(1, 2, dtype=torch.float64)
distance = F.pairwise_distance(x, y)
slope, = torch.autograd.grad(distance.sum(), x)
plain, = torch.autograd.grad((x - y).norm(), x)
print("pairwise_distance", distance.item(), slope.tolist(), "norm", plain.tolist())
assert abs(distance.item() - 2**0.5 * 1e-6) < 1e-12
assert torch.allclose(slope, torch.full((1, 2), 0.5**0.5, dtype=torch.float64))
assert plain.tolist() == [[0.0, 0.0]]
EOF
