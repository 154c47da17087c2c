"""El gradiente de un lote: código de la lección `docs/lecciones/lote.md`."""

# --8<-- [start:datos]
from typing import NamedTuple

import matplotlib.pyplot as plt
import torch

xs = torch.arange(8, dtype=torch.float32)  # 0, 1, …, 7
ys = torch.tensor([1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37])
m_start, b_start = 0.9, 0.1  # la recta de partida


def predict(m, b, xs):
    """Paso hacia adelante: lo que predice la recta en cada x."""
    return m * xs + b


y_hat = predict(m_start, b_start, xs)
errors = y_hat - ys
print("errores:", "  ".join(f"{error:.2f}" for error in errors))
# --8<-- [end:datos]


# --8<-- [start:coste]
def mse(m, b, xs, ys):
    """El coste de un lote: la media de los errores al cuadrado."""
    return ((predict(m, b, xs) - ys) ** 2).mean()


trio = [1, 4, 7]  # los tres puntos de las cuentas a mano
print(f"tres puntos: C = {mse(m_start, b_start, xs[trio], ys[trio]):.4f}")
print(f"ocho puntos: C = {mse(m_start, b_start, xs, ys):.4f}")
# --8<-- [end:coste]


# --8<-- [start:aportaciones]
def contributions(m, b, xs, ys):
    """Las parciales de la pérdida de cada punto: 2(ŷ - y)x y 2(ŷ - y)."""
    errors = predict(m, b, xs) - ys
    return 2 * errors * xs, 2 * errors


losses = errors**2
by_point_m, by_point_b = contributions(m_start, b_start, xs, ys)
columns = [xs, errors, losses, by_point_m, by_point_b]

print("x      ŷ - y  (ŷ - y)²  2(ŷ - y)x  2(ŷ - y)")
for x, error, loss, grad_m, grad_b in zip(*columns):
    print(
        f"{x:.0f}  {error:9.2f} {loss:9.4f}"
        f" {grad_m:z10.2f} {grad_b:9.2f}"  # la z evita escribir -0.00
    )
print(
    f"media        {losses.mean():9.4f}"
    f" {by_point_m.mean():10.3f} {by_point_b.mean():9.3f}"
)
# --8<-- [end:aportaciones]

# --8<-- [start:barras]
fig, ax = plt.subplots(figsize=(5.6, 3.2), layout="constrained")
heights = by_point_m.numpy()
ax.bar(xs.numpy(), heights, width=0.6, color="C0", label="cada punto: $2(ŷ - y)x$")
ax.axhline(by_point_m.mean(), color="C1", linestyle="--", label="su media: $∂C/∂m$")
ax.set_xlabel("$x$ del punto")
ax.set_ylabel("aportación")
ax.legend(loc="upper left")
plt.show()
# --8<-- [end:barras]


# --8<-- [start:formula]
def gradient(m, b, xs, ys):
    """Las dos parciales del coste: (2/n)Σ(ŷ - y)x y (2/n)Σ(ŷ - y)."""
    n = len(xs)
    errors = predict(m, b, xs) - ys
    return 2 / n * (errors * xs).sum(), 2 / n * errors.sum()


formula_m, formula_b = gradient(m_start, b_start, xs, ys)
print(f"dC/dm = {formula_m:.3f}  dC/db = {formula_b:.3f}")
# --8<-- [end:formula]


# --8<-- [start:autograd]
def initial_parameters():
    """La recta de partida: m y b nuevos, que piden su gradiente."""
    m = torch.tensor(m_start, requires_grad=True)
    b = torch.tensor(b_start, requires_grad=True)
    return m, b


m, b = initial_parameters()
cost = mse(m, b, xs, ys)  # 1 y 2: paso hacia adelante y coste
cost.backward()  # 3: gradiente
print(f"dC/dm = {m.grad:.3f}  dC/db = {b.grad:.3f}")
# --8<-- [end:autograd]


# --8<-- [start:diferencias]
def central_difference(f, t, h=1e-5):
    """La pendiente de f en t, mirando un poco a cada lado."""
    return (f(t + h) - f(t - h)) / (2 * h)


xs64, ys64 = xs.double(), ys.double()  # float64: la resta conserva más cifras
slope_m = central_difference(lambda t: mse(t, b_start, xs64, ys64), m_start)
slope_b = central_difference(lambda t: mse(m_start, t, xs64, ys64), b_start)
print(f"dC/dm = {slope_m:.3f}  dC/db = {slope_b:.3f}")
# --8<-- [end:diferencias]

# --8<-- [start:vector]
grad = torch.stack([m.grad, b.grad]).reshape(2, 1)
print(grad)
print(grad.shape)
# --8<-- [end:vector]


# --8<-- [start:difusion]
def joined(first_shape, second_shape):
    """La forma que sale de sumar tensores de esas dos formas."""
    try:
        return str(tuple(torch.broadcast_shapes(first_shape, second_shape)))
    except RuntimeError:
        return "error"


pairs = [((), (8,)), ((1,), (8,)), ((2, 1), (8,)), ((2,), (8,)), ((8, 1), (8,))]
for first_shape, second_shape in pairs:
    result = joined(first_shape, second_shape)
    print(f"{first_shape!s:7} con {second_shape!s}: {result}")
# --8<-- [end:difusion]

# --8<-- [start:todos-con-todos]
column = predict(m_start, b_start, xs).reshape(-1, 1)  # (8, 1)
gaps = column - ys  # (8, 1) menos (8,): (8, 8)

fig, ax = plt.subplots(figsize=(5.6, 4.6), layout="constrained")
grid = ax.pcolormesh(gaps, cmap="viridis", edgecolors="none", rasterized=True)
for k in range(8):  # la diagonal: cada predicción con su dato
    ax.add_patch(plt.Rectangle((k, k), 1, 1, fill=False, edgecolor="C1", linewidth=2))
ticks = torch.arange(8) + 0.5
ax.set_xticks(ticks, [f"{y:.1f}" for y in ys])
ax.set_yticks(ticks, [f"{y:.1f}" for y in column.flatten()])
ax.set_xlabel("dato $y$, forma (8,)")
ax.set_ylabel("predicción $ŷ$, forma (8, 1)")
ax.invert_yaxis()
ax.set_aspect("equal")
ax.grid(False)
fig.colorbar(grid, ax=ax, label="resta")
plt.show()
# --8<-- [end:todos-con-todos]


# --8<-- [start:limites]
def y_limits(xs, ys, lines, margin=0.08):
    """De abajo arriba, con todos los puntos y todas las rectas dentro."""
    values = torch.cat([ys] + [predict(m, b, xs) for m, b in lines])
    low, high = values.min().item(), values.max().item()
    pad = margin * (high - low)
    return low - pad, high + pad


limits = y_limits(xs, ys, [(m_start, b_start)])
print(f"eje y: de {limits[0]:.2f} a {limits[1]:.2f}")
# --8<-- [end:limites]


# --8<-- [start:recta]
def draw_fit(ax, m, b, limits):
    """Los puntos, la recta y los errores, en una escala dada."""
    y_hat = predict(m, b, xs)
    ax.vlines(xs, ys, y_hat, color="C2", linestyle="--", label="errores")
    ax.plot(xs, y_hat, color="C1", label="recta")
    ax.scatter(xs, ys, color="C0", s=24, zorder=3, label="datos")
    ax.set_xlim(-0.4, 7.4)
    ax.set_ylim(limits)


def label_fit(ax, m, b):
    """El coste, arriba; cada parámetro y su parcial, en un eje."""
    grad_m, grad_b = gradient(m, b, xs, ys)
    ax.set_title(f"$C = {mse(m, b, xs, ys):.4f}$")
    ax.set_xlabel(f"$x$\n$m = {m:.3f}$     $∂C/∂m = {grad_m:.3f}$")
    ax.set_ylabel(f"$b = {b:.3f}$     $∂C/∂b = {grad_b:.3f}$\n$y$")


fig, ax = plt.subplots(figsize=(5.6, 4.2), layout="constrained")
draw_fit(ax, m_start, b_start, limits)
label_fit(ax, m_start, b_start)
ax.legend(loc="upper left")
plt.show()
# --8<-- [end:recta]

# --8<-- [start:signos]
cost_here = mse(m_start, b_start, xs, ys)
for dm, db in [(0.01, 0), (-0.01, 0), (0, 0.01), (0, -0.01)]:
    change = mse(m_start + dm, b_start + db, xs, ys) - cost_here
    print(f"m {dm:+.2f}  b {db:+.2f}  C {change:+.3f}")
# --8<-- [end:signos]

# --8<-- [start:paso]
learning_rate = 0.01
optimizer = torch.optim.SGD([m, b], lr=learning_rate)

optimizer.step()  # 4: actualización, con el gradiente que dejó backward
print(f"m = {m:.5f}  b = {b:.5f}")
print(f"C = {mse(m, b, xs, ys):.4f}")
# --8<-- [end:paso]

# --8<-- [start:recta-paso]
fig, ax = plt.subplots(figsize=(5.6, 4.2), layout="constrained")
draw_fit(ax, m.item(), b.item(), limits)  # los mismos límites de antes
label_fit(ax, m.item(), b.item())
plt.show()
# --8<-- [end:recta-paso]


# --8<-- [start:vuelta]
class Round(NamedTuple):
    """Una vuelta, tal como está justo antes de actualizar."""

    m: float
    b: float
    cost: float
    grad_m: float
    grad_b: float


first = Round(m_start, b_start, cost.item(), m.grad.item(), b.grad.item())
# --8<-- [end:vuelta]

# --8<-- [start:vueltas]
rounds = [first]
for _ in range(8):
    optimizer.zero_grad()  # borra el gradiente de la vuelta anterior
    y_hat = predict(m, b, xs)  # 1: paso hacia adelante
    cost = ((y_hat - ys) ** 2).mean()  # 2: coste
    cost.backward()  # 3: gradiente
    rounds.append(
        Round(m.item(), b.item(), cost.item(), m.grad.item(), b.grad.item())
    )
    optimizer.step()  # 4: actualización
# --8<-- [end:vueltas]

# --8<-- [start:tabla]
numbered = list(enumerate(rounds, start=1))

print("vuelta       m       b       C   dC/dm   dC/db")
for number, row in numbered:
    print(
        f"{number:6d} {row.m:7.3f} {row.b:7.3f} {row.cost:7.3f}"
        f" {row.grad_m:7.3f} {row.grad_b:7.3f}"
    )
# --8<-- [end:tabla]

# --8<-- [start:cambio-de-signo]
sign_change = next(number for number, row in numbered if row.grad_b < 0)
smallest_grad_m = min(row.grad_m for row in rounds)
print(f"dC/db es negativa desde la vuelta {sign_change}")
print(f"la menor dC/dm es {smallest_grad_m:.3f}")
# --8<-- [end:cambio-de-signo]

# --8<-- [start:rejilla]
lines = [(row.m, row.b) for row in rounds]
grid_limits = y_limits(xs, ys, lines, margin=0.04)

fig, axes = plt.subplots(
    3, 3, figsize=(6.4, 6.2), sharex=True, sharey=True, layout="constrained"
)
for ax, (number, row) in zip(axes.flat, numbered):
    draw_fit(ax, row.m, row.b, grid_limits)
    ax.set_title(f"Vuelta {number}: $C = {row.cost:.3f}$")
    ax.text(
        0.2,
        6.6,
        f"$∂C/∂m = {row.grad_m:.3f}$\n$∂C/∂b = {row.grad_b:.3f}$",
        va="top",
    )
    ax.set_xticks([0, 7])
    ax.set_yticks([0, 2, 4])
fig.supxlabel("$x$")
fig.supylabel("$y$")
plt.show()
# --8<-- [end:rejilla]

# --8<-- [start:meta]
x_mean, y_mean = xs64.mean(), ys64.mean()
m_best = ((xs64 - x_mean) * (ys64 - y_mean)).sum() / ((xs64 - x_mean) ** 2).sum()
b_best = y_mean - m_best * x_mean

best_cost = mse(m_best, b_best, xs64, ys64)
best_gradient = gradient(m_best, b_best, xs64, ys64)
print(f"m = {m_best:.6f}  b = {b_best:.2f}  C = {best_cost:.4f}")
print(f"dC/dm = {best_gradient[0]:z.6f}  dC/db = {best_gradient[1]:z.6f}")
# --8<-- [end:meta]

# --8<-- [start:mapa]
m_axis, b_axis = torch.linspace(-1.1, 1.2, 116), torch.linspace(-0.5, 2.2, 136)
b_grid, m_grid = torch.meshgrid(b_axis, m_axis, indexing="ij")
cost_grid = ((m_grid[..., None] * xs + b_grid[..., None] - ys) ** 2).mean(dim=-1)

path = [(rounds[-1].m, rounds[-1].b)]  # mil vueltas más, con la fórmula
for _ in range(1000):
    line_m, line_b = path[-1]
    grad_m, grad_b = gradient(line_m, line_b, xs64, ys64)
    path.append((line_m - learning_rate * grad_m, line_b - learning_rate * grad_b))

fig, ax = plt.subplots(figsize=(5.2, 5.8), layout="constrained")
levels = [0.25, 1, 2, 4, 8, 16, 32]
curves = ax.contour(m_axis, b_axis, cost_grid, levels, colors="C0", linewidths=0.9)
ax.clabel(curves, fmt="%g", fontsize=9)
ax.plot(*zip(*path), color="C1", linestyle=":")

ms, bs, _, grads_m, grads_b = torch.tensor(rounds).T
moves = -learning_rate * grads_m, -learning_rate * grads_b
units = {"angles": "xy", "scale_units": "xy", "scale": 1}  # las de los ejes
ax.quiver(ms, bs, *moves, **units, color="C1", width=0.01)
ax.scatter(ms, bs, color="C1", s=16)
ax.scatter(m_best, b_best, color="C2", marker="*", s=140)

labels = {"1": (0.92, 0.15), "2": (0.55, 0.1), "9": (-0.1, -0.16), "meta": (-0.4, 1.74)}
for text, place in labels.items():
    ax.annotate(text, place)
ax.set_aspect("equal")  # la misma escala en los dos ejes
ax.set_xlabel("$m$")
ax.set_ylabel("$b$")
plt.show()
# --8<-- [end:mapa]

# --8<-- [start:paisaje]
curvature = 2 * torch.tensor([[(xs64**2).mean(), x_mean], [x_mean, 1]])
# `eigvalsh`: cuánto se curva el valle en sus dos direcciones propias
limit_rate = 2 / torch.linalg.eigvalsh(curvature).max()  # con más, diverge
print(f"converge por debajo de {limit_rate:.4f}")

fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.4), layout="constrained")
sides = errors.abs()  # un cuadrado por error, con el error por lado
squares = [xs - sides / 2, sides, sides, torch.minimum(ys, ys + errors)]
left.bar(*torch.stack(squares).numpy(), fill=False, edgecolor="C2")
left.plot(xs, ys + errors, color="C1")
left.scatter(xs, ys, color="C0", s=20, zorder=3)
left.set_aspect("equal")
left.set_xlabel("$x$")
left.set_ylabel("$y$")

right.contour(m_axis, b_axis, cost_grid, levels, colors="C0", linewidths=0.8)
step_m, step_b = -learning_rate * first.grad_m, -learning_rate * first.grad_b
right.quiver(m_start, b_start, step_m, step_b, **units, color="C1", width=0.02)
right.scatter([m_start], [b_start], color="C1", s=30, zorder=3)
right.scatter(m_best, b_best, color="C2", marker="*", s=120)
right.set_aspect("equal")
right.set_xlabel("$m$")
right.set_ylabel("$b$")
plt.show()
# --8<-- [end:paisaje]


# --8<-- [start:entrenar]
def train(steps, loss=mse, lr=learning_rate, clear=True):
    """Unas vueltas desde la recta de partida: los costes, y la recta final."""
    m, b = initial_parameters()
    optimizer = torch.optim.SGD([m, b], lr=lr)
    costs = []
    for _ in range(steps):
        if clear:
            optimizer.zero_grad()
        cost = loss(m, b, xs, ys)
        cost.backward()
        costs.append(cost.item())
        optimizer.step()
    return costs, (m.item(), b.item())
# --8<-- [end:entrenar]


# --8<-- [start:sin-borrar]
clean_costs, _ = train(9)
piled_costs, _ = train(9, clear=False)

print("vuelta  con zero_grad  sin zero_grad")
for number, (clean, piled) in enumerate(zip(clean_costs, piled_costs), start=1):
    print(f"{number:6d}  {clean:13.3f}  {piled:13.3f}")
# --8<-- [end:sin-borrar]

# --8<-- [start:olvido]
fig, ax = plt.subplots(figsize=(5.6, 3.2), layout="constrained")
turns = range(1, 10)
ax.plot(turns, clean_costs, color="C0", marker="o", label="con zero_grad")
ax.plot(turns, piled_costs, "--", color="C1", marker="s", label="sin zero_grad")
ax.set_xlabel("vuelta")
ax.set_ylabel("coste $C$")
ax.legend(loc="upper right")
plt.show()
# --8<-- [end:olvido]


# --8<-- [start:suma]
def sse(m, b, xs, ys):
    """La suma de los errores al cuadrado: nadie divide entre n."""
    return ((predict(m, b, xs) - ys) ** 2).sum()


sum_m, sum_b = initial_parameters()
sse(sum_m, sum_b, xs, ys).backward()
print(f"dC/dm = {sum_m.grad:.2f}  dC/db = {sum_b.grad:.2f}")
print(f"veces: {sum_m.grad / formula_m:.2f} y {sum_b.grad / formula_b:.2f}")

sum_costs, _ = train(5, loss=sse)
print("coste:", "  ".join(f"{cost:.0f}" for cost in sum_costs))
# --8<-- [end:suma]


# --8<-- [start:formas]
def mse_column(m, b, xs, ys):
    """El coste de antes, con las predicciones en columna: un fallo."""
    return ((predict(m, b, xs).reshape(-1, 1) - ys) ** 2).mean()


column = predict(m_start, b_start, xs).reshape(-1, 1)
print(tuple(column.shape), "-", tuple(ys.shape), "=", tuple((column - ys).shape))
column_cost = mse_column(m_start, b_start, xs, ys)
print(f"C = {column_cost:.4f}")

_, (flat_m, flat_b) = train(400, loss=mse_column, lr=0.05)
print(f"al final: m = {flat_m:z.3f}  b = {flat_b:.4f}")
print(f"media de ys: {ys.mean():.4f}")
# --8<-- [end:formas]

# --8<-- [start:sol-a-mano]
corner = [0, 2, 5]
corner_m, corner_b = gradient(m_start, b_start, xs[corner], ys[corner])
print(f"dC/dm = {corner_m:.4f}  dC/db = {corner_b:.4f}")
# --8<-- [end:sol-a-mano]

# --8<-- [start:sol-signos]
low_m, low_b = gradient(m_best, 0, xs64, ys64)
print(f"dC/dm = {low_m:.2f}  dC/db = {low_b:.2f}")
# --8<-- [end:sol-signos]

# --8<-- [start:sol-n]
print("n   autograd   2/n·Σ   2·Σ   1·Σ   2/8·Σ")
for size in [1, 2, 3, 5, 8]:
    x_part, y_part = xs[-size:], ys[-size:]
    part_m, part_b = initial_parameters()
    mse(part_m, part_b, x_part, y_part).backward()
    total = ((predict(m_start, b_start, x_part) - y_part) * x_part).sum()
    guesses = [2 / size * total, 2 * total, 1 * total, 2 / 8 * total]
    hits = ["sí" if torch.isclose(g, part_m.grad) else "no" for g in guesses]
    print(
        f"{size}  {part_m.grad:9.3f}   {hits[0]:>5}   {hits[1]:>3}"
        f"   {hits[2]:>3}   {hits[3]:>5}"
    )
# --8<-- [end:sol-n]

# --8<-- [start:sol-suma]
for size in [3, 5, 8]:
    steps = []
    for loss_of_batch, rate in [(mse, 0.01), (sse, 0.01 / size)]:
        part_m, part_b = initial_parameters()
        loss_of_batch(part_m, part_b, xs[:size], ys[:size]).backward()
        steps.append(rate * part_m.grad)
    print(f"n = {size}: media {steps[0]:.5f}  suma {steps[1]:.5f}")
# --8<-- [end:sol-suma]

# --8<-- [start:sol-media]
print(f"vuelta   altura   2 · (altura - {y_mean:.4f})    dC/db")
for number, row in numbered[3:7]:
    height = predict(row.m, row.b, x_mean)  # de la recta, en la media de las x
    twice = 2 * (height - y_mean)
    print(f"{number:6d} {height:8.3f} {twice:23.3f} {row.grad_b:8.3f}")
# --8<-- [end:sol-media]

# --8<-- [start:sol-partes]
left_m, _ = gradient(m_start, b_start, xs[:3], ys[:3])
right_m, _ = gradient(m_start, b_start, xs[3:], ys[3:])
plain_mean = (left_m + right_m) / 2
weighted_mean = (3 * left_m + 5 * right_m) / 8
print(f"partes: {left_m:.3f} y {right_m:.3f}")
print(f"media sin pesos: {plain_mean:.3f}")
print(f"media con pesos: {weighted_mean:.3f}")
# --8<-- [end:sol-partes]
