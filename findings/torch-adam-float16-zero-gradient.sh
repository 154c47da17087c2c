#!/usr/bin/env bash
# Finding: In float16, a step with a gradient of zero turns the weight into nan with six optimizers out of
#   seven; RAdam and the fused Adam leave it alone.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: ε is there so that a gradient of zero does not divide by zero: the weight stays at 1.
# Seen: Adam, AdamW, RMSprop, Adagrad, Adamax and NAdam give nan; RAdam, Adam(fused=True) and Adam(eps=1e-7)
#   give 1. In float32 and bfloat16 all give a number.
# Why: the default ε (1e-8; 1e-10 in Adagrad) is below the smallest float16 number, 6e-8, and becomes 0 there:
#   0 / (0 + 0). The fused kernel computes in float32, and 1e-7 is still a float16 number.
# Source: the docstring of torch.optim.Adam calls eps a term «to improve
#   numerical stability», whatever the dtype.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import math

import torch


def after_zero(kind, dtype, **options):
    w = torch.nn.Parameter(torch.ones(1, dtype=dtype))
    w.grad = torch.zeros_like(w)
    kind([w], lr=0.1, **options).step()
    return w.item()


NAMES = ("Adam", "AdamW", "RMSprop", "Adagrad", "Adamax", "NAdam", "RAdam")
half = {name: after_zero(getattr(torch.optim, name), torch.float16) for name in NAMES}
print(half)
assert [name for name, w in half.items() if math.isnan(w)] == list(NAMES[:6]), half
assert half["RAdam"] == 1
assert after_zero(torch.optim.Adam, torch.float16, fused=True) == 1
assert after_zero(torch.optim.Adam, torch.float16, eps=1e-7) == 1
for dtype in (torch.float32, torch.bfloat16):
    others = [after_zero(getattr(torch.optim, name), dtype) for name in NAMES]
    print(dtype, others)
    assert all(map(math.isfinite, others)), others
EOF
