"""Qué tasa elegir: código de la lección `docs/lecciones/tasa.md`."""

# --8<-- [start:datos]
import matplotlib.pyplot as plt
import torch

xs = torch.arange(8, dtype=torch.float64)
ys = torch.tensor([1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37], dtype=torch.float64)


def mse(point, xs, ys):
    """El coste de la recta; `point` es la pareja (m, b)."""
    m, b = point
    return ((m * xs + b - ys) ** 2).mean()


def gradient(point, xs, ys):
    """Las dos parciales del coste."""
    m, b = point
    errors = m * xs + b - ys
    return torch.stack([(2 * errors * xs).mean(), (2 * errors).mean()])


start = torch.tensor([0.9, 0.1], dtype=torch.float64)
slopes = gradient(start, xs, ys)
print(f"en la salida: coste {mse(start, xs, ys):.2f}, dC/dm = {slopes[0]:.3f}")
# --8<-- [end:datos]

# --8<-- [start:tres-saltos]
fig, ax = plt.subplots(figsize=(5.6, 3.6), layout="constrained")
slice_of_m = torch.linspace(-3.0, 1.8, 97, dtype=torch.float64)
ax.plot(slice_of_m, [mse((m, start[1]), xs, ys) for m in slice_of_m], color="C4")
ax.plot(start[0], mse(start, xs, ys), "o", color="C2", markersize=9, label="salida")
for rate, color, marker in ((0.001, "C0", "s"), (0.01, "C1", "^"), (0.1, "C3", "D")):
    m = start[0] - rate * slopes[0]
    height = mse((m, start[1]), xs, ys)
    ax.plot(m, height, marker, color=color, markersize=8, label=f"tasa {rate}")
ax.set_xlabel("$m$")
ax.set_ylabel("coste, con $b = 0.1$")
ax.legend()
plt.show()
# --8<-- [end:tres-saltos]


# --8<-- [start:bajar]
def costs_of(learning_rate, rounds):
    """El coste en la salida y después de cada vuelta."""
    point, costs = start, [mse(start, xs, ys).item()]
    for _ in range(rounds):
        point = point - learning_rate * gradient(point, xs, ys)
        costs.append(mse(point, xs, ys).item())
    return costs


powers = (0.0001, 0.001, 0.01, 0.1)
print("tasa      1 vuelta   10 vueltas  100 vueltas")
for rate in powers:
    costs = costs_of(rate, 100)
    print(f"{rate:<8} {costs[1]:9.4g} {costs[10]:12.4g} {costs[-1]:12.4g}")
# --8<-- [end:bajar]

# --8<-- [start:fino]
fine = (0.02, 0.05, 0.055, 0.06)
trails = {rate: costs_of(rate, 200) for rate in fine}
print("vuelta", *(f"{f'tasa {rate}':>12}" for rate in fine))
for turn in (0, 1, 2, 3, 50, 200):
    print(f"{turn:6d}", *(f"{trails[rate][turn]:12.4g}" for rate in fine))
# --8<-- [end:fino]

# --8<-- [start:hasta-inf]
xs32, ys32 = xs.float(), ys.float()
point, turn = start.float(), 0
while torch.isfinite(mse(point, xs32, ys32)):
    point = point - 0.06 * gradient(point, xs32, ys32)
    turn += 1
print(f"vuelta {turn}: m = {point[0]:.2g}, coste {mse(point, xs32, ys32)}")
infinite_turn = turn
while not torch.isnan(point).any():
    point = point - 0.06 * gradient(point, xs32, ys32)
    turn += 1
print(f"vuelta {turn}: m y b son {point.tolist()}")
# --8<-- [end:hasta-inf]

# --8<-- [start:curvas]
fig, ax = plt.subplots(figsize=(5.8, 3.8), layout="constrained")
marks = {0.001: ":", 0.01: "--", 0.05: "-", 0.06: "-."}
for color, (rate, style) in enumerate(marks.items()):
    ax.plot(costs_of(rate, 60), color=f"C{color}", linestyle=style, label=f"tasa {rate}")
ax.set_yscale("log")
ax.set_xlabel("vuelta")
ax.set_ylabel("coste $C$ (escala logarítmica)")
ax.legend(loc="upper right", ncols=2)
ax.set_ylim(0.01, 5000)
plt.show()
# --8<-- [end:curvas]


# --8<-- [start:prueba]
def rate_test(low, high, rounds):
    """Una vuelta con cada tasa, cada vez mayor; para cuando el coste sube."""
    growth = (high / low) ** (1 / (rounds - 1))
    point, rate, lowest, rows = start, low, torch.inf, []
    for _ in range(rounds):
        point = point - rate * gradient(point, xs, ys)
        cost = mse(point, xs, ys).item()
        lowest = min(lowest, cost)
        rows.append((rate, cost, point))
        if cost > lowest:
            break
        rate *= growth
    return rows


tested = rate_test(1e-4, 1.0, 60)
chosen = min(tested, key=lambda row: row[1])[0]
print(f"el coste más bajo, con tasa {chosen:.3f}; se para con {tested[-1][0]:.3f}")
for divisor in (3, 10):
    end = costs_of(chosen / divisor, 200)[-1]
    print(f"entre {divisor}: tasa {chosen / divisor:.3f}, tras 200 vueltas {end:.3g}")
# --8<-- [end:prueba]

# --8<-- [start:dibujo-prueba]
columns = torch.stack([xs, torch.ones_like(xs)], dim=1)
hessian = 2 / len(xs) * columns.T @ columns  # la tabla de segundas derivadas
curvatures, directions = torch.linalg.eigh(hessian)
ceiling = 2 / curvatures[1].item()
fig, ax = plt.subplots(figsize=(5.6, 3.6), layout="constrained")
rates, costs, points = zip(*tested)
ax.plot(rates, costs, color="C0", marker="o", markersize=3)
ax.axvline(ceiling, color="C2", linestyle="--", label="el techo de verdad")
ax.set_xscale("log")
ax.set_yscale("log")
ax.set_xlabel("tasa (escala logarítmica)")
ax.set_ylabel("coste tras la vuelta")
ax.legend(loc="lower left")
plt.show()
# --8<-- [end:dibujo-prueba]

# --8<-- [start:por-que-tarde]
# `lstsq` da la recta de menor coste, sin descenso
best = torch.linalg.lstsq(columns, ys).solution
wide = directions[:, 1]  # la dirección de más curvatura
crossing = next(k for k, rate in enumerate(rates) if rate > ceiling)
print(f"a lo ancho, en la salida: {abs(wide @ (start - best)):.2f}")
print(f"a lo ancho, al pasar el techo: {abs(wide @ (points[crossing] - best)):.0e}")
# --8<-- [end:por-que-tarde]

# --8<-- [start:ruido]
data = list(zip(xs.tolist(), ys.tolist()))
floor = mse(best, xs, ys).item()


def excess_of(rate_at, begin, steps=3000, seed=0):
    """Lo que le sobra al coste tras cada paso, con un punto al azar por paso."""
    generator = torch.Generator().manual_seed(seed)
    order = torch.randint(8, (steps,), generator=generator).tolist()
    (m, b), excess = begin.tolist(), []  # números de Python: así va más deprisa
    for step, i in enumerate(order):
        x, y = data[i]
        error, rate = m * x + b - y, rate_at(step)
        m, b = m - rate * 2 * error * x, b - rate * 2 * error
        excess.append(sum((m * x + b - y) ** 2 for x, y in data) / 8 - floor)
    return excess


def last_mean(values, count=500):
    """La media de los últimos valores: un solo paso dice poco."""
    return sum(values[-count:]) / count


def fixed(rate):
    """La misma tasa en todos los pasos."""
    return lambda step: rate


print(f"en la meta, el coste es {floor:.4f}")
for rate in (0.01, 0.005, 0.0025):
    print(f"tasa fija {rate}: sobran {last_mean(excess_of(fixed(rate), best)):.5f}")
# --8<-- [end:ruido]


# --8<-- [start:calendario]
def in_stairs(every):
    """De 0.01 hacia abajo: se divide entre 10 cada `every` pasos."""
    return lambda step: 0.01 * 0.1 ** (step // every)


rules = {"tasa fija 0.01": fixed(0.01), "en escalones": in_stairs(1000)}
noisy = {name: excess_of(rule, start) for name, rule in rules.items()}
for name, values in noisy.items():
    print(f"{name}: sobran {last_mean(values):.5f}")
# --8<-- [end:calendario]

# --8<-- [start:ruido-dibujo]
fig, ax = plt.subplots(figsize=(5.8, 3.8), layout="constrained")
blocks = range(0, 3000, 100)
for (name, values), color, marker in zip(noisy.items(), ("C1", "C0"), "so"):
    means = [sum(values[k : k + 100]) / 100 for k in blocks]
    ax.plot(blocks, means, color=color, marker=marker, markersize=4, label=name)
ax.set_yscale("log")
ax.set_xlabel("paso")
ax.set_ylabel("lo que sobra (escala log.)")
ax.legend(loc="lower left")
plt.show()
# --8<-- [end:ruido-dibujo]

# --8<-- [start:torch]
weight = torch.tensor([0.9, 0.1], dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.SGD([weight], lr=0.02)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.1)
for turn in range(5):
    cost = mse(weight, xs, ys)
    print(f"vuelta {turn}: tasa {scheduler.get_last_lr()[0]:<7g} coste {cost.item():.3f}")
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    scheduler.step()
# --8<-- [end:torch]


# --8<-- [start:pasos-por-tasa]
def by_batches(size, rate, epochs, seed=2):
    """Los pasos que da, y lo que le sobra al coste al acabar."""
    generator = torch.Generator().manual_seed(seed)
    point, count = start, 0
    for _ in range(epochs):
        for batch in torch.randperm(8, generator=generator).split(size):
            point = point - rate * gradient(point, xs[batch], ys[batch])
            count += 1
    return count, mse(point, xs, ys).item() - floor


print("lote  épocas  pasos   tasa  pasos·tasa  sobra")
trials = []
for size, rate, epochs in ((8, 0.005, 24), (1, 0.005, 24), (1, 0.005, 3), (8, 0.04, 24)):
    count, excess = by_batches(size, rate, epochs)
    trials.append((size, count, rate, excess))
    product = count * rate
    print(f"{size:4d} {epochs:7d} {count:6d}  {rate:.3f} {product:11.2f}  {excess:.3f}")
# --8<-- [end:pasos-por-tasa]

# --8<-- [start:al-reves]
misused = torch.tensor([0.9, 0.1], dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.SGD([misused], lr=0.02)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.1)
for _ in range(3):
    for batch in torch.arange(8).split(2):
        optimizer.zero_grad()
        mse(misused, xs[batch], ys[batch]).backward()
        optimizer.step()
        scheduler.step()  # mal: una vez por minilote, y no por época
rate, cost = scheduler.get_last_lr()[0], mse(misused, xs, ys)
print(f"tras 3 épocas: tasa {rate:.0e}, coste {cost.item():.3f}")
# --8<-- [end:al-reves]

# --8<-- [start:plano]
early = costs_of(1e-4, 40)
print(f"baja el {100 * (1 - early[-1] / early[-2]):.2f} % por vuelta: ¿ha llegado?")
print(f"coste {early[-1]:.2f}; el menor posible es {floor:.4f}")
# --8<-- [end:plano]

# --8<-- [start:ejercicio-1]
print(f"techo: {ceiling:.5f}")
sides, ratios = (0.0549, 0.0550), []
for rate in sides:
    costs = costs_of(rate, 300)
    ratios.append(costs[-1] / costs[-2])
    print(f"tasa {rate:.4f}: en la última vuelta, por {ratios[-1]:.4f}")
# --8<-- [end:ejercicio-1]

# --8<-- [start:ejercicio-2]
halves = [costs_of(0.05 / 2**k, 100)[-1] for k in range(4)]
print([f"{cost:.3f}" for cost in halves])
# --8<-- [end:ejercicio-2]

# --8<-- [start:ejercicio-3]
spacings = (250, 500, 1000)
early_or_late = [last_mean(excess_of(in_stairs(every), start)) for every in spacings]
for every, excess in zip(spacings, early_or_late):
    print(f"cada {every:4d}: sobran {excess:.5f}")
# --8<-- [end:ejercicio-3]

# --8<-- [start:ejercicio-4]
same_product, pairs = [], ((0.04, 50), (0.02, 100), (0.01, 200))
for rate, rounds in pairs:
    same_product.append(costs_of(rate, rounds)[-1])
    print(f"{rounds:3d} vueltas con {rate}: {same_product[-1]:.4f}")
# --8<-- [end:ejercicio-4]
