"""Comprobar un gradiente: código de la lección `docs/lecciones/comprobacion.md`."""

# --8<-- [start:buscar]
import matplotlib.pyplot as plt
import numpy as np
import torch


def search(x):
    """Busca a tientas la w con w³ + w = x; x es un array de NumPy, sin negativos."""
    low, high = np.zeros_like(x), x
    for _ in range(80):
        middle = (low + high) / 2
        too_much = middle**3 + middle > x
        high = np.where(too_much, middle, high)
        low = np.where(too_much, low, middle)
    return (low + high) / 2


waters = np.array([2.0, 10.0, 30.0])
levels = search(waters)
print("niveles:", *(f"{level:.4f}" for level in levels))
# --8<-- [end:buscar]

# --8<-- [start:el-deposito]
fig, ax = plt.subplots(figsize=(5.6, 3.2), layout="constrained")
amounts = np.linspace(0, 35, 141)
ax.plot(amounts, search(amounts), color="C0", label="nivel $w$")
for water, level in zip(waters, levels):
    ax.vlines(water, 0, level, color="C1", linestyle="--", linewidth=1.2)
    ax.hlines(level, 0, water, color="C1", linestyle="--", linewidth=1.2)
ax.plot(waters, levels, "o", color="C1")
ax.set_xlabel("litros, $x$")
ax.set_ylabel("nivel, $w$")
ax.set_xlim(0, 35)
ax.set_ylim(0, 3.5)
plt.show()
# --8<-- [end:el-deposito]


# --8<-- [start:pendiente]
def level_slope(w):
    """Lo que sube el nivel por cada unidad de agua, cuando el nivel es w."""
    return 1 / (3 * w**2 + 1)


h = 1e-6
measured = (search(waters + h) - search(waters - h)) / (2 * h)
print("a mano:     ", *(f"{slope:.5f}" for slope in level_slope(levels)))
print("diferencias:", *(f"{slope:.5f}" for slope in measured))
# --8<-- [end:pendiente]


# --8<-- [start:clase]
class Level(torch.autograd.Function):
    """El nivel, con la derivada puesta a mano."""

    @staticmethod
    def forward(ctx, x):
        w = x.new_tensor(search(x.numpy()))
        ctx.save_for_backward(w)  # la vuelta lo necesitará
        return w

    @staticmethod
    def backward(ctx, upstream):
        (w,) = ctx.saved_tensors
        return upstream * level_slope(w)


x = torch.tensor(waters, requires_grad=True)
cost = ((Level.apply(x) - 1.5) ** 2).sum()  # un coste cualquiera
cost.backward()
print(*(f"{slope:.4f}" for slope in x.grad))
# --8<-- [end:clase]


# --8<-- [start:sin-uno]
def mutilated(slope):
    """La misma función, con otra derivada."""

    class Wrong(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x):
            w = x.new_tensor(search(x.numpy()))
            ctx.save_for_backward(w)
            return w

        @staticmethod
        def backward(ctx, upstream):
            (w,) = ctx.saved_tensors
            return slope(upstream, w)

    return Wrong.apply


forgets_one = mutilated(lambda upstream, w: upstream / (3 * w**2))
forgets_upstream = mutilated(lambda upstream, w: level_slope(w))
# --8<-- [end:sin-uno]


# --8<-- [start:perezosa]
def lazy(function, start):
    """Un solo punto, una sola salida, tres decimales."""
    x = torch.tensor([start], dtype=torch.float64, requires_grad=True)
    function(x).sum().backward()
    with torch.no_grad():
        numeric = (function(x + 1e-6) - function(x - 1e-6)) / 2e-6
    return f"{x.grad.item():.3f} y {numeric.item():.3f}"


print("sin el 1,      en x = 1010:", lazy(forgets_one, 1010.0))
print("sin upstream,  en x = 10:  ", lazy(forgets_upstream, 10.0))
# --8<-- [end:perezosa]


# --8<-- [start:gradcheck]
from torch.autograd import gradcheck

correct = Level.apply
candidates = {"correcta": correct, "sin el 1": forgets_one, "sin upstream": forgets_upstream}
for name, function in candidates.items():
    points = torch.tensor(waters, requires_grad=True)
    print(f"{name:13s}", gradcheck(function, (points,), raise_exception=False))
# --8<-- [end:gradcheck]

try:
    # --8<-- [start:se-planta-falla]
    points = torch.tensor(waters, requires_grad=True)
    gradcheck(forgets_one, (points,))
    # --8<-- [end:se-planta-falla]
except RuntimeError as exception:
    print(f"GradcheckError: {exception}")


# --8<-- [start:por-dentro]
def by_columns(function, x, eps=1e-6):
    """El jacobiano con diferencias centrales: mueve las entradas de una en una."""
    with torch.no_grad():
        steps = eps * torch.eye(len(x), dtype=x.dtype)
        columns = [(function(x + step) - function(x - step)) / (2 * eps) for step in steps]
    return torch.stack(columns, dim=1)


def by_rows(function, x):
    """El jacobiano con backward: un 1 para cada salida."""
    y = function(x)
    weights = torch.eye(len(y), dtype=y.dtype)
    return torch.stack([torch.autograd.grad(y, x, w, retain_graph=True)[0] for w in weights])


def agree(function, x, atol=1e-5, rtol=1e-3):
    """Si las dos tablas se parecen lo bastante, casilla por casilla."""
    numeric, analytic = by_columns(function, x), by_rows(function, x)
    return bool(((analytic - numeric).abs() <= atol + rtol * numeric.abs()).all())


for name, function in candidates.items():
    print(f"{name:13s}", agree(function, torch.tensor(waters, requires_grad=True)))
# --8<-- [end:por-dentro]


# --8<-- [start:cubo]
class ScaledCube(torch.autograd.Function):
    """x³ con la derivada multiplicada por un factor: 1 es la buena."""

    @staticmethod
    def forward(ctx, x, factor):
        ctx.save_for_backward(x)
        ctx.factor = factor
        return x**3

    @staticmethod
    def backward(ctx, upstream):
        (x,) = ctx.saved_tensors
        return upstream * ctx.factor * 3 * x**2, None  # el factor no se deriva


two = torch.tensor([2.0], dtype=torch.float64, requires_grad=True)
factors = (1.0, 1.0005, 1.002)
verdicts = []
for factor in factors:
    passes = gradcheck(ScaledCube.apply, (two, factor), raise_exception=False)
    verdicts.append(passes)
    print(f"factor {factor}: derivada {12 * factor:.3f}, gradcheck {passes}")
# --8<-- [end:cubo]


# --8<-- [start:pequena]
class Tiny(torch.autograd.Function):
    """x² en otras unidades, y una derivada que es siempre cero."""

    @staticmethod
    def forward(ctx, x):
        return 1e-6 * x**2

    @staticmethod
    def backward(ctx, upstream):
        return 0 * upstream


three = torch.tensor([3.0], dtype=torch.float64, requires_grad=True)
scaled = {"como está": Tiny.apply, "por un millón": lambda x: 1e6 * Tiny.apply(x)}
for name, function in scaled.items():
    verdict = gradcheck(function, (three,), raise_exception=False)
    print(f"{name:13s} vale {function(three).item():.0e}, gradcheck {verdict}")
strict = gradcheck(Tiny.apply, (three,), atol=1e-10, raise_exception=False)
print("con atol=1e-10:", strict)
# --8<-- [end:pequena]


# --8<-- [start:uve]
def miss(dtype, h):
    """Lo que falla la diferencia central de x³ en 2, en partes de 12."""
    x, h = torch.tensor(2.0, dtype=dtype), torch.tensor(h, dtype=dtype)
    slope = ((x + h) ** 3 - (x - h) ** 3) / (2 * h)
    return abs(slope.item() - 12) / 12


for h in (1e-2, 1e-3, 1e-6):
    single, double = miss(torch.float32, h), miss(torch.float64, h)
    print(f"h = {h:.0e}: float32 falla {single:.0e}, float64 {double:.0e}")
# --8<-- [end:uve]

# --8<-- [start:dos-uves]
exponents = np.linspace(-12, 0, 25)
fig, ax = plt.subplots(figsize=(5.6, 3.8), layout="constrained")
for dtype, color, marker in ((torch.float32, "C1", "o"), (torch.float64, "C0", "s")):
    misses = [max(miss(dtype, 10.0**e), 1e-13) for e in exponents]
    ax.plot(10**exponents, misses, color=color, marker=marker, label=str(dtype)[6:])
ax.axvline(1e-6, color="C2", linestyle="--", label="el paso de gradcheck")
ax.axhline(1e-3, color="C3", linestyle=":", label="lo que tolera")
ax.set_xscale("log")
ax.set_yscale("log")
ax.set_xlabel("$h$")
ax.set_ylabel("error relativo")
fig.legend(loc="outside upper center", ncols=2)
plt.show()
# --8<-- [end:dos-uves]

# --8<-- [start:en-float32]
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # ya avisa de que no son de doble precisión
    for dtype in (torch.float64, torch.float32):
        x = torch.tensor(waters, dtype=dtype, requires_grad=True)
        print(dtype, gradcheck(correct, (x,), raise_exception=False))
# --8<-- [end:en-float32]

# --8<-- [start:distancia]
place = torch.tensor([1.0, 2.0], requires_grad=True)
target = torch.tensor([1.0, 2.0])
distance = ((place - target) ** 2).sum().sqrt()
distance.backward()
print("distancia:", distance.item(), "gradiente:", place.grad.tolist())
# --8<-- [end:distancia]

try:
    # --8<-- [start:anomalia-falla]
    with warnings.catch_warnings(), torch.autograd.set_detect_anomaly(True):
        warnings.simplefilter("ignore")  # avisa de que va más despacio
        ((place - target) ** 2).sum().sqrt().backward()
    # --8<-- [end:anomalia-falla]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")


# --8<-- [start:donde]
with warnings.catch_warnings(record=True) as caught, torch.autograd.set_detect_anomaly(True):
    warnings.simplefilter("always")
    try:
        squares = (place - target) ** 2
        squares.sum().sqrt().backward()
    except RuntimeError:
        pass
report = str(caught[-1].message).splitlines()
print(report[0])
# --8<-- [end:donde]


# --8<-- [start:sumas]
class Turn(torch.autograd.Function):
    """M por x, con la vuelta mal: multiplica por M en lugar de por su traspuesta."""

    @staticmethod
    def forward(ctx, x, M):
        ctx.save_for_backward(M)
        return M @ x

    @staticmethod
    def backward(ctx, upstream):
        (M,) = ctx.saved_tensors
        return M @ upstream, None


symmetric = torch.tensor([[2.0, 1.0], [1.0, 3.0]], dtype=torch.float64)
slanted = torch.tensor([[2.0, 1.0], [0.0, 3.0]], dtype=torch.float64)
v = torch.tensor([0.5, -1.0], dtype=torch.float64, requires_grad=True)
for name, M in (("simétrica", symmetric), ("cualquiera", slanted)):
    rows = by_rows(lambda v, M=M: Turn.apply(v, M), v)
    verdict = gradcheck(Turn.apply, (v, M), raise_exception=False)
    print(f"{name:10s} {M.tolist()}, backward da {rows.tolist()}: {verdict}")
# --8<-- [end:sumas]

# --8<-- [start:azar]
generator = torch.Generator().manual_seed(0)


def noisy(x):
    """Multiplica por un número al azar, otro en cada llamada."""
    return x * torch.rand((), generator=generator, dtype=x.dtype)


print(gradcheck(noisy, (two,), raise_exception=False))
# --8<-- [end:azar]

# --8<-- [start:esquinas]
corner = torch.zeros(1, dtype=torch.float64, requires_grad=True)
between = torch.tensor([0.7, 1.8], dtype=torch.float64, requires_grad=True)
cases = {
    "abs en 0": (torch.abs, corner),
    "relu en 0": (torch.relu, corner),
    "round entre escalones": (torch.round, between),
}
for name, (function, x) in cases.items():
    print(f"{name:22s}", gradcheck(function, (x,), raise_exception=False))
# --8<-- [end:esquinas]


# --8<-- [start:ejercicio-1]
class Product(torch.autograd.Function):
    """a por b, con sus dos derivadas a mano."""

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return a * b

    @staticmethod
    def backward(ctx, upstream):
        a, b = ctx.saved_tensors
        return upstream * b, upstream * a


pair = [torch.tensor([value], dtype=torch.float64, requires_grad=True) for value in (3.0, 5.0)]
Product.apply(*pair).backward()
print([leaf.grad.item() for leaf in pair], gradcheck(Product.apply, tuple(pair)))
# --8<-- [end:ejercicio-1]

# --8<-- [start:ejercicio-2]
for level in (1.0, 10.0, 30.0):
    start = torch.tensor([level**3 + level], dtype=torch.float64, requires_grad=True)
    gap = abs(1 / (3 * level**2) - level_slope(level))
    allowed = 1e-5 + 1e-3 * level_slope(level)
    caught_it = not gradcheck(forgets_one, (start,), raise_exception=False)
    print(f"w = {level:2.0f}, agua {start.item():5.0f}: se aparta {gap:.1e}, se permite {allowed:.1e}, lo pilla {caught_it}")
# --8<-- [end:ejercicio-2]

# --8<-- [start:ejercicio-3]
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    x32 = torch.tensor(waters, dtype=torch.float32, requires_grad=True)
    wide = gradcheck(correct, (x32,), eps=1e-2, raise_exception=False)
print("float32 con eps=1e-2:", wide)
# --8<-- [end:ejercicio-3]

# --8<-- [start:ejercicio-4]
from torch.autograd import gradgradcheck

points = torch.tensor(waters, requires_grad=True)
(slope,) = torch.autograd.grad(Level.apply(points)[2], points, create_graph=True)
(bend,) = torch.autograd.grad(slope[2], points)
level = levels[2]
print(f"autograd: {bend[2]:.6f}, a mano: {-6 * level / (3 * level**2 + 1) ** 3:.6f}")
print("gradgradcheck:", gradgradcheck(Level.apply, (points,)))
# --8<-- [end:ejercicio-4]
