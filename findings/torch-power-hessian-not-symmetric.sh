#!/usr/bin/env bash
# Finding: Where y is 0, torch gives x**y two mixed second derivatives: first by x and then by y, 0; the other way round,
#   1/x, the right one. So the third derivative of x**x at 1 is 2, and not 3.
# Versions: torch 2.13.0, numpy 2.4.6; Python 3.11; seen on 2026-12-01
# Guess: 1/x = 0.5 at x = 2 in either order, as for every other y: the power is smooth where x is positive.
# Seen: 0 and 0.5 at y = 0, and torch.func.hessian gives a matrix that is not symmetric; at y = 1, 2 and 0.5 both orders
#   agree. x**x at 1 has derivatives 1, 2, 2 and 7; exp(x log x), which is the same, has 1, 2, 3 and 8.
# Why: the derivative by x is y x**(y - 1), and where y is 0 it is a plain 0, which does not depend on y any more.
# Source: the documentation of torch.pow says nothing of derivatives. pytorch/pytorch#89757 tells of wrong higher ones
#   where the base is 0 as well.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'END'
import math

import torch

torch.set_default_dtype(torch.float64)


def mixed(y):
    """∂²/∂y∂x and ∂²/∂x∂y of x**y at x = 2."""
    x, y = torch.tensor(2.0, requires_grad=True), torch.tensor(y, requires_grad=True)
    by_x, by_y = torch.autograd.grad(x**y, (x, y), create_graph=True)
    return torch.autograd.grad(by_x, y, retain_graph=True)[0].item(), torch.autograd.grad(by_y, x)[0].item()


def derivatives(function, count=4):
    x = torch.tensor(1.0, requires_grad=True)
    value, found = function(x), []
    for _ in range(count):
        value, = torch.autograd.grad(value, x, create_graph=True)
        found.append(round(value.item(), 6))
    return found


seen = {y: mixed(y) for y in (0.0, 0.5, 1.0, 2.0)}
for y, found in seen.items():
    right = 2 ** (y - 1) * (1 + y * math.log(2))
    print(f"y = {y}: {found[0]:.4f} and {found[1]:.4f}, expected {right:.4f}")
    assert abs(found[1] - right) < 1e-12 and (found[0] == 0 if y == 0 else abs(found[0] - right) < 1e-12)
hessian = torch.func.hessian(lambda p: p[0] ** p[1])(torch.tensor([2.0, 0.0]))
print(hessian.tolist())
assert hessian[0, 1] != hessian[1, 0]
power, same = derivatives(lambda x: x**x), derivatives(lambda x: torch.exp(x * torch.log(x)))
print("x**x:", power, "exp(x log x):", same)
assert power == [1, 2, 2, 7] and same == [1, 2, 3, 8]
END
