"""El gradiente en un punto: código de la lección `docs/lecciones/punto.md`."""

# --8<-- [start:datos]
import matplotlib.pyplot as plt
import torch

xs = torch.arange(8, dtype=torch.float32)
ys = torch.tensor([1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37])

x, y = xs[7], ys[7]  # el punto de esta lección
m, b = torch.tensor(0.9), torch.tensor(0.1)  # la recta de partida

print(f"punto: x = {x:.0f}, y = {y:.2f}")
print(f"recta: m = {m:.1f}, b = {b:.1f}")
# --8<-- [end:datos]

# --8<-- [start:bucle]
steps = {
    (0, 1): "1. Paso hacia adelante\n$ŷ = m·x + b$",
    (1, 1): "2. Coste\n$C = (ŷ - y)^2$",
    (1, 0): "3. Gradiente\n$∂C/∂m$ y $∂C/∂b$",
    (0, 0): "4. Actualización\n$m$ y $b$ se mueven un poco",
}

fig, ax = plt.subplots(figsize=(5.8, 2.8), layout="constrained")
for (column, row), words in steps.items():
    corner, size = (column - 0.36, row - 0.27), (0.72, 0.54)
    ax.add_patch(plt.Rectangle(corner, *size, fill=False, edgecolor="C0"))
    ax.text(column, row, words, ha="center", va="center")
arrow = {"arrowstyle": "-|>", "color": "C1", "linewidth": 2}
for tail, head in [
    ((0.38, 1), (0.62, 1)),  # con la predicción se mide
    ((1, 0.71), (1, 0.29)),  # y se deriva
    ((0.62, 0), (0.38, 0)),  # y se corrige
    ((0, 0.29), (0, 0.71)),  # y vuelta a empezar
]:
    ax.annotate("", head, tail, arrowprops=arrow)
ax.text(0.5, 0.5, "una vuelta", color="C1", ha="center", va="center")
ax.set_xlim(-0.4, 1.4)
ax.set_ylim(-0.32, 1.32)
ax.axis("off")
plt.show()
# --8<-- [end:bucle]


# --8<-- [start:adelante]
def predict(m, b, x):
    """Paso hacia adelante: lo que predice la recta en x."""
    return m * x + b


y_hat = predict(m, b, x)
print(f"y_hat = {y_hat:.2f}")
# --8<-- [end:adelante]


# --8<-- [start:recta]
fig, ax = plt.subplots(figsize=(5.6, 3.6), layout="constrained")
ax.scatter(xs, ys, color="C0", alpha=0.45, label="los otros datos")
ax.scatter(x, y, color="C0", s=70, zorder=3, label="nuestro punto")
ax.plot(xs, predict(m, b, xs), color="C1", label="recta")
ax.vlines(x, y, y_hat, color="C2", linestyle="--", label="error")
ax.text(x - 0.1, (y + y_hat) / 2, f"{y_hat - y:.2f}", ha="right")
ax.set_xlabel("$x$")
ax.set_ylabel("$y$")
fig.legend(loc="outside upper center", ncols=2)
plt.show()
# --8<-- [end:recta]


# --8<-- [start:coste]
def squared_error(y_hat, y):
    """Coste cuadrático de una predicción."""
    return (y_hat - y) ** 2


error = y_hat - y
cost = squared_error(y_hat, y)
print(f"error = {error:.2f}")
print(f"coste = {cost:.4f}")
# --8<-- [end:coste]


# --8<-- [start:gradiente]
def gradient(m, b, x, y):
    """Las dos parciales del coste en un punto, por la regla de la cadena."""
    y_hat = predict(m, b, x)
    grad_y_hat = 2 * (y_hat - y)  # ∂C/∂ŷ
    grad_m = grad_y_hat * x  # ∂C/∂ŷ · ∂ŷ/∂m, y ∂ŷ/∂m = x
    grad_b = grad_y_hat * 1  # ∂C/∂ŷ · ∂ŷ/∂b, y ∂ŷ/∂b = 1
    return grad_m, grad_b


by_hand = gradient(m, b, x, y)
print(f"dC/dm = {by_hand[0]:.2f}")
print(f"dC/db = {by_hand[1]:.2f}")
# --8<-- [end:gradiente]


# --8<-- [start:empujon]
nudge = 0.01
rise_m = squared_error(predict(m + nudge, b, x), y) - cost
rise_b = squared_error(predict(m, b + nudge, x), y) - cost
print(f"sumar {nudge} a m: el coste sube {rise_m:.2f}")
print(f"sumar {nudge} a b: el coste sube {rise_b:.2f}")
# --8<-- [end:empujon]


# --8<-- [start:tangentes]
def plot_cost_and_tangent(ax, values, costs, touch, slope):
    """El coste al variar un parámetro y su tangente en el punto de contacto."""
    start, height = touch
    near = start + torch.tensor([-0.45, 0.45])
    ax.plot(values, costs, color="C0", label="coste")
    ax.plot(near, height + slope * (near - start), color="C1", label="tangente")
    ax.scatter(start, height, color="C1", zorder=3)
    ax.set_title(f"pendiente {slope:.2f}")


offsets = torch.linspace(-1.3, 0.7, 101)
ms, bs = m + offsets, b + offsets

fig, (left, right) = plt.subplots(
    1, 2, figsize=(6.2, 3.4), sharey=True, layout="constrained"
)
costs = squared_error(predict(ms, b, x), y)  # varía m; b, fijo
plot_cost_and_tangent(left, ms, costs, (m, cost), by_hand[0])
costs = squared_error(predict(m, bs, x), y)  # varía b; m, fijo
plot_cost_and_tangent(right, bs, costs, (b, cost), by_hand[1])
left.set_xlabel("$m$")
left.set_ylabel("$C$")
right.set_xlabel("$b$")
handles, labels = left.get_legend_handles_labels()
fig.legend(handles, labels, loc="outside upper center", ncols=2)
plt.show()
# --8<-- [end:tangentes]


# --8<-- [start:diferencias]
def cost_at(m, b, x, y):
    """El coste visto como función de los parámetros."""
    return squared_error(predict(m, b, x), y)


def central_differences(m, b, x, y, h):
    """Las dos parciales por diferencias centrales de paso h."""
    rise_m = cost_at(m + h, b, x, y) - cost_at(m - h, b, x, y)
    rise_b = cost_at(m, b + h, x, y) - cost_at(m, b - h, x, y)
    return rise_m / (2 * h), rise_b / (2 * h)


point = (0.9, 0.1, 7.0, -1.37)  # m, b, x, y: Python calcula en float64
by_differences = central_differences(*point, h=1e-4)
print(f"dC/dm = {by_differences[0]:.2f}")
print(f"dC/db = {by_differences[1]:.2f}")
# --8<-- [end:diferencias]


# --8<-- [start:paso]
print("    h   adelante   central  central")
print("         float64   float64  float32")
for h in (1.0, 1e-1, 1e-3, 1e-5, 1e-7):
    start, *rest = point
    one_sided = (cost_at(start + h, *rest) - cost_at(start, *rest)) / h
    central = central_differences(*point, h)[0]
    single = central_differences(m, b, x, y, h)[0]  # tensores float32
    print(f"{h:5.0e} {one_sided:10.2f} {central:9.2f} {single:8.2f}")
# --8<-- [end:paso]


# --8<-- [start:autograd]
def initial_parameters():
    """La recta de partida: m y b nuevos, que piden su gradiente."""
    m = torch.tensor(0.9, requires_grad=True)
    b = torch.tensor(0.1, requires_grad=True)
    return m, b


m, b = initial_parameters()
y_hat = predict(m, b, x)  # 1. paso hacia adelante
cost = squared_error(y_hat, y)  # 2. coste
cost.backward()  # 3. gradiente
print(f"dC/dm = {m.grad:.2f}")
print(f"dC/db = {b.grad:.2f}")
# --8<-- [end:autograd]


# --8<-- [start:tres-caminos]
methods = {
    "regla de la cadena": by_hand,
    "diferencias finitas": by_differences,
    "autograd": (m.grad, b.grad),
}
print(f"{'camino':20} {'dC/dm':>9} {'dC/db':>9}")
for name, (grad_m, grad_b) in methods.items():
    print(f"{name:20} {grad_m:9.4f} {grad_b:9.4f}")
# --8<-- [end:tres-caminos]


# --8<-- [start:grafo]
m, b = initial_parameters()
product = m * x
y_hat = product + b
error = y_hat - y
cost = error**2

tensors = {"m": m, "b": b, "m·x": product, "ŷ": y_hat, "e": error, "C": cost}
for tensor in tensors.values():
    tensor.retain_grad()  # guarda también el gradiente de los intermedios
cost.backward(retain_graph=True)  # y no borres el grafo: lo vamos a recorrer

print("         valor  gradiente")
for name, tensor in tensors.items():
    print(f"{name:5} {tensor:8.4f}   {tensor.grad:8.4f}")
# --8<-- [end:grafo]


# --8<-- [start:dibujo-grafo]
def collect(node, column, row, places, edges):
    """Recorre el grafo hacia atrás desde un nodo y anota lo que encuentra.

    places: dónde va cada nodo; edges: (nodo, fuente, derivada local). La derivada
    local es lo que el nodo envía a esa fuente cuando a él le llega un 1.
    """
    places[node] = (column, row)
    if not node.next_functions:  # una hoja: aquí acaba el camino
        return
    slopes = node(torch.tensor(1.0))
    slopes = slopes if isinstance(slopes, tuple) else (slopes,)
    sources = [
        (source, slope)
        for (source, _), slope in zip(node.next_functions, slopes)
        if source is not None  # x e y no piden gradiente: no son nodos
    ]
    for i, (source, slope) in enumerate(sources):
        edges.append((node, source, slope))
        if source not in places:
            shift = i - (len(sources) - 1) / 2
            collect(source, column + shift, row + 1, places, edges)


def draw_node(ax, place, name, tensor, node):
    """Una caja: el valor (hacia adelante), el gradiente (hacia atrás) y el nodo."""
    x, y = place
    symbol = name if name.isalpha() else f"({name})"
    center = {"ha": "center", "va": "center"}
    ax.text(x, y + 0.14, f"${name} = {tensor:.4f}$", color="C0", **center)
    ax.text(x, y, f"$∂C/∂{symbol} = {tensor.grad:.2f}$", color="C1", **center)
    ax.text(x, y - 0.14, node.name().split("::")[-1], fontsize=9, **center)
    corner, size = (x - 0.46, y - 0.25), (0.92, 0.5)
    ax.add_patch(plt.Rectangle(corner, *size, fill=False, edgecolor="C0", alpha=0.4))


def draw_edge(ax, start, end, slope):
    """Una flecha del valor hacia adelante y otra del gradiente hacia atrás."""
    (x0, y0), (x1, y1) = start, end
    near, far = 0.29, 0.71  # las flechas no entran en las cajas
    for side, tail, head, color in ((-0.07, near, far, "C0"), (0.07, far, near, "C1")):
        points = [
            (x0 + t * (x1 - x0) + side, y0 + t * (y1 - y0)) for t in (head, tail)
        ]
        arrow = {"arrowstyle": "->", "color": color, "linewidth": 1.6}
        ax.annotate("", *points, arrowprops=arrow)
    middle = ((x0 + x1) / 2 + 0.13, (y0 + y1) / 2)
    ax.text(*middle, f"× {slope:.2f}", color="C1", ha="left", va="center")


nodes = {
    torch.autograd.graph.get_gradient_edge(tensor).node: (name, tensor)
    for name, tensor in tensors.items()
}
places, edges = {}, []
collect(cost.grad_fn, 0.0, 0, places, edges)

fig, ax = plt.subplots(figsize=(4.8, 6.4), layout="constrained")
for node, place in places.items():
    draw_node(ax, place, *nodes[node], node)
for node, source, slope in edges:
    draw_edge(ax, places[source], places[node], slope)
top = max(row for _, row in places.values())
ax.text(0.1, top + 0.07, "valor, hacia adelante", color="C0")
ax.text(0.1, top - 0.14, "gradiente, hacia atrás", color="C1")
ax.set_xlim(-1.05, 1.05)
ax.set_ylim(-0.35, top + 0.35)
ax.axis("off")
plt.show()
# --8<-- [end:dibujo-grafo]


# --8<-- [start:actualizacion]
learning_rate = 0.001
old_m, old_b = m.item(), b.item()

with torch.no_grad():  # 4. actualización
    m -= learning_rate * m.grad
    b -= learning_rate * b.grad

new_y_hat = predict(m, b, x)
new_cost = squared_error(new_y_hat, y)
print(f"m: {old_m:.5f} -> {m:.5f}")
print(f"b: {old_b:.5f} -> {b:.5f}")
print(f"coste: {cost:.3f} -> {new_cost:.3f}")
# --8<-- [end:actualizacion]


# --8<-- [start:antes-despues]
with torch.no_grad():
    before, after = predict(old_m, old_b, xs), predict(m, b, xs)

fig, ax = plt.subplots(figsize=(5.6, 3.6), layout="constrained")
ax.scatter(xs, ys, color="C0", alpha=0.45)
ax.scatter(x, y, color="C0", s=70, zorder=3, label="nuestro punto")
ax.plot(xs, before, color="C1", alpha=0.4, label=f"antes: coste {cost:.2f}")
ax.plot(xs, after, color="C1", label=f"después: coste {new_cost:.2f}")
ax.vlines(x, y, after[7], color="C2", linestyle="--", label="error que queda")
ax.set_xlabel("$x$")
ax.set_ylabel("$y$")
fig.legend(loc="outside upper center", ncols=2)
plt.show()
# --8<-- [end:antes-despues]


# --8<-- [start:formas]
print(ys[7], ys[7].shape)
print(ys[7:8], ys[7:8].shape)
# --8<-- [end:formas]


# --8<-- [start:formas-autograd]
m, b = initial_parameters()
y_hat = predict(m, b, xs[7:8])  # un elemento, una dimensión
cost = squared_error(y_hat, ys[7:8])
cost.backward()

print(y_hat)
print(cost)
print(m.grad)
# --8<-- [end:formas-autograd]


# --8<-- [start:formas-parametro]
m_list = torch.tensor([0.9], requires_grad=True)  # con corchetes: una dimensión
b_list = torch.tensor([0.1], requires_grad=True)
squared_error(predict(m_list, b_list, xs[7:8]), ys[7:8]).backward()
print(m_list.grad)
# --8<-- [end:formas-parametro]


try:
    # --8<-- [start:dos-costes]
    two_costs = squared_error(predict(m, b, xs[6:8]), ys[6:8])
    two_costs.backward()
    # --8<-- [end:dos-costes]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")


try:
    # --8<-- [start:sin-requires-grad]
    plain_m, plain_b = torch.tensor(0.9), torch.tensor(0.1)
    cost = squared_error(predict(plain_m, plain_b, x), y)
    cost.backward()
    # --8<-- [end:sin-requires-grad]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")


# --8<-- [start:acumulado]
m, b = initial_parameters()
for lap in (1, 2):
    cost = squared_error(predict(m, b, x), y)  # cada vuelta, un grafo nuevo
    cost.backward()
    print(f"vuelta {lap}: dC/dm = {m.grad:.2f}, dC/db = {b.grad:.2f}")
# --8<-- [end:acumulado]


# --8<-- [start:vaciado]
m.grad, b.grad = None, None  # empezar de cero
cost = squared_error(predict(m, b, x), y)
cost.backward()
print(f"vuelta 3: dC/dm = {m.grad:.2f}, dC/db = {b.grad:.2f}")
# --8<-- [end:vaciado]


# --8<-- [start:ejercicio-1]
x3, y3 = xs[3], ys[3]
m3, b3 = initial_parameters()
y_hat3 = predict(m3, b3, x3)
cost3 = squared_error(y_hat3, y3)
cost3.backward()
print(f"y_hat = {y_hat3:.2f}, coste = {cost3:.4f}")
print(f"dC/dm = {m3.grad:.2f}, dC/db = {b3.grad:.2f}")
# --8<-- [end:ejercicio-1]


# --8<-- [start:ejercicio-2]
x0, y0 = xs[0], ys[0]
m0, b0 = initial_parameters()
squared_error(predict(m0, b0, x0), y0).backward()
print(f"¿dC/dm es cero? {m0.grad.item() == 0}")
print(f"dC/db = {b0.grad:.2f}")
# --8<-- [end:ejercicio-2]


# --8<-- [start:ejercicio-3]
def suspect_gradient(m, b, x, y):
    """Un gradiente con un fallo escondido en la primera parcial."""
    error = predict(m, b, x) - y
    return error * x**2, 2 * error
# --8<-- [end:ejercicio-3]


# --8<-- [start:ejercicio-3-solucion]
print("x   sospechoso  diferencias")
for test_x, test_y in ((2.0, 0.62), (7.0, -1.37)):
    test_point = (0.9, 0.1, test_x, test_y)
    suspect = suspect_gradient(*test_point)[0]
    checked = central_differences(*test_point, h=1e-4)[0]
    print(f"{test_x:.0f} {suspect:12.2f} {checked:12.2f}")
# --8<-- [end:ejercicio-3-solucion]


# --8<-- [start:ejercicio-4]
rates = (0.001, 0.01, 0.02, 0.03)
costs4 = []
for rate in rates:
    m4, b4 = initial_parameters()
    squared_error(predict(m4, b4, x), y).backward()
    with torch.no_grad():
        m4 -= rate * m4.grad
        b4 -= rate * b4.grad
        costs4.append(squared_error(predict(m4, b4, x), y))
    print(f"tasa {rate:.3f}: coste {costs4[-1]:6.2f}")
# --8<-- [end:ejercicio-4]


try:
    # --8<-- [start:ejercicio-5]
    m5, b5 = initial_parameters()
    squared_error(predict(m5, b5, x), y).backward()
    m5 -= learning_rate * m5.grad
    # --8<-- [end:ejercicio-5]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")


# --8<-- [start:ejercicio-6]
def parabola_gradient(q, m, b, x, y):
    """Las tres parciales del coste de la parábola, por la regla de la cadena."""
    grad_y_hat = 2 * (q * x**2 + m * x + b - y)
    return grad_y_hat * x**2, grad_y_hat * x, grad_y_hat


def parabola_cost(q, m, b, x, y):
    """El coste cuadrático de la parábola en un punto."""
    return squared_error(q * x**2 + m * x + b, y)


q6, h6 = -0.1, 1e-4
rest6 = (0.9, 0.1, 6.0, -1.23)  # m, b, x, y
formula6 = parabola_gradient(q6, *rest6)
rise6 = parabola_cost(q6 + h6, *rest6) - parabola_cost(q6 - h6, *rest6)
leaf6 = torch.tensor(q6, requires_grad=True)
parabola_cost(leaf6, *rest6).backward()
print("dC/dq, dC/dm, dC/db =", ", ".join(f"{part:.2f}" for part in formula6))
print(f"diferencias: dC/dq = {rise6 / (2 * h6):.2f}")
print(f"autograd:    dC/dq = {leaf6.grad:.2f}")
# --8<-- [end:ejercicio-6]
