#!/usr/bin/env bash
# Finding: pytest-codeblocks skips a fence of tildes and runs the Python inside an HTML comment.
# Versions: pytest-codeblocks 0.18.0, pytest 9.2.0; Python 3.11; seen on 2026-11-29
# Guess: it finds the blocks that Markdown shows: ~~~python like ```python, and nothing of what is commented
#   out.
# Seen: of a backtick block, a tilde block and a block inside <!-- -->, it finds the first and the third.
# Why: it reads line by line: a line that starts with three backticks begins a block, wherever it stands.
# Source: not documented; the README shows backtick fences only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib pytest-codeblocks==0.18.0 pytest==9.2.0
PYTHONPATH=$folder/lib "$python" - <<'EOF'
from pytest_codeblocks import extract_from_buffer
import io

fence = "`" * 3
page = f"""{fence}python
print("backticks")
{fence}

~~~python
print("tildes")
~~~

<!--
{fence}python
print("comment")
{fence}
-->
"""
found = [block.code.strip() for block in extract_from_buffer(io.StringIO(page))]
print(found)
assert found == ['print("backticks")', 'print("comment")'], found
EOF
