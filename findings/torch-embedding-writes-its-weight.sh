#!/usr/bin/env bash
# Finding: F.embedding with max_norm changes the weight it reads, also when it needs a gradient and outside
#   any optimizer.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: a look-up in the forward pass returns rescaled rows and leaves the parameter alone.
# Seen: the row (3, 4) is (0.6, 0.8) after one forward pass, in a leaf that requires a gradient, without
#   no_grad and without an error.
# Why: it calls embedding_renorm_ on weight.detach(), which shares memory and escapes the check for in-place
#   changes of a leaf.
# Source: documented as a note of the parameter max_norm ("this will modify weight in-place").
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch
import torch.nn.functional as F

weight = torch.tensor([[3.0, 4.0]], requires_grad=True)
before = weight.tolist()
F.embedding(torch.tensor([0]), weight, max_norm=1.0)
after = weight.tolist()
print(before, "->", after, "version", weight._version)
assert before == [[3.0, 4.0]]
assert torch.allclose(weight, torch.tensor([[0.6, 0.8]]), atol=1e-5), after
EOF
