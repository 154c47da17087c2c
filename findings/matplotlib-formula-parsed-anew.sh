#!/usr/bin/env bash
# Finding: matplotlib parses the formulas of a figure anew each time that it saves it as SVG or PDF; as PNG it remembers them.
# Versions: matplotlib 3.11.2, numpy 2.4.6; Python 3.11; seen on 2026-12-01
# Guess: the parser keeps its last 50 formulas, so saving one figure again as SVG parses none, as with PNG.
# Seen: of a figure with 10 formulas, three saves as PNG parse 10, 0 and 0; as SVG or as PDF, 10, 10 and 10.
# Why: the formulas are kept for each parser, and those of vectors have one for each renderer: a new one with each save.
# Source: MathTextParser.parse documents its cache and that the same expression is quick the next time; not for whom it holds.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib matplotlib==3.11.2 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'END'
import io
from collections import Counter

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt
from matplotlib import _mathtext

FORMULAS = [rf"$x_{{{number}}}$" for number in range(10)]
parsed = Counter()
parse = _mathtext.Parser.parse


def counted(self, formula, *rest):
    parsed[formula] += 1
    return parse(self, formula, *rest)


_mathtext.Parser.parse = counted
figure = plt.figure()
for number, formula in enumerate(FORMULAS):
    figure.text(0.1, number / 10, formula)
seen = {}
for kind in ("png", "svg", "pdf"):
    seen[kind] = []
    for _ in range(3):
        parsed.clear()
        figure.savefig(io.BytesIO(), format=kind)
        seen[kind].append(sum(parsed.values()))
print("formulas parsed at each of three saves, of 10:", seen)
assert seen == {"png": [10, 0, 0], "svg": [10, 10, 10], "pdf": [10, 10, 10]}
END
