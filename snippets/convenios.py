"""Qué derivada da cada biblioteca donde hay que elegir: código de la página `docs/convenios.md`."""

# --8<-- [start:medir]
import warnings

import torch
import torch.nn.functional as F
from torch.func import grad, jvp

# Desde la 2.14, PyTorch avisa aquí de algo que hace él mismo.
warnings.filterwarnings("ignore", message="`torch.jit.script` is deprecated")


def backward_slopes(f, *at):
    """Las derivadas parciales de f, en modo inverso."""
    x = [torch.tensor(value, dtype=torch.float64, requires_grad=True) for value in at]
    return [each.item() for each in torch.autograd.grad(f(*x), x)]


def forward_slopes(f, *at):
    """Las mismas, en modo directo: un recorrido por variable."""
    x = torch.tensor(at, dtype=torch.float64)
    directions = torch.eye(len(at), dtype=torch.float64)
    return [jvp(f, tuple(x), tuple(each))[1].item() for each in directions]


def show(slopes):
    return " ".join(f"{each + 0.0:.3g}" for each in slopes)  # sin ceros negativos


print(show(backward_slopes(torch.square, 3.0)), show(forward_slopes(torch.square, 3.0)))
# --8<-- [end:medir]

# --8<-- [start:bisagra]
zero = torch.tensor(0.0)
hinges = {
    "clamp": lambda s: (1 - s).clamp(min=0),
    "maximum": lambda s: torch.maximum(1 - s, zero),
    "relu": lambda s: torch.relu(1 - s),
}
for name, hinge in hinges.items():
    slopes = [show(backward_slopes(hinge, s)) for s in (0.5, 1.0, 1.5)]
    print(f"{name:8}", *(f"{each:>5}" for each in slopes))
# --8<-- [end:bisagra]

# --8<-- [start:bisagra-entrena]
for name, hinge in hinges.items():
    w = torch.tensor(1.0, requires_grad=True)
    for _ in range(10):
        slope, = torch.autograd.grad(hinge(w), w)
        with torch.no_grad():
            w -= 0.1 * slope
    print(f"{name:8} {w.item():.2f}")
# --8<-- [end:bisagra-entrena]

# --8<-- [start:empate]
v = torch.tensor([2.0, 2.0, 1.0], requires_grad=True)
v.max().backward()
tied = (v == v.max()).float()  # un 1 donde está el máximo
print("repartido:   ", v.grad.tolist(), "suma", v.grad.sum().item())
print("sin repartir:", tied.tolist(), "suma", tied.sum().item())
# --8<-- [end:empate]

# --8<-- [start:fuga]
from functools import partial


def abs_one(x):
    """El valor absoluto, con pendiente 1 en cero."""
    return torch.where(x >= 0, x, -x)


def softplus(x, absolute):
    """log(1 + exp(x)), escrita para que no desborde."""
    return torch.maximum(x, torch.zeros_like(x)) + torch.log1p(torch.exp(-absolute(x)))


for absolute in (torch.abs, abs_one):
    f = partial(softplus, absolute=absolute)
    at_zero, nearby = backward_slopes(f, 0.0), backward_slopes(f, -0.1)
    print(f"abs'(0) = {show(backward_slopes(absolute, 0.0))}: en 0, {show(at_zero)}; en -0.1, {show(nearby)}")
# --8<-- [end:fuga]

# --8<-- [start:modos]
def prelu(x, w):
    return F.prelu(x.reshape(1), w.reshape(1))[0]


for name, f, *at in [("prelu", prelu, 0.0, 0.1), ("fmax", torch.fmax, 2.0, 2.0)]:
    print(f"{name:5} hacia atrás: {show(backward_slopes(f, *at))}  hacia adelante: {show(forward_slopes(f, *at))}")
# --8<-- [end:modos]

# --8<-- [start:determinante]
A = torch.tensor([[1.0, 2.0], [2.0, 4.0]], requires_grad=True)
for create_graph in (False, True):
    slopes, = torch.autograd.grad(torch.linalg.det(A), A, create_graph=create_graph)
    print(f"create_graph={create_graph}:", show(slopes.flatten().tolist()))
# --8<-- [end:determinante]

# --8<-- [start:iguales]
for value in (2.0, 0.1, 0.7):
    same = torch.full((3,), value, dtype=torch.float64)
    slopes = backward_slopes(lambda *x: torch.stack(x).std(), *same.tolist())
    print(f"{value}: la media se pasa en {same.mean().item() - value:.0e}; pendientes {show(slopes)}")
# --8<-- [end:iguales]

# --8<-- [start:donde]
def guarded(x):
    return torch.where(x > 0, torch.sqrt(x), torch.zeros_like(x))


print("hacia atrás:   ", show(backward_slopes(guarded, 0.0)))
print("hacia adelante:", show(forward_slopes(guarded, 0.0)))
# --8<-- [end:donde]

# --8<-- [start:registro]
# Lo escribe findings/conventions.sh, el 1 de diciembre de 2026, con
# `jax` 0.10.2, `autograd` 1.9.1, `casadi` 3.8.2, `pytensor` 3.0.7,
# `tinygrad` 0.14.0, `sympy` 1.14.0, `tensorflow-cpu` 2.21.0, `paddlepaddle` 3.3.1,
# `mlx` 0.32.4, `mindspore` 2.10.0, `mxnet` 1.9.1 y `chainer` 7.8.1.
record = """
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
"""
others = dict(line.split(" | ") for line in record.strip().splitlines())
# --8<-- [end:registro]

# --8<-- [start:tablas]
def by_value(answers):
    """Cada valor, con las bibliotecas que lo dan."""
    groups = {}
    for answer in answers.split(" · "):
        library, value = answer.split(" ", 1)
        groups.setdefault(value, []).append(library)
    return " · ".join(f"{value}: {', '.join(names)}" for value, names in groups.items())


def answer(slopes, f, at):
    """Lo que se lee en la tabla: las pendientes, o que PyTorch no sabe."""
    try:
        return show(slopes(f, *at))
    except RuntimeError:
        return "error"


def table(questions):
    """Una fila por pregunta; en negrita, donde los dos modos de PyTorch no coinciden."""
    print("| Dónde | Hacia atrás | Hacia adelante | Otras bibliotecas |")
    print("| --- | --- | --- | --- |")
    for label, (f, *at) in questions.items():
        backward, forward = answer(backward_slopes, f, at), answer(forward_slopes, f, at)
        if forward != backward:
            forward = f"**{forward}**"
        print(f"| `{label}` | {backward} | {forward} | {by_value(others[label])} |")


def vector(f):
    """La función f, de varias variables en lugar de una lista."""
    return lambda *x: f(torch.stack(x))
# --8<-- [end:tablas]

# --8<-- [start:tabla-esquinas]
inf, nan = torch.inf, torch.nan
corners = {
    "abs(x), x = 0": (torch.abs, 0.0),
    "abs(x), x = nan": (torch.abs, nan),
    "relu(x), x = 0": (torch.relu, 0.0),
    "relu(x), x = nan": (torch.relu, nan),
    "relu6(x), x = 0": (F.relu6, 0.0),
    "relu6(x), x = 6": (F.relu6, 6.0),
    "leaky_relu(x, 0.1), x = 0": (lambda x: F.leaky_relu(x, 0.1), 0.0),
    "prelu(x, w), x = 0, w = 0.1": (prelu, 0.0, 0.1),
    "elu(x), x = 0": (F.elu, 0.0),
    "elu(x, 2), x = 0": (lambda x: F.elu(x, 2.0), 0.0),
    "celu(x, 2), x = 0": (lambda x: F.celu(x, 2.0), 0.0),
    "selu(x), x = 0": (F.selu, 0.0),
    "hardtanh(x), x = -1": (F.hardtanh, -1.0),
    "hardtanh(x), x = 1": (F.hardtanh, 1.0),
    "hardsigmoid(x), x = -3": (F.hardsigmoid, -3.0),
    "hardsigmoid(x), x = 3": (F.hardsigmoid, 3.0),
    "hardswish(x), x = -3": (F.hardswish, -3.0),
    "hardswish(x), x = 3": (F.hardswish, 3.0),
    "hardshrink(x), x = 0.5": (F.hardshrink, 0.5),
    "softshrink(x), x = 0.5": (F.softshrink, 0.5),
    "clamp(x, 0, 1), x = 0": (lambda x: x.clamp(0, 1), 0.0),
    "clamp(x, 0, 1), x = 1": (lambda x: x.clamp(0, 1), 1.0),
    "clamp(x, 1, 0), x = 0.5": (lambda x: x.clamp(1, 0), 0.5),
    "clamp(x, 0, 0), x = 0": (lambda x: x.clamp(0, 0), 0.0),
    "clamp(x, 0, 1), x = nan": (lambda x: x.clamp(0, 1), nan),
    "nan_to_num(x), x = nan": (torch.nan_to_num, nan),
    "round(x), x = 0.5": (torch.round, 0.5),
    "floor(x), x = 1.5": (torch.floor, 1.5),
    "sign(x), x = 1.5": (torch.sign, 1.5),
    "heaviside(x, 0.5), x = 0": (lambda x: torch.heaviside(x, torch.full_like(x, 0.5)), 0.0),
    "copysign(x, y), x = 0, y = 1": (torch.copysign, 0.0, 1.0),
    "fmod(x, y), x = 6, y = 3": (torch.fmod, 6.0, 3.0),
    "remainder(x, y), x = 6, y = 3": (torch.remainder, 6.0, 3.0),
    "clamp(1 - x, min=0), x = 1": (hinges["clamp"], 1.0),
    "maximum(1 - x, 0), x = 1": (hinges["maximum"], 1.0),
    "relu(1 - x), x = 1": (hinges["relu"], 1.0),
}
table(corners)
# --8<-- [end:tabla-esquinas]

# --8<-- [start:tabla-empates]
ties = {
    "maximum(x, y), x = y = 0": (torch.maximum, 0.0, 0.0),
    "minimum(x, y), x = y = 0": (torch.minimum, 0.0, 0.0),
    "minimum(x, y), x = nan, y = 1": (torch.minimum, nan, 1.0),
    "fmax(x, y), x = y = 0": (torch.fmax, 0.0, 0.0),
    "max(maximum(x, y), z), x = y = z = 0": (
        lambda x, y, z: torch.maximum(torch.maximum(x, y), z), 0.0, 0.0, 0.0),
    "max(v), v = 2, 2, 1": (vector(torch.max), 2.0, 2.0, 1.0),
    "max(v, dim=0), v = 2, 2, 1": (vector(lambda v: v.max(dim=0).values), 2.0, 2.0, 1.0),
    "amax(v), v = 2, 2, 1": (vector(torch.amax), 2.0, 2.0, 1.0),
    "max(v), v = nan, 1": (vector(torch.max), nan, 1.0),
    "amax(v), v = nan, 1": (vector(torch.amax), nan, 1.0),
    "sort(v)[0], v = 2, 2": (vector(lambda v: v.sort().values[0]), 2.0, 2.0),
    "topk(v, 1)[0], v = 2, 2, 1": (vector(lambda v: v.topk(1).values[0]), 2.0, 2.0, 1.0),
    "median(v), v = 1, 2, 2": (vector(torch.median), 1.0, 2.0, 2.0),
    "median(v), v = 1, 2, 2, 2, 3": (vector(torch.median), 1.0, 2.0, 2.0, 2.0, 3.0),
    "median(v), v = 1, 2, 3, 4": (vector(torch.median), 1.0, 2.0, 3.0, 4.0),
    "cummax(v)[1], v = 1, 1": (vector(lambda v: v.cummax(0).values[1]), 1.0, 1.0),
    "max_pool1d(v, 2)[0], v = 1, 1": (
        vector(lambda v: F.max_pool1d(v.reshape(1, -1), 2)[0, 0]), 1.0, 1.0),
    "prod(v), v = 2, 0, 3": (vector(torch.prod), 2.0, 0.0, 3.0),
    "prod(v), v = 2, 0, 0": (vector(torch.prod), 2.0, 0.0, 0.0),
    "prod(v), v = 1e-200, 1e-200, 1e200": (vector(torch.prod), 1e-200, 1e-200, 1e200),
    "sum(cumprod(v)), v = 2, 0, 3": (vector(lambda v: v.cumprod(0).sum()), 2.0, 0.0, 3.0),
}
table(ties)
# --8<-- [end:tabla-empates]

# --8<-- [start:tabla-raices]
def norm(v, order):
    return torch.linalg.vector_norm(v, order)


roots = {
    "sqrt(x), x = 0": (torch.sqrt, 0.0),
    "sqrt(x), x = -0.0": (torch.sqrt, -0.0),
    "x ** 0.5, x = 0": (lambda x: x**0.5, 0.0),
    "where(x > 0, sqrt(x), 0), x = 0": (guarded, 0.0),
    "where(x > 0, log(x), 0), x = 0": (
        lambda x: torch.where(x > 0, torch.log(x), torch.zeros_like(x)), 0.0),
    "x ** 0, x = 0": (lambda x: x**0, 0.0),
    "x ** 0.0, x = 0": (lambda x: x**0.0, 0.0),
    "x ** y, x = y = 0": (torch.pow, 0.0, 0.0),
    "x ** y, x = -2, y = 2": (torch.pow, -2.0, 2.0),
    "x ** y, x = 0, y = 2": (torch.pow, 0.0, 2.0),
    "norm(v), v = 0, 0": (vector(lambda v: norm(v, 2)), 0.0, 0.0),
    "norm(v, 1), v = 0, 0": (vector(lambda v: norm(v, 1)), 0.0, 0.0),
    "norm(v, inf), v = 0, 0, 0": (vector(lambda v: norm(v, inf)), 0.0, 0.0, 0.0),
    "norm(v, inf), v = 2, -2, 1": (vector(lambda v: norm(v, inf)), 2.0, -2.0, 1.0),
    "norm(v, 0.5), v = 0, 0": (vector(lambda v: norm(v, 0.5)), 0.0, 0.0),
    "norm(v, 0.5), v = 0, 4": (vector(lambda v: norm(v, 0.5)), 0.0, 4.0),
    "norm(v, 1.5), v = 0, 4": (vector(lambda v: norm(v, 1.5)), 0.0, 4.0),
    "hypot(x, y), x = y = 0": (torch.hypot, 0.0, 0.0),
    "normalize(v)[0], v = 0, 0": (vector(lambda v: F.normalize(v, dim=0)[0]), 0.0, 0.0),
    "cosine_similarity(v, w), v = 0, 0, w = 3, 4": (
        vector(lambda v: F.cosine_similarity(v[:2], v[2:], dim=0)), 0.0, 0.0, 3.0, 4.0),
    "atan2(y, x), x = y = 0": (torch.atan2, 0.0, 0.0),
    "sinc(x), x = 0": (torch.sinc, 0.0),
    "std(v), v = 2, 2, 2": (vector(torch.std), 2.0, 2.0, 2.0),
    "std(v), v = 0.1, 0.1, 0.1": (vector(torch.std), 0.1, 0.1, 0.1),
    "var(v), v = 2, 2, 2": (vector(torch.var), 2.0, 2.0, 2.0),
    "std(v, correction=0), v = 2": (vector(lambda v: v.std(correction=0)), 2.0),
}
table(roots)
# --8<-- [end:tabla-raices]

# --8<-- [start:tabla-logaritmos]
logarithms = {
    "log(x), x = -1": (torch.log, -1.0),
    "log1p(x), x = -1": (torch.log1p, -1.0),
    "x * log(x), x = 0": (lambda x: x * torch.log(x), 0.0),
    "xlogy(x, y), x = y = 0": (torch.xlogy, 0.0, 0.0),
    "xlogy(x, y), x = 0, y = 0.5": (torch.xlogy, 0.0, 0.5),
    "entr(x), x = 0": (torch.special.entr, 0.0),
    "log(1 + exp(x)), x = 1000": (lambda x: torch.log(1 + torch.exp(x)), 1000.0),
    "softplus(x), x = 1000": (F.softplus, 1000.0),
    "log(sigmoid(x)), x = -1000": (lambda x: torch.log(torch.sigmoid(x)), -1000.0),
    "logsigmoid(x), x = -1000": (F.logsigmoid, -1000.0),
    "silu(x), x = -1000": (F.silu, -1000.0),
    "sigmoid(x), x = 20": (torch.sigmoid, 20.0),
    "i0(x), x = 0": (torch.special.i0, 0.0),
    "i1(x), x = 0": (torch.special.i1, 0.0),
    "logsumexp(v), v = -inf, -inf": (vector(lambda v: torch.logsumexp(v, 0)), -inf, -inf),
    "logsumexp(v), v = -inf, 0": (vector(lambda v: torch.logsumexp(v, 0)), -inf, 0.0),
    "logcumsumexp(v)[1], v = -inf, 0": (vector(lambda v: v.logcumsumexp(0)[1]), -inf, 0.0),
    "logaddexp(x, y), x = inf, y = 0": (torch.logaddexp, inf, 0.0),
    "log(softmax(v)[1]), v = 0, -1000": (
        vector(lambda v: torch.log(v.softmax(0)[1])), 0.0, -1000.0),
    "log_softmax(v)[1], v = 0, -inf": (vector(lambda v: v.log_softmax(0)[1]), 0.0, -inf),
}
table(logarithms)
# --8<-- [end:tabla-logaritmos]

# --8<-- [start:tabla-perdidas]
def against(loss, target):
    """La pérdida de un solo número, frente a su objetivo."""
    return lambda x: loss(x, torch.full_like(x, target))


def ranking(x, y):
    return F.margin_ranking_loss(x, y, torch.ones_like(x))


def triplet(v):
    return F.triplet_margin_loss(v, torch.zeros_like(v), torch.tensor([0.5, 0.0]))


losses = {
    "binary_cross_entropy(p, 1), p = 0": (against(F.binary_cross_entropy, 1.0), 0.0),
    "binary_cross_entropy(p, 1), p = 1": (against(F.binary_cross_entropy, 1.0), 1.0),
    "huber_loss(x, 0), x = 1": (against(F.huber_loss, 0.0), 1.0),
    "smooth_l1_loss(x, 0), x = 1": (against(F.smooth_l1_loss, 0.0), 1.0),
    "margin_ranking_loss(x, y, 1), x = y = 0": (ranking, 0.0, 0.0),
    "triplet_margin_loss(v, p, n), v = p = 0, 0, n = 0.5, 0": (vector(triplet), 0.0, 0.0),
}
table(losses)
# --8<-- [end:tabla-perdidas]

# --8<-- [start:tabla-matrices]
def matrix(f):
    """La función f, de varias variables en lugar de una matriz cuadrada."""
    return vector(lambda v: f(v.reshape(round(len(v) ** 0.5), -1)))


def rebuilt(A):
    """La suma de A, deshecha en valores singulares y vuelta a hacer."""
    U, S, Vh = torch.linalg.svd(A)
    return (U @ torch.diag(S) @ Vh).sum()


zeros, identity = (0.0, 0.0, 0.0, 0.0), (1.0, 0.0, 0.0, 1.0)
matrices = {
    "det(A), A = 1, 2; 2, 4": (matrix(torch.linalg.det), 1.0, 2.0, 2.0, 4.0),
    "det(A), A = 0, 0, 0; 0, 1, 0; 0, 0, 1": (
        matrix(torch.linalg.det), 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0),
    "pinv(A).sum(), A = 1, 0; 0, 0": (matrix(lambda A: torch.linalg.pinv(A).sum()), 1.0, 0.0, 0.0, 0.0),
    "matrix_exp(A).sum(), A = 0, 0; 0, 0": (matrix(lambda A: A.matrix_exp().sum()), *zeros),
    "cholesky(A).sum(), A = 1, 0; 0, 1": (
        matrix(lambda A: torch.linalg.cholesky(A).sum()), *identity),
    "eigvalsh(A)[0], A = 1, 0; 0, 1": (matrix(lambda A: torch.linalg.eigvalsh(A)[0]), *identity),
    "eigh(A)[1][0, 0], A = 1, 0; 0, 1": (matrix(lambda A: torch.linalg.eigh(A)[1][0, 0]), *identity),
    "(U @ diag(S) @ Vh).sum(), A = 1, 0; 0, 1": (matrix(rebuilt), *identity),
}
table(matrices)
# --8<-- [end:tabla-matrices]

# --8<-- [start:tabla-indices]
twice = torch.tensor([0, 0])


def put(v):
    return torch.zeros_like(v).index_put((twice,), v)[0]


indices = {
    "v[[0, 0]].sum(), v = 1, 2": (vector(lambda v: v[twice].sum()), 1.0, 2.0),
    "(x[[0, 0]] = v)[0], v = 1, 2": (vector(put), 1.0, 2.0),
    "scatter(x, 0, [0, 0], v)[0], v = 1, 2": (
        vector(lambda v: torch.zeros_like(v).scatter(0, twice, v)[0]), 1.0, 2.0),
}
table(indices)
# --8<-- [end:tabla-indices]

# --8<-- [start:tabla-segundas]
higher = {
    "(x * abs(x))'', x = 0": (grad(lambda x: x * x.abs()), 0.0),
    "(maximum(x, 0) ** 2)'', x = 0": (grad(lambda x: torch.maximum(x, torch.zeros_like(x)) ** 2), 0.0),
    "(relu(x) ** 2)'', x = 0": (grad(lambda x: torch.relu(x) ** 2), 0.0),
    "elu(x)'', x = 0": (grad(F.elu), 0.0),
    "(x ** 1.0)'', x = 0": (grad(lambda x: x**1.0), 0.0),
    "sinc(x)'', x = 0": (grad(torch.sinc), 0.0),
    "(norm([x, x]) ** 2)'', x = 0": (grad(lambda x: norm(torch.stack([x, x]), 2) ** 2), 0.0),
}
table(higher)
# --8<-- [end:tabla-segundas]
