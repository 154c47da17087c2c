#!/usr/bin/env bash
# Finding: After zero_grad(), momentum freezes; after zero_grad(set_to_none=False), it keeps moving the
#   weight.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: both ways of clearing say that there is no gradient, so a step without backward does the same after
#   either.
# Seen: after one step from 1 to 0.9, a second step without backward leaves 0.9 with None and goes to 0.81
#   with zeros.
# Why: a parameter whose gradient is None is skipped whole, its momentum buffer too; with zeros the buffer
#   still decays and pushes.
# Source: documented in the last point of the docstring of Optimizer.zero_grad.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch


def second_step(set_to_none):
    w = torch.nn.Parameter(torch.ones(1, dtype=torch.float64))
    optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.9)
    w.grad = torch.ones_like(w)
    optimizer.step()
    optimizer.zero_grad(set_to_none=set_to_none)
    optimizer.step()
    return round(w.item(), 6)


seen = {"None": second_step(True), "zeros": second_step(False)}
print(seen)
assert seen == {"None": 0.9, "zeros": 0.81}, seen
EOF
