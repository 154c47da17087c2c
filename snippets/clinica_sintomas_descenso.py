"""Los síntomas sin mensaje, segunda parte: el descenso. Código de la página `docs/clinica-sintomas.md`."""

# --8<-- [start:datos-descenso]
import math

import torch
from torch import nn

# --8<-- [end:datos-descenso]


# --8<-- [start:quieto]
def layer():
    """Una recta con los pesos a la vista: dos entradas y una salida."""
    return nn.Linear(2, 1)


def train(model, optimizer, step=lambda optimizer: optimizer.step()):
    """Un paso; devuelve cuánto se ha movido el peso de la recta."""
    before = model.weight.detach().clone()
    optimizer.zero_grad()
    model(torch.tensor([3.0, 4.0])).sum().backward()
    step(optimizer)
    return (model.weight - before).abs().max().item()


def right():
    """Bien: los parámetros del modelo que se entrena."""
    model = layer()
    return model, torch.optim.SGD(model.parameters(), lr=0.1)


def other_model():
    """Los parámetros de otro modelo."""
    return layer(), torch.optim.SGD(layer().parameters(), lr=0.1)


def replaced():
    """El peso se cambió por otro cuando el optimizador ya tenía el primero."""
    model, optimizer = right()
    model.weight = nn.Parameter(torch.zeros(1, 2))
    return model, optimizer


def frozen():
    """El peso está congelado."""
    model, optimizer = right()
    model.weight.requires_grad_(False)
    return model, optimizer


print("              se mueve  ¿lo tiene el optimizador?  grad")
for case in (right, other_model, replaced, frozen):
    model, optimizer = case()
    moved = train(model, optimizer)
    owned = any(p is model.weight for p in optimizer.param_groups[0]["params"])
    grad = None if model.weight.grad is None else model.weight.grad.tolist()
    print(f"{case.__name__:12} {moved:9.2f}  {owned!s:25}  {grad}")
# --8<-- [end:quieto]

# --8<-- [start:parentesis]
model, optimizer = right()
print(f"optimizer.step     {train(model, optimizer, lambda optimizer: optimizer.step):.2f}")
print(f"optimizer.step()   {train(model, optimizer):.2f}")
optimizer.lr = 0.5  # un atributo nuevo, que nadie lee
print(f"optimizer.lr       {train(model, optimizer):.2f}")
optimizer.param_groups[0]["lr"] = 0.5
print(f"param_groups       {train(model, optimizer):.2f}")
model.weight.requires_gard = False  # otro
print(f"requires_gard      {train(model, optimizer):.2f}")
# --8<-- [end:parentesis]

# --8<-- [start:redondeo]
for dtype in (torch.float32, torch.bfloat16):
    w = torch.tensor(1.0, dtype=dtype, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.001)
    for _ in range(100):
        optimizer.zero_grad()
        w.backward()  # el gradiente es 1: cada paso debería restar 0.001
        optimizer.step()
    below = 1 - torch.finfo(dtype).eps / 2
    print(f"{dtype!s:15} w = {w.item():.4f}  el número anterior a uno: {below:.4f}")
# --8<-- [end:redondeo]

# --8<-- [start:fundido]
sizes = [15, 16, 33]
print("se mueven, de", sizes)
for dtype in (torch.float32, torch.float16, torch.bfloat16):
    for fused in (False, True):
        moved = []
        for size in sizes:
            w = torch.ones(size, dtype=dtype, requires_grad=True)
            optimizer = torch.optim.SGD([w], lr=0.5, fused=fused)
            w.sum().backward()
            optimizer.step()
            moved.append((w == 0.5).sum().item())
        print(f"{dtype!s:15} fused={fused!s:6} {moved}")
# --8<-- [end:fundido]


# --8<-- [start:congelado]
def coast(set_to_none, **options):
    """Un paso, y tres más después de congelar; cuánto se mueve en esos tres."""
    w = torch.tensor(1.0, requires_grad=True)
    optimizer = torch.optim.SGD([w], lr=0.1, **options)
    (2 * w).backward()
    optimizer.step()
    w.requires_grad_(False)
    before = w.item()
    for _ in range(3):
        optimizer.zero_grad(set_to_none=set_to_none)
        optimizer.step()
    return w.item() - before


print("                 grad a None  grad a cero")
for options in ({}, {"momentum": 0.9}, {"weight_decay": 0.1}):
    name = next(iter(options), "sin nada")
    print(f"{name:16} {coast(True, **options):11.4f} {coast(False, **options):12.4f}")
# --8<-- [end:congelado]

# --8<-- [start:suelo]
for classes in (2, 3, 10):
    perfect = 100 * torch.eye(classes)
    labels = torch.arange(classes)
    loss = nn.CrossEntropyLoss()
    right_loss = loss(perfect, labels)
    wrong_loss = loss(torch.softmax(perfect, dim=1), labels)
    floor = math.log(1 + (classes - 1) / math.e)
    costs = f"bien {right_loss:.3f}  con softmax {wrong_loss:.3f}  suelo {floor:.3f}"
    print(f"{classes:2} clases: {costs}")
# --8<-- [end:suelo]


# --8<-- [start:memoria]
def nodes(tensor):
    """Cuántas operaciones guarda la historia de un tensor."""
    seen, pending = set(), [tensor.grad_fn]
    while pending:
        node = pending.pop()
        if node is not None and node not in seen:
            seen.add(node)
            pending += [parent for parent, _ in node.next_functions]
    return len(seen)


w = torch.tensor(0.5, requires_grad=True)
total, number = 0.0, 0.0
for _ in range(4):
    loss = (w**2).exp()
    total += loss  # guarda la historia de cada vuelta
    number += loss.item()  # guarda un número
    print(f"total {total.item():.3f}, con {nodes(total):2} operaciones, number {number:.3f}")
# --8<-- [end:memoria]

# --8<-- [start:tabla]
net = nn.Sequential(nn.Linear(2, 2), nn.Dropout(0.5))
x = torch.ones(1, 2)


def in_eval():
    """Cambia las capas que se portan distinto al entrenar; el grafo sigue."""
    net.eval()
    return net(x)


def in_no_grad():
    """No apunta; las capas siguen entrenando."""
    with torch.no_grad():
        return net(x)


def in_inference():
    """No apunta, y el resultado no puede entrar en otro grafo."""
    with torch.inference_mode():
        return net(x)


def detached():
    """Apunta, y después suelta el resultado."""
    return net(x).detach()


def data():
    """Como detach, pero sin llevar la cuenta de los cambios."""
    return net(x).data


print("              dropout  pide   inferencia  cuenta los cambios")
for mode in (in_eval, in_no_grad, in_inference, detached, data):
    net.train()
    y = mode()
    if y.is_inference():
        counts = "no lleva cuenta"
    else:
        a = torch.exp(torch.ones(2, requires_grad=True))
        copy = a.data if mode is data else a.detach()
        copy.mul_(2)
        counts = a._version == 1
    flags = f"{net.training!s:8} {y.requires_grad!s:6} {y.is_inference()!s:11}"
    print(f"{mode.__name__:13} {flags} {counts}")
# --8<-- [end:tabla]
