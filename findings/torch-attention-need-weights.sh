#!/usr/bin/env bash
# Finding: Asking nn.MultiheadAttention for its weights changes what it returns: where a row may attend to nothing,
#   nan with them and numbers without.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-12-01
# Guess: need_weights decides whether a second result comes; the first is the same, and nan where the softmax is
#   of nothing but -inf.
# Seen: need_weights=True, the default, gives nan in the row masked as a whole, and nan in the gradient of what the
#   other rows give; need_weights=False gives the output layer's bias there and finite gradients. All else agrees.
# Why: without weights it calls scaled_dot_product_attention, which gives 0 for such a row; with them it writes the
#   softmax out.
# Source: the documentation says that need_weights=False uses the faster function, "to achieve the best
#   performance"; what that function gives for such a row was changed in pytorch/pytorch pull request 131863 and
#   is not in its documentation, whose equivalent code gives nan.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'END'
import torch
from torch import nn

torch.manual_seed(0)
attention = nn.MultiheadAttention(4, 1, batch_first=True)
x = torch.randn(1, 3, 4, requires_grad=True)
hidden = torch.tensor([[False, True, True], [False, False, True], [True, True, True]])

seen = {}
for need in (True, False):
    y, _ = attention(x, x, x, attn_mask=hidden, need_weights=need)
    slopes = torch.autograd.grad(y[0, :2].sum(), x)[0]
    seen[need] = y[0], slopes
    print("weights" if need else "none   ", "last row", y[0, 2].tolist(), "| nan slopes", slopes.isnan().sum().item())

with_weights, without = seen[True], seen[False]
assert torch.allclose(with_weights[0][:2], without[0][:2], atol=1e-6)
assert with_weights[0][2].isnan().all() and torch.equal(without[0][2], attention.out_proj.bias)
assert with_weights[1].isnan().all() and not without[1].isnan().any()
END
