"""Los síntomas sin mensaje, primera parte: el gradiente. Código de la página `docs/clinica-sintomas.md`."""

# --8<-- [start:examinar]
import warnings

import torch
from torch import nn


def examine(parameters):
    """De cada parámetro, si es hoja, si pide gradiente y cuánto mide el que tiene."""
    print("         forma    hoja   pide   gradiente")
    for name, p in parameters:
        size = "None" if p.grad is None else f"{p.grad.norm():.4g}"
        print(f"{name:8} {tuple(p.shape)!s:8} {p.is_leaf!s:6} {p.requires_grad!s:6} {size}")


model = nn.Sequential(nn.Linear(2, 1))
model[0].bias.requires_grad_(False)
model(torch.tensor([3.0, 4.0])).backward()
examine(model.named_parameters())
# --8<-- [end:examinar]


# --8<-- [start:none]
def weight():
    """Un parámetro nuevo, que pide gradiente."""
    return torch.tensor(3.0, requires_grad=True)


def not_yet():
    """Todavía no ha habido backward."""
    w = weight()
    return w, w.grad


def not_leaf():
    """Se multiplicó o se movió con .to(): es un resultado."""
    leaf = weight()
    w = leaf * 0.5
    (w**2).backward()
    return w, leaf.grad


def rebound():
    """Se volvió a asignar con w = w - …"""
    w = old = weight()
    (w**2).backward()
    with torch.no_grad():
        w = w - 0.1 * w.grad
    return w, old.grad


def unused():
    """El coste no depende de él."""
    w, b = weight(), weight()
    (w**2).backward()
    return b, w.grad


def cut():
    """El coste depende de él solo a través de un detach."""
    w, b = weight(), weight()
    (w**2 * b.detach()).backward()
    return b, w.grad


def frozen():
    """Está congelado."""
    w, b = weight(), weight().requires_grad_(False)
    (w**2 * b).backward()
    return b, w.grad


def cleared():
    """Se mira después de zero_grad."""
    w = weight()
    (w**2).backward()
    before = w.grad
    torch.optim.SGD([w]).zero_grad()
    return w, before


def asked_apart():
    """Se pidió con autograd.grad, que lo devuelve y no lo guarda."""
    w = weight()
    (given,) = torch.autograd.grad(w**2, w)
    return w, given


print("             hoja   pide   grad  y en otro sitio")
for cause in (not_yet, not_leaf, rebound, unused, cut, frozen, cleared, asked_apart):
    w, elsewhere = cause()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # leer el .grad de lo que no es hoja avisa
        grad = w.grad
    print(f"{cause.__name__:12} {w.is_leaf!s:6} {w.requires_grad!s:6} {grad}  {elsewhere}")
# --8<-- [end:none]

# --8<-- [start:doble]
w = torch.tensor(3.0, requires_grad=True)
for _ in range(3):
    print(f"antes: {w.grad}", end="  ")
    (w**2).backward()
    print(f"después: {w.grad}")
# --8<-- [end:doble]


# --8<-- [start:donde]
def descend(where):
    """Cuatro vueltas hacia el mínimo de (w - 3)², con zero_grad en un sitio."""
    w = torch.tensor(0.0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.25)
    if where == "antes del bucle":
        optimizer.zero_grad()
    for _ in range(4):
        if where == "al empezar":
            optimizer.zero_grad()
        loss = (w - 3) ** 2
        loss.backward()
        if where == "entre backward y step":
            optimizer.zero_grad()
        optimizer.step()
        if where == "al acabar":
            optimizer.zero_grad()
    return w.item()


places = ["al empezar", "al acabar", "entre backward y step", "antes del bucle", "nunca"]
for where in places:
    print(f"{where:22} w = {descend(where):.4f}")
# --8<-- [end:donde]

# --8<-- [start:cero]
gates = {
    "relu(-2)": (torch.relu, -2.0),
    "sigmoid(17)": (torch.sigmoid, 17.0),
    "sigmoid(-17)": (torch.sigmoid, -17.0),
    "clamp de 0 a 1": (lambda x: x.clamp(0, 1), 1.5),
    "clamp, en el borde": (lambda x: x.clamp(0, 1), 1.0),
    "round": (torch.round, 0.3),
    "leaky_relu(-2)": (nn.functional.leaky_relu, -2.0),
}
for name, (function, start) in gates.items():
    x = torch.tensor(start, requires_grad=True)
    function(x).backward()
    print(f"{name:18} {x.grad:.3g}")
# --8<-- [end:cero]

# --8<-- [start:cero-data]
w = torch.tensor(1.0, requires_grad=True)
a = torch.exp(w)
a.data.mul_(0)  # nadie se entera: ni aviso ni error
a.backward()
print(f"con .data: {w.grad}  lo correcto: {torch.exp(w).item():.4f}")
# --8<-- [end:cero-data]

# --8<-- [start:iguales]
hidden = torch.full((2, 2), 0.5, requires_grad=True)
output = torch.tensor([0.3, 0.3], requires_grad=True)
x, y = torch.tensor([1.0, -2.0]), 1.0
((output @ torch.tanh(hidden @ x) - y) ** 2).backward()
print([[round(g, 4) for g in row] for row in hidden.grad.tolist()])
# --8<-- [end:iguales]

# --8<-- [start:nan-buscar]
w = torch.tensor(1.0, requires_grad=True)
optimizer = torch.optim.SGD([w], lr=1.5)
for step in range(200):
    optimizer.zero_grad()
    loss = (w**2 + 1).log() + w**4
    loss.backward()
    if not torch.isfinite(w.grad):
        print(f"paso {step}: coste {loss.item()}, gradiente {w.grad.item()}")
        break
    optimizer.step()
    print(f"paso {step}: w = {w.item():.3g}")
# --8<-- [end:nan-buscar]

# --8<-- [start:nan]
dangers = {
    "sqrt en 0": (torch.sqrt, [0.0]),
    "0 · sqrt en 0": (lambda x: 0 * torch.sqrt(x), [0.0]),
    "log en 0": (torch.log, [0.0]),
    "x · log(x) en 0": (lambda x: x * torch.log(x), [0.0]),
    "x ** (1/3) en -8": (lambda x: x ** (1 / 3), [-8.0]),
    "norma en 0": (lambda x: x.norm(), [0.0, 0.0]),
    "sqrt(Σx²) en 0": (lambda x: (x**2).sum().sqrt(), [0.0, 0.0]),
    "x / norma en 0": (lambda x: x / x.norm(), [0.0, 0.0]),
    "where con log": (lambda x: torch.where(x > 0, torch.log(x), 0.0), [0.0]),
    "dividir y filtrar": (lambda x: (x / x)[x > 0], [0.0, 1.0]),
}
for name, (function, start) in dangers.items():
    x = torch.tensor(start, requires_grad=True)
    value = function(x).sum()
    value.backward()
    print(f"{name:18} valor {value.item():5.3g}  gradiente {x.grad.tolist()}")
# --8<-- [end:nan]

# --8<-- [start:nan-bien]
tiny = torch.finfo(torch.float32).tiny  # el menor positivo que no ha perdido cifras
repairs = {
    "sqrt": (lambda x: torch.where(x > 0, x.clamp(min=tiny).sqrt(), 0.0), [0.0]),
    "log": (lambda x: torch.log(x + 1e-6), [0.0]),
    "x · log(x)": (lambda x: torch.where(x > 0, x * x.clamp(min=tiny).log(), 0.0), [0.0]),
    "x ** (1/3)": (lambda x: x.sign() * x.abs() ** (1 / 3), [-8.0]),
    "x / norma": (lambda x: x / (x.norm() + 1e-3), [0.0, 0.0]),
    "filtrar y dividir": (lambda x: x[x > 0] / x[x > 0], [0.0, 1.0]),
}
for name, (function, start) in repairs.items():
    x = torch.tensor(start, requires_grad=True)
    value = function(x).sum()
    value.backward()
    print(f"{name:18} valor {value.item():5.3g}  gradiente", *[f"{g:.4g}" for g in x.grad])
# --8<-- [end:nan-bien]

# --8<-- [start:nan-en-el-paso]
def stepped(name, **options):
    """El gradiente de una neurona muerta y su peso después de un paso, en float16."""
    w = torch.tensor(1.0, dtype=torch.float16, requires_grad=True)
    (0 * w).backward()
    getattr(torch.optim, name)([w], **options).step()
    return w.grad.item(), w.item()


eps = torch.tensor(1e-8, dtype=torch.float16)
print(f"1e-8 en float16: {eps.item()}, y cero entre eso: {(0 / eps).item()}")
for name in ("SGD", "Adam", "AdamW", "RMSprop", "RAdam"):
    gradient, w = stepped(name)
    print(f"{name:8} gradiente {gradient:.0f}, peso {w:.0f}")
large_eps = 1e-4
print("Adam con la ε mayor: peso", stepped("Adam", eps=large_eps)[1])
# --8<-- [end:nan-en-el-paso]
