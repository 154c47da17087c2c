#!/usr/bin/env bash
# Finding: In an SVG with real text, a formula reads in another order than it is written: sorted by style,
#   first all letters in italics, say, then all that is upright.
# Versions: matplotlib 3.11.2, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: svg.fonttype "none" keeps a formula as text in reading order, so that search, copy and screen
#   readers get it.
# Seen: y = 1 + x becomes "yx=1+"; the plain text y = 1 + x stays as it is.
# Why: the backend groups glyphs by style, one tspan a style, each glyph with its own x: the picture is
#   right, the text is not.
# Source: not documented: the description of svg.fonttype speaks of fonts only.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib matplotlib==3.11.2 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import io
import re

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt

plt.rcParams["svg.fonttype"] = "none"


def reads(text):
    figure = plt.figure()
    figure.text(0.1, 0.5, text)
    file = io.StringIO()
    figure.savefig(file, format="svg")
    (element,) = re.findall(r"<text.*?</text>", file.getvalue(), re.DOTALL)
    return "".join(re.sub(r"<[^>]+>", "", element).split())


formula, plain = reads("$y = 1 + x$"), reads("y = 1 + x")
print("formula", formula, " plain", plain)
assert plain == "y=1+x", plain
assert formula == "yx=1+", formula
EOF
