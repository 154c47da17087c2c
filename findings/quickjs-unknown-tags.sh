#!/usr/bin/env bash
# Finding: quickjs-ng cannot return a long string that was put together from two, nor a small BigInt; a
#   large one it can.
# Versions: quickjs-ng 0.17.0.2; Python 3.11; seen on 2026-11-29
# Guess: strings and integers arrive in Python whatever their length and history.
# Seen: "x".repeat(5000) + "y".repeat(5000) raises TypeError (Unknown quickjs tag: -6), the same string made
#   with join arrives; 3n raises (tag 7), 2n ** 70n arrives as an int.
# Why: the engine keeps long concatenations as ropes and small BigInts inside the value, each with a tag of
#   its own that the binding does not know.
# Source: not documented.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib quickjs-ng==0.17.0.2
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import quickjs

context = quickjs.Context()


def ask(code):
    try:
        return context.eval(code)
    except TypeError as error:
        return str(error)


rope, joined = ask('"x".repeat(5000) + "y".repeat(5000)'), ask('["x".repeat(5000), "y".repeat(5000)].join("")')
small, large = ask("3n"), ask("2n ** 70n")
print(rope, "|", len(joined), "|", small, "|", large)
assert rope.startswith("Unknown quickjs tag") and joined == "x" * 5000 + "y" * 5000
assert str(small).startswith("Unknown quickjs tag") and large == 2**70
EOF
