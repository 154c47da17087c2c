"""The whole site in one zip, to be read from its files, search included.

python -m nabla.takeaway.offline
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "nabla-sin-conexion.zip"
_BUILT = ROOT / ".cache" / "offline" / "nabla"
# A browser takes no module and starts no worker from a file: nothing in this copy asks for these.
_SERVED_ONLY = (
    "assets/figures/",
    "assets/vendor/micropython/",
    "assets/javascripts/run.js",
    "assets/javascripts/python.js",
)


def pack(folder: Path, target: Path) -> None:
    """Write the zip of a folder, without what only a server's pages use; the same files give the same bytes."""
    partial = target.with_suffix(".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(path for path in folder.rglob("*") if path.is_file()):
            name = file.relative_to(folder).as_posix()
            if name.startswith(_SERVED_ONLY):
                continue
            entry = zipfile.ZipInfo(f"{folder.name}/{name}")
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, file.read_bytes())
    partial.replace(target)


def main() -> int:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(_BUILT)]
    code = subprocess.call(command, cwd=ROOT, env=os.environ | {"OFFLINE": "true"})
    if code == 0:
        pack(_BUILT, TARGET)
        print(f"Hecho: {TARGET.name}. Extrae lo de dentro y abre nabla/index.html.")
    return code


if __name__ == "__main__":
    sys.exit(main())
