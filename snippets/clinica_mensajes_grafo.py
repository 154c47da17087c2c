"""Los mensajes de autograd, segunda parte: `backward`. Código de la página `docs/clinica-mensajes.md`."""

# --8<-- [start:datos-grafo]
import re
import warnings

import torch
from torch import nn

# --8<-- [end:datos-grafo]

try:
    # --8<-- [start:sin-grafo-mal]
    w = torch.tensor(3.0)
    loss = (2 * w - 1) ** 2
    loss.backward()
    # --8<-- [end:sin-grafo-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:sin-grafo-causas]
asked = torch.tensor(3.0, requires_grad=True)
with torch.no_grad():
    lost = asked - 0.1  # una resta: otro tensor, que ya no pide nada
    silent = asked**2
with torch.inference_mode():
    inferred = asked**2
frozen = nn.Linear(1, 1).requires_grad_(False)
losses = {
    "sin requires_grad": w**2,
    "dentro de no_grad": silent,
    "detach": asked.detach() ** 2,
    "torch.tensor(item)": torch.tensor((asked**2).item()),
    "w = w - … perdida": lost**2,
    "modelo congelado": frozen(torch.ones(1)),
    "argmax": torch.stack([asked, asked]).argmax(),
    "comparación": asked > 2,
    "inference_mode": inferred,
    "round": asked.round(),
}
print("                    requires_grad  is_inference  dtype")
for name, loss in losses.items():
    print(f"{name:19} {loss.requires_grad!s:14} {loss.is_inference()!s:13} {loss.dtype}")
# --8<-- [end:sin-grafo-causas]

# --8<-- [start:sin-grafo-bien]
w.requires_grad_()
loss = (2 * w - 1) ** 2
loss.backward()
print(f"dC/dw = {w.grad:.1f}")
# --8<-- [end:sin-grafo-bien]

try:
    # --8<-- [start:escalar-mal]
    w = torch.tensor(3.0, requires_grad=True)
    errors = w * torch.tensor([1.0, 2.0, 4.0])
    errors.backward()
    # --8<-- [end:escalar-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:escalar-bien]
weights = {
    "mean()": torch.full((3,), 1 / 3),
    "sum()": torch.ones(3),
    "solo el último": torch.tensor([0.0, 0.0, 1.0]),
}
for name, weight in weights.items():
    (g,) = torch.autograd.grad(errors, w, grad_outputs=weight, retain_graph=True)
    print(f"{name:15} {g:.3f}")
# --8<-- [end:escalar-bien]

try:
    # --8<-- [start:forma-mal]
    errors.backward(gradient=torch.ones(2))
    # --8<-- [end:forma-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:forma-bien]
errors.backward(gradient=torch.ones_like(errors))
print(f"{w.grad:.1f}")
# --8<-- [end:forma-bien]

try:
    # --8<-- [start:segunda-mal]
    w = torch.tensor(3.0, requires_grad=True)
    loss = (2 * w - 1) ** 2  # fuera del bucle
    for _ in range(2):
        loss.backward()
    # --8<-- [end:segunda-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:segunda-bien]
for _ in range(2):
    w.grad = None
    loss = (2 * w - 1) ** 2  # dentro: cada vuelta, su grafo
    loss.backward()
print(f"dC/dw = {w.grad:.1f}")
# --8<-- [end:segunda-bien]

# --8<-- [start:segunda-estado]
w.grad = None
state = torch.tensor(0.1)
for x in (-0.5, 0.2):
    state = torch.tanh(w * state.detach() + x)  # sin detach, el segundo backward falla
    state.backward()
print(f"¿hoja? con detach, {state.detach().is_leaf}; sin él, {state.is_leaf}")
print(f"dC/dw = {w.grad:.4f}")
# --8<-- [end:segunda-estado]

# --8<-- [start:segunda-dos]
w.grad = None
shared = torch.exp(w)
(2 * shared + shared**2).backward()  # dos costes: se suman y se va hacia atrás una vez
print(f"dC/dw = {w.grad:.2f}")
# --8<-- [end:segunda-dos]

# --8<-- [start:segunda-gan]
generator = torch.tensor(0.5, requires_grad=True)
critic = torch.tensor(2.0, requires_grad=True)
fake = torch.sigmoid(generator)
(critic * fake.detach()).backward()  # paso del crítico: nada llega al generador
print("después del crítico:  ", generator.grad, critic.grad)
(-critic * fake).backward()  # paso del generador: su grafo sigue entero
print("después del generador:", generator.grad)
# --8<-- [end:segunda-gan]

try:
    # --8<-- [start:sitio-mal]
    w = torch.tensor([0.0, 1.0], requires_grad=True)
    a = torch.exp(w)  # la exponencial guarda su resultado
    a += 1
    a.sum().backward()
    # --8<-- [end:sitio-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

try:
    # --8<-- [start:sitio-entrada]
    a = 2 * w
    loss = (a**2).sum()  # la potencia guarda su entrada
    a += 1
    loss.backward()
    # --8<-- [end:sitio-entrada]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

try:
    # --8<-- [start:sitio-paso]
    optimizer = torch.optim.SGD([w], lr=0.1)
    loss = (w**2).sum()
    loss.backward(retain_graph=True)
    optimizer.step()  # escribe en w, que la potencia había guardado
    loss.backward()
    # --8<-- [end:sitio-paso]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

try:
    # --8<-- [start:sitio-capa]
    a = torch.sigmoid(w)
    nn.ReLU(inplace=True)(a)
    a.sum().backward()
    # --8<-- [end:sitio-capa]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

try:
    # --8<-- [start:sitio-filas]
    rows = torch.ones(4)
    for i in range(3):
        rows[i + 1] = rows[i] * w[1]
    rows.sum().backward()
    # --8<-- [end:sitio-filas]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:sitio-version]
a = torch.exp(w)
before = a._version
a += 1
print(f"versión: {before} → {a._version}  lo hizo: {a.grad_fn.name()}")
# --8<-- [end:sitio-version]


# --8<-- [start:sitio-anomalia]
def layer(x):
    """Hace el tensor y lo guarda para el paso hacia atrás."""
    return torch.exp(x)


def shift(a):
    """Lo estropea."""
    a += 1
    return a.sum()


with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    try:
        with torch.autograd.detect_anomaly():
            shift(layer(w)).backward()
    except RuntimeError as exception:
        print(str(exception).partition("Hint: ")[2])
trace = str(caught[-1].message)
print(trace.splitlines()[0])
print("la última función de esa lista:", re.findall(r"in (\w+)\n", trace)[-1])
# --8<-- [end:sitio-anomalia]

# --8<-- [start:sitio-bien]
w.grad = None
a = torch.exp(w)
a = a + 1  # otro tensor; el guardado sigue igual
rows = [torch.ones(())]
for _ in range(3):
    rows.append(rows[-1] * w[1])  # una lista de Python
(a.sum() + torch.stack(rows).sum()).backward()
print(f"a = {a.sum():.3f}  dC/dw = [{w.grad[0]:.3f}, {w.grad[1]:.3f}]")
# --8<-- [end:sitio-bien]

try:
    # --8<-- [start:unbind-mal]
    scaled = torch.ones(2, 2, requires_grad=True) * 3
    for row in scaled:
        row += 1
    # --8<-- [end:unbind-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:unbind-bien]
for i in range(len(scaled)):
    scaled[i] += 1  # una fila pedida por su índice sí se puede cambiar
print(scaled.tolist())
print(next(iter(scaled)).grad_fn.name(), "·", scaled[0].grad_fn.name())
# --8<-- [end:unbind-bien]

try:
    # --8<-- [start:sin-usar-mal]
    w, b = torch.tensor(3.0, requires_grad=True), torch.tensor(1.0, requires_grad=True)
    torch.autograd.grad(w**2, [w, b])
    # --8<-- [end:sin-usar-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:sin-usar-bien]
print(torch.autograd.grad(w**2, [w, b], allow_unused=True))
print(torch.autograd.grad(w**2, [w, b], materialize_grads=True))
# --8<-- [end:sin-usar-bien]

try:
    # --8<-- [start:inferencia-mal]
    with torch.inference_mode():
        x = torch.tensor([1.0, 2.0]) * 2
    (w * x).sum().backward()
    # --8<-- [end:inferencia-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:inferencia-bien]
w.grad = None
(w * x.clone()).sum().backward()
print(f"¿de inferencia? {x.is_inference()} → {x.clone().is_inference()}")
print(f"dC/dw = {w.grad:.1f}")
# --8<-- [end:inferencia-bien]
