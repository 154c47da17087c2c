#!/usr/bin/env bash
# Finding: marimo convert makes a name that two cells assign private to each cell, so a valid notebook ends
#   in a NameError.
# Versions: marimo 0.25.2, nbformat 5.11.1; Python 3.11; seen on 2026-11-29
# Guess: where two cells assign one name, the conversion keeps the name and marimo reports the clash, or it
#   renames and keeps the meaning.
# Seen: total = 1 / total += 1 / print(total) becomes _total in the first two cells, each its own, and a
#   third cell that reads a name that no cell defines: the script raises NameError where the notebook prints
#   2.
# Why: a leading underscore makes a name local to its cell in marimo; the conversion adds it to every name
#   that is assigned twice, without asking who reads it.
# Source: marimo documents private names and the rule of one assignment, not that convert changes the
#   program.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib marimo==0.25.2 nbformat==5.11.1
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import contextlib
import io
import pathlib
import subprocess
import sys

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

cells = ["total = 1", "total += 1", "print(total)"]
pathlib.Path("a.ipynb").write_text(nbformat.writes(new_notebook(cells=map(new_code_cell, cells))))
subprocess.run([sys.executable, "-m", "marimo", "convert", "a.ipynb", "-o", "a.py"], check=True, capture_output=True)
converted = pathlib.Path("a.py").read_text()

printed, names = io.StringIO(), {}
with contextlib.redirect_stdout(printed):
    for cell in cells:
        exec(cell, names)
ran = subprocess.run([sys.executable, "a.py"], capture_output=True, text=True)
print("notebook prints", printed.getvalue().strip(), " converted:", ran.returncode, "_total" in converted)
assert printed.getvalue() == "2\n"
assert "_total = 1" in converted and "_total += 1" in converted, converted
assert ran.returncode != 0 and "Error" in ran.stderr, ran.stderr
EOF
