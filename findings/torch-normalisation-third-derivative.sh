#!/usr/bin/env bash
# Finding: The third derivative of layer_norm, of instance_norm and of batch_norm while it trains is wrong, without a word; that
#   of group_norm with one group, which computes the same, is right.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-12-01
# Guess: what can be derived once and twice rightly can be derived a third time, or refuses.
# Seen: value, first and second derivative agree with the formula written out, by (z − mean)/sqrt(var + eps); the third is
#   -0.49 where it is -3.40, and the fourth has the wrong sign. gradgradcheck passes. With torch.func, forward
#   mode three times gives a third number, and reverse over forward over reverse the right one.
# Why: the second derivative uses the mean and the deviation that the forward pass left, and takes them for constants when it
#   is derived.
# Source: pytorch/pytorch#175754 and #186256; the documentation of the three says nothing of derivatives.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'END'
import torch
import torch.nn.functional as F
from torch.func import grad, jacfwd

torch.set_default_dtype(torch.float64)


def features(x):
    return torch.stack([x, x * x + 1, 2 * x, x**3 - 1])


def by_hand(x):
    z = features(x)
    return ((z - z.mean()) / torch.sqrt(z.var(unbiased=False) + 1e-5))[0]


WAYS = {
    "by hand": by_hand,
    "group_norm": lambda x: F.group_norm(features(x)[None], 1)[0, 0],
    "layer_norm": lambda x: F.layer_norm(features(x), (4,))[0],
    "instance_norm": lambda x: F.instance_norm(features(x)[None, None])[0, 0, 0],
    "batch_norm": lambda x: F.batch_norm(features(x)[:, None], None, None, training=True)[0, 0],
}


def derivatives(function):
    x = torch.tensor(0.7, requires_grad=True)
    value, found = function(x), []
    for _ in range(4):
        value, = torch.autograd.grad(value, x, create_graph=True)
        found.append(value.item())
    return torch.tensor(found)


seen = {name: derivatives(function) for name, function in WAYS.items()}
for name, found in seen.items():
    print(f"{name:14}", *(f"{each:10.4f}" for each in found.tolist()))
right = seen.pop("by hand")
assert torch.allclose(seen.pop("group_norm"), right)
for found in seen.values():
    assert torch.allclose(found[:2], right[:2]) and abs(found[2] - right[2]) > 1 and found[3] * right[3] < 0
z = torch.tensor([[0.3, -1.2, 0.8, 2.0]], requires_grad=True)
assert torch.autograd.gradgradcheck(lambda z: F.layer_norm(z, (4,)), z)
x, function = torch.tensor(0.7), WAYS["layer_norm"]
forward, mixed = jacfwd(jacfwd(jacfwd(function)))(x), grad(jacfwd(grad(function)))(x)
print(f"forward thrice {forward:.4f}, reverse over forward over reverse {mixed:.4f}")
assert abs(forward - right[2]) > 1 and torch.isclose(mixed, right[2])
END
