#!/usr/bin/env bash
# Finding: Between torch 2.13.0 and 2.14.1 the slope of clamp at its bound went from 1 to 0, so that ranking
#   from equal scores learns in one and never starts in the other.
# Versions: torch 2.13.0, torch 2.14.1, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: a value that the derivative takes by convention at one point does not change in a minor release,
#   and changes no training.
# Seen: margin_ranking_loss of w·a and w·b from w = 0: 2.13.0 gives the gradient (2, -3), 2.14.1 gives (0,
#   0), and so on for ever. hinge_embedding_loss at its margin goes from -1 to 0, clamp between tensors from
#   1 to ½.
# Why: the mask of clamp with number bounds became strict (min < x instead of min <= x), and losses made of
#   it follow; equal scores lie exactly on the bound.
# Source: not in the documentation of either loss; the two installs take some gigabytes where pip chooses
#   builds with CUDA.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat > see.py <<'EOF'
import json

import torch
import torch.nn.functional as F
from torch.func import grad

a, b = torch.tensor([1.0, 2.0]), torch.tensor([3.0, -1.0])
w = torch.zeros(2, requires_grad=True)
F.margin_ranking_loss((w @ a)[None], (w @ b)[None], torch.ones(1)).backward()
zero = torch.tensor(0.0)
seen = {
    "ranking": [each + 0.0 for each in w.grad.tolist()],
    "clamp(min=0)": grad(lambda x: x.clamp(min=0))(zero).item(),
    "clamp(min=tensor(0))": grad(lambda x: x.clamp(min=zero))(zero).item(),
    "relu": grad(torch.relu)(zero).item(),
    "hinge_embedding": grad(lambda x: F.hinge_embedding_loss(x, -torch.ones(1)))(torch.ones(1)).item(),
}
print(torch.__version__.split("+")[0], json.dumps(seen))
EOF
python=${PYTHON:-python3.11}
for version in 2.13.0 2.14.1; do
  "$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib "torch==$version" numpy==2.4.6
  PYTHONPATH=$folder/lib "$python" see.py | tee -a seen.txt
  rm -r lib
done
"$python" - <<'EOF'
import json

old, new = (json.loads(line.split(" ", 1)[1]) for line in open("seen.txt"))
assert old == {
    "ranking": [2, -3],
    "clamp(min=0)": 1,
    "clamp(min=tensor(0))": 1,
    "relu": 0,
    "hinge_embedding": -1,
}, old
assert new == {
    "ranking": [0, 0],
    "clamp(min=0)": 0,
    "clamp(min=tensor(0))": 0.5,
    "relu": 0,
    "hinge_embedding": 0,
}, new
EOF
