#!/usr/bin/env bash
# Finding: ReduceLROnPlateau never lowers the learning rate while a constant loss is negative.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: a loss that stays at -1 is as flat as one that stays at 1: after some epochs the rate drops.
# Seen: after 20 equal losses the rate has dropped to 1e-6 at +1 and at 0, and is still 1 at -1.
# Why: better means below best · (1 - threshold); for a negative best that bound lies above best, so
#   standing still counts as progress.
# Source: the formula is documented (threshold_mode), what it does to a negative loss, such as a
#   log-likelihood of a density, is not.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch


def rate_after(loss, epochs=20):
    parameter = torch.nn.Parameter(torch.ones(1))
    optimizer = torch.optim.SGD([parameter], lr=1.0)
    scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience=2)
    for _ in range(epochs):
        scheduler.step(loss)
    return optimizer.param_groups[0]["lr"]


seen = {loss: rate_after(loss) for loss in (1.0, 0.0, -1.0)}
for loss, rate in seen.items():
    print(f"loss {loss:+g}: rate {rate:.0e}")
assert seen[1.0] < 1e-5 and seen[0.0] < 1e-5 and seen[-1.0] == 1.0, seen
EOF
