#!/usr/bin/env bash
# Finding: For papermill a cell that is marked to raise is an error, and yet no reason to stop: it runs the rest
#   and fails at the end.
# Versions: papermill 2.7.0, nbclient 0.11.0, ipykernel 7.4.0; Python 3.11; seen on 2026-12-01
# Guess: either it knows the tag raises-exception, as nbclient below it does, and ends well; or it stops there.
# Seen: the cells behind are run and their output is kept; then it raises PapermillExecutionError, and the
#   notebook that it writes begins with a red warning.
# Why: nbclient lets the tagged cell pass; papermill then looks through all cells for an output of type error
#   and takes the first.
# Source: nbclient documents the tag; papermill's documentation does not name it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check papermill==2.7.0 nbclient==0.11.0 ipykernel==7.4.0
export HOME=$folder
env/bin/python - <<'EOF'
import nbformat
import papermill
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

tags = {"tags": ["raises-exception"]}
cells = [new_code_cell('raise ValueError("on purpose")', metadata=tags), new_code_cell('print("behind")')]
kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
book = new_notebook(cells=cells, metadata={"kernelspec": kernel})
nbformat.write(book, "a.ipynb")

NotebookClient(book).execute()
print("nbclient ends well:", book.cells[1].outputs[0].text.strip())

try:
    papermill.execute_notebook("a.ipynb", "b.ipynb", progress_bar=False)
except papermill.PapermillExecutionError as error:
    said = f"{error.ename}: {error.evalue}"
after = nbformat.read("b.ipynb", 4)
behind = [cell.outputs[0].text for cell in after.cells if "behind" in cell.source]
first = after.cells[0]
print("papermill fails with", said, "and has run what is behind:", behind)
assert said == "ValueError: on purpose"
assert behind == ["behind\n"]
assert first.cell_type == "markdown" and "error" in first.metadata.tags[0], first
EOF
