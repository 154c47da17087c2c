"""The cells of the practice notebooks as HTML, by mkdocs-jupyter, kept on disk until they change.

mkdocs-jupyter converts an executed notebook. It is not among the plugins of mkdocs.yml: to import it takes longer
than to build all notebooks from the cache, and its own cache knows nothing of snippets and libraries. So it works
in a process of its own (``python -m nabla.jupyter``), only for notebooks whose cells or outputs changed.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from nabla import notebook, store
from nabla.page import Page
from nabla.runner import Run, environment, forget_old, libraries

_TEMPLATES = Path(__file__).with_name("jupyter_template")
_PIECE = re.compile(r'<section data-cell="(?P<name>[^"]+)">(?P<html>.*?)</section>', re.DOTALL)


def render(root: Path, page: Page, run: Run) -> dict[str, str]:
    """The HTML of each piece of a notebook's cells, by its name."""
    book = json.dumps(notebook.shown(page, run))
    files = [Path(__file__), *sorted(_TEMPLATES.rglob("*.j2"))]
    hashes = [hashlib.sha256(file.read_bytes()).hexdigest() for file in files]
    key = hashlib.sha256(json.dumps([book, hashes, libraries(root)]).encode()).hexdigest()
    file = root / ".cache" / "notebooks" / Path(page.file).stem / f"{key[:24]}.json"
    known = store.kept(file, key, lambda: _convert(root, book))
    forget_old(file.parent)
    return json.loads(known)


def _convert(root: Path, book: str) -> str:
    converted = subprocess.run(
        [sys.executable, "-m", "nabla.jupyter"],
        input=book,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
        encoding="utf-8",
        cwd=root,
        env=environment(root),
    )
    return converted.stdout


def main() -> None:
    from mkdocs_jupyter import convert
    from mkdocs_jupyter.config import settings

    settings.templates_dir = str(_TEMPLATES)
    book: dict[str, Any] = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "notebook.ipynb")
        file.write_text(json.dumps(book), "utf-8")
        content = convert.nb2html(str(file), execute=False, allow_errors=False)
    json.dump({piece["name"]: piece["html"] for piece in _PIECE.finditer(content)}, sys.stdout)


if __name__ == "__main__":
    main()
