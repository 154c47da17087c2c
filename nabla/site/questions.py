"""The fields in which a reader answers «Predice». predict.js keeps what is answered; without it nothing of them shows.

They are in the page from the start, so that nothing moves when the script comes.
"""

from __future__ import annotations

import hashlib
import html
import re

from nabla.model.page import Kind, Page
from nabla.model.prediction import Prediction

_CODE = re.compile(r"`([^`]+)`")


def fields(page: Page, prediction: Prediction) -> str:
    """The fields of a question, as HTML in one line."""
    name = f"nb-predice-{page.predictions.index(prediction)}"
    if prediction.options:
        options = "".join(
            f'<label><input type="radio" name="{name}" value="{html.escape(each)}"><span>{_words(each)}</span></label>'
            for each in prediction.options
        )
        inside = f"<fieldset><legend>Tu respuesta</legend>{options}</fieldset>"
    else:
        field = '<input type="text" inputmode="decimal" autocomplete="off" size="10">'
        inside = f"<label>Tu respuesta, un número: {field}</label><button>Guardar</button>"
    values = {"clave": _key(page, prediction), "tras": str(prediction.block), "buena": prediction.right}
    data = " ".join(f'data-{key}="{html.escape(value)}"' for key, value in values.items())
    return f'<form class="nb-predice" id="{name}" {data} data-search-exclude>{inside}<output></output></form>'


def _key(page: Page, prediction: Prediction) -> str:
    """Tells the question, in these words, from any other: what was answered to another one is not shown."""
    asked = next(each for each in reversed(list(page.of(Kind.OPENER))) if each.line < prediction.line)
    unseen = {line for each in page.of(Kind.COMMENT) for line in range(each.line, each.last + 1)}
    words = [page.lines[line - 1] for line in range(asked.line + 1, prediction.line) if line not in unseen]
    told = "\n".join([*words, *prediction.options, prediction.right])
    return hashlib.sha256(told.encode()).hexdigest()[:8]


def _words(option: str) -> str:
    return _CODE.sub(r"<code>\1</code>", html.escape(option, quote=False))
