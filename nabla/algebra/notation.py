"""The signs and words of formulas that are known, and why some others are not read."""

from __future__ import annotations

INDICES = "ijkl"
RELATIONS = {
    "=": "=", r"\approx": "≈", r"\leftarrow": "=", "<": "<", ">": ">", r"\le": "<=", r"\ge": ">=", r"\ne": "!=",
}  # fmt: skip
PRODUCTS = {r"\cdot": "dot", r"\times": "*", "*": "*", r"\odot": "*", r"\circ": "∘", "/": "/", r"\div": "/"}
FUNCTIONS = {
    **{
        f"\\{name}": name
        for name in ("log", "exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "cot", "sec", "csc")
    },
    **{rf"\arc{name}": f"arc{name}" for name in ("sin", "cos", "tan")},
    **{r"\det": "det", r"\sgn": "sign"},
}
WORDS = {
    **{
        "sign": "sign",
        "sgn": "sign",
        "signo": "sign",
        "relu": "relu",
        "ReLU": "relu",
        "tr": "trace",
        "Tr": "trace",
    },
    **{"sen": "sin", "tg": "tan", "ln": "log", "arctg": "arctan", "arcsen": "arcsin", "senh": "sinh"},
    **{"Var": "variance", "var": "variance", "E": "expectation", "diag": "diag", "det": "det"},
    **{name: name for name in ("log", "exp", "sin", "cos", "tan", "tanh")},
}
REASONS = {
    **dict.fromkeys((r"\dots", r"\ldots", r"\cdots", r"\vdots", r"\ddots"), "los puntos suspensivos no se calculan: escribe \\sum con sus límites"),
    **dict.fromkeys((r"\int", r"\iint", r"\oint"), "no sé calcular integrales"),
    **dict.fromkeys((r"\argmin", r"\argmax", r"\arg"), "dónde está un mínimo no se calcula: escribe la ecuación que cumple"),
    **dict.fromkeys((r"\pm", r"\mp"), "vale por dos números: escribe uno, o los dos por separado"),
    **dict.fromkeys((r"\in", r"\notin", r"\subset", r"\sim", r"\propto", r"\forall", r"\exists"), "no es parte de una expresión"),
    **{r"\circ": "no sé componer funciones: escribe f(g(x))", r"\{": "un conjunto no es un número"},
    **{r"\mathbb": "un conjunto no es un número", ":": "los dos puntos no son una operación"},
    **{r"\lim": "un límite solo puede ir al principio de un lado"},
}  # fmt: skip
