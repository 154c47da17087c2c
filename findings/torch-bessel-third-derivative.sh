#!/usr/bin/env bash
# Finding: The third derivative of torch.special.i1 at 0 is 0 and the fourth of i0 too; they are 3/8. At 1e-8 torch gives 2.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-12-01
# Guess: 3/8 = 0.375: I0(x) = 1 + x²/4 + x⁴/64 + … is as smooth as exp, and a slope with a case for 0 is right there.
# Seen: slopes and second derivatives are right everywhere; the third of i1 is 0 at 0, 2 at 1e-8, and 0.375 from 1e-5 on.
# Why: the slope of i1 is i0(x) − i1(x)/x, and at 0 the constant 1/2, whose derivatives are 0; near 0 its derivatives are
#   differences of large numbers.
# Source: the documentation of both functions says nothing of derivatives.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'END'
import torch

torch.set_default_dtype(torch.float64)


def derivatives(function, place, count):
    x = torch.tensor(place, requires_grad=True)
    value, found = function(x), []
    for _ in range(count):
        value, = torch.autograd.grad(value, x, create_graph=True)
        found.append(value.item())
    return found


seen = {}
for place in (0.0, 1e-8, 1e-5, 1e-2):
    i1, i0 = derivatives(torch.special.i1, place, 3), derivatives(torch.special.i0, place, 4)
    seen[place] = i1[2], i0[3]
    print(f"{place:g}: i1 {i1}, i0 {i0}")
    assert abs(i1[0] - 0.5) < 1e-4 and abs(i1[1]) < 1e-2 and i1 == i0[1:]
assert seen[0.0] == (0, 0) and abs(seen[1e-8][0] - 0.375) > 1 and abs(seen[1e-2][0] - 0.375) < 1e-3
END
