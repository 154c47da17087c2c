#!/usr/bin/env bash
# Finding: In PaddlePaddle, y[[0, 1]] = v gives v the right gradient in float32 only; in float64, float16 and bfloat16
#   it comes out wrong, and no warning tells.
# Versions: paddlepaddle 3.3.1, numpy 2.4.6; Python 3.11; seen on 2026-12-01
# Guess: ones, whatever the type and however the places are written: a list, a mask, one index beside a slice.
# Seen: in float64 not ones for each of these ways, and in float16 and bfloat16 not for the list; the values of y and
#   the gradient of what was overwritten are right. A slice, y[0:2] = v, and paddle.index_put give ones in float64 too.
# Why: not looked up; the wrong elements differ from one run to the next, as if their memory had been read in
#   pieces of another size.
# Source: the documentation of Tensor.__setitem__ names no type for which it cannot be derived.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib paddlepaddle==3.3.1 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'END'
import warnings

warnings.simplefilter("ignore")
import paddle


def by_list(y, v):
    y[[0, 1]] = v
    return y


def by_mask(y, v):
    y[paddle.to_tensor([True, True, False])] = v
    return y


def by_row(y, v):
    y[[0], :] = v
    return y


def by_slice(y, v):
    y[0:2] = v
    return y


def by_index_put(y, v):
    return paddle.index_put(y, (paddle.to_tensor([0, 1]),), v)


def ones(put, kind, *shape):
    x = paddle.zeros(shape, dtype=kind)
    v = paddle.to_tensor([1.0, 2.0], dtype=kind)
    x.stop_gradient = v.stop_gradient = False
    y = put(x * 1, v)
    y.sum().backward()
    assert y.flatten()[:2].cast("float32").tolist() == [1, 2]
    assert x.grad.flatten()[:2].cast("float32").tolist() == [0, 0]
    return v.grad.cast("float32").tolist() == [1, 1]


ways = [(by_list, 3), (by_mask, 3), (by_row, 2, 2), (by_slice, 3), (by_index_put, 3)]
for put, *shape in ways:
    print(f"{put.__name__:13}", {kind: ones(put, kind, *shape) for kind in ("float32", "float64")})
halves = {kind: ones(by_list, kind, 3) for kind in ("float16", "bfloat16")}
print("by_list      ", halves)
assert all(ones(put, "float32", *shape) for put, *shape in ways)
assert [ones(put, "float64", *shape) for put, *shape in ways] == [False, False, False, True, True]
assert not any(halves.values())
END
