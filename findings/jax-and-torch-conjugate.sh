#!/usr/bin/env bash
# Finding: For a real function of a complex number, jax.grad and torch give gradients that are conjugates:
#   the same descent climbs in one of them.
# Versions: torch 2.13.0, jax 0.10.2, jaxlib 0.10.2, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: both give the direction of steepest ascent, so that z - lr·grad goes down.
# Seen: for |z|² at 1 + 2i torch gives 2 + 4i and jax 2 - 4i. With jax, ten such steps of 0.1 raise the
#   imaginary part from 2 to 12.4 instead of lowering it.
# Why: torch returns the conjugate Wirtinger derivative (the direction of steepest ascent), jax ∂f/∂x -
#   i·∂f/∂y, which continues the holomorphic derivative.
# Source: each library documents its own convention; neither says that they differ.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib torch==2.13.0 jax==0.10.2 jaxlib==0.10.2 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import jax
import jax.numpy as jnp
import torch

jax.config.update("jax_platforms", "cpu")

z = torch.tensor(1 + 2j, requires_grad=True)
(z.abs() ** 2).backward()
in_torch = complex(z.grad)
slope = jax.grad(lambda z: jnp.abs(z) ** 2)
in_jax = complex(slope(1 + 2j))
print("torch", in_torch, "jax", in_jax)
assert abs(in_torch - (2 + 4j)) < 1e-5 and abs(in_jax - (2 - 4j)) < 1e-5

w = 1 + 2j
for _ in range(10):
    w = w - 0.1 * complex(slope(w))
print(f"after ten steps of descent with jax: {w:.2f}")
assert abs(w) > 12, w
EOF
