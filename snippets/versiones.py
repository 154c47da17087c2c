"""Qué cambia con otro PyTorch y otro Python: código de la página `docs/versiones.md`."""

# --8<-- [start:registro]
# Lo escribe `make versions`.
measured = '2026-11-29'
releases = [{'release': ['3.11', '2.14.1'],
  'páginas': 23,
  'bloques': 617,
  'números': 2594,
  'figuras': 65,
  'distinto': [['convenios',
                'la salida de «bisagra» no es la que imprime su código',
                '-clamp       -1    -1     0',
                '+clamp       -1     0     0'],
               ['convenios',
                'la salida de «bisagra-entrena» no es la que imprime su código',
                '-clamp    1.10',
                '+clamp    1.00'],
               ['convenios',
                'la salida de «modos» no es la que imprime su código',
                '-fmax  hacia atrás: 1 0  hacia adelante: 0 1',
                '+fmax  hacia atrás: 0.5 0.5  hacia adelante: 0.5 0.5'],
               ['convenios',
                'la salida de «tabla-esquinas» no es la que imprime su código',
                '-| `clamp(x, 0, 1), x = 0` | 1 | 1 | 0.5: jax · 0: autograd · 1: pytensor, tinygrad |',
                '-| `clamp(x, 0, 1), x = 1` | 1 | 1 | 0.5: jax · 0: autograd · 1: pytensor, tinygrad |',
                '-| `clamp(1 - x, min=0), x = 1` | -1 | -1 | -0.5: jax · 0: autograd · -1: pytensor, '
                'tinygrad |',
                '+| `clamp(x, 0, 1), x = 0` | 0 | 0 | 0.5: jax · 0: autograd · 1: pytensor, tinygrad |',
                '+| `clamp(x, 0, 1), x = 1` | 0 | 0 | 0.5: jax · 0: autograd · 1: pytensor, tinygrad |',
                '+| `clamp(1 - x, min=0), x = 1` | 0 | 0 | -0.5: jax · 0: autograd · -1: pytensor, '
                'tinygrad |']]},
 {'release': ['3.11', '2.15.0'],
  'páginas': 23,
  'bloques': 617,
  'números': 2594,
  'figuras': 65,
  'distinto': [['lecciones/regresion-multiple',
                'la salida de «orden» no es la que imprime su código',
                '-RuntimeError: mat1 and mat2 shapes cannot be multiplied (1x3 and 100x3)',
                '+RuntimeError: mm: mat1 and mat2 shapes cannot be multiplied (1x3 and 100x3)'],
               ['convenios',
                'la salida de «bisagra» no es la que imprime su código',
                '-clamp       -1    -1     0',
                '+clamp       -1     0     0'],
               ['convenios',
                'la salida de «bisagra-entrena» no es la que imprime su código',
                '-clamp    1.10',
                '+clamp    1.00'],
               ['convenios',
                'la salida de «modos» no es la que imprime su código',
                '-fmax  hacia atrás: 1 0  hacia adelante: 0 1',
                '+fmax  hacia atrás: 0.5 0.5  hacia adelante: 0.5 0.5'],
               ['convenios',
                'la salida de «tabla-esquinas» no es la que imprime su código',
                '-| `clamp(x, 0, 1), x = 0` | 1 | 1 | 0.5: jax · 0: autograd · 1: pytensor, tinygrad |',
                '-| `clamp(x, 0, 1), x = 1` | 1 | 1 | 0.5: jax · 0: autograd · 1: pytensor, tinygrad |',
                '-| `clamp(1 - x, min=0), x = 1` | -1 | -1 | -0.5: jax · 0: autograd · -1: pytensor, '
                'tinygrad |',
                '+| `clamp(x, 0, 1), x = 0` | 0 | 0 | 0.5: jax · 0: autograd · 1: pytensor, tinygrad |',
                '+| `clamp(x, 0, 1), x = 1` | 0 | 0 | 0.5: jax · 0: autograd · 1: pytensor, tinygrad |',
                '+| `clamp(1 - x, min=0), x = 1` | 0 | 0 | -0.5: jax · 0: autograd · -1: pytensor, '
                'tinygrad |'],
               ['convenios',
                'el bloque «tabla-resto» falla',
                'snippets/convenios.py:252: vector(lambda v: torch.linalg.det(v.reshape(2, 2))), 1.0, 2.0, '
                '2.0, 4.0),',
                '_LinAlgError: torch.linalg.solve: The solver failed because the input matrix is '
                'singular.']]}]
# --8<-- [end:registro]

# --8<-- [start:tabla]
print("| Python | PyTorch | Páginas | Bloques | Números | Figuras | Diferencias |")
print("| --- | --- | --- | --- | --- | --- | --- |")
for each in releases:
    ran = [each[what] for what in ("páginas", "bloques", "números", "figuras")]
    print("|", *(f"{cell} |" for cell in [*each["release"], *ran, len(each["distinto"])]))
# --8<-- [end:tabla]

# --8<-- [start:diferencias]
where = {}
for each in releases:
    for difference in each["distinto"]:
        where.setdefault(tuple(difference), []).append(each["release"])
for (page, what, *lines), found in where.items():
    print(f"{page}: {what}")
    print("  con", ", ".join(f"PyTorch {torch} y Python {python}" for python, torch in found))
    for line in lines:
        print(f"    {line}")
# --8<-- [end:diferencias]

# --8<-- [start:herramientas]
tools = {
    "`nbconvert` 7.17.2, a `HTML`": (
        "Los textos alternativos se pierden; la página dice que está en inglés; las fórmulas piden `MathJax` a otro servidor.",
        "Para leer sin red o con un lector de pantalla, usa la página de la lección."),
    "`nbconvert` 7.17.2, a guion": (
        "Se para en el primer bloque que falla a propósito: la etiqueta `raises-exception` no llega al guion.",
        "El guion que se descarga con la lección ya lo tiene en cuenta."),
    "`nbconvert` 7.17.2, a Markdown": (
        "Las figuras salen en archivos aparte, con `png` como texto alternativo.",
        "Escríbelo tú; el bueno está en los metadatos de la salida."),
    "`jupytext` 1.19.6": (
        "Ida y vuelta sin perder una letra (`percent`, `light`, Markdown y `MyST`), pero sin salidas y con otros identificadores. El guion se para como el de `nbconvert`.",
        "Guarda el cuaderno además del texto."),
    "`marimo convert` 0.25.2": (
        "Los cuadernos resueltos y las lecciones sin fallos funcionan; las demás se paran en el primer fallo. Un nombre que otra celda cambia con `+=` se pierde.",
        "Escribe `total = total + 1`. El hallazgo `marimo-convert-augmented-assignment` lo enseña."),
    "`mkdocs-jupyter` 0.26.3": (
        "Textos alternativos de relleno, y enlaces rotos que pasan la construcción estricta.",
        "Este sitio los pone y los comprueba por su cuenta."),
}
print("| Herramienta | Qué cambia | Qué hacer |")
print("| --- | --- | --- |")
for tool, (what, remedy) in tools.items():
    print(f"| {tool} | {what} | {remedy} |")
# --8<-- [end:herramientas]
