"""``mkdocs serve``: what an author edits shows by itself, and what is wrong is said without stopping."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.harness import ROOT
from tests.conftest import Mini

# Far more than a rebuild takes, even on a busy machine.
PATIENCE = 60
PAGE = "/mini/"
STYLES = re.compile(r"assets/stylesheets/site\.\w+\.css")


@dataclass
class Server:
    port: int
    log: Path
    process: subprocess.Popen[bytes]

    def get(self, path: str) -> str:
        """What the server answers; nothing if it does not, or has no such page."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        with closing(connection), suppress(OSError, HTTPException):
            connection.request("GET", path)
            response = connection.getresponse()
            if response.status == 200:
                return response.read().decode()
        return ""

    def wait_for(self, text: str, where: Callable[[], str]) -> None:
        until = time.monotonic() + PATIENCE
        while text not in where():
            assert self.process.poll() is None, f"the server stopped:\n{self.log.read_text()}"
            assert time.monotonic() < until, f"{text!r} never came; the server said:\n{self.log.read_text()}"
            time.sleep(0.1)

    def styles(self) -> str:
        """The style sheet that the page names now."""
        sheet = STYLES.search(self.get(PAGE))
        return self.get(f"/{sheet[0]}") if sheet else ""

    def wait_for_page(self, text: str) -> None:
        self.wait_for(text, lambda: self.get(PAGE))

    def wait_for_message(self, text: str) -> None:
        self.wait_for(text, self.log.read_text)


@pytest.fixture
def server(mini: Mini) -> Iterator[Server]:
    """``mkdocs serve`` in the small project, which gets a style of its own to edit."""
    assets = mini.root / "docs" / "assets"
    assets.unlink()
    shutil.copytree(ROOT / "docs" / "assets", assets)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = mini.root / "server.log"
    temporary = mini.root / "tmp"
    temporary.mkdir()
    with log.open("wb") as messages:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "-a", f"127.0.0.1:{port}"],
            cwd=mini.root,
            env=os.environ | {"TMPDIR": str(temporary)},
            stdout=subprocess.DEVNULL,
            stderr=messages,
        )
    try:
        server = Server(port, log, process)
        server.wait_for_page("49.0")
        yield server
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 0
        assert list(temporary.iterdir()) == []
    finally:
        process.kill()
        process.wait()


def test_edits_show_without_a_restart(mini: Mini, server: Server) -> None:
    mini.edit(mini.page, "# Prueba", "# Otro título")
    server.wait_for_page("Otro título")

    mini.edit(mini.snippet, "square = x**2", "square = x**2  # the area")
    server.wait_for_page("# the area")

    mini.edit(mini.snippet, "x = 7.0", "x = 8.0")
    mini.edit(mini.page, "7.00", "8.00")
    mini.edit(mini.page, "49.0", "64.0")
    server.wait_for_page("64.0")

    style = mini.root / "docs/assets/css/nabla.css"
    style.write_text(style.read_text("utf-8") + ".md-typeset { widows: 12345 }\n", "utf-8")
    server.wait_for("widows: 12345", server.styles)


def test_a_wrong_number_is_said_and_the_old_page_stays(mini: Mini, server: Server) -> None:
    mini.edit(mini.page, "cuadrado, 49.0", "cuadrado, 48.0")
    server.wait_for_message("docs/mini.md:3: 48.0 no es lo que calcula el código")
    assert "cuadrado, 49.0" in server.get(PAGE)
    assert server.styles()

    mini.edit(mini.page, "cuadrado, 48.0", "cuadrado ya corregido, 49.0")
    server.wait_for_page("ya corregido")


def test_a_notebook_runs_and_is_checked_anew(mini: Mini, server: Server) -> None:
    def shown() -> str:
        return server.get("/cuadernos/mini/")

    notebook = mini.add_notebook()
    server.wait_for("14.0", shown)

    mini.edit(notebook, "2 * x", "3 * x")
    server.wait_for_message("no es el doble")
    assert "docs/cuadernos/mini.md:" in server.log.read_text()
    assert "14.0" in shown()

    mini.edit(notebook, "3 * x", "x * 2")
    mini.edit(notebook, "El doble de", "Calcula el doble de")
    server.wait_for("Calcula el doble", shown)
    assert "14.0" in shown()


def test_the_browser_reloads_by_itself(mini: Mini, server: Server, browser: Browser) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{server.port}{PAGE}")
        mini.edit(mini.page, "# Prueba", "# Otro título")
        page.get_by_role("heading", name="Otro título").wait_for(timeout=PATIENCE * 1000)
