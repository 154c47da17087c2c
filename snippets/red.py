"""Una red de dos capas: código de la lección `docs/lecciones/red.md`."""

# --8<-- [start:una-neurona]
import matplotlib.pyplot as plt
import torch
from torch import nn

X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]).double()
y = torch.tensor([0.0, 1.0, 1.0, 0.0]).double()  # 1: hay luz
loss = nn.BCEWithLogitsLoss()

w = torch.tensor([0.7, -0.4]).double().requires_grad_(True)
b = torch.tensor(0.2).double().requires_grad_(True)
optimizer = torch.optim.SGD([w, b], lr=1.0)
for _ in range(300):
    optimizer.zero_grad()
    cost = loss(X @ w + b, y)
    cost.backward()
    optimizer.step()
alone = torch.sigmoid(X @ w + b).detach()
print("respuestas:", " ".join(f"{a:.2f}" for a in alone))
print(f"coste: {cost.item():.4f}")
# --8<-- [end:una-neurona]

# --8<-- [start:los-cuatro-casos]
fig, ax = plt.subplots(figsize=(4.2, 3.6), layout="constrained")
for lit, marker, name in ((1, "^", "hay luz"), (0, "o", "no hay luz")):
    ax.scatter(*X[y == lit].T, color=f"C{1 - lit}", marker=marker, s=90, label=name)
ax.set_xlim(-0.4, 1.4)
ax.set_ylim(-0.4, 1.4)
ax.set_xticks([0, 1])
ax.set_yticks([0, 1])
ax.set_aspect("equal")
ax.set_xlabel("$x_1$: el de abajo")
ax.set_ylabel("$x_2$: el de arriba")
fig.legend(loc="outside upper center", ncols=2)
plt.show()
# --8<-- [end:los-cuatro-casos]

# --8<-- [start:dos-capas]
W = torch.tensor([[1.0, 1.0], [2.0, 2.0]]).double()  # una fila por neurona
b = torch.tensor([0.0, -2.0]).double()
v = torch.tensor([1.0, -1.0]).double()  # la que las junta
c = torch.tensor(-0.5).double()


def hidden(W, b, X):
    """Lo que sale de las neuronas ocultas: una columna por neurona."""
    return torch.relu(X @ W.T + b)


def network(W, b, v, c, X):
    """El logit de cada ejemplo: dos capas, con una ReLU en medio."""
    return hidden(W, b, X) @ v + c


H, z = hidden(W, b, X), network(W, b, v, c, X)
print("x_1 x_2   h_1 h_2      z  ¿luz?")
for row in range(4):
    inputs, outputs = X[row].tolist(), H[row].tolist()
    answer = "sí" if z[row] > 0 else "no"
    print("{:3.0f} {:3.0f}   {:3.0f} {:3.0f}".format(*inputs, *outputs), end="")
    print(f"   {z[row]:4.1f}  {answer}")
# --8<-- [end:dos-capas]

# --8<-- [start:pliegue]
fig, axes = plt.subplots(1, 2, figsize=(6.4, 3.6), layout="constrained")
ends = torch.tensor([-0.3, 1.3])
for level in (0.5, 1.5):  # donde z cambia de signo
    axes[0].plot(ends, level - ends, color="C2")
total = torch.tensor([0.0, 1.0, 2.2])  # x_1 + x_2, con el doblez en medio
axes[1].plot(total, (2 * total - 2).clamp(min=0), color="C7", linestyle=":")
axes[1].plot([0.2, 2.6], [-0.3, 2.1], color="C2")  # h_1 - h_2 = 0.5
for ax, points in zip(axes, (X, H)):
    for light, marker in ((1, "^"), (0, "o")):
        chosen = points[y == light]
        name = "hay luz" if light else "no hay luz"
        ax.scatter(*chosen.T, color=f"C{1 - light}", marker=marker, s=60, label=name)
    ax.set_aspect("equal")
axes[0].set_xlabel("$x_1$")
axes[0].set_ylabel("$x_2$")
axes[0].set(xlim=(-0.3, 1.3), ylim=(-0.3, 1.3), xticks=[0, 1], yticks=[0, 1])
axes[1].set_xlabel("$h_1$")
axes[1].set_ylabel("$h_2$")
axes[1].set(xlim=(-0.3, 2.4), ylim=(-0.4, 2.3), xticks=[0, 1, 2], yticks=[0, 1, 2])
fig.legend(*ax.get_legend_handles_labels(), loc="outside upper center", ncols=2)
plt.show()
# --8<-- [end:pliegue]

# --8<-- [start:sin-doblez]
joined_w, joined_b = W.T @ v, v @ b + c
print("dos capas sin ReLU:", ((X @ W.T + b) @ v + c).tolist())
print("una sola neurona:  ", (X @ joined_w + joined_b).tolist())
print("sus pesos:", joined_w.tolist(), "y su sesgo:", joined_b.item())
# --8<-- [end:sin-doblez]

# --8<-- [start:salida]
W = torch.tensor([[1.0, 1.0], [2.0, -1.0]]).double()
b = torch.tensor([-0.5, -0.5]).double()
v = torch.tensor([1.0, -2.0]).double()
c = torch.tensor(-0.5).double()
x_up, y_up = X[3], y[3]  # los dos interruptores, arriba

u = W @ x_up + b
h = torch.relu(u)
a = torch.sigmoid(h @ v + c)
print("u:", u.tolist(), " h:", h.tolist(), f" z: {h @ v + c:.1f}  a: {a:.1f}")
# --8<-- [end:salida]


# --8<-- [start:vuelta]
def to_hidden(W, b, v, c, x, y):
    """La derivada de la pérdida respecto de u: lo que llega a cada neurona oculta."""
    u = W @ x + b
    error = torch.sigmoid(torch.relu(u) @ v + c) - y
    return error * v * (u > 0)  # la ReLU deja pasar o corta


def point_gradient(W, b, v, c, x, y):
    """Retropropagación de un ejemplo: las parciales de W, b, v y c."""
    h = torch.relu(W @ x + b)
    error = torch.sigmoid(h @ v + c) - y
    back = to_hidden(W, b, v, c, x, y)
    return back[:, None] * x, back, error * h, error


def show(label, parts):
    """Una línea: W, b, v y c, con barras entre ellos."""
    rows = [" ".join(f"{each:z.3f}" for each in part.flatten()) for part in parts]
    print(f"{label:9}", " | ".join(rows))


by_hand = point_gradient(W, b, v, c, x_up, y_up)
leaves = [each.clone().requires_grad_(True) for each in (W, b, v, c)]
loss(network(*leaves, x_up), y_up).backward()
show("a mano:", by_hand)
show("autograd:", [leaf.grad for leaf in leaves])
# --8<-- [end:vuelta]

# --8<-- [start:una-apagada]
second = point_gradient(W, b, v, c, X[1], y[1])
print("u:", (W @ X[1] + b).tolist())
show("a mano:", second)
# --8<-- [end:una-apagada]

# --8<-- [start:capa]
layer = nn.Linear(2, 3).double()
print("pesos:", tuple(layer.weight.shape), " sesgos:", tuple(layer.bias.shape))
print("entran", tuple(X.shape), "y salen", tuple(layer(X).shape))
same = torch.allclose(layer(X), X @ layer.weight.T + layer.bias)
print("¿es X @ W.T + b?", same)
# --8<-- [end:capa]


# --8<-- [start:varias]
def columns_gradient(W, b, X, Y):
    """El gradiente de la suma de los costes; cada columna de W y de Y, una regresión."""
    errors = X @ W + b - Y
    return 2 / len(X) * X.T @ errors, 2 * errors.mean(dim=0)


Y = torch.tensor([[1.0, 0.0, 2.0], [0.0, 3.0, 1.0], [2.0, 1.0, 0.0], [1.0, 1.0, 4.0]]).double()
((layer(X) - Y) ** 2).mean(dim=0).sum().backward()  # la suma de tres costes

for k in range(3):
    w_k = layer.weight[k].detach().clone().requires_grad_(True)
    b_k = layer.bias[k].detach().clone().requires_grad_(True)
    ((X @ w_k + b_k - Y[:, k]) ** 2).mean().backward()  # la regresión k, sola
    weights, bias = layer.weight.grad[k], layer.bias.grad[k]
    print(f"regresión {k}: ¿mismos pesos?", torch.allclose(w_k.grad, weights), end=" ")
    print("¿mismo sesgo?", torch.allclose(b_k.grad, bias))

to_W, to_b = columns_gradient(layer.weight.T, layer.bias, X, Y)
print("¿y la fórmula?", torch.allclose(to_W.T, layer.weight.grad), torch.allclose(to_b, layer.bias.grad))
# --8<-- [end:varias]


# --8<-- [start:modulo]
class Network(nn.Module):
    """Dos capas: unas neuronas ocultas y la que las junta."""

    def __init__(self, units):
        super().__init__()
        self.hidden = nn.Linear(2, units)
        self.output = nn.Linear(units, 1)

    def forward(self, X):
        """El logit de cada fila de X."""
        return self.output(torch.relu(self.hidden(X))).squeeze(1)


model = Network(2).double()
for name, parameter in model.named_parameters():
    print(f"{name:14} {tuple(parameter.shape)}")

with torch.no_grad():
    model.hidden.weight.copy_(W)
    model.hidden.bias.copy_(b)
    model.output.weight.copy_(v)
    model.output.bias.copy_(c)
print("¿da lo mismo que network?", torch.equal(model(X), network(W, b, v, c, X)))
# --8<-- [end:modulo]

# --8<-- [start:secuencia]
chain = nn.Sequential(nn.Linear(2, 2), nn.ReLU(), nn.Linear(2, 1)).double()
print([name for name, _ in chain.named_parameters()])

chain[0].load_state_dict(model.hidden.state_dict())
chain[2].load_state_dict(model.output.state_dict())
print("¿da lo mismo?", torch.equal(chain(X).squeeze(1), model(X)))
# --8<-- [end:secuencia]


# --8<-- [start:ceros]
def train(model, rounds=300, learning_rate=1.0):
    """Los cuatro pasos de siempre; devuelve el coste de cada vuelta."""
    moving = [each for each in model.parameters() if each.requires_grad]
    optimizer = torch.optim.SGD(moving, lr=learning_rate)
    costs = []
    for _ in range(rounds):
        optimizer.zero_grad()
        cost = loss(model(X), y)
        cost.backward()
        optimizer.step()
        costs.append(cost.item())
    return costs


def fill(model, value):
    """Pone todos los parámetros al mismo valor."""
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.fill_(value)


model = Network(2).double()
fill(model, 0.0)
zero_costs = train(model)
print(f"coste: {zero_costs[0]:.4f} -> {zero_costs[-1]:.4f}")
print("gradientes:", [parameter.grad.abs().max().item() for parameter in model.parameters()])
# --8<-- [end:ceros]

# --8<-- [start:iguales]
fill(model, 0.5)
equal_costs = train(model)
print(f"coste: {equal_costs[0]:.4f} -> {equal_costs[-1]:.4f}")
for row in model.hidden.weight.tolist():
    print("pesos de una neurona:", [f"{each:.4f}" for each in row])
# --8<-- [end:iguales]


# --8<-- [start:al-azar]
def randomise(model, generator):
    """Pesos al azar y sesgos a cero."""
    for layer in (model.hidden, model.output):
        nn.init.normal_(layer.weight, generator=generator)
        nn.init.zeros_(layer.bias)


model = Network(8).double()
randomise(model, torch.Generator().manual_seed(4))
random_costs = train(model)
answers = torch.sigmoid(model(X)).tolist()
print(f"coste: {random_costs[0]:.4f} -> {random_costs[-1]:.4f}")
print("respuestas:", " ".join(f"{answer:.2f}" for answer in answers))
# --8<-- [end:al-azar]


# --8<-- [start:cien-redes]
def hundred(units, freeze=False, rounds=250, seed=0):
    """Entrena cien redes a la vez; dice cuáles aciertan los cuatro casos."""
    generator = torch.Generator().manual_seed(seed)
    W = torch.randn(100, units, 2, dtype=torch.float64, generator=generator)
    v = torch.randn(100, units, 1, dtype=torch.float64, generator=generator)
    b, c = torch.zeros(100, 1, units).double(), torch.zeros(100, 1, 1).double()
    moving = [v, c] if freeze else [W, b, v, c]
    optimizer = torch.optim.SGD([each.requires_grad_(True) for each in moving], lr=1.0)
    labels = y.expand(100, 4)
    for _ in range(rounds):
        optimizer.zero_grad()
        logits = (torch.relu(X @ W.mT + b) @ v + c).squeeze(2)
        (100 * loss(logits, labels)).backward()  # suma de las cien medias
        optimizer.step()
    return ((logits > 0) == (labels > 0.5)).all(dim=1)


solved = {units: hundred(units).sum().item() for units in (1, 2, 4, 8, 16)}
print("neuronas ocultas  redes que lo resuelven")
for units, count in solved.items():
    print(f"{units:16d}  {count:6d} de 100")
# --8<-- [end:cien-redes]

# --8<-- [start:congelar]
model = Network(8).double()
randomise(model, torch.Generator().manual_seed(4))
model.hidden.requires_grad_(False)
before = model.hidden.weight.clone()
frozen_costs = train(model)
print(f"coste: {frozen_costs[0]:.4f} -> {frozen_costs[-1]:.4f}")
print("¿se ha movido la primera capa?", not torch.equal(before, model.hidden.weight))
print("su gradiente:", model.hidden.weight.grad)

frozen_solved = {units: hundred(units, freeze=True).sum().item() for units in (4, 16)}
print("resuelven, con la primera capa congelada:", frozen_solved)
# --8<-- [end:congelar]


# --8<-- [start:cadena]
def product(factor, layers):
    """Lo que queda de una derivada 1 tras pasar por tantas capas."""
    return factor**layers


factors = (0.25, 0.5, 1.0, 1.5)
for factor in factors:
    row = " ".join(f"{product(factor, layers):8.1e}" for layers in (1, 5, 10, 20))
    print(f"factor {factor:4.2f}: {row}")
# --8<-- [end:cadena]


# --8<-- [start:una-capa]
def he(n):
    """La desviación típica que conserva el tamaño: la raíz de 2/n."""
    return (2 / n) ** 0.5


def normal(scale):
    """Pesos normales, con la desviación de He multiplicada por `scale`."""

    def draw(n, generator):
        return scale * he(n) * torch.randn(n, n, dtype=torch.float64, generator=generator)

    return draw


def edge(n):
    """Hasta dónde reparte los pesos nn.Linear, por arriba y por abajo."""
    return 1 / n**0.5


def linear(n, generator):
    """Como los pone nn.Linear: uniformes entre -1/√n y 1/√n."""
    return edge(n) * (2 * torch.rand(n, n, dtype=torch.float64, generator=generator) - 1)


ways = {"la mitad": normal(0.5), "He": normal(1.0), "el doble": normal(2.0), "nn.Linear": linear}
generator = torch.Generator().manual_seed(0)
sizes = {}
for name, draw in ways.items():
    ratios = []
    for _ in range(50):
        before = torch.relu(torch.randn(100, 64, generator=generator).double())
        after = torch.relu(before @ draw(64, generator).T)
        ratios.append((after**2).mean() / (before**2).mean())
    sizes[name] = torch.stack(ratios).mean()
    print(f"{name:10} el cuadrado medio se multiplica por {sizes[name]:.2f}")
# --8<-- [end:una-capa]


# --8<-- [start:hondo]
def first_gradient(layers, draw, activation=torch.relu, width=64, seed=0):
    """La norma del gradiente de la primera capa de una red con tantas capas."""
    generator = torch.Generator().manual_seed(seed)
    h = torch.randn(32, width, dtype=torch.float64, generator=generator)
    weights = [draw(width, generator).requires_grad_(True) for _ in range(layers)]
    for each in weights:
        h = activation(h @ each.T)
    h.sum(dim=1).mean().backward()
    return weights[0].grad.norm().item()


print("capas     ", "".join(f"{layers:9d}" for layers in (1, 2, 5, 10, 20)))
for name, draw in ways.items():
    row = [first_gradient(layers, draw) for layers in (1, 2, 5, 10, 20)]
    print(f"{name:10}", "".join(f"{norm:9.0e}" for norm in row))
# --8<-- [end:hondo]

# --8<-- [start:honduras]
fig, ax = plt.subplots(figsize=(5.6, 3.6), layout="constrained")
depths = range(1, 21)
for index, (name, draw) in enumerate(ways.items()):
    norms = [first_gradient(layers, draw) for layers in depths]
    ax.plot(depths, norms, color=f"C{index}", marker="osD^"[index], markersize=4, label=name)
ax.set_yscale("log")
ax.set_xticks([1, 5, 10, 15, 20])
ax.set_xlabel("capas")
ax.set_ylabel("gradiente de la primera capa")
ax.legend()
plt.show()
# --8<-- [end:honduras]

# --8<-- [start:muertas]
generator = torch.Generator().manual_seed(2)
W_many = torch.randn(10_000, 2, generator=generator).double()
off = (hidden(W_many, torch.zeros(10_000).double(), X) == 0).all(dim=0)
print(f"nacen muertas: {100 * off.double().mean():.1f} de cada 100")

W_dead, b_dead = W.clone().requires_grad_(True), b.clone()
b_dead[1] = -3.0  # un paso demasiado largo la dejó aquí
loss(network(W_dead, b_dead, v, c, X), y).backward()
print("gradientes de la viva: ", [f"{each:z.2f}" for each in W_dead.grad[0]])
print("gradientes de la muerta:", [f"{each:z.2f}" for each in W_dead.grad[1]])
# --8<-- [end:muertas]

try:
    # --8<-- [start:en-una-lista]
    class Lost(nn.Module):
        """Con las capas en una lista de Python."""

        def __init__(self):
            super().__init__()
            self.layers = [nn.Linear(2, 4), nn.Linear(4, 1)]

    torch.optim.SGD(Lost().parameters(), lr=1.0)
    # --8<-- [end:en-una-lista]
except ValueError as exception:
    print(f"ValueError: {exception}")

# --8<-- [start:sin-relu]
flat = nn.Sequential(nn.Linear(2, 8), nn.Linear(8, 1), nn.Flatten(0)).double()
flat_costs = train(flat)
print(f"coste sin ReLU: {flat_costs[-1]:.4f}")
# --8<-- [end:sin-relu]

# --8<-- [start:ejercicio-1]
third = point_gradient(W, b, v, c, X[2], y[2])
z_third = network(W, b, v, c, X[2])
print(f"z = {z_third:.0f}, a = {torch.sigmoid(z_third):.4f}")
show("a mano:", third)
# --8<-- [end:ejercicio-1]

# --8<-- [start:ejercicio-2]
for units in (2, 4, 16):
    model = Network(units)
    counted = sum(parameter.numel() for parameter in model.parameters())
    print(f"{units:2d} neuronas ocultas: {counted} parámetros, {4 * units + 1}")
# --8<-- [end:ejercicio-2]

# --8<-- [start:ejercicio-3]
W_leaky = W.clone().requires_grad_(True)
u_leaky = X @ W_leaky.T + b_dead
logits = nn.functional.leaky_relu(u_leaky, 0.01) @ v + c
loss(logits, y).backward()
print("con leaky_relu:", [f"{each:.4f}" for each in W_leaky.grad[1]])
# --8<-- [end:ejercicio-3]

# --8<-- [start:ejercicio-4]
for layers in (1, 5, 10, 20):
    norm = first_gradient(layers, normal(1.0), activation=torch.sigmoid)
    print(f"{layers:2d} capas: {norm:.0e}")
# --8<-- [end:ejercicio-4]

# --8<-- [start:ejercicio-5]
cases = [[i, j, k] for i in (0, 1) for j in (0, 1) for k in (0, 1)]
X3 = torch.tensor(cases).double()
y3 = X3.sum(dim=1) % 2  # hay luz si están arriba uno o los tres
three = nn.Sequential(nn.Linear(3, 16), nn.ReLU(), nn.Linear(16, 1), nn.Flatten(0)).double()
generator = torch.Generator().manual_seed(0)
for place in (0, 2):
    nn.init.normal_(three[place].weight, generator=generator)
    nn.init.zeros_(three[place].bias)
optimizer = torch.optim.SGD(three.parameters(), lr=0.5)
for _ in range(500):
    optimizer.zero_grad()
    cost = loss(three(X3), y3)
    cost.backward()
    optimizer.step()
right = ((three(X3) > 0) == (y3 > 0.5)).sum()
print(f"coste: {cost.item():.4f}, aciertos: {right} de {len(y3)}")
# --8<-- [end:ejercicio-5]
