#!/usr/bin/env bash
# Finding: The distance of a point to itself stops being 0 in torch.cdist when the 26th row arrives.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: a row minus itself is exactly 0 in floating point, so the diagonal of cdist(a, a) is 0 for any
#   number of rows.
# Seen: with 25 rows the diagonal is 0; with 26 of the same rows, in float32, it holds distances above 1e-4.
# Why: from 26 rows on, cdist uses |a|² + |b|² - 2a·b with a matrix product, which cancels.
# Source: documented in the docstring of torch.cdist as a matter of speed (compute_mode), without the error.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch

a = torch.randn(26, 3, generator=torch.Generator().manual_seed(0)) + 10
few = torch.cdist(a[:25], a[:25]).diagonal().max().item()
many = torch.cdist(a, a).diagonal().max().item()
exact = torch.cdist(a, a, compute_mode="donot_use_mm_for_euclid_dist").diagonal().max().item()
print(f"25 rows {few:g}  26 rows {many:.2g}  26 rows without the product {exact:g}")
assert few == 0 and exact == 0 and many > 1e-4, (few, many, exact)
EOF
