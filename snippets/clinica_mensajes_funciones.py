"""Los mensajes de autograd, cuarta parte: anomalías y funciones propias. Código de `docs/clinica-mensajes.md`."""

# --8<-- [start:datos-funciones]
import warnings

import torch

# --8<-- [end:datos-funciones]

try:
    # --8<-- [start:nan-mal]
    x = torch.tensor([0.0, 4.0], requires_grad=True)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # avisa de que el modo es lento y repite dónde
        with torch.autograd.detect_anomaly():
            loss = (torch.sqrt(x) * torch.tensor([0.0, 1.0])).sum()
            loss.backward()
    # --8<-- [end:nan-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:nan-bien]
safe = torch.where(x > 0, x, 1.0)
torch.where(x > 0, torch.sqrt(safe), 0.0).sum().backward()
print(x.grad)
# --8<-- [end:nan-bien]


# --8<-- [start:cuenta-mal-definir]
class Product(torch.autograd.Function):
    """Mal: dos entradas y un solo gradiente."""

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return a * b

    @staticmethod
    def backward(ctx, grad_output):
        _, b = ctx.saved_tensors
        return grad_output * b


# --8<-- [end:cuenta-mal-definir]


try:
    # --8<-- [start:cuenta-mal]
    a, b = torch.tensor(3.0, requires_grad=True), torch.tensor(5.0, requires_grad=True)
    Product.apply(a, b).backward()
    # --8<-- [end:cuenta-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")


# --8<-- [start:cuenta-bien]
class Product(torch.autograd.Function):
    """Bien: un gradiente por entrada, en el mismo orden."""

    @staticmethod
    def forward(ctx, a, b):
        ctx.save_for_backward(a, b)
        return a * b

    @staticmethod
    def backward(ctx, grad_output):
        a, b = ctx.saved_tensors
        return grad_output * b, grad_output * a


product = Product.apply(a, b)
(2 * product).backward()
print(f"{product.item()}: {a.grad}, {b.grad}")
# --8<-- [end:cuenta-bien]

try:
    # --8<-- [start:vieja-mal]
    class Double(torch.autograd.Function):
        def forward(self, a):
            return 2 * a

        def backward(self, grad_output):
            return 2 * grad_output

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # un aviso de que no se hace un objeto de la clase
        Double()(a)
    # --8<-- [end:vieja-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")


# --8<-- [start:vieja-bien]
class Double(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a):
        return 2 * a

    @staticmethod
    def backward(ctx, grad_output):
        return 2 * grad_output


a.grad = None
double = Double.apply(a)  # y no Double()(a)
(5 * double).backward()
print(f"{double.item()}: {a.grad}")
# --8<-- [end:vieja-bien]

try:
    # --8<-- [start:out-mal]
    box = torch.empty(())
    torch.mul(a, 2, out=box)
    # --8<-- [end:out-mal]
except RuntimeError as exception:
    print(f"RuntimeError: {exception}")

# --8<-- [start:out-bien]
box = torch.mul(a, 2)
print(box)
# --8<-- [end:out-bien]
