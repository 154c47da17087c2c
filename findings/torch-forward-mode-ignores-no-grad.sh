#!/usr/bin/env bash
# Finding: torch.no_grad stops reverse mode and lets forward mode through, so the two Jacobians differ.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: what is computed under no_grad is a constant for every kind of derivative, as after detach().
# Seen: at 3, jacrev of x² under no_grad gives 0 and jacfwd gives 6; with detach() both give 0. The older
#   autograd.functional.jvp, which is built on reverse mode, gives 0 where torch.func.jvp gives 6.
# Why: no_grad only stops the recording of the graph, and forward mode keeps no graph: the tangent travels
#   with the value.
# Source: documented in one line of the docstring of torch.no_grad ("This API does not apply to forward-mode
#   AD"), not in jacfwd.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch
from torch.func import jacfwd, jacrev, jvp

x, one = torch.tensor(3.0), torch.tensor(1.0)


def quiet(x):
    with torch.no_grad():
        y = x * x
    return y + 0 * x


def detached(x):
    return (x * x).detach() + 0 * x


seen = {
    "no_grad": (jacrev(quiet)(x).item(), jacfwd(quiet)(x).item()),
    "detach": (jacrev(detached)(x).item(), jacfwd(detached)(x).item()),
    "jvp": (
        torch.autograd.functional.jvp(quiet, x, one)[1].item(),
        jvp(quiet, (x,), (one,))[1].item(),
    ),
}
for name, (reverse, forward) in seen.items():
    print(f"{name:8} reverse {reverse:g}  forward {forward:g}")
assert seen == {"no_grad": (0.0, 6.0), "detach": (0.0, 0.0), "jvp": (0.0, 6.0)}, seen
EOF
