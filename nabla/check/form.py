"""The form of a lesson, which readers come to know: its pieces, its last sections, its exercises and its quiz."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from nabla.check.pieces import Piece
from nabla.model import course
from nabla.model.page import Kind, Mark, Page
from nabla.model.problem import Problem


def check(page: Page, pieces: Sequence[Piece], following: str | None = None) -> Iterator[Problem]:
    """What a lesson lacks. ``following``: the file name of the next one, to which it must lead."""
    lesson = _Lesson(page, pieces)
    yield from lesson.beginning()
    yield from lesson.middle()
    yield from lesson.order()
    yield from lesson.exercises()
    yield from lesson.quiz()
    if following:
        yield from lesson.end(following)


class _Lesson:
    def __init__(self, page: Page, pieces: Sequence[Piece]) -> None:
        self.page = page
        self.pieces = pieces
        self.titles = {each.text: each.line for each in reversed(list(page.of(Kind.HEADING, "##")))}

    def problem(self, line: int, what: str, fix: str) -> Problem:
        return Problem(self.page.file, line, what, fix=fix)

    def of(self, kind: str, outer: Piece | None = None) -> list[Piece]:
        return [
            piece
            for piece in self.pieces
            if piece.type == kind and (outer is None or outer.holds(piece.first))
        ]

    def section(self, title: str) -> tuple[int, int] | None:
        """The lines of a section; None if there is none."""
        if title not in self.titles:
            return None
        start = self.titles[title]
        return start, min(
            (each for each in self.titles.values() if each > start), default=len(self.page.lines) + 1
        )

    def beginning(self) -> Iterator[Problem]:
        first = self.page.blocks[0].line if self.page.blocks else len(self.page.lines)
        goals = self.of(course.GOALS)
        if len(goals) != 1 or goals[0].first > first:
            where = goals[-1].first if goals else 1
            fix = f"pon una pieza de tipo {course.GOALS} antes del primer bloque de código, y solo una"
            yield self.problem(where, "la lección no empieza por sus objetivos", fix)
            return
        predictions = [each for each in self.of(course.QUESTION) if course.PREDICTION.search(each.title)]
        if not any(each.first > goals[0].first for each in predictions):
            fix = f"pon detrás una pieza: /// admonition | {course.PREDICT}, de tipo {course.QUESTION}"
            yield self.problem(goals[0].first, "detrás de los objetivos no hay nada que predecir", fix)

    def middle(self) -> Iterator[Problem]:
        if not self.page.figures:
            fix = f"dibuja en un bloque lo que enseña, y ponla: ![Qué se ve.]({course.FIGURE}sección)"
            yield self.problem(1, "la lección no tiene ninguna figura", fix)
        shown = self.page.of(Kind.DISPLAY)
        if course.DERIVATION and not any(course.DERIVATION.search(each.text) for each in shown):
            fix = "da la derivada que enseña en una fórmula de párrafo aparte, entre $$"
            yield self.problem(1, "la lección no deduce ninguna derivada", fix)

    def order(self) -> Iterator[Problem]:
        wanted = ", ".join(f"## {title}" for title in course.SECTIONS)
        last = 0
        for title in course.SECTIONS:
            line = self.titles.get(title)
            if line is None:
                yield self.problem(
                    max(last, 1), f"a la lección le falta «## {title}»", f"acaba así: {wanted}"
                )
                continue
            if line < last:
                yield self.problem(line, f"«## {title}» no está en su sitio", f"el orden es {wanted}")
            last = max(last, line)
        wrong = self.section(course.GONE_WRONG)
        if wrong and not any(wrong[0] < block.line < wrong[1] for block in self.page.blocks):
            fix = "enseña con un bloque qué pasa cuando alguien se equivoca"
            yield self.problem(wrong[0], f"«## {course.GONE_WRONG}» no ejecuta nada", fix)

    def exercises(self) -> Iterator[Problem]:
        found = self.of(course.EXERCISE)
        if course.EXERCISES in self.titles:
            yield from self._count(course.EXERCISES, course.EXERCISE, len(found), course.EXERCISE_COUNT)
        for exercise in found:
            for kind in (course.HINT, course.SOLUTION):
                yield from self._one(exercise, kind)
            for solution in self.of(course.SOLUTION, exercise):
                ran = [block for block in self.page.blocks if solution.holds(block.line)]
                if not any(block.expected for block in ran):
                    fix = "pon dentro el código que la comprueba, con un print"
                    yield self.problem(solution.first, "esta solución no imprime nada", fix)

    def quiz(self) -> Iterator[Problem]:
        place = self.section(course.QUIZ)
        if place is None:
            return
        questions = [each for each in self.of(course.QUESTION) if place[0] < each.first < place[1]]
        yield from self._count(course.QUIZ, course.QUESTION, len(questions), course.QUESTION_COUNT)
        for question in questions:
            yield from self._one(question, course.RIGHT)
            if len(self.of(course.WRONG, question)) < course.LEAST_WRONG:
                fix = (
                    f"pon al menos {course.LEAST_WRONG} piezas de tipo {course.WRONG}, cada una con su porqué"
                )
                yield self.problem(question.first, "a esta pregunta le faltan respuestas incorrectas", fix)
            for kind, verdict in course.VERDICTS.items():
                for answer in self.of(kind, question):
                    if not re.match(rf"{verdict}\b", answer.text):
                        fix = f"empieza por «{verdict}»"
                        yield self.problem(answer.first, "esta respuesta no empieza por su veredicto", fix)
                    elif len(answer.text) <= len(verdict) + course.LEAST_EXPLANATION:
                        yield self.problem(
                            answer.first, "esta respuesta no dice por qué", "explica qué idea hay detrás"
                        )

    def end(self, following: str) -> Iterator[Problem]:
        place = self.section(course.SUMMARY)
        if place and not any(
            span.mark is Mark.LINK and span.name.startswith(following)
            for region in self.page.regions
            if place[0] < region.line < place[1]
            for span in region.spans
        ):
            fix = f"enlaza con ella al final: [título]({following})"
            yield self.problem(place[0], f"«## {course.SUMMARY}» no lleva a la lección siguiente", fix)

    def _count(self, title: str, kind: str, count: int, wanted: range) -> Iterator[Problem]:
        if count not in wanted:
            what = f"«## {title}» tiene {count} piezas de tipo {kind}"
            yield self.problem(self.titles[title], what, f"deben ser de {wanted[0]} a {wanted[-1]}")

    def _one(self, outer: Piece, kind: str) -> Iterator[Problem]:
        count = len(self.of(kind, outer))
        if count != 1:
            what = f"«{outer.title}» tiene {count} piezas de tipo {kind}"
            yield self.problem(
                outer.first, what, "debe tener una, dentro de ella (más barras fuera que dentro)"
            )
