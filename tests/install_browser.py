"""See that the tests have a Chromium and a Firefox, installing them if need be: ``python tests/install_browser.py``."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

_ROOT = Path(__file__).resolve().parent.parent
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_FIREFOX = ("firefox-esr", "firefox")
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
_FIREFOX_HELP = """\
Las pruebas necesitan también un Firefox, y no lo encuentro en este ordenador. Instálalo y repite la orden:
    en Debian:          sudo apt-get install firefox-esr
    en otros sistemas:  instala Firefox, y que la orden firefox se encuentre desde la terminal"""


def find_chromium() -> str | None:
    """The path of the system's Chromium; without one, None, which Playwright takes for its own."""
    return _find(_CHROMIUM)


def find_firefox() -> str | None:
    """The path of the system's Firefox."""
    return _find(_FIREFOX)


def launch(playwright: Playwright) -> Browser:
    # A browser leaves things in the home folder; the tests' goes where the project keeps its own.
    own = dict.fromkeys(("XDG_CACHE_HOME", "XDG_CONFIG_HOME"), str(_ROOT / ".cache" / "browser"))
    return playwright.chromium.launch(
        executable_path=find_chromium(), args=_ARGUMENTS, env={**os.environ, **own}
    )


def main() -> int:
    error = _launch_error()
    for install in (partial(_install_package, "chromium"), _install_playwrights_own):
        if error:
            install()
            error = _launch_error()
    if error:
        print(_HELP.format(error=error, python=sys.executable), file=sys.stderr)
        return 1
    if not find_firefox():
        _install_package("firefox-esr")
    if not find_firefox():
        print(_FIREFOX_HELP, file=sys.stderr)
        return 1
    return 0


def _find(names: Iterable[str]) -> str | None:
    return next((path for name in names if (path := shutil.which(name)) and _runs(path)), None)


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


def _install_package(name: str) -> None:
    if shutil.which("apt-get") and os.geteuid() == 0:
        print(f"Falta un navegador: instalo el paquete {name}…", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.call(["apt-get", "-qq", "update"], env=environment)
        subprocess.call(["apt-get", "-qq", "install", "-y", name], env=environment)


def _install_playwrights_own() -> None:
    print("Falta un navegador: instalo el Chromium de Playwright…", flush=True)
    subprocess.call([sys.executable, "-m", "playwright", "install", "chromium"])


if __name__ == "__main__":
    sys.exit(main())
