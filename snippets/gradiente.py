"""El gradiente: código de la lección `docs/lecciones/gradiente.md`."""

# --8<-- [start:punto]
import matplotlib.pyplot as plt
import numpy as np
import torch

x, y = 4, 4  # un solo punto


def error(m, b):
    """Lo que la recta se pasa (o, si es negativo, se queda corta) en el punto."""
    return m * x + b - y


def absolute(m, b):
    """La pérdida absoluta: el error, sin su signo."""
    return abs(error(m, b))


def squared(m, b):
    """La pérdida cuadrática: el error, al cuadrado."""
    return error(m, b) ** 2


# --8<-- [end:punto]

# --8<-- [start:una-recta]
fig, ax = plt.subplots(figsize=(5.6, 3.2), layout="constrained")
ends = np.array([0, 5])
ax.plot(ends, 2 * ends - 1, color="C1", label="recta: $m = 2$, $b = -1$")
ax.vlines(x, y, y + error(2, -1), color="C2", linestyle="--")
ax.text(x + 0.1, y + error(2, -1) / 2, f"$e = {error(2, -1)}$", color="C2", va="center")
ax.scatter(x, y, color="C0", s=60, zorder=3, label="el punto")
ax.set_xlabel("$x$")
ax.set_ylabel("$y$")
ax.legend(loc="upper left")
plt.show()
# --8<-- [end:una-recta]

# --8<-- [start:tabla]
print(" m   b  error  absoluta  cuadrática")
for m, b in [(0, 0), (1, 0), (0, 1), (2, -1), (2, -2)]:
    e = error(m, b)
    print(f"{m:2} {b:3} {e:6} {absolute(m, b):9} {squared(m, b):11}")
# --8<-- [end:tabla]


# --8<-- [start:formula]
def absolute_gradient(m, b):
    """Las dos parciales de la pérdida absoluta; con error 0 no existen."""
    e = error(m, b)
    sign = e / abs(e)  # 1 si la recta se pasa, -1 si se queda corta
    return sign * x, sign


def squared_gradient(m, b):
    """Las dos parciales de la pérdida cuadrática."""
    e = error(m, b)
    return 2 * e * x, 2 * e


m, b = 2, -1
print("absoluta:  ", absolute_gradient(m, b))
print("cuadrática:", squared_gradient(m, b))
# --8<-- [end:formula]


# --8<-- [start:diferencias]
def partials(f, m, b, h=1e-4):
    """Las dos parciales de f por diferencias centrales."""
    along_m = (f(m + h, b) - f(m - h, b)) / (2 * h)  # b, quieta
    along_b = (f(m, b + h) - f(m, b - h)) / (2 * h)  # m, quieta
    return along_m, along_b


for name, loss in (("absoluta", absolute), ("cuadrática", squared)):
    along_m, along_b = partials(loss, m, b)
    print(f"{name:10} {along_m:8.4f} {along_b:8.4f}")
# --8<-- [end:diferencias]


# --8<-- [start:autograd]
for name, loss in (("absoluta", absolute), ("cuadrática", squared)):
    m_leaf = torch.tensor(2.0, requires_grad=True)
    b_leaf = torch.tensor(-1.0, requires_grad=True)
    loss(m_leaf, b_leaf).backward()  # una sola llamada, las dos parciales
    print(f"{name:10} {m_leaf.grad.item():8.4f} {b_leaf.grad.item():8.4f}")
# --8<-- [end:autograd]

# --8<-- [start:vector]
gradient = np.array([[24], [6]])
print(gradient)
print("filas y columnas:", gradient.shape)
# --8<-- [end:vector]

# --8<-- [start:rejilla]
axis = np.linspace(-5, 5, 101)  # de -5 a 5, de décima en décima
m_grid, b_grid = np.meshgrid(axis, axis)
maps = {
    "absoluta $|e|$": absolute(m_grid, b_grid),
    "cuadrática $e^2$": squared(m_grid, b_grid),
}
for name, values in maps.items():
    print(f"{name.split()[0]:10} de {values.min():.0f} a {values.max():.0f}")
# --8<-- [end:rejilla]

# --8<-- [start:mapas]
fig, axes = plt.subplots(1, 2, figsize=(5.8, 4.5), sharey=True, layout="constrained")
for ax, (name, values) in zip(axes, maps.items()):
    look = {"cmap": "viridis", "shading": "nearest", "rasterized": True}
    mesh = ax.pcolormesh(axis, axis, values, **look)
    ax.plot([-0.25, 2.25], [5, -5], color="C4", linestyle="--", label="error 0")
    ax.set_title(name)
    ax.set_xlabel("$m$")
    ax.set_aspect("equal")
    ax.set_xticks([-5, 0, 5])
    ax.set_yticks([-5, 0, 5])
    fig.colorbar(mesh, ax=ax, location="bottom", label="pérdida")
axes[0].set_ylabel("$b$")
fig.legend(*axes[0].get_legend_handles_labels(), loc="outside upper center")
plt.show()
# --8<-- [end:mapas]

# --8<-- [start:superficies]
fig, axes = plt.subplots(
    1, 2, figsize=(5.8, 3.3), dpi=180, subplot_kw={"projection": "3d"}
)
for ax, (name, values) in zip(axes, maps.items()):
    look = {"cmap": "viridis", "rasterized": True, "antialiased": False}
    ax.plot_surface(m_grid, b_grid, values, rcount=51, ccount=51, **look)
    ax.set_title(name)
    ax.set_xlabel("$m$")
    ax.set_ylabel("$b$")
    ax.set_xticks([-5, 0, 5])
    ax.set_yticks([-5, 0, 5])
    ax.locator_params(axis="z", nbins=4)
    ax.view_init(elev=28, azim=-70)
    ax.set_box_aspect((1, 1, 0.95), zoom=0.9)
plt.show()
# --8<-- [end:superficies]


# --8<-- [start:direcciones]
def directional_slope(u_m, u_b, grad_m, grad_b):
    """Lo que sube la pérdida por unidad andada en la dirección (u_m, u_b)."""
    return grad_m * u_m + grad_b * u_b


length = np.hypot(24, 6)  # la longitud de la flecha (24, 6)
directions = {
    "solo m": (1, 0),
    "solo b": (0, 1),
    "a medias": (np.sqrt(0.5), np.sqrt(0.5)),
    "gradiente": (24 / length, 6 / length),
    "contraria": (-24 / length, -6 / length),
    "de lado": (-6 / length, 24 / length),
}
# --8<-- [end:direcciones]

# --8<-- [start:subidas]
h = 1e-4
print("dirección     Δm     Δb  predicho  medido")
for name, (u_m, u_b) in directions.items():
    told = directional_slope(u_m, u_b, 24, 6)
    rise = squared(m + h * u_m, b + h * u_b) - squared(m - h * u_m, b - h * u_b)
    print(f"{name:10} {u_m:5.2f}  {u_b:5.2f} {told:z9.2f} {rise / (2 * h):z7.2f}")
# --8<-- [end:subidas]

# --8<-- [start:brujula]
near_m, near_b = np.linspace(1.2, 2.9, 69), np.linspace(-1.8, -0.1, 69)
heights = squared(*np.meshgrid(near_m, near_b))

fig, ax = plt.subplots(figsize=(5.2, 5.2), layout="constrained")
levels = [1, 4, 9, 16, 25]
curves = ax.contour(near_m, near_b, heights, levels, colors="C0", linewidths=1.5)
ax.clabel(curves, fmt="%g", manual=[(1.4 + e / 4, -1.6) for e in range(1, 6)])
for name, (u_m, u_b) in directions.items():
    color = "C1" if name == "gradiente" else "C0"
    told = directional_slope(u_m, u_b, 24, 6)
    arrow = {"arrowstyle": "->", "color": color, "linewidth": 2, "shrinkA": 0}
    ax.annotate("", (m + 0.55 * u_m, b + 0.55 * u_b), (m, b), arrowprops=arrow)
    tip = (m + 0.6 * u_m, b + 0.6 * u_b)
    side = "right" if u_m < 0 else "left"
    ax.text(*tip, f" {told:z.1f} ", color=color, ha=side, va="center")
ax.plot(m, b, "o", color="C2", markersize=9)
ax.set_aspect("equal")  # una unidad mide lo mismo en los dos ejes
ax.grid(False)
ax.set_xlabel("$m$")
ax.set_ylabel("$b$")
plt.show()
# --8<-- [end:brujula]

# --8<-- [start:flechas]
ms, bs = np.meshgrid(np.arange(-4.5, 5, 1.5), np.arange(-4.5, 5, 1.5))

fig, axes = plt.subplots(1, 2, figsize=(5.8, 3.3), sharey=True, layout="constrained")
fields = (absolute_gradient(ms, bs), squared_gradient(ms, bs))
for ax, name, field, scale in zip(axes, maps, fields, (3.5, 150)):
    units = {"angles": "xy", "scale_units": "xy", "scale": scale}
    ax.quiver(ms, bs, *field, color="C0", width=0.012, pivot="mid", **units)
    ax.plot([-0.25, 2.25], [5, -5], color="C1", linestyle="--")
    ax.set_title(name)
    ax.set_xlabel("$m$")
    ax.set_aspect("equal")
    ax.set_xticks([-5, 0, 5])
    ax.set_yticks([-5, 0, 5])
    ax.grid(False)
axes[0].set_ylabel("$b$")
plt.show()
# --8<-- [end:flechas]


# --8<-- [start:los-dos]
rise = squared(m + h, b + h) - squared(m - h, b - h)  # mal: se mueven los dos
print(f"{rise / (2 * h):.2f}")
# --8<-- [end:los-dos]

# --8<-- [start:cambiadas]
rate = 0.01
grad_m, grad_b = squared_gradient(m, b)
print(f"antes:                 {squared(m, b):.2f}")
print(f"cada una en su sitio:  {squared(m - rate * grad_m, b - rate * grad_b):.2f}")
print(f"cambiadas:             {squared(m - rate * grad_b, b - rate * grad_m):.2f}")
# --8<-- [end:cambiadas]

# --8<-- [start:escalas]
fig, axes = plt.subplots(1, 2, figsize=(5.8, 3), layout="constrained")
for ax, height, name in zip(axes, (1.2, 6), ("Escalas iguales", "Mal: distintas")):
    ax.axline((m, b), slope=-4, color="C5")  # aquí la pérdida vale 9
    arrow = {"arrowstyle": "->", "color": "C1", "linewidth": 2}
    ax.annotate("", (m + 24 / length, b + 6 / length), (m, b), arrowprops=arrow)
    ax.plot(m, b, "o", color="C2")
    ax.set_xlim(m - 1.2, m + 1.2)
    ax.set_ylim(b - height, b + height)
    ax.set_box_aspect(1)
    ax.set_title(name)
    ax.set_xlabel("$m$")
axes[0].set_ylabel("$b$")
plt.show()
# --8<-- [end:escalas]


try:
    # --8<-- [start:sin-pedir]
    m_leaf = torch.tensor(2.0, requires_grad=True)
    b_leaf = torch.tensor(-1.0)
    squared(m_leaf, b_leaf).backward()
    print(m_leaf.grad.item())
    print(m_leaf.grad + b_leaf.grad)
    # --8<-- [end:sin-pedir]
except TypeError as exception:
    print(f"TypeError: {exception}")


try:
    # --8<-- [start:esquina]
    along_m, along_b = partials(absolute, 1, 0)
    print(f"{along_m:z.4f} {along_b:z.4f}")
    print(absolute_gradient(1, 0))
    # --8<-- [end:esquina]
except ZeroDivisionError as exception:
    print(f"ZeroDivisionError: {exception}")


# --8<-- [start:sol-1]
print("error:", error(-1, 2))
print("absoluta:  ", absolute_gradient(-1, 2))
print("cuadrática:", squared_gradient(-1, 2))
# --8<-- [end:sol-1]


# --8<-- [start:sol-2]
for delta_m, delta_b in [(0.5, -2), (1, -4), (-3, 12)]:
    m2, b2 = m + delta_m, b + delta_b
    print(f"m = {m2:4.1f}  b = {b2:5.1f}  pérdida = {squared(m2, b2):.1f}")
# --8<-- [end:sol-2]


# --8<-- [start:sol-3]
def squared_gradient_at(m, b, x, y):
    """Las parciales de la pérdida cuadrática en un punto cualquiera."""
    e = m * x + b - y
    return 2 * e * x, 2 * e


print("   x   ∂L/∂m   ∂L/∂b")
for x3 in (4, 1, 0.5, 0, -2):
    grad_m3, grad_b3 = squared_gradient_at(2, 2, x3, 1)
    print(f"{x3:4.1f} {grad_m3:7.1f} {grad_b3:7.1f}")
# --8<-- [end:sol-3]


# --8<-- [start:sol-4]
def suspect_gradient(m, b):
    """Las parciales de la pérdida absoluta, según una compañera."""
    return x, 1


for m4, b4 in [(2, -1), (3, 0), (0, 0), (-2, 3)]:
    measured4 = partials(absolute, m4, b4)[0]
    verdict = "bien" if abs(measured4 - suspect_gradient(m4, b4)[0]) < 1e-6 else "mal"
    print(f"({m4:2}, {b4:2})  error {error(m4, b4):3}  {verdict}")
# --8<-- [end:sol-4]


# --8<-- [start:sol-5]
angles = np.radians(np.arange(360))  # de grado en grado
slopes5 = directional_slope(np.cos(angles), np.sin(angles), 24, 6)
steepest = int(slopes5.argmax())
print(f"mejor ángulo:  {steepest} grados, pendiente {slopes5[steepest]:.2f}")
print(f"del gradiente: {np.degrees(np.arctan2(6, 24)):.1f} grados")
print(f"a 60 grados de él: {slopes5[steepest + 60]:.1f}")
# --8<-- [end:sol-5]


# --8<-- [start:sol-6]
def product(m, b):
    """m al cuadrado, por b."""
    return m * m * b


def product_gradient(m, b):
    """Las dos parciales de m² b."""
    return 2 * m * b, m * m


m6 = torch.tensor(3.0, requires_grad=True)
b6 = torch.tensor(2.0, requires_grad=True)
product(m6, b6).backward()
by_differences6 = partials(product, 3, 2)
print("fórmula:    ", product_gradient(3, 2))
print(f"diferencias: {by_differences6[0]:.2f} {by_differences6[1]:.2f}")
print(f"autograd:    {m6.grad.item():.2f} {b6.grad.item():.2f}")
# --8<-- [end:sol-6]
