"""La neurona logística: código de la lección `docs/lecciones/neurona.md`."""

# --8<-- [start:suma]
import matplotlib.pyplot as plt
import torch
from torch import nn

x = torch.tensor([2.0, -1.0])  # la casa: 2 km al este, 1 km al sur
w = torch.tensor([1.0, 0.5])  # los pesos
b = torch.tensor(-0.5)  # el sesgo

z = w @ x + b
print(f"z = {z:.2f}")
# --8<-- [end:suma]


# --8<-- [start:sigmoide]
def sigmoid(z):
    """La sigmoide logística: lleva cualquier número a uno entre 0 y 1."""
    return 1 / (1 + torch.exp(-z))


print("   z  sigmoide")
for value in (-6.0, -2.0, -1.0, 0.0, 1.0, 2.0, 6.0):
    print(f"{value:4.0f}    {sigmoid(torch.tensor(value)):.4f}")
# --8<-- [end:sigmoide]


# --8<-- [start:neurona]
def neuron(w, b, x):
    """Una neurona logística: suma ponderada y sigmoide."""
    return sigmoid(w @ x + b)


a = neuron(w, b, x)
print(f"a = {a:.4f}")
# --8<-- [end:neurona]

# --8<-- [start:dibujo]
inputs = [(f"$x_1 = {x[0]:.0f}$", w[0]), (f"$x_2 = {x[1]:.0f}$", w[1]), ("1", b)]
names = ["w_1", "w_2", "b"]

fig, ax = plt.subplots(figsize=(5.0, 3.0), layout="constrained")
box = {"boxstyle": "round,pad=0.4", "facecolor": "none", "edgecolor": "C0"}
center = {"ha": "center", "va": "center"}
arrow = {"arrowstyle": "->", "color": "C1", "linewidth": 1.6}
starts = [0.3, 0.36, 0.16]  # donde acaba cada caja
places = [(1.18, 0.92), (1.0, 0.16), (1.18, -0.92)]
for row, ((label, weight), name) in enumerate(zip(inputs, names)):
    height = 1 - row
    ax.text(0, height, label, bbox=box, **center)
    ax.annotate("", (1.62, 0.3 * height), (starts[row], height), arrowprops=arrow)
    ax.text(*places[row], f"${name} = {weight:.1f}$", color="C1", **center)
ax.text(1.98, 0, f"suma\n$z = {z:.2f}$", bbox=box, **center)
ax.annotate("", (2.98, 0), (2.36, 0), arrowprops=arrow)
ax.text(2.67, 0.18, "$\\varphi$", color="C1", **center)
ax.text(3.4, 0, f"salida\n$a = {a:.4f}$", bbox=box, **center)
ax.set_xlim(-0.4, 3.9)
ax.set_ylim(-1.35, 1.35)
ax.axis("off")
plt.show()
# --8<-- [end:dibujo]


# --8<-- [start:pendiente]
def sigmoid_slope(z):
    """La derivada de la sigmoide: σ(1 - σ)."""
    s = sigmoid(z)
    return s * (1 - s)


h = 1e-5
print("   z  fórmula  autograd  diferencias")
for value in (-2.0, 0.0, 1.0, 6.0):
    t = torch.tensor(value, dtype=torch.float64, requires_grad=True)
    sigmoid(t).backward()
    with torch.no_grad():
        formula = sigmoid_slope(t)
        difference = (sigmoid(t + h) - sigmoid(t - h)) / (2 * h)
    print(f"{value:4.0f}   {formula:.4f}    {t.grad:.4f}       {difference:.4f}")
# --8<-- [end:pendiente]

# --8<-- [start:curvas]
grid = torch.linspace(-8, 8, 401)

fig, axes = plt.subplots(
    2, 1, figsize=(5.6, 4.6), sharex=True, height_ratios=[3, 2], layout="constrained"
)
axes[0].plot(grid, sigmoid(grid), color="C0")
touch = torch.tensor([-2.0, 2.0])
axes[0].plot(touch, 0.5 + touch / 4, color="C1", linestyle="--")
axes[0].text(2.3, 0.9, "tangente en 0:\npendiente 1/4", color="C1", va="top")
axes[0].scatter([z], [a], color="C2", zorder=3)
axes[0].annotate("nuestra casa", (z, a), (-3.2, 0.76), color="C2", va="center")
axes[0].set_ylabel("$\\sigma(z)$")
axes[1].plot(grid, sigmoid_slope(grid), color="C1")
axes[1].set_ylabel("$\\sigma'(z)$")
axes[1].set_ylim(0, 0.28)
axes[1].set_xlabel("$z$")
plt.show()
# --8<-- [end:curvas]


# --8<-- [start:perdida]
def bce(a, y):
    """La entropía cruzada binaria de cada ejemplo."""
    return -(y * torch.log(a) + (1 - y) * torch.log(1 - a))


print(f"si y = 1: {bce(a, 1):.4f}")
print(f"si y = 0: {bce(a, 0):.4f}")
# --8<-- [end:perdida]

# --8<-- [start:curvas-perdida]
chances = torch.linspace(0.005, 0.995, 199)

fig, ax = plt.subplots(figsize=(5.6, 3.4), layout="constrained")
for label, style in ((1, "-"), (0, "--")):
    ax.plot(chances, bce(chances, label), color=f"C{1 - label}", linestyle=style)
ax.scatter([a, a], [bce(a, 1), bce(a, 0)], color="C2", zorder=3)
ax.text(0.06, 3.4, "si $y = 1$", color="C0")
ax.text(0.94, 3.4, "si $y = 0$", color="C1", ha="right")
ax.text(a - 0.02, bce(a, 0) + 0.12, "nuestra casa", color="C2", ha="right")
ax.set_xlabel("$a$, lo que contesta la neurona")
ax.set_ylabel("pérdida")
ax.set_ylim(-0.1, 5)
plt.show()
# --8<-- [end:curvas-perdida]


# --8<-- [start:eslabones]
def bce_slope(a, y):
    """La derivada de la pérdida respecto de a: (a - y) / (a(1 - a))."""
    return (a - y) / (a * (1 - a))


print(f"primer eslabón:  {bce_slope(a, 1):.4f}")
print(f"segundo eslabón: {sigmoid_slope(z):.4f}")
print(f"producto:        {bce_slope(a, 1) * sigmoid_slope(z):.4f}")
print(f"a - y:           {a - 1:.4f}")
# --8<-- [end:eslabones]


# --8<-- [start:gradiente-punto]
def point_gradient(w, b, x, y):
    """El gradiente de la pérdida de un ejemplo: (a - y)x y a - y."""
    error = neuron(w, b, x) - y
    return error * x, error


hand_w, hand_b = point_gradient(w, b, x, 1)
print("a mano:  ", " ".join(f"{part:.4f}" for part in [*hand_w, hand_b]))

w_leaf, b_leaf = w.clone().requires_grad_(True), b.clone().requires_grad_(True)
bce(neuron(w_leaf, b_leaf, x), 1).backward()
print("autograd:", " ".join(f"{part:.4f}" for part in [*w_leaf.grad, b_leaf.grad]))
# --8<-- [end:gradiente-punto]


# --8<-- [start:datos]
def random_examples(n, d, generator):
    """Ejemplos al azar y las etiquetas que una neurona con azar les pone."""
    X = torch.randn(n, d, generator=generator)
    w = torch.randn(d, generator=generator)
    b = torch.randn((), generator=generator)
    y = (torch.rand(n, generator=generator) < sigmoid(X @ w + b)).float()
    return X, y, w, b


X, y, true_w, true_b = random_examples(100, 10, torch.Generator().manual_seed(4))
print("X:", tuple(X.shape), " y:", tuple(y.shape))
print("primeras etiquetas:", *[f"{label:.0f}" for label in y[:12]])
print(f"con etiqueta 1: {y.sum():.0f} de {len(y)}")
# --8<-- [end:datos]


# --8<-- [start:coste]
def cost(w, b, X, y):
    """El coste del lote: la suma de las entropías cruzadas."""
    return bce(sigmoid(X @ w + b), y).sum()


print(f"coste con todo a cero: {cost(torch.zeros(10), torch.zeros(()), X, y):.2f}")
# --8<-- [end:coste]


# --8<-- [start:gradiente]
def gradient(w, b, X, y):
    """El gradiente del coste: Xᵀ(σ - y) para los pesos y Σ(σ - y) para el sesgo."""
    errors = sigmoid(X @ w + b) - y
    return X.T @ errors, errors.sum()
# --8<-- [end:gradiente]


# --8<-- [start:tres-casas]
X3 = torch.tensor([[2.0, -1.0], [1.0, 3.0], [0.0, 1.0]])  # una casa por fila
y3 = torch.tensor([1.0, 0.0, 1.0])
errors3 = sigmoid(X3 @ w + b) - y3
grad_w3, grad_b3 = gradient(w, b, X3, y3)
print("errores:", " ".join(f"{error:.4f}" for error in errors3))
print("dC/dw:  ", " ".join(f"{part:.4f}" for part in grad_w3))
print(f"dC/db:   {grad_b3:.4f}")
# --8<-- [end:tres-casas]


# --8<-- [start:tres-caminos]
def differences(w, b, X, y, h=1e-5):
    """El gradiente por diferencias centrales, moviendo un parámetro cada vez."""
    theta = torch.cat([w, b.reshape(1)])
    slopes = []
    for step in h * torch.eye(len(theta), dtype=theta.dtype):
        up, down = theta + step, theta - step
        rise = cost(up[:-1], up[-1], X, y) - cost(down[:-1], down[-1], X, y)
        slopes.append(rise / (2 * h))
    return torch.stack(slopes[:-1]), slopes[-1]


def three_ways(w, b, X, y):
    """El mismo gradiente por tres caminos: fórmula, autograd y diferencias."""
    leaves = [w.clone().requires_grad_(True), b.clone().requires_grad_(True)]
    automatic = torch.autograd.grad(cost(*leaves, X, y), leaves)
    ways = [gradient(w, b, X, y), automatic, differences(w, b, X, y)]
    return [torch.cat([grad_w, grad_b.reshape(1)]) for grad_w, grad_b in ways]
# --8<-- [end:tres-caminos]


# --8<-- [start:cien]
zeros, zero = torch.zeros(10).double(), torch.zeros(()).double()
ways = three_ways(zeros, zero, X.double(), y.double())
print("                w_1      w_2      w_3        b")
for name, partials in zip(("fórmula", "autograd", "diferencias"), ways):
    shown = " ".join(f"{partials[i]:8.4f}" for i in (0, 1, 2, -1))
    print(f"{name:11}{shown}")
# --8<-- [end:cien]

# --8<-- [start:comparar]
print("   n   d  ¿autograd = fórmula?  ¿diferencias = fórmula?")
for n, d in ((1, 1), (3, 2), (7, 5), (100, 10)):
    generator = torch.Generator().manual_seed(n)
    some_X, some_y, *_ = random_examples(n, d, generator)
    some_w, some_b = torch.randn(d, generator=generator), torch.tensor(0.3)
    formula, automatic, numeric = three_ways(
        some_w.double(), some_b.double(), some_X.double(), some_y.double()
    )
    matches = torch.allclose(formula, automatic), torch.allclose(formula, numeric)
    print(f"{n:4d} {d:3d}  {matches[0]!s:>20}  {matches[1]!s:>23}")
# --8<-- [end:comparar]


# --8<-- [start:entrenar]
def train(X, y, steps, learning_rate):
    """Descenso desde cero; devuelve los parámetros y el coste de cada época."""
    w = nn.Parameter(torch.zeros(X.shape[1]))
    b = nn.Parameter(torch.zeros(()))
    optimizer = torch.optim.SGD([w, b], lr=learning_rate)
    costs = []
    for _ in range(steps):
        optimizer.zero_grad()
        current = cost(w, b, X, y)
        current.backward()
        optimizer.step()
        costs.append(current.item())
    return w.detach(), b.detach(), costs


learned_w, learned_b, costs = train(X, y, steps=60, learning_rate=0.02)
for epoch in (0, 1, 2, 5, 10, 20, 40, 59):
    print(f"época {epoch:2d}: coste {costs[epoch]:6.2f}")
# --8<-- [end:entrenar]

# --8<-- [start:curva-coste]
fig, ax = plt.subplots(figsize=(5.6, 3.2), layout="constrained")
ax.plot(costs, color="C0")
ax.set_xlabel("época")
ax.set_ylabel("coste (suma de 100 pérdidas)")
ax.set_ylim(0, None)
plt.show()
# --8<-- [end:curva-coste]


# --8<-- [start:aciertos]
def accuracy(w, b, X, y):
    """La proporción de ejemplos en los que acierta la neurona."""
    guesses = (sigmoid(X @ w + b) > 0.5).float()
    return (guesses == y).float().mean()


majority = torch.maximum(y.mean(), 1 - y.mean())
print(f"decir siempre lo mismo: {majority:.2f}")
print(f"neurona entrenada:      {accuracy(learned_w, learned_b, X, y):.2f}")
print(f"neurona verdadera:      {accuracy(true_w, true_b, X, y):.2f}")
# --8<-- [end:aciertos]


# --8<-- [start:casas]
generator = torch.Generator().manual_seed(3)
houses = 8 * torch.rand(60, 2, generator=generator) - 4  # entre -4 y 4 km
town_w, town_b = torch.tensor([1.2, 0.8]), torch.tensor(-0.8)
chance = sigmoid(houses @ town_w + town_b)
hears_a = (torch.rand(60, generator=generator) < chance).float()

map_w, map_b, map_costs = train(houses, hears_a, steps=400, learning_rate=0.01)
print(f"w = ({map_w[0]:.2f}, {map_w[1]:.2f})  b = {map_b:.2f}")
print(f"coste: {map_costs[0]:.2f} -> {map_costs[-1]:.2f}")
print(f"aciertos: {60 * accuracy(map_w, map_b, houses, hears_a):.0f} de 60")
# --8<-- [end:casas]

# --8<-- [start:las-casas]
fig, ax = plt.subplots(figsize=(4.8, 4.6), layout="constrained")
for label, marker, name in ((1, "^", "se oye mejor A"), (0, "o", "se oye mejor B")):
    ax.scatter(*houses[hears_a == label].T, color=f"C{1 - label}", marker=marker, label=name)
ax.plot(0, 0, "+", color="C3", markersize=12)
ax.annotate("la plaza", (0, 0), (6, 6), textcoords="offset points", color="C3")
ax.set_aspect("equal")
ax.set_xlabel("$x_1$: km al este")
ax.set_ylabel("$x_2$: km al norte")
fig.legend(loc="outside upper center", ncols=2)
plt.show()
# --8<-- [end:las-casas]

# --8<-- [start:mapa]
def border(level):
    """Los puntos del mapa donde la neurona contesta `level`, de oeste a este."""
    east = torch.tensor([-6.0, 6.0])
    target = torch.logit(torch.tensor(level))  # la z que da esa respuesta
    return east, (target - map_b - map_w[0] * east) / map_w[1]


fig, ax = plt.subplots(figsize=(5.4, 5.4), layout="constrained")
for label, marker in ((1, "^"), (0, "o")):
    chosen = houses[hears_a == label]
    name = f"{'A' if label else 'B'} ($y = {label}$)"
    ax.scatter(*chosen.T, color=f"C{1 - label}", marker=marker, label=name)
ax.plot(*border(0.5), color="C2", label="frontera: $a = 0.5$")
for level, place in ((0.1, (-2.6, 1.2)), (0.9, (3.1, -0.5))):
    ax.plot(*border(level), color="C2", linestyle="--", linewidth=1.2)
    ax.text(*place, f"$a = {level}$", color="C2", ha="center", va="center")
foot = -map_b * map_w / (map_w @ map_w)  # el punto de la frontera más cercano a 0
tip = foot + map_w / map_w.norm()
ends = {"xytext": foot.tolist(), "xy": tip.tolist()}
ax.annotate("", **ends, arrowprops={"arrowstyle": "-|>", "color": "C3", "lw": 2})
ax.text(*(tip + torch.tensor([0.1, 0.1])), "$w$", color="C3")
ax.set_xlim(-4.3, 4.3)
ax.set_ylim(-4.3, 4.3)
ax.set_aspect("equal")
ax.set_xlabel("$x_1$: km al este")
ax.set_ylabel("$x_2$: km al norte")
fig.legend(loc="outside upper center", ncols=3)
plt.show()
# --8<-- [end:mapa]

# --8<-- [start:logaritmo]
far = torch.tensor(-200.0, requires_grad=True)
naive = torch.log(sigmoid(far))
naive.backward()
print("log(sigmoid):", naive.item(), " derivada:", far.grad.item())

far.grad = None
stable = nn.functional.logsigmoid(far)
stable.backward()
print("logsigmoid:  ", stable.item(), " derivada:", far.grad.item())
# --8<-- [end:logaritmo]

# --8<-- [start:por-que]
print("exp(200):      ", torch.exp(-far).item())
print("sigmoid(-200): ", sigmoid(far).item())
print("log(0):        ", torch.log(torch.tensor(0.0)).item())
# --8<-- [end:por-que]


# --8<-- [start:log-sigmoide]
def log_sigmoid(z):
    """El logaritmo de la sigmoide, sin exponenciales grandes."""
    rest = torch.log1p(torch.exp(-torch.abs(z)))  # log(1 + t)
    return torch.minimum(z, torch.zeros_like(z)) - rest


for value in (-200.0, -1.0, 1.0, 200.0):
    ours = log_sigmoid(torch.tensor(value))
    theirs = nn.functional.logsigmoid(torch.tensor(value))
    print(f"z = {value:4.0f}: {ours:z9.4f} {theirs:z9.4f}")
# --8<-- [end:log-sigmoide]

# --8<-- [start:log1p]
tiny = torch.exp(torch.tensor(-15.0))
summed, kept = torch.log(1 + tiny), torch.log1p(tiny)
print(f"log(1 + t): {summed:.2e}, log1p(t): {kept:.2e}")
# --8<-- [end:log1p]

# --8<-- [start:con-logits]
bce_with_logits = nn.BCEWithLogitsLoss(reduction="sum")
logits = X @ learned_w + learned_b
print(f"fórmula a mano:    {cost(learned_w, learned_b, X, y):.3f}")
print(f"BCEWithLogitsLoss: {bce_with_logits(logits, y):.3f}")
# --8<-- [end:con-logits]

# --8<-- [start:veinte]
losses = {
    "a mano": lambda z, y: bce(torch.sigmoid(z), y),
    "BCELoss": lambda z, y: nn.BCELoss()(torch.sigmoid(z), y),
    "BCEWithLogitsLoss": nn.BCEWithLogitsLoss(),
}
print("                     z = 10         z = 20         z = 200")
print("                 pérdida deriv. pérdida deriv. pérdida deriv.")
for name, loss in losses.items():
    print(f"{name:17}", end="")
    for value in (10.0, 20.0, 200.0):
        logit = torch.tensor(value, requires_grad=True)
        current = loss(logit, torch.tensor(0.0))
        current.backward()
        print(f" {current:7.2f} {logit.grad:6.0f}", end="")
    print()
# --8<-- [end:veinte]

# --8<-- [start:recorte]
logit = torch.tensor(20.0, requires_grad=True)
answer = torch.sigmoid(logit)
answer.retain_grad()
nn.BCELoss()(answer, torch.tensor(0.0)).backward()
print(f"de la pérdida a la respuesta: {answer.grad:.0e}")
print(f"de la respuesta al logit:     {answer * (1 - answer):.0f}")
print(f"producto:                     {logit.grad:.0f}")
# --8<-- [end:recorte]


# --8<-- [start:dos-sigmoides]
def final_cost(output):
    """Entrena con BCEWithLogitsLoss sobre output(z) y devuelve ese coste."""
    w, b = nn.Parameter(torch.zeros(10)), nn.Parameter(torch.zeros(()))
    optimizer = torch.optim.SGD([w, b], lr=0.02)
    for _ in range(60):
        optimizer.zero_grad()
        current = bce_with_logits(output(X @ w + b), y)
        current.backward()
        optimizer.step()
    return current.item()


print(f"con logits:        {final_cost(lambda z: z):.2f}")
print(f"con dos sigmoides: {final_cost(torch.sigmoid):.2f}")
# --8<-- [end:dos-sigmoides]

# --8<-- [start:formas]
column_logits = logits.reshape(-1, 1)
print(f"bien:        {bce(sigmoid(logits), y).sum():.2f}")
print(f"con columna: {bce(sigmoid(column_logits), y).sum():.2f}")
# --8<-- [end:formas]

try:
    # --8<-- [start:formas-error]
    bce_with_logits(column_logits, y)
    # --8<-- [end:formas-error]
except ValueError as exception:
    print(f"ValueError: {exception}")

try:
    # --8<-- [start:etiquetas-enteras]
    bce_with_logits(logits, y.long())
    # --8<-- [end:etiquetas-enteras]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:ejercicio-1]
other_x = torch.tensor([-1.0, 1.0])
other_z = w @ other_x + b
other_a = sigmoid(other_z)
other_w, other_b = point_gradient(w, b, other_x, 0)
print(f"z = {other_z:.2f}  a = {other_a:.4f}  pérdida = {bce(other_a, 0):.4f}")
print(f"gradiente: {other_w[0]:.4f} {other_w[1]:.4f} {other_b:.4f}")
# --8<-- [end:ejercicio-1]

# --8<-- [start:ejercicio-2]
for value in (0.5, 1.0, 3.0):
    t2 = torch.tensor(value)
    print(f"{sigmoid(-t2):.4f} {1 - sigmoid(t2):.4f}")
# --8<-- [end:ejercicio-2]


# --8<-- [start:ejercicio-3]
def mean_gradient(w, b, X, y):
    """El gradiente de la media de las pérdidas: el de la suma, entre n."""
    grad_w, grad_b = gradient(w, b, X, y)
    return grad_w / len(y), grad_b / len(y)


for size in (3, 7, 100):
    w_mean = torch.zeros(10, requires_grad=True)
    mean_cost = nn.BCEWithLogitsLoss()(X[:size] @ w_mean, y[:size])
    mean_cost.backward()
    ours, _ = mean_gradient(torch.zeros(10), torch.zeros(()), X[:size], y[:size])
    print(f"n = {size:3d}: {torch.allclose(ours, w_mean.grad, atol=1e-6)}")

step_w, step_b = torch.zeros(10), torch.zeros(())
for _ in range(60):
    grad_w, grad_b = mean_gradient(step_w, step_b, X, y)
    step_w, step_b = step_w - 2 * grad_w, step_b - 2 * grad_b
print(f"con la media y tasa 2: {cost(step_w, step_b, X, y):.2f}")
print(f"con la suma y tasa 0.02: {cost(learned_w, learned_b, X, y):.2f}")
# --8<-- [end:ejercicio-3]


# --8<-- [start:ejercicio-4]
def squared_slope(z, y):
    """La derivada de (σ(z) - y)² respecto de z."""
    return 2 * (sigmoid(z) - y) * sigmoid_slope(z)


print("  z  cuadrado  entropía cruzada")
for value in (-1.0, -5.0, -10.0):
    t4 = torch.tensor(value)
    print(f"{value:3.0f}  {squared_slope(t4, 1):8.4f}  {sigmoid(t4) - 1:16.4f}")
# --8<-- [end:ejercicio-4]


# --8<-- [start:ejercicio-5]
def stable_bce(z, y):
    """La entropía cruzada binaria a partir de z, sin desbordarse."""
    return -(y * log_sigmoid(z) + (1 - y) * log_sigmoid(-z))


t5 = torch.tensor([-200.0, -1.0, 1.0, 200.0])
for label in (0.0, 1.0):
    labels5 = torch.full_like(t5, label)
    theirs5 = nn.BCEWithLogitsLoss(reduction="none")(t5, labels5)
    same = torch.allclose(stable_bce(t5, labels5), theirs5)
    print(f"y = {label:.0f}: {same}")
# --8<-- [end:ejercicio-5]

# --8<-- [start:ejercicio-6]
generator = torch.Generator().manual_seed(60)
new_X = torch.randn(10_000, 10, generator=generator)
coin = torch.rand(10_000, generator=generator)
new_y = (coin < sigmoid(new_X @ true_w + true_b)).float()
print("                    vistos  nuevos")
for name, some_w, some_b in (
    ("neurona entrenada", learned_w, learned_b),
    ("neurona verdadera", true_w, true_b),
):
    seen = accuracy(some_w, some_b, X, y)
    unseen = accuracy(some_w, some_b, new_X, new_y)
    print(f"{name:18} {seen:7.2f} {unseen:7.3f}")
# --8<-- [end:ejercicio-6]
