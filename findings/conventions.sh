#!/usr/bin/env bash
# Finding: Where a derivative is conventional, absent or treacherous, six libraries answer in up to four
#   ways.
# Versions: jax 0.10.2, jaxlib 0.10.2, autograd 1.9.1, casadi 3.8.2, pytensor 3.0.7, tinygrad 0.14.0, sympy
#   1.14.0, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: libraries agree wherever mathematics leaves a choice, and say nan where there is nothing to choose.
# Seen: of the 39 questions below, few get one answer; the last lines of this file are the whole record.
#   "error" stands for an exception, and a library that does not offer the function is left out.
# Why: each rule has its own tie: which side an inequality includes, whether equal elements share, whether 0
#   times inf is met.
# Source: JAX documents abs and clip, PyTorch its subgradients; most of the rest is not documented.
#   docs/convenios.md quotes the record beside what torch says.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib jax==0.10.2 jaxlib==0.10.2 autograd==1.9.1 casadi==3.8.2 pytensor==3.0.7 tinygrad==0.14.0 sympy==1.14.0 numpy==2.4.6
cat > ask.py <<'EOF'
import math
import os
import sys
import warnings

warnings.simplefilter("ignore")
os.environ.update(DEV="PYTHON", JAX_PLATFORMS="cpu", JAX_ENABLE_X64="1", PYTENSOR_FLAGS="cxx=")

import autograd
import autograd.numpy as anp
import casadi as ca
import jax
import jax.numpy as jnp
import numpy as np
import pytensor
import pytensor.tensor as pt
import sympy as sp
import tinygrad
from autograd.scipy.special import logsumexp as anp_logsumexp

np.seterr(all="ignore")
inf, nan = math.inf, math.nan

# What is asked: the label, the expression, where; "2" after it asks for the second derivative.
ROWS = """
abs(x), x = 0 | abs(a) | 0
relu(x), x = 0 | relu(a) | 0
relu6(x), x = 6 | relu6(a) | 6
leaky_relu(x, 0.1), x = 0 | leaky_relu(a, 0.1) | 0
elu(x, 2), x = 0 | elu(a, 2.0) | 0
hardtanh(x), x = 1 | hardtanh(a) | 1
clamp(x, 0, 1), x = 0 | clip(a, 0.0, 1.0) | 0
clamp(x, 0, 1), x = 1 | clip(a, 0.0, 1.0) | 1
maximum(x, y), x = y = 0 | maximum(a, b) | 0 0
max(maximum(x, y), z), x = y = z = 0 | maximum(maximum(a, b), c) | 0 0 0
max(v), v = 2, 2, 1 | vmax(vector(a, b, c)) | 2 2 1
sort(v)[0], v = 2, 2 | sort(vector(a, b))[0] | 2 2
sqrt(x), x = 0 | sqrt(a) | 0
x ** 0.0, x = 0 | a ** 0.0 | 0
x ** y, x = y = 0 | a ** b | 0 0
x ** y, x = -2, y = 2 | a ** b | -2 2
norm(v), v = 0, 0 | norm(vector(a, b)) | 0 0
norm(v, 1), v = 0, 0 | norm1(vector(a, b)) | 0 0
atan2(y, x), x = y = 0 | atan2(a, b) | 0 0
sinc(x), x = 0 | sinc(a) | 0
prod(v), v = 2, 0, 3 | prod(vector(a, b, c)) | 2 0 3
std(v), v = 2, 2, 2 | std(vector(a, b, c)) | 2 2 2
std(v), v = 0.1, 0.1, 0.1 | std(vector(a, b, c)) | 0.1 0.1 0.1
var(v), v = 2, 2, 2 | var(vector(a, b, c)) | 2 2 2
x * log(x), x = 0 | a * log(a) | 0
log(x), x = -1 | log(a) | -1
log1p(x), x = -1 | log1p(a) | -1
log(1 + exp(x)), x = 1000 | log(1 + exp(a)) | 1000
softplus(x), x = 1000 | softplus(a) | 1000
logsumexp(v), v = -inf, -inf | logsumexp(vector(a, b)) | -inf -inf
where(x > 0, sqrt(x), 0), x = 0 | where(a > 0, sqrt(a), 0.0) | 0
det(A), A = 1, 2; 2, 4 | det(a, b, c, d) | 1 2 2 4
clamp(1 - x, min=0), x = 1 | clip(1 - a, 0.0, inf) | 1
relu(1 - x), x = 1 | relu(1 - a) | 1
maximum(1 - x, 0), x = 1 | maximum(1 - a, zero) | 1
abs(x), x = nan | abs(a) | nan
(x * abs(x))'', x = 0 | a * abs(a) | 0 2
(maximum(x, 0) ** 2)'', x = 0 | maximum(a, zero) ** 2 | 0 2
"""


def show(value):
    value = float(value)
    return "nan" if math.isnan(value) else f"{value + 0.0:.3g}"


def of_jax():
    nn = jax.nn
    names = dict(
        abs=jnp.abs, relu=nn.relu, relu6=nn.relu6, leaky_relu=nn.leaky_relu, elu=nn.elu, hardtanh=nn.hard_tanh,
        clip=jnp.clip, maximum=jnp.maximum, vmax=jnp.max, sort=jnp.sort, sqrt=jnp.sqrt, norm=jnp.linalg.norm,
        norm1=lambda v: jnp.linalg.norm(v, 1), atan2=jnp.arctan2, sinc=jnp.sinc, prod=jnp.prod, zero=0.0,
        std=lambda v: jnp.std(v, ddof=1), var=lambda v: jnp.var(v, ddof=1), log=jnp.log, log1p=jnp.log1p,
        exp=jnp.exp, softplus=nn.softplus, logsumexp=nn.logsumexp, where=jnp.where,
        vector=lambda *each: jnp.stack(each), det=lambda a, b, c, d: jnp.linalg.det(jnp.array([[a, b], [c, d]])),
    )  # fmt: skip

    def slopes(f, at, order):
        if order == 2:
            return [jax.grad(jax.grad(f))(*at)]
        return jax.grad(f, argnums=tuple(range(len(at))))(*at)

    return names, slopes


def of_autograd():
    names = dict(
        abs=anp.abs, clip=anp.clip, maximum=anp.maximum, vmax=anp.max, sort=anp.sort, sqrt=anp.sqrt, zero=0.0,
        norm=anp.linalg.norm, atan2=anp.arctan2, sinc=anp.sinc, prod=anp.prod, std=lambda v: anp.std(v, ddof=1),
        var=lambda v: anp.var(v, ddof=1), log=anp.log, log1p=anp.log1p, exp=anp.exp, logsumexp=anp_logsumexp,
        where=anp.where, vector=lambda *each: anp.array(each),
        det=lambda a, b, c, d: anp.linalg.det(anp.array([[a, b], [c, d]])),
    )  # fmt: skip

    def slopes(f, at, order):
        if order == 2:
            return [autograd.grad(autograd.grad(f))(*at)]
        return [autograd.grad(f, place)(*at) for place in range(len(at))]

    return names, slopes


def of_casadi():
    names = dict(
        abs=ca.fabs, maximum=ca.fmax, zero=0.0, vmax=ca.mmax, sqrt=ca.sqrt, norm=ca.norm_2, norm1=ca.norm_1,
        atan2=ca.atan2, log=ca.log, log1p=ca.log1p, exp=ca.exp, logsumexp=ca.logsumexp, where=ca.if_else,
        vector=ca.vertcat, det=lambda a, b, c, d: ca.det(ca.vertcat(ca.horzcat(a, b), ca.horzcat(c, d))),
    )  # fmt: skip

    def slopes(f, at, order):
        symbols = [ca.SX.sym("x") for _ in at]
        y = f(*symbols)
        for _ in range(order):
            y = ca.jacobian(y, ca.vertcat(*symbols))
        return np.array(ca.Function("f", symbols, [y])(*at)).ravel()

    return names, slopes


def of_pytensor():
    names = dict(
        abs=pt.abs, clip=pt.clip, maximum=pt.maximum, zero=0.0, vmax=pt.max, sort=pt.sort, sqrt=pt.sqrt,
        norm=pt.linalg.norm, norm1=lambda v: pt.linalg.norm(v, 1), atan2=pt.arctan2, prod=pt.prod,
        std=lambda v: pt.std(v, ddof=1), var=lambda v: pt.var(v, ddof=1), log=pt.log, log1p=pt.log1p, exp=pt.exp,
        softplus=pt.softplus, logsumexp=pt.logsumexp, where=pt.switch, vector=lambda *each: pt.stack(each),
    )  # fmt: skip

    def slopes(f, at, order):
        symbols = [pt.dscalar() for _ in at]
        y = f(*symbols)
        for _ in range(order - 1):
            y = pytensor.grad(y, symbols[0])
        return [pytensor.function(symbols, each)(*at) for each in pytensor.grad(y, symbols)]

    return names, slopes


def of_tinygrad():
    def method(name):
        return lambda x, *rest: getattr(x, name)(*rest)

    names = {
        name: method(name)
        for name in ("abs", "relu", "relu6", "leaky_relu", "elu", "hardtanh", "maximum", "sqrt", "prod", "std")
        + ("var", "log", "exp", "softplus", "logsumexp")
    } | dict(
        clip=method("clamp"), vmax=method("max"), sort=lambda v: v.sort()[0], zero=0.0,
        where=lambda test, yes, no: test.where(yes, no),
        vector=lambda first, *rest: first.cat(*rest),
    )  # fmt: skip

    def slopes(f, at, order):
        leaves = [tinygrad.Tensor([value]) for value in at]
        y = f(*leaves).sum()
        for _ in range(order - 1):
            y = y.gradient(leaves[0])[0].sum()
        return [each.item() for each in y.gradient(*leaves)]

    return names, slopes


def of_sympy():
    names = dict(
        abs=sp.Abs, maximum=sp.Max, zero=sp.Integer(0), sqrt=sp.sqrt, atan2=sp.atan2, log=sp.log, exp=sp.exp,
        sinc=lambda x: sp.sinc(sp.pi * x), vmax=lambda v: sp.Max(*v), vector=lambda *each: each,
        where=lambda test, yes, no: sp.Piecewise((yes, test), (no, True)),
        det=lambda a, b, c, d: sp.Matrix([[a, b], [c, d]]).det(),
    )  # fmt: skip

    def slopes(f, at, order):
        symbols = sp.symbols(f"x:{len(at)}", real=True)
        place = {symbol: sp.nsimplify(value) for symbol, value in zip(symbols, at)}
        found = [sp.diff(f(*symbols), symbol, order).subs(place) for symbol in symbols]
        return [nan if each is sp.nan else inf if each is sp.zoo else each for each in found]

    return names, slopes


LIBRARIES = dict(
    jax=of_jax(), autograd=of_autograd(), casadi=of_casadi(), pytensor=of_pytensor(), tinygrad=of_tinygrad(),
    sympy=of_sympy(),
)  # fmt: skip
BUILT_IN = {"a", "b", "c", "d", "inf"}

for row in ROWS.strip().splitlines():
    label, expression, place = row.split(" | ")
    code = compile(expression, label, "eval")
    letters = [letter for letter in "abcd" if letter in code.co_names]
    numbers = [float(each) for each in place.split()]
    at, order = numbers[: len(letters)], 2 if len(numbers) > len(letters) else 1
    answers = []
    for library, (names, slopes) in LIBRARIES.items():
        if not set(code.co_names) - BUILT_IN <= names.keys():
            continue  # not offered under any name
        if library == "sympy" and not all(map(math.isfinite, at)):
            continue

        def f(*given):
            return eval(code, {**names, "inf": inf, **dict(zip(letters, given))})

        try:
            answer = " ".join(map(show, slopes(f, at, order)))
        except Exception as error:
            answer = "error"
            if "-v" in sys.argv:
                print(label, library, type(error).__name__, str(error)[:200], file=sys.stderr)
        answers.append(f"{library} {answer}")
    print(label, "|", " · ".join(answers), flush=True)
EOF
cat > record.txt <<'EOF'
abs(x), x = 0 | jax 1 · autograd 0 · casadi 0 · pytensor 0 · tinygrad 0 · sympy 0
relu(x), x = 0 | jax 0 · tinygrad 0
relu6(x), x = 6 | jax 0 · tinygrad 1
leaky_relu(x, 0.1), x = 0 | jax 1 · tinygrad 1
elu(x, 2), x = 0 | jax 2 · tinygrad 0
hardtanh(x), x = 1 | jax 1 · tinygrad 1
clamp(x, 0, 1), x = 0 | jax 0.5 · autograd 0 · pytensor 1 · tinygrad 1
clamp(x, 0, 1), x = 1 | jax 0.5 · autograd 0 · pytensor 1 · tinygrad 1
maximum(x, y), x = y = 0 | jax 0.5 0.5 · autograd 0.5 0.5 · casadi 0.5 0.5 · pytensor 1 0 · tinygrad 0.5 0.5 · sympy 0.5 0.5
max(maximum(x, y), z), x = y = z = 0 | jax 0.25 0.25 0.5 · autograd 0.25 0.25 0.5 · casadi 0.25 0.25 0.5 · pytensor 1 0 0 · tinygrad 0.25 0.25 0.5 · sympy 0.5 0.5 0.5
max(v), v = 2, 2, 1 | jax 0.5 0.5 0 · autograd 0.5 0.5 0 · casadi 0.5 0.5 0 · pytensor 1 1 0 · tinygrad 0.5 0.5 0 · sympy 0.5 0.5 0
sort(v)[0], v = 2, 2 | jax 1 0 · autograd 1 0 · pytensor 1 0 · tinygrad 0.5 0.5
sqrt(x), x = 0 | jax inf · autograd error · casadi inf · pytensor inf · tinygrad inf · sympy inf
x ** 0.0, x = 0 | jax nan · autograd 0 · casadi 0 · pytensor 0 · tinygrad 0 · sympy 0
x ** y, x = y = 0 | jax nan 0 · autograd 0 0 · casadi nan -inf · pytensor nan 0 · tinygrad 0 0 · sympy nan inf
x ** y, x = -2, y = 2 | jax -4 nan · autograd -4 nan · casadi -4 nan · pytensor -4 nan · tinygrad -4 nan · sympy error
norm(v), v = 0, 0 | jax nan nan · autograd nan nan · casadi nan nan · pytensor nan nan
norm(v, 1), v = 0, 0 | jax 1 1 · casadi 0 0 · pytensor 0 0
atan2(y, x), x = y = 0 | jax nan nan · autograd nan nan · casadi nan nan · pytensor nan nan · sympy inf 0
sinc(x), x = 0 | jax 0 · autograd nan · sympy nan
prod(v), v = 2, 0, 3 | jax 0 6 0 · autograd 0 nan 0 · pytensor 0 6 0 · tinygrad 0 6 0
std(v), v = 2, 2, 2 | jax nan nan nan · autograd nan nan nan · pytensor nan nan nan · tinygrad nan nan nan
std(v), v = 0.1, 0.1, 0.1 | jax nan nan nan · autograd -0.408 -0.408 -0.408 · pytensor nan nan nan · tinygrad 2.23e-09 2.23e-09 2.23e-09
var(v), v = 2, 2, 2 | jax 0 0 0 · autograd 0 0 0 · pytensor 0 0 0 · tinygrad 0 0 0
x * log(x), x = 0 | jax nan · autograd nan · casadi -inf · pytensor -inf · tinygrad -inf · sympy inf
log(x), x = -1 | jax -1 · autograd -1 · casadi -1 · pytensor -1 · tinygrad -1 · sympy -1
log1p(x), x = -1 | jax inf · autograd inf · casadi inf · pytensor inf
log(1 + exp(x)), x = 1000 | jax nan · autograd nan · casadi nan · pytensor 1 · tinygrad 1 · sympy 1
softplus(x), x = 1000 | jax 1 · pytensor 1 · tinygrad 1
logsumexp(v), v = -inf, -inf | jax nan nan · autograd nan nan · casadi nan nan · pytensor nan nan · tinygrad nan nan
where(x > 0, sqrt(x), 0), x = 0 | jax nan · autograd error · casadi 0 · pytensor 0 · tinygrad nan · sympy 0
det(A), A = 1, 2; 2, 4 | jax 4 -2 -2 1 · autograd error · casadi 4 -2 -2 1 · sympy 4 -2 -2 1
clamp(1 - x, min=0), x = 1 | jax -0.5 · autograd 0 · pytensor -1 · tinygrad -1
relu(1 - x), x = 1 | jax 0 · tinygrad 0
maximum(1 - x, 0), x = 1 | jax -0.5 · autograd -0.5 · casadi -0.5 · pytensor -1 · tinygrad -0.5 · sympy -0.5
abs(x), x = nan | jax -1 · autograd nan · casadi nan · pytensor nan · tinygrad 1
(x * abs(x))'', x = 0 | jax 2 · autograd 0 · casadi 0 · pytensor 0 · tinygrad 0 · sympy 0
(maximum(x, 0) ** 2)'', x = 0 | jax 0.5 · autograd 0.5 · casadi 0.5 · pytensor 2 · tinygrad 0.5 · sympy 0.5
EOF
PYTHONPATH=$folder/lib "$python" ask.py | tee seen.txt
diff record.txt seen.txt  # asserts that nothing has changed
