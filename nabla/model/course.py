"""What is of this course alone: its folders, the words of its comments and of its form. Another course has others here."""

from __future__ import annotations

import re

DOCS = "docs/"
SNIPPETS = "snippets/"
DERIVATIVES = "tests/derivatives/"
RECORD = "tests/mutation/record/"  # of the attacks on the pages
LESSONS = "docs/lecciones/"
NOTEBOOKS = "docs/cuadernos/"

GLOSSARY = "docs/glosario.md"
CLINIC = "docs/clinica-mensajes.md"  # the messages of errors, and where each is explained

# The words of comments: who answers for numbers, symbols, formulas; what a figure plots, how a block fails, that it
# draws at random; where an expression is computed; an equality that holds only somewhere.
CLAIM, SYMBOLS, FORMULAS = "cifras", "símbolos", "fórmulas"
DATA, FAILS, RANDOM = "datos", "falla", "azar"
ANSWER, LIVE = "respuesta", "interactiva"  # to a question «predict»; a figure that moves
AFTER, SIDES = "tras", "lados"
# Of addresses and cells: a figure's, the title of a task, the cells before the first, what a reader fills in.
FIGURE, TASK, START, GAP = "figura:", "Tarea", "inicio", "solución"

# Above a block, by the last word of its section's name.
MARKED = {"mal": "Así no", "bien": "Así sí"}

PRESENTED = "Se presenta en "  # how an entry of the glossary begins to say where its term is presented

COUNTED = "Ejercicio|Paso|Pregunta|Sospecha|Tarea"  # titles whose numbers only count

# The types of pieces, by the block of pymdownx that carries them.
PIECES = {
    "admonition": ("objetivos", "pregunta", "idea", "cuidado", "ejercicio", "resumen"),
    "details": ("pista", "solucion", "codigo", "correcta", "incorrecta"),
}
# Blocks without a type.
PLAIN = ("figure-caption", "html")

# The form of a lesson. Titles of its last sections, in order:
GONE_WRONG, EXERCISES, QUIZ, SUMMARY = "Qué puede salir mal", "Ejercicios", "Cuestionario", "Resumen"
SECTIONS = (GONE_WRONG, EXERCISES, QUIZ, SUMMARY)
GOALS, QUESTION, EXERCISE = "objetivos", "pregunta", "ejercicio"
HINT, SOLUTION, RIGHT, WRONG = "pista", "solucion", "correcta", "incorrecta"
PREDICT = "Predice"
PREDICTION = re.compile(r"\bPred(?:ice|icción)\b")
VERDICTS = {RIGHT: "Correcto", WRONG: "No"}
LEADS_ON = "La lección siguiente es [{title}]({file})."
# How many of each.
EXERCISE_COUNT = range(4, 7)
QUESTION_COUNT = range(3, 6)
LEAST_WRONG = 2
LEAST_EXPLANATION = 30  # letters, besides the verdict
# What a course on derivatives has in each lesson; None elsewhere.
DERIVATION: re.Pattern[str] | None = re.compile(r"\\partial|\\frac\{d|'")
