#!/usr/bin/env bash
# Finding: SGD with momentum and dampening takes its first step undamped.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: with dampening 0.9 a gradient of 1 counts as 0.1 from the first step on: lr 0.1 moves the weight by
#   0.01.
# Seen: the first step moves it by 0.1, ten times more; only from the second on is the gradient damped.
# Why: the buffer is created as a copy of the first gradient, before the rule that dampens.
# Source: the algorithm in the docstring of torch.optim.SGD shows it (b₁ = g₁ for t = 1); the text on
#   dampening does not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch

w = torch.nn.Parameter(torch.ones(1, dtype=torch.float64))
optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.5, dampening=0.9)
path = [w.item()]
for _ in range(3):
    w.grad = torch.ones_like(w)
    optimizer.step()
    path.append(w.item())
moves = [round(before - after, 6) for before, after in zip(path, path[1:])]
print("moves", moves)
# Damped from the start they would be 0.01, 0.015, 0.0175.
assert moves == [0.1, 0.06, 0.04], moves
EOF
