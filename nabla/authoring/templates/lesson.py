"""TÍTULO: el código de la lección."""


# --8<-- [start:funcion]
def square(x):
    """El cuadrado de x."""
    return x**2


def slope(x):
    """La derivada del cuadrado en x."""
    return 2 * x


x = 3.0
print(f"f({x:.0f}) = {square(x):.1f}, y su derivada, {slope(x):.1f}")
# --8<-- [end:funcion]

# --8<-- [start:dibujo]
import matplotlib.pyplot as plt

xs = [number / 10 for number in range(-40, 41)]
fig, ax = plt.subplots(figsize=(5.6, 3.6))
ax.plot(xs, [square(each) for each in xs], label="$f(x)$")
ax.plot(xs, [square(x) + slope(x) * (each - x) for each in xs], label="tangente")
ax.set_xlabel("$x$")
ax.legend()
plt.show()
# --8<-- [end:dibujo]


# --8<-- [start:factor-perdido]
def wrong_slope(x):
    """Mal: falta el 2."""
    return x


print(f"sin el 2: {wrong_slope(x):.1f}; diferencias centrales: {(square(x + 0.5) - square(x - 0.5)):.1f}")
# --8<-- [end:factor-perdido]

# --8<-- [start:sol-otro-punto]
print(f"{slope(-3.0):.1f}")
# --8<-- [end:sol-otro-punto]

# --8<-- [start:sol-minimo]
print(f"{slope(0.0):.1f}")
# --8<-- [end:sol-minimo]

# --8<-- [start:sol-paso]
print(f"{x - 0.25 * slope(x):.1f}")
# --8<-- [end:sol-paso]

# --8<-- [start:sol-doble]
print(f"{slope(2 * x) / slope(x):.1f}")
# --8<-- [end:sol-doble]
