"""Renew docs/assets/vendor: the files of npm packages that the site publishes or builds with.

    python -m tools.vendor

Building the site never runs this: the files are committed. Renewing needs npm (to fetch), fontTools and
brotli (to make typefaces). The packages are pinned by version and digest; a new version is a changed row in
PACKAGES. Files are kept as released, except the typefaces, which ``tools.typefaces`` makes.
"""

from __future__ import annotations

import hashlib
import io
import posixpath
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

from tools import typefaces
from tools.typefaces import CommonPart, FigureFont, Webfont

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "assets" / "vendor"
# Of packages that come without one, as their projects publish it.
LICENCES = ROOT / "tools" / "licences"


class Package(NamedTuple):
    name: str
    version: str
    sha256: str  # of the package as npm delivers it
    licence: str
    folder: str  # inside TARGET
    files: dict[str, str]  # path in the package -> path in the folder
    makes: Webfont | CommonPart | FigureFont | None = None  # out of the other files of the package

    @property
    def written(self) -> set[str]:
        """The files of the folder that come from this package."""
        return {*self.files.values(), *(self.makes.files if self.makes else ()), "LICENSE"}


def _katex_files() -> dict[str, str]:
    woff2 = [
        "AMS-Regular", "Caligraphic-Bold", "Caligraphic-Regular", "Fraktur-Bold", "Fraktur-Regular",
        "Main-Bold", "Main-BoldItalic", "Main-Italic", "Main-Regular", "Math-BoldItalic", "Math-Italic",
        "SansSerif-Bold", "SansSerif-Italic", "SansSerif-Regular", "Script-Regular", "Size1-Regular",
        "Size2-Regular", "Size3-Regular", "Size4-Regular", "Typewriter-Regular",
    ]  # fmt: skip
    ttf = ["Main-Regular", "Main-Bold", "Main-Italic", "Math-Italic"]  # maths inside figures
    names = ["katex.min.js", "katex.min.css"]
    names += [f"fonts/KaTeX_{face}.woff2" for face in woff2]
    names += [f"fonts/KaTeX_{face}.ttf" for face in ttf]
    return {f"dist/{name}": name for name in names}


PACKAGES = [
    Package(
        "katex",
        "0.19.1",
        "24da5a599eb2fcede2e270b99a6ff48bca816beecc95feeb84e8cccbd1bb34fd",
        "MIT",
        "katex",
        _katex_files(),
        CommonPart(
            {
                "KaTeX_Main-Regular": ("KaTeX_Main", "normal", 400),
                "KaTeX_Main-Bold": ("KaTeX_Main", "normal", 700),
                "KaTeX_Math-Italic": ("KaTeX_Math", "italic", 400),
                "KaTeX_AMS-Regular": ("KaTeX_AMS", "normal", 400),
                "KaTeX_Size1-Regular": ("KaTeX_Size1", "normal", 400),
                "KaTeX_Size2-Regular": ("KaTeX_Size2", "normal", 400),
                "KaTeX_Size3-Regular": ("KaTeX_Size3", "normal", 400),
                "KaTeX_Size4-Regular": ("KaTeX_Size4", "normal", 400),
            }
        ),
    ),
    Package(
        "iframe-worker",
        "1.0.4",
        "e8c5d12d87829c503afba01d67772ea9f4aba5b7ae57a0c98e1917711030efbb",
        "MIT",
        "iframe-worker",
        {"shim/index.js": "shim.js"},
    ),
    Package(
        "@micropython/micropython-webassembly-pyscript",
        "1.27.0",
        "303919763c8ebfe5923b9da66226c20dce44ad72b604b225fb39338ea15367af",
        "MIT",
        "micropython",
        {name: name for name in ("micropython.mjs", "micropython.wasm")},
    ),
    Package(
        "@fontsource-variable/source-serif-4",
        "5.3.1",
        "8c452853c74be1e43e9fbfe76321c26f4678a2d431e93209ff1d9faec03fd96f",
        "OFL-1.1",
        "fonts/nabla-serif",
        {},
        Webfont("Nabla Serif", "source-serif-4"),
    ),
    Package(
        "@fontsource-variable/source-sans-3",
        "5.3.0",
        "115c2d5a38a05d52c77ba02e4d939644bae30585a30a2e4657a3be2c99d5c7dc",
        "OFL-1.1",
        "fonts/nabla-sans",
        {},
        Webfont("Nabla Sans", "source-sans-3"),
    ),
    Package(
        "@fontsource-variable/jetbrains-mono",
        "5.3.0",
        "996fe6368a480c9ce15d4de22a2682b7c40b403718fee2b15e7272f244fd993f",
        "OFL-1.1",
        "fonts/jetbrains-mono",
        {},
        Webfont("JetBrains Mono", "jetbrains-mono", italic=False),
    ),
    Package(
        "@fontsource/source-sans-3",
        "5.3.0",
        "f8a0e1b603f5c85a468946a51af4a761d726c28baf79200aafb8736fe9e7d7a7",
        "OFL-1.1",
        "fonts/nabla-sans",
        {},
        FigureFont("Nabla Sans", "source-sans-3", (("Regular", 400), ("SemiBold", 600))),
    ),
]
STYLE_SHEET = "fonts/fonts.css"


class VendorError(Exception):
    """Something the person at the terminal has to mend; the text is shown as it is."""


def fetch(package: Package, folder: Path) -> dict[str, bytes]:
    """The files of the package, checked against the digest of the table."""
    npm = shutil.which("npm")
    if npm is None:
        raise VendorError("No encuentro npm; solo hace falta para renovar estos archivos.")
    command = [npm, "pack", "--silent", f"{package.name}@{package.version}"]
    run = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    if run.returncode:
        raise VendorError(f"npm no trae {package.name}@{package.version}:\n{run.stderr.strip()}")
    archive = (folder / run.stdout.split()[-1]).read_bytes()
    found = hashlib.sha256(archive).hexdigest()
    if found != package.sha256:
        raise VendorError(
            f"{package.name}@{package.version}: la tabla espera sha256 {package.sha256}\n"
            f"y npm trae {found}. Si has cambiado la versión, pon esa cifra en PACKAGES."
        )
    with tarfile.open(fileobj=io.BytesIO(archive), mode="r:gz") as tar:
        return {
            member.name.partition("/")[2]: tar.extractfile(member).read()
            for member in tar.getmembers()
            if member.isfile()
        }


def readme() -> str:
    rows = [
        f"| {p.name} | {p.version} | {p.licence} | `{p.folder}/` | "
        + (f"{len(p.files)} archivos" if p.files else f"{p.makes.family}: {len(p.makes.files)} archivos")
        + " |"
        for p in PACKAGES
    ]
    return "\n".join(
        [
            "# Archivos de otros proyectos",
            "",
            "No edites nada aquí: lo escribe `make vendor` a partir de la tabla de `tools/vendor.py`.",
            "Para renovar una pieza, cambia allí su versión y vuelve a ejecutar la orden.",
            "",
            "| Paquete de npm | Versión | Licencia | Carpeta | Contenido |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
            "El texto de cada licencia está en el archivo `LICENSE` de su carpeta. KaTeX, iframe-worker (la búsqueda en la copia sin",
            "conexión) y MicroPython (los bloques que se ejecutan en su página) están tal como se publicaron; los archivos `-common`",
            "tienen de un tipo de KaTeX solo los signos más usados, y una página que necesita otros pide el tipo entero.",
            "",
            "Los demás tipos de letra no: `tools/typefaces.py` deja en ellos los caracteres y los pesos que usa el sitio,",
            "y con los de las figuras hace un TTF por peso, que es lo que lee matplotlib. La licencia reserva el nombre",
            "«Source» para los originales, así que lo que sale de ellos se llama Nabla Serif y Nabla Sans.",
            "",
        ]
    )


def _beside(folder: str) -> str:
    """A folder of TARGET as the style sheet of typefaces names it."""
    return posixpath.relpath(folder, posixpath.dirname(STYLE_SHEET))


def renew(target: Path = TARGET) -> None:
    """Write the whole folder afresh; it is replaced only after everything has arrived."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "vendor"
        faces: list[str] = []
        for number, package in enumerate(PACKAGES, 1):
            print(f"[{number}/{len(PACKAGES)}] {package.name} {package.version}", flush=True)
            content = fetch(package, Path(scratch))
            written = {new: content[old] for old, new in package.files.items()}
            written["LICENSE"] = content.get("LICENSE") or (LICENCES / package.folder).read_bytes()
            if package.makes:
                made = package.makes.make(content)
                written |= made
                if not isinstance(package.makes, FigureFont):
                    faces += package.makes.faces(_beside(package.folder), made)
            for name, data in written.items():
                path = fresh / package.folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
        (fresh / STYLE_SHEET).write_text(typefaces.style_sheet(faces), encoding="utf-8")
        (fresh / "README.md").write_text(readme(), encoding="utf-8")
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(fresh, target)
    print(f"Renovado: {target.relative_to(ROOT)}. Revisa el cambio con git diff.")


def main() -> int:
    try:
        renew()
    except VendorError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
