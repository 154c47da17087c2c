#!/usr/bin/env bash
# Finding: At the zero vector F.normalize has slope 1e12, and F.cosine_similarity slopes of tens of millions.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-30
# Guess: 0, since a vector without direction has none to change, and the slope of its norm at zero is 0 in torch.
# Seen: normalize passes the gradient on divided by its eps of 1e-12; cosine_similarity, by its eps of 1e-8.
# Why: both divide by max(norm, eps), so that below eps they are linear, and steep.
# Source: the formulas in the documentation of both functions give eps; that it sets the slope is not said.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch
import torch.nn.functional as F

v = torch.zeros(2, dtype=torch.float64, requires_grad=True)
first, = torch.autograd.grad(F.normalize(v, dim=0)[0], v)
likeness = F.cosine_similarity(v, torch.tensor([3.0, 4.0], dtype=torch.float64), dim=0)
second, = torch.autograd.grad(likeness, v)
third, = torch.autograd.grad(v.norm(), v)
print("normalize", first.tolist(), "cosine_similarity", second.tolist(), "norm", third.tolist())
assert torch.allclose(first, torch.tensor([1e12, 0.0], dtype=torch.float64))
assert torch.allclose(second, torch.tensor([6e7, 8e7], dtype=torch.float64))
assert third.tolist() == [0.0, 0.0]
EOF
