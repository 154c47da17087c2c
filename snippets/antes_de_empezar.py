"""Antes de empezar: código de `docs/antes-de-empezar.md`."""

# --8<-- [start:suma]
import math

xs = [1, 2, 4]
squares = [x**2 for x in xs]
print(squares, sum(squares))
# --8<-- [end:suma]

# --8<-- [start:producto]
u, v = [3, 4], [4, 3]
dot = sum(a * b for a, b in zip(u, v))
length_u, length_v = math.hypot(*u), math.hypot(*v)
cosine = dot / (length_u * length_v)
print(f"producto {dot}, longitudes {length_u:g} y {length_v:g}, coseno {cosine}")
# --8<-- [end:producto]


# --8<-- [start:potencia]
def power_slope(x, n):
    """La derivada de x elevado a n."""
    return n * x ** (n - 1)


h = 1e-6
measured = ((5 + h) ** 3 - 5**3) / h
print(f"con la regla, {power_slope(5, 3)}; medida, {measured:.3f}")
# --8<-- [end:potencia]


# --8<-- [start:lambda]
def twice(function, x):
    """La función, aplicada dos veces seguidas."""
    return function(function(x))


print(twice(lambda x: 2 * x + 1, 10))
print(sorted([0, 5, 1], key=lambda x: (x - 4) ** 2))  # los más cercanos a 4, antes
# --8<-- [end:lambda]


# --8<-- [start:estrellas]
def area(width, height):
    """El área de un rectángulo."""
    return width * height


def mean(*numbers):
    """La media de los números que le den, sean cuantos sean."""
    return sum(numbers) / len(numbers)


def collect(**options):
    """Lo que le den con su nombre; `options` es un diccionario."""
    return options


sides, named = (3, 7), {"width": 2, "height": 9}
print(area(*sides), area(**named), mean(4, 5, 9))
print(collect(rate=0.1, rounds=20))
# --8<-- [end:estrellas]

# --8<-- [start:estrellas-sueltas]
first, *rest = [8, 6, 9]
print(first, rest)
print((0, *range(3)), [*rest, 10])
# --8<-- [end:estrellas-sueltas]

# --8<-- [start:formatos]
value = 1234.5678
print(f"[{value:.2f}] [{value:10.1f}] [{value:.1e}] [{value:g}] [{42:5d}]")
print(f"[{value:.3g}] [{0.00012345:.3g}] [{5:+d}] [{-0.001:.1f}] [{-0.001:z.1f}]")
word = "paso"
print(f"[{word:6}] [{word:6s}] [{word:>6}] [{42:<6}] [{None!s:6}]")
# --8<-- [end:formatos]

# --8<-- [start:seis]
print("1.", sum(x**2 for x in (2, 3, 5)))
print("2.", sum(a * b for a, b in zip((1, 2), (2, -1))))
print("3.", power_slope(2, 4))
print("4.", (lambda x: x * x - 1)(6))
print("5.", mean(*[2, 4, 12]))
print("6.", f"{2.71828:.3f}")
# --8<-- [end:seis]
