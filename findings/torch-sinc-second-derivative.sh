#!/usr/bin/env bash
# Finding: The second derivative of torch.sinc at 0 is nan; the function is as smooth as a cosine there.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-30
# Guess: -π²/3 = -3.2899: the first derivative at 0 is right, and a formula with a case for 0 can have one more.
# Seen: value 1 and slope 0, then nan. At 1e-3 the second derivative is -3.28986, as it should be.
# Why: the slope is a quotient whose 0/0 is replaced at 0 by a mask; derived once more, the quotient behind the mask
#   is 0/0 again.
# Source: the documentation of torch.sinc gives the value at 0, and says nothing of derivatives.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import math

import torch

for place, second_expected in ((0.0, math.nan), (1e-3, -(math.pi**2) / 3)):
    x = torch.tensor(place, dtype=torch.float64, requires_grad=True)
    value = torch.sinc(x)
    slope, = torch.autograd.grad(value, x, create_graph=True)
    second, = torch.autograd.grad(slope, x)
    print(place, value.item(), slope.item(), second.item())
    assert second.isnan() if math.isnan(second_expected) else abs(second - second_expected) < 1e-4
    assert slope.isfinite() and abs(value - 1) < 1e-4
EOF
