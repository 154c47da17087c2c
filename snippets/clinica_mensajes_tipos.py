"""Los mensajes de autograd, tercera parte: tipos, formas y NumPy. Código de la página `docs/clinica-mensajes.md`."""

# --8<-- [start:datos-tipos]
import math
import warnings

import numpy as np
import torch
from torch import nn

# --8<-- [end:datos-tipos]

try:
    # --8<-- [start:entero-mal]
    w = torch.tensor([1, 2], requires_grad=True)
    # --8<-- [end:entero-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

try:
    # --8<-- [start:entero-atributo]
    w = torch.tensor([1, 2])
    w.requires_grad = True
    # --8<-- [end:entero-atributo]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

try:
    # --8<-- [start:entero-metodo]
    w.requires_grad_()
    # --8<-- [end:entero-metodo]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:entero-bien]
print(w.dtype, "→", w.float().dtype)
w = w.float().requires_grad_()  # primero convertir, después pedir
(w**2).sum().backward()
print(w.grad)
# --8<-- [end:entero-bien]

try:
    # --8<-- [start:media-mal]
    clicks = torch.tensor([3, 5, 4])
    clicks.mean()
    # --8<-- [end:media-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:media-bien]
print(clicks.float().mean())
# --8<-- [end:media-bien]

try:
    # --8<-- [start:numpy-mal]
    w = torch.tensor([1.0, 4.0], requires_grad=True)
    w.numpy()
    # --8<-- [end:numpy-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:numpy-bien]
print(w.detach().numpy(), w.tolist())
# --8<-- [end:numpy-bien]

try:
    # --8<-- [start:funcion-mal]
    np.mean(w)
    # --8<-- [end:funcion-mal]
except TypeError as exception:
    print(f"TypeError: {exception}")

try:
    # --8<-- [start:funcion-std]
    np.sum(w)
    # --8<-- [end:funcion-std]
except TypeError as exception:
    print(f"TypeError: {exception}")

# --8<-- [start:funcion-bien]
print(f"{torch.mean(w):.2f} {torch.sum(w):.2f}")  # las de PyTorch dejan historia
print(np.mean(w.detach().numpy()))
# --8<-- [end:funcion-bien]

# --8<-- [start:numero-aviso]
w = torch.tensor(2.0, requires_grad=True)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    y = math.exp(w)
print("UserWarning:", str(caught[0].message).split(" (Triggered")[0])
print(type(y))
# --8<-- [end:numero-aviso]

# --8<-- [start:numero-bien]
y = torch.exp(w)
y.backward()
print(f"{w.grad:.3f}")
# --8<-- [end:numero-bien]

# --8<-- [start:lista]
m, b = torch.tensor(0.9, requires_grad=True), torch.tensor(0.1, requires_grad=True)
with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # el de arriba; cada programa lo enseña una vez
    copied = torch.tensor([m, b])
stacked = torch.stack([m, b])
print(f"torch.tensor: {copied.requires_grad}  torch.stack: {stacked.requires_grad}")
# --8<-- [end:lista]

# --8<-- [start:lista-bien]
(stacked * torch.tensor([7.0, 1.0])).sum().backward()
print(f"dC/dm = {m.grad}  dC/db = {b.grad}")
# --8<-- [end:lista-bien]

# --8<-- [start:copiar-aviso]
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    copied = torch.tensor(m)
print("UserWarning:", caught[0].message)
# --8<-- [end:copiar-aviso]

# --8<-- [start:copiar-bien]
copied = m.detach().clone().requires_grad_()
print(copied)
# --8<-- [end:copiar-bien]

try:
    # --8<-- [start:item-mal]
    losses = torch.tensor([0.5, 1.5])
    losses.item()
    # --8<-- [end:item-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

try:
    # --8<-- [start:item-float]
    math.sqrt(losses)
    # --8<-- [end:item-float]
except ValueError as exception:
    print(f"ValueError: {exception}")

try:
    # --8<-- [start:item-if]
    if losses > 1:
        print("demasiado")
    # --8<-- [end:item-if]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:item-bien]
print(losses.mean().item(), losses.tolist(), (losses > 1).any().item())
# --8<-- [end:item-bien]

try:
    # --8<-- [start:mezcla-mal]
    X = torch.from_numpy(np.array([[1.0, 2.0], [3.0, 4.0]]))
    layer = nn.Linear(2, 1)
    layer(X)
    # --8<-- [end:mezcla-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:mezcla-bien]
print(X.dtype, layer.weight.dtype)
print(layer(X.float()).shape)
# --8<-- [end:mezcla-bien]

try:
    # --8<-- [start:clases-mal]
    logits = torch.tensor([[2.0, -1.0], [0.0, 1.0]], requires_grad=True)
    labels = torch.tensor([0.0, 1.0])
    nn.CrossEntropyLoss()(logits, labels)
    # --8<-- [end:clases-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:clases-bien]
loss = nn.CrossEntropyLoss()(logits, labels.long())
print(f"{labels.dtype} → {labels.long().dtype}  coste = {loss:.4f}")
# --8<-- [end:clases-bien]

try:
    # --8<-- [start:binaria-mal]
    probabilities = torch.tensor([0.9, 0.2])
    nn.BCELoss()(probabilities, torch.tensor([1, 0]))
    # --8<-- [end:binaria-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

try:
    # --8<-- [start:binaria-logits]
    nn.BCEWithLogitsLoss()(logits[0], torch.tensor([1, 0]))
    # --8<-- [end:binaria-logits]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:binaria-bien]
print(f"{nn.BCELoss()(probabilities, torch.tensor([1, 0]).float()):.4f}")
# --8<-- [end:binaria-bien]

# --8<-- [start:tamano-mal]
ys = torch.tensor([1.0, 2.0, 6.0])
column = torch.tensor([[1.0], [2.0], [6.0]])  # las predicciones, perfectas
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    loss = nn.MSELoss()(column, ys)
print("UserWarning:", caught[0].message)
print(f"coste = {loss:.4f}")
# --8<-- [end:tamano-mal]

try:
    # --8<-- [start:tamano-bce]
    nn.BCELoss()(torch.sigmoid(column), ys)
    # --8<-- [end:tamano-bce]
except ValueError as exception:
    print(f"ValueError: {exception}")

# --8<-- [start:tamano-bien]
flat = column.squeeze(1)
print(f"{tuple(column.shape)} → {tuple(flat.shape)}  coste = {nn.MSELoss()(flat, ys):.4f}")
# --8<-- [end:tamano-bien]
