"""Renew docs/assets/vendor: the files of npm packages that the site publishes or builds with.

    python -m nabla.vendor

Building the site never runs this: the files are committed. Renewing needs npm (to fetch) and fontTools
(to convert). The packages are pinned by version and digest; a new version is a changed row in PACKAGES.
Files are kept as released, except the two TTFs in FIGURE_FONTS, which are put together from the subsets of
a webfont because matplotlib reads neither WOFF nor several files per face. The font's licence reserves
the name "Source", so the result carries a name of our own.
"""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "assets" / "vendor"


class Package(NamedTuple):
    name: str
    version: str
    sha256: str  # of the package as npm delivers it
    licence: str
    folder: str  # inside TARGET
    files: dict[str, str]  # path in the package -> path in the folder


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


def _font_files(family: str, *faces: str) -> dict[str, str]:
    """The two Latin subsets hold Spanish and ŷ; browsers fetch the second only where it is used."""
    names = [f"{family}-{subset}-wght-{face}.woff2" for face in faces for subset in ("latin", "latin-ext")]
    names += [f"{family}-greek-wght-normal.woff2"]
    return {f"files/{name}": name for name in names}


PACKAGES = [
    Package(
        "katex",
        "0.19.1",
        "24da5a599eb2fcede2e270b99a6ff48bca816beecc95feeb84e8cccbd1bb34fd",
        "MIT",
        "katex",
        _katex_files(),
    ),
    Package(
        "@fontsource-variable/source-serif-4",
        "5.3.1",
        "8c452853c74be1e43e9fbfe76321c26f4678a2d431e93209ff1d9faec03fd96f",
        "OFL-1.1",
        "fonts/source-serif-4",
        _font_files("source-serif-4", "normal", "italic"),
    ),
    Package(
        "@fontsource-variable/source-sans-3",
        "5.3.0",
        "115c2d5a38a05d52c77ba02e4d939644bae30585a30a2e4657a3be2c99d5c7dc",
        "OFL-1.1",
        "fonts/source-sans-3",
        _font_files("source-sans-3", "normal", "italic"),
    ),
    Package(
        "@fontsource-variable/jetbrains-mono",
        "5.3.0",
        "996fe6368a480c9ce15d4de22a2682b7c40b403718fee2b15e7272f244fd993f",
        "OFL-1.1",
        "fonts/jetbrains-mono",
        _font_files("jetbrains-mono", "normal"),
    ),
    # Only read to make the figure fonts below: nothing of it is kept but its licence.
    Package(
        "@fontsource/source-sans-3",
        "5.3.0",
        "f8a0e1b603f5c85a468946a51af4a761d726c28baf79200aafb8736fe9e7d7a7",
        "OFL-1.1",
        "fonts/nabla-sans",
        {},
    ),
]

FIGURE_FAMILY = "Nabla Sans"
FIGURE_FOLDER = "fonts/nabla-sans"
FIGURE_PACKAGE = "@fontsource/source-sans-3"
FIGURE_FONTS = {"NablaSans-Regular.ttf": ("Regular", 400), "NablaSans-SemiBold.ttf": ("SemiBold", 600)}
FIGURE_SUBSETS = ("latin", "latin-ext", "greek")


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


def figure_font(content: dict[str, bytes], style: str, weight: int) -> bytes:
    """One static TTF out of the subsets of one weight, under a name that the licence leaves free."""
    from fontTools.merge import Merger, Options
    from fontTools.ttLib import TTFont

    with tempfile.TemporaryDirectory() as scratch:
        parts = []
        for subset in FIGURE_SUBSETS:
            font = TTFont(io.BytesIO(content[f"files/source-sans-3-{subset}-{weight}-normal.woff"]))
            font.flavor = None
            part = Path(scratch) / f"{subset}.ttf"
            font.save(part)
            parts.append(str(part))
            created = font["head"].created
        # matplotlib lays text out without OpenType features, so their tables only make the merge fragile.
        options = Options()
        options.drop_tables = ["STAT", "gasp"]
        merged = Merger(options).merge(parts)
    merged.recalcTimestamp = False  # the same input gives the same bytes
    merged["head"].created = merged["head"].modified = created
    names = merged["name"]
    copyright_notice = names.getDebugName(0)
    names.names = []
    identifier = f"{FIGURE_FAMILY.replace(' ', '')}-{style}"
    texts = {0: copyright_notice, 1: FIGURE_FAMILY, 2: style, 3: identifier, 4: f"{FIGURE_FAMILY} {style}"}
    texts |= {5: "Version 1.000", 6: identifier, 14: "http://scripts.sil.org/OFL"}
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    out = io.BytesIO()
    merged.save(out)
    return out.getvalue()


def readme() -> str:
    rows = [
        f"| {p.name} | {p.version} | {p.licence} | `{p.folder}/` | "
        + (f"{len(p.files)} archivos, tal como se publicaron" if p.files else "tipos de letra de las figuras")
        + " |"
        for p in PACKAGES
    ]
    subsets = ", ".join(FIGURE_SUBSETS)
    return "\n".join(
        [
            "# Archivos de otros proyectos",
            "",
            "No edites nada aquí: lo escribe `python -m nabla.vendor` a partir de la tabla de `nabla/vendor.py`.",
            "Para renovar una pieza, cambia allí su versión y vuelve a ejecutar la orden.",
            "",
            "| Paquete de npm | Versión | Licencia | Carpeta | Contenido |",
            "| --- | --- | --- | --- | --- |",
            *rows,
            "",
            "El texto de cada licencia está en el archivo `LICENSE` de su carpeta.",
            "",
            f"`{FIGURE_FOLDER}/` no está tal como se publicó: son las partes {subsets} de Source Sans 3 unidas",
            "en un TTF por peso, que es lo que lee matplotlib. La licencia reserva el nombre «Source» para el",
            f"original, así que el resultado se llama {FIGURE_FAMILY}.",
            "",
        ]
    )


def renew(target: Path = TARGET) -> None:
    """Write the whole folder afresh; it is replaced only after everything has arrived."""
    with tempfile.TemporaryDirectory() as scratch:
        fresh = Path(scratch) / "vendor"
        for number, package in enumerate(PACKAGES, 1):
            print(f"[{number}/{len(PACKAGES)}] {package.name} {package.version}", flush=True)
            content = fetch(package, Path(scratch))
            written = {new: content[old] for old, new in package.files.items()}
            written["LICENSE"] = content["LICENSE"]
            if package.name == FIGURE_PACKAGE:
                for name, (style, weight) in FIGURE_FONTS.items():
                    written[name] = figure_font(content, style, weight)
            for name, data in written.items():
                path = fresh / package.folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)
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
