#!/usr/bin/env bash
# Finding: torch.xlogy(0, y) is 0 for every y, and its slope for y at 0 is nan.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-30
# Guess: 0: the function is there so that 0·log 0 does no harm, and for x = 0 it does not depend on y.
# Seen: value 0, slope nan; at y = 1e-300 the slope is 0.
# Why: the slope for y is computed as x / y.
# Source: the documentation of torch.special.xlogy gives the value 0 for x = 0, and no slope.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch

found = []
for place in (0.0, 1e-300, 0.5):
    y = torch.tensor(place, dtype=torch.float64, requires_grad=True)
    value = torch.xlogy(torch.tensor(0.0, dtype=torch.float64), y)
    slope, = torch.autograd.grad(value, y)
    print(place, value.item(), slope.item())
    assert value.item() == 0
    found.append(slope)
assert found[0].isnan()
assert [each.item() for each in found[1:]] == [0.0, 0.0]
EOF
