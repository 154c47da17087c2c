#!/usr/bin/env bash
# Finding: In MXNet's NumPy, where(x > 0, 2 * x, 0.0) has its slope on the wrong side: 2 for a negative x and 0 for
#   a positive one.
# Versions: mxnet 1.9.1, numpy 1.23.5; Python 3.11; seen on 2026-12-01
# Guess: the slope of the branch that was chosen, 0 at -1 and 2 at 1, as the value is.
# Seen: with the number 0.0 as the other branch, 2 at -1 and 0 at 1; the values are right. With an array of zeros in
#   its place, the slopes are right too.
# Why: a branch that is a number goes to an operator of its own, whose backward pass keeps the gradient where the
#   condition does not hold.
# Source: the documentation of where does not treat a number apart from an array.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib mxnet==1.9.1 numpy==1.23.5
PYTHONPATH=$folder/lib "$python" - <<'END'
import warnings

warnings.simplefilter("ignore")
import mxnet as mx

np = mx.np
mx.npx.set_np()


def ask(other):
    x = np.array([-1.0, 1.0])
    x.attach_grad()
    with mx.autograd.record():
        y = np.where(x > 0, 2 * x, other)
    y.backward()
    return y.tolist(), x.grad.tolist()


number, array = ask(0.0), ask(np.zeros(2))
print("values and slopes at -1 and 1: with a number", number, "with an array", array)
assert number[0] == array[0] == [0.0, 2.0]
assert array[1] == [0.0, 2.0]
assert number[1] == [2.0, 0.0]
END
