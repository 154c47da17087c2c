"""Las fórmulas del curso en PyTorch: código de la página `docs/chuleta.md`."""

# --8<-- [start:derivada]
import torch

h = 1e-5  # en float64; en float32, bastante mayor
central = ((5.0 + h) ** 3 - (5.0 - h) ** 3) / (2 * h)
x = torch.tensor(5.0, requires_grad=True)
cube = x**3
cube.backward()  # deja la derivada en x.grad
print(f"{3 * 5.0**2:.3f} {central:.3f} {x.grad:.3f}")
# --8<-- [end:derivada]

# --8<-- [start:tensores]
table = torch.tensor([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
print(tuple(table.shape), table.dtype, table[0, 2].item())
print(torch.zeros(2, 3).tolist(), torch.ones(3).tolist())
print(torch.linspace(0, 1, 5).tolist())

rng = torch.Generator().manual_seed(0)
noise = torch.randn(2, 3, generator=rng)  # repetible
# --8<-- [end:tensores]

# --8<-- [start:parametros]
from torch import nn

w = nn.Parameter(torch.tensor([1.0, 2.0, 3.0]))
given = torch.zeros(3, requires_grad=True)  # otra manera
frozen = nn.Parameter(torch.ones(3), requires_grad=False)
print(table.T.grad_fn, (2 * w).grad_fn.name())

with torch.no_grad():  # no anotes esto en el grafo
    w.mul_(10).sub_(5)  # con guion bajo: en su sitio
print(w.tolist(), w.is_leaf)
print(given.requires_grad, frozen.requires_grad)
# --8<-- [end:parametros]

# --8<-- [start:salir]
number = w.sum().item()  # un número de Python
array = w.detach().numpy()  # sin historia, misma memoria
photo = w.detach().clone()  # sin historia, memoria propia
print(number, array, photo)
# --8<-- [end:salir]

# --8<-- [start:atras]
x = torch.tensor(2.0, requires_grad=True)
y = torch.tensor(3.0, requires_grad=True)
u = x**3
u.retain_grad()  # guarda también el de en medio
f = 2 * u + 3 * y**2 + 1
f.backward()
print(f"{f:.0f}", x.grad, y.grad, u.grad)
# --8<-- [end:atras]

# --8<-- [start:grafo]
node = u.grad_fn
print(node.name(), node.next_functions[0][0].variable is x)
# --8<-- [end:grafo]

# --8<-- [start:acumular]
x.grad = None  # o x.grad.zero_()
cube = x**3
cube.backward(retain_graph=True)  # conserva el grafo
cube.backward()
print(x.grad)  # 12 + 12: backward suma
# --8<-- [end:acumular]

# --8<-- [start:actualizar]
m = torch.tensor(1.0, requires_grad=True)
for _ in range(3):
    cost = (m - 3) ** 2
    m.grad = None
    cost.backward()
    with torch.no_grad():
        m -= 0.1 * m.grad  # m = m - … pierde la hoja
print(f"{m:.3f}")
# --8<-- [end:actualizar]

# --8<-- [start:vueltas]
xs = torch.arange(8, dtype=torch.float32)
ys = torch.tensor(
    [1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37]
)
m = torch.tensor(0.9, requires_grad=True)
b = torch.tensor(0.1, requires_grad=True)
optimizer = torch.optim.SGD([m, b], lr=0.01)
for turn in range(9):
    optimizer.zero_grad()
    y_hat = m * xs + b  # 1: adelante
    assert y_hat.shape == ys.shape  # sin difusión
    cost = ((y_hat - ys) ** 2).mean()  # 2: coste
    cost.backward()  # 3: gradiente
    if turn == 0:
        print(f"{cost:.4f} {m.grad:.3f} {b.grad:.3f}")
    optimizer.step()  # 4: actualización
print(f"m = {m:.3f}  b = {b:.3f}")
# --8<-- [end:vueltas]

# --8<-- [start:costes]
mse, mae = nn.MSELoss(), nn.L1Loss()
print(f"{mse(y_hat, ys):.3f} {mae(y_hat, ys):.3f}")
# --8<-- [end:costes]

# --8<-- [start:segunda]
grad = torch.autograd.grad  # devuelve; no toca .grad
z = torch.tensor([-2.0, 1.0, 4.0], requires_grad=True)
(first,) = grad((z**3).sum(), z, create_graph=True)
(second,) = grad(first.sum(), z)
print(first.tolist(), second.tolist(), z.grad)
# --8<-- [end:segunda]

# --8<-- [start:hessiano]
cost = mse(m * xs + b, ys)
slopes = grad(cost, (m, b), create_graph=True)
rows = [grad(s, (m, b), retain_graph=True) for s in slopes]
H = torch.tensor(rows)
print(H.tolist(), f"{torch.linalg.eigvalsh(H)[-1]:.2f}")
# --8<-- [end:hessiano]

# --8<-- [start:numpy]
import numpy as np

x, y = np.array([1.0, 2, 3, 4]), np.array([2.0, 4, 6, 8])
errors = 0 * x - y  # con w = 0
print((2 * x * errors).mean())  # la media
print(np.dot(2 * x, errors).mean())  # ¡una suma!
# --8<-- [end:numpy]

# --8<-- [start:minilotes]
for batch in torch.randperm(8, generator=rng).split(3):
    print(batch.tolist(), len(xs[batch]), len(ys[batch]))
# --8<-- [end:minilotes]

# --8<-- [start:multiple]
X = torch.randn(100, 3, generator=rng)
y = X @ torch.tensor([1.5, -2.0, 0.0]) + 4
w = nn.Parameter(torch.normal(0.0, 0.1, (3,), generator=rng))
b = nn.Parameter(torch.zeros(()))
for _ in range(100):
    ((X @ w + b - y) ** 2).mean().backward()
    with torch.no_grad():
        for parameter in (w, b):
            parameter -= 0.1 * parameter.grad
            parameter.grad = None
print(*[f"{weight:z.2f}" for weight in w], f"{b.item():.2f}")
# --8<-- [end:multiple]

# --8<-- [start:neurona]
labels = (y > 4).float()  # 0.0 o 1.0, no enteros
logits = X @ w  # sin sigmoide
bce = nn.BCEWithLogitsLoss(reduction="sum")
bce(logits, labels).backward()
a = torch.sigmoid(logits)
print(torch.allclose(w.grad, X.T @ (a - labels), atol=1e-4))
accuracy = ((a > 0.5) == labels.bool()).float().mean()
print(f"aciertos: {accuracy:.2f}")
far = torch.tensor(-200.0)
print(torch.sigmoid(far).log(), nn.functional.logsigmoid(far))
# --8<-- [end:neurona]

# --8<-- [start:raiz]
t = torch.tensor([-1.0, 0.0, 4.0], requires_grad=True)
safe = torch.where(t > 0, t, 1.0)  # antes de la raíz
torch.where(t > 0, safe.sqrt(), 0.0).sum().backward()
print(t.grad.tolist())  # sin nan
# --8<-- [end:raiz]
