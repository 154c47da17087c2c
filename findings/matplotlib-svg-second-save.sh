#!/usr/bin/env bash
# Finding: With constrained layout, saving the same figure a second time gives another SVG: the axes have
#   moved.
# Versions: matplotlib 3.11.2, numpy 2.4.6; Python 3.11; seen on 2026-11-29
# Guess: with a fixed hash salt and no date, saving an untouched figure again gives the same bytes.
# Seen: without a layout engine all saves agree; with constrained and with tight layout the second differs
#   from the first, and the axes have other bounds.
# Why: the layout runs at every save and starts from the positions that the last one left.
# Source: the guides to both layouts say that they run at every draw, not that this changes the result.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib matplotlib==3.11.2 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'EOF'
import io

import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt

plt.rcParams["svg.hashsalt"] = "fixed"


def saves(layout):
    figure, axes = plt.subplots(layout=layout)
    axes.plot([1, 2], [1e6, 2e6], label="a")
    axes.set_ylabel("y")
    axes.legend(bbox_to_anchor=(1.02, 1), loc="upper left")
    texts, bounds = [], []
    for _ in range(2):
        file = io.BytesIO()
        figure.savefig(file, format="svg", metadata={"Date": None})
        texts.append(file.getvalue())
        bounds.append(axes.get_position().bounds)
    return texts[0] == texts[1], max(abs(a - b) for a, b in zip(*bounds))


seen = {layout: saves(layout) for layout in (None, "constrained", "tight")}
for layout, (same, moved) in seen.items():
    print(f"{layout}: same bytes {same}, axes moved by {moved:.1e}")
assert seen[None][0] and not seen["constrained"][0] and not seen["tight"][0], seen
EOF
