"""Autograd por dentro: código de la lección `docs/lecciones/autograd.md`."""

# --8<-- [start:cubo]
import warnings

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
places, slopes = m.detach(), m.grad  # sin historia: solo son números para dibujar

fig, (top, bottom) = plt.subplots(
    2, 1, figsize=(5.4, 5.6), sharex=True, layout="constrained"
)
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


# --8<-- [start:guardado]
x, y, c = new_inputs()
steps = forward(x, y, c)
power = steps["u"].grad_fn
print("exponente:", power._saved_exponent)
print("base:", power._saved_self)
# --8<-- [end:guardado]


try:
    # --8<-- [start:dos-veces]
    steps["f"].backward()
    print("primera:", x.grad, y.grad)
    steps["f"].backward()
    # --8<-- [end:dos-veces]
except RuntimeError as error:
    print(f"RuntimeError: {error}")


# --8<-- [start:solo-sumas]
x, y, c = new_inputs()
total = x + y + x
total.backward()
print("primera:", x.grad, y.grad)
total.backward()
print("segunda:", x.grad, y.grad)
# --8<-- [end:solo-sumas]


# --8<-- [start:retener]
x = torch.tensor(2.0, requires_grad=True)
cube = x**3
for call in (1, 2, 3):
    cube.backward(retain_graph=True)
    print(f"llamada {call}: x.grad = {x.grad:.0f}")
# --8<-- [end:retener]


# --8<-- [start:acumular]
m = torch.linspace(-10, 10, 100, requires_grad=True)
g = sum_of_squares(m)
piles = []
for call in (1, 2, 3):
    g.backward(retain_graph=True)
    piles.append(m.grad.clone())  # una copia: la próxima llamada cambia m.grad
    print(f"llamada {call}: de {m.grad[0]:.0f} en m = -10 a {m.grad[-1]:.0f} en m = 10")
# --8<-- [end:acumular]


# --8<-- [start:acumular-figura]
fig, ax = plt.subplots(figsize=(5.6, 3.8), layout="constrained")
for call, (pile, style) in enumerate(zip(piles, ("-", "--", ":")), start=1):
    ax.plot(m.detach(), pile, color=f"C{call - 1}", linestyle=style)
    word = "llamada" if call == 1 else "llamadas"
    ax.annotate(
        f"{call} {word}", (10.4, pile[-1]), color=f"C{call - 1}", va="center"
    )
ax.set_xlim(-10.5, 15.5)
ax.set_xticks([-10, -5, 0, 5, 10])
ax.set_xlabel("$m_j$")
ax.set_ylabel("m.grad")
plt.show()
# --8<-- [end:acumular-figura]


# --8<-- [start:vaciar]
x.grad.zero_()
print("tras zero_:", x.grad)
cube.backward(retain_graph=True)
print("tras backward:", x.grad)

x.grad = None
cube.backward()
print("desde None:", x.grad)
# --8<-- [end:vaciar]


# --8<-- [start:optimizador]
optimizer = torch.optim.SGD([x], lr=0.1)
optimizer.zero_grad(set_to_none=False)  # como se hacía antes
print("antes:", x.grad)
optimizer.zero_grad()  # como se hace ahora
print("ahora:", x.grad)
# --8<-- [end:optimizador]


# --8<-- [start:herramientas]
w = torch.tensor([1.0, 2.0], requires_grad=True)
with torch.no_grad():
    quiet = 2 * w
versions = {
    "w": w,
    "w.detach()": w.detach(),
    "w.clone()": w.clone(),
    "w.detach().clone()": w.detach().clone(),
    "2 * w con no_grad": quiet,
}
print("                    misma memoria  requires_grad  grad_fn")
for code, tensor in versions.items():
    shared, switch = tensor.data_ptr() == w.data_ptr(), tensor.requires_grad
    print(f"{code:18}  {shared!s:13}  {switch!s:13}  {short_name(tensor.grad_fn)}")
# --8<-- [end:herramientas]


# --8<-- [start:historia]
w = torch.tensor(1.0, requires_grad=True)
views, copies = [], []
for _ in range(3):
    views.append(w.detach())
    copies.append(w.detach().clone())
    with torch.no_grad():
        w += 1
print("detach:        ", [v.item() for v in views])
print("detach y clone:", [v.item() for v in copies])
# --8<-- [end:historia]


# --8<-- [start:coste]
def cost(m):
    """Un coste con el fondo en m = 3."""
    return (m - 3) ** 2


def cost_slope(m):
    """La derivada del coste."""
    return 2 * (m - 3)


learning_rate = 0.1
value = 1.0
for lap in (1, 2, 3):
    slope = cost_slope(value)
    value = value - learning_rate * slope
    print(f"vuelta {lap}: pendiente {slope:.2f}, m = {value:.3f}")
# --8<-- [end:coste]


# --8<-- [start:primera]
m = torch.tensor(1.0, requires_grad=True)
leaf = m  # otro nombre para la hoja, para no perderla de vista

cost(m).backward()
m = m - learning_rate * m.grad
print(m)
print("¿hoja?", m.is_leaf)
# --8<-- [end:primera]


# --8<-- [start:segunda-vuelta]
second = cost(m)
second.backward()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")  # para leer el aviso con calma
    found = m.grad  # aquí salta el aviso
print("m.grad:", found)
print(f"{caught[0].category.__name__}:")
for sentence in str(caught[0].message).split(". ")[:2]:
    print(sentence)
# --8<-- [end:segunda-vuelta]


try:
    # --8<-- [start:falla-primera]
    m = m - learning_rate * found
    # --8<-- [end:falla-primera]
except TypeError as error:
    print(f"TypeError: {error}")


# --8<-- [start:adonde]
node = cost(m).grad_fn
while node.next_functions:
    print(short_name(node))
    node = node.next_functions[0][0]
print(short_name(node), "de la hoja de partida:", node.variable is leaf)
second_slope = leaf.grad - cost_slope(1)  # lo que añadió la segunda vuelta
print(f"leaf.grad = {leaf.grad:.1f}")
# --8<-- [end:adonde]


# --8<-- [start:segunda-mal]
m = leaf = torch.tensor(1.0, requires_grad=True)
cost(m).backward()
m = (m - learning_rate * m.grad).requires_grad_(True)
print("¿hoja?", m.is_leaf)

cost(m).backward()  # segunda vuelta
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # el aviso ya lo conoces
    print("m.grad:", m.grad)
print("leaf.grad:", leaf.grad)
# --8<-- [end:segunda-mal]


# --8<-- [start:segunda-bien]
m = first_m = torch.tensor(1.0, requires_grad=True)
for lap in (1, 2, 3):
    cost(m).backward()
    slope = m.grad
    with torch.no_grad():
        m = m - learning_rate * slope  # tensor nuevo y sin historia
    m.requires_grad_(True)  # ahora sí: una hoja nueva
    print(f"vuelta {lap}: pendiente {slope:.2f}, m = {m:.3f}, hoja: {m.is_leaf}")
print("¿es el tensor de partida?", m is first_m)
# --8<-- [end:segunda-bien]


try:
    # --8<-- [start:segunda-olvido]
    m = torch.tensor(1.0, requires_grad=True)
    for lap in (1, 2):
        cost(m).backward()
        with torch.no_grad():
            m = m - learning_rate * m.grad
    # --8<-- [end:segunda-olvido]
except RuntimeError as error:
    print(f"RuntimeError: {error}")


# --8<-- [start:tercera]
m = first_m = torch.tensor(1.0, requires_grad=True)
for lap in (1, 2, 3):
    m.grad = None  # la misma hoja, así que hay que vaciarla
    cost(m).backward()
    with torch.no_grad():
        m -= learning_rate * m.grad
    print(f"vuelta {lap}: pendiente {m.grad:.2f}, m = {m:.3f}, hoja: {m.is_leaf}")
print("¿es el tensor de partida?", m is first_m)
# --8<-- [end:tercera]


try:
    # --8<-- [start:vector]
    m = torch.tensor([1.0, 2.0, 3.0], requires_grad=True)
    (m**2).backward()
    # --8<-- [end:vector]
except RuntimeError as error:
    print(f"RuntimeError: {error}")


try:
    # --8<-- [start:tocado]
    x = torch.tensor(2.0, requires_grad=True)
    cube = x**3
    with torch.no_grad():
        x -= 0.1  # antes de tiempo
    cube.backward()
    # --8<-- [end:tocado]
except RuntimeError as error:
    print(f"RuntimeError: {error}")


# --8<-- [start:por-detras]
x = torch.tensor(2.0, requires_grad=True)
cube = x**3
x.data.fill_(1.9)
cube.backward()
print(f"por .data: x³ = {cube:.0f},", x.grad, "versión", x._version)

x = torch.tensor(2.0, requires_grad=True)
cube = x**3
x.detach().numpy().fill(1.9)
cube.backward()
print(f"por NumPy: x³ = {cube:.0f},", x.grad, "versión", x._version)
# --8<-- [end:por-detras]


try:
    # --8<-- [start:zero-none]
    x = torch.tensor(2.0, requires_grad=True)
    x.grad.zero_()
    # --8<-- [end:zero-none]
except AttributeError as error:
    print(f"AttributeError: {error}")


# --8<-- [start:cortado]
x = torch.tensor(2.0, requires_grad=True)
cube = x**3
rebuilt = torch.tensor(cube.item(), requires_grad=True)  # mismo 8, otra hoja
(2 * rebuilt).backward()
print("x.grad:", x.grad)
print("rebuilt.grad:", rebuilt.grad)
# --8<-- [end:cortado]


# --8<-- [start:alias]
x = torch.tensor(2.0, requires_grad=True)
(x**3).backward()
saved = x.grad
x.grad.zero_()
print("guardado:", saved)
# --8<-- [end:alias]


# --8<-- [start:alias-bien]
(x**3).backward()
saved = x.grad
x.grad = None
print("guardado:", saved)
# --8<-- [end:alias-bien]


# --8<-- [start:sol-llamadas]
x = torch.tensor(2.0, requires_grad=True)
(x**3).backward()
(x**3).backward()
print(x.grad)
x.grad.zero_()
(5 * x).backward()
print(x.grad)
x.grad = None
print(x.grad)
# --8<-- [end:sol-llamadas]


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


# --8<-- [start:sol-detach]
x = torch.tensor(2.0, requires_grad=True)
whole = x**2 * x
frozen = x**2 * x.detach()
print(f"valores: {whole:.0f} y {frozen:.0f}")

whole.backward()
print(f"sin detach: {x.grad:.0f}")
x.grad = None
frozen.backward()
print(f"con detach: {x.grad:.0f}")
# --8<-- [end:sol-detach]


# --8<-- [start:sol-trozos]
m = torch.linspace(-10, 10, 100, requires_grad=True)
for start, end in ((0, 30), (30, 60), (60, 100)):
    sum_of_squares(m[start:end]).backward()
print("igual que de una vez:", torch.allclose(m.grad, squares_gradient(m)))
# --8<-- [end:sol-trozos]


# --8<-- [start:sol-actualizar]
def update(parameters, learning_rate):
    """Da un paso con cada parámetro que tenga gradiente y lo vacía."""
    with torch.no_grad():
        for parameter in parameters:
            if parameter.grad is not None:
                parameter -= learning_rate * parameter.grad
                parameter.grad = None


x, y, c = new_inputs()
forward(x, y, c)["f"].backward()
update([x, y, c], learning_rate=0.01)
print(f"x = {x:.2f}, y = {y:.2f}, c = {c:.2f}")
print("hojas:", x.is_leaf, y.is_leaf, "gradientes:", x.grad, y.grad)
# --8<-- [end:sol-actualizar]
