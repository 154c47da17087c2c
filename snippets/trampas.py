"""Errores que corren por los cuadernos: código de la página `docs/trampas.md`."""

# --8<-- [start:datos]
import math
import warnings

import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

xs = torch.arange(8, dtype=torch.float32)
ys = torch.tensor([1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37])


def mse(m, b):
    """El coste de la recta en los ocho puntos: una media."""
    return ((m * xs + b - ys) ** 2).mean()


def initial_parameters():
    """La recta de partida."""
    return torch.tensor(0.9, requires_grad=True), torch.tensor(0.1, requires_grad=True)
# --8<-- [end:datos]


# --8<-- [start:entrenar]
def train(cost, rounds, lr=0.01, clear=True):
    """Los cuatro pasos, varias vueltas. Devuelve m, b y el coste de cada una."""
    m, b = initial_parameters()
    history = []
    for _ in range(rounds):
        if clear:
            m.grad, b.grad = None, None
        current = cost(m, b)
        history.append((m.item(), b.item(), current.item()))
        current.backward()
        with torch.no_grad():
            m -= lr * m.grad
            b -= lr * b.grad
    return history
# --8<-- [end:entrenar]


# --8<-- [start:suma-mal]
def gradient_sum(w, x, y):
    """Mal: np.dot ya ha sumado, y .mean() recibe un solo número."""
    return np.dot(2 * x, w * x - y).mean()


four = np.array([1.0, 2.0, 3.0, 4.0])  # y = 2x, y se empieza en w = 0
print(f"dC/dw = {gradient_sum(0.0, four, 2 * four):.0f}")
# --8<-- [end:suma-mal]


# --8<-- [start:suma-bien]
def gradient_mean(w, x, y):
    """Bien: primero los productos, después la media."""
    return (2 * x * (w * x - y)).mean()


print(f"dC/dw = {gradient_mean(0.0, four, 2 * four):.0f}")
# --8<-- [end:suma-bien]


# --8<-- [start:suma-curvas]
def costs_of(gradient, repeats, epochs=10, lr=0.01):
    """El coste de cada época, con los cuatro puntos repetidos."""
    x = np.tile(four, repeats)
    w, costs = 0.0, []
    for _ in range(epochs + 1):
        costs.append(np.mean((w * x - 2 * x) ** 2))
        w -= lr * gradient(w, x, 2 * x)
    return costs


fig, axes = plt.subplots(1, 2, figsize=(6.2, 3.6), sharey=True, layout="constrained")
for ax, repeats in zip(axes, (1, 4)):
    ax.plot(costs_of(gradient_sum, repeats), "s--", color="C1", label="suma")
    ax.plot(costs_of(gradient_mean, repeats), "o-", color="C0", label="media")
    ax.set_yscale("log")
    ax.set_title(f"$n = {4 * repeats}$")
    ax.set_xlabel("época")
    ax.set_xticks(range(0, 11, 2))
axes[0].set_ylabel("coste")
axes[0].legend(loc="lower left")
plt.show()
# --8<-- [end:suma-curvas]


# --8<-- [start:columna-mal]
def mse_column(m, b):
    """Mal: predicciones en columna, (8, 1), contra datos de forma (8,)."""
    y_hat = (m * xs + b).reshape(-1, 1)
    return ((y_hat - ys) ** 2).mean()


wrong_m, wrong_b, wrong_cost = train(mse_column, rounds=400, lr=0.05)[-1]
print(f"m = {wrong_m:z.3f}  b = {wrong_b:.4f}  coste = {wrong_cost:.4f}")
# --8<-- [end:columna-mal]

# --8<-- [start:columna-por-que]
m, b = initial_parameters()
gap = (m * xs + b).reshape(-1, 1) - ys
print(f"forma de la resta: {tuple(gap.shape)}")
print(f"media de ys: {ys.mean():.4f}")
# --8<-- [end:columna-por-que]


# --8<-- [start:columna-bien]
def mse_checked(m, b):
    """Bien: antes de restar, las formas tienen que ser iguales."""
    y_hat = (m * xs + b).reshape(-1, 1).squeeze(1)  # de columna a lista
    assert y_hat.shape == ys.shape, (y_hat.shape, ys.shape)
    return ((y_hat - ys) ** 2).mean()


right_m, right_b, right_cost = train(mse_checked, rounds=400, lr=0.05)[-1]
print(f"m = {right_m:.3f}  b = {right_b:.3f}  coste = {right_cost:.4f}")
# --8<-- [end:columna-bien]

# --8<-- [start:columna-aviso]
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    nn.MSELoss()(torch.zeros(8, 1), ys)
print(str(caught[0].message).split(". ")[0] + ".")
# --8<-- [end:columna-aviso]

# --8<-- [start:sin-borrar]
piled = [row[2] for row in train(mse, rounds=9, clear=False)]
clean = [row[2] for row in train(mse, rounds=9)]
print("sin borrar:", " ".join(f"{cost:6.2f}" for cost in piled))
print("borrando:  ", " ".join(f"{cost:6.2f}" for cost in clean))
# --8<-- [end:sin-borrar]


# --8<-- [start:raiz-mal]
def root_cost_wrong(m, b):
    """Mal: raíz del error si es positivo; si no, cero."""
    error = m * xs + b - ys
    return torch.where(error > 0, torch.sqrt(error), 0.0).mean()


m, b = initial_parameters()
cost = root_cost_wrong(m, b)
cost.backward()
print(f"coste = {cost:.4f}  dC/dm = {m.grad:.4f}  dC/db = {b.grad:.4f}")
# --8<-- [end:raiz-mal]


# --8<-- [start:raiz-bien]
def root_cost_right(m, b):
    """Bien: a la raíz solo le llegan números positivos."""
    error = m * xs + b - ys
    safe = torch.where(error > 0, error, 1.0)  # 1: un valor cualquiera sin peligro
    return torch.where(error > 0, torch.sqrt(safe), 0.0).mean()


m, b = initial_parameters()
cost = root_cost_right(m, b)
cost.backward()
print(f"coste = {cost:.4f}  dC/dm = {m.grad:.4f}  dC/db = {b.grad:.4f}")
# --8<-- [end:raiz-bien]


# --8<-- [start:semilla-mal]
def noise_without_seed():
    """Mal: cada llamada sigue donde acabó la anterior."""
    return torch.randn(3)


first, second = noise_without_seed(), noise_without_seed()
print("¿iguales?", torch.equal(first, second))
# --8<-- [end:semilla-mal]


# --8<-- [start:semilla-bien]
def noise_with_seed(seed=3):
    """Bien: un generador propio, con su semilla."""
    return torch.randn(3, generator=torch.Generator().manual_seed(seed))


first, second = noise_with_seed(), noise_with_seed()
print("¿iguales?", torch.equal(first, second))
# --8<-- [end:semilla-bien]


# --8<-- [start:ejes-mal]
def limits_from_line(m, b):
    """Mal: del primer valor de la recta al último."""
    return m * xs[0].item() + b, m * xs[-1].item() + b


def hidden_points(limits):
    """Cuántos puntos quedan fuera del eje."""
    return ((ys < min(limits)) | (ys > max(limits))).sum().item()


history = train(mse, rounds=9)
for number in (1, 9):
    m, b, _ = history[number - 1]
    low, high = limits_from_line(m, b)
    hidden = hidden_points((low, high))
    print(f"vuelta {number}: eje de {low:.2f} a {high:.2f}, fuera {hidden} puntos")
# --8<-- [end:ejes-mal]


# --8<-- [start:ejes-bien]
def limits_from_all(lines):
    """Bien: con todos los puntos y todas las rectas, de menor a mayor."""
    values = torch.cat([ys] + [m * xs + b for m, b, _ in lines])
    margin = 0.08 * (values.max() - values.min()).item()
    return values.min().item() - margin, values.max().item() + margin


limits = limits_from_all(history)
hidden = hidden_points(limits)
print(f"eje de {limits[0]:.2f} a {limits[1]:.2f}, fuera {hidden} puntos")
# --8<-- [end:ejes-bien]


# --8<-- [start:ejes-dibujo]
def draw_round(ax, row, limits=None):
    """Los puntos y la recta de una vuelta; sin límites, los elige matplotlib."""
    m, b, _ = row
    ax.scatter(xs, ys, color="C0", s=24, zorder=3)
    ax.plot(xs, m * xs + b, color="C1")
    if limits is not None:
        ax.set_ylim(limits)
    ax.set_xlabel("$x$")


fig, axes = plt.subplots(1, 2, figsize=(6.0, 3.2), layout="constrained")
draw_round(axes[0], history[-1], limits_from_line(*history[-1][:2]))
axes[0].set_title("mal: vuelta 9")
draw_round(axes[1], history[-1], limits)
axes[1].set_title("bien: vuelta 9")
axes[0].set_ylabel("$y$")
plt.show()
# --8<-- [end:ejes-dibujo]

# --8<-- [start:escalas-dibujo]
chosen = [history[0], history[1], history[-1]]
fig, axes = plt.subplots(2, 3, figsize=(6.2, 4.6), sharex=True, layout="constrained")
for column, (row, number) in enumerate(zip(chosen, (1, 2, 9))):
    draw_round(axes[0, column], row)  # mal: cada panel, su escala
    draw_round(axes[1, column], row, limits)  # bien: la misma para todos
    axes[0, column].set_title(f"vuelta {number}")
    axes[0, column].set_xlabel("")
axes[0, 0].set_ylabel("mal: $y$")
axes[1, 0].set_ylabel("bien: $y$")
wrong_limits = [ax.get_ylim() for ax in axes[0]]
right_limits = [ax.get_ylim() for ax in axes[1]]
plt.show()
# --8<-- [end:escalas-dibujo]

# --8<-- [start:escalas]
for name, scales in (("mal: ", wrong_limits), ("bien:", right_limits)):
    print(name, " ".join(f"[{low:5.2f}, {high:5.2f}]" for low, high in scales))
# --8<-- [end:escalas]


# --8<-- [start:producto-mal]
slope, intercept = 0.5, 0.0


def true_line_wrong(x):
    """Mal: la ordenada en el origen multiplica."""
    return slope * x * intercept


print("en x = 0, 25 y 50:", *[true_line_wrong(x) for x in (0, 25, 50)])
# --8<-- [end:producto-mal]


# --8<-- [start:producto-bien]
def true_line_right(x):
    """Bien: la ordenada en el origen se suma."""
    return slope * x + intercept


print("en x = 0, 25 y 50:", *[true_line_right(x) for x in (0, 25, 50)])
# --8<-- [end:producto-bien]


# --8<-- [start:cortar-mal]
def cut(value, decimals):
    """Mal: tira las cifras que sobran."""
    return math.trunc(value * 10**decimals) / 10**decimals


m, b = initial_parameters()
cost = mse(m, b)
cost.backward()
values = {"C": cost.item(), "dC/dm": m.grad.item(), "dC/db": b.grad.item()}
print("  ".join(f"{name} = {cut(value, 2)}" for name, value in values.items()))
# --8<-- [end:cortar-mal]

# --8<-- [start:cortar-bien]
print("  ".join(f"{name} = {value:.3f}" for name, value in values.items()))
# --8<-- [end:cortar-bien]


# --8<-- [start:cadena-mal]
def h(x):
    """Una función dentro de otra: g(x) = 3x + 1 y h(x) = g(x)²."""
    return (3 * x + 1) ** 2


def chain(x):
    """La regla de la cadena: 2g por la derivada de g, que es 3."""
    return 2 * (3 * x + 1) * 3


dx = 0.01
print(f"h(x) dx  = {h(2.0) * dx:.4f}")
print(f"la regla = {chain(2.0):.4f}")
# --8<-- [end:cadena-mal]

# --8<-- [start:cadena-bien]
print(f"lo que sube h, entre dx = {(h(2.0 + dx) - h(2.0)) / dx:.2f}")
print(f"la regla                = {chain(2.0):.2f}")
# --8<-- [end:cadena-bien]

# --8<-- [start:norma-mal]
m, b = initial_parameters()
errors = (m * xs + b - ys).detach()
l2_norm = torch.linalg.vector_norm(errors)
print(f"norma L2 = {l2_norm:.4f}")
print(f"MSE      = {nn.MSELoss()(m * xs + b, ys):.4f}")
# --8<-- [end:norma-mal]

# --8<-- [start:norma-bien]
print(f"norma L2 al cuadrado, entre n = {l2_norm**2 / len(errors):.4f}")
# --8<-- [end:norma-bien]


# --8<-- [start:range-definir]
def uniform_points_wrong(n, range):
    """Mal: el parámetro tapa la función range de Python."""
    low, high = range
    return [low + (high - low) * i / (n - 1) for i in range(n)]
# --8<-- [end:range-definir]


try:
    # --8<-- [start:range-mal]
    uniform_points_wrong(3, (10, 50))
    # --8<-- [end:range-mal]
except TypeError as error:
    print(f"TypeError: {error}")


# --8<-- [start:range-bien]
def uniform_points_right(n, bounds):
    """Bien: un nombre que no sea de nadie."""
    low, high = bounds
    return [low + (high - low) * i / (n - 1) for i in range(n)]


print(uniform_points_right(3, (10, 50)))
# --8<-- [end:range-bien]

# --8<-- [start:biblioteca]
m, b = initial_parameters()
print(type(m).__module__, "·", type(m).__name__)
# --8<-- [end:biblioteca]
