"""mkdocs.yml, read by MkDocs; what is wrong with it, as problems."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import yaml
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, ConfigurationError

from nabla.model.problem import Problem

FILE = "mkdocs.yml"


class Unreadable(Exception):
    """Settings that are none, or files that are not text in UTF-8: nothing can be said of the others before."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Heard(logging.Handler):
    """What MkDocs warns of while this context lasts."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self._messages: list[str] = []

    def __enter__(self) -> Heard:
        logging.getLogger("mkdocs").addHandler(self)
        return self

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)

    def emit(self, record: logging.LogRecord) -> None:
        self._messages.append(record.getMessage())

    def __len__(self) -> int:
        return len(self._messages)

    @property
    def problems(self) -> list[Problem]:
        return [Problem(FILE, 1, text) for text in self._messages]


def read(root: Path, **settings: Any) -> MkDocsConfig:
    """The settings of the project in the folder ``root``, with others in the place of some. Raises Unreadable."""
    with Heard() as heard:
        try:
            return load_config(str(root / FILE), **settings)
        except Abort:
            raise Unreadable(heard.problems) from None
        except ConfigurationError as error:
            raise Unreadable([_explained(error)]) from error


def _explained(error: ConfigurationError) -> Problem:
    cause = error.__context__
    if not isinstance(cause, yaml.MarkedYAMLError):
        return Problem(FILE, 1, "MkDocs no entiende estos ajustes", str(error))
    mark = cause.problem_mark or cause.context_mark
    fix = "mira en esa línea, y en la de antes, la sangría, las comillas y los dos puntos"
    return Problem(FILE, mark.line + 1 if mark else 1, "esto no es YAML", cause.problem or "", fix)
