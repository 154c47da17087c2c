"""Lotes, minilotes y estocástico: código de `docs/lecciones/minilotes.md`."""

# --8<-- [start:datos]
from itertools import combinations

import matplotlib.pyplot as plt
import torch

xs = torch.arange(8, dtype=torch.float32)
ys = torch.tensor([1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37])
m_start, b_start = 0.9, 0.1  # la recta de partida


def mse(m, b, xs, ys):
    """El coste de un grupo de puntos: la media de sus pérdidas."""
    return ((m * xs + b - ys) ** 2).mean()


print(f"coste de los ocho puntos: {mse(m_start, b_start, xs, ys):.4f}")
# --8<-- [end:datos]

# --8<-- [start:repartos]
plans = {"lote": 8, "minilotes de 2": 2, "estocástico": 1}

fig, ax = plt.subplots(figsize=(6, 2.6), layout="constrained")
for row, (name, size) in enumerate(plans.items()):
    height = 2 - row
    for first in range(0, 8, size):
        corner = (first + 0.08, height - 0.33)
        look = {"fill": False, "edgecolor": "C1", "linewidth": 1.6}
        ax.add_patch(plt.Rectangle(corner, size - 0.16, 0.66, **look))
    ax.plot(torch.arange(8) + 0.5, torch.full((8,), height), "o", color="C0")
    ax.text(-0.2, height, name, ha="right", va="center")
    ax.text(8.2, height, "un paso" if size == 8 else f"{8 // size} pasos", va="center")
ax.set_xlim(-3.4, 10.2)
ax.set_ylim(-0.5, 2.5)
ax.axis("off")
plt.show()
# --8<-- [end:repartos]


# --8<-- [start:gradiente]
def gradient(m, b, xs, ys):
    """El gradiente del coste de un grupo: la media de sus aportaciones."""
    errors = m * xs + b - ys
    return torch.stack([(2 * errors * xs).mean(), (2 * errors).mean()])


def show(name, grad):
    """Un nombre y las dos parciales."""
    print(f"{name:15}  dm {grad[0]:7.3f}  db {grad[1]:6.3f}")


start = (m_start, b_start)
full = gradient(*start, xs, ys)
pair = torch.tensor([1, 4])  # un minilote de dos puntos
single = torch.tensor([7])  # un solo punto
show("los ocho", full)
show("dos: 1 y 4", gradient(*start, xs[pair], ys[pair]))
show("uno: el 7", gradient(*start, xs[single], ys[single]))
# --8<-- [end:gradiente]


# --8<-- [start:barajar]
def minibatches(n, size, generator):
    """Los índices 0 … n - 1, barajados y cortados en minilotes."""
    order = torch.randperm(n, generator=generator)
    return order.split(size)


generator = torch.Generator().manual_seed(1)
for epoch in (1, 2):
    batches = minibatches(8, 2, generator)
    print(f"época {epoch}:", *[batch.tolist() for batch in batches])
# --8<-- [end:barajar]

# --8<-- [start:cuantos]
for size in (1, 2, 3, 4, 8):
    batches = minibatches(8, size, generator)
    print(f"|B| = {size}: k = {len(batches)}, tamaños {[len(b) for b in batches]}")
# --8<-- [end:cuantos]


# --8<-- [start:media-epoca]
def gradients_of(batches):
    """El gradiente de cada minilote, todos en la recta de partida."""
    grads = [gradient(*start, xs[batch], ys[batch]) for batch in batches]
    return torch.stack(grads)


batches = minibatches(8, 2, generator)
grads = gradients_of(batches)
for batch, grad in zip(batches, grads):
    show(f"minilote {batch.tolist()}", grad)
show("media", grads.mean(dim=0))  # dim=0: la media de cada columna
show("lote", full)
# --8<-- [end:media-epoca]

# --8<-- [start:todos]
print("|B| cuántos   media   menor    mayor desv.")
slopes = {}
for size in (1, 2, 3, 4, 8):
    subsets = [list(subset) for subset in combinations(range(8), size)]
    slope = gradients_of(subsets)[:, 0]
    slopes[size] = slope
    # correction=0: la desviación divide entre n, no entre n - 1
    print(
        f"{size:3d} {len(slope):7d} {slope.mean():7.3f} {slope.min():7.3f}"
        f" {slope.max():8.3f} {slope.std(correction=0):5.1f}"
    )
# --8<-- [end:todos]

# --8<-- [start:nubes]
fig, ax = plt.subplots(figsize=(5.6, 3.6), layout="constrained")
places = range(len(slopes))
for place, slope in zip(places, slopes.values()):
    shifts = torch.arange(len(slope)) * 0.618 % 1 - 0.5  # para que no se tapen
    sideways = place + 0.4 * shifts * (len(slope) > 1)
    ax.scatter(sideways, slope, color="C0", s=14, alpha=0.6)
ax.axhline(full[0], color="C1", linestyle="--", label="gradiente del lote")
ax.set_xticks(places, [f"{size}" for size in slopes])
ax.set_xlabel("ejemplos en el minilote, $|B|$")
ax.set_ylabel("$∂C_B/∂m$")
ax.legend(loc="upper right")
plt.show()
# --8<-- [end:nubes]

# --8<-- [start:desiguales]
uneven = minibatches(8, 3, generator)
parts = gradients_of(uneven)
sizes = torch.tensor([len(batch) for batch in uneven])
weights = sizes / 8

plain = parts.mean(dim=0)
weighted = (weights.reshape(-1, 1) * parts).sum(dim=0)
print("tamaños:", sizes.tolist())
show("media sin pesos", plain)
show("media con pesos", weighted)
show("lote", full)
# --8<-- [end:desiguales]

# --8<-- [start:sin-barajar]
ordered = torch.arange(8).split(3)  # siempre el mismo corte
print(*[batch.tolist() for batch in ordered])
show("media sin pesos", gradients_of(ordered).mean(dim=0))
# --8<-- [end:sin-barajar]


# --8<-- [start:descenso]
def descend(size, epochs, lr=0.01, seed=0, start=start):
    """El camino de (m, b), paso a paso, y el coste de los ocho por época."""
    generator = torch.Generator().manual_seed(seed)
    m, b = (torch.tensor(value, requires_grad=True) for value in start)
    optimizer = torch.optim.SGD([m, b], lr=lr)
    path, costs = [start], [mse(*start, xs, ys).item()]
    for _ in range(epochs):
        for batch in minibatches(8, size, generator):
            optimizer.zero_grad()
            mse(m, b, xs[batch], ys[batch]).backward()  # solo el minilote
            optimizer.step()
            path.append((m.item(), b.item()))
        with torch.no_grad():
            costs.append(mse(m, b, xs, ys).item())  # los ocho, para comparar
    return path, costs
# --8<-- [end:descenso]


# --8<-- [start:tres]
names = {8: "lote", 2: "minilotes de 2", 1: "estocástico"}
runs = {size: descend(size, epochs=60) for size in names}

print("época      lote  minilotes de 2  estocástico")
for epoch in (0, 1, 2, 5, 10, 20, 40, 60):
    row = [runs[size][1][epoch] for size in names]
    print(f"{epoch:5d} {row[0]:9.3f} {row[1]:15.3f} {row[2]:12.3f}")
steps = [len(runs[size][0]) - 1 for size in names]
print(f"pasos {steps[0]:9d} {steps[1]:15d} {steps[2]:12d}")
# --8<-- [end:tres]

# --8<-- [start:mapa]
m_axis, b_axis = torch.linspace(-0.95, 1.05, 101), torch.linspace(-0.25, 2, 113)
b_grid, m_grid = torch.meshgrid(b_axis, m_axis, indexing="ij")
cost_grid = ((m_grid[..., None] * xs + b_grid[..., None] - ys) ** 2).mean(dim=-1)
x_mean, y_mean = xs.mean(), ys.mean()
m_best = ((xs - x_mean) * (ys - y_mean)).sum() / ((xs - x_mean) ** 2).sum()
b_best = y_mean - m_best * x_mean
best_cost = mse(m_best.double(), b_best.double(), xs.double(), ys.double())

looks = {1: ("C2", "^"), 2: ("C1", "s"), 8: ("C0", "o")}


def draw_paths(ax, grid):
    """Las curvas de nivel, los tres caminos y la meta."""
    levels = [0.25, 1, 2, 4, 8, 16]
    curves = ax.contour(m_axis, b_axis, grid, levels, colors="C5", linewidths=1)
    for size, (color, marker) in looks.items():
        path = runs[size][0]
        ax.plot(*zip(*path), color=color, linewidth=1.2)
        ax.plot(*path[-1], color=color, marker=marker, markersize=8)
    ax.plot(m_best, b_best, color="C3", marker="*", markersize=14)
    ax.set_aspect("equal")
    ax.grid(False)
    return curves


fig, ax = plt.subplots(figsize=(5.4, 6.0), layout="constrained")
spots = [(-0.8, 0.1), (-0.57, 0.1), (-0.42, 0.1), (-0.3, 1.5), (-0.2, 1.4)]
spots += [(0.02, 0.9), (0.25, 0.4), (0.78, 0.25)]  # donde no tapan nada
under_lens = (m_grid > 0.1) & (b_grid > 0.55)  # ahí no se dibujan curvas
curves = draw_paths(ax, cost_grid.masked_fill(under_lens, torch.nan))
ax.clabel(curves, fmt="%g", fontsize=10, colors="C6", manual=spots)
for size, name in names.items():
    end_m, end_b = runs[size][0][-1]
    place = (end_m - 0.17 if size == 8 else end_m - 0.06, end_b - 0.02)
    ax.annotate(name, place, ha="right", color=looks[size][0])
ax.annotate("meta", (m_best + 0.07, b_best), color="C3")
ax.annotate("salida", (m_start, b_start + 0.04), ha="center")
ax.set_xlabel("$m$")
ax.set_ylabel("$b$")

zoom = ax.inset_axes([0.53, 0.36, 0.45, 0.6], xlim=(-0.34, 0.1), ylim=(-0.14, 0.5))
draw_paths(zoom, cost_grid)
zoom.set_title("lupa: el codo")
zoom.tick_params(labelleft=False, labelbottom=False)
ax.indicate_inset_zoom(zoom, edgecolor="C7", alpha=1)
plt.show()
# --8<-- [end:mapa]

# --8<-- [start:costes]
fig, ax = plt.subplots(figsize=(5.6, 3.8), layout="constrained")
for size, name in names.items():
    color, marker = looks[size]
    costs = runs[size][1]
    ax.plot(costs, color=color, marker=marker, markersize=5, markevery=5, label=name)
ax.axhline(best_cost, color="C3", linestyle=":", label="el menor posible")
ax.set_yscale("log")
ax.set_xlabel("época")
ax.set_ylabel("coste de los ocho (log.)")
fig.legend(loc="outside upper center", ncols=2)
plt.show()
# --8<-- [end:costes]

# --8<-- [start:en-la-meta]
goal = (m_best.item(), b_best.item())
by_point = [gradient(*goal, xs[[i]], ys[[i]])[0] for i in range(8)]
print("dC/dm de cada punto:")
print(" ".join(f"{slope:z.2f}" for slope in by_point))
print(f"media: {sum(by_point) / 8:z.2f}")
# --8<-- [end:en-la-meta]

# --8<-- [start:final]
print("                 tasa   menor   mayor")
ends = {}
for size, rate in ((8, 0.01), (2, 0.01), (1, 0.01), (1, 0.001)):
    wandering = descend(size, epochs=50, lr=rate, seed=5, start=goal)[1]
    ends[size, rate] = min(wandering), max(wandering)
    low, high = ends[size, rate]
    print(f"{names[size]:14} {rate:6.3f} {low:7.4f} {high:7.4f}")
# --8<-- [end:final]

# --8<-- [start:parejas-rotas]
generator = torch.Generator().manual_seed(2)
mixed_xs = xs[torch.randperm(8, generator=generator)]
mixed_ys = ys[torch.randperm(8, generator=generator)]  # mal: otro orden
m = torch.tensor(m_start, requires_grad=True)
b = torch.tensor(b_start, requires_grad=True)
optimizer = torch.optim.SGD([m, b], lr=0.01)
for _ in range(500):
    for batch in minibatches(8, 2, generator):
        optimizer.zero_grad()
        mse(m, b, mixed_xs[batch], mixed_ys[batch]).backward()
        optimizer.step()
print(f"m = {m.item():.2f}, b = {b.item():.2f}")
print(f"coste con las parejas de verdad: {mse(m, b, xs, ys).item():.2f}")
# --8<-- [end:parejas-rotas]

# --8<-- [start:tasa]
rushed_rate = 0.05
rushed = {size: descend(size, epochs=6, lr=rushed_rate)[1] for size in names}
print("época   lote  minilotes de 2  estocástico")
for epoch in range(7):
    row = [rushed[size][epoch] for size in names]
    print(f"{epoch:5d} {row[0]:6.1f} {row[1]:15.1f} {row[2]:12.1f}")
# --8<-- [end:tasa]

# --8<-- [start:coste-del-minilote]
last_path, full_costs = descend(2, epochs=10)
generator = torch.Generator().manual_seed(0)  # la misma baraja que descend
print("época  último minilote  los ocho")
places = iter(last_path)
for epoch in range(1, 11):
    for batch in minibatches(8, 2, generator):
        seen_cost = mse(*next(places), xs[batch], ys[batch])  # antes del paso
    if epoch > 5:
        print(f"{epoch:5d} {seen_cost:16.2f} {full_costs[epoch]:9.2f}")
# --8<-- [end:coste-del-minilote]


try:
    # --8<-- [start:lista]
    plain_list = [1.86, 1.31, 0.62, 0.33]
    plain_list[torch.tensor([2, 0])]
    # --8<-- [end:lista]
except TypeError as exception:
    print(f"TypeError: {exception}")


# --8<-- [start:ejercicio-1]
cuts = torch.arange(1000).split(32)
print(f"k = {len(cuts)}, el último con {len(cuts[-1])}")
print(f"pasos en 10 épocas: {10 * len(cuts)}")
# --8<-- [end:ejercicio-1]

# --8<-- [start:ejercicio-2]
low_half = gradient(*start, xs[:4], ys[:4])
high_half = gradient(*start, xs[4:], ys[4:])
show("0, 1, 2, 3", low_half)
show("4, 5, 6, 7", high_half)
show("media", (low_half + high_half) / 2)
# --8<-- [end:ejercicio-2]


# --8<-- [start:ejercicio-3]
def forgetful(n, size):
    """Los cortes de una época, con un fallo escondido."""
    order = torch.arange(n)
    return [order[j * size : (j + 1) * size] for j in range(n // size)]


# --8<-- [end:ejercicio-3]


# --8<-- [start:ejercicio-3-solucion]
for size in (2, 3, 5):
    seen = torch.cat(forgetful(8, size)).tolist()
    print(f"|B| = {size}: sin usar {sorted(set(range(8)) - set(seen))}")
# --8<-- [end:ejercicio-3-solucion]

# --8<-- [start:ejercicio-4]
acc_m = torch.tensor(m_start, requires_grad=True)
acc_b = torch.tensor(b_start, requires_grad=True)
for batch in uneven:  # tamaños 3, 3 y 2
    share = len(batch) / 8
    (share * mse(acc_m, acc_b, xs[batch], ys[batch])).backward()
    print(f"tras {len(batch)} ejemplos más: dC/dm = {acc_m.grad:.4f}")
# --8<-- [end:ejercicio-4]

# --8<-- [start:ejercicio-5]
data = torch.utils.data

loader = data.DataLoader(
    data.TensorDataset(xs, ys),
    batch_size=3,
    shuffle=True,
    generator=torch.Generator().manual_seed(5),
)
for batch_xs, batch_ys in loader:
    right = all(ys[int(x)] == y for x, y in zip(batch_xs, batch_ys))
    print(f"x: {batch_xs.tolist()}, parejas: {right}")
# --8<-- [end:ejercicio-5]

# --8<-- [start:ejercicio-6]
same = {1: 0.01, 2: 0.01, 8: 0.01}  # la misma tasa
fair = {1: 0.005, 2: 0.01, 8: 0.04}  # los mismos pasos por tasa en cada época
print("pasos   tasa  pasos·tasa  coste con cinco semillas")
for size, rate in (*same.items(), *fair.items()):
    steps6 = 8 // size
    finals = [descend(size, 20, rate, seed)[1][-1] for seed in range(5)]
    costs6 = "  ".join(f"{cost:.3f}" for cost in finals)
    print(f"{steps6:5d}  {rate:.3f}  {steps6 * rate:10.2f}  {costs6}")
# --8<-- [end:ejercicio-6]
