#!/usr/bin/env bash
# Finding: matplotlib sets a formula up to a point above the line of its text, by how much its height falls short of a whole one.
# Versions: matplotlib 3.11.2, numpy 2.4.6; Python 3.11; seen on 2026-12-01
# Guess: the letter of $x$ stands on the line of a text, as that of x does, in any size.
# Seen: of 33 sizes from 8 to 16 points, it is never on the line: from 0.03 points above it (at 12.75) to 0.98 (at 11); at 10, 0.53.
# Why: the parser gives the letters their place below a height that it has rounded up to a whole dot, of those of an inch: in an SVG
#      always 72. The text beside it is not rounded.
# Source: the guide to mathematical expressions shows formulas within a text and says nothing of a shift; report 29596, open, tells
#         of formulas out of their place, not of how far or why.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib matplotlib==3.11.2 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'END'
import io
import re

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt

plt.rcParams["svg.fonttype"] = "none"


def above(size: float) -> float:
    """How far above the line of a text the letter of a formula stands, in points."""
    figure = plt.figure()
    figure.text(0.5, 0.5, "x", fontsize=size, va="baseline")
    figure.text(0.5, 0.5, "$x$", fontsize=size, va="baseline")
    drawn = io.StringIO()
    figure.savefig(drawn)
    plt.close(figure)
    svg = drawn.getvalue()
    (line,) = re.findall(r'<text [^>]*\by="([^"]*)"[^>]*>x</text>', svg) or re.findall(
        r'<text [^>]*translate\([^ ,]+[ ,]+([^)]*)\)[^>]*>x</text>', svg
    )
    (group,) = re.findall(r'<g [^>]*translate\([^ ,]+[ ,]+([^)]*)\)[^>]*>\s*<text>', svg)
    (letter,) = re.findall(r'<tspan [^>]*\by="([^"]*)"[^>]*>x</tspan>', svg)
    return float(line) - float(group) - float(letter)


shifts = {size / 4: above(size / 4) for size in range(32, 65)}
print({size: round(shift, 2) for size, shift in shifts.items()})
assert all(0.02 < shift < 1 for shift in shifts.values())
assert (round(shifts[10], 1), round(shifts[11], 1), round(shifts[12.75], 1)) == (0.5, 1.0, 0.0)
END
