"""La regla de la cadena en un grafo: código de `docs/lecciones/cadena.md`."""

# --8<-- [start:piezas]
import matplotlib.pyplot as plt
import torch

x, y, c = 2.0, 3.0, 1.0

u = x**3
p = 2 * u
v = y**2
q = 3 * v
s = p + q
f = s + c

for name, value in {"u": u, "p": p, "v": v, "q": q, "s": s, "f": f}.items():
    print(f"{name} = {value:.0f}")
# --8<-- [end:piezas]

# --8<-- [start:eslabones]
values = {"x": x, "u": u, "p": p, "y": y, "v": v, "q": q, "s": s, "c": c, "f": f}
spots = {"x": (0, 2), "u": (1.5, 2), "p": (3, 2), "y": (0, 0.8), "v": (1.5, 0.8)}
spots |= {"q": (3, 0.8), "s": (4.5, 1.4), "c": (4.5, 0.2), "f": (6, 1.4)}
chain = {"xu": "al cubo", "up": "× 2", "yv": "al cuadrado", "vq": "× 3"}
chain |= {"ps": "", "qs": "", "sf": "+", "cf": ""}

fig, ax = plt.subplots(figsize=(6.2, 2.7), layout="constrained")
for name, (column, row) in spots.items():
    corner, size = (column - 0.42, row - 0.26), (0.84, 0.52)
    ax.add_patch(plt.Rectangle(corner, *size, fill=False, edgecolor="C0"))
    ax.text(column, row, f"${name} = {values[name]:.0f}$", ha="center", va="center")
for (tail, head), words in chain.items():
    (x0, y0), (x1, y1) = spots[tail], spots[head]
    ends = (x1 - 0.44, y1), (x0 + 0.44, y0)
    ax.annotate("", *ends, arrowprops={"arrowstyle": "->", "color": "C0"})
    ax.text((x0 + x1) / 2, (y0 + y1) / 2 + 0.34, words, color="C1", ha="center")
ax.set_xlim(-0.5, 6.5)
ax.set_ylim(-0.15, 2.6)
ax.axis("off")
plt.show()
# --8<-- [end:eslabones]


# --8<-- [start:empujon]
nudge = 0.01

rise_u = (x + nudge) ** 3 - u  # lo que sube u
rise_p = 2 * (u + rise_u) - p  # lo que sube p, si u sube eso

print(f"x sube {nudge:.4f}")
print(f"u sube {rise_u:.4f}: {rise_u / nudge:.2f} veces lo que x")
print(f"p sube {rise_p:.4f}: {rise_p / rise_u:.2f} veces lo que u")
print(f"en total, p sube {rise_p / nudge:.2f} veces lo que x")
# --8<-- [end:empujon]


# --8<-- [start:regla]
def composed(x):
    """g(x) = (3x + 1)², en dos eslabones."""
    w = 3 * x + 1
    return w**2


def composed_slope(x):
    """La derivada de g, por la regla de la cadena."""
    w = 3 * x + 1
    outer_slope = 2 * w  # dg/dw, en el valor de w
    inner_slope = 3  # dw/dx
    return outer_slope * inner_slope


print(f"g(2) = {composed(2.0):.0f}")
print(f"dg/dx = {composed_slope(2.0):.0f}")
# --8<-- [end:regla]


# --8<-- [start:diferencias]
def central_difference(function, at, h=1e-4):
    """La pendiente de una función, por diferencias centrales."""
    return (function(at + h) - function(at - h)) / (2 * h)


print(f"dg/dx = {central_difference(composed, 2.0):.4f}")
# --8<-- [end:diferencias]


# --8<-- [start:atras]
grad_f = 1.0  # se empieza por el final
grad_s = grad_f * 1  # f = s + c
grad_p = grad_s * 1  # s = p + q
grad_q = grad_s * 1
grad_u = grad_p * 2  # p = 2u
grad_x = grad_u * 3 * x**2  # u = x³
grad_v = grad_q * 3  # q = 3v
grad_y = grad_v * 2 * y  # v = y²

print(f"df/dx = {grad_x:.0f}")
print(f"df/dy = {grad_y:.0f}")
# --8<-- [end:atras]


# --8<-- [start:parciales]
def value(x, y, c=1.0):
    """f(x, y) = 2x³ + 3y² + c."""
    return 2 * x**3 + 3 * y**2 + c


def partials(x, y):
    """Las dos parciales de f."""
    return 6 * x**2, 6 * y


slope_x = central_difference(lambda moved: value(moved, 3.0), 2.0)  # y, quieta
slope_y = central_difference(lambda moved: value(2.0, moved), 3.0)  # x, quieta
print("              df/dx  df/dy")
formula_x, formula_y = partials(2.0, 3.0)
print(f"fórmulas    {formula_x:7.2f}{formula_y:7.2f}")
print(f"diferencias {slope_x:7.2f}{slope_y:7.2f}")
# --8<-- [end:parciales]


# --8<-- [start:backward]
x = torch.tensor(2.0, requires_grad=True)
y = torch.tensor(3.0, requires_grad=True)
c = torch.tensor(1.0)  # no pide gradiente

f = 2 * x**3 + 3 * y**2 + c  # hacia adelante: calcula y anota
f.backward()  # hacia atrás: recorre lo anotado

print(f"f = {f:.0f}")
print(f"x.grad = {x.grad:.0f}")
print(f"y.grad = {y.grad:.0f}")
print(f"c.grad = {c.grad}")
# --8<-- [end:backward]


# --8<-- [start:nodos]
x = torch.tensor(2.0, requires_grad=True)
y = torch.tensor(3.0, requires_grad=True)
u, v = x**3, y**2
p, q = 2 * u, 3 * v
s = p + q
f = s + c

nodes = {"x": x, "y": y, "u": u, "v": v, "p": p, "q": q, "s": s, "f": f}
for node in nodes.values():
    node.retain_grad()  # guarda también el gradiente de los nodos intermedios
f.backward(retain_graph=True)  # y conserva el grafo, para dibujarlo

print("    valor  gradiente")
for name, node in nodes.items():
    print(f"{name} {node:7.0f} {node.grad:10.0f}")
# --8<-- [end:nodos]


# --8<-- [start:dibujo-grafo]
def links(tensors):
    """Los eslabones del grafo: nombre del resultado, de la fuente y derivada."""
    node_of = torch.autograd.graph.get_gradient_edge
    names = {node_of(tensor).node: name for name, tensor in tensors.items()}
    found = []
    for operation, name in names.items():
        if operation.next_functions:  # las entradas no tienen fuentes
            slopes = operation(torch.tensor(1.0))  # lo que envía atrás si le llega un 1
            slopes = slopes if isinstance(slopes, tuple) else (slopes,)
            for (source, _), slope in zip(operation.next_functions, slopes):
                if source is not None:  # las constantes no están en el grafo
                    found.append((name, names[source], slope.item()))
    return found


def draw_box(ax, place, forward, backward, **line):
    """Una caja con su valor (hacia adelante) y su gradiente (hacia atrás)."""
    column, row = place
    ax.text(column, row + 0.1, forward, color="C0", ha="center", va="center")
    ax.text(column, row - 0.1, backward, color="C1", ha="center", va="center")
    corner, size = (column - 0.43, row - 0.22), (0.86, 0.44)
    ax.add_patch(plt.Rectangle(corner, *size, fill=False, alpha=0.5, **line))


def draw_arrow(ax, tail, head, shift, color):
    """Una flecha de caja a caja, corrida hacia un lado para dejar sitio a la otra."""
    (x0, y0), (x1, y1) = tail, head
    gap = 0.26 / abs(y1 - y0)  # no entra en las cajas
    start, end = (
        (x0 + part * (x1 - x0) + shift, y0 + part * (y1 - y0))
        for part in (gap, 1 - gap)
    )
    arrow = {"arrowstyle": "->", "color": color, "linewidth": 1.6}
    ax.annotate("", xy=end, xytext=start, arrowprops=arrow)


def draw_graph(ax, tensors, labels, places):
    """Las cajas y, por cada eslabón, una flecha de ida y otra de vuelta."""
    final = list(tensors)[-1]
    for name, tensor in tensors.items():
        forward = f"${labels[name]} = {tensor:.0f}$"
        backward = f"$∂{final}/∂{name} = {tensor.grad:.0f}$"
        draw_box(ax, places[name], forward, backward, color="C0")
    for name, source, slope in links(tensors):
        above, below = places[source], places[name]
        draw_arrow(ax, above, below, -0.05, "C0")
        draw_arrow(ax, below, above, 0.05, "C1")
        middle = [(a + b) / 2 for a, b in zip(above, below)]
        ax.text(middle[0] + 0.13, middle[1], f"× {slope:.0f}", color="C1", va="center")
    ax.axis("off")


labels = {"x": "x", "y": "y", "u": "u = x³", "v": "v = y²"}
labels |= {"p": "p = 2u", "q": "q = 3v", "s": "s = p + q", "f": "f = s + c"}
places = {"x": (0, 4), "y": (1.1, 4), "u": (0, 3), "v": (1.1, 3)}
places |= {"p": (0, 2), "q": (1.1, 2), "s": (0.55, 1), "f": (1.1, 0)}

fig, ax = plt.subplots(figsize=(5.2, 6.2), layout="constrained")
draw_graph(ax, nodes, labels, places)
draw_box(ax, (1.65, 1), f"$c = {c:.0f}$", "nadie lo pide", color="C0", linestyle="--")
draw_arrow(ax, (1.65, 1), places["f"], -0.05, "C0")
ax.text(1.87, 4.1, "valor ↓", color="C0", ha="center", va="center")
ax.text(1.87, 3.9, "gradiente ↑", color="C1", ha="center", va="center")
ax.set_xlim(-0.5, 2.15)
ax.set_ylim(-0.3, 4.3)
plt.show()
# --8<-- [end:dibujo-grafo]


# --8<-- [start:recta]
def squared_loss(m, b, x, y):
    """La pérdida cuadrática de un punto: el error al cuadrado."""
    y_hat = m * x + b
    return (y_hat - y) ** 2


def line_partials(m, b, x, y):
    """Las parciales de la pérdida: un eslabón común y uno propio."""
    y_hat = m * x + b
    grad_y_hat = 2 * (y_hat - y)  # ∂L/∂ŷ: se calcula una vez
    return grad_y_hat * x, grad_y_hat * 1  # por ∂ŷ/∂m = x y por ∂ŷ/∂b = 1


m, b = 0.9, 0.1
x_point, y_point = 5.0, -0.67
grad_m, grad_b = line_partials(m, b, x_point, y_point)
print(f"dL/dm = {grad_m:.2f}")
print(f"dL/db = {grad_b:.2f}")
# --8<-- [end:recta]


# --8<-- [start:dos-caminos]
x = torch.tensor(2.0, requires_grad=True)
s = x + 3
p = x * s  # x entra otra vez

two_paths = {"x": x, "s": s, "p": p}
for node in two_paths.values():
    node.retain_grad()
p.backward(retain_graph=True)

direct = s.item()  # de x a p sin parar: ∂p/∂x = s
through_s = x.item() * 1  # de x a s y de s a p: ∂p/∂s · ds/dx
print(f"camino directo: {direct:.0f}")
print(f"camino por s:   {through_s:.0f}")
print(f"suma:           {direct + through_s:.0f}")
print(f"autograd:       {x.grad:.0f}")
# --8<-- [end:dos-caminos]


# --8<-- [start:dibujo-caminos]
fig, ax = plt.subplots(figsize=(4.2, 3.8), layout="constrained")
labels = {"x": "x", "s": "s = x + 3", "p": "p = x · s"}
draw_graph(ax, two_paths, labels, {"x": (0, 2), "s": (0.75, 1), "p": (0, 0)})
ax.text(-0.15, 1, "directo", ha="right", va="center")
ax.text(0.75, 1.5, "por $s$", va="center")
ax.set_xlim(-0.65, 1.3)
ax.set_ylim(-0.3, 2.3)
plt.show()
# --8<-- [end:dibujo-caminos]


# --8<-- [start:caminos-formula]
def product(x):
    """p = x · (x + 3)."""
    return x * (x + 3)


def product_slope(x):
    """La derivada de p: un sumando por camino."""
    s = x + 3
    return s + x * 1


print(" x  caminos  diferencias")
for at in (2.0, 5.0, -1.0):
    slope = central_difference(product, at)
    print(f"{at:2.0f} {product_slope(at):8.0f} {slope:12.2f}")
# --8<-- [end:caminos-formula]


# --8<-- [start:dos-ordenes]
def forward_pass(x, y, dx, dy):
    """Un recorrido hacia adelante: junto a cada valor viaja su derivada."""
    du = 3 * x**2 * dx
    dp = 2 * du
    dv = 2 * y * dy
    dq = 3 * dv
    ds = dp + dq
    df = ds
    return [dx, dy, du, dv, dp, dq, ds, df]


move_x = forward_pass(2.0, 3.0, dx=1.0, dy=0.0)  # se mueve x
move_y = forward_pass(2.0, 3.0, dx=0.0, dy=1.0)  # se mueve y

print("    al mover x  al mover y  hacia atrás")
for name, with_x, with_y in zip(nodes, move_x, move_y):
    print(f"{name} {with_x:13.0f} {with_y:11.0f} {nodes[name].grad:12.0f}")
# --8<-- [end:dos-ordenes]


# --8<-- [start:media]
def mean_loss(m, b, xs, ys):
    """La media de las pérdidas de varios puntos."""
    losses = [squared_loss(m, b, x, y) for x, y in zip(xs, ys)]
    return sum(losses) / len(losses)


def mean_loss_partials(m, b, xs, ys):
    """La media de las parciales de varios puntos."""
    parts = [line_partials(m, b, x, y) for x, y in zip(xs, ys)]
    parts_m, parts_b = zip(*parts)
    return sum(parts_m) / len(parts), sum(parts_b) / len(parts)


xs, ys = [1.0, 3.0, 6.0], [1.31, 0.33, -1.23]
each = [line_partials(m, b, *point)[0] for point in zip(xs, ys)]
print("dL/dm de cada punto:", "  ".join(f"{part:.2f}" for part in each))
print(f"media de las derivadas: {mean_loss_partials(m, b, xs, ys)[0]:.4f}")

slope = central_difference(lambda moved: mean_loss(moved, b, xs, ys), m)
print(f"derivada de la media:   {slope:.4f}")
# --8<-- [end:media]


# --8<-- [start:mal-sitio]
def slope_at_wrong_place(x):
    """Mal: deriva el cuadrado en x, y le toca en w = 3x + 1."""
    return 2 * x * 3


print(f"en x: {slope_at_wrong_place(2.0):.0f}")
print(f"en w: {composed_slope(2.0):.0f}")
# --8<-- [end:mal-sitio]


# --8<-- [start:mal-suma]
added = 12 + 2  # mal: du/dx + dp/du
multiplied = 12 * 2  # dp/du · du/dx
print(f"sumar eslabones:       {added}")
print(f"multiplicar eslabones: {multiplied}")
print(f"medido:                {rise_p / nudge:.2f}")
# --8<-- [end:mal-suma]


# --8<-- [start:mal-camino]
x = torch.tensor(2.0, requires_grad=True)
broken = x * (x.item() + 3)  # item() devuelve un número corriente
broken.backward()
print(f"p = {broken:.0f}")
print(f"x.grad = {x.grad:.0f}")
# --8<-- [end:mal-camino]


try:
    # --8<-- [start:mal-cortada]
    x = torch.tensor(2.0, requires_grad=True)
    cut = x.item() * (x.item() + 3)
    cut.backward()
    # --8<-- [end:mal-cortada]
except AttributeError as error:
    print(f"AttributeError: {error}")


# --8<-- [start:ejercicio-1]
x1 = torch.tensor(-1.0, requires_grad=True)
y1 = torch.tensor(2.0, requires_grad=True)
f1 = value(x1, y1, c=5.0)
f1.backward()
print(f"f = {f1:.0f}, df/dx = {x1.grad:.0f}, df/dy = {y1.grad:.0f}")
# --8<-- [end:ejercicio-1]


# --8<-- [start:ejercicio-2]
def three_links(x):
    """f = (3x² + 1)²."""
    return (3 * x**2 + 1) ** 2


def three_links_slope(x):
    """La derivada: tres eslabones que se multiplican."""
    w = 3 * x**2 + 1
    return 2 * w * 3 * (2 * x)


print(f"a mano:      {three_links_slope(2.0):.0f}")
print(f"diferencias: {central_difference(three_links, 2.0):.2f}")
# --8<-- [end:ejercicio-2]


# --8<-- [start:ejercicio-3]
def joined(x):
    """f = u · v, con u = x² y v = x + 4."""
    return x**2 * (x + 4)


def joined_slope(x):
    """La derivada: un sumando por cada camino de x a f."""
    u, v = x**2, x + 4
    return v * 2 * x + u * 1


x3 = torch.tensor(3.0, requires_grad=True)
joined(x3).backward()
print(f"caminos:  {joined_slope(3.0):.0f}")
print(f"autograd: {x3.grad:.0f}")
# --8<-- [end:ejercicio-3]


# --8<-- [start:ejercicio-4]
def absolute_partials_above(x):
    """Las parciales de |ŷ - y| si la recta va por encima."""
    return 1.0 * x, 1.0 * 1


def absolute_loss(m, b, x, y):
    """La pérdida absoluta de un punto."""
    return abs(m * x + b - y)


slope = central_difference(
    lambda moved: absolute_loss(moved, b, 5.0, -0.67), m
)
grad_m4, grad_b4 = absolute_partials_above(5.0)
print(f"cadena:      dL/dm = {grad_m4:.0f}, dL/db = {grad_b4:.0f}")
print(f"diferencias: dL/dm = {slope:.2f}")
# --8<-- [end:ejercicio-4]


# --8<-- [start:ejercicio-5]
t, dt = 4.0, 1.0  # una entrada
outputs = {"2t": 2 * t, "t²": t**2, "t³": t**3}
slopes = {"2t": 2 * dt, "t²": 2 * t * dt, "t³": 3 * t**2 * dt}
for name in outputs:
    value_t, slope_t = outputs[name], slopes[name]
    print(f"{name}: valor {value_t:2.0f}, derivada {slope_t:2.0f}")
# --8<-- [end:ejercicio-5]
