"""What the generator made of each page, remembered by all that it was made from.

A page is remembered twice: as Markdown became HTML (``Rendered``), which depends on itself and on where its links lead;
and as it is published (``Finished``), which depends also on what surrounds it: theme, navigation, glossary. So a prose
edit renders and finishes one page; a changed title finishes all and renders one.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from nabla.cache import code, store

Json = Any


@dataclass(frozen=True)
class Rendered:
    """A page's Markdown as HTML.

    ``title`` is what MkDocs finds in it; ``toc`` has its headings: title, anchor, level and those under it. ``anchors``
    can be linked to; ``links`` are those to anchors of other pages: by file, by anchor, as written. ``formulas``: the
    LaTeX of each token in ``html``, and whether it is displayed.
    """

    html: str
    title: str | None
    toc: list[Json]
    anchors: list[str]
    links: dict[str, dict[str, str]]
    formulas: dict[str, tuple[str, bool]]


@dataclass(frozen=True)
class Finished:
    """A page as it is published, its ``entries`` in the index of the search, and the ``words`` in its attributes."""

    html: str
    entries: list[dict[str, Json]]
    words: list[str]


_Product = TypeVar("_Product", Rendered, Finished)


class Shelf:
    def __init__(self, root: Path, later: store.Later) -> None:
        self._root = root
        self._later = later

    def key(self, *material: Json) -> str:
        return code.key(self._root, "nabla", *material)

    def recall(self, kind: type[_Product], page: str, key: str) -> _Product | None:
        payload = store.recall(self._entry(kind, page, key), key)
        return None if payload is None else kind(**json.loads(payload))

    def remember(self, page: str, key: str, product: Rendered | Finished) -> None:
        self._later.write(self._entry(type(product), page, key), key, json.dumps(asdict(product)))

    def _entry(self, kind: type, page: str, key: str) -> Path:
        name = page.removesuffix(".md").replace("/", "-")
        return store.entry(self._root, kind.__name__.lower(), name, key)
