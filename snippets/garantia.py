"""Cuánto te puedes fiar de los números: código de la página `docs/garantia.md`."""

# --8<-- [start:frase]
import torch

m = torch.tensor(0.9, requires_grad=True)  # la pendiente de la recta
b = 0.1  # la ordenada
C = (m * 7 + b + 1.37) ** 2  # el coste en el punto (7, -1.37)
C.backward()

sentence = "La derivada respecto a m vale 108.78."


def is_true(sentence):
    """Si está en la frase el número que calcula el código."""
    return f"{m.grad.item():.2f}" in sentence


print(sentence, is_true(sentence))
# --8<-- [end:frase]

# --8<-- [start:ataque]
for place, sign in enumerate(sentence):
    if sign.isdigit():
        wrong = str((int(sign) + 1) % 10)
        changed = sentence[:place] + wrong + sentence[place + 1:]
        print(changed, is_true(changed))
# --8<-- [end:ataque]

# --8<-- [start:despiste]
print(is_true("La derivada respecto a m vale -108.78."))
# --8<-- [end:despiste]

# --8<-- [start:informe]
# Lo que dice el registro de los ataques, `tests/mutation/record`, el día en que se construyó el sitio.
texts = {
    "páginas": 25,
    "números": 6593,
    "fórmulas": 1496,
    "cambios": 27114,
    "notados": 26900,
}
allowed = {
    "año de una obra citada": 13,
    "da igual qué constante se suma: las desviaciones del otro factor suman cero": 4,
    "el 2 vale lo mismo dentro que fuera de la suma": 3,
    "el cero no tiene signo": 4,
    "el orden de los factores no cambia el producto": 1,
    "la página dice por qué nada calcula la fórmula": 3,
    "las dos cifras son el mismo valor, con más o menos decimales": 1,
    "nombre de norma": 3,
    "nombre de tipo de dato": 4,
    "número de un ejercicio de la misma página": 8,
    "número de una sospecha de la misma página": 3,
    "número de una tarea del mismo cuaderno": 2,
    "quitar un factor 1 no cambia el producto": 3,
    "un nombre no afirma nada: qué nombra lo dicen las palabras que lo rodean": 132,
    "volumen, número y páginas de una revista": 30,
}
code = {
    "el programa se para": 1422,
    "otro error que el anunciado": 81,
    "otra salida": 4606,
    "otra figura": 2123,
    "otro número en el texto": 51,
    "otra derivada": 74,
    "nada que se vea": 631,
}
# --8<-- [end:informe]

# --8<-- [start:textos]
def percent(part, whole):
    """Qué parte es del total, en tanto por ciento."""
    return 100 * part / whole


changes, noticed = texts["cambios"], texts["notados"]
print(f"cambios:    {changes}")
print(f"notados:    {noticed} ({percent(noticed, changes):.1f} %)")
print(f"permitidos: {sum(allowed.values())}")
# --8<-- [end:textos]

# --8<-- [start:codigo]
slips = sum(code.values())
seen = slips - code["nada que se vea"]
print(f"cambios:  {slips}")
print(f"notados:  {seen} ({percent(seen, slips):.1f} %)")
# --8<-- [end:codigo]

# --8<-- [start:dibujo]
import matplotlib.pyplot as plt

names = sorted(code, key=code.get)
counts = [code[name] for name in names]

colors = ["C1" if name == "nada que se vea" else "C0" for name in names]

fig, ax = plt.subplots(figsize=(5.2, 3.4), layout="constrained")
ax.barh(names, counts, color=colors)
for row, count in enumerate(counts):
    ax.annotate(f" {count}", (count, row), va="center")
ax.margins(x=0.15)
ax.grid(axis="y", visible=False)
ax.set(xlabel="cambios hechos a propósito en el código")
plt.show()
# --8<-- [end:dibujo]
