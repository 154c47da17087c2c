#!/usr/bin/env bash
# Finding: torch.compile changes a gradient: the standard deviation of three times 0.1 has slopes of -0.41, compiled 0.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11, and a compiler for C++; seen on 2026-11-30
# Guess: a compiled function has the derivatives of the function, also where they are a convention; rounding may differ.
# Seen: at corners, ties, steps and roots both agree (abs, relu, clamp, maximum, max, max by a dimension, sort, fmax,
#   round, sqrt, norm, where, x·log x, prod, atan2). The standard deviation of three 0.1 in float64 is 1e-17 with
#   slopes of -0.41 each; compiled, all are 0. Of three 2.0 both give 0. Seven 0.1 in float32, 8e-09 with slopes of
#   -0.15, lost them compiled on one processor and kept them on another: printed, not asserted.
# Why: three times 0.1 add up to a bit more than 0.3, so the mean is no longer 0.1, and each number lies one rounding
#   away from it: divided by a deviation of the same size, that is a slope of ordinary size. The compiled code
#   finds the mean another way, exactly, and the slope at a deviation of 0 is taken to be 0.
# Source: the documentation of torch.compile speaks of numerical differences in general, not of this one.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
export TORCHINDUCTOR_CACHE_DIR=$folder/cache
PYTHONPATH=$folder/lib "$python" -W ignore - <<'EOF'
import math

import torch

double = {"dtype": torch.float64, "requires_grad": True}
zero = torch.tensor(0.0, dtype=torch.float64)
SAME = [
    (torch.abs, 0.0),
    (torch.relu, 0.0),
    (lambda x: x.clamp(0, 1), 1.0),
    (lambda x: torch.maximum(x, zero), 0.0),
    (torch.max, [2.0, 2.0, 1.0]),
    (lambda x: x.max(dim=0).values, [2.0, 2.0, 1.0]),
    (lambda x: x.sort().values[0], [2.0, 2.0]),
    (lambda x: torch.fmax(x[0], x[1]), [2.0, 2.0]),
    (torch.round, 1.3),
    (torch.sqrt, 0.0),
    (torch.linalg.vector_norm, [0.0, 0.0]),
    (lambda x: torch.where(x > 0, torch.sqrt(x), 0.0), 0.0),
    (lambda x: x * torch.log(x), 0.0),
    (torch.prod, [2.0, 0.0, 3.0]),
    (lambda x: torch.atan2(x, zero), 0.0),
    (torch.std, [2.0, 2.0, 2.0]),
]


def both(f, at):
    """What f and its slopes are, as it is and compiled."""
    found = []
    for each in (f, torch.compile(f)):
        x = at.detach().clone().requires_grad_()
        value = each(x)
        (slope,) = torch.autograd.grad(value, x)
        found.append((value.item(), slope.flatten().tolist()))
    return found


for f, at in SAME:
    plain, compiled = both(f, torch.tensor(at, **double))
    print(at, plain, compiled)
    assert str(plain).replace("-0.0", "0.0") == str(compiled).replace("-0.0", "0.0")
for count, dtype, size in ((3, torch.float64, 0.408), (7, torch.float32, 0.154)):
    (value, slopes), (compiled, flat) = both(torch.std, torch.full((count,), 0.1, dtype=dtype))
    print(count, dtype, value, slopes, "compiled:", compiled, flat)
    assert 0 < value < 1e-8 and all(math.isclose(abs(each), size, abs_tol=1e-3) for each in slopes)
    if count == 3:
        assert compiled == 0 and not any(flat)
EOF
