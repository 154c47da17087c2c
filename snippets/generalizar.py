"""Aprender o memorizar: código de la lección `docs/lecciones/generalizar.md`."""

# --8<-- [start:recta]
import math

import matplotlib.pyplot as plt
import torch
from torch import nn

xs = torch.arange(8, dtype=torch.float64)
ys = torch.tensor([1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37]).double()


def powers(xs, degree):
    """Una fila por punto y una columna por potencia, de 0 a `degree`, con x entre -1 y 1."""
    t = (xs - 3.5) / 3.5
    return torch.stack([t**k for k in range(degree + 1)], dim=1)


def mse(w, X, y):
    """El error cuadrático medio de las predicciones X @ w."""
    return ((X @ w - y) ** 2).mean()


def least_squares(X, y):
    """Los coeficientes que dan el menor error cuadrático medio."""
    return torch.linalg.lstsq(X, y[:, None]).solution[:, 0]


line = least_squares(powers(xs, 1), ys)
print(f"coste de la recta: {mse(line, powers(xs, 1), ys):.4f}")
# --8<-- [end:recta]

# --8<-- [start:a-mano]
row = [math.comb(8, k) for k in range(9)]
print("fila del triángulo:", row)

next_y = 0.0
for back in range(1, 9):  # cuántos puntos hacia atrás
    next_y += (-1) ** (back + 1) * row[back] * ys[8 - back].item()
print(f"siguiente: {next_y:.2f}")
# --8<-- [end:a-mano]

# --8<-- [start:los-ocho]
curve = least_squares(powers(xs, 7), ys)
eight = torch.tensor([8.0]).double()
line_8, curve_8 = powers(eight, 1) @ line, powers(eight, 7) @ curve
print("¿pasa por los ocho puntos?", torch.allclose(powers(xs, 7) @ curve, ys))
print(f"en x = 8: la recta {line_8.item():.2f}, la curva {curve_8.item():.2f}")
# --8<-- [end:los-ocho]

# --8<-- [start:curva-y-recta]
fig, ax = plt.subplots(figsize=(5.6, 3.4), layout="constrained")
inside = torch.linspace(0, 7, 141).double()
ax.plot(inside, powers(inside, 1) @ line, color="C0", label="la mejor recta")
looks = {"color": "C1", "linestyle": "--", "label": "una curva"}
ax.plot(inside, powers(inside, 7) @ curve, **looks)
ax.scatter(xs, ys, color="C2", zorder=3, label="datos")
ax.set_xlabel("$x$")
ax.set_ylabel("$y$")
ax.legend(loc="upper right")
plt.show()
# --8<-- [end:curva-y-recta]

# --8<-- [start:curvas]
fig, ax = plt.subplots(figsize=(5.6, 3.6), layout="constrained")
grid = torch.linspace(-0.3, 8, 200).double()
ax.plot(grid, powers(grid, 1) @ line, color="C0", label="recta")
ax.plot(grid, powers(grid, 7) @ curve, color="C1", linestyle="--", label="grado 7")
ax.scatter(xs, ys, color="C2", zorder=3)
ax.scatter([8, 8], [line_8.item(), curve_8.item()], color="C3", marker="x", zorder=3)
ax.set_ylim(-11, 4)
ax.set_xlabel("$x$")
ax.set_ylabel("$y$")
ax.legend(loc="lower left")
plt.show()
# --8<-- [end:curvas]

# --8<-- [start:sin-el-ultimo]
kept = ys[:7].mean()
print(f"media de los otros siete: {kept:.2f}")
print(f"error en el apartado, al cuadrado: {(kept - ys[7]) ** 2:.2f}")
# --8<-- [end:sin-el-ultimo]


# --8<-- [start:por-grado]
def left_out(X, y, fit):
    """El error cuadrático en cada punto, ajustando sin él; la media de todos."""
    errors = []
    for i in range(len(y)):
        others = torch.arange(len(y)) != i
        w = fit(X[others], y[others])
        errors.append((X[i] @ w - y[i]) ** 2)
    return torch.stack(errors).mean().item()


seen, unseen = [], []
print("grado   vistos  apartados")
for degree in range(7):
    X = powers(xs, degree)
    seen.append(mse(least_squares(X, ys), X, ys).item())
    unseen.append(left_out(X, ys, least_squares))
    print(f"{degree:5d} {seen[-1]:8.4f} {unseen[-1]:10.4f}")
# --8<-- [end:por-grado]

# --8<-- [start:dos-curvas-grado]
fig, ax = plt.subplots(figsize=(5.6, 3.4), layout="constrained")
ax.plot(seen, color="C0", marker="o", label="vistos")
ax.plot(unseen, color="C1", marker="s", label="apartados")
ax.set_yscale("log")
ax.set_xlabel("grado")
ax.set_ylabel("error cuadrático medio")
ax.legend()
plt.show()
# --8<-- [end:dos-curvas-grado]


# --8<-- [start:l2]
def l2_cost(w, X, y, strength):
    """El error cuadrático medio más la penalización; w[0], la ordenada, no paga."""
    return mse(w, X, y) + strength * (w[1:] ** 2).sum()


def l2_gradient(w, X, y, strength):
    """Su gradiente: el de siempre más 2·λ veces w, salvo en w[0]."""
    shrink = torch.cat([torch.zeros(1).double(), w[1:]])
    return 2 / len(y) * X.T @ (X @ w - y) + 2 * strength * shrink


X7 = powers(xs, 7)
w_leaf = torch.linspace(-2.0, 1.5, 8).double().requires_grad_(True)
l2_cost(w_leaf, X7, ys, 0.1).backward()
by_hand = l2_gradient(w_leaf.detach(), X7, ys, 0.1)
print("a mano:  ", " ".join(f"{part:.3f}" for part in by_hand[:4]))
print("autograd:", " ".join(f"{part:.3f}" for part in w_leaf.grad[:4]))
# --8<-- [end:l2]


# --8<-- [start:lambdas]
def l2_fit(strength):
    """Una función que ajusta con esa penalización: donde el gradiente se anula."""

    def fit(X, y):
        D = torch.eye(X.shape[1]).double()
        D[0, 0] = 0.0
        return torch.linalg.solve(X.T @ X / len(y) + strength * D, X.T @ y / len(y))

    return fit


table = {}
print("lambda   vistos  apartados")
for strength in (1e-5, 1e-3, 1e-1, 1.0):
    w = l2_fit(strength)(X7, ys)
    table[strength] = (mse(w, X7, ys).item(), left_out(X7, ys, l2_fit(strength)))
    print(f"{strength:6.0e} {table[strength][0]:8.4f} {table[strength][1]:10.4f}")
# --8<-- [end:lambdas]

# --8<-- [start:decaimiento]
strength, rate = 0.1, 0.05
w = torch.ones(7).double().requires_grad_(True)  # las potencias de 1 a 7
b = torch.ones(1).double().requires_grad_(True)
optimizer = torch.optim.SGD([{"params": [w], "weight_decay": 2 * strength}, {"params": [b]}], lr=rate)
((X7[:, 1:] @ w + b - ys) ** 2).mean().backward()
optimizer.step()

ones = torch.ones(8).double()
stepped = ones - rate * l2_gradient(ones, X7, ys, strength)
print("torch: ", " ".join(f"{part:.4f}" for part in torch.cat([b, w])[:4]))
print("a mano:", " ".join(f"{part:.4f}" for part in stepped[:4]))
# --8<-- [end:decaimiento]


# --8<-- [start:casas]
def houses(n, generator):
    """Casas con veinte medidas, y si se oye mejor A; solo cuentan las cinco primeras."""
    X = torch.randn(n, 20, dtype=torch.float64, generator=generator)
    z = X[:, :5] @ torch.tensor([1.5, -1.0, 0.8, -0.6, 0.5]).double()
    chance = torch.rand(n, dtype=torch.float64, generator=generator)
    return X, (chance < torch.sigmoid(z)).double()


generator = torch.Generator().manual_seed(8)
train_X, train_y = houses(40, generator)
valid_X, valid_y = houses(60, generator)
test_X, test_y = houses(10_000, generator)
print("entrenamiento:", tuple(train_X.shape), " validación:", tuple(valid_X.shape))
# --8<-- [end:casas]

# --8<-- [start:repartidor]
from torch.utils.data import DataLoader, TensorDataset

pairs = TensorDataset(train_X, train_y)
loader = DataLoader(pairs, batch_size=10, shuffle=True, generator=torch.Generator().manual_seed(0))
for X_batch, y_batch in loader:
    print("minilote:", tuple(X_batch.shape), tuple(y_batch.shape), f"con A: {y_batch.sum():.0f}")
# --8<-- [end:repartidor]


# --8<-- [start:historia]
import copy

loss = nn.BCEWithLogitsLoss()


def start():
    """Una neurona con veinte entradas, desde cero."""
    neuron = nn.Linear(20, 1).double()
    nn.init.zeros_(neuron.weight)
    nn.init.zeros_(neuron.bias)
    return neuron


def evaluate(neuron, X, y):
    """El coste y la exactitud, sin grafo."""
    with torch.no_grad():
        logits = neuron(X).squeeze(1)
        return loss(logits, y).item(), ((logits > 0) == (y > 0.5)).double().mean().item()


def train(neuron, X, y, epochs=60, weight_decay=0.0):
    """Entrena con minilotes; devuelve los costes de validación y los mejores parámetros."""
    shuffler = torch.Generator().manual_seed(0)
    loader = DataLoader(TensorDataset(X, y), len(X) // 4, shuffle=True, generator=shuffler)
    optimizer = torch.optim.SGD(neuron.parameters(), lr=0.1, weight_decay=weight_decay)
    costs, best = [], None
    for epoch in range(epochs):
        for X_batch, y_batch in loader:
            optimizer.zero_grad()
            loss(neuron(X_batch).squeeze(1), y_batch).backward()
            optimizer.step()
        costs.append((evaluate(neuron, X, y)[0], evaluate(neuron, valid_X, valid_y)[0]))
        if costs[-1][1] == min(cost for _, cost in costs):
            best = copy.deepcopy(neuron.state_dict())
    return costs, best


neuron = start()
costs, best = train(neuron, train_X, train_y)
print("época  entrenamiento  validación")
for epoch in (0, 4, 9, 29, 59):
    print(f"{epoch:5d} {costs[epoch][0]:14.3f} {costs[epoch][1]:11.3f}")
# --8<-- [end:historia]

# --8<-- [start:dos-curvas]
best_epoch = min(range(60), key=lambda epoch: costs[epoch][1])
fig, ax = plt.subplots(figsize=(5.6, 3.4), layout="constrained")
ax.plot([seen for seen, _ in costs], color="C0", label="entrenamiento")
ax.plot([unseen for _, unseen in costs], color="C1", linestyle="--", label="validación")
ax.axvline(best_epoch, color="C2", linestyle=":")
ax.text(best_epoch + 1, 0.2, "la mejor", color="C2")
ax.set_xlabel("época")
ax.set_ylabel("coste")
ax.set_ylim(0, 0.75)
ax.legend(loc="lower right")
plt.show()
# --8<-- [end:dos-curvas]

# --8<-- [start:prueba]
stopped = start()
stopped.load_state_dict(best)
print("                coste  exactitud   (10 000 casas nuevas)")
for name, chosen in (("época 60", neuron), ("la mejor", stopped)):
    test_cost, test_accuracy = evaluate(chosen, test_X, test_y)
    print(f"{name:14} {test_cost:6.3f} {test_accuracy:10.3f}")
print(f"vistas, época 60: exactitud {evaluate(neuron, train_X, train_y)[1]:.3f}")
# --8<-- [end:prueba]

# --8<-- [start:escalones]
offsets = torch.linspace(-3, 3, 241).double()
weight = stopped.weight.detach().clone()


def moved(offset):
    """Coste y exactitud en el entrenamiento con el primer peso movido."""
    with torch.no_grad():
        stopped.weight.copy_(weight)
        stopped.weight[0, 0] += offset
    return evaluate(stopped, train_X, train_y)


h = 1e-4
(cost_up, accuracy_up), (cost_down, accuracy_down) = moved(h), moved(-h)
cost_slope = (cost_up - cost_down) / (2 * h)
accuracy_slope = (accuracy_up - accuracy_down) / (2 * h)
print(f"derivada del coste:        {cost_slope:.4f}")
print(f"derivada de la exactitud:  {accuracy_slope:.4f}")
# --8<-- [end:escalones]

# --8<-- [start:escalera]
walk = [moved(offset) for offset in offsets]
fig, (top, bottom) = plt.subplots(2, 1, figsize=(5.6, 4.4), sharex=True, layout="constrained")
top.plot(offsets, [cost for cost, _ in walk], color="C0")
top.set_ylabel("coste")
bottom.plot(offsets, [accuracy for _, accuracy in walk], color="C1", drawstyle="steps-mid")
bottom.set_ylabel("exactitud")
bottom.set_xlabel("cuánto se mueve el primer peso")
plt.show()
# --8<-- [end:escalera]

try:
    # --8<-- [start:sin-gradiente]
    logits = neuron(train_X).squeeze(1)
    accuracy = ((logits > 0) == (train_y > 0.5)).double().mean()
    accuracy.backward()
    # --8<-- [end:sin-gradiente]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:elegir]
generator = torch.Generator().manual_seed(5)
coins = torch.randint(0, 2, (1000, 60), generator=generator)  # mil «modelos» que tiran monedas
hits = (coins == valid_y).double().mean(dim=1)
new_coins = torch.randint(0, 2, (10_000,), generator=generator)
print(f"el mejor de mil, en validación: {hits.max():.2f}")
print(f"el mismo, en casas nuevas:      {(new_coins == test_y).double().mean():.2f}")
# --8<-- [end:elegir]

# --8<-- [start:sin-copia]
again = start()
saved = again.state_dict()  # sin copiar
train(again, train_X, train_y, epochs=5)
print("¿lo guardado sigue a cero?", not saved["weight"].any().item())
# --8<-- [end:sin-copia]

# --8<-- [start:repetidos]
twice_x, twice_y = xs.repeat(2), ys.repeat(2)  # cada punto, dos veces
leaked = left_out(powers(twice_x, 6), twice_y, least_squares)
print(f"apartados, sin repetir: {unseen[6]:.4f}; con cada punto dos veces: {leaked:.4f}")
# --8<-- [end:repetidos]

# --8<-- [start:ejercicio-1]
parabola = least_squares(powers(xs[5:], 2), ys[5:])
print(f"x = 8: {(powers(eight, 2) @ parabola).item():.2f}")
# --8<-- [end:ejercicio-1]

# --8<-- [start:ejercicio-2]
ratio = unseen[0] / seen[0]
print(f"apartados / vistos: {ratio:.4f}, y (8/7)²: {(8 / 7) ** 2:.4f}")
# --8<-- [end:ejercicio-2]


# --8<-- [start:ejercicio-3]
def with_patience(costs, patience):
    """La época en que se para, tras tantas seguidas sin mejorar la validación."""
    best_cost, waited = float("inf"), 0
    for epoch, (_, unseen) in enumerate(costs):
        waited = 0 if unseen < best_cost else waited + 1
        best_cost = min(best_cost, unseen)
        if waited == patience:
            return epoch
    return len(costs) - 1


patiences = (1, 5, 20)
for patience in patiences:
    print(f"paciencia {patience:2d}: se para en la época {with_patience(costs, patience)}")
# --8<-- [end:ejercicio-3]

# --8<-- [start:ejercicio-4]
decayed = start()
decayed_costs, _ = train(decayed, train_X, train_y, weight_decay=0.1)
for name, chosen in (("sin L2", neuron), ("con L2", decayed)):
    test_cost, test_accuracy = evaluate(chosen, test_X, test_y)
    norm = chosen.weight.norm().item()
    print(f"{name}: coste {test_cost:.3f}, exactitud {test_accuracy:.3f}, norma {norm:.2f}")
# --8<-- [end:ejercicio-4]

# --8<-- [start:ejercicio-5]
gaps = []
for n in (40, 200, 1000):
    X, y = houses(n, torch.Generator().manual_seed(8))
    bigger = start()
    train(bigger, X, y)
    gaps.append((evaluate(bigger, X, y)[0], evaluate(bigger, test_X, test_y)[0]))
    print(f"n = {n:4d}: vistas {gaps[-1][0]:.3f}, nuevas {gaps[-1][1]:.3f}")
# --8<-- [end:ejercicio-5]
