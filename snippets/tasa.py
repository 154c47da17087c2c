"""Qué tasa elegir: código de la lección `docs/lecciones/tasa.md`."""

# --8<-- [start:datos]
import matplotlib.pyplot as plt
import torch

xs = torch.arange(8, dtype=torch.float64)
ys = torch.tensor(
    [1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37], dtype=torch.float64
)


def mse(point, xs, ys):
    """El coste de la recta con (m, b) = point."""
    m, b = point
    return ((m * xs + b - ys) ** 2).mean()


def gradient(point, xs, ys):
    """Las dos parciales del coste."""
    m, b = point
    errors = m * xs + b - ys
    return torch.stack([(2 * errors * xs).mean(), (2 * errors).mean()])


start = torch.tensor([0.9, 0.1], dtype=torch.float64)
print(f"coste en la salida: {mse(start, xs, ys):.2f}")
# --8<-- [end:datos]


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
    print(f"{rate:<8} {costs[1]:9.4g} {costs[10]:12.4g} {costs[100]:12.4g}")
# --8<-- [end:bajar]

# --8<-- [start:fino]
fine = (0.02, 0.05, 0.055, 0.06)
trails = {rate: costs_of(rate, 200) for rate in fine}
print("vuelta", *(f"{f'tasa {rate}':>12}" for rate in fine))
for turn in (0, 1, 2, 3, 50, 200):
    print(f"{turn:6d}", *(f"{trails[rate][turn]:12.4g}" for rate in fine))
# --8<-- [end:fino]

# --8<-- [start:hasta-inf]
big = torch.tensor(0.06, dtype=torch.float32)
point = start.float()
turn = 0
while torch.isfinite(mse(point, xs.float(), ys.float())):
    point = point - big * gradient(point, xs.float(), ys.float())
    turn += 1
print(f"float32: el coste es {mse(point, xs.float(), ys.float())} en la vuelta {turn}")
for _ in range(turn):
    point = point - big * gradient(point, xs.float(), ys.float())
print("y otras tantas después:", point.tolist())
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
    """Una vuelta con cada tasa, cada vez un poco mayor; para si el coste se dispara."""
    growth = (high / low) ** (1 / (rounds - 1))
    point, rate, rows = start, low, []
    for _ in range(rounds):
        point = point - rate * gradient(point, xs, ys)
        cost = mse(point, xs, ys).item()
        rows.append((rate, cost))
        if cost > 4 * min(cost for _, cost in rows):
            break
        rate *= growth
    return rows


tested = rate_test(1e-4, 1.0, 60)
lowest_rate, lowest_cost = min(tested, key=lambda row: row[1])
print(f"{len(tested)} vueltas; el coste más bajo, con tasa {lowest_rate:.3f}")
print(f"se para con tasa {tested[-1][0]:.3f}")
for divisor in (3, 10):
    final = costs_of(lowest_rate / divisor, 300)[-1]
    print(f"entre {divisor}: tasa {lowest_rate / divisor:.3f}, coste tras 300 vueltas {final:.3g}")
# --8<-- [end:prueba]

# --8<-- [start:dibujo-prueba]
fig, ax = plt.subplots(figsize=(5.6, 3.6), layout="constrained")
ax.plot(*zip(*tested), color="C0", marker="o", markersize=3)
hessian = torch.tensor([[35.0, 7.0], [7.0, 2.0]])  # la curvatura del valle
ceiling = 2 / torch.linalg.eigvalsh(hessian)[-1].item()
ax.axvline(ceiling, color="C2", linestyle="--", label="el techo de verdad")
ax.set_xscale("log")
ax.set_yscale("log")
ax.set_xlabel("tasa (escala logarítmica)")
ax.set_ylabel("coste tras la vuelta")
ax.legend()
plt.show()
# --8<-- [end:dibujo-prueba]


# --8<-- [start:ruido]
def stochastic(rate_at, steps, seed=0):
    """Descenso con un punto al azar por paso; rate_at dice la tasa de cada paso."""
    generator = torch.Generator().manual_seed(seed)
    order = torch.randint(8, (steps,), generator=generator).tolist()
    data, (m, b), costs = list(zip(xs.tolist(), ys.tolist())), start.tolist(), []
    for step, i in enumerate(order):  # con números de Python: así va más deprisa
        x, y = data[i]
        error, rate = m * x + b - y, rate_at(step)
        m, b = m - rate * 2 * error * x, b - rate * 2 * error
        costs.append(sum((m * x + b - y) ** 2 for x, y in data) / 8)
    return costs


def last_mean(costs, count=500):
    """La media de los últimos costes: un solo paso dice poco."""
    return sum(costs[-count:]) / count


steps = 6000
floor = min(costs_of(0.05, 2000))
print(f"suelo: {floor:.4f}")


def fixed(rate):
    """La misma tasa en todos los pasos."""
    return lambda step: rate


for rate in (0.01, 0.005, 0.0025):
    excess = last_mean(stochastic(fixed(rate), steps)) - floor
    print(f"tasa fija {rate}: {excess:.5f} por encima")
# --8<-- [end:ruido]


# --8<-- [start:calendario]
def decay(step):
    """De 0.01 a la décima parte, poco a poco: 0.01 / (1 + paso / 600)."""
    return 0.01 / (1 + step / 600)


scheduled = last_mean(stochastic(decay, steps)) - floor
print(f"tasa final: {decay(steps - 1):.5f}")
print(f"con calendario: {scheduled:.5f} por encima")
# --8<-- [end:calendario]

# --8<-- [start:ruido-dibujo]
fig, ax = plt.subplots(figsize=(5.8, 3.8), layout="constrained")
blocks = range(0, steps, 200)
for label, color, rule in (
    ("tasa fija 0.01", "C1", fixed(0.01)),
    ("con calendario", "C0", decay),
):
    costs = stochastic(rule, steps)
    excess = [sum(costs[k : k + 200]) / 200 - floor for k in blocks]
    ax.plot(blocks, excess, color=color, marker="o", markersize=3, label=label)
ax.set_yscale("log")
ax.set_xlabel("paso")
ax.set_ylabel("coste por encima del suelo")
ax.legend()
plt.show()
# --8<-- [end:ruido-dibujo]

# --8<-- [start:torch]
weight = torch.tensor([0.9, 0.1], dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.SGD([weight], lr=0.05)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=2, gamma=0.1)
for turn in range(5):
    print(f"vuelta {turn}: tasa {scheduler.get_last_lr()[0]:g}")
    optimizer.zero_grad()
    mse(weight, xs, ys).backward()
    optimizer.step()
    scheduler.step()
# --8<-- [end:torch]


# --8<-- [start:pasos-por-tasa]
def by_batches(size, rate, epochs, seed=2):
    """Minilotes de tamaño size; el coste final, medio de los últimos diez pasos."""
    generator = torch.Generator().manual_seed(seed)
    point, costs = start, []
    for _ in range(epochs):
        order = torch.randperm(8, generator=generator)
        for batch in order.split(size):
            point = point - rate * gradient(point, xs[batch], ys[batch])
            costs.append(mse(point, xs, ys).item())
    return len(costs), sum(costs[-10:]) / 10


print("lote  pasos   tasa  pasos·tasa  por encima del suelo")
trials = []
for size, rate, epochs in ((8, 0.005, 80), (1, 0.005, 80), (1, 0.005, 10)):
    count, cost = by_batches(size, rate, epochs)
    trials.append((size, count, rate, cost - floor))
    print(f"{size:4d} {count:6d} {rate:6.3f} {count * rate:11.2f} {cost - floor:21.4f}")
# --8<-- [end:pasos-por-tasa]

# --8<-- [start:al-reves]
misused = torch.tensor([0.9, 0.1], dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.SGD([misused], lr=0.05)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.1)
for _ in range(3):  # mal: un scheduler.step() por minilote, y no por época
    for _ in range(4):
        optimizer.zero_grad()
        mse(misused, xs, ys).backward()
        optimizer.step()
        scheduler.step()
print(f"tasa tras 3 épocas: {scheduler.get_last_lr()[0]:.0e}")
# --8<-- [end:al-reves]

# --8<-- [start:plano]
early = costs_of(1e-4, 40)
print(f"baja el {100 * (1 - early[-1] / early[-2]):.1f} % por vuelta: ¿ha convergido?")
print(f"coste {early[-1]:.2f}; el suelo está en {floor:.4f}")
# --8<-- [end:plano]

# --8<-- [start:ejercicio-1]
print(f"techo: {ceiling:.5f}")
sides = (0.0549, 0.0550)
for rate in sides:
    costs = costs_of(rate, 3000)
    print(f"tasa {rate:.4f}: {'baja' if costs[-1] < costs[0] else 'sube'}")
# --8<-- [end:ejercicio-1]

# --8<-- [start:ejercicio-2]
halves = [costs_of(0.05 / 2**k, 100)[-1] for k in range(4)]
print([f"{cost:.3f}" for cost in halves])
# --8<-- [end:ejercicio-2]


# --8<-- [start:ejercicio-3]
def in_stairs(every):
    """La tasa se divide entre 10 cada `every` pasos."""
    return lambda step: 0.01 * 0.1 ** (step // every)


spacings = (1000, 2000)
for steps_between in spacings:
    stepped = stochastic(in_stairs(steps_between), steps)
    print(f"cada {steps_between}: {last_mean(stepped) - floor:.5f} por encima")
# --8<-- [end:ejercicio-3]

# --8<-- [start:ejercicio-4]
same_product, pairs = [], ((0.04, 50), (0.02, 100), (0.01, 200))
for rate, rounds in pairs:
    same_product.append(costs_of(rate, rounds)[-1])
    print(f"{rounds} vueltas con {rate}: {same_product[-1]:.4f}")
# --8<-- [end:ejercicio-4]
