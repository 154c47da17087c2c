#!/usr/bin/env bash
# Finding: mkdocs build --strict --quiet accepts the dead link for which --strict alone refuses the build.
# Versions: mkdocs 1.6.1; Python 3.11; seen on 2026-11-29
# Guess: quiet hides the messages, strict still ends the build with an error.
# Seen: with --strict the exit status is 1; with --strict --quiet it is 0, and the site is written.
# Why: strict counts the warnings that reach the log, and quiet raises the log level above them.
# Source: not documented: the help of --quiet says "silence warnings".
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib mkdocs==1.6.1
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import pathlib
import subprocess
import sys

pathlib.Path("docs").mkdir()
pathlib.Path("docs/index.md").write_text("# Home\n\n[dead](missing.md)\n")
pathlib.Path("mkdocs.yml").write_text("site_name: x\n")
command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
strict, quiet = (subprocess.run([*command, *more], capture_output=True).returncode for more in ([], ["--quiet"]))
print("strict", strict, " strict and quiet", quiet)
assert (strict, quiet) == (1, 0), (strict, quiet)
EOF
