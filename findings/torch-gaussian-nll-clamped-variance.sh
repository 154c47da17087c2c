#!/usr/bin/env bash
# Finding: gaussian_nll_loss clamps a variance of 0, yet sends the slope of the clamped value through the
#   clamp.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: below eps the loss no longer depends on the variance, so its gradient is 0, as it is for
#   torch.clamp.
# Seen: at variance 0, target 0 and prediction 1, the gradient is -5e11; through an explicit clamp it is 0.
# Why: the function clamps a copy in place under no_grad: the value is clamped, the graph does not know.
# Source: documented in a note of nn.GaussianNLLLoss ("the gradients are unaffected by it"), without a size.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch
import torch.nn.functional as F

prediction, target, eps = torch.tensor([1.0]), torch.tensor([0.0]), 1e-6


def slope(variance_of):
    variance = torch.tensor([0.0], requires_grad=True)
    F.gaussian_nll_loss(prediction, target, variance_of(variance), eps=eps).backward()
    return variance.grad.item()


inside, outside = slope(lambda v: v), slope(lambda v: v.clamp(min=2 * eps))
print(f"clamped inside {inside:.3g}  clamped before {outside:g}")
assert -5.1e11 < inside < -4.9e11, inside
assert outside == 0, outside
EOF
