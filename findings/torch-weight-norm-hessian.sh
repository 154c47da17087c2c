#!/usr/bin/env bash
# Finding: The second derivatives of torch.nn.utils.parametrizations.weight_norm are wrong: its Hessian is not even symmetric.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-12-01
# Guess: those of g v/‖v‖, which it computes, as its value and its slopes are.
# Seen: for the first weight with g = 2 and v = (1, 2, -1), value and gradient agree with the formula written out to the last
#   digits. Its Hessian is -0.3402, -0.1361, 0.0680 in the first row and the same in the first column; through the layer it is
#   -0.2722, 0, 0 in the row and -0.2722, -0.2722, 0.1361 in the column. The older torch.nn.utils.weight_norm does the same. No
#   error and no warning; gradgradcheck tells. Whoever descends by a penalty on a gradient, or by Newton, uses such numbers.
# Why: its slope is computed from the norm of v that the forward pass left, which is a constant when the slope is derived.
# Source: the documentation of both says nothing of second derivatives.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'END'
import warnings

import torch
from torch.autograd import grad
from torch.autograd.gradcheck import GradcheckError, gradgradcheck
from torch.nn.utils import parametrizations, weight_norm

warnings.simplefilter("ignore", FutureWarning)
torch.set_default_dtype(torch.float64)


def through(normalise):
    """A layer's first weight, and the v that it comes from, with g = 2."""
    layer = normalise(torch.nn.Linear(3, 1, bias=False))
    g, v = layer.parameters()
    with torch.no_grad():
        g.fill_(2.0)
        v.copy_(torch.tensor([[1.0, 2.0, -1.0]]))
    return layer(torch.tensor([1.0, 0.0, 0.0])).squeeze(), v


def by_hand():
    v = torch.tensor([[1.0, 2.0, -1.0]], requires_grad=True)
    return (2 * v / v.norm())[0, 0], v


def derivatives(value, v):
    slopes, = grad(value, v, create_graph=True)
    rows = [grad(slope, v, retain_graph=True)[0][0] for slope in slopes[0]]
    return value.item(), slopes[0].detach(), torch.stack(rows)


seen = {
    "by hand": derivatives(*by_hand()),
    "parametrizations.weight_norm": derivatives(*through(parametrizations.weight_norm)),
    "weight_norm": derivatives(*through(weight_norm)),
}
for name, (value, slopes, hessian) in seen.items():
    print(name, round(value, 4), slopes.numpy().round(4), *hessian.numpy().round(4), sep="\n  ")
value, slopes, right = seen.pop("by hand")
assert torch.allclose(right, right.T)
for other, others, hessian in seen.values():
    assert abs(other - value) < 1e-12 and torch.allclose(others, slopes)
    assert abs(hessian - right).max() > 0.1 and abs(hessian - hessian.T).max() > 0.1


def weight(v):
    return torch.func.functional_call(layer, {"parametrizations.weight.original1": v}, torch.eye(3))


layer = parametrizations.weight_norm(torch.nn.Linear(3, 1, bias=False))
try:
    gradgradcheck(weight, torch.tensor([[1.0, 2.0, -1.0]], requires_grad=True))
except GradcheckError as error:
    print("gradgradcheck:", str(error).splitlines()[0])
else:
    raise AssertionError("gradgradcheck passes")
END
