"""Qué cambia con otro PyTorch y otro Python: código de la página `docs/versiones.md`."""

# --8<-- [start:registro]
# Lo escribe `make versions`.
measured = '2026-12-01'
releases = [{'versiones': [['3.11', '2.14.1'], ['3.12', '2.14.1'], ['3.13', '2.14.1']],
  'páginas': 40,
  'bloques': 1051,
  'números': 3993,
  'figuras': 113,
  'distinto': [['clinica-sintomas',
                'la salida de «cero» no es la que imprime su código',
                '-clamp, en el borde 1',
                '+clamp, en el borde 0'],
               ['clinica-sintomas',
                'la salida de «fundido» no es la que imprime su código',
                '-torch.float16   fused=True   [15, 0, 1]',
                '+torch.float16   fused=True   [15, 16, 33]',
                '-torch.bfloat16  fused=True   [15, 0, 1]',
                '+torch.bfloat16  fused=True   [15, 16, 33]'],
               ['convenios',
                '«tres distintas» no es la respuesta buena',
                'no es verdad: len({backward_slopes(hinge, 1.0)[0] for hinge in hinges.values()}) == 3'],
               ['convenios',
                'la salida de «bisagra» no es la que imprime su código',
                '-clamp       -1    -1     0',
                '+clamp       -1     0     0'],
               ['convenios',
                '«solo una se queda en la esquina» no es la respuesta buena',
                'no es verdad: w == 1 and [backward_slopes(hinge, 1.0)[0] for hinge in '
                'hinges.values()].count(0) == 1'],
               ['convenios',
                'la salida de «bisagra-entrena» no es la que imprime su código',
                '-clamp    1.10',
                '+clamp    1.00'],
               ['convenios',
                '«sí» no es la respuesta buena',
                'no es verdad: backward_slopes(torch.fmax, 2.0, 2.0) != forward_slopes(torch.fmax, 2.0, '
                '2.0)'],
               ['convenios',
                'la salida de «modos» no es la que imprime su código',
                '-fmax  hacia atrás: 1 0  hacia adelante: 0 1',
                '+fmax  hacia atrás: 0.5 0.5  hacia adelante: 0.5 0.5'],
               ['convenios',
                'la salida de «tabla-esquinas» no es la que imprime su código',
                '-| `clamp(x, 0, 1), x = 0` | 1 | 1 | 0.5: jax · 0: autograd, mlx · 1: pytensor, tinygrad, '
                'tensorflow, paddle, mindspore, mxnet, chainer |',
                '-| `clamp(x, 0, 1), x = 1` | 1 | 1 | 0.5: jax · 0: autograd, mlx · 1: pytensor, tinygrad, '
                'tensorflow, paddle, mindspore, mxnet, chainer |',
                '+| `clamp(x, 0, 1), x = 0` | 0 | 0 | 0.5: jax · 0: autograd, mlx · 1: pytensor, tinygrad, '
                'tensorflow, paddle, mindspore, mxnet, chainer |',
                '+| `clamp(x, 0, 1), x = 1` | 0 | 0 | 0.5: jax · 0: autograd, mlx · 1: pytensor, tinygrad, '
                'tensorflow, paddle, mindspore, mxnet, chainer |',
                '-| `clamp(x, 0, 0), x = 0` | 1 | 1 | 0.25: jax · 0: autograd, mlx · 1: pytensor, '
                'tinygrad, tensorflow, paddle, mindspore, mxnet · error: chainer |',
                '+| `clamp(x, 0, 0), x = 0` | 0 | 0 | 0.25: jax · 0: autograd, mlx · 1: pytensor, '
                'tinygrad, tensorflow, paddle, mindspore, mxnet · error: chainer |',
                '-| `clamp(1 - x, min=0), x = 1` | -1 | -1 | -0.5: jax · 0: autograd, mlx · -1: pytensor, '
                'tinygrad, tensorflow, paddle, mindspore, mxnet, chainer |',
                '+| `clamp(1 - x, min=0), x = 1` | 0 | 0 | -0.5: jax · 0: autograd, mlx · -1: pytensor, '
                'tinygrad, tensorflow, paddle, mindspore, mxnet, chainer |'],
               ['convenios',
                '1 no es lo que calcula el código',
                'publicado: 1',
                'calculado: 0',
                'expresión: backward_slopes(*corners["clamp(x, 0, 1), x = 1"])[0]'],
               ['convenios',
                'la salida de «tabla-empates» no es la que imprime su código',
                '-| `fmax(x, y), x = y = 0` | 1 0 | **0 1** | 0 1: jax · 0.5 0.5: autograd · 1 0: paddle, '
                'mindspore |',
                '+| `fmax(x, y), x = y = 0` | 0.5 0.5 | 0.5 0.5 | 0 1: jax · 0.5 0.5: autograd · 1 0: '
                'paddle, mindspore |'],
               ['convenios',
                'la salida de «tabla-perdidas» no es la que imprime su código',
                '-| `margin_ranking_loss(x, y, 1), x = y = 0` | -1 1 | -1 1 | 0 0: paddle · -1 1: mlx, '
                'mindspore |',
                '+| `margin_ranking_loss(x, y, 1), x = y = 0` | 0 0 | 0 0 | 0 0: paddle · -1 1: mlx, '
                'mindspore |'],
               ['cuadernos/mas-hondo',
                'el bloque «tarea-6-2» falla',
                'snippets/comprobar.py:28: raise Stop(f"✗ «{answer}» falla con {kind}: {exception}") from '
                'None',
                'Stop: ✗ «newton(bowl, corner)» falla con FutureWarning: `torch.jit.script` is deprecated. '
                'Please switch to `torch.compile` or `torch.export`.'],
               ['lecciones/sin-derivada',
                'la salida de «tabla» no es la que imprime su código',
                '-clamp(x, 0, 1) en 1      1                     =          =',
                '+clamp(x, 0, 1) en 1      0                     =          =',
                '-fmax(x, y) en 2, 2       1 0                   0 1        =',
                '+fmax(x, y) en 2, 2       0.5 0.5               =          =']]},
 {'versiones': [['3.11', '2.15.0']],
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
    for version in each["versiones"]:
        print("|", *(f"{cell} |" for cell in [*version, *ran, len(each["distinto"])]))
# --8<-- [end:tabla]

# --8<-- [start:diferencias]
where = {}
for each in releases:
    for difference in each["distinto"]:
        where.setdefault(tuple(difference), []).extend(each["versiones"])
for (page, what, *lines), found in where.items():
    print(f"{page}: {what}")
    print("  con", ", ".join(f"PyTorch {torch} y Python {python}" for python, torch in found))
    for line in lines:
        print(f"    {line}")
# --8<-- [end:diferencias]
