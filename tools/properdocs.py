"""``python -m tools.properdocs``: does the site build with ProperDocs, and what would be different?

Nothing of the project is touched: both builds happen in copies, and ProperDocs is installed in a temporary folder.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VERSION = "1.6.7"
# Each generator signs its pages.
SIGNATURE = re.compile(rb'<meta name="generator" content="[^"]*">')
PARTS = ("docs", "nabla", "snippets", "mkdocs.yml", "requirements.txt")


def copy(folder: Path) -> Path:
    """The project as it is, with what its code printed last time: the run does not depend on who makes the pages."""
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder)
    for kept in ("runs", "maths", "notebooks"):
        if (ROOT / ".cache" / kept).is_dir():
            shutil.copytree(ROOT / ".cache" / kept, folder / ".cache" / kept)
    return folder


def build(generator: str, folder: Path, libraries: Path) -> dict[str, bytes]:
    """What ``generator`` publishes of the project in ``folder``, by path, without its signature."""
    path = os.pathsep.join([str(libraries), os.environ.get("PYTHONPATH", "")])
    command = [sys.executable, "-m", generator, "build", "--strict", "--quiet", "-f", "mkdocs.yml"]
    subprocess.run(command, cwd=folder, env=os.environ | {"PYTHONPATH": path}, check=True)
    site = folder / "site"
    return {
        file.relative_to(site).as_posix(): SIGNATURE.sub(b"", file.read_bytes())
        for file in site.rglob("*")
        if file.is_file()
    }


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="nabla-properdocs-") as name:
        scratch = Path(name)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]
        libraries = scratch / "libraries"
        subprocess.run(
            [sys.executable, *install, "--target", libraries, f"properdocs=={VERSION}"], check=True
        )
        for each in ("one", "other"):
            (scratch / each).mkdir()
        one = build("mkdocs", copy(scratch / "one"), libraries)
        other = build("properdocs", copy(scratch / "other"), libraries)
    different = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    print(f"ProperDocs {VERSION} publica {len(other)} archivos, y MkDocs, {len(one)}.")
    print("Son iguales, salvo la firma del generador." if not different else f"Distintos: {', '.join(different)}")
    return bool(different)


if __name__ == "__main__":
    sys.exit(main())
