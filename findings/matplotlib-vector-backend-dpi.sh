#!/usr/bin/env bash
# Finding: Under the backends svg, pdf and ps, asking where a text stands sets the figure's dots per inch to 72: every
#   place in pixels that was known before is another one afterwards.
# Versions: matplotlib 3.11.2, numpy 2.4.6; Python 3.11; seen on 2026-12-01
# Guess: a question changes nothing: figure.dpi stays 180, as under agg, whatever the backend.
# Seen: 72 for good after get_window_extent(), get_tightbbox(), draw_without_rendering() or a layout engine's execute();
#   a corner of the figure moves to 0.4 of its pixels. After savefig it is 180.
# Why: whoever lacks a renderer gets one by beginning to print the figure, and print_svg, print_pdf and print_ps set 72,
#   which savefig puts back and nobody else does.
# Source: the documentation of these functions; none says that the figure is changed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m pip install --quiet --disable-pip-version-check --no-compile --target=lib matplotlib==3.11.2 numpy==2.4.6
PYTHONPATH=$folder/lib "$python" - <<'END'
import io

import matplotlib.pyplot as plt

QUESTIONS = {
    "get_window_extent": lambda figure: figure.axes[0].title.get_window_extent(),
    "get_tightbbox": lambda figure: figure.get_tightbbox(),
    "draw_without_rendering": lambda figure: figure.draw_without_rendering(),
    "execute": lambda figure: figure.get_layout_engine().execute(figure),
}


def asked(backend, question):
    """The dots per inch after a question, and how far right a corner of the figure is, in what it was before."""
    plt.switch_backend(backend)
    figure = plt.figure(figsize=(2, 1), dpi=180, layout="constrained")
    figure.add_subplot().set_title("title")
    before = figure.transFigure.transform((1, 1))[0]
    question(figure)
    after = figure.transFigure.transform((1, 1))[0]
    dpi = figure.dpi
    plt.close("all")
    return dpi, round(float(after / before), 2)


seen = {}
for backend in ("agg", "svg", "pdf", "ps"):
    for name, question in QUESTIONS.items():
        seen[backend, name] = asked(backend, question)
        print(backend, name, *seen[backend, name])
    saved = asked(backend, lambda figure: figure.savefig(io.BytesIO(), format="svg"))
    print(backend, "savefig", *saved)
    assert saved == (180, 1.0), saved
assert all(answer == ((180, 1.0) if backend == "agg" else (72, 0.4)) for (backend, _), answer in seen.items()), seen
END
