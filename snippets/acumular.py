"""Lo que backward deja: código de la lección `docs/lecciones/acumular.md`."""

# --8<-- [start:guardado]
import warnings

import matplotlib.pyplot as plt
import torch

x = torch.tensor(2.0, requires_grad=True)
cube = x**3
power = cube.grad_fn
print("exponente:", power._saved_exponent)
print("base:", power._saved_self)
# --8<-- [end:guardado]

# --8<-- [start:antes-despues]
fig, (left, right) = plt.subplots(1, 2, figsize=(5.6, 2.3), layout="constrained")
kept = f"guarda {power._saved_self:.0f}"
twin = torch.tensor(2.0, requires_grad=True)  # otro grafo: este sigue entero
(twin**3).backward()
panels = {
    left: ("antes de backward", f"x.grad: {x.grad}", kept, "C0"),
    right: ("después", f"x.grad: {twin.grad:.0f}", "¿guarda algo?", "C1"),
}
for ax, (title, at_leaf, at_node, color) in panels.items():
    for row, words in ((1, f"{power.name()}\n{at_node}"), (0, f"$x = {x:.0f}$\n{at_leaf}")):
        corner = (-0.62, row - 0.29)
        ax.add_patch(plt.Rectangle(corner, 1.24, 0.58, fill=False, edgecolor="C0"))
        ax.text(0, row, words, ha="center", va="center")
    arrow = {"arrowstyle": "->", "color": color, "linewidth": 1.8}
    ends = ((0, 0.7), (0, 0.3)) if color == "C0" else ((0, 0.3), (0, 0.7))
    ax.annotate("", *ends, arrowprops=arrow)
    ax.set_title(title, color=color)
    ax.set_xlim(-0.75, 0.75)
    ax.set_ylim(-0.4, 1.4)
    ax.axis("off")
plt.show()
# --8<-- [end:antes-despues]


try:
    # --8<-- [start:dos-veces]
    cube.backward()
    print("primera:", x.grad)
    cube.backward()
    # --8<-- [end:dos-veces]
except RuntimeError as error:
    print(f"RuntimeError: {error}")


# --8<-- [start:solo-sumas]
x = torch.tensor(2.0, requires_grad=True)
y = torch.tensor(3.0, requires_grad=True)
total = x + y + x
print(f"x + y + x = {total:.0f}")
total.backward()
print("primera:", x.grad, y.grad)
total.backward()
print("segunda:", x.grad, y.grad)
# --8<-- [end:solo-sumas]


# --8<-- [start:retener]
def cube_slope(x):
    """La derivada de x³."""
    return 3 * x**2


x = torch.tensor(2.0, requires_grad=True)
cube = x**3
for call in (1, 2, 3):
    cube.backward(retain_graph=True)
    print(f"llamada {call}: x.grad = {x.grad:.0f}")
print(f"a mano, una: {cube_slope(2)}")
# --8<-- [end:retener]


# --8<-- [start:acumular]
def sum_of_squares(m):
    """g(m): la suma de los cuadrados."""
    return (m**2).sum()


def squares_gradient(m):
    """El gradiente de g: el doble de cada número."""
    return 2 * m


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
    ax.annotate(f"{call} {word}", (10.4, pile[-1]), color=f"C{call - 1}", va="center")
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
def short_name(node):
    """El nombre de un nodo, sin el apellido con que lo imprime C++."""
    return node.name().split("::")[-1] if node else None


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


x = torch.tensor(2.0, requires_grad=True)
y = torch.tensor(3.0, requires_grad=True)
c = torch.tensor(1.0)
f = 2 * x**3 + 3 * y**2 + c
f.backward()
print(f"f = {f:.0f}")
slopes = x.grad.item(), y.grad.item()
update([x, y, c], learning_rate=0.01)
print(f"x = {x:.2f}, y = {y:.2f}, c = {c:.2f}")
print("hojas:", x.is_leaf, y.is_leaf, "gradientes:", x.grad, y.grad)
# --8<-- [end:sol-actualizar]
