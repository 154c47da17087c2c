"""Tensores y parámetros: código de la lección `docs/lecciones/tensores.md`."""

# --8<-- [start:crear]
import matplotlib.pyplot as plt
import numpy as np
import torch
from torch import nn

given = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
print(given)
print(given.shape)
# --8<-- [end:crear]


# --8<-- [start:tres-formas]
def draw_cells(ax, left, table):
    """Una tabla de números, con la esquina de arriba a la izquierda en (`left`, 0)."""
    for row, numbers in enumerate(table):
        for column, number in enumerate(numbers):
            corner = (left + column, -row - 1)
            ax.add_patch(plt.Rectangle(corner, 1, 1, fill=False, edgecolor="C0"))
            middle = (left + column + 0.5, -row - 0.5)
            ax.text(*middle, f"{number:.0f}", ha="center", va="center")


first, row = torch.tensor(1.0), torch.tensor([1.0, 2.0, 3.0])
shapes = {"escalar": first, "vector": row, "matriz": given}

fig, ax = plt.subplots(figsize=(6, 2.1), layout="constrained")
for left, (name, tensor) in zip((0, 3, 8), shapes.items()):
    draw_cells(ax, left, torch.atleast_2d(tensor))
    ax.text(left, 0.3, f"{name}, {list(tensor.shape)}", color="C1")
ax.set_xlim(-0.1, 11.4)
ax.set_ylim(-2.1, 0.9)
ax.set_aspect("equal")
ax.axis("off")
plt.show()
# --8<-- [end:tres-formas]


# --8<-- [start:fabricas]
generator = torch.Generator().manual_seed(7)

print(torch.zeros(2, 3))
print(torch.ones(2, 3))
print(torch.rand(2, 3, generator=generator))
# --8<-- [end:fabricas]


# --8<-- [start:formas]
loose = torch.tensor(5.0)
one_list = torch.tensor([5.0])
one_table = torch.tensor([[5.0]])

print("se imprime        dimensiones  forma   item()")
for tensor in (loose, one_list, one_table):
    shape = str(tuple(tensor.shape))
    print(f"{tensor!s:16}  {tensor.ndim:11d}  {shape:6}  {tensor.item()}")
# --8<-- [end:formas]


# --8<-- [start:sacar]
print(given[0, 1])
print(given[0, 1:2])
# --8<-- [end:sacar]


# --8<-- [start:tipos]
samples = {
    "torch.tensor(2)": torch.tensor(2),
    "torch.tensor(2.0)": torch.tensor(2.0),
    "torch.zeros(2)": torch.zeros(2),
    "torch.tensor(np.zeros(2))": torch.tensor(np.zeros(2)),
}
for code, tensor in samples.items():
    print(f"{code:26} {tensor.dtype}")
# --8<-- [end:tipos]


# --8<-- [start:precision]
tenth = torch.tensor(0.1)
print(tenth)
print(tenth.item())
print(tenth.item() == 0.1)
# --8<-- [end:precision]


# --8<-- [start:parametro]
weights = nn.Parameter(torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]))
print(weights)
print("¿es un tensor?", isinstance(weights, torch.Tensor))
# --8<-- [end:parametro]


# --8<-- [start:parametros]
zeros = nn.Parameter(torch.zeros(2))
ones = nn.Parameter(torch.ones(2))
random = nn.Parameter(torch.rand(2, generator=generator))

for parameter in (zeros, ones, random):
    print(parameter)
# --8<-- [end:parametros]


# --8<-- [start:pide-gradiente]
values = torch.zeros(2)
switches = {
    "torch.zeros(2)": values,
    "torch.zeros(2, requires_grad=True)": torch.zeros(2, requires_grad=True),
    "nn.Parameter(values)": nn.Parameter(values),
    "nn.Parameter(values, requires_grad=False)": nn.Parameter(
        values, requires_grad=False
    ),
}
for code, tensor in switches.items():
    print(f"{code:42} {tensor.requires_grad}")
# --8<-- [end:pide-gradiente]


# --8<-- [start:interruptor]
switched = torch.ones(2)
print("al nacer:  ", switched.requires_grad)
switched.requires_grad_()
print("encendido: ", switched.requires_grad)
switched.requires_grad_(False)
print("apagado:   ", switched.requires_grad)
# --8<-- [end:interruptor]


# --8<-- [start:modulo]
model = nn.Module()
model.m = nn.Parameter(torch.tensor(0.9))
model.b = nn.Parameter(torch.tensor(0.1))
model.shift = torch.tensor(2.0, requires_grad=True)  # no es un Parameter

print([name for name, parameter in model.named_parameters()])
# --8<-- [end:modulo]


# --8<-- [start:operaciones]
def recorded(tensor):
    """El nombre de la operación de la que salió el tensor, si se anotó."""
    return tensor.grad_fn.name() if tensor.grad_fn else None


results = {
    "given": given,
    "2 * given": 2 * given,
    "weights": weights,
    "2 * weights": 2 * weights,
    "given + weights": given + weights,
    "weights.sum()": weights.sum(),
}
print("código           clase      requires_grad  grad_fn")
for code, tensor in results.items():
    kind, switch = type(tensor).__name__, str(tensor.requires_grad)
    print(f"{code:16} {kind:10} {switch:14} {recorded(tensor)}")
# --8<-- [end:operaciones]


# --8<-- [start:sin-derivada]
answers = {
    "weights > 2": weights > 2,
    "weights.argmax()": weights.argmax(),
    "weights.long()": weights.long(),
    "zeros_like(weights)": torch.zeros_like(weights),
}
for code, tensor in answers.items():
    print(f"{code:20} {tensor.dtype!s:14} {tensor.requires_grad}")
# --8<-- [end:sin-derivada]


# --8<-- [start:recta]
xs = torch.arange(8, dtype=torch.float32)  # datos: no se mueven
m = nn.Parameter(torch.tensor(0.9))  # parámetros: sí se mueven
b = nn.Parameter(torch.tensor(0.1))

centered = xs - xs.mean()
product = m * centered
y_hat = product + b

for name, tensor in {"xs": xs, "centered": centered, "y_hat": y_hat}.items():
    print(f"{name:9} {tensor.requires_grad}")
# --8<-- [end:recta]


# --8<-- [start:contagio]
places = {  # nombre: tensor, columna, fila, de quién sale
    "xs": (xs, 0.0, 3, []),
    "centered": (centered, 0.0, 2, ["xs"]),
    "m": (m, 1.3, 2, []),
    "product": (product, 0.65, 1, ["centered", "m"]),
    "b": (b, 1.95, 1, []),
    "y_hat": (y_hat, 1.3, 0, ["product", "b"]),
}
fig, ax = plt.subplots(figsize=(5.0, 5.2), layout="constrained")
for name, (tensor, column, row, sources) in places.items():
    tracked = tensor.requires_grad
    color, style = ("C1", "-") if tracked else ("C0", "--")
    box = plt.Rectangle((column - 0.55, row - 0.32), 1.1, 0.64, fill=False)
    box.set(edgecolor=color, linestyle=style, linewidth=2.5 if tracked else 1.5)
    ax.add_patch(box)
    center = {"ha": "center", "va": "center"}
    ax.text(column, row + 0.18, name, fontweight="bold", **center)
    ax.text(column, row - 0.01, type(tensor).__name__, **center)
    note = recorded(tensor) or "sin grad_fn"
    ax.text(column, row - 0.2, note, color=color, **center)
    for source in sources:
        _, source_column, source_row, _ = places[source]
        shift = 0.25 * (source_column - column)  # entra por su lado de la caja
        ends = (column + shift, row + 0.33), (source_column, source_row - 0.33)
        ax.annotate("", *ends, arrowprops={"arrowstyle": "->", "color": "C7"})
for tracked, color, style in ((True, "C1", "-"), (False, "C0", "--")):
    label = f"requires_grad = {tracked}"
    ax.plot([], [], color=color, linestyle=style, label=label)
ax.legend(loc="upper right")
ax.set_xlim(-0.65, 2.6)
ax.set_ylim(-0.4, 3.4)
ax.axis("off")
plt.show()
# --8<-- [end:contagio]


# --8<-- [start:traspuesta]
print(given.T)
print(weights.T)
# --8<-- [end:traspuesta]


# --8<-- [start:salidas]
inputs = torch.tensor([0.5, -1.0, 2.0])
outputs = weights @ inputs  # @ es el producto de matrices
print([round(value, 2) for value in outputs.tolist()])
# --8<-- [end:salidas]


# --8<-- [start:gradiente]
def total_output(weights, inputs):
    """La suma de las salidas."""
    return (weights @ inputs).sum()


def gradient(weights, inputs):
    """La parcial de cada peso: la entrada por la que se multiplica."""
    return torch.stack([inputs] * len(weights))


total = total_output(weights, inputs)
total.backward()
print(f"suma: {total:.1f}")
print(weights.grad)
print("igual que a mano:", torch.equal(weights.grad, gradient(weights, inputs)))
print("inputs.grad:", inputs.grad)
# --8<-- [end:gradiente]


# --8<-- [start:guion-bajo]
counts = torch.tensor([1.0, 2.0, 3.0])
more = counts.add(10)
print("sin guion:", counts, more)
counts.add_(10)
print("con guion:", counts)
# --8<-- [end:guion-bajo]


# --8<-- [start:mas-guiones]
counts.mul_(2)
print("mul_(2):", counts)
counts.sub_(4)
print("sub_(4):", counts)
# --8<-- [end:mas-guiones]


# --8<-- [start:nombres]
p = torch.tensor(1.0)
q = p  # otro nombre para el mismo tensor
p.add_(1)
print(f"p.add_(1):  p = {p:.0f}, q = {q:.0f}, el mismo: {p is q}")

r = torch.tensor(1.0)
s = r
r = r + 1  # un tensor nuevo se lleva el nombre r
print(f"r = r + 1:  r = {r:.0f}, s = {s:.0f}, el mismo: {r is s}")
# --8<-- [end:nombres]


# --8<-- [start:cajas]
def draw_names(ax, names, title):
    """Los nombres a la izquierda; a la derecha, una caja por cada tensor."""
    rows = {}
    for height, (name, tensor) in zip((1, 0), names.items()):
        row = rows.setdefault(id(tensor), height)
        ax.text(0, height, name, ha="center", va="center", color="C0", fontsize=13)
        ends = (0.72, row + 0.12 * (height - row)), (0.1, height)
        ax.annotate("", *ends, arrowprops={"arrowstyle": "->", "color": "C0"})
        box = plt.Rectangle((0.75, row - 0.22), 0.5, 0.44, fill=False, edgecolor="C1")
        ax.add_patch(box)
        ax.text(1, row, f"{tensor:.0f}", ha="center", va="center", color="C1")
    ax.set_title(title)
    ax.set_xlim(-0.15, 1.35)
    ax.set_ylim(-0.35, 1.35)
    ax.axis("off")


fig, (left, right) = plt.subplots(1, 2, figsize=(5.6, 2.4), layout="constrained")
draw_names(left, {"p": p, "q": q}, "p.add_(1)")
draw_names(right, {"r": r, "s": s}, "r = r + 1")
plt.show()
# --8<-- [end:cajas]


try:
    # --8<-- [start:en-sitio]
    weights.add_(1)
    # --8<-- [end:en-sitio]
except RuntimeError as error:
    print(f"RuntimeError: {error}")


try:
    # --8<-- [start:un-peso]
    weights[0, 2] = 10.0
    # --8<-- [end:un-peso]
except RuntimeError as error:
    print(f"RuntimeError: {error}")


# --8<-- [start:sin-apuntar]
with torch.no_grad():
    weights.add_(1)
    weights.mul_(10)
    weights.sub_(5)
print(weights)
# --8<-- [end:sin-apuntar]


# --8<-- [start:un-paso]
before = weights[0, 0].item()
with torch.no_grad():
    weights -= 0.1 * weights.grad  # o weights.sub_(…)
print(f"weights[0, 0]: {before:.2f} -> {weights[0, 0]:.2f}")
print(type(weights).__name__, weights.requires_grad)
# --8<-- [end:un-paso]


try:
    # --8<-- [start:lista]
    nn.Parameter([0.5, -1.0])
    # --8<-- [end:lista]
except AttributeError as error:
    print(f"AttributeError: {error}")


try:
    # --8<-- [start:enteros]
    nn.Parameter(torch.tensor([1, 2, 3]))
    # --8<-- [end:enteros]
except RuntimeError as error:
    print(f"RuntimeError: {error}")


try:
    # --8<-- [start:formato]
    print(f"con cero dimensiones: {loose:.2f}")
    print(f"con una: {one_list:.2f}")
    # --8<-- [end:formato]
except TypeError as error:
    print(f"TypeError: {error}")


try:
    # --8<-- [start:numpy]
    weights.numpy()
    # --8<-- [end:numpy]
except RuntimeError as error:
    print(f"RuntimeError: {error}")


# --8<-- [start:memoria]
start = torch.zeros(3)
linked = nn.Parameter(start)
with torch.no_grad():
    linked.add_(7)
print("start:", start)
# --8<-- [end:memoria]


# --8<-- [start:memoria-bien]
start = torch.zeros(3)
independent = nn.Parameter(start.clone())
with torch.no_grad():
    independent.add_(7)
print("start:", start)
# --8<-- [end:memoria-bien]


# --8<-- [start:apagado]
lost = nn.Parameter(torch.tensor(0.9))
with torch.no_grad():
    lost = lost - 0.1  # sin guion bajo y sin -=: un tensor nuevo
print(type(lost).__name__, lost.requires_grad)
# --8<-- [end:apagado]


# --8<-- [start:sol-formas]
pieces = {
    "given[1]": given[1],
    "given[1, 2]": given[1, 2],
    "given[1:, 2]": given[1:, 2],
    "given[1:, 2:]": given[1:, 2:],
}
for code, piece in pieces.items():
    print(f"{code:14} {tuple(piece.shape)!s:7} {piece!s}")
# --8<-- [end:sol-formas]


# --8<-- [start:sol-memoria]
fixed, free = torch.ones(2, 3), nn.Parameter(torch.ones(2, 3))
print(recorded(fixed.T))
print(recorded(free))
print(recorded(free.T))
print(recorded(fixed * free))
with torch.no_grad():
    print(recorded(free.T))
# --8<-- [end:sol-memoria]


# --8<-- [start:sol-guiones]
t = torch.tensor([1.0, 2.0, 3.0])
u = t.mul_(2)
v = u.add(1)
t.sub_(v)
print(t)
print(u)
print(v)
# --8<-- [end:sol-guiones]


# --8<-- [start:sol-congelar]
slope = nn.Parameter(torch.tensor(0.9))
intercept = nn.Parameter(torch.tensor(0.1))
intercept.requires_grad_(False)

prediction = slope * xs[7] + intercept
prediction.backward()
print(f"predicción: {prediction:.1f}")
print("slope.grad:", slope.grad)
print("intercept.grad:", intercept.grad)
# --8<-- [end:sol-congelar]


# --8<-- [start:sol-rectas]
for shape in ((), (1,), (8,), (8, 1)):
    slopes = nn.Parameter(torch.full(shape, 0.9))
    predictions = slopes * xs
    print(f"{shape!s:7} -> {tuple(predictions.shape)}")
# --8<-- [end:sol-rectas]


# --8<-- [start:fallo-antes]
moving = nn.Parameter(torch.tensor(0.9))
old = moving
with torch.no_grad():
    moving.sub_(0.2)
print(f"antes {old.item():.1f}, después {moving.item():.1f}")
# --8<-- [end:fallo-antes]


# --8<-- [start:sol-antes]
moving = nn.Parameter(torch.tensor(0.9))
old = moving.item()
with torch.no_grad():
    moving.sub_(0.2)
print(f"antes {old:.1f}, después {moving.item():.1f}")
# --8<-- [end:sol-antes]
