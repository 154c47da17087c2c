"""La derivada: código de la lección `docs/lecciones/derivada.md`."""

# --8<-- [start:datos]
import matplotlib.pyplot as plt
import numpy as np

xs = [0, 1, 2, 3, 4, 5, 6, 7]
ys = [1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37]
m, b = 0.9, 0.1  # la recta de partida


def predict(m, b, x):
    """La altura de la recta en x."""
    return m * x + b


print(f"en x = 7: el dato, {ys[7]}; la recta, {predict(m, b, 7):.1f}")
# --8<-- [end:datos]


# --8<-- [start:recta]
fig, ax = plt.subplots(figsize=(5.6, 3.5), layout="constrained")
heights = [predict(m, b, x) for x in xs]
ax.scatter(xs, ys, color="C0", zorder=3, label="datos")
ax.plot(xs, heights, color="C1", label="recta")
ax.vlines(xs, ys, heights, color="C2", linestyle="--", label="errores")
ax.set_xlabel("$x$")
ax.set_ylabel("$y$")
fig.legend(loc="outside upper center", ncols=3)
plt.show()
# --8<-- [end:recta]


# --8<-- [start:coste]
def cost(m, b):
    """La media de los errores al cuadrado de la recta."""
    squares = [(predict(m, b, x) - y) ** 2 for x, y in zip(xs, ys)]
    return sum(squares) / len(squares)


here = cost(m, b)
print(f"C = {here:.4f}")
# --8<-- [end:coste]


# --8<-- [start:probar]
def changes(delta):
    """Lo que cambia el coste con cada una de las cuatro pruebas."""
    trials = [(m + delta, b), (m - delta, b), (m, b + delta), (m, b - delta)]
    return [cost(*trial) - here for trial in trials]


print("  Δ   m + Δ   m - Δ   b + Δ   b - Δ")
print("0.1", *[f"{change:+7.1f}" for change in changes(0.1)])
# --8<-- [end:probar]


# --8<-- [start:elegir]
print("  Δ   m + Δ   m - Δ   b + Δ   b - Δ")
for delta in (0.1, 1.0, 3.0):
    print(f"{delta:3.1f}", *[f"{change:+7.1f}" for change in changes(delta)])
# --8<-- [end:elegir]


# --8<-- [start:dos-curvas]
offsets = np.linspace(-3.7, 0.5, 101)

fig, ax = plt.subplots(figsize=(5.6, 3.8), layout="constrained")
ax.plot(offsets, [cost(m + t, b) for t in offsets], color="C0", label="muevo $m$")
ax.plot(offsets, [cost(m, b + t) for t in offsets], "--", color="C1", label="muevo $b$")
for t, mark in ((-1, "s"), (-3, "^")):
    ax.plot(t, cost(m + t, b), mark, color="C0", markersize=8)
    ax.plot(t, cost(m, b + t), mark, color="C1", markersize=8)
ax.plot(0, here, "o", color="C2", markersize=9, zorder=4)
ax.annotate("aquí estás", (0, here), (-6, 12), textcoords="offset points", ha="right")
ax.annotate("$m - 1$", (-1, cost(m - 1, b)), (0, -16), textcoords="offset points")
ax.annotate("$m - 3$", (-3, cost(m - 3, b)), (10, 2), textcoords="offset points")
ax.annotate("$b - 1$", (-1, cost(m, b - 1)), (-8, 10), textcoords="offset points")
ax.annotate("$b - 3$", (-3, cost(m, b - 3)), (-4, 10), textcoords="offset points")
ax.set_ylim(-6, 80)
ax.set_xlabel("cambio del parámetro")
ax.set_ylabel("coste $C$")
ax.legend(loc="upper right")
plt.show()
# --8<-- [end:dos-curvas]


# --8<-- [start:busqueda]
def search(m, b, delta_m, delta_b):
    """Prueba los dos lados de cada parámetro hasta que ninguna prueba mejora."""
    best, count = cost(m, b), 1  # count: cuántas veces se ha calculado el coste
    while True:
        trials = [(m + delta_m, b), (m - delta_m, b)]
        trials += [(m, b + delta_b), (m, b - delta_b)]
        costs = [cost(*trial) for trial in trials]
        count += len(costs)
        if min(costs) >= best:
            return m, b, best, count
        best = min(costs)
        m, b = trials[costs.index(best)]


# --8<-- [end:busqueda]

# --8<-- [start:busqueda-tabla]
print("    Δ  cálculos       m       b  coste final")
for delta in (1, 0.1, 0.01, 0.001):
    end_m, end_b, end_cost, count = search(m, b, delta, delta)
    print(f"{delta:5} {count:9d} {end_m:7.3f} {end_b:7.3f} {end_cost:12.4f}")
# --8<-- [end:busqueda-tabla]


# --8<-- [start:cubo]
def cube(x):
    """x elevado a 3."""
    return x * x * x


print(cube(2), round(cube(2.1), 3))
# --8<-- [end:cubo]


# --8<-- [start:adelante]
def forward_difference(f, x, h):
    """La pendiente de f entre x y x + h."""
    return (f(x + h) - f(x)) / h


for h in (1, 0.1, 0.01, 0.001):
    print(f"h = {h:<5}  pendiente = {forward_difference(cube, 2, h):.4f}")
# --8<-- [end:adelante]


# --8<-- [start:secantes]
near = np.linspace(1.3, 3.15, 101)

fig, ax = plt.subplots(figsize=(5.6, 4.2), layout="constrained")
ax.plot(near, cube(near), color="C0", label="$x^3$")
for h, style, color in ((1, "--", "C1"), (0.5, "-.", "C4")):
    slope = forward_difference(cube, 2, h)
    ax.plot(near, 8 + slope * (near - 2), style, color=color, linewidth=1.5)
    ax.plot(2 + h, cube(2 + h), "o", color=color)
    place = (2 + h, cube(2 + h))
    ax.annotate(f"$h = {h}$", place, (-10, 6), textcoords="offset points", ha="right")
ax.plot(near, 8 + 12 * (near - 2), color="C2", label="pendiente 12")
ax.plot(2, 8, "o", color="C2", markersize=9, zorder=4)
ax.set_xlabel("$x$")
ax.set_ylabel("$f(x)$")
ax.legend(loc="upper left")
plt.show()
# --8<-- [end:secantes]


# --8<-- [start:formula]
def cube_derivative(x):
    """La derivada de x³, con la fórmula."""
    return 3 * x * x


print(cube_derivative(2))
# --8<-- [end:formula]


# --8<-- [start:central]
def central_difference(f, x, h):
    """La pendiente de f entre x - h y x + h."""
    return (f(x + h) - f(x - h)) / (2 * h)


print("    h  adelante   central")
for h in (1, 0.1, 0.01):
    forward = forward_difference(cube, 2, h)
    central = central_difference(cube, 2, h)
    print(f"{h:5} {forward:9.4f} {central:9.4f}")
# --8<-- [end:central]


# --8<-- [start:pendientes]
slope_m = central_difference(lambda t: cost(t, b), m, 0.001)
slope_b = central_difference(lambda t: cost(m, t), b, 0.001)
print(f"al mover m: {slope_m:.3f}")
print(f"al mover b: {slope_b:.3f}")
# --8<-- [end:pendientes]


# --8<-- [start:redondeo]
two = np.float32(2)
print("    h  2 + h guardado         resta  cociente")
for h in (1e-2, 1e-4, 1e-6, 1e-7):
    step = np.float32(h)
    stored = two + step
    rise = cube(stored) - cube(two)
    print(f"{h:.0e}    {stored:.10f}  {rise:.10f}  {rise / step:8.4f}")
# --8<-- [end:redondeo]


# --8<-- [start:balance]
print("       h  truncamiento  redondeo")
for h in (0.1, 0.001, 0.00001):
    truncation, rounding = 6 * h, 0.000001 / h
    print(f"{h:8.5f} {truncation:13.5f} {rounding:9.5f}")
# --8<-- [end:balance]


# --8<-- [start:torch]
import torch

x = torch.tensor(2.0, requires_grad=True)
y = cube(x)

print(y.item())
print(x.grad)
# --8<-- [end:torch]


# --8<-- [start:backward]
y.backward()
print(x.grad.item())
# --8<-- [end:backward]


# --8<-- [start:errores]
steps = [float(f"1e-{k}") for k in range(17)]  # 1, 0.1, 0.01…


def errors(method, kind):
    """Lo que falla un método en x³, en el punto 2, con cada paso."""
    slopes = [method(cube, kind(2), kind(h)) for h in steps]
    return [abs(float(slope) - 12) for slope in slopes]


forward32 = errors(forward_difference, np.float32)
forward64 = errors(forward_difference, np.float64)
central32 = errors(central_difference, np.float32)
central64 = errors(central_difference, np.float64)
print(f"fórmula: error {abs(cube_derivative(2) - 12)}")
print(f"autograd: error {abs(x.grad.item() - 12)}")
# --8<-- [end:errores]


# --8<-- [start:uve]
hollow = {"markerfacecolor": "none", "markersize": 8}
solid = {"markersize": 4}
curves = [
    (forward32, "adelante, float32", "C1", "s--", hollow, 6, 0.5),
    (central32, "central, float32", "C6", "^--", solid, 4, 5e-3),
    (forward64, "adelante, float64", "C0", "o-", hollow, 5, 6e-5),
    (central64, "central, float64", "C2", "D-", solid, 6, 3e-10),
]

fig, ax = plt.subplots(figsize=(5.8, 4.8), layout="constrained")
for values, name, color, style, look, pointed, height in curves:
    ax.loglog(steps, values, style, color=color, linewidth=1.5, **look)
    target = (steps[pointed], values[pointed])
    arrow = {"arrowstyle": "-", "color": color, "shrinkB": 4}
    place = (2e-11, height)
    ax.annotate(name, target, place, color=color, va="center", arrowprops=arrow)
ax.axhline(1e-12, color="C3", linestyle=":")
ax.text(1e-16, 1.6e-12, "fórmula y autograd: error 0, fuera de escala", color="C3")
ax.set_ylim(3e-13, 1e2)
ax.set_xlabel("paso $h$")
ax.set_ylabel("error de la derivada")
plt.show()
# --8<-- [end:uve]


# --8<-- [start:mejor]
table = {
    "adelante float32": forward32,
    "central  float32": central32,
    "adelante float64": forward64,
    "central  float64": central64,
}
print("método            mejor h  error")
for name, values in table.items():
    smallest = min(values)
    print(f"{name}    {steps[values.index(smallest)]:.0e}  {smallest:.0e}")
# --8<-- [end:mejor]


# --8<-- [start:raiz]
def root(a):
    """La raíz cuadrada de a: se corrige diez veces una primera apuesta."""
    guess = 1
    for _ in range(10):
        guess = (guess + a / guess) / 2
    return guess


a = torch.tensor(9.0, requires_grad=True)
result = root(a)
result.backward()
print(f"raíz: {result.item():.4f}")
print(f"autograd:            {a.grad.item():.6f}")
print(f"diferencia central:  {central_difference(root, 9.0, 1e-4):.6f}")
# --8<-- [end:raiz]


# --8<-- [start:raiz-formula]
def root_derivative(a):
    """La derivada de la raíz cuadrada, con la fórmula de los libros."""
    return 1 / (2 * a**0.5)


print(f"fórmula:             {root_derivative(9.0):.6f}")
# --8<-- [end:raiz-formula]


# --8<-- [start:paso-perdido]
print(2 + 1e-16 == 2)
print(forward_difference(cube, 2, 1e-16))
# --8<-- [end:paso-perdido]


# --8<-- [start:falta-el-dos]
def wrong_central(f, x, h):
    """Un fallo: de x - h a x + h hay 2h, y aquí se divide entre h."""
    return (f(x + h) - f(x - h)) / h


for h in (0.1, 0.01, 0.001):
    print(f"h = {h:<5}  {wrong_central(cube, 2, h):.4f}")
# --8<-- [end:falta-el-dos]


# --8<-- [start:circunflejo]
print(2**3, 2 ^ 3)
# --8<-- [end:circunflejo]


try:
    # --8<-- [start:circunflejo-error]
    2.1 ^ 3
    # --8<-- [end:circunflejo-error]
except TypeError as error:
    print(f"TypeError: {error}")


try:
    # --8<-- [start:sin-backward]
    x = torch.tensor(2.0, requires_grad=True)
    y = cube(x)
    print(x.grad.item())
    # --8<-- [end:sin-backward]
except AttributeError as error:
    print(f"AttributeError: {error}")


# --8<-- [start:sol-1]
def square(x):
    """x elevado a 2."""
    return x * x


def square_derivative(x):
    """La derivada de x²."""
    return 2 * x


print(f"adelante: {forward_difference(square, 3, 0.1):.2f}")
print(f"central:  {central_difference(square, 3, 0.1):.2f}")
print(f"derivada: {square_derivative(3)}")
# --8<-- [end:sol-1]


# --8<-- [start:sol-2]
guessed2 = cube_derivative(2) * -0.05
real2 = cube(1.95) - cube(2)
print(f"con la derivada: {guessed2:.2f}")
print(f"de verdad:       {real2:.4f}")
# --8<-- [end:sol-2]


# --8<-- [start:sol-3]
def reciprocal(x):
    """Uno partido por x."""
    return 1 / x


def reciprocal_derivative(x):
    """La derivada de 1/x."""
    return -1 / (x * x)


x3 = torch.tensor(2.0, requires_grad=True)
reciprocal(x3).backward()
print(f"fórmula:            {reciprocal_derivative(2):.4f}")
print(f"diferencia central: {central_difference(reciprocal, 2, 1e-4):.4f}")
print(f"autograd:           {x3.grad.item():.4f}")
# --8<-- [end:sol-3]


# --8<-- [start:sol-4]
print("    h  error")
for h in (1.0, 1e-2, 1e-4, 1e-6, 1e-8, 1e-10):
    error4 = abs(central_difference(square, 3.0, h) - 6)
    print(f"{h:.0e}  {error4:.0e}")
# --8<-- [end:sol-4]


# --8<-- [start:sol-5]
print("  Δm    Δb  cálculos  coste final")
for pair5 in ((0.01, 0.01), (0.01, 0.05), (0.05, 0.01)):
    *_, cost5, count5 = search(m, b, *pair5)
    print(f"{pair5[0]:.2f}  {pair5[1]:.2f} {count5:9d} {cost5:12.4f}")
# --8<-- [end:sol-5]


# --8<-- [start:sol-6]
def price(x):
    """Un programa con un if: los primeros 10 kilos, a 3; los demás, a 2."""
    if x <= 10:
        return 3 * x
    return 30 + 2 * (x - 10)


for kilos in (4.0, 25.0):
    x6 = torch.tensor(kilos, requires_grad=True)
    price(x6).backward()
    slope6 = central_difference(price, kilos, 0.001)
    print(f"{kilos:.0f} kilos: autograd {x6.grad.item():.0f}, central {slope6:.4f}")
# --8<-- [end:sol-6]
