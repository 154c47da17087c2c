"""Autograd por dentro: código de la lección `docs/lecciones/autograd.md`."""

# --8<-- [start:cubo]
import matplotlib.pyplot as plt
import torch

x = torch.tensor(2.0, requires_grad=True)
cube = x**3
print(f"x³ = {cube:.0f}")
print("antes de backward:  ", x.grad)
cube.backward()
print("después de backward:", x.grad)
# --8<-- [end:cubo]


# --8<-- [start:pendiente-cubo]
def cube_slope(x):
    """La derivada de x³."""
    return 3 * x**2


print(f"a mano: {cube_slope(2):.0f}")
# --8<-- [end:pendiente-cubo]

# --8<-- [start:una-cuenta]
fig, ax = plt.subplots(figsize=(5.6, 1.9), layout="constrained")
boxes = {0: f"$x = {x:.0f}$", 2: f"$x^3 = {cube:.0f}$"}
for column, words in boxes.items():
    corner = (column - 0.45, -0.3)
    ax.add_patch(plt.Rectangle(corner, 0.9, 0.6, fill=False, edgecolor="C0"))
    ax.text(column, 0, words, ha="center", va="center")
there = {"arrowstyle": "->", "color": "C0", "linewidth": 1.8}
back = {"arrowstyle": "->", "color": "C1", "linewidth": 1.8}
ax.annotate("", (1.5, 0.14), (0.5, 0.14), arrowprops=there)
ax.annotate("", (0.5, -0.14), (1.5, -0.14), arrowprops=back)
ax.text(1, 0.24, "a la ida, el valor", color="C0", ha="center")
ax.text(1, -0.24, "a la vuelta, la derivada", color="C1", ha="center", va="top")
ax.text(1, -0.56, f"{cube.grad_fn.name()}", color="C1", ha="center", va="top")
ax.set_xlim(-0.5, 2.5)
ax.set_ylim(-0.8, 0.55)
ax.axis("off")
plt.show()
# --8<-- [end:una-cuenta]


# --8<-- [start:funcion]
def new_inputs():
    """Las tres entradas, recién creadas: solo x e y piden gradiente."""
    x = torch.tensor(2.0, requires_grad=True)
    y = torch.tensor(3.0, requires_grad=True)
    c = torch.tensor(1.0)
    return x, y, c


def forward(x, y, c):
    """Todas las cuentas de f(x, y) = 2x³ + 3y² + c, con su letra."""
    u, v = x**3, y**2
    p, q = 2 * u, 3 * v
    s = p + q
    return {"u": u, "p": p, "v": v, "q": q, "s": s, "f": s + c}


x, y, c = new_inputs()
steps = forward(x, y, c)
for name, value in steps.items():
    print(f"{name} = {value:2.0f}")
# --8<-- [end:funcion]


# --8<-- [start:backward]
def gradient(x, y):
    """Las dos parciales de f, derivadas a mano."""
    return 6 * x**2, 6 * y


steps["f"].backward()
print("a mano:  ", gradient(2, 3))
print(f"autograd: ({x.grad:.0f}, {y.grad:.0f})")
print("c.grad:  ", c.grad)
# --8<-- [end:backward]


# --8<-- [start:notas]
def short_name(node):
    """El nombre de un nodo, sin el apellido con que lo imprime C++."""
    return node.name().split("::")[-1] if node else None


x, y, c = new_inputs()
steps = forward(x, y, c)  # un grafo por estrenar

tensors = {"x": x, "y": y, "c": c} | steps
print("tensor  valor  hoja   grad_fn")
for name, tensor in tensors.items():
    is_leaf, node = str(tensor.is_leaf), short_name(tensor.grad_fn)
    print(f"{name:6} {tensor:6.0f}  {is_leaf:5}  {node}")
# --8<-- [end:notas]


# --8<-- [start:llamar]
one = torch.tensor(1.0)  # tiene que ser un tensor
with torch.no_grad():  # llamar también es calcular: que no se anote
    for name, tensor in steps.items():
        print(f"{name}: recibe 1, devuelve", tensor.grad_fn(one))
# --8<-- [end:llamar]


# --8<-- [start:encadenar]
with torch.no_grad():
    to_s, to_c = steps["f"].grad_fn(one)
    to_p, to_q = steps["s"].grad_fn(to_s)
    to_u, _ = steps["p"].grad_fn(to_p)
    to_x = steps["u"].grad_fn(to_u)
    to_v, _ = steps["q"].grad_fn(to_q)
    to_y = steps["v"].grad_fn(to_v)

for path in ((one, to_s, to_p, to_u, to_x), (one, to_s, to_q, to_v, to_y)):
    print(" -> ".join(f"{arriving:.0f}" for arriving in path))
print("hacia c:", to_c)
# --8<-- [end:encadenar]


# --8<-- [start:siguientes]
for name, tensor in steps.items():
    sources = [short_name(node) for node, _ in tensor.grad_fn.next_functions]
    print(f"{name} viene de", *sources)
# --8<-- [end:siguientes]


# --8<-- [start:acumulador]
accumulator = steps["u"].grad_fn.next_functions[0][0]
print(short_name(accumulator), accumulator.variable is x)

print("x.grad:", x.grad)
accumulator(torch.tensor(24.0))
print("x.grad:", x.grad)
# --8<-- [end:acumulador]


# --8<-- [start:recorrer]
def walk(node, arriving, depth=0):
    """Da a cada nodo lo que le llega y sigue, hacia atrás, con lo que reparte."""
    print(f"{'    ' * depth}{short_name(node)} recibe {arriving:.0f}")
    parts = node(arriving)
    if not isinstance(parts, tuple):  # con una sola entrada no devuelve una tupla
        parts = (parts,)
    for (source, _), part in zip(node.next_functions, parts):
        if source is not None:  # None: una constante, por ahí no se sigue
            walk(source, part, depth + 1)


x, y, c = new_inputs()
steps = forward(x, y, c)
with torch.no_grad():
    walk(steps["f"].grad_fn, torch.tensor(1.0))
print(x.grad, y.grad, c.grad)
# --8<-- [end:recorrer]


# --8<-- [start:dibujo]
def explore(node, arriving, place, spread, boxes, arrows):
    """Recorre el grafo hacia atrás y anota qué cajas y qué flechas dibujar."""
    boxes.append((node, place, arriving))
    if not node.next_functions:  # AccumulateGrad: aquí acaba el camino
        return
    column, row = place
    parts = node(arriving)
    parts = parts if isinstance(parts, tuple) else (parts,)
    sources = [source for source, _ in node.next_functions]
    alone = len(sources) == 1 or None in sources
    for source, part, side in zip(sources, parts, (-spread, spread)):
        if source is None:  # una constante: no se reparte nada
            arrows.append((place, (column + 0.85, row - 0.55), None))
            continue
        below = (column if alone else column + side, row - 1)
        arrows.append((place, below, part))
        explore(source, part, below, spread, boxes, arrows)


def draw_arrow(ax, start, end, part):
    """Una flecha con lo que viaja por ella; a trazos, si no viaja nada."""
    (x0, y0), (x1, y1) = start, end
    style = {"arrowstyle": "->", "linestyle": "-", "color": "C1"}
    label, tail, head = "None", (x0 + 0.4, y0 - 0.26), end
    place = x1 + 0.05, y1
    if part is None:
        style |= {"linestyle": "--", "color": "C6"}
    else:
        label = f"{part:.0f}"
        tail, head = (x0 + 0.3 * (x1 - x0), y0 - 0.26), (x1, y1 + 0.26)
        gap = 0.09 if x0 == x1 else 0.17
        place = (tail[0] + head[0]) / 2 + gap, (tail[1] + head[1]) / 2
    ax.annotate("", head, tail, arrowprops=style | {"shrinkA": 0, "shrinkB": 0})
    ax.text(*place, label, color=style["color"], ha="left", va="center")


x, y, c = new_inputs()
steps = forward(x, y, c)
counts = {"u": "u = x³", "v": "v = y²", "p": "p = 2u", "q": "q = 3v"}
counts |= {"s": "s = p + q", "f": "f = s + c"}
names = {tensor.grad_fn: counts[name] for name, tensor in steps.items()}
boxes, arrows = [], []
with torch.no_grad():
    explore(steps["f"].grad_fn, one, (0.0, 5.0), 0.95, boxes, arrows)

fig, ax = plt.subplots(figsize=(5.4, 6.4), layout="constrained")
for start, end, part in arrows:
    draw_arrow(ax, start, end, part)
for node, (column, row), arriving in boxes:
    leaf = not node.next_functions
    title = ("x" if node.variable is x else "y") if leaf else names[node]
    ax.text(column, row + 0.11, f"${title}$", ha="center", va="center", color="C0")
    ax.text(column, row - 0.11, short_name(node), ha="center", va="center", fontsize=10)
    corner, size = (column - 0.62, row - 0.25), (1.24, 0.5)
    ax.add_patch(plt.Rectangle(corner, *size, fill=False, edgecolor="C0", alpha=0.5))
    if leaf:
        label = f"{title}.grad = {arriving:.0f}"
        ax.text(column, row - 0.42, label, color="C1", ha="center", va="center")
ax.annotate("", (0, 5.27), (0, 5.72), arrowprops={"arrowstyle": "->", "color": "C1"})
ax.text(0.08, 5.55, f"{one:.0f}", color="C1", va="center")
ax.set_xlim(-1.65, 2.2)
ax.set_ylim(0.45, 5.8)
ax.axis("off")
plt.show()
# --8<-- [end:dibujo]


# --8<-- [start:cien]
def sum_of_squares(m):
    """g(m): la suma de los cuadrados."""
    return (m**2).sum()


def squares_gradient(m):
    """El gradiente de g: el doble de cada número."""
    return 2 * m


m = torch.linspace(-10, 10, 100, requires_grad=True)
g = sum_of_squares(m)
g.backward()
print(f"g = {g:.1f}, con {len(m)} parciales")
print("las tres primeras m:       ", [f"{v:.2f}" for v in m[:3].tolist()])
print("las tres primeras parciales:", [f"{v:.2f}" for v in m.grad[:3].tolist()])
print("todas son 2m:", torch.allclose(m.grad, squares_gradient(m)))
# --8<-- [end:cien]


# --8<-- [start:cien-figura]
places, slopes = m.detach(), m.grad  # solo los números, para dibujar

fig, (top, bottom) = plt.subplots(2, 1, figsize=(5.4, 5.6), sharex=True, layout="constrained")
top.scatter(places, places**2, color="C0", s=8, alpha=0.5)
bottom.scatter(places, slopes, color="C0", s=8, alpha=0.5)
for i in (14, 42, 79):
    near = places[i] + torch.tensor([-3.5, 3.5])
    height = places[i] ** 2 + slopes[i] * (near - places[i])
    top.plot(near, height, color="C1")
    for ax, value in ((top, places[i] ** 2), (bottom, slopes[i])):
        ax.plot(places[i], value, "s", color="C1", markersize=8)
    label, spot = f"{slopes[i]:.1f}", (places[i] + 0.6, slopes[i] - 3.5)
    bottom.annotate(label, spot, color="C1")
top.set_ylabel("lo que suma cada $m_j$")
bottom.set_ylabel("su parcial, m.grad")
bottom.set_xlabel("$m_j$")
plt.show()
# --8<-- [end:cien-figura]


try:
    # --8<-- [start:vector]
    m = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    (m**2).backward()
    # --8<-- [end:vector]
except RuntimeError as error:
    print(f"RuntimeError: {error}")


# --8<-- [start:cortado]
x = torch.tensor(2.0, requires_grad=True)
cube = x**3
rebuilt = torch.tensor(cube.item(), requires_grad=True)  # mismo 8, otra hoja
(2 * rebuilt).backward()
print("x.grad:", x.grad)
print("rebuilt.grad:", rebuilt.grad)
# --8<-- [end:cortado]


# --8<-- [start:sol-leer]
def square_gradient(x, y):
    """Las dos parciales de (x + 2y)²."""
    return 2 * (x + 2 * y), 4 * (x + 2 * y)


x = torch.tensor(3.0, requires_grad=True)
y = torch.tensor(2.0, requires_grad=True)
double = 2 * y
inner = x + double
t = inner**2
for name, tensor in {"2y": double, "x + 2y": inner, "t": t}.items():
    node = tensor.grad_fn
    sources = [short_name(source) for source, _ in node.next_functions]
    print(f"{name}: {short_name(node)}, viene de", *sources)

t.backward()
print(f"a mano {square_gradient(3, 2)}, autograd ({x.grad:.0f}, {y.grad:.0f})")
# --8<-- [end:sol-leer]


# --8<-- [start:sol-producto]
def product_gradient(x, y):
    """Las dos parciales de x²y."""
    return 2 * x * y, x**2


x = torch.tensor(3.0, requires_grad=True)
y = torch.tensor(5.0, requires_grad=True)
squared = x**2
h = squared * y
with torch.no_grad():
    to_squared, to_y = h.grad_fn(torch.tensor(1.0))
    to_x = squared.grad_fn(to_squared)
h.backward()
print(f"a mano:   {product_gradient(3, 5)}")
print(f"llamando: ({to_x:.0f}, {to_y:.0f})")
print(f"autograd: ({x.grad:.0f}, {y.grad:.0f})")
# --8<-- [end:sol-producto]


# --8<-- [start:sol-dos-caminos]
def twice_slope(x):
    """La derivada de x² + 5x."""
    return 2 * x + 5


x = torch.tensor(3.0, requires_grad=True)
k = x**2 + 5 * x
with torch.no_grad():
    walk(k.grad_fn, torch.tensor(1.0))
print(f"x.grad = {x.grad:.0f}, a mano {twice_slope(3)}")
# --8<-- [end:sol-dos-caminos]


# --8<-- [start:sol-media]
def mean_gradient(m):
    """El gradiente de la media de los cuadrados."""
    return 2 * m / len(m)


m = torch.tensor([-10.0, 3.0, 10.0, 1.0, 6.0], requires_grad=True)
squares = m**2
h = squares.mean()
with torch.no_grad():
    share = h.grad_fn(torch.tensor(1.0))
h.backward()
print(short_name(h.grad_fn), "reparte", [f"{part:.1f}" for part in share.tolist()])
print("a mano:  ", [f"{part:.1f}" for part in mean_gradient(m.detach()).tolist()])
print("autograd:", [f"{part:.1f}" for part in m.grad.tolist()])
# --8<-- [end:sol-media]
