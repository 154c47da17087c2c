"""Install what a list of requirements pins, saying what comes, how large it is, and that it goes on.

``.venv/bin/python tools/install.py requirements.txt [options of pip]``. Standard library alone: nothing is there yet.
"""

from __future__ import annotations

import os
import queue
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

_BREATH = 8.0  # seconds of silence
_LARGE = 10.0  # MB of a download that is worth a line
_SIZES = """\
Se instalan en .venv las bibliotecas de {file} ({count}): solo la primera vez.
  Ocupan 1.2 GB con el torch para CPU. En Linux, el torch normal trae CUDA y son varios GB más; para el pequeño,
  para esta orden con Ctrl+C y escribe antes: make torch-cpu"""
_FEW = "Se instalan en .venv las bibliotecas de {file} ({count}): unos 250 MB, solo la primera vez."


def main() -> int:
    file, *options = sys.argv[1:]
    pinned = re.findall(r"^[\w.-]+==", Path(file).read_text("utf-8"), re.MULTILINE)
    print((_SIZES if "torch==" in pinned else _FEW).format(file=file, count=len(pinned)), flush=True)
    command = [sys.executable, "-m", "pip", "install", "--disable-pip-version-check", "--progress-bar", "off"]
    with tempfile.TemporaryDirectory() as folder:
        pip = subprocess.Popen(
            [*command, "-r", file, *options],
            env=os.environ | {"TMPDIR": folder},
            stdout=subprocess.PIPE,
            text=True,
        )
        for line in follow(pip, Path(folder), _BREATH):
            print(line, flush=True)
    return pip.wait()


def follow(pip: subprocess.Popen[str], folder: Path, breath: float) -> Iterator[str]:
    """What to tell of a pip at work, which downloads into ``folder``: something every ``breath`` seconds at least."""
    lines: queue.Queue[str | None] = queue.Queue()
    assert pip.stdout

    def read(pipe: Iterator[str]) -> None:
        for line in pipe:
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, args=(pip.stdout,), daemon=True).start()
    doing, silent = "se busca qué hace falta", 0.0
    while True:
        try:
            line = lines.get(timeout=breath)
        except queue.Empty:
            silent += breath
            size = sum(file.stat().st_size for file in folder.rglob("*.whl")) / 1e6
            yield f"  … {doing} ({f'{size:.0f} MB, ' * (size > 1)}{silent:.0f} s)"
            continue
        if line is None:
            return
        if told := said(line):
            doing, silent = told, 0.0
            yield f"  {told}"


def said(line: str) -> str | None:
    """A line of pip in Spanish; None if it tells nothing of size."""
    if match := re.match(
        r"\s*(?:Downloading|Using cached) .*?([^/\s]+?)-[\d.]+\S* \(([\d.]+) ([kMG]B)\)", line
    ):
        name, size, unit = match.groups()
        large = unit == "GB" or (unit == "MB" and float(size) >= _LARGE)
        return f"llega {name}: {size} {unit}" if large else None
    if match := re.match(r"Installing collected packages: (.*)", line):
        return f"se colocan {match[1].count(',') + 1} bibliotecas en su sitio"
    return "instalado" if line.startswith("Successfully installed") else None


if __name__ == "__main__":
    sys.exit(main())
