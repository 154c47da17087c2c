"""What is of this course alone: its folders, the words of its comments and of its form. Another course has others here."""

from __future__ import annotations

import re

DOCS = "docs/"
SNIPPETS = "snippets/"
DERIVATIVES = "tests/derivatives/"
RECORD = "tests/mutation/record/"  # of the attacks on the pages
LESSONS = "docs/lessons/"
NOTEBOOKS = "docs/notebooks/"

GLOSSARY = "docs/glossary.md"
CLINIC = "docs/messages.md"  # the messages of errors, and where each is explained

# The words of comments: who answers for numbers, symbols, formulas; what a figure plots, how a block fails, that it
# draws at random; where an expression is computed; an equality that holds only somewhere.
CLAIM, SYMBOLS, FORMULAS = "numbers", "symbols", "formulas"
DATA, FAILS, RANDOM = "data", "fails", "random"
ANSWER, LIVE = "answer", "live"  # to a question «predict»; a figure that moves
AFTER, SIDES = "after", "sides"
# Of addresses and cells: a figure's, the title of a task, the cells before the first, what a reader fills in.
FIGURE, TASK, START, GAP = "figure:", "Task", "start", "solution"

# Above a block, by the last word of its section's name.
MARKED = {"wrong": "Not like this", "right": "Like this"}

PRESENTED = "Presented in "  # how an entry of the glossary begins to say where its term is presented

COUNTED = "Exercise|Step|Question|Task"  # titles whose numbers only count

# The types of pieces, by the block of pymdownx that carries them.
PIECES = {
    "admonition": ("goals", "question", "exercise", "summary"),
    "details": ("hint", "solution", "right", "wrong"),
}
# Blocks without a type.
PLAIN = ("figure-caption", "html")

# The form of a lesson. Titles of its last sections, in order:
GONE_WRONG, EXERCISES, QUIZ, SUMMARY = "What can go wrong", "Exercises", "Quiz", "Summary"
SECTIONS = (GONE_WRONG, EXERCISES, QUIZ, SUMMARY)
GOALS, QUESTION, EXERCISE = "goals", "question", "exercise"
HINT, SOLUTION, RIGHT, WRONG = "hint", "solution", "right", "wrong"
PREDICT = "Predict"
PREDICTION = re.compile(r"\bPredict\b")
VERDICTS = {RIGHT: "Right", WRONG: "No"}
LEADS_ON = "The next lesson is [{title}]({file})."
# How many of each.
EXERCISE_COUNT = range(1, 4)
QUESTION_COUNT = range(1, 3)
LEAST_WRONG = 2
LEAST_EXPLANATION = 30  # letters, besides the verdict
# What a course on derivatives has in each lesson; None elsewhere.
DERIVATION: re.Pattern[str] | None = None
