"""Lo que contesta en los cuadernos de práctica; cada cuaderno lleva dentro una copia."""

# --8<-- [start:comprobar]
import numpy as np
import torch


class Stop(Exception):
    """Detiene el cuaderno con un mensaje, sin la traza de un error de Python."""

    def _render_traceback_(self):
        return [str(self)]


def check(answer, expected, hint, wrong=()):
    """Compara lo que vale `answer`, que es un trozo de código, con lo esperado.

    `wrong` son pares (valor, pista): lo que sale con los errores más frecuentes.
    Si ninguno explica lo que pasa, se da la pista general, `hint`.
    """
    try:
        value = eval(answer, globals())
    except Exception as exception:
        name = getattr(exception, "name", None)
        if isinstance(exception, NameError) and name and name in answer:
            raise Stop(f"… Falta completar «{name}».") from None
        kind = type(exception).__name__
        raise Stop(f"✗ «{answer}» falla con {kind}: {exception}") from None
    parts = value if isinstance(value, (list, tuple)) else [value]
    if any(part is ... for part in parts):
        raise Stop(f"… Falta completar «{answer}»: cambia los puntos por tu código.")
    if value is None:
        reason = "está sin completar, no llega a un «return» o nadie lo ha calculado"
        raise Stop(f"… «{answer}» vale None: {reason}.")
    fault = None if same(value, expected) else look_up(value, wrong)
    fault = fault or compare_kind(value, expected)
    if fault is None and not same(value, expected):
        fault = compare_numbers(value, expected) or hint
    if fault:
        raise Stop(f"✗ «{answer}»: {fault}")
    print(f"✓ «{answer}» está bien.")


def numbers(value):
    """Los números de un tensor, de una lista o de un solo número, como array."""
    if isinstance(value, torch.Tensor):
        value = value.detach()
    if isinstance(value, (list, tuple)):
        value = [numbers(each) for each in value]
    return np.asarray(value, dtype=float)


def same(value, expected):
    """Si dos respuestas son iguales, con la misma forma y salvo redondeo."""
    if isinstance(value, (str, bool)) or isinstance(expected, (str, bool)):
        return value == expected
    try:
        value, expected = numbers(value), numbers(expected)
    except (TypeError, ValueError):
        return False
    if value.shape != expected.shape:
        return False
    slack = 1e-6 * (np.abs(expected).max(initial=0) or 1)
    return np.allclose(value, expected, rtol=1e-4, atol=slack, equal_nan=True)


def look_up(value, wrong):
    """La pista del primer error frecuente que da este mismo valor."""
    return next((hint for known, hint in wrong if same(value, known)), None)


def compare_kind(value, expected):
    """Qué falla antes de mirar los números: la clase de objeto, el tipo o la forma."""
    if callable(value) and not isinstance(value, torch.Tensor):
        return "es una función; para tener su resultado, llámala con paréntesis."
    if isinstance(expected, (str, bool)):
        return None
    if isinstance(expected, torch.Tensor):
        if not isinstance(value, torch.Tensor):
            return f"es de la clase {type(value).__name__} y tiene que ser un tensor."
        if value.requires_grad and not expected.requires_grad:
            return "sigue unido al grafo: falta «no_grad», «detach» o «item»."
        if expected.requires_grad and not value.requires_grad:
            return "está fuera del grafo: ¿sobra «detach», «item» o «no_grad»?"
        if value.dtype != expected.dtype:
            return f"es {value.dtype} y tiene que ser {expected.dtype}; mira el dtype."
    try:
        shape, wanted = numbers(value).shape, numbers(expected).shape
    except (TypeError, ValueError):
        return f"es de la clase {type(value).__name__}, y se esperan números."
    if shape == wanted:
        return None
    fault = f"tiene forma {shape} y tiene que tener {wanted}"
    if shape == wanted[::-1]:
        return f"{fault}: está traspuesto."
    if wanted == ():
        return f"{fault}: es un solo número. ¿Falta sumar o hacer la media?"
    if len(shape) == 2 and shape[0] == shape[1] == wanted[0]:
        return f"{fault}: una fila y una columna se han combinado en una tabla."
    return f"{fault}."


def compare_numbers(value, expected):
    """Qué falla en los números, si es el signo o un factor."""
    if isinstance(expected, (str, bool)):
        return None
    value, expected = numbers(value), numbers(expected)
    if np.isnan(value).any():
        return "hay un nan: alguna cuenta no está definida, como 0/0."
    if same(value, -expected):
        return "tiene el signo contrario."
    factors = [2, 3, 4, 5, 6, 7, 8, 9, 10]
    for factor in factors + [1 / factor for factor in factors]:
        if same(value, factor * expected):
            return f"es {factor:.4g} veces lo que tiene que ser: ¿sobra o falta un factor?"
    return None


# --8<-- [end:comprobar]
