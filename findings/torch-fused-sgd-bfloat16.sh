#!/usr/bin/env bash
# Finding: Fused SGD on the CPU moves 1 of 65 weights in bfloat16 and in float16, in torch 2.13.0.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: fused=True is a faster way to the same result for every dtype that it accepts.
# Seen: of 65 ones with gradient 1, all 65 move in float32 and float64, only the last one in bfloat16 and
#   float16; without fused all move. In torch 2.14.1 all move.
# Why: only what does not fill a whole vector register is written back.
# Source: not documented; no error and no warning.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch


def moved(dtype, fused):
    w = torch.nn.Parameter(torch.ones(65, dtype=dtype))
    optimizer = torch.optim.SGD([w], lr=0.5, fused=fused)
    w.grad = torch.ones_like(w)
    optimizer.step()
    return (w != 1).sum().item()


dtypes = (torch.float64, torch.float32, torch.bfloat16, torch.float16)
fused, plain = [moved(dtype, True) for dtype in dtypes], [moved(dtype, False) for dtype in dtypes]
print("fused", fused, "plain", plain)
assert plain == [65] * 4, plain
assert fused[:2] == [65, 65], fused
# How many are left over depends on the width of the processor's registers, never all.
assert all(count < 65 for count in fused[2:]), fused
EOF
