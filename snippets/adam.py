"""Una tasa para cada parámetro: código de la lección `docs/lecciones/adam.md`."""

# --8<-- [start:datos]
import matplotlib.pyplot as plt
import torch

xs = torch.arange(8, dtype=torch.float64)
ys = torch.tensor([1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37], dtype=torch.float64)


def gradient(point):
    """Las dos parciales del coste de la recta; `point` es la pareja (m, b)."""
    m, b = point
    errors = m * xs + b - ys
    return torch.stack([(2 * errors * xs).mean(), (2 * errors).mean()])


columns = torch.stack([xs, torch.ones_like(xs)], dim=1)
# La meta: `lstsq` da la recta de menor coste, sin descenso
best = torch.linalg.lstsq(columns, ys).solution
start = torch.tensor([0.9, 0.1], dtype=torch.float64)
first = gradient(start)
print(f"dC/dm = {first[0]:.3f}, dC/db = {first[1]:.3f}")
# --8<-- [end:datos]

# --8<-- [start:de-lado]
ms, bs = torch.linspace(-1.9, 1.1, 61).double(), torch.linspace(-1.1, 2.3, 61).double()
away_m, away_b = torch.meshgrid(ms - best[0], bs - best[1], indexing="xy")
heights = 17.5 * away_m**2 + 7 * away_m * away_b + away_b**2  # lo que sobra


def draw_valley(ax):
    """Las curvas de nivel, la salida y la meta."""
    levels = [0.1, 0.5, 2, 6, 15, 40]
    ax.contour(ms, bs, heights, levels=levels, colors="C0", linewidths=1)
    ax.annotate("salida", start + 0.06, ha="left")
    ax.plot(*best, color="C3", marker="*", markersize=13)
    ax.annotate("meta", best + 0.1)
    ax.set_aspect("equal")
    ax.set_xlabel("$m$")
    ax.set_ylabel("$b$")


fig, ax = plt.subplots(figsize=(5.4, 5.2), layout="constrained")
draw_valley(ax)
tip = start - 0.03 * first
ax.plot(*torch.stack([start, tip]).T, color="C1", linewidth=3, label="menos gradiente")
ax.plot(*tip, color="C1", marker="<", markersize=10)
ax.plot(*torch.stack([start, best]).T, color="C2", linestyle="--", label="hacia la meta")
ax.legend(loc="lower left")
plt.show()
# --8<-- [end:de-lado]

# --8<-- [start:signo]
point, learning_rate = start, 0.1
print("vuelta      m      b")
for turn in range(1, 22):
    slopes = gradient(point)
    point = point - learning_rate * slopes / slopes.abs()
    if turn in (1, 2, 18, 19, 20, 21):
        print(f"{turn:6d} {point[0]:6.1f} {point[1]:6.1f}")
# --8<-- [end:signo]

# --8<-- [start:parabola]
curvature, goal = 15.0, 2.0  # los de la lección de descenso


def slope(w):
    """La derivada del coste."""
    return curvature * (w - goal)


def rmsprop(gradient, start, learning_rate, beta, rounds, epsilon=1e-8):
    """Los puntos por los que pasa RMSprop, con la salida delante."""
    points, square = [start], 0 * start
    for _ in range(rounds):
        g = gradient(points[-1])
        square = beta * square + (1 - beta) * g**2
        points.append(points[-1] - learning_rate * g / (square**0.5 + epsilon))
    return points


w_start = torch.tensor(0.0, dtype=torch.float64)
rms = rmsprop(slope, w_start, learning_rate, 0.9, 3)
print("a mano:", " ".join(f"{w:.7f}" for w in rms[1:]))


def with_torch(optimizer, w, rounds):
    """Los valores de w en la parábola, vuelta a vuelta."""
    values = []
    for _ in range(rounds):
        optimizer.zero_grad()
        (curvature / 2 * (w - goal) ** 2).backward()
        optimizer.step()
        values.append(w.item())
    return values


w = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.RMSprop([w], lr=learning_rate, alpha=0.9)
print("torch: ", " ".join(f"{w:.7f}" for w in with_torch(optimizer, w, 3)))
# --8<-- [end:parabola]

# --8<-- [start:media]
beta, mean = 0.9, 0.0
print("vuelta   media  peso repartido  corregida")
for t in range(1, 5):
    mean = beta * mean + (1 - beta) * 900  # el cuadrado de -30, siempre igual
    print(f"{t:6d} {mean:7.2f} {1 - beta**t:15.4f} {mean / (1 - beta**t):10.2f}")
# --8<-- [end:media]


# --8<-- [start:adam]
def adam(gradient, start, learning_rate, rounds, betas=(0.9, 0.999), epsilon=1e-8):
    """Los puntos por los que pasa Adam, con la salida delante."""
    beta1, beta2 = betas
    points, average, square = [start], 0 * start, 0 * start
    for t in range(1, rounds + 1):
        g = gradient(points[-1])
        average = beta1 * average + (1 - beta1) * g
        square = beta2 * square + (1 - beta2) * g**2
        direction = average / (1 - beta1**t)
        size = (square / (1 - beta2**t)) ** 0.5
        points.append(points[-1] - learning_rate * direction / (size + epsilon))
    return points


by_hand = adam(slope, w_start, learning_rate, 5)
w = torch.tensor(0.0, dtype=torch.float64, requires_grad=True)
by_torch = with_torch(torch.optim.Adam([w], lr=learning_rate), w, 5)
print("vuelta      a mano       torch")
for turn in range(1, 6):
    print(f"{turn:6d} {by_hand[turn]:11.8f} {by_torch[turn - 1]:11.8f}")
# --8<-- [end:adam]

# --8<-- [start:recta]
trail = adam(gradient, start, learning_rate, 100)
for turn in (0, 1, 2, 10, 100):
    print(f"vuelta {turn:3d}: m = {trail[turn][0]:z.3f}, b = {trail[turn][1]:z.3f}")
# --8<-- [end:recta]

# --8<-- [start:mapa]
fig, ax = plt.subplots(figsize=(5.4, 5.2), layout="constrained")
draw_valley(ax)
ax.plot(*torch.stack(trail[:101]).T, color="C2", marker="o", markersize=3)
plt.show()
# --8<-- [end:mapa]

# --8<-- [start:escalado]
louder = adam(lambda point: 1000 * gradient(point), start, learning_rate, 100)
print(f"Adam, 100 vueltas: m = {trail[100][0]:.5f} y m = {louder[100][0]:.5f}")
plain = start
for _ in range(3):
    plain = plain - 0.05 * 1000 * gradient(plain)
print(f"SGD, tres vueltas: m = {plain[0]:.0e}")
# --8<-- [end:escalado]


# --8<-- [start:correr]
def momentum(gradient, start, learning_rate, beta, rounds):
    """El descenso con inercia de la lección anterior."""
    points, velocity = [start], 0 * start
    for _ in range(rounds):
        velocity = beta * velocity + gradient(points[-1])
        points.append(points[-1] - learning_rate * velocity)
    return points


def race(hessian, bottom, start, rounds=1000):
    """Lo que le sobra al coste en cada vuelta: sin inercia, con ella y con Adam."""
    low, high = torch.linalg.eigvalsh(hessian)
    total, difference = high**0.5 + low**0.5, high**0.5 - low**0.5

    def slopes(point):
        return hessian @ (point - bottom)

    runs = (
        momentum(slopes, start, 2 / (low + high), 0.0, rounds),
        momentum(slopes, start, (2 / total) ** 2, (difference / total) ** 2, rounds),
        adam(slopes, start, learning_rate, rounds),
    )
    away = [torch.stack(points) - bottom for points in runs]
    return [((each @ hessian) * each).sum(dim=1) / 2 for each in away]


def rounds_needed(excess, limit=1e-6):
    """Vueltas hasta que sobra para siempre menos de `limit`."""
    return int((excess >= limit).nonzero().max()) + 1


# --8<-- [end:correr]

# --8<-- [start:carrera]
tilted = 2 / len(xs) * columns.T @ columns  # el valle del curso
straight = torch.diag(torch.tensor([10000.0, 1.0], dtype=torch.float64))
turn = torch.tensor([[1.0, -1.0], [1.0, 1.0]], dtype=torch.float64) / 2**0.5
crossed = turn @ straight @ turn.T  # el mismo valle, girado 45 grados
bottom, origin = torch.full((2,), 2.0).double(), torch.zeros(2).double()

races = {
    "la recta del curso": race(tilted, best, start),
    "derecho, 10000 a 1": race(straight, bottom, origin),
    "el mismo, girado": race(crossed, turn @ bottom, origin),
}
needed = {}
print("valle               sin inercia  con inercia    Adam")
for name, curves in races.items():
    needed[name] = [rounds_needed(curve) for curve in curves]
    texts = [f"{n}" if n <= 1000 else "> 1000" for n in needed[name]]
    print(f"{name:19} {texts[0]:>11} {texts[1]:>12} {texts[2]:>7}")
# --8<-- [end:carrera]

# --8<-- [start:curvas]
fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.6), sharey=True, layout="constrained")
looks = (("sin inercia", ":"), ("con inercia", "--"), ("Adam", "-"))
for ax, name in zip(axes, ("derecho, 10000 a 1", "el mismo, girado")):
    for color, ((label, style), curve) in enumerate(zip(looks, races[name])):
        ax.plot(curve, color=f"C{color}", linestyle=style, label=label)
    ax.set_yscale("log")
    ax.set_ylim(1e-7, 1e9)
    ax.set_title(name)
    ax.set_xlabel("vuelta")
axes[0].set_ylabel("lo que sobra (escala log.)")
axes[1].legend(loc="lower left")
plt.show()
# --8<-- [end:curvas]

# --8<-- [start:girar]
stretch = torch.tensor([1000.0, 1.0], dtype=torch.float64)  # las dos curvaturas
angles = torch.deg2rad(torch.arange(91, dtype=torch.float64))  # de 0 a 90 grados
cos, sin = torch.cos(angles), torch.sin(angles)


def own_axes(points):
    """Los puntos, medidos en los ejes de cada valle: un valle por grado."""
    m, b = points[..., 0, :], points[..., 1, :]
    return torch.stack([cos * m + sin * b, cos * b - sin * m], dim=-2)


def turned_slopes(points):
    """El gradiente en cada valle, de vuelta a los ejes de m y b."""
    u, v = (stretch[:, None] * (own_axes(points) - 2)).unbind()
    return torch.stack([cos * u - sin * v, sin * u + cos * v])


def adam_by_angle(learning_rate, rounds):
    """El camino de Adam en los 91 valles a la vez, y las vueltas en cada uno."""
    start = torch.zeros(2, 91, dtype=torch.float64)
    path = torch.stack(adam(turned_slopes, start, learning_rate, rounds))
    excess = (stretch[:, None] * (own_axes(path) - 2) ** 2).sum(dim=1) / 2
    return path, [rounds_needed(curve) for curve in excess.T]


turned, by_angle = adam_by_angle(learning_rate, 1000)
rivals = [rounds_needed(curve) for curve in race(torch.diag(stretch), bottom, origin)]
print("grados  con inercia    Adam")
for degrees in (0, 1, 5, 45, 90):
    text = f"{by_angle[degrees]}" if by_angle[degrees] <= 1000 else "> 1000"
    print(f"{degrees:6d} {rivals[1]:12d} {text:>7}")
# --8<-- [end:girar]

# --8<-- [start:giro]
fig, (left, right) = plt.subplots(1, 2, figsize=(6.4, 3.6), layout="constrained")
circle = torch.linspace(0, 2 * torch.pi, 121, dtype=torch.float64)
ring = torch.stack([circle.cos(), circle.sin()])
for color, degrees in (("C2", 0), ("C4", 20)):
    c, s = cos[degrees], sin[degrees]
    back = torch.stack([torch.stack([c, -s]), torch.stack([s, c])])
    for level in (0.3, 2):
        shape = 2 + (2 * level / stretch[:, None]) ** 0.5 * ring
        left.plot(*(back @ shape), color="C0", linewidth=1)
    left.plot(*turned[:151, :, degrees].T, color=color)
    left.plot(*(back @ bottom), color="C3", marker="*", markersize=11)
    left.annotate(f"{degrees}°", back @ bottom + 0.15)
left.set_aspect("equal")
left.set_xlabel("$m$")
left.set_ylabel("$b$")
right.plot(torch.tensor(by_angle).clamp(max=1000), color="C2", label="Adam")
right.axhline(rivals[1], color="C1", linestyle="--", label="con inercia")
right.set_yscale("log")
right.set_yticks([200, 300, 500, 1000], ["200", "300", "500", r"$\geq$ 1000"])
right.minorticks_off()
right.set_xlabel("giro del valle, en grados")
right.set_ylabel("vueltas (escala log.)")
right.legend()
plt.show()
# --8<-- [end:giro]

# --8<-- [start:otras-tasas]
for rate in (0.01, 0.3, 1.0):
    at_45 = adam_by_angle(rate, 1000)[1][45]
    print(f"tasa {rate:4}: {at_45 if at_45 <= 1000 else '> 1000':>6}")
# --8<-- [end:otras-tasas]


# --8<-- [start:encoger]
def one_step(kind, w, g, **options):
    """Un paso desde w con derivada g y tasa 0.1."""
    weight = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    weight.grad = torch.tensor(g, dtype=torch.float64)
    kind([weight], lr=0.1, **options).step()
    return weight.item()


steps = {}
print("derivada   Adam  Adam con L2  AdamW")
for g in (100.0, 1.0, -1.0, 0.0):
    steps[g] = (
        one_step(torch.optim.Adam, 1.0, g),
        one_step(torch.optim.Adam, 1.0, g, weight_decay=0.5),
        one_step(torch.optim.AdamW, 1.0, g, weight_decay=0.5),
    )
    print(f"{g:8.0f} {steps[g][0]:6.3f} {steps[g][1]:12.3f} {steps[g][2]:6.3f}")
# --8<-- [end:encoger]

# --8<-- [start:epsilon]
print("derivada  paso entre tasa")
tiny = {}
for g in (1.0, 1e-4, 1e-6, 1e-8, 1e-10):
    tiny[g] = -one_step(torch.optim.Adam, 0.0, g) / 0.1
    print(f"{g:8.0e} {tiny[g]:16.4f}")
# --8<-- [end:epsilon]

# --8<-- [start:por-defecto]
timid = torch.tensor([0.9, 0.1], dtype=torch.float64, requires_grad=True)
optimizer = torch.optim.Adam([timid])  # sin decir la tasa
for _ in range(100):
    optimizer.zero_grad()
    ((timid[0] * xs + timid[1] - ys) ** 2).mean().backward()
    optimizer.step()
print(f"tras 100 vueltas: m = {timid[0]:.3f}, b = {timid[1]:.3f}")
# --8<-- [end:por-defecto]

# --8<-- [start:de-nuevo]
w = torch.tensor(1.999, dtype=torch.float64, requires_grad=True)
values = []
for _ in range(4):
    optimizer = torch.optim.Adam([w], lr=0.1)  # mal: nuevo en cada vuelta
    values += with_torch(optimizer, w, 1)
print(" ".join(f"{value:.3f}" for value in values))
# --8<-- [end:de-nuevo]


# --8<-- [start:desbordado]
def walk(gradients, dtype, **options):
    """Los valores de w, desde 0, si las derivadas fueran esas; tasa 0.1."""
    w = torch.tensor(0.0, dtype=dtype, requires_grad=True)
    optimizer, values = torch.optim.Adam([w], lr=0.1, **options), []
    for g in gradients:
        w.grad = None if g is None else torch.tensor(g, dtype=dtype)
        optimizer.step()
        values.append(w.item())
    return values


for dtype in (torch.float64, torch.float32):
    values = walk([1e21] + [1.0] * 99, dtype)
    print(f"{dtype}: w = {values[0]:z.1f} y, tras cien vueltas, {values[-1]:z.1f}")
# --8<-- [end:desbordado]

# --8<-- [start:ejercicio-1]
g3 = slope(0.19983351)
average3 = 0.9 * -5.55 + 0.1 * g3
square3 = 0.999 * 1.71135 + 0.001 * g3**2
step3 = 0.1 * (average3 / (1 - 0.9**3)) / (square3 / (1 - 0.999**3)) ** 0.5
print(f"derivada {g3:.4f}, media {average3:.5f}, cuadrados {square3:.5f}")
print(f"w = {0.19983351 - step3:.5f}")
# --8<-- [end:ejercicio-1]

# --8<-- [start:ejercicio-2]
for g in (1.0, 50.0):
    moved = -one_step(torch.optim.RMSprop, 0.0, g)
    print(f"derivada {g:2.0f}: RMSprop se mueve {moved:.4f}")
# --8<-- [end:ejercicio-2]

# --8<-- [start:ejercicio-3]
for silence in (0, 10, 100, 1000):
    values = walk([0.0] * silence + [1.0], torch.float64)
    print(f"tras {silence:4d} ceros: se mueve {-values[-1]:.3f}")
# --8<-- [end:ejercicio-3]


# --8<-- [start:ejercicio-4]
def left_by_adam(degrees, rounds=300):
    """Lo que le sobra al coste en el valle girado esos grados."""
    angle = torch.deg2rad(torch.tensor(degrees, dtype=torch.float64))
    c, s = torch.cos(angle), torch.sin(angle)
    turn = torch.stack([torch.stack([c, -s]), torch.stack([s, c])])
    hessian, low_point = turn @ straight @ turn.T, turn @ bottom
    path = adam(lambda p: hessian @ (p - low_point), origin, 0.1, rounds)
    away = path[-1] - low_point
    return away @ hessian @ away / 2


for degrees in (0, 1, 5, 45):
    print(f"girado {degrees:2d} grados: sobra {left_by_adam(degrees):.0e}")
# --8<-- [end:ejercicio-4]

# --8<-- [start:ejercicio-5]
float32, float16, float64 = torch.float32, torch.float16, torch.float64
with_none = walk([1.0, None, None], float64)
bets = [
    one_step(torch.optim.Adam, 0.0, 1000.0) - one_step(torch.optim.Adam, 0.0, 0.001) > 0.01,
    walk([1.0, 0.0], float64)[1] == walk([1.0, 0.0], float64)[0],
    with_none[2] == with_none[0],
    walk([1.0] + [0.0] * 100, float64)[-1] < -0.5,
    walk([1e20, 1.0], float32)[0] == 0,
    walk([0.0], float16)[0] == 0,
    max(map(abs, walk([1.0, -1.0] * 50, float64))) < 0.15,
    torch.optim.AdamW([torch.zeros(1)]).defaults["weight_decay"] == 0,
    issubclass(torch.optim.AdamW, torch.optim.Adam),
    one_step(torch.optim.Adam, 1.0, 0.0, weight_decay=0.5, maximize=True) > 1,
    walk([float("inf"), 1.0], float64)[1] == 0,
    walk([1.0, 2.0], float64, foreach=True) == walk([1.0, 2.0], float64, foreach=False),
]
for number, bet in enumerate(bets, start=1):
    print(f"{number:2d}. {'sí' if bet else 'no'}")
# --8<-- [end:ejercicio-5]
