"""See that the tests have a Chromium, installing one if need be: ``python tests/install_browser.py``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

_ROOT = Path(__file__).resolve().parent.parent
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks for, nothing leaves this machine.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
_HELP = """\
Las pruebas necesitan un Chromium, y ninguno arranca en este ordenador:
    {error}
Instálalo y repite la orden:
    en Debian:          sudo apt-get install chromium
    en otros sistemas:  instala Google Chrome, o ejecuta {python} -m playwright install --with-deps chromium"""


def find_chromium() -> str | None:
    """The path of the system's Chromium; without one, None, which Playwright takes for its own."""
    return next((path for name in _NAMES if (path := shutil.which(name)) and _runs(path)), None)


def launch(playwright: Playwright) -> Browser:
    # A browser leaves things in the home folder; the tests' goes where the project keeps its own.
    own = dict.fromkeys(("XDG_CACHE_HOME", "XDG_CONFIG_HOME"), str(_ROOT / ".cache" / "browser"))
    return playwright.chromium.launch(
        executable_path=find_chromium(), args=_ARGUMENTS, env={**os.environ, **own}
    )


def main() -> int:
    error = _launch_error()
    for install in (_install_package, _install_playwrights_own):
        if error:
            install()
            error = _launch_error()
    if error:
        print(_HELP.format(error=error, python=sys.executable), file=sys.stderr)
    return 1 if error else 0


def _runs(path: str) -> bool:
    # Ubuntu has a chromium-browser that only says how to get one.
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    return subprocess.call([path, "--version"], **quiet) == 0


def _launch_error() -> str:
    """Why no browser starts; empty when one does."""
    try:
        with sync_playwright() as playwright:
            launch(playwright).close()
    except Error as error:
        return error.message.splitlines()[0]
    return ""


def _install_package() -> None:
    if shutil.which("apt-get") and os.geteuid() == 0:
        print("Falta un navegador: instalo el paquete chromium…", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.call(["apt-get", "-qq", "update"], env=environment)
        subprocess.call(["apt-get", "-qq", "install", "-y", "chromium"], env=environment)


def _install_playwrights_own() -> None:
    print("Falta un navegador: instalo el Chromium de Playwright…", flush=True)
    subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"])


if __name__ == "__main__":
    sys.exit(main())
