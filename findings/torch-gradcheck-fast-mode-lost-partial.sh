#!/usr/bin/env bash
# Finding: gradcheck(fast_mode=True) accepts a gradient of 1000 numbers of which one was set to zero; the slow mode refuses it.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: the fast mode is quicker and a little laxer, but a partial that is missing altogether is caught by both.
# Seen: for the sum of squares of n numbers with the eighth partial lost, slow False for n = 10, 100 and 1000; fast
#   False, False and True. With that partial 50 % too large, fast also says True for n = 1000.
# Why: the fast mode compares one number, the Jacobian between two random vectors, and widens its tolerance with what
#   it sums: an error in one place of a thousand is lost among the others.
# Source: the note "Gradcheck mechanics" derives the projection and the widened tolerance; the docstring of gradcheck
#   only says which functions the fast mode is made for, not that it may accept a lost partial.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch
from torch.autograd import gradcheck


class SumOfSquares(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, factor):
        ctx.save_for_backward(x)
        ctx.factor = factor
        return (x**2).sum()

    @staticmethod
    def backward(ctx, upstream):
        (x,) = ctx.saved_tensors
        slopes = 2 * x.clone()
        slopes[7] *= ctx.factor
        return upstream * slopes, None


seen = {}
for factor in (1.0, 0.0, 1.5):
    for n in (10, 100, 1000):
        x = torch.linspace(0.5, 1.5, n, dtype=torch.float64).requires_grad_()
        modes = (
            gradcheck(SumOfSquares.apply, (x, factor), raise_exception=False, fast_mode=fast)
            for fast in (False, True)
        )
        seen[factor, n] = tuple(modes)
        print(f"factor {factor}  n = {n:4d}  slow {seen[factor, n][0]}  fast {seen[factor, n][1]}")
right = {(1.0, n): (True, True) for n in (10, 100, 1000)}
caught = {(factor, n): (False, False) for factor in (0.0, 1.5) for n in (10, 100)}
missed = {(factor, 1000): (False, True) for factor in (0.0, 1.5)}
assert seen == right | caught | missed, seen
EOF
