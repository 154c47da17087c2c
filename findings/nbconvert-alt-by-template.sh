#!/usr/bin/env bash
# Finding: The alternative text that a notebook gives a picture reaches nbconvert's classic HTML and neither
#   its default HTML nor its Markdown.
# Versions: nbconvert 7.17.2, nbformat 5.11.1; Python 3.11; seen on 2026-12-01
# Guess: what the classic template writes, all exports that have a place for it write: Markdown between the
#   brackets of ![…], the default HTML in alt.
# Seen: alt="A line that rises" in classic; in the default template, and in the slides built on it, "No
#   description has been provided for this image"; in Markdown, ![png].
# Why: each template asks for the metadata of the output by itself, and only classic asks for alt.
# Source: nbconvert's pull request 1112 added alt for PNG and JPEG in 2019; the later templates are not said to
#   lack it, and the format does not define it (jupyter/enhancement-proposals issue 120).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python=${PYTHON:-python3.11}
"$python" -m venv env
env/bin/python -m pip install --quiet --disable-pip-version-check nbconvert==7.17.2 nbformat==5.11.1
env/bin/python - <<'EOF'
import base64
import re
import struct
import warnings
import zlib

import nbformat
from nbconvert import HTMLExporter, MarkdownExporter, SlidesExporter
from nbformat.v4 import new_code_cell, new_notebook, new_output

warnings.simplefilter("ignore")
ALT = "A line that rises"


def chunk(kind, content):
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
picture = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
output = new_output(
    "display_data",
    data={"image/png": base64.b64encode(picture).decode()},
    metadata={"image/png": {"alt": ALT, "width": 20}},
)
book = new_notebook(cells=[new_code_cell("draw()", outputs=[output])])
nbformat.validate(book)

seen = {}
for name, exporter in {
    "classic": HTMLExporter(template_name="classic"),
    "default": HTMLExporter(),
    "slides": SlidesExporter(),
    "markdown": MarkdownExporter(),
}.items():
    text, _ = exporter.from_notebook_node(book)
    (seen[name],) = re.findall(r'<img alt="([^"]*)"|!\[([^]]*)\]', text)
seen = {name: "".join(found) for name, found in seen.items()}
print(seen)
missing = "No description has been provided for this image"
assert seen == {"classic": ALT, "default": missing, "slides": missing, "markdown": "png"}, seen
EOF
