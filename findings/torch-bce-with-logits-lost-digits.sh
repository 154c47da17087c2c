#!/usr/bin/env bash
# Finding: The loss with logits of a label of 0 loses digits where softplus and logsigmoid do not: 1.7 % off at
#   a logit of -11.9 in float32, and exactly 0 at -14.6.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: binary_cross_entropy_with_logits(z, 0) is log(1 + e^z), computed as well as softplus(z) does: six digits.
# Seen: at z = -11.9 it gives 6.6757e-06; softplus and -logsigmoid(-z), 6.7904e-06, which float64 confirms. At
#   -14.6 it gives 0; softplus, 4.6e-07; the gradient there is right. A label of 1 at z = 11.9 has all its digits.
# Why: 6.6757e-06 is seven times 9.5e-07, the spacing of float32 numbers near 11.9: it is what is left of a
#   difference of two numbers of that size, (1 - y)·z and logsigmoid(z).
# Source: the docstring of torch.nn.BCEWithLogitsLoss says that it is more
#   stable than a sigmoid followed by BCELoss.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import torch
from torch.nn.functional import binary_cross_entropy_with_logits as bce
from torch.nn.functional import logsigmoid, softplus


def losses(logit):
    z = torch.tensor([logit])
    exact = softplus(z.double()).item()
    found = bce(z, torch.zeros(1)), softplus(z), -logsigmoid(-z)
    return [each.item() for each in found], exact


found, exact = losses(-11.9)
print(found, exact)
off = [abs(each / exact - 1) for each in found]
assert off[0] > 0.01 and max(off[1:]) < 1e-6, off
found, exact = losses(-14.6)
print(found, exact)
assert found[0] == 0 and max(abs(each / exact - 1) for each in found[1:]) < 1e-6, found
far = torch.tensor([-14.6], requires_grad=True)
bce(far, torch.zeros(1)).backward()
print(far.grad.item())
assert abs(far.grad.item() / torch.sigmoid(far.double()).item() - 1) < 1e-6
mirrored = bce(torch.tensor([11.9]), torch.ones(1)).item()
print(mirrored)
assert abs(mirrored / losses(-11.9)[1] - 1) < 1e-6, mirrored
EOF
