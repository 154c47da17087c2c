"""Los datos del curso: código de la página `docs/notacion.md`."""

# --8<-- [start:datos]
import torch

xs = torch.arange(8, dtype=torch.float32)
ys = torch.tensor([1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37])
m, b = 0.9, 0.1  # la recta de partida

print("índice   x      y")
for i, (x, y) in enumerate(zip(xs, ys)):
    print(f"{i:6} {x:3.0f} {y:6.2f}")
# --8<-- [end:datos]
