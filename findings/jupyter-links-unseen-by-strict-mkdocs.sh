#!/usr/bin/env bash
# Finding: A broken link in a notebook passes mkdocs build --strict through mkdocs-jupyter; the same link in
#   Markdown stops it.
# Versions: mkdocs 1.6.1, mkdocs-jupyter 0.26.3, nbformat 5.11.1; Python 3.11; seen on 2026-11-29
# Guess: strict builds with not_found and anchors set to warn refuse a dead link on every page, notebooks
#   too, and rewrite [b](b.md) to the built page.
# Seen: the build succeeds, and the page links to missing.md and b.md, neither of which exists in the site.
# Why: the plugin hands MkDocs finished HTML; links are checked and rewritten in a step of the Markdown
#   renderer that never sees it.
# Source: not documented in mkdocs-jupyter; MkDocs says that links in raw HTML are not touched.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib mkdocs==1.6.1 mkdocs-jupyter==0.26.3 nbformat==5.11.1
export JUPYTER_PATH="$folder/lib/share/jupyter"
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import pathlib
import re
import subprocess
import sys

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook

docs = pathlib.Path("docs")
docs.mkdir()
text = "# One\n\n[dead](missing.md) [b](b.md)"
notebook = new_notebook(cells=[new_markdown_cell(text)])
(docs / "index.md").write_text("# Home\n")
(docs / "b.md").write_text("# B\n")
pathlib.Path("mkdocs.yml").write_text(
    "site_name: x\nplugins: [mkdocs-jupyter]\nvalidation: {links: {not_found: warn, anchors: warn}}\n"
)


def build():
    command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
    return subprocess.run(command, capture_output=True, text=True)


(docs / "a.md").write_text(text + "\n")
markdown = build()
(docs / "a.md").unlink()
(docs / "a.ipynb").write_text(nbformat.writes(notebook))
jupyter = build()
page = pathlib.Path("site/a/index.html").read_text()
links = sorted(set(re.findall(r'href="((?:missing|b)[^"]*)"', page)))
print("Markdown:", markdown.returncode, " notebook:", jupyter.returncode, links)
assert markdown.returncode == 1 and "missing.md" in markdown.stderr + markdown.stdout
assert jupyter.returncode == 0, jupyter.stderr
assert links == ["b.md", "missing.md"], links
EOF
