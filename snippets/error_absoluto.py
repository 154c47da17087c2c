"""El error absoluto: código de la lección `docs/lecciones/error-absoluto.md`."""

# --8<-- [start:datos]
from typing import NamedTuple

import matplotlib.pyplot as plt
import torch
from torch import nn

xs = torch.arange(8, dtype=torch.float32)  # 0, 1, …, 7
ys = torch.tensor([1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37])
m_start, b_start = 0.9, 0.1  # la recta de partida


def predict(m, b, xs):
    """Paso hacia adelante: lo que predice la recta en cada x."""
    return m * xs + b


errors = predict(m_start, b_start, xs) - ys
print("errores:", "  ".join(f"{error:.2f}" for error in errors))
# --8<-- [end:datos]


# --8<-- [start:costes]
def mae(m, b, xs, ys):
    """El error absoluto medio: la media de los errores sin signo."""
    return (predict(m, b, xs) - ys).abs().mean()


def mse(m, b, xs, ys):
    """El error cuadrático medio, el de la lección anterior."""
    return ((predict(m, b, xs) - ys) ** 2).mean()


trio = [1, 4, 7]  # los tres puntos de las cuentas a mano
x3, y3 = xs[trio], ys[trio]
print(f"tres puntos: MAE = {mae(m_start, b_start, x3, y3):.4f}")
print(f"ocho puntos: MAE = {mae(m_start, b_start, xs, ys):.4f}")
# --8<-- [end:costes]

# --8<-- [start:laterales]
h = 0.5
print(" u  por la izquierda  por la derecha")
for u in (-2.0, 0.0, 3.0):
    left_slope = (abs(u) - abs(u - h)) / h
    right_slope = (abs(u + h) - abs(u)) / h
    print(f"{u:2.0f} {left_slope:17.0f} {right_slope:15.0f}")
# --8<-- [end:laterales]

# --8<-- [start:esquina]
us = torch.linspace(-2, 2, 81)

fig, (left, right) = plt.subplots(1, 2, figsize=(6.2, 3.6), layout="constrained")
left.plot(us, us.abs(), color="C0", label="$|u|$")
for slope in (-0.6, 0.0, 0.6):  # tres rectas que tocan la esquina por debajo
    name = "por debajo" if slope == 0 else None
    left.plot(us, slope * us, color="C1", linestyle="--", linewidth=1.2, label=name)
left.set_title("El valor absoluto")
left.set_ylim(-1.3, 2.1)

right.plot([-2, 0], [-1, -1], color="C0")
right.plot([0, 2], [1, 1], color="C0", label="de $|u|$")
right.plot([0, 0], [-1, 1], color="C0", marker="o", fillstyle="none", linestyle="")
right.plot(us, 2 * us, color="C2", linestyle="-.", label="de $u^2$")
right.set_title("Las derivadas")
right.set_ylim(-4.3, 4.3)
for ax, place in ((left, "upper center"), (right, "upper left")):
    ax.set_xlabel("$u$")
    ax.set_xticks([-2, -1, 0, 1, 2])
    ax.legend(loc=place)
plt.show()
# --8<-- [end:esquina]


# --8<-- [start:pendiente]
def slope_of_abs(u):
    """La derivada de |u|: el signo de u. En 0, donde no existe, elige 0."""
    return torch.sign(u)


def slope_of_abs_plus(u):
    """La misma, pero en 0 elige +1."""
    return torch.where(u >= 0, torch.ones_like(u), -torch.ones_like(u))


u = torch.tensor([-2.0, 0.0, 3.0], requires_grad=True)
u.abs().sum().backward()  # la suma no mezcla: cada u recibe su derivada

print("u:             -2   0   3")
rows = {
    "autograd": u.grad,
    "elegimos 0": slope_of_abs(u),
    "elegimos +1": slope_of_abs_plus(u),
}
for name, slopes in rows.items():
    print(f"{name:12}", " ".join(f"{slope:3.0f}" for slope in slopes))
# --8<-- [end:pendiente]


# --8<-- [start:gradiente]
def mae_gradient(m, b, xs, ys):
    """Las parciales del MAE: (1/n)Σ s·x y (1/n)Σ s, con s el signo."""
    n = len(xs)
    signs = slope_of_abs(predict(m, b, xs) - ys)
    return (signs * xs).sum() / n, signs.sum() / n


def mse_gradient(m, b, xs, ys):
    """Las dos parciales del MSE: (2/n)Σ e·x y (2/n)Σ e."""
    n = len(xs)
    errors = predict(m, b, xs) - ys
    return 2 / n * (errors * xs).sum(), 2 / n * errors.sum()


trio_m, trio_b = mae_gradient(m_start, b_start, x3, y3)
all_m, all_b = mae_gradient(m_start, b_start, xs, ys)
print(f"tres puntos: dC/dm = {trio_m:.4f}  dC/db = {trio_b:.4f}")
print(f"ocho puntos: dC/dm = {all_m:.4f}  dC/db = {all_b:.4f}")
# --8<-- [end:gradiente]


# --8<-- [start:tres-caminos]
def central_differences(cost, m, b, xs, ys, h=1e-5):
    """Las dos parciales de un coste, mirando un poco a cada lado."""
    rise_m = cost(m + h, b, xs, ys) - cost(m - h, b, xs, ys)
    rise_b = cost(m, b + h, xs, ys) - cost(m, b - h, xs, ys)
    return rise_m / (2 * h), rise_b / (2 * h)


xs64, ys64 = xs.double(), ys.double()  # float64: la resta conserva más cifras
print(f"{'':9}{'fórmula':>11}{'diferencias':>13}{'autograd':>10}")
both = (("MAE", mae, mae_gradient), ("MSE", mse, mse_gradient))
for name, cost, gradient in both:
    m = torch.tensor(m_start, requires_grad=True)
    b = torch.tensor(b_start, requires_grad=True)
    cost(m, b, xs, ys).backward()
    formula = gradient(m_start, b_start, xs, ys)
    differences = central_differences(cost, m_start, b_start, xs64, ys64)
    for letter, *ways in zip("mb", formula, differences, (m.grad, b.grad)):
        print(f"{name} dC/d{letter}{ways[0]:11.3f}{ways[1]:13.3f}{ways[2]:10.3f}")
# --8<-- [end:tres-caminos]

# --8<-- [start:lejos]
far_y = ys.clone()
far_y[7] -= errors[7]  # el último error pasa a ser el doble

print("                dC/dm    dC/db")
for name, _, gradient in both:
    for label, targets in (("antes", ys), ("después", far_y)):
        grad_m, grad_b = gradient(m_start, b_start, xs, targets)
        print(f"{name} {label:8} {grad_m:8.4f}  {grad_b:7.4f}")
# --8<-- [end:lejos]


# --8<-- [start:ruido]
def noisy_points(slope, intercept, n, bounds, noise, seed):
    """n puntos alrededor de una recta, con ruido gaussiano en los dos ejes."""
    generator = torch.Generator().manual_seed(seed)
    low, high = bounds
    xs = low + (high - low) * torch.rand(n, generator=generator)  # uniforme
    ys = slope * xs + intercept  # todavía sin ruido: sobre la recta
    xs = xs + noise * torch.randn(n, generator=generator)
    ys = ys + noise * torch.randn(n, generator=generator)
    return xs, ys


true_m, true_b, sigma = 0.5, 0.0, 2.0
x50, y50 = noisy_points(true_m, true_b, n=50, bounds=(0, 50), noise=sigma, seed=4)
print("primeras x:", "  ".join(f"{x:.2f}" for x in x50[:4]))
print("primeras y:", "  ".join(f"{y:.2f}" for y in y50[:4]))
print(f"MAE de la recta verdadera: {mae(true_m, true_b, x50, y50):.2f}")
# --8<-- [end:ruido]


# --8<-- [start:pasos]
class Step(NamedTuple):
    """Un paso, tal como está justo antes de actualizar."""

    m: float
    cost: float
    grad_m: float
    grad_b: float


learning_rate = 1e-3
m, b = torch.tensor(0.8), torch.tensor(0.0)
by_hand = []
for _ in range(25):
    cost = mae(m, b, x50, y50)  # 1 y 2: paso hacia adelante y coste
    grad_m, grad_b = mae_gradient(m, b, x50, y50)  # 3: gradiente, a mano
    by_hand.append(Step(m.item(), cost.item(), grad_m.item(), grad_b.item()))
    m = m - learning_rate * grad_m  # 4: actualización; b no se toca
# --8<-- [end:pasos]

# --8<-- [start:tabla]
print("paso       m     MAE    dC/dm  dC/db")
for number, row in enumerate(by_hand, start=1):
    if number <= 5 or number % 5 == 0 or number > 20:
        print(
            f"{number:4d} {row.m:7.4f} {row.cost:7.3f}"
            f" {row.grad_m:8.3f} {row.grad_b:6.2f}"
        )
print(f"final: m = {m:.4f}")
# --8<-- [end:tabla]

# --8<-- [start:abanico]
fig, ax = plt.subplots(figsize=(5.6, 4.4), layout="constrained")
ends = torch.tensor([0.0, 52.0])
ax.scatter(x50, y50, color="C0", s=18, zorder=3, label="datos")
for number, row in enumerate(by_hand):
    strength = 0.32 + 0.68 * number / (len(by_hand) - 1)  # de lo viejo a lo nuevo
    ax.plot(ends, row.m * ends, color="C1", alpha=strength, linewidth=1.3)
ax.plot([], [], color="C1", label="los 25 pasos")
beyond = torch.tensor([0.0, 58.0])  # más larga, para que asome
truth = predict(true_m, true_b, beyond)
ax.plot(beyond, truth, color="C2", linestyle="--", zorder=4, label="recta verdadera")
arrow = {"arrowstyle": "->", "color": "C1"}
ax.text(38, 33, "paso 1", ha="right")
ax.annotate("paso 25", (51, 0.5 * 51), (51, 14), ha="center", arrowprops=arrow)
ax.set_xlabel("$x$")
ax.set_ylabel("$y$")
ax.legend(loc="upper left")
plt.show()
# --8<-- [end:abanico]

# --8<-- [start:sumar]
wrong_m = torch.tensor(0.8)
for _ in range(25):
    grad_m, _ = mae_gradient(wrong_m, b, x50, y50)
    wrong_m = wrong_m + learning_rate * grad_m  # mal: suma
print(f"restando: m = {m:.3f}, MAE = {mae(m, b, x50, y50):.3f}")
print(f"sumando:  m = {wrong_m:.3f}, MAE = {mae(wrong_m, b, x50, y50):.3f}")
# --8<-- [end:sumar]

# --8<-- [start:zigzag]
fig, (top, bottom) = plt.subplots(
    2, 1, figsize=(5.6, 4.6), sharex=True, layout="constrained"
)
numbers = range(1, 26)
top.plot(numbers, [row.m for row in by_hand], color="C1", marker="o", markersize=4)
top.axhline(true_m, color="C2", linestyle="--")
top.text(1, true_m + 0.01, "pendiente verdadera")
top.set_ylabel("$m$")
bottom.plot(
    numbers, [row.grad_m for row in by_hand], color="C0", marker="s", markersize=4
)
bottom.axhline(0, color="C0", alpha=0.4)
bottom.set_ylabel("$∂C/∂m$")
bottom.set_xlabel("paso")
plt.show()
# --8<-- [end:zigzag]

# --8<-- [start:fondo]
through = y50 / x50  # la pendiente de la recta que pasa por cada punto
costs50 = torch.stack([mae(slope, true_b, x50, y50) for slope in through])
lowest = costs50.argmin().item()
gap = predict(through[lowest], true_b, x50[lowest]) - y50[lowest]
print(f"fondo: m = {through[lowest]:.4f}, MAE = {costs50[lowest]:.3f}")
print(f"error en el punto {lowest}: {gap:z.4f}")
# --8<-- [end:fondo]

# --8<-- [start:en-la-verdad]
true_errors = predict(true_m, true_b, x50) - y50
above = (true_errors > 0).sum().item()  # la recta pasa por encima del punto
below = (true_errors < 0).sum().item()  # la recta pasa por debajo
grad_m_true, grad_b_true = mae_gradient(true_m, true_b, x50, y50)
print(f"por encima de {above} puntos; por debajo de {below}")
print(f"({above} - {below}) / 50 = {(above - below) / 50:.2f}")
print(f"dC/db = {grad_b_true:.2f}")
# --8<-- [end:en-la-verdad]

# --8<-- [start:escalones]
b_values = torch.linspace(-3.0, 3.0, 601)
b_slopes = [mae_gradient(true_m, value, x50, y50)[1].item() for value in b_values]
b_costs = [mae(true_m, value, x50, y50).item() for value in b_values]

fig, (top, bottom) = plt.subplots(
    2, 1, figsize=(5.6, 4.8), sharex=True, layout="constrained"
)
top.plot(b_values, b_costs, color="C0")
top.set_ylabel("$C$")
bottom.plot(b_values, b_slopes, color="C1", drawstyle="steps-mid")
bottom.set_ylabel("$∂C/∂b$")
bottom.set_xlabel("$b$")
for ax in (top, bottom):
    ax.axvline(true_b, color="C2", linestyle="--")
bottom.text(true_b + 0.1, -0.7, "$b$ verdadera")
plt.show()
# --8<-- [end:escalones]

# --8<-- [start:capas]
mean_absolute, mean_squared = nn.L1Loss(), nn.MSELoss()
y_hat = predict(0.8, 0.0, x50)
print(f"L1Loss  {mean_absolute(y_hat, y50):8.4f}")
print(f"mae     {mae(0.8, 0.0, x50, y50):8.4f}")
print(f"MSELoss {mean_squared(y_hat, y50):8.4f}")
print(f"mse     {mse(0.8, 0.0, x50, y50):8.4f}")
# --8<-- [end:capas]


# --8<-- [start:autograd]
def train(loss, steps=25, lr=learning_rate):
    """Pasos desde m = 0.8 con b quieta; de las derivadas se encarga autograd."""
    m = torch.tensor(0.8, requires_grad=True)
    b = torch.tensor(0.0, requires_grad=True)  # miramos su parcial
    rows = []
    for _ in range(steps):
        m.grad, b.grad = None, None  # empezar de cero
        cost = loss(predict(m, b, x50), y50)
        cost.backward()
        rows.append(Step(m.item(), cost.item(), m.grad.item(), b.grad.item()))
        with torch.no_grad():
            m -= lr * m.grad  # b no se mueve
    return rows


automatic = train(nn.L1Loss())
# --8<-- [end:autograd]

# --8<-- [start:fila-a-fila]
print("             a mano                  autograd")
print("paso       m    dC/dm  dC/db        m    dC/dm  dC/db")
for number, (hand, auto) in enumerate(zip(by_hand, automatic), start=1):
    print(
        f"{number:4d} {hand.m:7.4f} {hand.grad_m:8.3f} {hand.grad_b:6.2f}"
        f"  {auto.m:7.4f} {auto.grad_m:8.3f} {auto.grad_b:6.2f}"
    )
same = torch.allclose(torch.tensor(by_hand), torch.tensor(automatic), atol=1e-5)
print(f"¿iguales las 25 filas? {same}")
# --8<-- [end:fila-a-fila]

# --8<-- [start:cuadratico]
squared = train(nn.MSELoss())
print("paso   m con MAE   m con MSE")
for number in (1, 2, 3, 4, 5, 10, 20, 25):
    absolute_m, squared_m = by_hand[number - 1].m, squared[number - 1].m
    print(f"{number:4d} {absolute_m:11.4f} {squared_m:11.4f}")
# --8<-- [end:cuadratico]

# --8<-- [start:atipico]
def least_mae(xs, ys):
    """Las pendientes de menor MAE: se prueban las rectas que pasan por dos puntos."""
    i, j = torch.combinations(torch.arange(len(xs))).T
    slopes = (ys[j] - ys[i]) / (xs[j] - xs[i])
    intercepts = ys[i] - slopes * xs[i]
    costs = torch.stack([mae(m, b, xs, ys) for m, b in zip(slopes, intercepts)])
    return slopes[costs < costs.min() + 1e-5]  # puede haber empates


def least_mse(xs, ys):
    """La pendiente de mínimos cuadrados."""
    x, y = xs - xs.mean(), ys - ys.mean()
    return (x * y).sum() / (x**2).sum()


wild_x, wild_y = xs.clone(), ys.clone()
wild_x[7], wild_y[7] = 70.0, 40.0
print("         MAE              MSE")
for name, x, y in (("sanos", xs, ys), ("y = 40", xs, wild_y), ("x = 70", wild_x, ys)):
    tied = least_mae(x, y)
    low, high = tied.min(), tied.max()
    print(f"{name:6} {low:6.3f} a {high:6.3f} {least_mse(x, y):7.3f}")
# --8<-- [end:atipico]


# --8<-- [start:un-punto-malo]
def best_lines(xs, ys):
    """La pendiente y la ordenada de las rectas de menor MSE y de menor MAE."""
    squared, absolute = least_mse(xs, ys), least_mae(xs, ys)[0]
    means = (squared, (ys - squared * xs).mean())
    return means, (absolute, (ys - absolute * xs).median())


spoiled = ys.clone()
spoiled[7] = 6.0  # el último punto, donde no debe

fig, ax = plt.subplots(figsize=(5.6, 3.8), layout="constrained")
ax.scatter(xs, ys, color="C0", s=24, zorder=3, label="datos")
ax.scatter(xs[7], spoiled[7], color="C3", s=60, marker="X", zorder=3, label="mal apuntado")
styles = [("C1", "--", "cuadrados (MSE)"), ("C2", "-", "sin signo (MAE)")]
for (color, style, name), line in zip(styles, best_lines(xs, spoiled)):
    ax.plot(xs, predict(*line, xs), style, color=color, label=name)
ax.set_xlabel("$x$")
ax.set_ylabel("$y$")
fig.legend(loc="outside upper center", ncols=2)
plt.show()
# --8<-- [end:un-punto-malo]

# --8<-- [start:ruido-en-x]
for noise in (2.0, 8.0):
    slopes = []
    for seed in range(200):
        cloud = noisy_points(true_m, true_b, 50, (0, 50), noise, seed)
        slopes.append(least_mse(*cloud))
    print(f"ruido {noise:.0f}: pendiente media {torch.stack(slopes).mean():.2f}")
# --8<-- [end:ruido-en-x]

# --8<-- [start:norma]
l1_norm = torch.linalg.vector_norm(true_errors, ord=1)  # Σ|e|
l2_norm = torch.linalg.vector_norm(true_errors, ord=2)  # √(Σe²)
true_mse = mse(true_m, true_b, x50, y50)
print(f"norma L2      {l2_norm:8.4f}")
print(f"MSE           {true_mse:8.4f}")
print(f"norma L2² / n {l2_norm**2 / len(x50):8.4f}")
print(f"norma L1 / n  {l1_norm / len(x50):8.4f}")
print(f"MAE           {mae(true_m, true_b, x50, y50):8.4f}")
# --8<-- [end:norma]


# --8<-- [start:sin-semilla]
def unseeded_points():
    """Cincuenta x al azar, sin decir desde dónde empieza el azar."""
    return 50 * torch.rand(50)


first, second = unseeded_points(), unseeded_points()
print("sin semilla, ¿iguales?", torch.equal(first, second))

first, _ = noisy_points(true_m, true_b, 50, (0, 50), sigma, seed=4)
second, _ = noisy_points(true_m, true_b, 50, (0, 50), sigma, seed=4)
print("con semilla, ¿iguales?", torch.equal(first, second))
# --8<-- [end:sin-semilla]

# --8<-- [start:sol-a-mano]
corner = [0, 2, 5]
corner_cost = mae(m_start, b_start, xs[corner], ys[corner])
corner_m, corner_b = mae_gradient(m_start, b_start, xs[corner], ys[corner])
print(f"MAE = {corner_cost:.4f}")
print(f"dC/dm = {corner_m:.4f}  dC/db = {corner_b:.4f}")
# --8<-- [end:sol-a-mano]

# --8<-- [start:sol-impar]
_, odd_b = mae_gradient(true_m, true_b, x50[:49], y50[:49])
print(f"dC/db = {odd_b:.4f}")
print(f"49 · dC/db = {49 * odd_b:.0f}")
# --8<-- [end:sol-impar]

# --8<-- [start:sol-cruce]
before, after = by_hand[1], by_hand[2]
jump = before.grad_m - after.grad_m
print(f"salto de dC/dm: {jump:.4f}, x = {jump * 50 / 2:.2f}")

was_above = predict(before.m, 0.0, x50) > y50
is_above = predict(after.m, 0.0, x50) > y50
crossed = was_above != is_above
print(f"cruza {crossed.sum()} punto, el de x = {x50[crossed].item():.2f}")
# --8<-- [end:sol-cruce]

# --8<-- [start:sol-perfecta]
clean_x = torch.tensor([1.0, 2.0, 6.0])
clean_y = 0.5 * clean_x  # los tres, exactamente sobre la recta
clean_errors = predict(0.5, 0.0, clean_x) - clean_y
for name, slope in (("0", slope_of_abs), ("+1", slope_of_abs_plus)):
    clean_grad = (slope(clean_errors) * clean_x).mean()
    print(f"si en 0 eliges {name:>2}: dC/dm = {clean_grad:.0f}")
# --8<-- [end:sol-perfecta]

# --8<-- [start:sol-mediana]
values = torch.tensor([1.0, 2.0, 3.0, 4.0, 90.0])
fits = {}
for name, loss in (("MAE", nn.L1Loss()), ("MSE", nn.MSELoss())):
    level = torch.tensor(0.0, requires_grad=True)
    for _ in range(2000):
        level.grad = None
        loss(level.expand(5), values).backward()  # cinco veces la misma
        with torch.no_grad():
            level -= 0.01 * level.grad
    fits[name] = level.item()
    print(f"{name}: b = {fits[name]:.1f}")
print(f"mediana {values.median():.0f}, media {values.mean():.0f}")
# --8<-- [end:sol-mediana]

# --8<-- [start:sol-tasa]
rates = (1e-3, 1e-4, 1e-5)
for rate in rates:
    trail = [row.m for row in train(nn.MSELoss(), lr=rate)]
    print(f"tasa {rate:.0e}:", "  ".join(f"{m:.3f}" for m in trail[::6]))
curvature = 2 * (x50**2).mean()
print(f"2/n · Σx² = {curvature:.0f}")
# --8<-- [end:sol-tasa]
