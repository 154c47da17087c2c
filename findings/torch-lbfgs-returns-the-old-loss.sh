#!/usr/bin/env bash
# Finding: LBFGS.step returns the loss from before the step, whatever it did afterwards.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: step(closure) has evaluated the loss many times and returns the last, so that printing it shows
#   where training is.
# Seen: on w² from w = 3, step returns 9; at the weights that it leaves, the loss is below 4.
# Why: it keeps the first evaluation (orig_loss), which for optimizers with one evaluation is the only one.
# Source: not documented: the docstring of step names the closure, not the value returned.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch

w = torch.tensor([3.0], requires_grad=True)
optimizer = torch.optim.LBFGS([w], lr=0.1, max_iter=5)


def closure():
    optimizer.zero_grad()
    loss = (w**2).sum()
    loss.backward()
    return loss


returned = optimizer.step(closure).item()
now = (w.detach() ** 2).item()
print(f"returned {returned:g}  loss now {now:.3f}")
assert returned == 9 and now < 4, (returned, now)
EOF
