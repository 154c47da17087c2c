"""Tu propio autograd: código de la lección `docs/lecciones/motor.md`."""


# --8<-- [start:valor]
class Value:
    """Un número que recuerda de qué otros viene."""

    born = 0  # cuántos hay; cada uno se lleva su número al nacer

    def __init__(self, data, sources=()):
        self.data = data
        self.sources = sources  # parejas (origen, derivada local)
        self.grad = 0.0
        self.number = Value.born
        Value.born += 1
# --8<-- [end:valor]


# --8<-- [start:operaciones]
def lift(x):
    """Un número corriente pasa a ser una hoja del grafo."""
    return x if isinstance(x, Value) else Value(x)


def add(a, b):
    """a + b: las dos derivadas locales valen 1."""
    a, b = lift(a), lift(b)
    return Value(a.data + b.data, ((a, 1.0), (b, 1.0)))


def multiply(a, b):
    """a · b: la derivada respecto de uno es el otro."""
    a, b = lift(a), lift(b)
    return Value(a.data * b.data, ((a, b.data), (b, a.data)))


def power(a, n):
    """a elevado a n, que es un número corriente."""
    slope = n * a.data ** (n - 1)
    return Value(a.data**n, ((a, slope),))
# --8<-- [end:operaciones]


# --8<-- [start:signos]
Value.__add__ = Value.__radd__ = add
Value.__mul__ = Value.__rmul__ = multiply
Value.__pow__ = power
Value.__sub__ = lambda a, b: add(a, multiply(-1.0, b))
Value.__rsub__ = lambda a, b: add(b, multiply(-1.0, a))
# --8<-- [end:signos]


# --8<-- [start:adelante]
def polynomial(x, y, c):
    """La función de siempre."""
    return 2 * x**3 + 3 * y**2 + c


x, y, c = Value(2.0), Value(3.0), Value(1.0)
f = polynomial(x, y, c)

before_c = f.sources[0][0]  # el último resultado antes de sumar c

print("f =", f.data)
for source, local in f.sources:
    print("viene de", source.data, "con derivada local", local)
# --8<-- [end:adelante]

# --8<-- [start:lo-apuntado]
import matplotlib.pyplot as plt

labels = {"8": (0, 2), "16": (1.3, 2), "9": (0, 0), "27": (1.3, 0), "43": (2.6, 1)}

fig, ax = plt.subplots(figsize=(5.6, 2.6), layout="constrained")
waiting = [before_c]
while waiting:  # hacia atrás, por lo que cada número apuntó
    node = waiting.pop()
    column, row = labels[f"{node.data:.0f}"]
    corner, size = (column - 0.3, row - 0.32), (0.6, 0.64)
    ax.add_patch(plt.Rectangle(corner, *size, fill=False, edgecolor="C0"))
    ax.text(column, row, f"{node.data:.0f}", ha="center", va="center")
    for source, local in node.sources:
        if (name := f"{source.data:.0f}") in labels:
            x0, y0 = labels[name]
            ends = (x0 + 0.32, y0), (column - 0.32, row)
            ax.annotate("", *ends, arrowprops={"arrowstyle": "->", "color": "C1"})
            middle = ((x0 + column) / 2, (y0 + row) / 2 + 0.2)
            ax.text(*middle, f"× {local:.0f}", color="C1", ha="center")
            waiting.append(source)
ax.set_xlim(-0.4, 3)
ax.set_ylim(-0.5, 2.5)
ax.axis("off")
plt.show()
# --8<-- [end:lo-apuntado]


# --8<-- [start:caminos]
def push(node, slope):
    """Recorre todos los caminos, de uno en uno, y acumula."""
    node.grad += slope
    for source, local in node.sources:
        push(source, slope * local)


push(f, 1.0)
print("df/dx =", x.grad)
print("df/dy =", y.grad)
print("df/dc =", c.grad)
# --8<-- [end:caminos]

# --8<-- [start:dos-caminos]
t = Value(3.0)
g = t * t + t
push(g, 1.0)
print("g =", g.data, " dg/dt =", t.grad)
# --8<-- [end:dos-caminos]


# --8<-- [start:torre]
def tower(floors):
    """Una torre: cada piso es el de abajo más él mismo."""
    t = Value(1.0)
    for _ in range(floors):
        t = t + t
    return t


def count_pushes(node):
    """Cuántas llamadas haría `push`."""
    return 1 + sum(count_pushes(source) for source, _ in node.sources)


print("pisos  nodos  llamadas")
for floors in (1, 2, 3, 6, 12):
    pushes = count_pushes(tower(floors))
    print(f"{floors:5d}  {floors + 1:5d}  {pushes:8d}")
# --8<-- [end:torre]


# --8<-- [start:alcance]
def reachable(root):
    """Los nodos de los que viene `root`, por su número."""
    found, waiting = {}, [root]
    while waiting:
        node = waiting.pop()
        if node.number not in found:
            found[node.number] = node
            for source, _ in node.sources:
                waiting.append(source)
    return found
# --8<-- [end:alcance]


# --8<-- [start:backward]
def backward(root):
    """Suma a .grad de cada nodo la derivada de `root` respecto de él."""
    nodes = reachable(root)
    flow = dict.fromkeys(nodes, 0.0)  # lo que ha llegado a cada uno
    flow[root.number] = 1.0
    visits = 0
    for number in sorted(nodes, reverse=True):  # del más nuevo al más viejo
        node = nodes[number]
        node.grad += flow[number]
        visits += 1
        for source, local in node.sources:
            flow[source.number] += flow[number] * local
    return visits
# --8<-- [end:backward]

# --8<-- [start:de-nuevo]
x, y, c = Value(2.0), Value(3.0), Value(1.0)
backward(polynomial(x, y, c))
print("df/dx =", x.grad, " df/dy =", y.grad, " df/dc =", c.grad)

top = tower(50)
visits = backward(top)
print("torre de 50 pisos:", visits, "nodos visitados")
# --8<-- [end:de-nuevo]

# --8<-- [start:visitas]
heights = range(1, 17)
by_path = [count_pushes(tower(floors)) for floors in heights]
by_node = [backward(tower(floors)) for floors in heights]

fig, ax = plt.subplots(figsize=(5.6, 3.6), layout="constrained")
ax.plot(heights, by_path, color="C1", marker="o", label="push: todos los caminos")
ax.plot(heights, by_node, color="C0", marker="s", label="backward: cada nodo, una vez")
ax.set_yscale("log")
ax.set_xlabel("pisos de la torre")
ax.set_ylabel("visitas (escala logarítmica)")
ax.legend()
plt.show()
# --8<-- [end:visitas]

# --8<-- [start:punto]
m, b = Value(0.9), Value(0.1)
x_point, y_point = 7.0, -1.37  # el punto de siempre

y_hat = m * x_point + b  # paso 1: adelante
loss = (y_hat - y_point) ** 2  # paso 2: coste
backward(loss)  # paso 3: gradiente

print(f"pérdida = {loss.data:.4f}")
print(f"dL/dm = {m.grad:.2f}")
print(f"dL/db = {b.grad:.2f}")
# --8<-- [end:punto]

# --8<-- [start:lote]
xs = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]
ys = [1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37]


def mse(m, b):
    """El coste de la recta en los ocho puntos."""
    losses = [(m * x + b - y) ** 2 for x, y in zip(xs, ys)]
    return sum(losses) * (1 / len(xs))


m, b = Value(0.9), Value(0.1)
cost = mse(m, b)
backward(cost)
print(f"C = {cost.data:.4f}")
print(f"dC/dm = {m.grad:.3f}")
print(f"dC/db = {b.grad:.3f}")
# --8<-- [end:lote]


# --8<-- [start:descenso]
def train(m, b, rounds, learning_rate=0.05):
    """Los cuatro pasos, una vuelta tras otra; devuelve los costes."""
    costs = []
    for _ in range(rounds):
        m.grad = b.grad = 0.0
        cost = mse(m, b)
        backward(cost)
        m.data -= learning_rate * m.grad
        b.data -= learning_rate * b.grad
        costs.append(cost.data)
    return costs


m, b = Value(0.9), Value(0.1)
costs = train(m, b, rounds=500)
print(f"m = {m.data:.4f}, b = {b.data:.4f}")
print(f"coste: de {costs[0]:.4f} a {costs[-1]:.4f}")
# --8<-- [end:descenso]

# --8<-- [start:retorcida]
def strange(a, b):
    """Una función cualquiera, con caminos que se juntan."""
    u = a * b - a**2
    v = u * u + 3 * b
    return 2 - b**3 + v * u
# --8<-- [end:retorcida]

# --8<-- [start:torch]
import torch

print("              motor               torch")
for a_start, b_start in ((0.4, -1.7), (1.9, 0.6), (-1.3, 3.1)):
    a, b = Value(a_start), Value(b_start)
    backward(strange(a, b))
    leaves = torch.tensor([a_start, b_start], dtype=torch.float64, requires_grad=True)
    strange(*leaves).backward()
    ours, theirs = (a.grad, b.grad), leaves.grad.tolist()
    rows = [" ".join(f"{slope:9.3f}" for slope in pair) for pair in (ours, theirs)]
    print(f"({a_start:5.2f}, {b_start:5.2f})", *rows)
# --8<-- [end:torch]


# --8<-- [start:por-que-atras]
def weighted_sum(weights):
    """Cada peso por su lugar, sumados: tantas entradas como pesos."""
    return sum(w * i for i, w in enumerate(weights, 1))


def count_products(root):
    """Los productos que hace backward: uno por flecha del grafo."""
    return sum(len(node.sources) for node in reachable(root).values())


print("entradas  backward  hacia adelante")
for size in (1, 10, 100):
    once = count_products(weighted_sum([Value(1.0) for _ in range(size)]))
    print(f"{size:8d}  {once:8d}  {size * once:14d}")
# --8<-- [end:por-que-atras]

# --8<-- [start:sin-vaciar]
x, y, c = Value(2.0), Value(3.0), Value(1.0)
f = polynomial(x, y, c)
backward(f)
backward(f)
print("dos veces, sin vaciar:", x.grad, y.grad)
# --8<-- [end:sin-vaciar]

# --8<-- [start:cambiar-en-medio]
first_t = 3.0
t = Value(first_t)
square = t * t
t.data = 10.0  # ¡entre la ida y la vuelta!
backward(square)
print("valor:", square.data, " derivada:", t.grad)
# --8<-- [end:cambiar-en-medio]

# --8<-- [start:otra-hoja]
first, second = Value(3.0), Value(3.0)
backward(first * first)
print("el que se usó:", first.grad, " el otro:", second.grad)
# --8<-- [end:otra-hoja]

# --8<-- [start:total]
m, b = Value(0.9), Value(0.1)
total = 0.0
sizes = []
for _ in range(3):
    total = total + mse(m, b)  # mal: suma nodos, y con ellos sus grafos
    sizes.append(len(reachable(total)))
print("nodos que guarda total:", sizes)

total = 0.0
for _ in range(3):
    total = total + mse(m, b).data  # bien: suma números
print(f"coste medio: {total / 3:.4f}")
# --8<-- [end:total]


# --8<-- [start:ejercicio-1]
def divide(a, b):
    """a / b es a por b elevado a -1: ninguna derivada nueva."""
    return multiply(a, power(lift(b), -1))


Value.__truediv__ = divide

p, q = Value(6.0), Value(2.0)
ratio = p / q
backward(ratio)
print("p/q =", ratio.data, " d/dp =", p.grad, " d/dq =", q.grad)
# --8<-- [end:ejercicio-1]


# --8<-- [start:ejercicio-2]
import math


def exponential(a):
    """La exponencial es su propia derivada."""
    value = math.exp(a.data)
    return Value(value, ((a, value),))


def logistic(z):
    """La sigmoide logística, con piezas que ya tienes."""
    return divide(1.0, 1.0 + exponential(-1.0 * z))


z = Value(0.0)
activation = logistic(z)
backward(activation)
print(f"valor: {activation.data:.2f}, derivada: {z.grad:.2f}")
# --8<-- [end:ejercicio-2]


# --8<-- [start:ejercicio-3]
def relu(a):
    """max(a, 0): deja pasar lo positivo; en 0, derivada 0, como torch."""
    slope = 1.0 if a.data > 0 else 0.0
    return Value(max(a.data, 0.0), ((a, slope),))


for start in (-2.0, 0.0, 2.0):
    a = Value(start)
    backward(relu(a) * 3.0)
    print(f"a = {start:4.1f}: derivada {a.grad}")
# --8<-- [end:ejercicio-3]


# --8<-- [start:ejercicio-4]
def careless(root):
    """Como backward, pero con = donde iba +=."""
    nodes = reachable(root)
    flow = {root.number: 1.0}
    for number in sorted(nodes, reverse=True):
        nodes[number].grad = flow[number]
        for source, local in nodes[number].sources:
            flow[source.number] = flow[number] * local


for label, function in (("t·t + t", lambda t: t * t + t), ("2t³", lambda t: 2 * t**3)):
    t = Value(3.0)
    careless(function(t))
    wrong = t.grad
    t.grad = 0.0
    backward(function(t))
    print(f"{label}: con = sale {wrong}, con += sale {t.grad}")
# --8<-- [end:ejercicio-4]

# --8<-- [start:ejercicio-5]
w = Value(1.5)
h = 1e-5
up, down = strange(w.data + h, 2.0), strange(w.data - h, 2.0)
numeric = (up - down) / (2 * h)
backward(strange(w, Value(2.0)))
print(f"motor: {w.grad:.4f}, diferencias centrales: {numeric:.4f}")
# --8<-- [end:ejercicio-5]
