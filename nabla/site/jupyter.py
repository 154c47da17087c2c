"""The cells of the practice notebooks as HTML, by mkdocs-jupyter, kept on disk until they change.

mkdocs-jupyter converts an executed notebook. It is not among the plugins of mkdocs.yml: to import it takes longer
than to build all notebooks from the cache, and its own cache knows nothing of snippets and libraries. So it works
in a process of its own (``python -m nabla.site.jupyter``), only for notebooks whose cells or outputs changed: a notebook
a line on its standard input, as JSON; its pieces, on a line of its output.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from nabla.cache import code, recent, store
from nabla.model.page import Page
from nabla.run.environment import environment
from nabla.run.runner import Run
from nabla.takeaway import notebook

_TEMPLATES = Path(__file__).with_name("jupyter_template")
_PIECE = re.compile(r'<section data-cell="(?P<name>[^"]+)">(?P<html>.*?)</section>', re.DOTALL)


class Renderer:
    """Draws notebooks; mkdocs-jupyter is started with the first that needs it, and serves them all."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Renderer:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.communicate()

    def render(self, page: Page, run: Run) -> dict[str, str]:
        """The HTML of each piece of a notebook's cells, by its name."""
        book = json.dumps(notebook.shown(page, run))
        key = code.key(self._root, "nabla.site.jupyter", code.tree(_TEMPLATES), book)
        file = store.entry(self._root, "notebooks", Path(page.file).stem, key)
        known = store.kept(file, key, lambda: self._convert(book))
        recent.use(file)
        return json.loads(known)

    def _convert(self, book: str) -> str:
        if self._process is None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "nabla.site.jupyter"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                cwd=self._root,
                env=environment(self._root),
            )
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(f"{book}\n")
        self._process.stdin.flush()
        if pieces := self._process.stdout.readline():
            return pieces
        raise subprocess.CalledProcessError(self._process.wait(), self._process.args)


def main() -> None:
    from mkdocs_jupyter import convert
    from mkdocs_jupyter.config import settings

    settings.templates_dir = str(_TEMPLATES)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "notebook.ipynb")
        for book in sys.stdin:
            file.write_text(book, "utf-8")
            content = convert.nb2html(str(file), execute=False, allow_errors=False)
            pieces = {piece["name"]: piece["html"] for piece in _PIECE.finditer(content)}
            print(json.dumps(pieces), flush=True)


if __name__ == "__main__":
    main()
