#!/usr/bin/env bash
# Finding: For a matrix of one row, three of torch's matrix norms are the same length; at zero one has slope 0,
#   and two a slope of 1 in the first column.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-12-01
# Guess: torch gives norms the slope 0 at zero, as it does for vectors, so that a penalty leaves what is 0 alone.
# Seen: at a row of zeros the Frobenius norm has (0, 0, 0); the nuclear norm and the 2-norm, (1, 0, 0). At a
#   2 by 2 matrix of zeros the nuclear norm has the identity: descent on that penalty alone leaves 0 and comes
#   back, for ever.
# Why: both are made from singular values, and the slope is U V^T, which at zero is whatever basis the
#   decomposition returns; only the Frobenius norm masks the zero.
# Source: the documentation of matrix_norm says nothing of slopes; that of svd calls the gradients of svdvals
#   "always numerically stable".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'END'
import torch
from torch.linalg import matrix_norm


def slope(kind, w):
    w = w.clone().requires_grad_()
    return torch.autograd.grad(matrix_norm(w, kind), w)[0]


kinds = ("fro", "nuc", 2)
row = torch.tensor([[3.0, 4.0, 12.0]])
print("the length of a row:", [round(matrix_norm(row, kind).item(), 4) for kind in kinds])
assert all(torch.isclose(matrix_norm(row, kind), torch.tensor(13.0)) for kind in kinds)
at_zero = {kind: slope(kind, torch.zeros(1, 3)).tolist() for kind in kinds}
print("slopes at zero:", at_zero)
assert at_zero["fro"] == [[0.0, 0.0, 0.0]]
assert at_zero["nuc"] == at_zero[2] == [[1.0, 0.0, 0.0]]

w, sizes = torch.zeros(2, 2), []
for _ in range(4):
    w = w - 0.1 * slope("nuc", w)
    sizes.append(round(matrix_norm(w, "nuc").item(), 4))
print("descent on the nuclear norm from zero:", sizes)
assert sizes == [0.2, 0.0, 0.2, 0.0]
END
