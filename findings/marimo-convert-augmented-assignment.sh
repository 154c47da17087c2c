#!/usr/bin/env bash
# Finding: marimo convert takes total += 1 for a new variable: a valid notebook becomes a script that ends
#   in a NameError.
# Versions: marimo 0.25.2, nbformat 5.11.1; Python 3.11; seen on 2026-11-29
# Guess: where two cells assign one name, the conversion renames and keeps the meaning, as it does for total
#   = total + 1 (total_1 = total + 1).
# Seen: with total += 1 in the second cell, both cells get a private _total of their own, and the script
#   raises NameError where the notebook prints 2.
# Why: an augmented assignment counts as a definition and not as a use, so that the name seems temporary in
#   each cell; a leading underscore makes it local.
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


def in_jupyter(cells):
    printed, names = io.StringIO(), {}
    with contextlib.redirect_stdout(printed):
        for cell in cells:
            exec(cell, names)
    return printed.getvalue().split()


def in_marimo(cells):
    notebook = new_notebook(cells=[new_code_cell(cell) for cell in cells])
    pathlib.Path("a.ipynb").write_text(nbformat.writes(notebook))
    pathlib.Path("a.py").unlink(missing_ok=True)
    command = [sys.executable, "-m", "marimo", "convert", "a.ipynb", "-o", "a.py"]
    subprocess.run(command, check=True, capture_output=True)
    ran = subprocess.run([sys.executable, "a.py"], capture_output=True, text=True)
    return ran.returncode, "NameError" in ran.stderr


first = "total = 1\nprint(total)"
seen = {}
for second in ("total = total + 1", "total += 1"):
    cells = [first, second + "\nprint(total)"]
    assert in_jupyter(cells) == ["1", "2"]
    seen[second] = in_marimo(cells)
print("exit status, NameError:", seen)
assert seen == {"total = total + 1": (0, False), "total += 1": (1, True)}, seen
EOF
