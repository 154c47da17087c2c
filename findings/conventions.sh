#!/usr/bin/env bash
# Finding: Where a derivative is conventional, absent or treacherous, twelve libraries answer in up to five
#   ways.
# Versions: jax 0.10.2, jaxlib 0.10.2, autograd 1.9.1, casadi 3.8.2, pytensor 3.0.7, tinygrad 0.14.0, sympy
#   1.14.0, tensorflow-cpu 2.21.0, paddlepaddle 3.3.1, mlx 0.32.4 and mlx-cpu 0.32.4 with numpy 2.4.6; mindspore
#   2.10.0 with numpy 1.26.4; mxnet 1.9.1 and chainer 7.8.1 with numpy 1.23.5, setuptools 69.5.1, wheel 0.45.1;
#   Python 3.11; seen on 2026-12-01
# Guess: libraries agree wherever mathematics leaves a choice, and say nan where there is nothing to choose.
# Seen: of the 127 questions below, 22 get one answer; the last lines of this file are the whole record.
#   "error" stands for an exception and "None" for the None that a library hands back; a library that does not
#   offer the function is left out, and so is one whose slope of it is wrong everywhere, not just there: mxnet
#   says 0 for std, var, pinv, eigvalsh and eigh, autograd nan for the largest absolute value of a list, and
#   paddle what its memory held for x[[0, 0]] = v in float64, so that it is asked by its index_put. tinygrad and
#   mindspore, some functions of which refuse float64, compute in float32, the others in float64.
# Why: each rule has its own tie: which side an inequality includes, whether equal elements share, whether 0
#   times inf is met.
# Source: JAX documents abs and clip, PyTorch its subgradients; most of the rest is not documented.
#   docs/convenios.md quotes the record beside what torch says.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib jax==0.10.2 jaxlib==0.10.2 autograd==1.9.1 casadi==3.8.2 pytensor==3.0.7 tinygrad==0.14.0 sympy==1.14.0 tensorflow-cpu==2.21.0 paddlepaddle==3.3.1 mlx==0.32.4 mlx-cpu==0.32.4 numpy==2.4.6
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib126 mindspore==2.10.0 numpy==1.26.4
# chainer is built here, by a setuptools that still has what it asks for; it also needs that one to be imported.
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=build setuptools==69.5.1 wheel==0.45.1
PYTHONPATH=$folder/build "$python" -m pip install --quiet --disable-pip-version-check --no-compile --no-build-isolation --target=lib123 mxnet==1.9.1 chainer==7.8.1 numpy==1.23.5 setuptools==69.5.1
cat > ask.py <<'EOF'
import math
import os
import subprocess
import sys
import warnings

warnings.simplefilter("ignore")
os.environ.update(
    DEV="PYTHON", JAX_PLATFORMS="cpu", JAX_ENABLE_X64="1", PYTENSOR_FLAGS="cxx=", CUDA_VISIBLE_DEVICES=""
)
inf, nan = math.inf, math.nan
LETTERS = "abcdefghi"

# Each library is asked in a process of its own, from a folder with the numpy that it bears.
LIBRARIES = dict(
    jax="lib", autograd="lib", casadi="lib", pytensor="lib", tinygrad="lib", sympy="lib", tensorflow="lib",
    paddle="lib", mlx="lib", mindspore="lib126", mxnet="lib123", chainer="lib123",
)  # fmt: skip

# What is asked: the label, the expression, where; "2" after it asks for the second derivative.
ROWS = """
abs(x), x = 0 | abs(a) | 0
relu(x), x = 0 | relu(a) | 0
relu(x), x = nan | relu(a) | nan
relu6(x), x = 0 | relu6(a) | 0
relu6(x), x = 6 | relu6(a) | 6
leaky_relu(x, 0.1), x = 0 | leaky_relu(a, 0.1) | 0
prelu(x, w), x = 0, w = 0.1 | prelu(a, b) | 0 0.1
elu(x), x = 0 | elu1(a) | 0
elu(x, 2), x = 0 | elu(a, 2.0) | 0
celu(x, 2), x = 0 | celu(a, 2.0) | 0
selu(x), x = 0 | selu(a) | 0
hardtanh(x), x = -1 | hardtanh(a) | -1
hardtanh(x), x = 1 | hardtanh(a) | 1
hardsigmoid(x), x = -3 | hardsigmoid(a) | -3
hardsigmoid(x), x = 3 | hardsigmoid(a) | 3
hardswish(x), x = -3 | hardswish(a) | -3
hardswish(x), x = 3 | hardswish(a) | 3
hardshrink(x), x = 0.5 | hardshrink(a) | 0.5
softshrink(x), x = 0.5 | softshrink(a) | 0.5
clamp(x, 0, 1), x = 0 | clip(a, 0.0, 1.0) | 0
clamp(x, 0, 1), x = 1 | clip(a, 0.0, 1.0) | 1
clamp(x, 1, 0), x = 0.5 | clip(a, 1.0, 0.0) | 0.5
clamp(x, 0, 0), x = 0 | clip(a, 0.0, 0.0) | 0
clamp(x, 0, 1), x = nan | clip(a, 0.0, 1.0) | nan
nan_to_num(x), x = nan | nan_to_num(a) | nan
round(x), x = 0.5 | round(a) | 0.5
floor(x), x = 1.5 | floor(a) | 1.5
sign(x), x = 1.5 | sign(a) | 1.5
heaviside(x, 0.5), x = 0 | heaviside(a, 0.5) | 0
copysign(x, y), x = 0, y = 1 | copysign(a, b) | 0 1
fmod(x, y), x = 6, y = 3 | fmod(a, b) | 6 3
remainder(x, y), x = 6, y = 3 | remainder(a, b) | 6 3
maximum(x, y), x = y = 0 | maximum(a, b) | 0 0
minimum(x, y), x = y = 0 | minimum(a, b) | 0 0
minimum(x, y), x = nan, y = 1 | minimum(a, b) | nan 1
fmax(x, y), x = y = 0 | fmax(a, b) | 0 0
max(maximum(x, y), z), x = y = z = 0 | maximum(maximum(a, b), c) | 0 0 0
max(v), v = 2, 2, 1 | vmax(vector(a, b, c)) | 2 2 1
max(v, dim=0), v = 2, 2, 1 | vmax0(vector(a, b, c)) | 2 2 1
amax(v), v = 2, 2, 1 | amax(vector(a, b, c)) | 2 2 1
max(v), v = nan, 1 | vmax(vector(a, b)) | nan 1
amax(v), v = nan, 1 | amax(vector(a, b)) | nan 1
sort(v)[0], v = 2, 2 | sort(vector(a, b))[0] | 2 2
topk(v, 1)[0], v = 2, 2, 1 | topk(vector(a, b, c), 1)[0] | 2 2 1
median(v), v = 1, 2, 2 | median(vector(a, b, c)) | 1 2 2
median(v), v = 1, 2, 2, 2, 3 | median(vector(a, b, c, d, e)) | 1 2 2 2 3
median(v), v = 1, 2, 3, 4 | median(vector(a, b, c, d)) | 1 2 3 4
cummax(v)[1], v = 1, 1 | cummax(vector(a, b))[1] | 1 1
max_pool1d(v, 2)[0], v = 1, 1 | maxpool(vector(a, b))[0] | 1 1
sqrt(x), x = 0 | sqrt(a) | 0
sqrt(x), x = -0.0 | sqrt(a) | -0.0
x ** 0.5, x = 0 | a ** 0.5 | 0
x ** 0, x = 0 | a ** 0 | 0
x ** 0.0, x = 0 | a ** 0.0 | 0
x ** y, x = y = 0 | a ** b | 0 0
x ** y, x = -2, y = 2 | a ** b | -2 2
x ** y, x = 0, y = 2 | a ** b | 0 2
norm(v), v = 0, 0 | norm(vector(a, b)) | 0 0
norm(v, 1), v = 0, 0 | norm1(vector(a, b)) | 0 0
norm(v, inf), v = 0, 0, 0 | norm_inf(vector(a, b, c)) | 0 0 0
norm(v, inf), v = 2, -2, 1 | norm_inf(vector(a, b, c)) | 2 -2 1
norm(v, 0.5), v = 0, 0 | norm_p(vector(a, b), 0.5) | 0 0
norm(v, 0.5), v = 0, 4 | norm_p(vector(a, b), 0.5) | 0 4
norm(v, 1.5), v = 0, 4 | norm_p(vector(a, b), 1.5) | 0 4
hypot(x, y), x = y = 0 | hypot(a, b) | 0 0
normalize(v)[0], v = 0, 0 | normalize(vector(a, b))[0] | 0 0
cosine_similarity(v, w), v = 0, 0, w = 3, 4 | cosine(vector(a, b), vector(c, d)) | 0 0 3 4
atan2(y, x), x = y = 0 | atan2(a, b) | 0 0
sinc(x), x = 0 | sinc(a) | 0
prod(v), v = 2, 0, 3 | prod(vector(a, b, c)) | 2 0 3
prod(v), v = 2, 0, 0 | prod(vector(a, b, c)) | 2 0 0
prod(v), v = 1e-200, 1e-200, 1e200 | prod(vector(a, b, c)) | 1e-200 1e-200 1e200
sum(cumprod(v)), v = 2, 0, 3 | total(cumprod(vector(a, b, c))) | 2 0 3
std(v), v = 2, 2, 2 | std(vector(a, b, c)) | 2 2 2
std(v), v = 0.1, 0.1, 0.1 | std(vector(a, b, c)) | 0.1 0.1 0.1
var(v), v = 2, 2, 2 | var(vector(a, b, c)) | 2 2 2
std(v, correction=0), v = 2 | std0(vector(a)) | 2
x * log(x), x = 0 | a * log(a) | 0
xlogy(x, y), x = y = 0 | xlogy(a, b) | 0 0
xlogy(x, y), x = 0, y = 0.5 | xlogy(a, b) | 0 0.5
entr(x), x = 0 | entr(a) | 0
log(x), x = -1 | log(a) | -1
log1p(x), x = -1 | log1p(a) | -1
log(1 + exp(x)), x = 1000 | log(1 + exp(a)) | 1000
softplus(x), x = 1000 | softplus(a) | 1000
log(sigmoid(x)), x = -1000 | log(sigmoid(a)) | -1000
logsigmoid(x), x = -1000 | logsigmoid(a) | -1000
silu(x), x = -1000 | silu(a) | -1000
sigmoid(x), x = 20 | sigmoid(a) | 20
i0(x), x = 0 | i0(a) | 0
i1(x), x = 0 | i1(a) | 0
logsumexp(v), v = -inf, -inf | logsumexp(vector(a, b)) | -inf -inf
logsumexp(v), v = -inf, 0 | logsumexp(vector(a, b)) | -inf 0
logcumsumexp(v)[1], v = -inf, 0 | logcumsumexp(vector(a, b))[1] | -inf 0
logaddexp(x, y), x = inf, y = 0 | logaddexp(a, b) | inf 0
log(softmax(v)[1]), v = 0, -1000 | log(softmax(vector(a, b))[1]) | 0 -1000
log_softmax(v)[1], v = 0, -inf | log_softmax(vector(a, b))[1] | 0 -inf
binary_cross_entropy(p, 1), p = 0 | bce(a, 1.0) | 0
binary_cross_entropy(p, 1), p = 1 | bce(a, 1.0) | 1
huber_loss(x, 0), x = 1 | huber(a, 0.0) | 1
smooth_l1_loss(x, 0), x = 1 | smooth_l1(a, 0.0) | 1
margin_ranking_loss(x, y, 1), x = y = 0 | margin_ranking(a, b, 1.0) | 0 0
triplet_margin_loss(v, p, n), v = p = 0, 0, n = 0.5, 0 | triplet(vector(a, b), 0.5) | 0 0
where(x > 0, sqrt(x), 0), x = 0 | where(a > 0, sqrt(a), 0.0) | 0
where(x > 0, log(x), 0), x = 0 | where(a > 0, log(a), 0.0) | 0
det(A), A = 1, 2; 2, 4 | det(matrix(a, b, c, d)) | 1 2 2 4
det(A), A = 0, 0, 0; 0, 1, 0; 0, 0, 1 | det(matrix(a, b, c, d, e, f, g, h, i)) | 0 0 0 0 1 0 0 0 1
pinv(A).sum(), A = 1, 0; 0, 0 | total(pinv(matrix(a, b, c, d))) | 1 0 0 0
matrix_exp(A).sum(), A = 0, 0; 0, 0 | total(expm(matrix(a, b, c, d))) | 0 0 0 0
cholesky(A).sum(), A = 1, 0; 0, 1 | total(cholesky(matrix(a, b, c, d))) | 1 0 0 1
eigvalsh(A)[0], A = 1, 0; 0, 1 | eigvalsh(matrix(a, b, c, d))[0] | 1 0 0 1
eigh(A)[1][0, 0], A = 1, 0; 0, 1 | eigh(matrix(a, b, c, d))[0, 0] | 1 0 0 1
(U @ diag(S) @ Vh).sum(), A = 1, 0; 0, 1 | total(rebuilt(matrix(a, b, c, d))) | 1 0 0 1
v[[0, 0]].sum(), v = 1, 2 | total(twice(vector(a, b))) | 1 2
(x[[0, 0]] = v)[0], v = 1, 2 | put(vector(a, b))[0] | 1 2
scatter(x, 0, [0, 0], v)[0], v = 1, 2 | scatter(vector(a, b))[0] | 1 2
clamp(1 - x, min=0), x = 1 | clip(1 - a, 0.0, inf) | 1
relu(1 - x), x = 1 | relu(1 - a) | 1
maximum(1 - x, 0), x = 1 | maximum(1 - a, zero) | 1
abs(x), x = nan | abs(a) | nan
(x * abs(x))'', x = 0 | a * abs(a) | 0 2
(maximum(x, 0) ** 2)'', x = 0 | maximum(a, zero) ** 2 | 0 2
(relu(x) ** 2)'', x = 0 | relu(a) ** 2 | 0 2
elu(x)'', x = 0 | elu1(a) | 0 2
(x ** 1.0)'', x = 0 | a ** 1.0 | 0 2
sinc(x)'', x = 0 | sinc(a) | 0 2
(norm([x, x]) ** 2)'', x = 0 | norm(vector(a, a)) ** 2 | 0 2
""".strip().splitlines()


def square(each):
    """The shape of the square matrix of these numbers."""
    return (math.isqrt(len(each)),) * 2


def show(value):
    if value is None:
        return "None"
    value = float(value)
    return "nan" if math.isnan(value) else f"{value + 0.0:.3g}"


def of_jax():
    import jax
    import jax.numpy as jnp

    nn, special = jax.nn, jax.scipy.special

    def rebuilt(m):
        u, s, vh = jnp.linalg.svd(m)
        return u @ jnp.diag(s) @ vh

    names = dict(
        abs=jnp.abs, relu=nn.relu, relu6=nn.relu6, leaky_relu=nn.leaky_relu, elu=nn.elu, celu=nn.celu,
        selu=nn.selu, hardtanh=nn.hard_tanh, hardswish=nn.hard_swish, clip=jnp.clip, round=jnp.round,
        maximum=jnp.maximum, minimum=jnp.minimum, fmax=jnp.fmax, vmax=jnp.max, vmax0=lambda v: jnp.max(v, 0),
        sort=jnp.sort, topk=lambda v, k: jax.lax.top_k(v, k)[0], median=jnp.median, cummax=jax.lax.cummax,
        maxpool=lambda v: jax.lax.reduce_window(v, -inf, jax.lax.max, (2,), (2,), "valid"), sqrt=jnp.sqrt,
        norm=jnp.linalg.norm, norm1=lambda v: jnp.linalg.norm(v, 1), norm_inf=lambda v: jnp.linalg.norm(v, inf),
        atan2=jnp.arctan2, sinc=jnp.sinc, prod=jnp.prod, cumprod=jnp.cumprod, total=jnp.sum,
        std=lambda v: jnp.std(v, ddof=1), var=lambda v: jnp.var(v, ddof=1), xlogy=special.xlogy, log=jnp.log,
        log1p=jnp.log1p, exp=jnp.exp, softplus=nn.softplus, sigmoid=nn.sigmoid, logsigmoid=nn.log_sigmoid,
        silu=nn.silu, logsumexp=nn.logsumexp, softmax=nn.softmax, where=jnp.where, zero=0.0,
        vector=lambda *each: jnp.stack(each), hardsigmoid=nn.hard_sigmoid, elu1=nn.elu,
        amax=jnp.amax, nan_to_num=jnp.nan_to_num, floor=jnp.floor, sign=jnp.sign, heaviside=jnp.heaviside,
        copysign=jnp.copysign, fmod=jnp.fmod, remainder=jnp.remainder, norm_p=jnp.linalg.norm, hypot=jnp.hypot,
        std0=jnp.std, entr=special.entr, i0=special.i0, i1=special.i1, logcumsumexp=jax.lax.cumlogsumexp,
        logaddexp=jnp.logaddexp, log_softmax=nn.log_softmax,
        matrix=lambda *each: jnp.stack(each).reshape(square(each)),
        det=jnp.linalg.det, pinv=jnp.linalg.pinv, expm=jax.scipy.linalg.expm, cholesky=jnp.linalg.cholesky,
        eigvalsh=jnp.linalg.eigvalsh, eigh=lambda m: jnp.linalg.eigh(m)[1], rebuilt=rebuilt,
        twice=lambda v: v[jnp.array([0, 0])], put=lambda v: jnp.zeros(2).at[jnp.array([0, 0])].set(v),
    )  # fmt: skip

    def slopes(f, at, order):
        if order == 2:
            return [jax.grad(jax.grad(f))(*at)]
        return jax.grad(f, argnums=tuple(range(len(at))))(*at)

    return names, slopes


def of_autograd():
    import autograd
    import autograd.numpy as anp
    from autograd.scipy import special

    names = dict(
        abs=anp.abs, clip=anp.clip, round=anp.round, maximum=anp.maximum, minimum=anp.minimum, fmax=anp.fmax,
        vmax=anp.max, vmax0=lambda v: anp.max(v, axis=0), sort=anp.sort, sqrt=anp.sqrt, norm=anp.linalg.norm,
        atan2=anp.arctan2, sinc=anp.sinc, prod=anp.prod,
        std=lambda v: anp.std(v, ddof=1), var=lambda v: anp.var(v, ddof=1), log=anp.log, log1p=anp.log1p,
        exp=anp.exp, logsumexp=special.logsumexp, where=anp.where, zero=0.0, vector=lambda *each: anp.array(each),
        amax=anp.amax, nan_to_num=anp.nan_to_num, floor=anp.floor, sign=anp.sign, remainder=anp.remainder,
        norm_p=anp.linalg.norm, hypot=anp.hypot, std0=anp.std, i0=special.i0, i1=special.i1,
        logaddexp=anp.logaddexp, matrix=lambda *each: anp.array(each).reshape(square(each)), det=anp.linalg.det,
        total=anp.sum,
        pinv=anp.linalg.pinv, cholesky=anp.linalg.cholesky, eigvalsh=lambda m: anp.linalg.eigh(m)[0],
        eigh=lambda m: anp.linalg.eigh(m)[1], twice=lambda v: v[[0, 0]],
    )  # fmt: skip

    def slopes(f, at, order):
        if order == 2:
            return [autograd.grad(autograd.grad(f))(*at)]
        return [autograd.grad(f, place)(*at) for place in range(len(at))]

    return names, slopes


def of_casadi():
    import casadi as ca

    names = dict(
        abs=ca.fabs, maximum=ca.fmax, minimum=ca.fmin, zero=0.0, vmax=ca.mmax, sqrt=ca.sqrt, norm=ca.norm_2,
        norm1=ca.norm_1, norm_inf=ca.norm_inf, atan2=ca.atan2, log=ca.log, log1p=ca.log1p, exp=ca.exp,
        logsumexp=ca.logsumexp, where=ca.if_else, vector=ca.vertcat,
        floor=ca.floor, sign=ca.sign, heaviside=lambda x, half: ca.heaviside(x), copysign=ca.copysign,
        fmod=ca.fmod, hypot=ca.hypot, matrix=lambda *each: ca.reshape(ca.vertcat(*each), *square(each)).T,
        det=ca.det, total=ca.sum,
        cholesky=ca.chol, twice=lambda v: v[[0, 0]],
    )  # fmt: skip

    def slopes(f, at, order):
        symbols = [ca.SX.sym("x") for _ in at]
        y = f(*symbols)
        for _ in range(order):
            y = ca.jacobian(y, ca.vertcat(*symbols))
        return ca.Function("f", symbols, [y])(*at).full().ravel()

    return names, slopes


def of_pytensor():
    import pytensor
    import pytensor.tensor as pt
    from pytensor.tensor.special import log_softmax, softmax, xlogy

    def rebuilt(m):
        u, s, vh = pt.linalg.svd(m, full_matrices=False)
        return u @ pt.diag(s) @ vh

    names = dict(
        abs=pt.abs, clip=pt.clip, round=pt.round, maximum=pt.maximum, minimum=pt.minimum, zero=0.0, vmax=pt.max,
        vmax0=lambda v: pt.max(v, axis=0), sort=pt.sort, median=pt.median, sqrt=pt.sqrt, norm=pt.linalg.norm,
        norm1=lambda v: pt.linalg.norm(v, 1), norm_inf=lambda v: pt.linalg.norm(v, inf), atan2=pt.arctan2,
        prod=pt.prod, cumprod=pt.cumprod, total=pt.sum, std=lambda v: pt.std(v, ddof=1),
        var=lambda v: pt.var(v, ddof=1), xlogy=xlogy, log=pt.log, log1p=pt.log1p, exp=pt.exp,
        softplus=pt.softplus, sigmoid=pt.sigmoid, logsumexp=pt.logsumexp, softmax=softmax, where=pt.switch,
        vector=lambda *each: pt.stack(each), nan_to_num=pt.nan_to_num, floor=pt.floor, sign=pt.sign,
        remainder=pt.mod, norm_p=pt.linalg.norm, std0=pt.std, i0=pt.i0, i1=pt.i1, logaddexp=pt.logaddexp,
        log_softmax=log_softmax, matrix=lambda *each: pt.stack(each).reshape(square(each)), pinv=pt.linalg.pinv,
        expm=pt.linalg.expm, cholesky=pt.linalg.cholesky, eigvalsh=lambda m: pt.linalg.eigvalsh(m, None),
        eigh=lambda m: pt.linalg.eigh(m)[1], rebuilt=rebuilt, twice=lambda v: v[[0, 0]],
        put=lambda v: pt.set_subtensor(pt.zeros(2)[[0, 0]], v),
    )  # fmt: skip

    def slopes(f, at, order):
        symbols = [pt.dscalar() for _ in at]
        y = f(*symbols)
        for _ in range(order - 1):
            y = pytensor.grad(y, symbols[0])
        return [pytensor.function(symbols, each)(*at) for each in pytensor.grad(y, symbols)]

    return names, slopes


def of_tinygrad():
    from tinygrad import Tensor

    def method(name):
        return lambda x, *rest: getattr(x, name)(*rest)

    names = {
        name: method(name)
        for name in ("abs", "relu", "relu6", "leaky_relu", "elu", "celu", "selu", "hardtanh", "hardswish", "round")
        + ("maximum", "minimum", "sqrt", "prod", "std", "var", "log", "exp", "softplus", "sigmoid", "logsigmoid")
        + ("silu", "logsumexp", "softmax", "hardsigmoid", "floor", "sign", "copysign", "fmod", "logaddexp")
        + ("logcumsumexp", "log_softmax")
    } | dict(
        clip=method("clamp"), vmax=method("max"), vmax0=lambda v: v.max(0), sort=lambda v: v.sort()[0],
        topk=lambda v, k: v.topk(k)[0], cummax=lambda v: v.cummax()[0], zero=0.0, total=method("sum"),
        maxpool=lambda v: v.reshape(1, 1, 1, -1).max_pool2d((1, 2)).flatten(), cumprod=lambda v: v.cumprod(0),
        normalize=lambda v: v.normalize(dim=0), bce=lambda p, y: p.binary_crossentropy(Tensor([y])),
        where=lambda test, yes, no: test.where(yes, no), vector=lambda first, *rest: first.cat(*rest),
        elu1=method("elu"), remainder=method("mod"), std0=lambda v: v.std(correction=0),
        twice=lambda v: v[Tensor([0, 0])], scatter=lambda v: Tensor.zeros(2).scatter(0, Tensor([0, 0]), v),
    )  # fmt: skip

    def slopes(f, at, order):
        leaves = [Tensor([value]) for value in at]
        y = f(*leaves).sum()
        for _ in range(order - 1):
            y = y.gradient(leaves[0])[0].sum()
        return [each.clone().item() for each in y.gradient(*leaves)]  # a constant has no device of its own

    return names, slopes


def of_sympy():
    import sympy as sp

    names = dict(
        abs=sp.Abs, maximum=sp.Max, minimum=sp.Min, zero=sp.Integer(0), sqrt=sp.sqrt, atan2=sp.atan2, log=sp.log,
        exp=sp.exp, sinc=lambda x: sp.sinc(sp.pi * x), vmax=lambda v: sp.Max(*v), vector=lambda *each: each,
        where=lambda test, yes, no: sp.Piecewise((yes, test), (no, True)),
        sign=sp.sign, heaviside=lambda x, half: sp.Heaviside(x), det=sp.det,
        i0=lambda x: sp.besseli(0, x), i1=lambda x: sp.besseli(1, x),
        matrix=lambda *each: sp.Matrix(*square(each), each),
    )  # fmt: skip

    def slopes(f, at, order):
        symbols = sp.symbols(f"x:{len(at)}", real=True)
        place = {symbol: sp.nsimplify(value) for symbol, value in zip(symbols, at)}
        found = [sp.diff(f(*symbols), symbol, order).subs(place) for symbol in symbols]
        return [nan if each is sp.nan else inf if each is sp.zoo else each for each in found]

    return names, slopes


def of_tensorflow():
    import tensorflow as tf

    nn, activations, losses, ops = tf.nn, tf.keras.activations, tf.keras.losses, tf.keras.ops

    def rebuilt(m):
        s, u, v = tf.linalg.svd(m)
        return u @ tf.linalg.diag(s) @ tf.transpose(v)

    names = dict(
        abs=tf.abs, relu=nn.relu, relu6=nn.relu6, leaky_relu=nn.leaky_relu, elu=activations.elu,
        celu=activations.celu, selu=nn.selu, hardtanh=activations.hard_tanh, hardswish=activations.hard_swish,
        clip=tf.clip_by_value, round=tf.round, maximum=tf.maximum, minimum=tf.minimum, vmax=tf.reduce_max,
        vmax0=lambda v: tf.reduce_max(v, 0), sort=tf.sort, topk=lambda v, k: tf.math.top_k(v, k).values,
        maxpool=lambda v: tf.reshape(nn.max_pool1d(tf.reshape(v, (1, -1, 1)), 2, 2, "VALID"), (-1,)),
        sqrt=tf.sqrt, norm=tf.norm, norm1=lambda v: tf.norm(v, 1), norm_inf=lambda v: tf.norm(v, inf),
        normalize=nn.l2_normalize, cosine=lambda v, w: -losses.cosine_similarity(v, w), atan2=tf.atan2,
        sinc=tf.experimental.numpy.sinc, prod=tf.reduce_prod, cumprod=tf.math.cumprod, total=tf.reduce_sum,
        std=tf.math.reduce_std, var=tf.math.reduce_variance,  # divide by n, not by n - 1
        xlogy=tf.math.xlogy, log=tf.math.log, log1p=tf.math.log1p, exp=tf.exp, softplus=nn.softplus,
        sigmoid=nn.sigmoid, logsigmoid=tf.math.log_sigmoid, silu=nn.silu, logsumexp=tf.reduce_logsumexp,
        softmax=nn.softmax, bce=lambda p, y: losses.binary_crossentropy([y], tf.stack([p])),
        huber=lambda x, y: losses.huber([y], tf.stack([x])), where=tf.where, zero=0.0,
        vector=lambda *each: tf.stack(each), elu1=activations.elu, hardsigmoid=activations.hard_sigmoid,
        hardshrink=activations.hard_shrink, softshrink=activations.soft_shrink, amax=tf.experimental.numpy.amax,
        nan_to_num=ops.nan_to_num, floor=tf.floor, sign=tf.sign, heaviside=ops.heaviside, fmod=ops.fmod,
        remainder=tf.math.floormod, norm_p=tf.norm, hypot=ops.hypot, std0=tf.math.reduce_std,
        i0=tf.math.bessel_i0, i1=tf.math.bessel_i1, logcumsumexp=tf.math.cumulative_logsumexp,
        logaddexp=ops.logaddexp, log_softmax=nn.log_softmax,
        matrix=lambda *each: tf.reshape(tf.stack(each), square(each)),
        det=tf.linalg.det, pinv=tf.linalg.pinv, expm=tf.linalg.expm, cholesky=tf.linalg.cholesky,
        eigvalsh=tf.linalg.eigvalsh, eigh=lambda m: tf.linalg.eigh(m)[1], rebuilt=rebuilt,
        twice=lambda v: tf.gather(v, [0, 0]),
        put=lambda v: tf.tensor_scatter_nd_update(tf.zeros(2, v.dtype), [[0], [0]], v),
    )  # fmt: skip

    def partials(f, x):
        with tf.GradientTape() as tape:
            tape.watch(x)
            y = f(*x)
        return tape.gradient(y, x)

    def slopes(f, at, order):
        x = [tf.constant(value, tf.float64) for value in at]
        return partials((lambda *x: partials(f, x)[0]) if order == 2 else f, x)

    return names, slopes


def of_paddle():
    import paddle
    import paddle.nn.functional as F

    full = paddle.full_like
    norm = paddle.linalg.vector_norm
    index = paddle.to_tensor([0, 0])

    def rebuilt(m):
        u, s, vh = paddle.linalg.svd(m)
        return u @ paddle.diag(s) @ vh

    def rows(v, n):
        return v.reshape((1, 2)), paddle.zeros((1, 2), v.dtype), paddle.to_tensor([[n, 0.0]], v.dtype)

    names = dict(
        abs=paddle.abs, relu=F.relu, relu6=F.relu6, leaky_relu=F.leaky_relu, elu=F.elu, celu=F.celu, selu=F.selu,
        hardtanh=F.hardtanh, hardswish=F.hardswish, clip=paddle.clip, round=paddle.round, maximum=paddle.maximum,
        minimum=paddle.minimum, fmax=paddle.fmax, vmax=paddle.max, vmax0=lambda v: paddle.max(v, 0),
        sort=paddle.sort, topk=lambda v, k: paddle.topk(v, k)[0], median=paddle.median,
        cummax=lambda v: paddle.cummax(v)[0], sqrt=paddle.sqrt, norm=norm, norm1=lambda v: norm(v, 1.0),
        maxpool=lambda v: F.max_pool1d(v.reshape((1, 1, -1)), 2).flatten(), norm_inf=lambda v: norm(v, inf),
        normalize=lambda v: F.normalize(v, axis=0), cosine=lambda v, w: F.cosine_similarity(v, w, axis=0),
        atan2=paddle.atan2, sinc=paddle.sinc, prod=paddle.prod, cumprod=lambda v: paddle.cumprod(v, 0),
        total=paddle.sum, std=paddle.std, var=paddle.var, log=paddle.log, log1p=paddle.log1p, exp=paddle.exp,
        softplus=F.softplus, sigmoid=F.sigmoid, logsigmoid=F.log_sigmoid, silu=F.silu, softmax=F.softmax,
        logsumexp=paddle.logsumexp, bce=lambda p, y: F.binary_cross_entropy(p, full(p, y)),
        huber=lambda x, y: F.smooth_l1_loss(x, full(x, y)), where=paddle.where,
        margin_ranking=lambda x, y, sign: F.margin_ranking_loss(x, y, full(x, sign)),
        zero=paddle.zeros((), "float64"), vector=lambda *each: paddle.stack(each),
        prelu=lambda x, w: F.prelu(x.reshape((1,)), w.reshape((1,))), elu1=F.elu, hardsigmoid=F.hardsigmoid,
        hardshrink=F.hardshrink, softshrink=F.softshrink, amax=paddle.amax, nan_to_num=paddle.nan_to_num,
        floor=paddle.floor, sign=paddle.sign, heaviside=lambda x, half: paddle.heaviside(x, full(x, half)),
        copysign=paddle.copysign, remainder=paddle.remainder, norm_p=norm, hypot=paddle.hypot,
        std0=lambda v: paddle.std(v, unbiased=False), i0=paddle.i0, i1=paddle.i1, logaddexp=paddle.logaddexp,
        logcumsumexp=paddle.logcumsumexp, log_softmax=F.log_softmax, det=paddle.linalg.det,
        smooth_l1=lambda x, y: F.smooth_l1_loss(x, full(x, y)), pinv=paddle.linalg.pinv,
        triplet=lambda v, n: F.triplet_margin_loss(*rows(v, n)), expm=paddle.linalg.matrix_exp,
        matrix=lambda *each: paddle.stack(each).reshape(square(each)), cholesky=paddle.linalg.cholesky,
        eigvalsh=paddle.linalg.eigvalsh, eigh=lambda m: paddle.linalg.eigh(m)[1], rebuilt=rebuilt,
        twice=lambda v: v[[0, 0]], put=lambda v: paddle.index_put(paddle.zeros((2,), v.dtype), (index,), v),
        scatter=lambda v: paddle.put_along_axis(paddle.zeros((2,), v.dtype), index, v, 0),
    )  # fmt: skip

    def slopes(f, at, order):
        x = [paddle.to_tensor(value, dtype="float64", stop_gradient=False) for value in at]
        y = f(*x)
        for _ in range(order - 1):
            y = paddle.grad(y, x, create_graph=True)[0]
        return paddle.grad(y, x, allow_unused=True)

    return names, slopes


def of_mlx():
    import mlx.core as mx
    from mlx import nn

    mx.set_default_device(mx.cpu)
    norm, losses = mx.linalg.norm, nn.losses

    def put(v):
        x = mx.zeros(2, v.dtype)
        x[mx.array([0, 0])] = v
        return x

    names = dict(
        abs=mx.abs, relu=nn.relu, relu6=nn.relu6, leaky_relu=nn.leaky_relu, elu=nn.elu, celu=nn.celu,
        selu=nn.selu, hardtanh=nn.hard_tanh, hardswish=nn.hardswish, clip=mx.clip, round=mx.round,
        maximum=mx.maximum, minimum=mx.minimum, vmax=mx.max, vmax0=lambda v: mx.max(v, 0), sort=mx.sort,
        topk=mx.topk, median=mx.median, cummax=mx.cummax, sqrt=mx.sqrt, norm=norm, norm1=lambda v: norm(v, 1),
        maxpool=lambda v: nn.MaxPool1d(2)(v.reshape(1, -1, 1)).flatten(), norm_inf=lambda v: norm(v, inf),
        cosine=lambda v, w: losses.cosine_similarity_loss(v, w, axis=0), atan2=mx.arctan2, prod=mx.prod,
        cumprod=mx.cumprod, total=mx.sum, std=lambda v: mx.std(v, ddof=1), var=lambda v: mx.var(v, ddof=1),
        log=mx.log, log1p=mx.log1p, exp=mx.exp, softplus=nn.softplus, sigmoid=mx.sigmoid,
        logsigmoid=nn.log_sigmoid, silu=nn.silu, logsumexp=mx.logsumexp, softmax=mx.softmax,
        bce=lambda p, y: losses.binary_cross_entropy(p, mx.array(y), with_logits=False),
        huber=lambda x, y: losses.huber_loss(x, mx.array(y)), where=mx.where, zero=0.0,
        margin_ranking=lambda x, y, sign: losses.margin_ranking_loss(x, y, mx.array(sign)),
        vector=lambda *each: mx.stack(each), prelu=nn.prelu, elu1=nn.elu, hardshrink=nn.hard_shrink,
        softshrink=nn.softshrink, floor=mx.floor, sign=mx.sign, remainder=mx.remainder,
        norm_p=norm, std0=mx.std, logcumsumexp=mx.logcumsumexp, logaddexp=mx.logaddexp,
        log_softmax=nn.log_softmax, smooth_l1=lambda x, y: losses.smooth_l1_loss(x, mx.array(y)),
        triplet=lambda v, n: losses.triplet_loss(v, mx.zeros(2), mx.array([n, 0.0])), det=mx.linalg.det,
        matrix=lambda *each: mx.stack(each).reshape(square(each)),
        twice=lambda v: v[mx.array([0, 0])], put=put,
    )  # fmt: skip

    def slopes(f, at, order):
        x = [mx.array(value, mx.float64) for value in at]
        if order == 2:
            return [mx.grad(mx.grad(f))(*x)]
        found = mx.grad(f, argnums=tuple(range(len(at))))(*x)
        return found if len(at) > 1 else [found]

    return names, slopes


def of_mindspore():
    import mindspore as ms
    from mindspore import ops

    ms.set_device("CPU")
    norm = ops.norm

    def tensor(value):
        return ms.Tensor(value, ms.float32)

    index = ms.Tensor([0, 0])

    def rebuilt(m):
        s, u, v = ops.svd(m)
        return u @ ops.diag(s) @ v.T

    names = dict(
        abs=ops.abs, relu=ops.relu, relu6=ops.relu6, leaky_relu=ops.leaky_relu, celu=ops.celu, selu=ops.selu,
        hardtanh=ops.hardtanh, hardswish=ops.hardswish, clip=ops.clamp, round=ops.round, maximum=ops.maximum,
        minimum=ops.minimum, fmax=ops.fmax, vmax=ops.amax, vmax0=lambda v: ops.max(v, 0)[0],
        sort=lambda v: ops.sort(v)[0], topk=lambda v, k: ops.topk(v, k)[0], median=lambda v: ops.median(v)[0],
        maxpool=lambda v: ops.max_pool2d(v.reshape(1, 1, 1, -1), (1, 2)).flatten(), sqrt=ops.sqrt, norm=norm,
        norm1=lambda v: norm(v, 1), norm_inf=lambda v: norm(v, inf), normalize=ops.L2Normalize(),
        cosine=lambda v, w: ops.cosine_similarity(v, w, 0), atan2=ops.atan2, sinc=ops.sinc, prod=ops.prod,
        cumprod=lambda v: ops.cumprod(v, 0), total=ops.sum, std=lambda v: ops.std(v, ddof=1),
        var=lambda v: ops.var(v, ddof=1), xlogy=ops.xlogy, log=ops.log, log1p=ops.log1p, exp=ops.exp,
        softplus=ops.softplus, sigmoid=ops.sigmoid, logsigmoid=ops.logsigmoid, silu=ops.silu,
        logsumexp=lambda v: ops.logsumexp(v, 0), softmax=ops.softmax, where=ops.where, zero=tensor(0.0),
        bce=lambda p, y: ops.binary_cross_entropy(p.reshape(1), tensor([y])),
        huber=lambda x, y: ops.huber_loss(x, tensor(y)), vector=lambda *each: ops.stack(each),
        margin_ranking=lambda x, y, sign: ops.margin_ranking_loss(x, y, tensor(sign)),
        prelu=lambda x, w: ops.prelu(x.reshape(1, 1), w.reshape(1)).sum(), elu1=ops.elu,
        hardsigmoid=ops.hardsigmoid,
        hardshrink=ops.hardshrink, softshrink=ops.softshrink, amax=ops.amax, nan_to_num=ops.nan_to_num,
        floor=ops.floor, sign=ops.sign, heaviside=lambda x, half: ops.heaviside(x, tensor(half)),
        copysign=ops.copysign, fmod=ops.fmod, remainder=ops.remainder, norm_p=norm, hypot=ops.hypot,
        std0=lambda v: ops.std(v, ddof=0), i0=ops.bessel_i0, i1=ops.bessel_i1, logaddexp=ops.logaddexp,
        logcumsumexp=lambda v: ops.logcumsumexp(v, 0), log_softmax=ops.log_softmax, det=ops.det,
        smooth_l1=lambda x, y: ops.smooth_l1_loss(x, tensor(y)), pinv=ops.pinv,
        matrix=lambda *each: ops.stack(each).reshape(square(each)), rebuilt=rebuilt,
        twice=lambda v: ops.gather(v, index, 0),
        scatter=lambda v: ops.tensor_scatter_elements(tensor([0.0, 0.0]), index, v),
    )  # fmt: skip

    def slopes(f, at, order):
        x = [tensor(value) for value in at]
        if order == 2:
            f = ms.grad(f)
        found = ms.grad(f, tuple(range(len(at))))(*x)
        return [each.asnumpy() for each in (found if len(at) > 1 else [found])]

    return names, slopes


def of_mxnet():
    import mxnet as mx

    np, npx = mx.np, mx.npx
    npx.set_np()
    names = dict(
        abs=np.abs, relu=npx.relu, leaky_relu=lambda x, slope: npx.leaky_relu(x, slope=slope),
        elu=lambda x, slope: npx.leaky_relu(x, act_type="elu", slope=slope),
        selu=lambda x: npx.leaky_relu(x, act_type="selu"), clip=np.clip, round=np.round, maximum=np.maximum,
        minimum=np.minimum, vmax=np.max, vmax0=lambda v: np.max(v, axis=0), sort=np.sort,
        topk=lambda v, k: npx.topk(v, k=k, ret_typ="value"), sqrt=np.sqrt, norm=np.linalg.norm,
        maxpool=lambda v: npx.pooling(v.reshape(1, 1, -1), kernel=(2,), pool_type="max").flatten(),
        norm1=lambda v: np.linalg.norm(v, 1), norm_inf=lambda v: np.linalg.norm(v, "inf"), atan2=np.arctan2,
        prod=np.prod, total=np.sum, log=np.log,
        log1p=np.log1p, exp=np.exp, softplus=lambda x: npx.activation(x, "softrelu"), sigmoid=npx.sigmoid,
        softmax=npx.softmax, huber=lambda x, y: npx.smooth_l1(x - y), zero=0.0,
        where=lambda test, yes, no: np.where(test, yes, np.full_like(yes, no)),
        vector=lambda *each: np.concatenate(each),
        prelu=lambda x, w: npx.leaky_relu(x, w, act_type="prelu"), amax=np.amax, nan_to_num=np.nan_to_num,
        elu1=lambda x: npx.leaky_relu(x, act_type="elu", slope=1.0), floor=np.floor, sign=np.sign,
        copysign=np.copysign, remainder=np.mod, norm_p=np.linalg.norm, hypot=np.hypot,
        log_softmax=npx.log_softmax, smooth_l1=lambda x, y: npx.smooth_l1(x - y), det=np.linalg.det,
        matrix=lambda *each: np.concatenate(each).reshape(square(each)), cholesky=np.linalg.cholesky,
        twice=lambda v: np.take(v, np.array([0, 0])),
    )  # fmt: skip

    def slopes(f, at, order):
        x = [np.array([value], dtype="float64") for value in at]
        for each in x:
            each.attach_grad()
        with mx.autograd.record():
            y = f(*x)
            for _ in range(order - 1):
                y = mx.autograd.grad(y, x, create_graph=True)[0]
        y.backward()
        return [each.grad.item() for each in x]

    return names, slopes


def of_chainer():
    import chainer
    import chainer.functions as F
    import numpy as np

    names = dict(
        abs=F.absolute, relu=F.relu, relu6=F.relu6, leaky_relu=F.leaky_relu, elu=F.elu, selu=F.selu, clip=F.clip,
        maximum=F.maximum, minimum=F.minimum, vmax=F.max, vmax0=lambda v: F.max(v, axis=0), sqrt=F.sqrt,
        maxpool=lambda v: F.flatten(F.max_pooling_1d(F.reshape(v, (1, 1, -1)), 2)),
        normalize=lambda v: F.normalize(F.reshape(v, (1, -1)))[0], atan2=F.arctan2, prod=F.prod,
        cumprod=F.cumprod, total=F.sum, log=F.log, log1p=F.log1p, exp=F.exp, softplus=F.softplus,
        sigmoid=F.sigmoid, logsumexp=F.logsumexp, softmax=lambda v: F.softmax(v, axis=0),
        huber=lambda x, y: F.sum(F.huber_loss(F.reshape(x, (1, 1)), np.full((1, 1), y), 1.0)),
        zero=np.zeros(()), vector=lambda *each: F.stack(each),
        prelu=lambda x, w: F.prelu(F.reshape(x, (1, 1)), F.reshape(w, (1,)))[0, 0], elu1=F.elu, floor=F.floor,
        sign=F.sign, fmod=F.fmod, det=F.det, cholesky=F.cholesky,
        log_softmax=lambda v: F.log_softmax(v, axis=0),
        matrix=lambda *each: F.reshape(F.stack(each), square(each)),
        twice=lambda v: v[[0, 0]],
    )  # fmt: skip

    def slopes(f, at, order):
        x = [chainer.Variable(np.array(value)) for value in at]
        y = f(*x)
        for _ in range(order - 1):
            (y,) = chainer.grad([y], x, enable_double_backprop=True)
        return [each if each is None else each.item() for each in chainer.grad([y], x)]

    return names, slopes


def answers(library):
    """One answer for each row; an empty one where the library does not offer the function, or not there."""
    names, slopes = globals()[f"of_{library}"]()
    for row in ROWS:
        label, expression, place = row.split(" | ")
        code = compile(expression, label, "eval")
        letters = [letter for letter in LETTERS if letter in code.co_names]
        numbers = [float(each) for each in place.split()]
        at, order = numbers[: len(letters)], 2 if len(numbers) > len(letters) else 1

        def f(*given):
            return eval(code, {**names, "inf": inf, **dict(zip(letters, given))})

        offered = set(code.co_names) - {*LETTERS, "inf"} <= names.keys()
        if library == "sympy" and {"nan", "inf", "-inf", "-0.0"} & set(place.split()):
            offered = False
        if library in ("tinygrad", "mindspore") and "1e-200" in place:  # float32 has no such number
            offered = False
        try:
            yield " ".join(map(show, slopes(f, at, order))) if offered else ""
        except Exception as error:
            print(label, library, type(error).__name__, str(error)[:200], file=sys.stderr)
            yield "error"


if len(sys.argv) > 1:
    print(*answers(sys.argv[1]), sep="\n")
    sys.exit()

columns = []
for library, folder in LIBRARIES.items():
    ran = subprocess.run(
        [sys.executable, __file__, library],
        env={**os.environ, "PYTHONPATH": os.path.abspath(folder)},
        capture_output=True,
        text=True,
    )
    if ran.returncode or "VERBOSE" in os.environ:
        print(ran.stderr, file=sys.stderr)
    ran.check_returncode()
    columns.append(ran.stdout.splitlines())
for row, *said in zip(ROWS, *columns, strict=True):
    answered = [f"{library} {each}" for library, each in zip(LIBRARIES, said) if each]
    print(row.split(" | ")[0], "|", " · ".join(answered))
EOF
cat > record.txt <<'EOF'
abs(x), x = 0 | jax 1 · autograd 0 · casadi 0 · pytensor 0 · tinygrad 0 · sympy 0 · tensorflow 0 · paddle 0 · mlx 0 · mindspore 0 · mxnet 0 · chainer 0
relu(x), x = 0 | jax 0 · tinygrad 0 · tensorflow 0 · paddle 0 · mlx 0 · mindspore 0 · mxnet 0 · chainer 0
relu(x), x = nan | jax 0 · tinygrad 0 · tensorflow 0 · paddle 0 · mlx 0 · mindspore 0 · mxnet nan · chainer 0
relu6(x), x = 0 | jax 0 · tinygrad 0 · tensorflow 0 · paddle 0 · mlx 0 · mindspore 0 · chainer 0
relu6(x), x = 6 | jax 0 · tinygrad 1 · tensorflow 0 · paddle 0 · mlx 0 · mindspore 1 · chainer 0
leaky_relu(x, 0.1), x = 0 | jax 1 · tinygrad 1 · tensorflow 0.1 · paddle 1 · mlx 1 · mindspore 0.55 · mxnet 0.1 · chainer 0.1
prelu(x, w), x = 0, w = 0.1 | paddle 0.1 0 · mlx 1.1 0 · mindspore 0.1 0 · mxnet 0.1 0 · chainer 1 0
elu(x), x = 0 | jax 1 · tinygrad 0 · tensorflow 1 · paddle 1 · mlx 1 · mindspore 1 · mxnet 1 · chainer 1
elu(x, 2), x = 0 | jax 2 · tinygrad 0 · tensorflow 2 · paddle 2 · mlx 2 · mxnet 2 · chainer 2
celu(x, 2), x = 0 | jax 1 · tinygrad 1 · tensorflow 2 · paddle 1 · mlx 0 · mindspore 1
selu(x), x = 0 | jax 1.76 · tinygrad 1.05 · tensorflow 1.05 · paddle 1.76 · mlx 1.76 · mindspore 1.05 · mxnet 1.76 · chainer 1.76
hardtanh(x), x = -1 | jax 1 · tinygrad 1 · tensorflow 1 · paddle 0 · mlx 0 · mindspore 0.5
hardtanh(x), x = 1 | jax 1 · tinygrad 1 · tensorflow 1 · paddle 0 · mlx 0 · mindspore 0.5
hardsigmoid(x), x = -3 | jax 0 · tinygrad 0 · tensorflow 0 · paddle 0 · mindspore 0
hardsigmoid(x), x = 3 | jax 0 · tinygrad 0 · tensorflow 0 · paddle 0 · mindspore 0
hardswish(x), x = -3 | jax 0 · tinygrad 0 · tensorflow 0 · paddle 0 · mlx 0 · mindspore -0.5
hardswish(x), x = 3 | jax 1 · tinygrad 1.5 · tensorflow 1 · paddle 1 · mlx 1 · mindspore 1.5
hardshrink(x), x = 0.5 | tensorflow 0 · paddle 1 · mlx 0 · mindspore 0
softshrink(x), x = 0.5 | tensorflow 0 · paddle 0 · mlx 0 · mindspore 0
clamp(x, 0, 1), x = 0 | jax 0.5 · autograd 0 · pytensor 1 · tinygrad 1 · tensorflow 1 · paddle 1 · mlx 0 · mindspore 1 · mxnet 1 · chainer 1
clamp(x, 0, 1), x = 1 | jax 0.5 · autograd 0 · pytensor 1 · tinygrad 1 · tensorflow 1 · paddle 1 · mlx 0 · mindspore 1 · mxnet 1 · chainer 1
clamp(x, 1, 0), x = 0.5 | jax 0 · autograd 0 · pytensor 0 · tinygrad 0 · tensorflow 0 · paddle error · mlx 0 · mindspore 0 · mxnet 0 · chainer error
clamp(x, 0, 0), x = 0 | jax 0.25 · autograd 0 · pytensor 1 · tinygrad 1 · tensorflow 1 · paddle 1 · mlx 0 · mindspore 1 · mxnet 1 · chainer error
clamp(x, 0, 1), x = nan | jax 0 · autograd 1 · pytensor 0 · tinygrad 1 · tensorflow 0 · paddle 0 · mlx 0 · mindspore 0 · mxnet 1 · chainer 0
nan_to_num(x), x = nan | jax 0 · autograd 0 · pytensor 0 · tensorflow 0 · paddle 0 · mindspore 0 · mxnet 0
round(x), x = 0.5 | jax 0 · autograd 0 · pytensor 0 · tinygrad 0 · tensorflow None · paddle 0 · mlx 0 · mindspore 0 · mxnet 0
floor(x), x = 1.5 | jax 0 · autograd 0 · casadi 0 · pytensor 0 · tinygrad 0 · tensorflow None · paddle 0 · mlx 0 · mindspore 0 · mxnet 0 · chainer None
sign(x), x = 1.5 | jax 0 · autograd 0 · casadi 0 · pytensor 0 · tinygrad 0 · sympy 0 · tensorflow 0 · paddle 0 · mlx 0 · mindspore 0 · mxnet 0 · chainer None
heaviside(x, 0.5), x = 0 | jax 0 · casadi 0 · sympy error · tensorflow None · paddle 0 · mindspore error
copysign(x, y), x = 0, y = 1 | jax 1 0 · casadi 0 0 · tinygrad 0 0 · paddle 0 0 · mindspore 0 0 · mxnet 1 0
fmod(x, y), x = 6, y = 3 | jax 1 -2 · casadi 1 -2 · tinygrad 1 -2 · tensorflow 1 -2 · mindspore 1 -2 · chainer 1 -2
remainder(x, y), x = 6, y = 3 | jax 1 -2 · autograd 1 -2 · pytensor 1 -2 · tinygrad 1 -2 · tensorflow 1 -2 · paddle 1 -2 · mlx 1 -2 · mindspore 1 -2 · mxnet 1 -2
maximum(x, y), x = y = 0 | jax 0.5 0.5 · autograd 0.5 0.5 · casadi 0.5 0.5 · pytensor 1 0 · tinygrad 0.5 0.5 · sympy 0.5 0.5 · tensorflow 1 0 · paddle 0.5 0.5 · mlx 0 1 · mindspore 0.5 0.5 · mxnet 1 0 · chainer 1 0
minimum(x, y), x = y = 0 | jax 0.5 0.5 · autograd 0.5 0.5 · casadi 0.5 0.5 · pytensor 1 0 · tinygrad 0.5 0.5 · sympy 0.5 0.5 · tensorflow 1 0 · paddle 0.5 0.5 · mlx 0 1 · mindspore 0.5 0.5 · mxnet 1 0 · chainer 1 0
minimum(x, y), x = nan, y = 1 | jax 0 0 · autograd 0 0 · casadi nan nan · pytensor 0 1 · tinygrad 0 0 · tensorflow 0 1 · paddle 0 0 · mlx 0 0 · mindspore 1 1 · mxnet 0 0 · chainer 0 0
fmax(x, y), x = y = 0 | jax 0 1 · autograd 0.5 0.5 · paddle 1 0 · mindspore 1 0
max(maximum(x, y), z), x = y = z = 0 | jax 0.25 0.25 0.5 · autograd 0.25 0.25 0.5 · casadi 0.25 0.25 0.5 · pytensor 1 0 0 · tinygrad 0.25 0.25 0.5 · sympy 0.5 0.5 0.5 · tensorflow 1 0 0 · paddle 0.25 0.25 0.5 · mlx 0 0 1 · mindspore 0.25 0.25 0.5 · mxnet 1 0 0 · chainer 1 0 0
max(v), v = 2, 2, 1 | jax 0.5 0.5 0 · autograd 0.5 0.5 0 · casadi 0.5 0.5 0 · pytensor 1 1 0 · tinygrad 0.5 0.5 0 · sympy 0.5 0.5 0 · tensorflow 0.5 0.5 0 · paddle 0.5 0.5 0 · mlx 0.5 0.5 0 · mindspore 0.5 0.5 0 · mxnet 1 1 0 · chainer 1 1 0
max(v, dim=0), v = 2, 2, 1 | jax 0.5 0.5 0 · autograd 0.5 0.5 0 · pytensor 1 1 0 · tinygrad 0.5 0.5 0 · tensorflow 0.5 0.5 0 · paddle 0.5 0.5 0 · mlx 0.5 0.5 0 · mindspore 1 0 0 · mxnet 1 1 0 · chainer 1 1 0
amax(v), v = 2, 2, 1 | jax 0.5 0.5 0 · autograd 0.5 0.5 0 · tensorflow 0.5 0.5 0 · paddle 0.5 0.5 0 · mindspore 0.5 0.5 0 · mxnet 1 1 0
max(v), v = nan, 1 | jax nan nan · autograd nan nan · casadi nan nan · pytensor 0 1 · tinygrad nan nan · tensorflow nan nan · paddle nan nan · mlx nan nan · mindspore nan nan · mxnet 0 0 · chainer 0 0
amax(v), v = nan, 1 | jax nan nan · autograd nan nan · tensorflow nan nan · paddle nan nan · mindspore nan nan · mxnet 0 0
sort(v)[0], v = 2, 2 | jax 1 0 · autograd 1 0 · pytensor 1 0 · tinygrad 0.5 0.5 · tensorflow 1 0 · paddle 1 0 · mlx 1 0 · mindspore 1 0 · mxnet 1 0
topk(v, 1)[0], v = 2, 2, 1 | jax 1 0 0 · tinygrad 0.5 0.5 0 · tensorflow 1 0 0 · paddle 1 0 0 · mlx 0 1 0 · mindspore 1 0 0 · mxnet 1 0 0
median(v), v = 1, 2, 2 | jax 0 1 0 · pytensor 0 1 0 · paddle 0 0.5 0.5 · mlx 0 1 0 · mindspore 0 1 0
median(v), v = 1, 2, 2, 2, 3 | jax 0 0 1 0 0 · pytensor 0 0 1 0 0 · paddle 0 0.333 0.333 0.333 0 · mlx 0 0 1 0 0 · mindspore 0 0 1 0 0
median(v), v = 1, 2, 3, 4 | jax 0 0.5 0.5 0 · pytensor 0 0.5 0.5 0 · paddle 0 0.5 0.5 0 · mlx 0 0.5 0.5 0 · mindspore 0 1 0 0
cummax(v)[1], v = 1, 1 | jax 0.5 0.5 · tinygrad 0.5 0.5 · paddle 0 1 · mlx 0 1
max_pool1d(v, 2)[0], v = 1, 1 | jax 1 0 · tinygrad 0.5 0.5 · tensorflow 1 0 · paddle 1 0 · mlx 0.5 0.5 · mindspore 1 0 · mxnet 1 0 · chainer 1 0
sqrt(x), x = 0 | jax inf · autograd error · casadi inf · pytensor inf · tinygrad inf · sympy inf · tensorflow inf · paddle inf · mlx inf · mindspore inf · mxnet inf · chainer inf
sqrt(x), x = -0.0 | jax -inf · autograd error · casadi -inf · pytensor -inf · tinygrad -inf · tensorflow inf · paddle -inf · mlx -inf · mindspore -inf · mxnet -inf · chainer -inf
x ** 0.5, x = 0 | jax inf · autograd error · casadi inf · pytensor inf · tinygrad inf · sympy inf · tensorflow inf · paddle inf · mlx inf · mindspore inf · mxnet inf · chainer inf
x ** 0, x = 0 | jax 0 · autograd 0 · casadi 0 · pytensor 0 · tinygrad 0 · sympy 0 · tensorflow nan · paddle 0 · mlx nan · mindspore nan · mxnet nan · chainer nan
x ** 0.0, x = 0 | jax nan · autograd 0 · casadi 0 · pytensor 0 · tinygrad 0 · sympy 0 · tensorflow nan · paddle 0 · mlx nan · mindspore nan · mxnet nan · chainer nan
x ** y, x = y = 0 | jax nan 0 · autograd 0 0 · casadi nan -inf · pytensor nan 0 · tinygrad 0 0 · sympy nan inf · tensorflow nan 0 · paddle 0 0 · mlx nan -inf · mindspore nan 0 · mxnet nan -inf · chainer nan -inf
x ** y, x = -2, y = 2 | jax -4 nan · autograd -4 nan · casadi -4 nan · pytensor -4 nan · tinygrad -4 nan · sympy error · tensorflow -4 0 · paddle -4 nan · mlx -4 nan · mindspore -4 nan · mxnet -4 nan · chainer -4 nan
x ** y, x = 0, y = 2 | jax 0 0 · autograd 0 0 · casadi 0 nan · pytensor 0 0 · tinygrad 0 0 · sympy nan nan · tensorflow 0 0 · paddle 0 0 · mlx 0 0 · mindspore 0 0 · mxnet 0 nan · chainer 0 nan
norm(v), v = 0, 0 | jax nan nan · autograd nan nan · casadi nan nan · pytensor nan nan · tensorflow nan nan · paddle 0 0 · mlx nan nan · mindspore nan nan · mxnet nan nan
norm(v, 1), v = 0, 0 | jax 1 1 · casadi 0 0 · pytensor 0 0 · tensorflow 0 0 · paddle 0 0 · mlx 0 0 · mindspore 0 0 · mxnet 0 0
norm(v, inf), v = 0, 0, 0 | jax 0.167 0.167 0.167 · casadi 0 0 0 · pytensor 0 0 0 · tensorflow 0 0 0 · paddle 0 0 0 · mlx 0 0 0 · mindspore 0 0 0 · mxnet 0 0 0
norm(v, inf), v = 2, -2, 1 | jax 0.5 -0.5 0 · casadi 0.5 -0.5 0 · pytensor 1 -1 0 · tensorflow 0.5 -0.5 0 · paddle 1 -1 0 · mlx 0.5 -0.5 0 · mindspore 1 0 0 · mxnet 1 -1 0
norm(v, 0.5), v = 0, 0 | jax nan nan · autograd error · pytensor nan nan · tensorflow nan nan · paddle nan nan · mlx nan nan · mindspore nan nan · mxnet nan nan
norm(v, 0.5), v = 0, 4 | jax inf 1 · autograd error · pytensor nan 1 · tensorflow nan 1 · paddle nan 1 · mlx nan 1 · mindspore nan 1 · mxnet nan 1
norm(v, 1.5), v = 0, 4 | jax 0 1 · autograd nan 1 · pytensor 0 1 · tensorflow 0 1 · paddle 0 1 · mlx 0 1 · mindspore 0 1 · mxnet 0 1
hypot(x, y), x = y = 0 | jax 0.5 0.5 · autograd nan nan · casadi nan nan · tensorflow 0 0 · paddle nan nan · mindspore nan nan · mxnet nan nan
normalize(v)[0], v = 0, 0 | tinygrad nan nan · tensorflow 1e+06 0 · paddle 1e+12 0 · mindspore 1e+04 0 · chainer 1e+05 0
cosine_similarity(v, w), v = 0, 0, w = 3, 4 | tensorflow 6e+06 8e+06 0 0 · paddle 3e+08 4e+08 0 0 · mlx nan nan 0 0 · mindspore 3e+08 4e+08 0 0
atan2(y, x), x = y = 0 | jax nan nan · autograd nan nan · casadi nan nan · pytensor nan nan · sympy inf 0 · tensorflow nan nan · paddle nan nan · mlx nan nan · mindspore nan nan · mxnet nan nan · chainer nan nan
sinc(x), x = 0 | jax 0 · autograd nan · sympy nan · tensorflow nan · paddle 0 · mindspore 0
prod(v), v = 2, 0, 3 | jax 0 6 0 · autograd 0 nan 0 · pytensor 0 6 0 · tinygrad 0 6 0 · tensorflow 0 6 0 · paddle 0 nan 0 · mlx 0 6 0 · mindspore 0 6 0 · mxnet 0 nan 0 · chainer 0 6 0
prod(v), v = 2, 0, 0 | jax 0 0 0 · autograd 0 nan nan · pytensor 0 0 0 · tinygrad 0 0 0 · tensorflow 0 0 0 · paddle 0 nan nan · mlx 0 0 0 · mindspore 0 0 0 · mxnet 0 nan nan · chainer 0 0 0
prod(v), v = 1e-200, 1e-200, 1e200 | jax 1 1 0 · autograd 0 0 0 · pytensor 0 0 0 · tensorflow 1 1 0 · paddle 0 0 0 · mlx 1 1 0 · mxnet 0 0 0 · chainer 1 1 0
sum(cumprod(v)), v = 2, 0, 3 | jax 1 8 0 · pytensor 1 nan 0 · tinygrad 1 8 0 · tensorflow 1 0 0 · paddle 1 8 0 · mlx 1 8 0 · mindspore 1 nan 0 · chainer 1 8 0
std(v), v = 2, 2, 2 | jax nan nan nan · autograd nan nan nan · pytensor nan nan nan · tinygrad nan nan nan · tensorflow nan nan nan · paddle nan nan nan · mlx nan nan nan · mindspore nan nan nan
std(v), v = 0.1, 0.1, 0.1 | jax nan nan nan · autograd -0.408 -0.408 -0.408 · pytensor nan nan nan · tinygrad 2.23e-09 2.23e-09 2.23e-09 · tensorflow 0 0 0 · paddle 0 0 0 · mlx nan nan nan · mindspore nan nan nan
var(v), v = 2, 2, 2 | jax 0 0 0 · autograd 0 0 0 · pytensor 0 0 0 · tinygrad 0 0 0 · tensorflow 0 0 0 · paddle 0 0 0 · mlx 0 0 0 · mindspore nan nan nan
std(v, correction=0), v = 2 | jax nan · autograd 0 · pytensor nan · tinygrad nan · tensorflow nan · paddle nan · mlx nan · mindspore nan
x * log(x), x = 0 | jax nan · autograd nan · casadi -inf · pytensor -inf · tinygrad -inf · sympy inf · tensorflow nan · paddle nan · mlx nan · mindspore nan · mxnet nan · chainer nan
xlogy(x, y), x = y = 0 | jax -inf nan · pytensor -inf nan · tensorflow 0 0 · mindspore 0 nan
xlogy(x, y), x = 0, y = 0.5 | jax -0.693 0 · pytensor -0.693 0 · tensorflow 0 0 · mindspore -0.693 0
entr(x), x = 0 | jax inf
log(x), x = -1 | jax -1 · autograd -1 · casadi -1 · pytensor -1 · tinygrad -1 · sympy -1 · tensorflow -1 · paddle -1 · mlx -1 · mindspore -1 · mxnet -1 · chainer -1
log1p(x), x = -1 | jax inf · autograd inf · casadi inf · pytensor inf · tensorflow inf · paddle inf · mlx inf · mindspore inf · mxnet inf · chainer inf
log(1 + exp(x)), x = 1000 | jax nan · autograd nan · casadi nan · pytensor 1 · tinygrad 1 · sympy 1 · tensorflow nan · paddle nan · mlx nan · mindspore nan · mxnet nan · chainer nan
softplus(x), x = 1000 | jax 1 · pytensor 1 · tinygrad 1 · tensorflow 1 · paddle 1 · mlx 1 · mindspore 1 · mxnet 1 · chainer 1
log(sigmoid(x)), x = -1000 | jax nan · pytensor 1 · tinygrad 1 · tensorflow nan · paddle nan · mlx nan · mindspore nan · mxnet nan · chainer nan
logsigmoid(x), x = -1000 | jax 1 · tinygrad 1 · tensorflow 1 · paddle 1 · mlx 1 · mindspore nan
silu(x), x = -1000 | jax 0 · tinygrad 0 · tensorflow 0 · paddle nan · mlx 0 · mindspore 0
sigmoid(x), x = 20 | jax 2.06e-09 · pytensor 2.06e-09 · tinygrad 0 · tensorflow 2.06e-09 · paddle 2.06e-09 · mlx 2.06e-09 · mindspore 0 · mxnet 2.06e-09 · chainer 2.06e-09
i0(x), x = 0 | jax 1 · autograd 0 · pytensor 0 · sympy 0 · tensorflow 0 · paddle 0 · mindspore 0
i1(x), x = 0 | jax 0.5 · autograd 0.5 · pytensor 0.5 · sympy 0.5 · tensorflow 1 · paddle 0.5 · mindspore 1
logsumexp(v), v = -inf, -inf | jax nan nan · autograd nan nan · casadi nan nan · pytensor nan nan · tinygrad nan nan · tensorflow nan nan · paddle nan nan · mlx nan nan · mindspore nan nan · chainer nan nan
logsumexp(v), v = -inf, 0 | jax 0 1 · autograd 0 1 · casadi 0 1 · pytensor 0 1 · tinygrad 0 1 · tensorflow 0 1 · paddle 0 1 · mlx 0 1 · mindspore 0 1 · chainer 0 1
logcumsumexp(v)[1], v = -inf, 0 | jax 0 1 · tinygrad 0 1 · tensorflow nan 1 · paddle 0 1 · mlx nan 1 · mindspore nan 1
logaddexp(x, y), x = inf, y = 0 | jax 1 1 · autograd nan 0 · pytensor nan 0 · tinygrad nan nan · tensorflow 1 0 · paddle nan nan · mlx 1 0 · mindspore 1 0
log(softmax(v)[1]), v = 0, -1000 | jax nan nan · pytensor nan nan · tinygrad nan nan · tensorflow nan nan · paddle -1 1 · mlx nan nan · mindspore nan nan · mxnet nan nan · chainer nan nan
log_softmax(v)[1], v = 0, -inf | jax -1 1 · pytensor -1 1 · tinygrad -1 1 · tensorflow -1 1 · paddle -1 1 · mlx -1 1 · mindspore -1 1 · mxnet -1 1 · chainer -1 1
binary_cross_entropy(p, 1), p = 0 | tinygrad -inf · tensorflow 0 · paddle -1e+12 · mlx nan · mindspore -1e+12
binary_cross_entropy(p, 1), p = 1 | tinygrad nan · tensorflow 0 · paddle 0 · mlx nan · mindspore 0
huber_loss(x, 0), x = 1 | tensorflow 1 · paddle 1 · mlx 1 · mindspore 1 · mxnet 1 · chainer 1
smooth_l1_loss(x, 0), x = 1 | paddle 1 · mlx 1 · mindspore 1 · mxnet 1
margin_ranking_loss(x, y, 1), x = y = 0 | paddle 0 0 · mlx -1 1 · mindspore -1 1
triplet_margin_loss(v, p, n), v = p = 0, 0, n = 0.5, 0 | paddle 1.71 0.707 · mlx 1 0
where(x > 0, sqrt(x), 0), x = 0 | jax nan · autograd error · casadi 0 · pytensor 0 · tinygrad nan · sympy 0 · tensorflow 0 · paddle nan · mlx nan · mindspore nan · mxnet nan
where(x > 0, log(x), 0), x = 0 | jax nan · autograd nan · casadi 0 · pytensor 0 · tinygrad nan · sympy 0 · tensorflow nan · paddle nan · mlx nan · mindspore nan · mxnet nan
det(A), A = 1, 2; 2, 4 | jax 4 -2 -2 1 · autograd error · casadi 4 -2 -2 1 · sympy 4 -2 -2 1 · tensorflow error · paddle 0 0 0 0 · mlx 4 -2 -2 1 · mindspore 0 0 0 0 · mxnet 0 0 0 0 · chainer error
det(A), A = 0, 0, 0; 0, 1, 0; 0, 0, 1 | jax 1 0 0 0 0 0 0 0 0 · autograd error · casadi 1 0 0 0 0 0 0 0 0 · sympy 1 0 0 0 0 0 0 0 0 · tensorflow error · paddle 0 0 0 0 0 0 0 0 0 · mlx 1 0 0 0 0 0 0 0 0 · mindspore 0 0 0 0 0 0 0 0 0 · mxnet 0 0 0 0 0 0 0 0 0 · chainer error
pinv(A).sum(), A = 1, 0; 0, 0 | jax -1 1 1 0 · autograd -1 1 1 0 · pytensor -1 1 1 0 · tensorflow -1 1 1 0 · paddle nan nan nan nan · mindspore nan nan nan nan
matrix_exp(A).sum(), A = 0, 0; 0, 0 | jax 1 1 1 1 · pytensor 1 1 1 1 · tensorflow 1 1 1 1 · paddle 1 1 1 1
cholesky(A).sum(), A = 1, 0; 0, 1 | jax 0.5 0.5 0.5 0.5 · autograd 0.5 0.5 0.5 0.5 · casadi 0.5 1 0 0.5 · pytensor 0.5 0 1 0.5 · tensorflow 0.5 0.5 0.5 0.5 · paddle 0.5 0.5 0.5 0.5 · mxnet 0.5 0.5 0.5 0.5 · chainer 0.5 0.5 0.5 0.5
eigvalsh(A)[0], A = 1, 0; 0, 1 | jax 1 0 0 0 · autograd 1 0 0 0 · pytensor 1 0 0 0 · tensorflow 1 0 0 0 · paddle 1 0 0 0
eigh(A)[1][0, 0], A = 1, 0; 0, 1 | jax nan nan nan nan · autograd nan nan nan nan · pytensor nan nan nan nan · tensorflow 0 0 0 0 · paddle nan nan nan nan
(U @ diag(S) @ Vh).sum(), A = 1, 0; 0, 1 | jax nan nan nan nan · pytensor 1 0 0 1 · tensorflow 1 0 0 1 · paddle nan nan nan nan · mindspore 1 0 0 1
v[[0, 0]].sum(), v = 1, 2 | jax 2 0 · autograd 2 0 · casadi 2 0 · pytensor 2 0 · tinygrad 2 0 · tensorflow 2 0 · paddle 2 0 · mlx 2 0 · mindspore 2 0 · mxnet 2 0 · chainer 2 0
(x[[0, 0]] = v)[0], v = 1, 2 | jax 0 1 · pytensor 1 1 · tensorflow 1 1 · paddle 1 1 · mlx 1 1
scatter(x, 0, [0, 0], v)[0], v = 1, 2 | tinygrad 0 1 · paddle 0 1 · mindspore 1 1
clamp(1 - x, min=0), x = 1 | jax -0.5 · autograd 0 · pytensor -1 · tinygrad -1 · tensorflow -1 · paddle -1 · mlx 0 · mindspore -1 · mxnet -1 · chainer -1
relu(1 - x), x = 1 | jax 0 · tinygrad 0 · tensorflow 0 · paddle 0 · mlx 0 · mindspore 0 · mxnet 0 · chainer 0
maximum(1 - x, 0), x = 1 | jax -0.5 · autograd -0.5 · casadi -0.5 · pytensor -1 · tinygrad -0.5 · sympy -0.5 · tensorflow -1 · paddle -0.5 · mlx 0 · mindspore -0.5 · mxnet -1 · chainer -1
abs(x), x = nan | jax -1 · autograd nan · casadi nan · pytensor nan · tinygrad 1 · tensorflow nan · paddle nan · mlx 0 · mindspore 0 · mxnet 0 · chainer nan
(x * abs(x))'', x = 0 | jax 2 · autograd 0 · casadi 0 · pytensor 0 · tinygrad 0 · sympy 0 · tensorflow 0 · paddle 0 · mlx 0 · mindspore 0 · mxnet error · chainer 0
(maximum(x, 0) ** 2)'', x = 0 | jax 0.5 · autograd 0.5 · casadi 0.5 · pytensor 2 · tinygrad 0.5 · sympy 0.5 · tensorflow 2 · paddle 0 · mlx 0 · mindspore 0.5 · mxnet error · chainer error
(relu(x) ** 2)'', x = 0 | jax 0 · tinygrad 0 · tensorflow 0 · paddle 0 · mlx 0 · mindspore 0 · mxnet error · chainer 0
elu(x)'', x = 0 | jax 1 · tinygrad 0 · tensorflow 0 · paddle 1 · mlx 1 · mindspore error · mxnet error · chainer 1
(x ** 1.0)'', x = 0 | jax nan · autograd 0 · casadi 0 · pytensor 0 · tinygrad 0 · sympy 0 · tensorflow nan · paddle 0 · mlx nan · mindspore nan · mxnet error · chainer nan
sinc(x)'', x = 0 | jax -3.29 · autograd nan · sympy nan · tensorflow nan · paddle 0 · mindspore nan
(norm([x, x]) ** 2)'', x = 0 | jax nan · autograd nan · casadi 4 · pytensor nan · tensorflow nan · paddle error · mlx nan · mindspore nan · mxnet error
EOF
"$python" ask.py | tee seen.txt
diff record.txt seen.txt  # asserts that nothing has changed
