"""El primer gradiente: código de la página de inicio, `docs/index.md`."""

# --8<-- [start:gradiente]
import torch

x, y = torch.tensor(7.0), torch.tensor(-1.37)  # el punto
m = torch.tensor(0.9, requires_grad=True)  # la pendiente
b = torch.tensor(0.1, requires_grad=True)  # la ordenada


def cost(m, b):
    """El cuadrado del error de la recta en el punto."""
    return (m * x + b - y) ** 2


C = cost(m, b)
C.backward()
print(f"∂C/∂m = {m.grad.item():.2f}")
print(f"∂C/∂b = {b.grad.item():.2f}")
# --8<-- [end:gradiente]

# --8<-- [start:pregunta]
import matplotlib.pyplot as plt

with torch.no_grad():
    ends = torch.tensor([-1.6, 8.0])
    line = m * ends + b
    side = (m * x + b - y).item()  # el error, que es el lado del cuadrado

fig, ax = plt.subplots(figsize=(4.6, 4.2), layout="constrained")
corner = (x.item() - side, y.item())
ax.add_patch(plt.Rectangle(corner, side, side, color="C2", alpha=0.35))
ax.plot(ends, line, color="C1", label="la recta")
ax.plot(x, y, "o", color="C0", markersize=8, label="el punto")
ax.set_aspect("equal")
ax.set(xlabel="$x$", ylabel="$y$", xlim=(-1.8, 8.2))
ax.legend(loc="upper left")
plt.show()
# --8<-- [end:pregunta]

# --8<-- [start:pendientes]
here = C.item()
slope_m, slope_b = m.grad.item(), b.grad.item()
shift = torch.linspace(-1.3, 0.4, 100)  # cuánto se mueve un parámetro
near = torch.tensor([-0.4, 0.4])  # el tramo de las tangentes

fig, ax = plt.subplots(figsize=(5.6, 4.2), layout="constrained")
with torch.no_grad():
    ax.plot(shift, cost(m + shift, b), color="C0")
    ax.plot(shift, cost(m, b + shift), color="C1")
ax.plot(near, here + slope_m * near, "--", color="C0", lw=1.2)
ax.plot(near, here + slope_b * near, "--", color="C1", lw=1.2)
ax.plot(0, here, "o", color="C2", markersize=7, zorder=3)
ax.annotate(f"$∂C/∂m = {slope_m:.2f}$", (0.2, 96), ha="right", color="C0")
ax.annotate(f"$∂C/∂b = {slope_b:.2f}$", (0.4, 52), ha="right", color="C1")
ax.annotate("si solo se mueve $b$", (-1.28, 52), color="C1")
ax.annotate("si solo se mueve $m$", (-0.6, 8), color="C0")
ax.set(xlabel="cambio del parámetro", ylabel="coste $C$", ylim=(-4, 112))
plt.show()
# --8<-- [end:pendientes]
