"""Varias salidas a la vez: código de la lección `docs/lecciones/jacobianos.md`."""

# --8<-- [start:rectangulo]
import matplotlib.pyplot as plt
import torch


def measures(a, b):
    """El área, la valla de tres lados y la diagonal de un rectángulo."""
    return a * b, a + b + b, (a * a + b * b) ** 0.5


a, b = 4.0, 3.0
area, fence, diagonal = measures(a, b)
print("área", area, "valla", fence, "diagonal", diagonal)
# --8<-- [end:rectangulo]

# --8<-- [start:el-huerto]
fig, ax = plt.subplots(figsize=(5.2, 3.6), layout="constrained")
ax.add_patch(plt.Rectangle((0, 0), a, b, color="C2", alpha=0.35))
ax.plot([0, a], [b, b], color="C7", linewidth=6, label="pared de la casa")
ax.plot([0, 0, a, a], [b, 0, 0, b], color="C1", linewidth=2.5, label="valla: $V$")
ax.plot([0, a], [0, b], "--", color="C0", label="sendero: $D$")
ax.text(0.66 * a, 0.3 * b, "área: $A$", ha="center")
ax.text(a / 2, -0.32, f"$a = {a:.0f}$ m", ha="center")
ax.text(-0.12, b / 2, f"$b = {b:.0f}$ m", ha="right", va="center")
ax.set_xlim(-1, a + 0.3)
ax.set_ylim(-0.5, b + 0.2)
ax.set_aspect("equal")
ax.axis("off")
fig.legend(loc="outside upper center", ncols=3)
plt.show()
# --8<-- [end:el-huerto]


# --8<-- [start:tabla-a-mano]
def jacobian(a, b):
    """La tabla de derivadas: una fila por medida y una columna por lado."""
    length = (a**2 + b**2) ** 0.5
    return torch.stack(
        [
            torch.stack([b, a]),
            torch.tensor([1.0, 2.0], dtype=a.dtype),
            torch.stack([a / length, b / length]),
        ]
    )


def stacked(sides):
    """Las tres medidas en un tensor, de los dos lados en otro."""
    return torch.stack(measures(*sides))


def differences(f, sides, h=1e-6):
    """La misma tabla, con diferencias centrales: una columna por lado."""
    steps = h * torch.eye(len(sides), dtype=sides.dtype)
    columns = [(f(sides + step) - f(sides - step)) / (2 * h) for step in steps]
    return torch.stack(columns, dim=-1)


def text(numbers):
    """Los números, con dos decimales."""
    return " ".join(f"{number:6.2f}" for number in numbers)


sides = torch.tensor([a, b], dtype=torch.float64)
J = jacobian(*sides)
measured = differences(stacked, sides)
print("            a mano           diferencias")
for name, row, other in zip(("área", "valla", "diagonal"), J, measured):
    print(f"{name:8s}", text(row), "  ", text(other))
# --8<-- [end:tabla-a-mano]

# --8<-- [start:precio]
prices = torch.tensor([10.0, 5.0, 20.0], dtype=torch.float64)
leaf = sides.clone().requires_grad_(True)
stacked(leaf).backward(gradient=prices)
weighted = leaf.grad
print("backward(gradient=precios):", text(weighted))

leaf = sides.clone().requires_grad_(True)
total = (prices * stacked(leaf)).sum()
total.backward()
print("derivadas del total:       ", text(leaf.grad))
# --8<-- [end:precio]

# --8<-- [start:por-filas]
leaf = sides.clone().requires_grad_(True)
outputs = stacked(leaf)
rows = []
for weights in torch.eye(3, dtype=torch.float64):  # un 1 para cada salida
    (row,) = torch.autograd.grad(outputs, leaf, weights, retain_graph=True)
    rows.append(row)
for row in rows:
    print(text(row))
# --8<-- [end:por-filas]


# --8<-- [start:dual]
class Dual:
    """Un número y, a su lado, lo que cambia."""

    def __init__(self, value, change):
        self.value, self.change = value, change

    def __add__(self, other):
        return Dual(self.value + other.value, self.change + other.change)

    def __mul__(self, other):
        change = self.change * other.value + self.value * other.change
        return Dual(self.value * other.value, change)

    def __pow__(self, n):
        return Dual(self.value**n, n * self.value ** (n - 1) * self.change)
# --8<-- [end:dual]


# --8<-- [start:adelante]
push_a, push_b = 1.0, 2.0  # hacia dónde se mueve el punto
pushed = measures(Dual(a, push_a), Dual(b, push_b))
for name, number in zip(("área", "valla", "diagonal"), pushed):
    print(f"{name:10s} vale {number.value:4.1f} y cambia {number.change:4.1f}")
# --8<-- [end:adelante]

# --8<-- [start:por-columnas]
columns = []
for push in ((1.0, 0.0), (0.0, 1.0)):  # un 1 para cada entrada
    moved = measures(Dual(a, push[0]), Dual(b, push[1]))
    columns.append([number.change for number in moved])
for column in columns:
    print(text(column))
# --8<-- [end:por-columnas]


# --8<-- [start:cinta]
class Tape:
    """Los valores en orden y las flechas: (a cuál, de cuál, derivada local)."""

    def __init__(self, inputs):
        self.values, self.arrows = list(inputs), []

    def note(self, value, *sources):
        """Apunta un resultado con sus flechas y devuelve su lugar."""
        place = len(self.values)
        self.values.append(value)
        self.arrows += [(place, source, local) for source, local in sources]
        return place

    def add(self, i, j):
        return self.note(self.values[i] + self.values[j], (i, 1.0), (j, 1.0))

    def multiply(self, i, j):
        u, v = self.values[i], self.values[j]
        return self.note(u * v, (i, v), (j, u))


def forward(tape, start):
    """De la primera flecha a la última: lo que cambia cada valor."""
    changes, products = [0.0] * len(tape.values), 0
    changes[start] = 1.0
    for place, source, local in tape.arrows:
        changes[place] += changes[source] * local
        products += 1
    return changes, products


def reverse(tape, end):
    """De la última flecha a la primera: lo que pesa cada valor."""
    weights, products = [0.0] * len(tape.values), 0
    weights[end] = 1.0
    for place, source, local in reversed(tape.arrows):
        weights[source] += weights[place] * local
        products += 1
    return weights, products
# --8<-- [end:cinta]


# --8<-- [start:cuenta]
def sum_of_squares(n):
    """De n entradas a una salida: la suma de sus cuadrados."""
    tape = Tape(range(n))
    total = tape.multiply(0, 0)
    for i in range(1, n):
        total = tape.add(total, tape.multiply(i, i))
    return tape, list(range(n)), [total]


def powers(n):
    """De una entrada a n salidas: t², t³, t⁴…"""
    tape = Tape([2])
    outputs, last = [], 0
    for _ in range(n):
        last = tape.multiply(last, 0)
        outputs.append(last)
    return tape, [0], outputs


def whole_table(tape, inputs, outputs):
    """Los productos que cuesta la tabla entera, en cada sentido."""
    ahead = [forward(tape, start) for start in inputs]
    back = [reverse(tape, end) for end in outputs]
    by_columns = [[changes[end] for changes, _ in ahead] for end in outputs]
    by_rows = [[weights[start] for start in inputs] for weights, _ in back]
    assert by_columns == by_rows, "los dos sentidos dan la misma tabla"
    return [sum(products for _, products in walks) for walks in (ahead, back)]


costs = {}
print("                    hacia adelante  hacia atrás")
for label, build in (("a 1", sum_of_squares), ("de 1 a", powers)):
    for n in (1, 10, 100):
        costs[label, n] = whole_table(*build(n))
        case = f"de {n} a 1" if label == "a 1" else f"de 1 a {n}"
        print(f"{case:18s}  {costs[label, n][0]:14d}  {costs[label, n][1]:11d}")
# --8<-- [end:cuenta]

# --8<-- [start:crecen]
sizes = [1, 2, 4, 8, 16, 32, 64]
fig, axes = plt.subplots(1, 2, figsize=(6.2, 3.2), sharey=True, layout="constrained")
for ax, title, build in zip(axes, ("de $n$ a 1", "de 1 a $n$"), (sum_of_squares, powers)):
    ahead, back = zip(*(whole_table(*build(n)) for n in sizes))
    ax.plot(sizes, ahead, color="C1", marker="o", label="hacia adelante")
    ax.plot(sizes, back, color="C0", marker="s", label="hacia atrás")
    ax.set_xscale("log", base=2)
    ax.set_yscale("log")
    ax.set_title(title)
    ax.set_xlabel("$n$ (escala logarítmica)")
axes[0].set_ylabel("productos (escala logarítmica)")
axes[0].legend()
plt.show()
# --8<-- [end:crecen]

# --8<-- [start:func]
import warnings

from torch.func import grad, hessian, jacfwd, jacrev, jvp, vjp, vmap

# Desde la 2.14, PyTorch avisa aquí de algo que hace él mismo.
warnings.filterwarnings("ignore", message="`torch.jit.script` is deprecated")

push = torch.tensor([push_a, push_b], dtype=torch.float64)
values, change = jvp(stacked, (sides,), (push,))
print("jvp:", text(change))

values, pull = vjp(stacked, sides)
print("vjp:", text(pull(prices)[0]))

for whole in (jacrev, jacfwd):
    print(f"{whole.__name__}:", text(whole(stacked)(sides).flatten()))
# --8<-- [end:func]

# --8<-- [start:recta]
xs = torch.arange(8, dtype=torch.float64)
ys = torch.tensor([1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37], dtype=torch.float64)


def loss(line, x, y):
    """La pérdida de un punto; `line` guarda m y b."""
    return (line[0] * x + line[1] - y) ** 2


def mse(line):
    """La media de las ocho pérdidas."""
    return loss(line, xs, ys).mean()


def mse_gradient(line):
    """El gradiente del coste, a mano."""
    errors = line[0] * xs + line[1] - ys
    return torch.stack([(2 * errors * xs).mean(), (2 * errors).mean()])


line = torch.tensor([0.9, 0.1], dtype=torch.float64)
leaf = line.clone().requires_grad_(True)
mse(leaf).backward()
four_ways = {
    "a mano": mse_gradient(line),
    "diferencias": differences(mse, line),
    "backward": leaf.grad,
    "grad": grad(mse)(line),
}
for name, gradient in four_ways.items():
    print(f"{name:12s}", *(f"{slope:7.3f}" for slope in gradient))
# --8<-- [end:recta]


# --8<-- [start:por-punto]
def loss_gradients(line, x, y):
    """El gradiente de cada pérdida, a mano: una fila por punto."""
    errors = line[0] * x + line[1] - y
    return torch.stack([2 * errors * x, 2 * errors], dim=1)


each = vmap(grad(loss), in_dims=(None, 0, 0))(line, xs, ys)
print("tabla de", tuple(each.shape))
print("último punto:", *(f"{slope:.2f}" for slope in each[-1]))
print("media:       ", *(f"{slope:.3f}" for slope in each.mean(dim=0)))

looped = torch.empty(8, 2, dtype=torch.float64)
for i in range(8):
    leaf = line.clone().requires_grad_(True)
    loss(leaf, xs[i], ys[i]).backward()
    looped[i] = leaf.grad
by_hand = loss_gradients(line, xs, ys)
print("¿la tabla entera?", torch.allclose(each, by_hand), torch.allclose(each, looped))
# --8<-- [end:por-punto]

# --8<-- [start:hessiano]
H = hessian(mse)(line)
second = differences(mse_gradient, line)
print("hessian:    ", text(H.flatten()))
print("diferencias:", text(second.flatten()))
# --8<-- [end:hessiano]


# --8<-- [start:sin-hessiano]
def hessian_vector(f, point, direction):
    """El hessiano por una dirección, sin escribir el hessiano."""
    return jvp(grad(f), (point,), (direction,))[1]


direction = torch.tensor([1.0, -2.0], dtype=torch.float64)
quick = hessian_vector(mse, line, direction)
print("sin hessiano:", text(quick))
print("con él:      ", text(H @ direction))

h = 1e-5
ahead, behind = mse_gradient(line + h * direction), mse_gradient(line - h * direction)
slow = (ahead - behind) / (2 * h)
print("diferencias: ", text(slow))
# --8<-- [end:sin-hessiano]


# --8<-- [start:newton]
def newton_step(f, point):
    """Al punto donde la parábola que mejor se pega tiene pendiente cero."""
    return point - torch.linalg.solve(hessian(f)(point), grad(f)(point))


landed = newton_step(mse, line)
print(f"m = {landed[0]:.4f}, b = {landed[1]:.4f}, coste {mse(landed):.4f}")
print("parciales menores que 1e-12:", (grad(mse)(landed).abs() < 1e-12).tolist())
# --8<-- [end:newton]

# --8<-- [start:mapa]
ms, bs = torch.linspace(-1.0, 1.1, 80), torch.linspace(-0.4, 2.2, 80)
table = torch.stack([torch.stack([mse((m, b)) for m in ms]) for b in bs])
trail = [line]
for _ in range(40):
    trail.append(trail[-1] - 0.05 * grad(mse)(trail[-1]))

fig, ax = plt.subplots(figsize=(5.6, 3.9), layout="constrained")
ax.contour(ms, bs, table, levels=[0.1, 0.4, 1, 3, 8, 18], colors="C0", linewidths=1)
ax.plot(*torch.stack(trail).T, color="C1", marker="o", markersize=3, label="40 vueltas de descenso")
jump = torch.stack([line, landed])
ax.plot(*jump.T, color="C2", linestyle="--", marker="*", markersize=11, label="un paso de Newton")
ax.set_xlabel("$m$")
ax.set_ylabel("$b$")
ax.legend(loc="lower left")
plt.show()
# --8<-- [end:mapa]


# --8<-- [start:ceros]
def careless(sides):
    a, b = sides.tolist()  # ya no son tensores: nadie los sigue
    return sides.new_tensor(measures(a, b))


print("valores:", text(careless(sides)))
print("jacrev: ", text(jacrev(careless)(sides).flatten()))
# --8<-- [end:ceros]


try:
    # --8<-- [start:otra-forma-falla]
    leaf = sides.clone().requires_grad_(True)
    stacked(leaf).backward(gradient=torch.ones(2, dtype=torch.float64))
    # --8<-- [end:otra-forma-falla]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")


# --8<-- [start:unos]
leaf = sides.clone().requires_grad_(True)
stacked(leaf).backward(gradient=torch.ones(3, dtype=torch.float64))
print("con unos:         ", text(leaf.grad))
print("suma de las filas:", text(J.sum(dim=0)))
# --8<-- [end:unos]


# --8<-- [start:cima]
def hills(w):
    """Dos valles y, entre ellos, una cima en cero."""
    return w**4 - 2 * w**2


start = torch.tensor(0.3, dtype=torch.float64)
w = start
for turn in range(1, 5):
    w = w - grad(hills)(w) / grad(grad(hills))(w)
    print(f"paso {turn}: w = {w + 0.0:.3f}, curvatura {grad(grad(hills))(w):.2f}")
# --8<-- [end:cima]


# --8<-- [start:ejercicio-1]
def place(polar):
    """De la distancia y el ángulo, a las coordenadas."""
    radius, angle = polar
    return torch.stack([radius * torch.cos(angle), radius * torch.sin(angle)])


polar = torch.tensor([5.0, 0.6], dtype=torch.float64)
by_hand = torch.tensor(
    [
        [polar[1].cos(), -polar[0] * polar[1].sin()],
        [polar[1].sin(), polar[0] * polar[1].cos()],
    ]
)
print("a mano:", text(by_hand.flatten()))
print("jacrev:", text(jacrev(place)(polar).flatten()))
print(f"determinante: {torch.linalg.det(by_hand):.1f}")
# --8<-- [end:ejercicio-1]


# --8<-- [start:ejercicio-2]
import math


def sine(t):
    """El seno de un número dual."""
    return Dual(math.sin(t.value), math.cos(t.value) * t.change)


angle = Dual(0.7, 1.0)
wave = sine(angle * angle)
print(f"dual: {wave.change:.5f}, a mano: {math.cos(0.7**2) * 2 * 0.7:.5f}")
# --8<-- [end:ejercicio-2]

# --8<-- [start:ejercicio-3]
for weights in ([1.0, 0.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 1.0], [1.0, 0.0, -1.0]):
    leaf = sides.clone().requires_grad_(True)
    stacked(leaf).backward(gradient=torch.tensor(weights, dtype=torch.float64))
    print(weights, "->", text(leaf.grad))
# --8<-- [end:ejercicio-3]


# --8<-- [start:ejercicio-4]
def hessian_vector_twice(f, point, direction):
    """Lo mismo que hessian_vector, solo con backward."""
    leaf = point.clone().requires_grad_(True)
    (slopes,) = torch.autograd.grad(f(leaf), leaf, create_graph=True)
    (product,) = torch.autograd.grad(slopes, leaf, direction)
    return product


print(text(hessian_vector_twice(mse, line, direction)))
# --8<-- [end:ejercicio-4]


# --8<-- [start:ejercicio-5]
def valley(w):
    """Un valle que no es una parábola, con el fondo en el logaritmo de 2."""
    return torch.exp(w) - 2 * w


w = torch.tensor(2.0, dtype=torch.float64)
misses = []
for turn in range(1, 6):
    w = w - grad(valley)(w) / grad(grad(valley))(w)
    misses.append(abs(w.item() - math.log(2)))
    print(f"paso {turn}: falta {misses[-1]:.0e}")
# --8<-- [end:ejercicio-5]
