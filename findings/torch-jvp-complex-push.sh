#!/usr/bin/env bash
# Finding: torch.func.jvp takes a complex push for a real function and drops its imaginary part without a word.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: a push of another type than the point is refused, as a complex weight is in reverse mode.
# Seen: for x² at (1, 2), the push (1 + 2i, i) changes the result by (2, 0), real; grad and vjp refuse complex weights. A
#   push in float64 on a point in float32 gives a change in float64 beside a value in float32; in vjp it is cast.
# Why: make_dual checks the shape of a tangent and that it is floating or complex, not that its type is the point's;
#   the formulas then cast to the real type of the result.
# Source: not documented; the docstring of jvp asks only for tangents of the same structure and sizes as the primals.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch
from torch.func import jvp, vjp


def square(x):
    return x**2


point = torch.tensor([1.0, 2.0])
imaginary = torch.tensor([1 + 2j, 1j])
double = torch.tensor([1.0, 1.0], dtype=torch.float64)
seen = {}
for name, push in (("complex", imaginary), ("float64", double)):
    value, change = jvp(square, (point,), (push,))
    seen[name] = (value.dtype, change.dtype, change.tolist())
    print(f"jvp {name}: value {value.dtype}, change {change.dtype} {change.tolist()}")
weights = vjp(square, point)[1]
try:
    weights(imaginary)
    refused = False
except RuntimeError as error:
    refused = "same dtype" in str(error)
    print("vjp complex:", str(error).partition(".")[0])
cast = weights(double)[0].dtype
print("vjp float64:", cast)
single, wide = torch.float32, torch.float64
assert seen == {"complex": (single, single, [2.0, 0.0]), "float64": (single, wide, [2.0, 4.0])}, seen
assert refused
assert cast == single
EOF
