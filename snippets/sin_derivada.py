"""Donde no hay derivada: código de la lección `docs/lecciones/sin-derivada.md`."""

# --8<-- [start:dos-modos]
import warnings

import matplotlib.pyplot as plt
import torch
from torch.func import jvp

# Desde la 2.14, PyTorch avisa aquí de algo que hace él mismo.
warnings.filterwarnings("ignore", message="`torch.jit.script` is deprecated")


def backward_slopes(f, x):
    """Con backward: las derivadas de f, o de su suma, respecto de cada número de x."""
    leaf = x.clone().requires_grad_(True)
    (slopes,) = torch.autograd.grad(f(leaf).sum(), leaf)
    return slopes


def forward_slopes(f, x):
    """Las mismas, en modo directo: un empujón a cada número."""
    pushes = torch.eye(len(x), dtype=x.dtype)
    return torch.stack([jvp(f, (x,), (push,))[1].sum() for push in pushes])


smooth = torch.tensor([3.0, 5.0])
print(backward_slopes(torch.prod, smooth).tolist(), forward_slopes(torch.prod, smooth).tolist())
# --8<-- [end:dos-modos]

# --8<-- [start:la-punta]
fig, ax = plt.subplots(figsize=(5.2, 3), layout="constrained")
line = torch.linspace(-1.5, 1.5, 61)
ax.plot(line, line.abs(), color="C0")
ax.plot(0, 0, "o", color="C3", markersize=8)
ax.text(-0.95, 0.62, "baja: -1", color="C0", ha="right")
ax.text(0.95, 0.62, "sube: 1", color="C0")
ax.text(0, 0.5, "¿y aquí?", color="C3", ha="center")
ax.set_xlabel("$x$")
ax.set_ylabel("$|x|$")
ax.set_ylim(-0.15, 1.5)
plt.show()
# --8<-- [end:la-punta]


# --8<-- [start:tabla]
def text(slopes):
    return " ".join(f"{slope:.3g}" for slope in slopes.tolist())


def ask(cases):
    """Lo que da PyTorch; «=» donde sale lo mismo que en la columna de la izquierda."""
    print(f"{'':24s} {'hacia atrás':21s} {'adelante':10s} en float32")
    for name, (f, at) in cases.items():
        double = torch.tensor(at, dtype=torch.float64)
        back, ahead = text(backward_slopes(f, double)), text(forward_slopes(f, double))
        single = text(backward_slopes(f, double.float()))
        print(
            f"{name:24s} {back:21s} {'=' if ahead == back else ahead:10s}",
            "=" if single == back else single,
        )


ask(
    {
        "abs(x) en 0": (torch.abs, [0.0]),
        "relu(x) en 0": (torch.relu, [0.0]),
        "clamp(x, 0, 1) en 1": (lambda v: v.clamp(0, 1), [1.0]),
        "max(v) en 2, 2, 1": (torch.max, [2.0, 2.0, 1.0]),
        "max(v, dim=0), ahí": (lambda v: v.max(dim=0).values, [2.0, 2.0, 1.0]),
        "sort(v)[0] en 2, 2": (lambda v: v.sort().values[0], [2.0, 2.0]),
        "round(x) en 1.3": (torch.round, [1.3]),
        "sqrt(x) en 0": (torch.sqrt, [0.0]),
        "norm(v) en 0, 0": (torch.linalg.vector_norm, [0.0, 0.0]),
        "std(v) en 2, 2, 2": (torch.std, [2.0, 2.0, 2.0]),
        "std(v) en 0.1, 0.1, 0.1": (torch.std, [0.1, 0.1, 0.1]),
        "sqrt(v·v) en 0, 0": (lambda v: (v @ v).sqrt(), [0.0, 0.0]),
        "where(x>0, sqrt(x), 0)": (lambda v: torch.where(v > 0, v.sqrt(), 0.0), [0.0]),
        "fmax(x, y) en 2, 2": (lambda v: torch.fmax(v[0], v[1]), [2.0, 2.0]),
        "x·log(x) en 0": (lambda v: v * v.log(), [0.0]),
        "log(1 + exp(x)) en 100": (lambda v: (1 + v.exp()).log(), [100.0]),
        "sigmoid(x) en 20": (torch.sigmoid, [20.0]),
    }
)
# --8<-- [end:tabla]

# --8<-- [start:cuatro]
fig, axes = plt.subplots(2, 2, figsize=(6.2, 5.0), layout="constrained")
corner, wall, stairs, broken = axes.flat

x = torch.linspace(-1, 1, 101)
corner.plot(x, x.abs(), color="C0")
for slope in (-0.6, -0.2, 0.2, 0.6):
    corner.plot(x, slope * x, color="C1", linewidth=1)
corner.set_title("esquina: $|x|$")

x = torch.linspace(0, 1, 401)
wall.plot(x, x.sqrt(), color="C0")
for at in (0.25, 0.04, 0.0025):
    along = torch.linspace(0, at + 0.3 * at**0.5, 2)
    wall.plot(along, at**0.5 + (along - at) / (2 * at**0.5), color="C1", linewidth=1)
wall.set_title("pared: $\\sqrt{x}$")

x = torch.linspace(-0.49, 3.49, 399)
for step in range(4):
    part = x[x.round() == step]
    stairs.plot(part, part.round(), color="C0")
stairs.set_title("escalones: round($x$)")

x = torch.linspace(0, 120, 241)
broken.plot(x, torch.nn.functional.softplus(x), color="C1", linestyle=":")
broken.plot(x, (1 + x.exp()).log(), color="C0")
broken.set_title("receta rota: log(1 + exp($x$))")
for ax in axes.flat:
    ax.set_xlabel("$x$")
plt.show()
# --8<-- [end:cuatro]


# --8<-- [start:esquina-entrena]
def descend(cost, start, rounds=100, rate=0.05):
    """El descenso de siempre, con un solo parámetro; devuelve todos los puntos."""
    points = [torch.tensor(start, dtype=torch.float64)]
    for _ in range(rounds):
        slope = backward_slopes(cost, points[-1])
        points.append(points[-1] - rate * slope)
    return torch.stack(points)


def two_valleys(w):
    """Dos fondos, en 1 y en -1; en 0, una esquina hacia arriba."""
    return (w.abs() - 1) ** 2


starts = (0.0, 0.001, -0.001)
for start in starts:
    print(f"de {start:6.3f} a {descend(two_valleys, start)[-1]:6.3f}")
# --8<-- [end:esquina-entrena]

# --8<-- [start:contar]
xs = torch.arange(8, dtype=torch.float64)
ys = torch.tensor([1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37], dtype=torch.float64)
m, b = 0.9, 0.1
exact = visited = 0
for _ in range(500):
    errors = m * xs + b - ys
    signs = errors.sign()  # lo que PyTorch da por derivada del valor absoluto
    exact += int((errors == 0).sum())
    visited += len(errors)
    m -= 0.01 * (signs * xs).mean().item()
    b -= 0.01 * signs.mean().item()
print(f"errores exactamente cero: {exact} de {visited}; m = {m:.4f}, b = {b:.4f}")
# --8<-- [end:contar]


# --8<-- [start:pared]
def root_slope(x):
    """La derivada de la raíz."""
    return 1 / (2 * x**0.5)


near = torch.tensor([1e-2, 1e-4, 1e-6, 0.0], dtype=torch.float64)
print("pendientes de la raíz:", text(root_slope(near)))
print("cero por infinito:", 0.0 * torch.inf)
# --8<-- [end:pared]


# --8<-- [start:dos-distancias]
def by_steps(v):
    """La distancia al origen, paso a paso."""
    return (v * v).sum().sqrt()


arrived = torch.zeros(2, dtype=torch.float64)
print("paso a paso:", text(backward_slopes(by_steps, arrived)))
print("vector_norm:", text(backward_slopes(torch.linalg.vector_norm, arrived)))
# --8<-- [end:dos-distancias]


# --8<-- [start:entropia]
def plain(p):
    """p por su logaritmo; en 0, nan."""
    return p * p.log()


def plain_slope(p):
    """Su derivada, donde la hay."""
    return p.log() + 1


def one_where(p):
    """Elige después de calcular."""
    return torch.where(p > 0, p * p.log(), 0.0)


def two_wheres(p):
    """Primero quita el cero de en medio; después elige."""
    safe = torch.where(p > 0, p, 1.0)
    return torch.where(p > 0, p * safe.log(), 0.0)


probabilities = torch.tensor([0.0, 0.25, 0.75], dtype=torch.float64)
for f in (plain, one_where, two_wheres):
    value = f(probabilities).sum().item()
    slopes = backward_slopes(f, probabilities)
    print(f"{f.__name__:10s} {value:7.4f}  {text(slopes)}")
# --8<-- [end:entropia]


# --8<-- [start:adelante-elige]
zero = torch.zeros(1, dtype=torch.float64)
for f in (one_where, two_wheres):
    back = backward_slopes(f, zero)
    ahead = forward_slopes(f, zero)
    print(f"{f.__name__:10s} hacia atrás {text(back)}, hacia adelante {text(ahead)}")
# --8<-- [end:adelante-elige]


# --8<-- [start:escalones]
def whole(w):
    """Un coste con un redondeo dentro; el fondo está donde w se redondea a 3."""
    return (w.round() - 3) ** 2


def straight_through(w):
    """A la ida redondea; a la vuelta, como si no."""
    rounded = w + (w.round() - w).detach()
    return (rounded - 3) ** 2


for cost in (whole, straight_through):
    trail = descend(cost, 0.24)
    print(f"{cost.__name__:16s} de {trail[0]:.2f} a {trail[-1]:.2f}")
# --8<-- [end:escalones]


# --8<-- [start:desborda]
def naive(x):
    """log(1 + exp(x)), tal como se lee."""
    return torch.log(1 + torch.exp(x))


def stable(x):
    """La misma función, sin exponenciales de números positivos."""
    return torch.relu(x) + torch.log1p(torch.exp(-x.abs()))


def naive_slope(x):
    """Su derivada, a mano."""
    return 1 / (1 + torch.exp(-x))


print("              naive          stable         softplus")
for dtype in (torch.float32, torch.float64):
    for at in (50.0, 100.0, 1000.0):
        point = torch.tensor([at], dtype=dtype)
        row = []
        for f in (naive, stable, torch.nn.functional.softplus):
            slope = backward_slopes(f, point)
            row.append(f"{f(point).item():6.1f} {text(slope):6s}")
        print(f"{str(dtype)[6:]} {at:5.0f}", *row, sep="  ")
# --8<-- [end:desborda]


# --8<-- [start:en-el-cero]
for name, f in (("stable", stable), ("softplus", torch.nn.functional.softplus)):
    print(f"{name:8s} en 0: {text(backward_slopes(f, zero))}")
# --8<-- [end:en-el-cero]


# --8<-- [start:suma-de-exponenciales]
def log_sum_exp(v):
    """El logaritmo de una suma de exponenciales: se saca fuera la mayor."""
    top = v.max().detach()
    return top + (v - top).exp().sum().log()


scores = torch.tensor([1000.0, 999.0], dtype=torch.float64)
for name, f in (
    ("tal cual", lambda v: v.exp().sum().log()),
    ("sacando la mayor", log_sum_exp),
    ("torch.logsumexp", lambda v: torch.logsumexp(v, 0)),
):
    print(f"{name:17s} {f(scores).item():9.4f}  {text(backward_slopes(f, scores))}")
# --8<-- [end:suma-de-exponenciales]

# --8<-- [start:log1p]
tiny = torch.tensor([1e-8])
print("log(1 + x):", torch.log(1 + tiny).item())
print(f"log1p(x):   {torch.log1p(tiny).item():.0e}")
# --8<-- [end:log1p]


# --8<-- [start:apagado]
def clipped(logit):
    """Menos el logaritmo de la probabilidad, con un tope para que no sea infinito."""
    return -torch.log(torch.sigmoid(logit).clamp(min=1e-7))


def from_logit(logit):
    """Lo mismo, desde el logit."""
    return torch.nn.functional.softplus(-logit)


for at in (-3.0, -30.0):
    logit = torch.tensor([at])
    print(
        f"logit {at:5.0f}: con tope {clipped(logit).item():6.3f}, pendiente {text(backward_slopes(clipped, logit))};",
        f"sin él {from_logit(logit).item():6.3f}, pendiente {text(backward_slopes(from_logit, logit))}",
    )
# --8<-- [end:apagado]


# --8<-- [start:epsilon]
def smooth_abs(x, c):
    """Una esquina redondeada."""
    return torch.sqrt(x**2 + c)


def smooth_abs_slope(x, c):
    """Su derivada: ya no es más o menos uno."""
    return x / torch.sqrt(x**2 + c)


for at in (0.0, 1e-4, 1e-2):
    slope = smooth_abs_slope(torch.tensor(at, dtype=torch.float64), 1e-8)
    print(f"x = {at:.0e}: pendiente {slope:.3f}")
# --8<-- [end:epsilon]

# --8<-- [start:tapar]
covered = backward_slopes(lambda p: plain(p).nan_to_num(), probabilities)
print("valor:", round(plain(probabilities).nan_to_num().sum().item(), 4), "pendientes:", text(covered))
# --8<-- [end:tapar]


# --8<-- [start:nulo]
def first_part(v):
    """La primera coordenada de la dirección de v."""
    return torch.nn.functional.normalize(v, dim=0)[0]


def to_itself(v):
    """Lo que hay de v al origen."""
    return torch.nn.functional.pairwise_distance(v, torch.zeros_like(v))


nowhere = torch.zeros(2, dtype=torch.float64)
for name, f in (("dirección", first_part), ("distancia", to_itself)):
    slopes = backward_slopes(f, nowhere)
    print(f"{name}: valor {f(nowhere):.1e}, pendientes {slopes[0]:.4g} y {slopes[1]:.4g}")
# --8<-- [end:nulo]

# --8<-- [start:ejercicio-1]
triple = torch.tensor([2.0, 2.0, 2.0], dtype=torch.float64)
print("max(v):       ", text(backward_slopes(torch.max, triple)))
print("max(v, dim=0):", text(backward_slopes(lambda v: v.max(dim=0).values, triple)))
pairs = backward_slopes(lambda v: torch.maximum(torch.maximum(v[0], v[1]), v[2]), triple)
print("de dos en dos:", text(pairs))
# --8<-- [end:ejercicio-1]


# --8<-- [start:ejercicio-2]
def safe_distance(v):
    """La distancia al origen, con pendiente cero si ya se ha llegado."""
    square = (v * v).sum()
    moving = square > 0
    return torch.where(moving, torch.where(moving, square, 1.0).sqrt(), 0.0)


away = torch.tensor([3.0, 4.0], dtype=torch.float64)
for at in (arrived, away):
    print(text(at), "->", safe_distance(at).item(), "pendientes", text(backward_slopes(safe_distance, at)))
# --8<-- [end:ejercicio-2]


# --8<-- [start:ejercicio-3]
def soft_round(w):
    """Un redondeo suave: recta más onda."""
    return w - torch.sin(2 * torch.pi * w) / (2 * torch.pi)


for start in (0.2, 1.5):
    end = descend(lambda w: (soft_round(w) - 3) ** 2, start, rounds=400)[-1]
    print(f"de {start} a {end:.2f}")
# --8<-- [end:ejercicio-3]

# --8<-- [start:ejercicio-4]
for dtype in (torch.float32, torch.float64):
    far = torch.tensor([-200.0], dtype=dtype)
    plain_log = backward_slopes(lambda z: torch.log(torch.sigmoid(z)), far)
    better = backward_slopes(torch.nn.functional.logsigmoid, far)
    print(f"{str(dtype)[6:]}: log(sigmoid) {text(plain_log)}, logsigmoid {text(better)}")
# --8<-- [end:ejercicio-4]
