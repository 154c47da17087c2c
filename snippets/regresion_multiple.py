"""Regresión con varias entradas: código de `docs/lecciones/regresion-multiple.md`."""

# --8<-- [start:datos]
import matplotlib.pyplot as plt
import torch
from torch import nn

X3 = torch.tensor([[1.0, 2.0], [3.0, -1.0], [0.0, 1.0]])  # una fila por ejemplo
y3 = torch.tensor([0.5, 2.5, -2.0])
w3, b3 = torch.tensor([0.5, -1.0]), torch.tensor(1.0)


def predict(w, b, X):
    """Paso hacia adelante: b + wᵀx en cada fila x de X."""
    return X @ w + b


y_hat3 = predict(w3, b3, X3)
print(tuple(X3.shape), "@", tuple(w3.shape), "->", tuple(y_hat3.shape))
print("y_hat:", "  ".join(f"{value:.1f}" for value in y_hat3))
# --8<-- [end:datos]


# --8<-- [start:bloques]
def draw_block(ax, left, values, name, color):
    """Una tabla de números centrada en altura, con su nombre encima."""
    rows = torch.atleast_2d(values) if values.dim() != 1 else values.reshape(-1, 1)
    top = len(rows) / 2
    for row, numbers in enumerate(rows):
        for column, number in enumerate(numbers):
            corner = (left + 1.2 * column, top - row - 1)
            ax.add_patch(plt.Rectangle(corner, 1.2, 1, fill=False, edgecolor=color))
            middle = (left + 1.2 * column + 0.6, top - row - 0.5)
            ax.text(*middle, f"{number:.1f}", ha="center", va="center")
    ax.text(left + 0.6 * len(rows[0]), top + 0.25, name, color=color, ha="center")


fig, ax = plt.subplots(figsize=(5.8, 2.3), layout="constrained")
draw_block(ax, 0, X3, "$X$", "C0")
draw_block(ax, 3.4, w3, "$w$", "C1")
draw_block(ax, 5.7, b3, "$b$", "C1")
draw_block(ax, 8, y_hat3, "$ŷ$", "C2")
for left, sign in ((2.9, "·"), (5.15, "+"), (7.45, "=")):
    ax.text(left, 0, f"${sign}$", ha="center", va="center", fontsize=16)
ax.set_xlim(-0.1, 9.4)
ax.set_ylim(-1.6, 2.2)
ax.set_aspect("equal")
ax.axis("off")
plt.show()
# --8<-- [end:bloques]


# --8<-- [start:coste]
def mse(w, b, X, y):
    """El coste: la media de los errores al cuadrado."""
    return ((predict(w, b, X) - y) ** 2).mean()


errors3 = y_hat3 - y3
cost3 = mse(w3, b3, X3, y3)
print("errores:", "  ".join(f"{error:.0f}" for error in errors3))
print(f"C = {cost3:.0f}")
# --8<-- [end:coste]


# --8<-- [start:gradiente]
def mse_gradient(w, b, X, y):
    """Las parciales del coste: (2/n) Xᵀ(ŷ - y) para w y (2/n)Σ(ŷ - y) para b."""
    n = len(X)
    errors = predict(w, b, X) - y
    return 2 / n * X.T @ errors, 2 / n * errors.sum()


formula_w, formula_b = mse_gradient(w3, b3, X3, y3)
print("dC/dw =", "  ".join(f"{part:.4f}" for part in formula_w))
print(f"dC/db = {formula_b:.4f}")
# --8<-- [end:gradiente]


# --8<-- [start:tres-caminos]
def central_differences(w, b, X, y, h=1e-5):
    """Las parciales, moviendo un parámetro cada vez un poco a cada lado."""
    rises = []
    for move in h * torch.eye(len(w), dtype=w.dtype):  # cada fila mueve un peso
        rises.append(mse(w + move, b, X, y) - mse(w - move, b, X, y))
    rises.append(mse(w, b + h, X, y) - mse(w, b - h, X, y))
    return [rise / (2 * h) for rise in rises]


point = (w3.double(), b3.double(), X3.double(), y3.double())
differences = central_differences(*point)

w_leaf, b_leaf = nn.Parameter(w3), nn.Parameter(b3)
mse(w_leaf, b_leaf, X3, y3).backward()

names = ("dC/dw1", "dC/dw2", "dC/db")
formula = (*formula_w, formula_b)
automatic = (*w_leaf.grad, b_leaf.grad)
print("         fórmula  diferencias  autograd")
for name, *ways in zip(names, formula, differences, automatic):
    print(f"{name:6} {ways[0]:9.4f} {ways[1]:12.4f} {ways[2]:9.4f}")
# --8<-- [end:tres-caminos]


# --8<-- [start:sintetico]
def synthetic_data(n, true_w, true_b, noise, seed):
    """n ejemplos con entradas al azar y respuestas con ruido gaussiano."""
    generator = torch.Generator().manual_seed(seed)
    X = torch.randn(n, len(true_w), generator=generator)
    y = predict(true_w, true_b, X) + noise * torch.randn(n, generator=generator)
    return X, y


true_w, true_b, sigma = torch.tensor([1.5, -2.0, 0.0]), 4.0, 0.5
X, y = synthetic_data(100, true_w, true_b, noise=sigma, seed=3)
print("X:", tuple(X.shape), " y:", tuple(y.shape))
print("primera fila:", "  ".join(f"{value:.2f}" for value in X[0]))
print(f"primer dato: {y[0]:.2f}")
# --8<-- [end:sintetico]


# --8<-- [start:parametros]
def initial_parameters(d, seed=0):
    """Un peso al azar por entrada, con desviación 0.1, y sesgo cero."""
    generator = torch.Generator().manual_seed(seed)
    w = nn.Parameter(torch.normal(0.0, 0.1, (d,), generator=generator))
    b = nn.Parameter(torch.tensor(0.0))
    return w, b


w, b = initial_parameters(3)
print("w:", "  ".join(f"{weight:.3f}" for weight in w))
print(f"b: {b.item():.0f}, ¿pide gradiente? {b.requires_grad}")
# --8<-- [end:parametros]


# --8<-- [start:actualizar]
def update(parameters, lr):
    """θ ← θ - α∇C(θ), parámetro a parámetro; deja los gradientes vacíos."""
    with torch.no_grad():
        for parameter in parameters:
            parameter -= lr * parameter.grad
            parameter.grad = None
# --8<-- [end:actualizar]


# --8<-- [start:entrenar]
def train(w, b, X, y, lr, epochs):
    """Descenso con todo el lote. Devuelve los costes, desde la época 0."""
    costs = []
    for _ in range(epochs):
        cost = mse(w, b, X, y)  # 1 y 2: paso hacia adelante y coste
        costs.append(cost.item())
        cost.backward()  # 3: gradiente
        update((w, b), lr)  # 4: actualización
    costs.append(mse(w, b, X, y).item())
    return costs


start_w, start_b = initial_parameters(3)
w, b = initial_parameters(3)
batch_costs = train(w, b, X, y, lr=0.05, epochs=60)
print(f"coste: de {batch_costs[0]:.2f} a {batch_costs[-1]:.4f}")
# --8<-- [end:entrenar]


# --8<-- [start:aprendido]
def print_parameters(w, b):
    """Cada parámetro, verdadero y aprendido."""
    print("    verdadero  aprendido")
    for j, (truth, learned) in enumerate(zip(true_w, w), start=1):
        print(f"w{j} {truth:10.2f} {learned:10.3f}")
    print(f"b  {true_b:10.2f} {b.item():10.3f}")


print_parameters(w, b)
# --8<-- [end:aprendido]


# --8<-- [start:ajuste]
def draw_fit(ax, w, b, title):
    """Cada ejemplo: el dato en un eje y la predicción en el otro."""
    with torch.no_grad():
        y_hat = predict(w, b, X)
    ax.axline((4, 4), slope=1, color="C2", linestyle="--", label="acierto exacto")
    ax.scatter(y, y_hat, color="C0", s=16, label="ejemplos")
    ax.set_xlim(-4, 12)
    ax.set_ylim(-4, 12)
    ax.set_xticks([0, 4, 8])
    ax.set_yticks([-4, 0, 4, 8, 12])
    ax.set_aspect("equal")  # la misma escala en los dos ejes
    ax.set_title(title)
    ax.set_xlabel("dato $y$")


fig, (left, right) = plt.subplots(
    1, 2, figsize=(6.2, 4.2), sharey=True, layout="constrained"
)
draw_fit(left, start_w, start_b, "Antes")
draw_fit(right, w, b, "Después de 60 épocas")
left.set_ylabel("predicción $ŷ$")
fig.legend(*left.get_legend_handles_labels(), loc="outside upper center", ncols=2)
plt.show()
# --8<-- [end:ajuste]

# --8<-- [start:costes]
fig, ax = plt.subplots(figsize=(5.6, 3.4), layout="constrained")
ax.plot(batch_costs, color="C1", marker="o", markersize=3)
ax.set_yscale("log")
ax.set_yticks([0.2, 0.5, 1, 2, 5, 10, 20], ["0.2", "0.5", "1", "2", "5", "10", "20"])
ax.minorticks_off()
ax.set_xlabel("época")
ax.set_ylabel("coste $C$")
plt.show()
# --8<-- [end:costes]

# --8<-- [start:una-entrada]
xs = torch.arange(8, dtype=torch.float32)
ys = torch.tensor([1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37])
X1 = xs.reshape(-1, 1)  # ocho filas, una columna

w1, b1 = initial_parameters(1)
line_costs = train(w1, b1, X1, ys, lr=0.05, epochs=600)
print(f"m = {w1.item():.4f}  b = {b1.item():.4f}  C = {line_costs[-1]:.4f}")
# --8<-- [end:una-entrada]

# --8<-- [start:recta]
fig, ax = plt.subplots(figsize=(5.6, 3.4), layout="constrained")
start_w1, start_b1 = initial_parameters(1)
with torch.no_grad():
    first_line, last_line = predict(start_w1, start_b1, X1), predict(w1, b1, X1)
ax.scatter(xs, ys, color="C0", zorder=3, label="datos")
ax.plot(xs, first_line, color="C1", linestyle=":", label="antes")
ax.plot(xs, last_line, color="C1", label="después")
ax.set_xlabel("$x$")
ax.set_ylabel("$y$")
ax.legend()
plt.show()
# --8<-- [end:recta]


# --8<-- [start:repartir]
def minibatches(n, size, generator):
    """Baraja los índices 0 … n-1 y los reparte en trozos de ese tamaño."""
    order = torch.randperm(n, generator=generator)
    return order.split(size)


generator = torch.Generator().manual_seed(7)
parts = minibatches(len(X), 16, generator)
print("k =", len(parts), " tamaños:", [len(part) for part in parts])
print("el último:", parts[-1].tolist())
# --8<-- [end:repartir]


# --8<-- [start:entrenar-minilotes]
def train_minibatches(w, b, X, y, lr, epochs, size, seed=7):
    """Descenso por minilotes. Devuelve el coste de todo el lote, como train."""
    generator = torch.Generator().manual_seed(seed)
    costs = [mse(w, b, X, y).item()]
    for _ in range(epochs):
        for part in minibatches(len(X), size, generator):
            mse(w, b, X[part], y[part]).backward()  # solo con este minilote
            update((w, b), lr)
        costs.append(mse(w, b, X, y).item())  # una vez por época, con todos
    return costs


mini_w, mini_b = initial_parameters(3)
mini_costs = train_minibatches(mini_w, mini_b, X, y, lr=0.05, epochs=60, size=16)
print("época    lote  minilotes")
for epoch in (0, 1, 2, 3, 5, 10, 20, 40, 60):
    print(f"{epoch:5d} {batch_costs[epoch]:7.3f} {mini_costs[epoch]:10.3f}")
# --8<-- [end:entrenar-minilotes]

# --8<-- [start:aprendido-minilotes]
print_parameters(mini_w, mini_b)
# --8<-- [end:aprendido-minilotes]

# --8<-- [start:ajuste-minilotes]
early_w, early_b = initial_parameters(3)
train_minibatches(early_w, early_b, X, y, lr=0.05, epochs=1, size=16)

fig, (left, right) = plt.subplots(
    1, 2, figsize=(6.2, 4.2), sharey=True, layout="constrained"
)
draw_fit(left, early_w, early_b, "Después de 1 época")
draw_fit(right, mini_w, mini_b, "Después de 60 épocas")
left.set_ylabel("predicción $ŷ$")
fig.legend(*left.get_legend_handles_labels(), loc="outside upper center", ncols=2)
plt.show()
# --8<-- [end:ajuste-minilotes]

# --8<-- [start:costes-minilotes]
fig, ax = plt.subplots(figsize=(5.6, 3.4), layout="constrained")
ax.plot(batch_costs, color="C1", marker="o", markersize=3, label="lote")
ax.plot(mini_costs, color="C0", marker="s", markersize=3, label="minilotes")
ax.set_yscale("log")
ax.set_yticks([0.2, 0.5, 1, 2, 5, 10, 20], ["0.2", "0.5", "1", "2", "5", "10", "20"])
ax.minorticks_off()
ax.set_xlabel("época")
ax.set_ylabel("coste $C$")
ax.legend()
plt.show()
# --8<-- [end:costes-minilotes]

# --8<-- [start:barajar-mal]
generator = torch.Generator().manual_seed(7)
mixed_X = X[torch.randperm(len(X), generator=generator)]
mixed_y = y[torch.randperm(len(y), generator=generator)]  # mal: otro orden

mixed_w, mixed_b = initial_parameters(3)
mixed_costs = train(mixed_w, mixed_b, mixed_X, mixed_y, lr=0.05, epochs=60)
print(f"coste final: {mixed_costs[-1]:.2f} (bien barajado, {batch_costs[-1]:.2f})")
print_parameters(mixed_w, mixed_b)
print(f"media de y: {y.mean():.3f}")
spread = ((y - y.mean()) ** 2).mean()
print(f"coste de predecir siempre la media: {spread:.2f}")
# --8<-- [end:barajar-mal]

try:
    # --8<-- [start:orden]
    w @ X
    # --8<-- [end:orden]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

try:
    # --8<-- [start:no-hoja]
    generator = torch.Generator().manual_seed(0)
    small_w = 0.1 * nn.Parameter(torch.randn(3, generator=generator))
    torch.optim.SGD([small_w], lr=0.05)
    # --8<-- [end:no-hoja]
except ValueError as exception:
    print(f"ValueError: {exception}")

# --8<-- [start:media-de-medias]
generator = torch.Generator().manual_seed(7)
last_w, last_b = initial_parameters(3)
part_costs = []
for part in minibatches(len(X), 16, generator):
    cost = mse(last_w, last_b, X[part], y[part])
    part_costs.append(cost.item())
    cost.backward()
    update((last_w, last_b), lr=0.05)

mean_of_parts = sum(part_costs) / len(part_costs)
cost_after = mse(last_w, last_b, X, y).item()
print(f"media de los {len(part_costs)} minilotes: {mean_of_parts:.2f}")
print(f"coste al acabar la época: {cost_after:.2f}")
# --8<-- [end:media-de-medias]

# --8<-- [start:sol-paso]
step_w, step_b = nn.Parameter(w3.clone()), nn.Parameter(b3.clone())
mse(step_w, step_b, X3, y3).backward()
update((step_w, step_b), lr=0.15)
step_cost = mse(step_w, step_b, X3, y3)
print("w:", "  ".join(f"{weight:.1f}" for weight in step_w), f" b: {step_b.item():.1f}")
print(f"C = {step_cost:.4f}")
# --8<-- [end:sol-paso]

# --8<-- [start:sol-cuentas]
print("|B|    k  último  |B|·k")
for size in (1, 10, 16, 30, 100):
    parts = minibatches(100, size, torch.Generator().manual_seed(0))
    print(f"{size:3d} {len(parts):4d} {len(parts[-1]):7d} {size * len(parts):6d}")
# --8<-- [end:sol-cuentas]

# --8<-- [start:sol-escala]
scaled_X = X.clone()
scaled_X[:, 1] *= 10  # la segunda entrada, en otra unidad

same_w = start_w * torch.tensor([1, 0.1, 1])  # predice lo mismo que start_w
plain_grad, _ = mse_gradient(start_w, start_b, X, y)
scaled_grad, _ = mse_gradient(same_w, start_b, scaled_X, y)
print(f"dC/dw2: {plain_grad[1]:.3f} y {scaled_grad[1]:.2f}")

for rate, epochs in ((0.05, 5), (0.005, 600)):
    scaled_w, scaled_b = initial_parameters(3)
    scaled_costs = train(scaled_w, scaled_b, scaled_X, y, lr=rate, epochs=epochs)
    print(f"tasa {rate}, {epochs} épocas: coste {scaled_costs[-1]:.2g}")
print(f"w2 = {scaled_w[1]:.3f}")


def largest_curvature(X):
    """La mayor curvatura del coste: el mayor valor propio de su hessiano."""
    columns = torch.column_stack([X, torch.ones(len(X))])  # el sesgo, otra entrada
    return torch.linalg.eigvalsh(2 / len(X) * columns.T @ columns)[-1]


for inputs in (X, scaled_X):
    steepest = largest_curvature(inputs)
    print(f"mayor curvatura {steepest:6.2f}, umbral de la tasa {2 / steepest:.3f}")
# --8<-- [end:sol-escala]

# --8<-- [start:sol-linear]
layer = nn.Linear(3, 1)
print("peso:", tuple(layer.weight.shape), " sesgo:", tuple(layer.bias.shape))

with torch.no_grad():  # los mismos números que nuestros parámetros
    layer.weight.copy_(start_w.reshape(1, 3))
    layer.bias.copy_(start_b.reshape(1))
column = layer(X)
print("salida:", tuple(column.shape))

layer_cost = ((column.squeeze(1) - y) ** 2).mean()
layer_cost.backward()
ours_w, ours_b = mse_gradient(start_w, start_b, X, y)
print("¿mismo gradiente?", torch.allclose(layer.weight.grad[0], ours_w, atol=1e-4))
# --8<-- [end:sol-linear]


# --8<-- [start:sol-varias]
def predict_many(W, biases, X):
    """K predicciones por ejemplo: la columna k es la regresión número k."""
    return X @ W + biases


def summed_mse(W, biases, X, Y):
    """La suma de los K errores cuadráticos medios."""
    return ((predict_many(W, biases, X) - Y) ** 2).mean(dim=0).sum()


def summed_mse_gradient(W, biases, X, Y):
    """(2/n) Xᵀ(Ŷ - Y) para W; para los sesgos, 2/n por la suma de cada columna."""
    n = len(X)
    errors = predict_many(W, biases, X) - Y
    return 2 / n * X.T @ errors, 2 / n * errors.sum(dim=0)
# --8<-- [end:sol-varias]


# --8<-- [start:sol-varias-datos]
generator = torch.Generator().manual_seed(5)
n, d, K = 80, 3, 4
true_W = torch.randn(d, K, generator=generator)
true_biases = torch.randn(K, generator=generator)
many_X = torch.randn(n, d, generator=generator)
many_Y = predict_many(true_W, true_biases, many_X)
many_Y = many_Y + sigma * torch.randn(n, K, generator=generator)

W = nn.Parameter(torch.normal(0.0, 0.1, (d, K), generator=generator))
biases = nn.Parameter(torch.zeros(K))
Y_hat = predict_many(W, biases, many_X)
print(f"X {n, d}  W {d, K}  sesgos {tuple(biases.shape)}  Ŷ {tuple(Y_hat.shape)}")
many_cost = summed_mse(W, biases, many_X, many_Y)
print(f"C = {many_cost:.3f}")
# --8<-- [end:sol-varias-datos]

# --8<-- [start:sol-varias-prueba]
many_cost.backward()
with torch.no_grad():
    grad_W, grad_biases = summed_mse_gradient(W, biases, many_X, many_Y)
    print("sesgos, fórmula: ", "  ".join(f"{part:7.3f}" for part in grad_biases))
    print("sesgos, autograd:", "  ".join(f"{part:7.3f}" for part in biases.grad))
    for k in range(K):  # la columna k, sola, con las funciones de siempre
        alone_w, alone_b = mse_gradient(W[:, k], biases[k], many_X, many_Y[:, k])
        matches = torch.allclose(grad_W[:, k], alone_w, atol=1e-5)
        matches = matches and torch.allclose(W.grad[:, k], alone_w, atol=1e-5)
        print(f"regresión {k}: ¿la misma columna en W? {matches}")
# --8<-- [end:sol-varias-prueba]

# --8<-- [start:sol-varias-entrenar]
W.grad, biases.grad = None, None
for _ in range(200):
    summed_mse(W, biases, many_X, many_Y).backward()
    update((W, biases), lr=0.05)
final_cost = summed_mse(W, biases, many_X, many_Y)
print(f"C = {final_cost:.3f}")
print(f"mayor diferencia con los pesos verdaderos: {(W - true_W).abs().max():.2f}")
# --8<-- [end:sol-varias-entrenar]

# --8<-- [start:sol-media]
many_errors = predict_many(W, biases, many_X) - many_Y
mean_cost = (many_errors**2).mean()  # de toda la tabla
print(f"suma / media = {final_cost / mean_cost:.2f}")
# --8<-- [end:sol-media]
