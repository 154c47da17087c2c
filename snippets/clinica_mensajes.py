"""Los mensajes de autograd, primera parte: el grafo. Código de la página `docs/clinica-mensajes.md`."""

# --8<-- [start:datos]
import copy
import warnings

import torch
from torch import nn

# --8<-- [end:datos]

try:
    # --8<-- [start:hoja-mal]
    w = torch.tensor(3.0, requires_grad=True)
    (w**2).backward()
    w -= 0.1 * w.grad
    # --8<-- [end:hoja-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:hoja-bien]
with torch.no_grad():
    w -= 0.1 * w.grad
print(f"w = {w:.2f}  ¿hoja? {w.is_leaf}")
# --8<-- [end:hoja-bien]

try:
    # --8<-- [start:vista-mal]
    w = torch.zeros(3, requires_grad=True)
    w[0] = 5.0
    # --8<-- [end:vista-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:vista-bien]
with torch.no_grad():
    w[0] = 5.0
print(w.tolist())
# --8<-- [end:vista-bien]

try:
    # --8<-- [start:vista-no-grad-mal]
    w = torch.zeros(2, 2, requires_grad=True)
    with torch.no_grad():
        flat = w.view(-1)
    flat += 1
    # --8<-- [end:vista-no-grad-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:vista-no-grad-bien]
with torch.no_grad():
    flat += 1
print(w.tolist())
# --8<-- [end:vista-no-grad-bien]

# --8<-- [start:aviso-hoja]
w = torch.tensor(3.0, requires_grad=True)
scaled = w * 0.1
(scaled**2).backward()
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    print(scaled.grad)
print("UserWarning:", str(caught[0].message).split(" (Triggered")[0])
# --8<-- [end:aviso-hoja]

# --8<-- [start:aviso-hoja-causas]
for result in (w * 0.1, w.double(), w - 0.1):
    print(result.is_leaf, result.grad_fn.name())
# --8<-- [end:aviso-hoja-causas]

# --8<-- [start:aviso-hoja-bien]
w.grad = None
scaled = w * 0.1
scaled.retain_grad()
(scaled**2).backward()
print(f"en la hoja: {w.grad:.2f}  en el intermedio: {scaled.grad:.2f}")
# --8<-- [end:aviso-hoja-bien]

try:
    # --8<-- [start:retener-mal]
    x = torch.tensor(2.0)
    x.retain_grad()
    # --8<-- [end:retener-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:retener-bien]
x.requires_grad_()
(x**2).backward()
print(x.grad)
# --8<-- [end:retener-bien]

try:
    # --8<-- [start:banderas-mal]
    w = torch.tensor(3.0, requires_grad=True)
    scaled = w * 2
    scaled.requires_grad = False
    # --8<-- [end:banderas-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:banderas-bien]
constant = scaled.detach()
(constant * w).backward()
print(f"requires_grad: {constant.requires_grad}  dC/dw = {w.grad:.1f}")
# --8<-- [end:banderas-bien]

try:
    # --8<-- [start:no-hoja-mal]
    w = torch.tensor(3.0, requires_grad=True) * 0.1
    torch.optim.SGD([w], lr=0.5)
    # --8<-- [end:no-hoja-mal]
except ValueError as exception:
    print(f"ValueError: {exception}")

# --8<-- [start:no-hoja-bien]
w = (torch.tensor(3.0) * 0.1).requires_grad_()
optimizer = torch.optim.SGD([w], lr=0.25)
(w**2).backward()
optimizer.step()
print(f"¿hoja? {w.is_leaf}  w = {w:.2f}")
# --8<-- [end:no-hoja-bien]

try:
    # --8<-- [start:copia-mal]
    best = torch.tensor(3.0, requires_grad=True) * 2
    copy.deepcopy(best)
    # --8<-- [end:copia-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:copia-bien]
saved = best.detach().clone()
print(saved)
# --8<-- [end:copia-bien]

try:
    # --8<-- [start:vacia-mal]
    class Lists(nn.Module):
        """Mal: las capas, en una lista de Python."""

        def __init__(self):
            super().__init__()
            self.layers = [nn.Linear(1, 4), nn.Linear(4, 1)]

    torch.optim.SGD(Lists().parameters(), lr=0.1)
    # --8<-- [end:vacia-mal]
except ValueError as exception:
    print(f"ValueError: {exception}")


# --8<-- [start:vacia-bien]
class Layers(nn.Module):
    """Bien: las capas, en una lista de módulos."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(1, 4), nn.Linear(4, 1)])


for kind in (Lists, Layers):
    print(kind.__name__, len(list(kind().parameters())))
# --8<-- [end:vacia-bien]

try:
    # --8<-- [start:borrar-mal]
    w = torch.tensor(3.0, requires_grad=True)
    w.grad.zero_()
    # --8<-- [end:borrar-mal]
except AttributeError as exception:
    print(f"AttributeError: {exception}")

# --8<-- [start:borrar-bien]
w.grad = None  # antes de la primera vuelta, no hace nada; en las demás, borra
(w**2).backward()
print(w.grad)
# --8<-- [end:borrar-bien]

try:
    # --8<-- [start:asignar-mal]
    w = torch.zeros(2, requires_grad=True)
    w.grad = torch.ones(3)
    # --8<-- [end:asignar-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:asignar-bien]
w.grad = torch.ones_like(w)
torch.optim.SGD([w], lr=0.5).step()
print(w.tolist())
# --8<-- [end:asignar-bien]
