#!/usr/bin/env bash
# Finding: One -inf in front, and every later value of torch.logcumsumexp has the slope nan for it, where
#   logsumexp of the same numbers has 0.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-12-01
# Guess: each value is the logsumexp of what has come so far, so both have the same slopes: softmax, and 0 for
#   what weighs nothing.
# Seen: behind (-inf, 0, 1), slopes (nan, 0.27, 0.73) against (0, 0.27, 0.73). Forward mode has 0; an -inf in
#   second place does no harm.
# Why: the backward pass sums the gradients from the end with each value taken away again, exp(x - value): for
#   the first value that is exp(-inf + inf), and the sum carries it.
# Source: the documentation gives the formula and does not speak of infinities; masks and impossible states of a
#   sequence model are such values.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'END'
import math

import torch
from torch.func import jvp

inf, nan = math.inf, math.nan


def slopes(f, values):
    x = torch.tensor(values, dtype=torch.float64, requires_grad=True)
    return [round(each, 2) for each in torch.autograd.grad(f(x), x)[0].tolist()]


def last(x):
    return torch.logcumsumexp(x, 0)[2]


in_front, second = [-inf, 0.0, 1.0], [0.0, -inf, 1.0]
whole = slopes(lambda x: torch.logsumexp(x, 0), in_front)
so_far = slopes(last, in_front)
print("logsumexp", whole, "logcumsumexp", so_far, "with -inf second", slopes(last, second))
assert whole == [0.0, 0.27, 0.73]
assert math.isnan(so_far[0]) and so_far[1:] == whole[1:]
assert slopes(last, second) == [0.27, 0.0, 0.73]

x = torch.tensor(in_front, dtype=torch.float64)
forward = jvp(last, (x,), (torch.tensor([1.0, 0.0, 0.0], dtype=torch.float64),))[1].item()
print("forward mode", forward)
assert forward == 0.0
END
