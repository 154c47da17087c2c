"""La segunda derivada: código de la lección `docs/lecciones/segundo-orden.md`."""

# --8<-- [start:pendientes]
import math
import warnings

import matplotlib.pyplot as plt
import torch


def cube(z):
    """f(z) = z³."""
    return z**3


def cube_slope(z):
    """Su derivada: 3z²."""
    return 3 * z**2


before, after = cube_slope(4.0), cube_slope(4.1)
print(f"pendiente en 4.0: {before:.2f}")
print(f"pendiente en 4.1: {after:.2f}")
print(f"por unidad de z:  {(after - before) / 0.1:.2f}")
# --8<-- [end:pendientes]


# --8<-- [start:segunda]
def cube_second(z):
    """La derivada de la derivada: 6z."""
    return 6 * z


def second_difference(function, z, h=1e-3):
    """La segunda derivada, con tres valores de la función."""
    return (function(z + h) - 2 * function(z) + function(z - h)) / h**2


print(f"fórmula:     {cube_second(4.0):.2f}")
print(f"diferencias: {second_difference(cube, 4.0):.2f}")
# --8<-- [end:segunda]

# --8<-- [start:tangentes]
axis = torch.linspace(-2.9, 4.4, 121)

fig, ax = plt.subplots(figsize=(5.6, 3.6), layout="constrained")
ax.plot(axis, cube(axis), color="C0", label="$z^3$")
for place, style in ((-2.0, "--"), (1.0, "-."), (4.0, ":")):
    near = torch.tensor([place - 1.0, place + 1.0])
    tangent = cube(place) + cube_slope(place) * (near - place)
    ax.plot(near, tangent, style, color="C1", label=f"tangente en $z = {place:.0f}$")
    ax.plot(place, cube(place), "o", color="C1", markersize=5)
ax.set_xlabel("$z$")
ax.set_ylabel("$f(z)$")
ax.legend(loc="upper left")
plt.show()
# --8<-- [end:tangentes]


# --8<-- [start:dos-veces]
z = torch.tensor(4.0, requires_grad=True)
(first,) = torch.autograd.grad(cube(z), z, create_graph=True)
(second,) = torch.autograd.grad(first, z)
print(f"primera: {first:.0f}")
print(f"segunda: {second:.0f}")
# --8<-- [end:dos-veces]


# --8<-- [start:historia]
print("first: ", first)
print("second:", second)
print("z.grad:", z.grad)
# --8<-- [end:historia]


# --8<-- [start:suma-cubos]
z = torch.tensor([-2.0, 1.0, 4.0], requires_grad=True)
total = (z**3).sum()
(first,) = torch.autograd.grad(total, z, create_graph=True)
(second,) = torch.autograd.grad(first.sum(), z, create_graph=True)

print("z:     ", z.tolist())
print("3z²:   ", first.tolist())
print("6z:    ", second.tolist())
print("z.grad:", z.grad)
# --8<-- [end:suma-cubos]


try:
    # --8<-- [start:vector]
    torch.autograd.grad(first, z)
    # --8<-- [end:vector]
except RuntimeError as error:
    print(f"RuntimeError: {error}")


# --8<-- [start:pesos]
grad = torch.autograd.grad  # un nombre más corto

(again,) = grad((z**3).sum(), z, create_graph=True)
weights = torch.ones(3)
(weighted,) = grad(again, z, grad_outputs=weights, retain_graph=True)
print("pesos 1, 1, 1:   ", weighted.tolist())

weights = torch.tensor([1.0, 10.0, 100.0])
(weighted,) = grad(again, z, grad_outputs=weights)
print("pesos 1, 10, 100:", weighted.tolist())
# --8<-- [end:pesos]


# --8<-- [start:dos-tensores]
def square_and_cube(m, ell):
    """La suma de los cuadrados de m y los cubos de l."""
    return (m**2 + ell**3).sum()


def square_and_cube_gradients(m, ell):
    """Un gradiente por tensor, cada uno con la forma del suyo."""
    return 2 * m, 3 * ell**2


m = torch.tensor([1.0, 3.0, -2.0], requires_grad=True)
ell = torch.tensor([-2.0, 1.0, 4.0], requires_grad=True)
total = square_and_cube(m, ell)
grad_m, grad_ell = torch.autograd.grad(total, (m, ell), create_graph=True)
print("2m: ", grad_m.tolist())
print("3l²:", grad_ell.tolist())
# --8<-- [end:dos-tensores]


# --8<-- [start:dos-tensores-segunda]
(second_m,) = torch.autograd.grad(grad_m.sum(), m, retain_graph=True)
(second_ell,) = torch.autograd.grad(grad_ell.sum(), ell, retain_graph=True)
print("2:  ", second_m.tolist())
print("6l: ", second_ell.tolist())
# --8<-- [end:dos-tensores-segunda]


# --8<-- [start:paso]
def tangent_change(z, h):
    """Lo que promete la tangente si z se mueve h."""
    return cube_slope(z) * h


def parabola_change(z, h):
    """Lo que promete la parábola: corrige la tangente con la curvatura."""
    return cube_slope(z) * h + cube_second(z) * h**2 / 2


print("   h    real  tangente  parábola")
for h in (0.5, 0.1, -0.1, -0.5):
    real = cube(1.0 + h) - cube(1.0)
    print(
        f"{h:4.1f} {real:7.3f} {tangent_change(1.0, h):9.3f}"
        f" {parabola_change(1.0, h):9.3f}"
    )
# --8<-- [end:paso]


# --8<-- [start:curvatura]
def draw_contact(ax, at):
    """El cubo, y la tangente y la parábola que lo tocan en un punto."""
    offsets = torch.linspace(-0.9, 0.9, 91)
    zs = at + offsets
    height = cube(at)
    ax.plot(zs, cube(zs), color="C0", label="función")
    tangent = height + tangent_change(at, offsets)
    ax.plot(zs, tangent, color="C1", linestyle="--", label="tangente")
    parabola = height + parabola_change(at, offsets)
    ax.plot(zs, parabola, color="C2", linestyle=":", linewidth=3, label="parábola")
    ax.scatter(at, height, color="C0", zorder=3)
    ax.set_title(f"en $z = {at:.0f}$: curvatura ${cube_second(at):.0f}$")
    ax.set_xlabel("$z$")


fig, (left, right) = plt.subplots(1, 2, figsize=(5.6, 3.6), layout="constrained")
draw_contact(left, -1.0)
draw_contact(right, 1.0)
left.set_ylim(-7, 1.5)
right.set_ylim(-1.5, 7)
left.set_ylabel("$f(z)$")
handles, names = left.get_legend_handles_labels()
fig.legend(handles, names, loc="outside upper center", ncols=3)
plt.show()
# --8<-- [end:curvatura]


# --8<-- [start:datos]
xs = torch.arange(8, dtype=torch.float32)
ys = torch.tensor([1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37])


def mse(m, b, xs, ys):
    """La media de los errores al cuadrado de la recta."""
    return ((m * xs + b - ys) ** 2).mean()


def mse_partials(m, b, xs, ys):
    """Las dos parciales: la media de las parciales de cada punto."""
    errors = m * xs + b - ys
    return 2 * (errors * xs).mean(), 2 * errors.mean()


slope_m, slope_b = mse_partials(0.9, 0.1, xs, ys)
print(f"dC/dm = {slope_m:.3f}  dC/db = {slope_b:.3f}")
# --8<-- [end:datos]


# --8<-- [start:hessiano-formula]
def mse_hessian(xs):
    """El hessiano del coste. No depende de m, ni de b, ni de los datos y."""
    n = len(xs)
    mixed = 2 / n * xs.sum()
    rows = [[2 / n * (xs**2).sum(), mixed], [mixed, 2.0]]
    return torch.tensor(rows, dtype=xs.dtype)


print(f"suma de x: {xs.sum():.0f}, suma de x²: {(xs**2).sum():.0f}")
print(mse_hessian(xs))
# --8<-- [end:hessiano-formula]


# --8<-- [start:hessiano]
m = torch.tensor(0.9, requires_grad=True)
b = torch.tensor(0.1, requires_grad=True)
cost = mse(m, b, xs, ys)

slope_m, slope_b = torch.autograd.grad(cost, (m, b), create_graph=True)
row_m = torch.autograd.grad(slope_m, (m, b), retain_graph=True)
row_b = torch.autograd.grad(slope_b, (m, b))
hessian = torch.tensor([row_m, row_b])
print(hessian)
# --8<-- [end:hessiano]


# --8<-- [start:direcciones]
def curvature_along(hessian, angle):
    """La curvatura al avanzar en una dirección; el ángulo, en radianes."""
    u, v = math.cos(angle), math.sin(angle)
    (h_mm, h_mb), (_, h_bb) = hessian.tolist()
    return h_mm * u**2 + 2 * h_mb * u * v + h_bb * v**2


degrees = [step / 100 for step in range(18001)]  # de 0 a 180 grados
curvatures = [curvature_along(hessian, math.radians(angle)) for angle in degrees]
largest, smallest = max(curvatures), min(curvatures)
print(f"solo m (0 grados):  {curvatures[0]:.2f}")
print(f"solo b (90 grados): {curvatures[9000]:.2f}")
at_largest = degrees[curvatures.index(largest)]
at_smallest = degrees[curvatures.index(smallest)]
print(f"la mayor: {largest:.3f}, a {at_largest:.1f} grados")
print(f"la menor: {smallest:.3f}, a {at_smallest:.1f} grados")
# --8<-- [end:direcciones]


# --8<-- [start:dibujo-direcciones]
fig, ax = plt.subplots(figsize=(5.6, 3.4), layout="constrained")
ax.plot(degrees[::100], curvatures[::100], color="C0")
marks = [(0, "solo $m$", "o"), (9000, "solo $b$", "o")]
marks.append((curvatures.index(largest), "la mayor", "^"))
marks.append((curvatures.index(smallest), "la menor", "v"))
shifts = {"solo $m$": (8, -14), "la mayor": (8, 6), "solo $b$": (-52, -2)}
for index, text, marker in marks:
    place = (degrees[index], curvatures[index])
    ax.scatter(*place, color="C1", marker=marker, s=50, zorder=3)
    shift = shifts.get(text, (-24, -18))
    ax.annotate(text, place, xytext=shift, textcoords="offset points")
ax.set_xticks(range(0, 181, 45))
ax.set_ylim(-6, 42)
ax.set_xlabel("dirección (grados)")
ax.set_ylabel("curvatura del coste")
plt.show()
# --8<-- [end:dibujo-direcciones]


# --8<-- [start:valores-propios]
eigenvalues = torch.linalg.eigvalsh(hessian.double())
print(f"menor {eigenvalues[0]:.3f}, mayor {eigenvalues[1]:.3f}")
print(f"tasa límite: 2 / {eigenvalues[1]:.3f} = {2 / eigenvalues[1]:.5f}")
# --8<-- [end:valores-propios]


try:
    # --8<-- [start:sin-create-graph]
    z = torch.tensor([-2.0, 1.0, 4.0], requires_grad=True)
    (first,) = torch.autograd.grad((z**3).sum(), z)
    print("first:", first)
    torch.autograd.grad(first.sum(), z)
    # --8<-- [end:sin-create-graph]
except RuntimeError as error:
    print(f"RuntimeError: {error}")


try:
    # --8<-- [start:recta]
    (first,) = torch.autograd.grad((5 * z).sum(), z, create_graph=True)
    print("first:", first)
    torch.autograd.grad(first.sum(), z)
    # --8<-- [end:recta]
except RuntimeError as error:
    print(f"RuntimeError: {error}")


try:
    # --8<-- [start:sin-usar]
    torch.autograd.grad(grad_m.sum(), ell)
    # --8<-- [end:sin-usar]
except RuntimeError as error:
    print(f"RuntimeError: {error}")


# --8<-- [start:sin-usar-arreglo]
(cross,) = torch.autograd.grad(
    grad_m.sum(), ell, retain_graph=True, materialize_grads=True
)
print("cruzadas:", cross.tolist())
# --8<-- [end:sin-usar-arreglo]


# --8<-- [start:mezcla]
def pair(z):
    """Una función que mezcla dos números: el cuadrado de uno por el otro."""
    return z[0] ** 2 * z[1]


def pair_gradient(z):
    """Sus dos parciales."""
    return torch.stack([2 * z[0] * z[1], z[0] ** 2])


def pair_hessian(z):
    """Las cuatro segundas derivadas."""
    rows = [[2 * z[1], 2 * z[0]], [2 * z[0], 0.0]]
    return torch.tensor(rows, dtype=z.dtype)
# --8<-- [end:mezcla]


# --8<-- [start:suma-mezcla]
z = torch.tensor([3.0, 5.0], requires_grad=True)
(first,) = torch.autograd.grad(pair(z), z, create_graph=True)
(summed,) = torch.autograd.grad(first.sum(), z, retain_graph=True)
(row_0,) = torch.autograd.grad(first[0], z, retain_graph=True)
(row_1,) = torch.autograd.grad(first[1], z)
print("con la suma:", summed.tolist())
print("filas:      ", row_0.tolist(), row_1.tolist())
# --8<-- [end:suma-mezcla]


# --8<-- [start:backward-dos-veces]
z = torch.tensor(4.0, requires_grad=True)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # PyTorch prefiere autograd.grad
    cube(z).backward(create_graph=True)
first = z.grad.item()
z.grad.backward()
print(f"después del primero: {first:.0f}")
z_grad_twice = z.grad.item()
print(f"después del segundo: {z_grad_twice:.0f}")
z.grad = None  # rompe el círculo entre z y su gradiente
# --8<-- [end:backward-dos-veces]


# --8<-- [start:potencia]
def power(x, y):
    """La potencia, para x mayor que cero."""
    return x**y


def power_slope(x, y):
    """Su derivada respecto de x."""
    return y * x ** (y - 1)


def power_cross(x, y):
    """La derivada de la anterior respecto de y, que es la cruzada."""
    return x ** (y - 1) + y * x ** (y - 1) * torch.log(x)
# --8<-- [end:potencia]


# --8<-- [start:cruzadas]
def crossed(function, x, y):
    """Las dos derivadas cruzadas, según por dónde se empiece: por x o por y."""
    by_x, by_y = torch.autograd.grad(function(x, y), (x, y), create_graph=True)
    (x_first,) = torch.autograd.grad(by_x, y, retain_graph=True)
    (y_first,) = torch.autograd.grad(by_y, x)
    return x_first.item(), y_first.item()


base = torch.tensor(2.0, requires_grad=True)
exponent = torch.tensor(0.0, requires_grad=True)
from_power = crossed(power, base, exponent)
from_exp = crossed(lambda x, y: torch.exp(y * torch.log(x)), base, exponent)
print("x**y:           ", from_power)
print("exp(y * log(x)):", from_exp)
# --8<-- [end:cruzadas]


# --8<-- [start:ejercicio-1]
def fourth_power_slope(z):
    """La derivada de z⁴."""
    return 4 * z**3


def fourth_power_second(z):
    """La segunda derivada de z⁴."""
    return 12 * z**2


z1 = torch.tensor([-1.0, 2.0, 0.5], requires_grad=True)
(first1,) = torch.autograd.grad((z1**4).sum(), z1, create_graph=True)
(second1,) = torch.autograd.grad(first1.sum(), z1)
print("4z³: ", first1.tolist())
print("12z²:", second1.tolist())
# --8<-- [end:ejercicio-1]


# --8<-- [start:ejercicio-2]
z2 = torch.tensor([-2.0, 1.0, 4.0], requires_grad=True)
derivative = z2**3
for order in (1, 2, 3):
    (derivative,) = grad(derivative.sum(), z2, create_graph=True)
    print(order, derivative.tolist())
# --8<-- [end:ejercicio-2]


# --8<-- [start:ejercicio-3]
h3 = 0.1
tangent3 = 1 + fourth_power_slope(1.0) * h3
parabola3 = tangent3 + fourth_power_second(1.0) * h3**2 / 2
print(f"tangente {tangent3:.2f}, parábola {parabola3:.2f}")
print(f"valor exacto: {1.1**4:.4f}")
# --8<-- [end:ejercicio-3]


# --8<-- [start:ejercicio-4]
xs4 = torch.tensor([1.0, 3.0, 6.0])
for heights in ([1.31, 0.33, -1.23], [9.0, 9.0, 9.0]):
    ys4 = torch.tensor(heights)
    m4 = torch.tensor(0.9, requires_grad=True)
    b4 = torch.tensor(0.1, requires_grad=True)
    cost4 = mse(m4, b4, xs4, ys4)
    for slope in grad(cost4, (m4, b4), create_graph=True):
        row = grad(slope, (m4, b4), retain_graph=True)
        print(f"{row[0]:8.4f} {row[1]:8.4f}")
hessian4 = mse_hessian(xs4)
print(f"fórmula: {hessian4[0, 0]:.4f}, {hessian4[0, 1]:.4f} y 2")
# --8<-- [end:ejercicio-4]


# --8<-- [start:ejercicio-5]
def valley(w):
    """f(w) = w³ - 6w."""
    return w**3 - 6 * w


def valley_slope(w):
    """Su primera derivada."""
    return 3 * w**2 - 6


def valley_second(w):
    """Su segunda derivada."""
    return 6 * w


w = 2.0
for jump in range(4):
    slope = valley_slope(w)
    print(f"w = {w:.4f}, f = {valley(w):.4f}, pendiente {slope:.4f}")
    w = w - slope / valley_second(w)
# --8<-- [end:ejercicio-5]
