"""Numbers that no code of a page computes and no author gives: the few patterns, each with its reason.

Sorted by reason. A pattern that matches nothing in the site any more is a fault, which the tests find.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Allowed:
    """Text whose digits need no owner. ``page``: the only page where it may stand, if it is one."""

    reason: str
    pattern: str
    page: str = ""

    def spans(self, file: str, text: str) -> list[tuple[int, int]]:
        """Where it stands in the ``text`` of a page."""
        if self.page and self.page != file:
            return []
        return [match.span() for match in re.finditer(self.pattern, text)]


ALLOWED = (
    Allowed("año de una obra citada", r"\((?:19|20)\d\d\)"),
    Allowed("fecha de una prueba con otros programas", r"\bdiciembre de 2026\b", "docs/uso.md"),
    Allowed("fecha que anuncia otro proyecto", r"\b5 de mayo de 2027\b", "docs/arquitectura.md"),
    Allowed("nombre de formato de número", r"\bTF32\b", "docs/y-despues.md"),
    Allowed("nombre de norma", r"\bL[12]\b"),
    Allowed("nombre de tamaño de papel", r"\bA4\b", "docs/chuleta.md"),
    Allowed("nombre de tipo de dato", r"\bfloat(?:32|64)\b"),
    Allowed("número de un ejercicio de la misma página", r"\b[Ee]jercicios? \d(?: y \d)?\b"),
    Allowed("número de una sospecha de la misma página", r"\bsospecha \d\b", "docs/lecciones/descenso.md"),
    Allowed("número de una tarea del mismo cuaderno", r"\btarea \d+\b"),
    Allowed("peso de una página en el buscador", r"\bboost: 0\.\d\b"),
    Allowed("título de un congreso", r"\*NIPS 2017 Autodiff Workshop\*", "docs/referencias.md"),
    Allowed("versión de un generador", r"\b(?:Mk|Proper)Docs \d\.\d\.\d\b", "docs/arquitectura.md"),
    Allowed("versión de un programa que abre cuadernos", r"`[^`]+` \d+\.\d+\.\d+\b", "docs/uso.md"),
    Allowed("versión mínima de Python", r"\b3\.11\.0 o posterior\b", "docs/uso.md"),
    Allowed("volumen, número y páginas de una revista", r"\*, \d+\(\d+\), \d+–\d+\.", "docs/referencias.md"),
)
