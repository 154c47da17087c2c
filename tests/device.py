"""``python -m tests.device``: the course's numbers on a GPU, beside those of the processor; a few minutes.

Each quantity is computed in float32 on the processor, and on the device with TF32 off and on and with deterministic
algorithms. Printed: how many significant digits of the processor's value are left.
"""

from __future__ import annotations

import argparse
import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import Tensor

XS = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]
YS = [1.86, 1.31, 0.62, 0.33, 0.09, -0.67, -1.23, -1.37]
ROW = "{:<34} {:>14} {:>12} {:>12} {:>16}"


def random(*shape: int) -> Tensor:
    """Drawn on the processor, so that each device gets the same."""
    return torch.randn(*shape, generator=torch.Generator().manual_seed(0))


def point(device: str) -> Tensor:
    m = torch.tensor([0.9, 0.1], device=device, requires_grad=True)
    return torch.autograd.grad((m[0] * XS[7] + m[1] - YS[7]) ** 2, m)[0]


def batch(device: str) -> Tensor:
    x, y = torch.tensor(XS, device=device), torch.tensor(YS, device=device)
    m = torch.tensor([0.9, 0.1], device=device, requires_grad=True)
    return torch.autograd.grad(((m[0] * x + m[1] - y) ** 2).mean(), m)[0]


def training(device: str, steps: int = 500) -> Tensor:
    x, y = torch.tensor(XS, device=device), torch.tensor(YS, device=device)
    m = torch.tensor([0.9, 0.1], device=device, requires_grad=True)
    optimizer = torch.optim.SGD([m], lr=0.01)
    for _ in range(steps):
        optimizer.zero_grad()
        ((m[0] * x + m[1] - y) ** 2).mean().backward()
        optimizer.step()
    return m.detach()


def logistic(device: str, steps: int = 200) -> Tensor:
    x = random(100, 10).to(device)
    y = (x.sum(1) > 0).float()
    w = torch.zeros(10, device=device, requires_grad=True)
    for _ in range(steps):
        loss = torch.nn.functional.binary_cross_entropy_with_logits(x @ w, y)
        (slope,) = torch.autograd.grad(loss, w)
        with torch.no_grad():
            w -= 0.5 * slope
    return w.detach()


def curvature(device: str) -> Tensor:
    x = torch.tensor(XS, device=device)
    hessian = torch.func.hessian(lambda m: ((m[0] * x + m[1]) ** 2).mean())(torch.zeros(2, device=device))
    return torch.linalg.eigvalsh(hessian)


def layers(device: str) -> Tensor:
    """The gradient through two wide layers: the products where TF32 would be used."""
    x, w, v = random(256, 512).to(device), random(512, 512).to(device), random(512, 64).to(device)
    w.requires_grad_()
    return torch.autograd.grad((torch.tanh(x @ w / 512**0.5) @ v).square().mean(), w)[0]


def long_sum(device: str) -> Tensor:
    return random(1_000_000).to(device).sum()


QUANTITIES: dict[str, Callable[[str], Tensor]] = {
    "gradiente en un punto": point,
    "gradiente de un lote": batch,
    "recta tras 500 pasos": training,
    "neurona tras 200 pasos": logistic,
    "valores propios de la hessiana": curvature,
    "gradiente de dos capas": layers,
    "suma de un millón": long_sum,
}


@contextmanager
def settings(tf32: bool, deterministic: bool) -> Iterator[None]:
    """The switches of PyTorch, put back afterwards."""
    before = torch.backends.cuda.matmul.allow_tf32, torch.are_deterministic_algorithms_enabled()
    torch.backends.cuda.matmul.allow_tf32 = tf32
    torch.use_deterministic_algorithms(deterministic)
    try:
        yield
    finally:
        torch.backends.cuda.matmul.allow_tf32 = before[0]
        torch.use_deterministic_algorithms(before[1])


def digits(value: Tensor, reference: Tensor) -> str:
    """How many significant digits of the largest element agree everywhere; «todas» if every bit does."""
    difference = (value.cpu() - reference).abs().max().item()
    if difference == 0:
        return "todas"
    return f"{max(0.0, -math.log10(difference / reference.abs().max().item())):.1f}"


def rows(device: str) -> Iterator[list[str]]:
    for name, compute in QUANTITIES.items():
        reference = compute("cpu")
        with settings(tf32=False, deterministic=False):
            plain, again = compute(device), compute(device)
        with settings(tf32=True, deterministic=False):
            rough = compute(device)
        with settings(tf32=False, deterministic=True):
            steady = compute(device)
        same = "" if torch.equal(plain, again) else " (varía)"
        yield [name, digits(plain, reference) + same, digits(rough, reference), digits(steady, reference)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.device", add_help=False)
    parser.add_argument("-h", "--help", action="help", help="muestra esta ayuda y termina")
    parser.add_argument("--device", default="cuda", metavar="NOMBRE", help="el dispositivo; si no, cuda")
    device = parser.parse_args().device
    if device.startswith("cuda") and not torch.cuda.is_available():
        print("No hay ninguna tarjeta gráfica que PyTorch pueda usar.", file=sys.stderr)
        return 2
    os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # what deterministic products ask for
    print(ROW.format("cifras iguales a las de la CPU", "float32", "con TF32", "determinista", "")[:-17])
    for row in rows(device):
        print(ROW.format(*row, "").rstrip())
    return 0


if __name__ == "__main__":
    sys.exit(main())
