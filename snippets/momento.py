"""Con inercia: código de la lección `docs/lecciones/momento.md`."""

# --8<-- [start:parabola]
import matplotlib.pyplot as plt
import torch

curvature, goal = 15.0, 2.0  # los de la lección de descenso


def slope(w):
    """La derivada del coste."""
    return curvature * (w - goal)


learning_rate, beta = 0.01, 0.9

w_start = 0.0
w_plain, w, velocity = w_start, w_start, 0.0
print("vuelta  sin inercia   velocidad  con inercia")
for turn in (1, 2, 3):
    w_plain = w_plain - learning_rate * slope(w_plain)
    velocity = beta * velocity + slope(w)
    w = w - learning_rate * velocity
    print(f"{turn:6d} {w_plain:12.5f} {velocity:11.3f} {w:12.5f}")
# --8<-- [end:parabola]


# --8<-- [start:inercia]
def momentum(gradient, start, learning_rate, beta, rounds):
    """Los puntos por los que pasa el descenso con inercia, con la salida delante."""
    points, velocity = [start], 0 * start
    for _ in range(rounds):
        velocity = beta * velocity + gradient(points[-1])
        points.append(points[-1] - learning_rate * velocity)
    return points


one = torch.tensor(w_start, dtype=torch.float64)
swing = momentum(slope, one, learning_rate, beta, 40)
peak = max(range(len(swing)), key=lambda turn: swing[turn])
print(f"vuelta {peak}: w = {swing[peak]:.3f}, y la meta era {goal:.0f}")
# --8<-- [end:inercia]

# --8<-- [start:se-pasa]
fig, ax = plt.subplots(figsize=(5.6, 3.6), layout="constrained")
plain = momentum(slope, one, learning_rate, 0.0, 40)
ax.axhline(2, color="C2", linestyle="--")
ax.plot(plain, color="C0", marker="s", markersize=3, label="sin inercia")
ax.plot(swing, color="C1", marker="o", markersize=3, label="con inercia, $β = 0.9$")
ax.annotate("meta", (38, 2.06))
ax.set_xlabel("vuelta")
ax.set_ylabel("$w$")
ax.legend(loc="lower right")
plt.show()
# --8<-- [end:se-pasa]

# --8<-- [start:valle]
xs = torch.arange(8, dtype=torch.float64)
ys = torch.tensor(
    [1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37], dtype=torch.float64
)


def mse(point):
    """El coste de la recta; `point` es la pareja (m, b)."""
    m, b = point
    return ((m * xs + b - ys) ** 2).mean()


def gradient(point):
    """Las dos parciales del coste."""
    m, b = point
    errors = m * xs + b - ys
    return torch.stack([(2 * errors * xs).mean(), (2 * errors).mean()])


H = torch.tensor([[35.0, 7.0], [7.0, 2.0]], dtype=torch.float64)  # su hessiano
low, high = torch.linalg.eigvalsh(H)
# Donde el gradiente se anula: `solve` da la x de A x = b
best = torch.linalg.solve(H, -gradient(torch.zeros(2, dtype=torch.float64)))
print(f"fondo: m = {best[0]:.4f}, b = {best[1]:.4f}, coste {mse(best):.6f}")
# --8<-- [end:valle]

# --8<-- [start:carrera]
start = torch.tensor([0.9, 0.1], dtype=torch.float64)


def rounds_needed(learning_rate, beta, excess=1e-6, limit=3000):
    """Vueltas hasta que al coste le sobra para siempre menos de `excess`."""
    last = 0
    points = momentum(gradient, start, learning_rate, beta, limit)
    for turn, point in enumerate(points):
        if not mse(point) < mse(best) + excess:  # también si es nan
            last = turn + 1
    return last


plain_rate = 2 / (low + high)
plain_rounds = rounds_needed(plain_rate, 0.0)
same_rate_rounds = rounds_needed(plain_rate, 0.6)
print(f"sin inercia, tasa {plain_rate:.4f}: {plain_rounds} vueltas")
print(f"β = 0.6, la misma tasa:   {same_rate_rounds} vueltas")
# --8<-- [end:carrera]

# --8<-- [start:hormiga-y-canica]
ms = torch.linspace(-1.2, 1.2, 41, dtype=torch.float64)
bs = torch.linspace(-0.6, 2.2, 41, dtype=torch.float64)
costs = torch.stack([torch.stack([mse((m, b)) for m in ms]) for b in bs])

fig, ax = plt.subplots(figsize=(5.2, 4.6), layout="constrained")
ax.contour(ms, bs, costs, levels=[0.1, 0.5, 2, 6, 15], colors="C7", linewidths=1)
for name, inertia, color, mark in (("hormiga", 0.0, "C0", "s"), ("canica", 0.6, "C1", "o")):
    track = torch.stack(momentum(gradient, start, plain_rate, inertia, 25))
    ax.plot(*track.T, color=color, marker=mark, markersize=3, linewidth=1.2, label=name)
ax.plot(*best, color="C2", marker="*", markersize=12)
ax.set_aspect("equal")
ax.set_xlabel("$m$")
ax.set_ylabel("$b$")
fig.legend(loc="outside upper center", ncols=2)
plt.show()
# --8<-- [end:hormiga-y-canica]


# --8<-- [start:mejor-beta]
def best_settings(low, high):
    """La tasa y la β que más deprisa bajan una parábola de esas curvaturas."""
    total, difference = high**0.5 + low**0.5, high**0.5 - low**0.5
    return (2 / total) ** 2, (difference / total) ** 2


best_rate, best_beta = best_settings(low, high)
best_rounds = rounds_needed(best_rate, best_beta)

print(f"tasa {best_rate:.4f}, β = {best_beta:.4f}: {best_rounds} vueltas")
print(f"{plain_rounds / best_rounds:.1f} veces menos que sin inercia")
# --8<-- [end:mejor-beta]


# --8<-- [start:raices]
def discriminant(curvature, rate, beta):
    """El de r² = (1 + β - α · λ) r - β."""
    return (1 + beta - rate * curvature) ** 2 - 4 * beta


def largest_root(curvature, rate, beta):
    """El tamaño de la mayor de las dos raíces."""
    root = torch.sqrt(discriminant(curvature, rate, beta) + 0j)
    twice = 1 + beta - rate * curvature
    return max(abs(twice + root), abs(twice - root)) / 2


sizes = []
for curvature_now in (low / 2, low, (low + high) / 2, high, 1.1 * high):
    inside = discriminant(curvature_now, best_rate, best_beta)
    sizes.append(largest_root(curvature_now, best_rate, best_beta))
    print(f"λ = {curvature_now:6.3f}: discriminante {inside:z7.4f}, tamaño {sizes[-1]:.4f}")
# --8<-- [end:raices]

# --8<-- [start:mapa]
fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.6), sharey=True, layout="constrained")
ms = torch.linspace(-2.6, 1.4, 61, dtype=torch.float64)
bs = torch.linspace(-0.9, 2.9, 61, dtype=torch.float64)
costs = torch.stack([torch.stack([mse((m, b)) for m in ms]) for b in bs])
runs = (("sin inercia", plain_rate, 0.0), ("con inercia", best_rate, best_beta))
for ax, (title, rate, inertia) in zip(axes, runs):
    path = torch.stack(momentum(gradient, start, rate, inertia, 30))
    levels = [0.05, 0.3, 1, 3, 8, 20, 50]
    ax.contour(ms, bs, costs, levels=levels, colors="C0", linewidths=1)
    ax.plot(*path.T, color="C1", marker="o", markersize=3)
    ax.plot(*best, color="C2", marker="*", markersize=12)
    ax.set_aspect("equal")
    ax.set_title(title)
    ax.set_xlabel("$m$")
axes[0].set_ylabel("$b$")
plt.show()
# --8<-- [end:mapa]

# --8<-- [start:torch]
w_torch = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.SGD([w_torch], lr=learning_rate, momentum=beta)
for turn in (1, 2, 3):
    optimizer.zero_grad()
    (7.5 * (w_torch - 2) ** 2).backward()
    optimizer.step()
    print(f"vuelta {turn}: torch {w_torch.item():.5f}, a mano {swing[turn]:.5f}")
# --8<-- [end:torch]


# --8<-- [start:libro]
def averaged(gradient, start, learning_rate, beta, rounds):
    """La otra fórmula: la velocidad es una media, con peso 1 - β para lo nuevo."""
    points, velocity = [start], 0 * start
    for _ in range(rounds):
        velocity = beta * velocity + (1 - beta) * gradient(points[-1])
        points.append(points[-1] - learning_rate * velocity)
    return points


same_letters = averaged(slope, one, learning_rate, beta, 3)
ten_times = averaged(slope, one, learning_rate / (1 - beta), beta, 3)
for label, points in (
    ("velocidad, como torch", swing),
    ("media, misma tasa", same_letters),
    ("media, tasa 10 veces mayor", ten_times),
):
    print(f"{label:27s}", " ".join(f"{w:.5f}" for w in points[1:4]))
# --8<-- [end:libro]

# --8<-- [start:amortiguado]
w_damped = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
damped = torch.optim.SGD([w_damped], lr=0.1, momentum=beta, dampening=beta)
trail = []
for _ in range(3):
    damped.zero_grad()
    (7.5 * (w_damped - 2) ** 2).backward()
    damped.step()
    trail.append(w_damped.item())
print("con dampening:", " ".join(f"{w:.5f}" for w in trail))
print("la media:     ", " ".join(f"{w:.5f}" for w in ten_times[1:]))
# --8<-- [end:amortiguado]


# --8<-- [start:nesterov]
def nesterov(gradient, start, learning_rate, beta, rounds):
    """Mira la cuesta donde la inercia está a punto de llevarle."""
    points, velocity = [start], 0 * start
    for _ in range(rounds):
        ahead = points[-1] - learning_rate * beta * velocity
        velocity = beta * velocity + gradient(ahead)
        points.append(points[-1] - learning_rate * velocity)
    return points


looking = nesterov(slope, one, learning_rate, beta, 40)
print(f"lo más lejos que llega: {max(swing):.3f}, y mirando antes, {max(looking):.3f}")
# --8<-- [end:nesterov]

# --8<-- [start:beta-grande]
inertias = (0.6, 0.9, 0.99)
for inertia in inertias:
    print(f"β = {inertia}: {rounds_needed(best_rate, inertia)} vueltas")
# --8<-- [end:beta-grande]

# --8<-- [start:parado]
w_stop = torch.tensor(0.0, requires_grad=True)
optimizer = torch.optim.SGD([w_stop], lr=0.01, momentum=0.9)
(7.5 * (w_stop - 2) ** 2).backward()
optimizer.step()
before = w_stop.item()
w_stop.grad.zero_()  # gradiente cero: ¿se queda quieto?
optimizer.step()
zeros = w_stop.item()
w_stop.grad = None
optimizer.step()
print(f"{before:.2f} -> con ceros, {zeros:.2f} -> con None, {w_stop.item():.2f}")
# --8<-- [end:parado]

# --8<-- [start:ejercicio-1]
velocity_4 = beta * velocity + slope(w)  # tras las tres vueltas de la tabla
w_4 = w - learning_rate * velocity_4
print(f"velocidad = {velocity_4:.3f}, w = {w_4:.4f}")
# --8<-- [end:ejercicio-1]

# --8<-- [start:ejercicio-2]
constant, v = 1.0, 0.0
for _ in range(200):
    v = beta * v + constant
print(f"velocidad final: {v:.4f} = 1 / (1 - β)")
# --8<-- [end:ejercicio-2]

# --8<-- [start:ejercicio-3]
limits, inertias3 = [], (0.0, 0.5, 0.9)
for inertia in inertias3:
    limit = 2 * (1 + inertia) / curvature
    for rate in (0.99 * limit, 1.01 * limit):
        end = momentum(slope, one, rate, inertia, 2000)[-1]
        limits.append(abs(end - 2) < 1)
    verdicts = ["se acerca" if near else "diverge" for near in limits[-2:]]
    print(f"β = {inertia}: techo {limit:.3f};", ", ".join(verdicts))
# --8<-- [end:ejercicio-3]

# --8<-- [start:ejercicio-4]
w_a = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
flat = torch.optim.SGD([w_a], lr=0.01, momentum=0.9, nesterov=True)
rows = []
for _ in range(3):
    flat.zero_grad()
    (7.5 * (w_a - 2) ** 2).backward()
    flat.step()
    rows.append(w_a.item())
shifted = []
for turn in (1, 2, 3):  # cada punto, adonde lo lleva la inercia
    shifted.append(looking[turn] + beta * (looking[turn] - looking[turn - 1]))
print("torch:              ", " ".join(f"{w:.5f}" for w in rows))
print("a mano:             ", " ".join(f"{w:.5f}" for w in looking[1:4]))
print("a mano, adelantado: ", " ".join(f"{w:.5f}" for w in shifted))
# --8<-- [end:ejercicio-4]
