"""The characters of a page: those that one program takes for the end of a line, and another does not."""

from __future__ import annotations

import re

from nabla.parse.inline import Fault

# What str.splitlines, editors, YAML or Python-Markdown take for the end of a line, or for their own marks.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\x85\u2028\u2029]")


def clean(text: str) -> tuple[str, list[Fault]]:
    """The text with spaces in the place of such characters, and one fault for each."""
    faults = []
    if text.startswith("\ufeff"):
        what = "el archivo empieza por una marca de orden de bytes (BOM)"
        faults.append(Fault(0, what, "guárdalo como UTF-8 sin BOM"))
        text = " " + text[1:]
    for match in _CONTROL.finditer(text):
        what = f"un signo de control que no se ve, U+{ord(match[0]):04X}"
        faults.append(Fault(match.start(), what, "bórralo, o pon un salto de línea normal"))
    return _CONTROL.sub(" ", text), faults
