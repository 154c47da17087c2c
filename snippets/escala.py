"""La forma del valle: código de la lección `docs/lecciones/escala.md`."""

# --8<-- [start:datos]
import matplotlib.pyplot as plt
import torch

xs = torch.arange(8, dtype=torch.float64)
ys = torch.tensor(
    [1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37], dtype=torch.float64
)


def mse(m, b, xs, ys):
    """El coste de la recta ŷ = m·x + b."""
    return ((m * xs + b - ys) ** 2).mean()


def gradient(m, b, xs, ys):
    """Las dos parciales del coste, en una columna."""
    errors = m * xs + b - ys
    return torch.stack([(2 * errors * xs).mean(), (2 * errors).mean()])


print("∇C en la salida:", [f"{part:.3f}" for part in gradient(0.9, 0.1, xs, ys)])
# --8<-- [end:datos]


# --8<-- [start:vueltas]
def descend(xs, ys, learning_rate, rounds, start=(0.9, 0.1)):
    """Los puntos (m, b) por los que pasa el descenso, con la salida delante."""
    points = [torch.tensor(start, dtype=torch.float64)]
    for _ in range(rounds):
        m, b = points[-1]
        points.append(points[-1] - learning_rate * gradient(m, b, xs, ys))
    return points


path = descend(xs, ys, 0.05, 200)
print("vuelta       m       b    coste")
for turn in (0, 1, 2, 10, 50, 100, 200):
    m, b = path[turn]
    print(f"{turn:6d} {m:7.3f} {b:7.3f} {mse(m, b, xs, ys):8.4f}")
# --8<-- [end:vueltas]


# --8<-- [start:hessiano]
def hessian(xs):
    """Las segundas derivadas del coste: no dependen de m, de b ni de las y."""
    top = torch.stack([2 * (xs**2).mean(), 2 * xs.mean()])
    bottom = torch.stack([2 * xs.mean(), torch.tensor(2.0, dtype=xs.dtype)])
    return torch.stack([top, bottom])


H = hessian(xs)
print(H.tolist())
# --8<-- [end:hessiano]

# --8<-- [start:valores-propios]
low, high = torch.linalg.eigvalsh(H)  # de menor a mayor
condition = high / low

print(f"a lo largo del valle: curvatura {low:.3f}")
print(f"a lo ancho:           curvatura {high:.3f}")
print(f"número de condición:  {condition:.2f}")
print(f"tasa máxima:          {2 / high:.5f}")
# --8<-- [end:valores-propios]

# --8<-- [start:factores]
rate = 0.05
wide_factor = 1 - rate * high
long_factor = 1 - rate * low
print(f"a lo ancho: {wide_factor:.4f}, a lo largo: {long_factor:.4f}")
# --8<-- [end:factores]


# --8<-- [start:valle]
def draw_valley(ax, xs, path, title):
    """Curvas de nivel del coste y, encima, el camino del descenso."""
    # `solve` da la x de A x = b: aquí, donde el gradiente se anula
    goal_m, goal_b = torch.linalg.solve(
        hessian(xs), -gradient(0.0, 0.0, xs, ys)
    ).tolist()
    side = 2.2
    offsets = torch.linspace(-side, side, 31, dtype=torch.float64)
    ms, bs = goal_m + offsets, goal_b + offsets
    costs = torch.stack([torch.stack([mse(m, b, xs, ys) for m in ms]) for b in bs])
    levels = [0.05, 0.3, 1, 3, 8, 20, 60]
    ax.contour(ms, bs, costs, levels=levels, colors="C0", linewidths=1)
    ax.plot(*torch.stack(path).T, color="C1", marker="o", markersize=3)
    ax.plot(goal_m, goal_b, color="C2", marker="*", markersize=12)
    ax.set_aspect("equal")
    ax.set_title(title)
    ax.set_xlabel("$m$")
    ax.set_ylabel("$b$")


fig, ax = plt.subplots(figsize=(4.6, 4.6), layout="constrained")
draw_valley(ax, xs, path[:60], "El valle del curso")
plt.show()
# --8<-- [end:valle]

# --8<-- [start:centrar]
mean = xs.mean()
centred = xs - mean
print("x centradas:", centred.tolist())
print("hessiano:", hessian(centred).tolist())
# --8<-- [end:centrar]

# --8<-- [start:escalar]
spread = xs.std(correction=0)  # desviación típica: entre n, no entre n - 1
standard = centred / spread
print("z:", [f"{z:.3f}" for z in standard])
print("hessiano:", [[f"{h:z.3f}" for h in row] for row in hessian(standard)])
# --8<-- [end:escalar]


# --8<-- [start:tabla]
def rounds_needed(xs, ys, learning_rate, excess=1e-6, limit=5000):
    """Vueltas hasta que al coste le sobra menos de `excess` sobre el mínimo."""
    best = torch.linalg.solve(hessian(xs), -gradient(0.0, 0.0, xs, ys))
    goal = mse(*best, xs, ys) + excess
    point = torch.zeros(2, dtype=torch.float64)
    for turn in range(limit):
        if mse(*point, xs, ys) < goal:
            return turn
        point = point - learning_rate * gradient(*point, xs, ys)
    return limit


rows = {}
print("x          condición  tasa máx.  vueltas")
for name, data in (("crudas", xs), ("centradas", centred), ("tipificadas", standard)):
    small, large = torch.linalg.eigvalsh(hessian(data))
    best_rate = 2 / (small + large)  # la que iguala los dos factores
    turns = rounds_needed(data, ys, best_rate)
    rows[name] = (large / small, turns)
    print(f"{name:11s} {large / small:8.2f} {2 / large:10.3f} {turns:8d}")
# --8<-- [end:tabla]

# --8<-- [start:tres-valles]
fig, axes = plt.subplots(1, 3, figsize=(6.4, 2.7), layout="constrained")
for ax, (name, data) in zip(
    axes, (("crudas", xs), ("centradas", centred), ("tipificadas", standard))
):
    small, large = torch.linalg.eigvalsh(hessian(data))
    draw_valley(ax, data, descend(data, ys, 2 / (small + large), 12), f"x {name}")
for ax in axes[1:]:
    ax.set_ylabel("")
plt.show()
# --8<-- [end:tres-valles]

# --8<-- [start:deshacer]
slope_z, intercept_z = descend(standard, ys, 0.5, 1)[-1]
slope = slope_z / spread
intercept = intercept_z - slope_z * mean / spread
print(f"en z: {slope_z:.4f}, {intercept_z:.4f}")
print(f"en x: m = {slope:.4f}, b = {intercept:.4f}")
# --8<-- [end:deshacer]

# --8<-- [start:unidades]
generator = torch.Generator().manual_seed(3)
low_area, high_area = 40, 120
area = low_area + (high_area - low_area) * torch.rand(60, dtype=torch.float64, generator=generator)
rooms = torch.randint(1, 6, (60,), generator=generator).double()
X = torch.stack([area, rooms, torch.ones_like(area)], dim=1)


def curvature_ratio(X):
    """El número de condición del hessiano, 2·XᵀX/n."""
    values = torch.linalg.eigvalsh(2 * X.T @ X / len(X))
    return values[-1] / values[0]


Z = (X - X.mean(0)) / X.std(0, correction=0)
Z[:, 2] = 1.0  # la columna de unos se queda como está
print(f"con metros y cuartos: {curvature_ratio(X):.0f}")
print(f"con las dos tipificadas: {curvature_ratio(Z):.2f}")
# --8<-- [end:unidades]

# --8<-- [start:columna-fija]
flat = torch.full((8,), 5.0, dtype=torch.float64)
print((flat - flat.mean()) / flat.std(correction=0))
# --8<-- [end:columna-fija]

# --8<-- [start:datos-nuevos]
new_xs = torch.tensor([8.0, 9.0], dtype=torch.float64)
right = slope_z * (new_xs - mean) / spread + intercept_z
wrong = slope_z * (new_xs - new_xs.mean()) / new_xs.std(correction=0) + intercept_z
print("con la media del entrenamiento:", [f"{y:.2f}" for y in right])
print("con la suya propia:            ", [f"{y:.2f}" for y in wrong])
# --8<-- [end:datos-nuevos]

# --8<-- [start:n-menos-uno]
other = centred / xs.std()  # torch divide entre n - 1 si no dices otra cosa
small, large = torch.linalg.eigvalsh(hessian(other))
print(f"curvaturas: {small:.2f} y {large:.2f}; condición {large / small:.3f}")
# --8<-- [end:n-menos-uno]

# --8<-- [start:ejercicio-1]
four = torch.tensor([1.0, 2.0, 3.0, 4.0], dtype=torch.float64)
four_low, four_high = torch.linalg.eigvalsh(hessian(four))
print(hessian(four).tolist())
print(f"condición: {four_high / four_low:.2f}, tasa máxima: {2 / four_high:.4f}")
# --8<-- [end:ejercicio-1]

# --8<-- [start:ejercicio-2]
factors = (0.01, 0.1, 1.0, 10.0)
for factor in factors:
    small, large = torch.linalg.eigvalsh(hessian(factor * xs))
    print(f"x por {factor:5.2f}: condición {large / small:9.2f}")
# --8<-- [end:ejercicio-2]

# --8<-- [start:ejercicio-3]
digits = -torch.log10(1 - low * 2 / (low + high))
raw_rounds = 1 / digits
print(f"vueltas por cada cifra: {raw_rounds:.1f}")
# --8<-- [end:ejercicio-3]

# --8<-- [start:ejercicio-4]
correlations = (0.0, 0.9, 0.99)
for correlation in correlations:
    R = torch.tensor([[1.0, correlation], [correlation, 1.0]], dtype=torch.float64)
    small, large = torch.linalg.eigvalsh(2 * R)
    print(f"correlación {correlation:.2f}: condición {large / small:6.1f}")
# --8<-- [end:ejercicio-4]
