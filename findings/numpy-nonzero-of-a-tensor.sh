#!/usr/bin/env bash
# Finding: np.nonzero of a tensor is not NumPy's: it returns torch's matrix of indices, while np.where
#   returns NumPy's tuple.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: a function of NumPy converts its argument and answers as its documentation says, here with a tuple
#   of arrays, equal to np.where.
# Seen: np.nonzero(t) is a tensor of shape (2, 1), np.where(t) a tuple of one array; np.size(t) is a bound
#   method, not a number.
# Why: older functions of NumPy first look for a method of the same name in the argument, and a tensor has
#   one with other rules.
# Source: not documented as such; NumPy says that such functions "delegate to the method".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import numpy as np
import torch

t = torch.tensor([0.0, 1.0, 1.0])
a, b = np.nonzero(t), np.where(t)
print("nonzero", a.tolist(), type(a).__name__)
print("where", [each.tolist() for each in b], type(b).__name__)
print("size", type(np.size(t)).__name__)
assert isinstance(a, torch.Tensor) and a.shape == (2, 1)
assert isinstance(b, tuple) and b[0].tolist() == [1, 2]
assert callable(np.size(t))
# What survives the first use: as an index, torch's matrix picks with another shape.
assert t[a].shape == (2, 1) and t[b].shape == (2,)
EOF
