"""Descenso de gradiente: código de la lección `docs/lecciones/descenso.md`."""

# --8<-- [start:datos]
import matplotlib.pyplot as plt
import numpy as np
import torch

xs = np.array([1.0, 2.0, 3.0, 4.0])
ys = 2 * xs


def predict(w, xs):
    """Paso hacia adelante: una recta que pasa por el origen."""
    return w * xs


print("x:", xs)
print("y:", ys)
print("predicciones con w = 1:", predict(1.0, xs))
# --8<-- [end:datos]

# --8<-- [start:salida]
fig, ax = plt.subplots(figsize=(5.6, 3.2), layout="constrained")
ax.axvline(5, color="C7", linestyle=":")
ax.text(4.93, 8.8, "$f(5)$ = ?", color="C3", ha="right")
ax.set_ylim(-0.4, 9.8)
ax.vlines(xs, predict(0.0, xs), ys, color="C2", linestyle="--", label="errores")
ax.plot([0, 5.4], predict(0.0, np.array([0, 5.4])), color="C1", label="recta: $w = 0$")
ax.scatter(xs, ys, color="C0", zorder=3, label="datos")
ax.set_xlabel("$x$")
ax.set_ylabel("$y$")
ax.legend(loc="upper left")
plt.show()
# --8<-- [end:salida]


# --8<-- [start:coste]
def mse(w, xs, ys):
    """El coste: la media de los errores al cuadrado."""
    return ((predict(w, xs) - ys) ** 2).mean()


for trial_w in (0.0, 1.0, 2.0, 3.0):
    print(f"w = {trial_w:.0f}: coste {mse(trial_w, xs, ys):4.1f}")
# --8<-- [end:coste]

# --8<-- [start:valle]
axis_w = np.linspace(-0.5, 4.5, 101)
axis_cost = [mse(w, xs, ys) for w in axis_w]

fig, ax = plt.subplots(figsize=(5.6, 3.4), layout="constrained")
ax.plot(axis_w, axis_cost, color="C0")
ax.scatter([0, 1], [mse(0, xs, ys), mse(1, xs, ys)], color="C1", zorder=3)
ax.scatter(2, 0, color="C2", marker="*", s=140, zorder=3)
ax.annotate("salida", (0.12, 30))
ax.annotate("$w = 1$", (1.12, 7.7))
ax.annotate("mínimo", (2, 2.6), ha="center")
ax.set_xlabel("$w$")
ax.set_ylabel("coste $C$")
plt.show()
# --8<-- [end:valle]


# --8<-- [start:paso]
def contributions(w, xs, ys):
    """La derivada de la pérdida de cada punto: 2(ŷ - y)x."""
    return 2 * (predict(w, xs) - ys) * xs


w_start, learning_rate = 0.0, 0.01

by_point = contributions(w_start, xs, ys)
first_slope = by_point.mean()
first_w = w_start - learning_rate * first_slope
print("aportaciones:", by_point)
print(f"dC/dw = {first_slope:.0f}")
print(f"w: {w_start:.1f} -> {first_w:.1f}")
# --8<-- [end:paso]


# --8<-- [start:gradiente-numpy]
def gradient_numpy(w, xs, ys):
    """dC/dw, con un producto escalar."""
    return np.dot(2 * xs, predict(w, xs) - ys).mean()
# --8<-- [end:gradiente-numpy]


# --8<-- [start:bucle-numpy]
def descend_numpy(gradient, epochs, xs=xs, ys=ys, lr=learning_rate):
    """Una fila (w, coste) antes de empezar y otra después de cada época."""
    w = w_start
    rows = [(w, mse(w, xs, ys))]
    for _ in range(epochs):
        w = w - lr * gradient(w, xs, ys)
        rows.append((w, mse(w, xs, ys)))
    return rows
# --8<-- [end:bucle-numpy]


# --8<-- [start:numpy]
def print_rows(rows, every):
    """La tabla del descenso: la salida, una de cada tantas épocas y la última."""
    print("época         w      coste")
    last = len(rows) - 1
    for epoch in (0, *range(1, last, every), last):
        w, cost = rows[epoch]
        print(f"{epoch:5d}  {w:8.5f}  {cost:9.6f}")


numpy_rows = descend_numpy(gradient_numpy, epochs=20)
print(f"antes: f(5) = {predict(numpy_rows[0][0], 5):.4f}")
print_rows(numpy_rows, every=2)
print(f"después: f(5) = {predict(numpy_rows[-1][0], 5):.4f}")
# --8<-- [end:numpy]


# --8<-- [start:bucle-torch]
def descend_torch(epochs, xs, ys, lr=learning_rate):
    """Las mismas filas, con la derivada de autograd."""
    w = torch.tensor(w_start, dtype=xs.dtype, requires_grad=True)
    rows = [(w.item(), mse(w, xs, ys).item())]
    for _ in range(epochs):
        cost = mse(w, xs, ys)  # pasos 1 y 2: adelante y coste
        cost.backward()  # paso 3: gradiente
        with torch.no_grad():
            w -= lr * w.grad  # paso 4: actualización
        w.grad.zero_()
        rows.append((w.item(), mse(w, xs, ys).item()))
    return rows
# --8<-- [end:bucle-torch]


# --8<-- [start:torch]
xs_torch, ys_torch = torch.tensor(xs), torch.tensor(ys)

torch_rows = descend_torch(100, xs_torch, ys_torch)
print(f"antes: f(5) = {predict(torch_rows[0][0], 5):.4f}")
print_rows(torch_rows, every=10)
print(f"después: f(5) = {predict(torch_rows[-1][0], 5):.4f}")
# --8<-- [end:torch]

# --8<-- [start:precision]
print("NumPy:  ", xs.dtype)
print("PyTorch:", xs_torch.dtype)
# --8<-- [end:precision]

# --8<-- [start:juez]
leaf = torch.tensor(w_start, dtype=torch.float64, requires_grad=True)
mse(leaf, xs_torch, ys_torch).backward()

h = 1e-4
judge = (mse(w_start + h, xs, ys) - mse(w_start - h, xs, ys)) / (2 * h)
suspect = gradient_numpy(w_start, xs, ys)

print(f"autograd:              {leaf.grad:8.2f}")
print(f"diferencias centrales: {judge:8.2f}")
print(f"gradient_numpy:        {suspect:8.2f}")
# --8<-- [end:juez]

# --8<-- [start:desmontar]
errors = predict(w_start, xs) - ys
product = 2 * xs * errors  # sin sumar: cuatro números
dot = np.dot(2 * xs, errors)  # el producto escalar: uno solo

print("2 * xs * errors:", product, "forma", product.shape)
print("np.dot:         ", dot, "forma", dot.shape)
print("np.dot, .mean():", dot.mean())
print("media buena:    ", product.mean())
# --8<-- [end:desmontar]


# --8<-- [start:reparado]
def gradient(w, xs, ys):
    """dC/dw: la media de las aportaciones de los puntos."""
    return (2 * xs * (predict(w, xs) - ys)).mean()


fixed_rows = descend_numpy(gradient, epochs=100)

print("       NumPy                PyTorch")
print("época         w      coste         w      coste")
for epoch in (0, *range(1, 100, 10), 100):
    (w_n, cost_n), (w_t, cost_t) = fixed_rows[epoch], torch_rows[epoch]
    print(f"{epoch:5d}  {w_n:8.5f}  {cost_n:9.6f}  {w_t:8.5f}  {cost_t:9.6f}")
# --8<-- [end:reparado]

# --8<-- [start:iguales]
same = np.allclose(fixed_rows, torch_rows, rtol=0, atol=1e-12)
sum_same = np.allclose(numpy_rows, torch_rows[:21], rtol=0, atol=1e-12)
print(f"con la media, ¿iguales las {len(fixed_rows)} filas? {same}")
print(f"con la suma,  ¿iguales las {len(numpy_rows)} filas? {sum_same}")
# --8<-- [end:iguales]

# --8<-- [start:curvas]
fig, ax = plt.subplots(figsize=(5.8, 3.8), layout="constrained")
sum_costs = [cost for _, cost in numpy_rows]
mean_costs = [cost for _, cost in fixed_rows]
torch_costs = [cost for _, cost in torch_rows]
tens = range(0, 101, 10)

ax.plot(sum_costs, color="C1", linestyle="--", label="NumPy, con la suma")
ax.plot(torch_costs, color="C0", label="PyTorch")
ax.plot(
    tens,
    [mean_costs[epoch] for epoch in tens],
    color="C2",
    linestyle="none",
    marker="o",
    label="NumPy, con la media",
)
ax.set_yscale("log")  # cada marca del eje, mil veces menos
ax.set_yticks([1e3, 1, 1e-3, 1e-6, 1e-9, 1e-12, 1e-15])
ax.minorticks_off()
ax.set_xlabel("época")
ax.set_ylabel("coste $C$ (escala logarítmica)")
fig.legend(loc="outside upper center", ncols=2)
plt.show()
# --8<-- [end:curvas]

# --8<-- [start:repetidos]
print("      derivada    coste tras 5 épocas")
print(" n  media  suma      media      suma")
for copies in (1, 2, 3, 4):
    many_xs, many_ys = np.tile(xs, copies), np.tile(ys, copies)
    slope_mean = gradient(w_start, many_xs, many_ys)
    slope_sum = gradient_numpy(w_start, many_xs, many_ys)
    final_mean = descend_numpy(gradient, 5, many_xs, many_ys)[-1][1]
    final_sum = descend_numpy(gradient_numpy, 5, many_xs, many_ys)[-1][1]
    print(
        f"{len(many_xs):2d} {slope_mean:6.0f} {slope_sum:5.0f}"
        f" {final_mean:10.4f} {final_sum:9.4f}"
    )
# --8<-- [end:repetidos]


# --8<-- [start:curvatura]
def curvature(xs):
    """La segunda derivada del coste respecto de w: no depende de w."""
    return (2 * xs**2).mean()


steepness = curvature(xs)
threshold = 2 / steepness
print(f"C'' = {steepness:.0f}")
print(f"umbral: 2 / C'' = {threshold:.4f}")
# --8<-- [end:curvatura]

# --8<-- [start:tasas]
rates = (0.01, 1 / 15, 0.13, 2 / 15, 0.14)
print("tasa   factor  w en las épocas 1 a 5")
for rate in rates:
    trial_rows = descend_numpy(gradient, 5, lr=rate)
    trail = " ".join(f"{w:6.3f}" for w, _ in trial_rows[1:])
    print(f"{rate:.4f}  {1 - rate * steepness:z5.2f} {trail}")
# --8<-- [end:tasas]

# --8<-- [start:rebotes]
fig, axes = plt.subplots(1, 2, figsize=(6.2, 3.6), sharey=True, layout="constrained")
wide_w = np.linspace(-1.8, 5.8, 101)
wide_cost = [mse(w, xs, ys) for w in wide_w]
bounces = {rate: descend_numpy(gradient, 5, lr=rate) for rate in (rates[2], rates[4])}
for ax, (rate, rows) in zip(axes, bounces.items()):
    ax.plot(wide_w, wide_cost, color="C0", alpha=0.6)
    ax.plot(*zip(*rows), color="C1", linestyle="--", marker="o", markersize=4)
    for epoch in (0, 1, 5):
        w, cost = rows[epoch]
        side = 8 if w > 2 else -8
        ax.annotate(
            str(epoch),
            (w, cost),
            (side, -3),
            textcoords="offset points",
            ha="left" if w > 2 else "right",
        )
    ax.set_title(f"$α = {rate}$: el coste {'baja' if rate < threshold else 'sube'}")
    ax.set_xlabel("$w$")
axes[0].set_ylabel("coste $C$")
plt.show()
# --8<-- [end:rebotes]


# --8<-- [start:dos-valles]
def two_valleys(t):
    """Una función con dos valles."""
    return t**4 - 4 * t**2 + t


def two_valleys_slope(t):
    """Su derivada."""
    return 4 * t**3 - 8 * t + 1


def roll(t, steps=40, lr=0.02):
    """Los puntos por los que pasa el descenso."""
    path = [t]
    for _ in range(steps):
        t = t - lr * two_valleys_slope(t)
        path.append(t)
    return path


left_path, right_path = roll(0.0), roll(0.25)
for path in (left_path, right_path):
    print(f"de {path[0]:.2f} a {path[-1]:6.3f}: f = {two_valleys(path[-1]):6.3f}")
# --8<-- [end:dos-valles]

# --8<-- [start:minimos]
fig, ax = plt.subplots(figsize=(5.6, 3.8), layout="constrained")
axis_t = np.linspace(-2.15, 2.05, 201)
ax.plot(axis_t, two_valleys(axis_t), color="C0")
starts = [("C1", "o", left_path), ("C2", "s", right_path)]
for color, marker, path in starts:
    heights = [two_valleys(t) for t in path]
    ax.plot(
        path,
        heights,
        color=color,
        linestyle="none",
        marker=marker,
        markersize=5,
        label=f"sale de {path[0]:.2f}",
    )
low, lower = two_valleys(right_path[-1]), two_valleys(left_path[-1])
below = {"ha": "center", "va": "top"}
ax.annotate("mínimo\nlocal", (right_path[-1], low - 0.5), **below)
ax.annotate("mínimo\nglobal", (left_path[-1], lower - 0.5), **below)
ax.set_ylim(-8, 5)
ax.set_xlabel("$t$")
ax.set_ylabel("$f(t)$")
ax.legend(loc="upper center")
plt.show()
# --8<-- [end:minimos]

# --8<-- [start:mismo-objeto]
w = torch.tensor(0.0, requires_grad=True)
noted, noted_numbers = [], []
for _ in range(3):
    mse(w, xs_torch, ys_torch).backward()
    with torch.no_grad():
        w -= learning_rate * w.grad
    w.grad.zero_()
    noted.append(w)  # mal: guarda el tensor
    noted_numbers.append(w.item())  # bien: guarda el número

print("tensores:", " ".join(f"{value:.3f}" for value in noted))
print("números: ", " ".join(f"{value:.3f}" for value in noted_numbers))
# --8<-- [end:mismo-objeto]

# --8<-- [start:fila-descabalada]
w = w_start
print("época      w  coste impreso  coste de esa w")
for epoch in (1, 2, 3):
    cost = mse(w, xs, ys)  # el coste, antes del paso
    w = w - learning_rate * gradient(w, xs, ys)
    print(f"{epoch:5d}  {w:5.3f} {cost:14.3f} {mse(w, xs, ys):15.3f}")
# --8<-- [end:fila-descabalada]


try:
    # --8<-- [start:entero]
    w = np.array(0)  # sin punto decimal: un entero
    w -= learning_rate * gradient(w, xs, ys)
    # --8<-- [end:entero]
except TypeError as exception:
    print(f"{type(exception).__name__}: {exception}")


# --8<-- [start:ejercicio-1]
for epoch, (w, cost) in enumerate(fixed_rows[:3]):
    print(f"época {epoch}: w = {w:.3f}, coste {cost:.4f}")
# --8<-- [end:ejercicio-1]

# --8<-- [start:ejercicio-2]
slope3 = gradient(3.0, xs, ys)
w3 = 3.0 - learning_rate * slope3
print(f"dC/dw = {slope3:.0f}; w: 3 -> {w3:.2f}")
# --8<-- [end:ejercicio-2]

# --8<-- [start:ejercicio-3]
goal = numpy_rows[-1][1]  # el coste del programa con la suma, tras 20 épocas
long_rows = descend_numpy(gradient, epochs=200)
needed = next(epoch for epoch, (_, cost) in enumerate(long_rows) if cost <= goal)
disguised = descend_numpy(gradient, epochs=20, lr=4 * learning_rate)
print(f"épocas que hacen falta con la media: {needed}")
print(f"¿media con tasa 0.04 = suma con 0.01? {np.allclose(disguised, numpy_rows)}")
# --8<-- [end:ejercicio-3]

# --8<-- [start:ejercicio-4]
half_xs, half_ys = xs / 2, ys  # otra unidad para x: ahora la recta es y = 4x
half_threshold = 2 / curvature(half_xs)
print(f"umbral: {half_threshold:.4f}")
for rate in (0.52, 0.55):
    half_costs = [
        cost for _, cost in descend_numpy(gradient, 20, half_xs, half_ys, rate)
    ]
    verdict = "baja" if half_costs[-1] < half_costs[0] else "sube"
    print(f"tasa {rate}: el coste {verdict}, de {half_costs[0]:.1f}", end=" ")
    print(f"a {half_costs[-1]:.1f}")
# --8<-- [end:ejercicio-4]

# --8<-- [start:ejercicio-5]
for start in (-2.0, -1.0, 0.1, 0.15, 1.0, 2.0):
    end = roll(start, steps=200)[-1]
    print(f"de {start:5.2f} a {end:6.3f}")
# --8<-- [end:ejercicio-5]

# --8<-- [start:ejercicio-5-tasas]
start5 = 2.0
for rate in (0.11, 0.12):
    path5 = roll(start5, steps=200, lr=rate)
    side = "izquierda" if path5[-1] < 0 else "derecha"
    print(f"tasa {rate}: el primer paso lo deja en {path5[1]:.2f}", end=" ")
    print(f"y acaba a la {side}")
# --8<-- [end:ejercicio-5-tasas]


# --8<-- [start:ejercicio-6]
def audit(candidate):
    """Compara con autograd en varios tamaños de lote; dice en cuáles falla."""
    rng = np.random.default_rng(6)
    wrong_sizes = []
    for n in (1, 2, 3, 5, 8):
        some_xs, some_ys = rng.normal(size=n), rng.normal(size=n)
        w = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
        mse(w, torch.tensor(some_xs), torch.tensor(some_ys)).backward()
        if not np.isclose(candidate(0.7, some_xs, some_ys), w.grad.item()):
            wrong_sizes.append(n)
    return wrong_sizes


print("gradient falla con n en", audit(gradient))
print("gradient_numpy falla con n en", audit(gradient_numpy))
# --8<-- [end:ejercicio-6]
