"""Protects whoever writes under ``make serve``: an edit shows by itself, and what is wrong shows on its page until mended."""

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
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.harness import ROOT
from tests.conftest import Mini
from tests.remembered import MACHINERY
from tests.signals import heed_ctrl_c

pytestmark = pytest.mark.decided_by(*MACHINERY)

# Far more than a rebuild takes, even on a busy machine.
PATIENCE = 60
PAGE = "/mini/"
PANEL = "lo que guardaste tiene problemas"
STYLES = re.compile(r"assets/stylesheets/site\.\w+\.css")


@dataclass
class Server:
    port: int
    log: Path
    process: subprocess.Popen[bytes]

    def get(self, path: str) -> str:
        """What the server answers; nothing if it does not."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        with closing(connection), suppress(OSError, HTTPException):
            connection.request("GET", path)
            return connection.getresponse().read().decode()
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

    def wait_until_mended(self) -> None:
        self.wait_for("mended", lambda: "" if PANEL in self.get(PAGE) else "mended")


@pytest.fixture
def server(mini: Mini) -> Iterator[Server]:
    """``mkdocs serve`` in the small project, which gets a style of its own to edit."""
    assets = mini.root / "docs" / "assets"
    assets.unlink()
    shutil.copytree(ROOT / "docs" / "assets", assets)
    with started(mini) as server:
        server.wait_for_page("49.0")
        yield server


@contextmanager
def started(mini: Mini) -> Iterator[Server]:
    """The server from its first moment; it ends well, and leaves nothing behind."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    heed_ctrl_c()
    log = mini.root / "server.log"
    temporary = mini.root / "tmp"
    temporary.mkdir()
    with log.open("wb") as messages:
        process = subprocess.Popen(
            [sys.executable, "-m", "nabla", "serve", "--port", str(port)],
            cwd=mini.root,
            env=os.environ | {"TMPDIR": str(temporary)},
            stdout=subprocess.DEVNULL,
            stderr=messages,
            start_new_session=True,
        )
    try:
        yield Server(port, log, process)
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl+C does
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


def test_a_worker_waits_for_the_lesson_being_edited_and_ends_with_the_server(mini: Mini) -> None:
    mini.edit(mini.snippet, "x = 7.0", "import numpy\n\nx = 7.0")
    with started(mini) as server:
        for change in ("area", "same"):
            server.wait_for_page("49.0")
            server.wait_for("one waits", lambda: "one waits" if len(mini.workers()) == 1 else "")
            mini.edit(mini.snippet, "square = x**2", f"square = x**2  # the {change}")
            server.wait_for_page(f"# the {change}")
        server.wait_for("one waits", lambda: "one waits" if len(mini.workers()) == 1 else "")
    assert not mini.workers()
    assert "Traceback" not in server.log.read_text()


def test_no_cards_are_drawn_for_links_that_nobody_shares(mini: Mini, server: Server) -> None:
    server.wait_for_page("cuadrado")
    assert "og:" not in server.get(PAGE)
    assert not (mini.root / ".cache/cards").exists()


def test_what_is_wrong_shows_on_its_page_until_it_is_mended(mini: Mini, server: Server) -> None:
    mini.edit(mini.page, "cuadrado, 49.0", "cuadrado, 48.0")
    server.wait_for_page("docs/mini.md:3: 48.0 no es lo que calcula el código")
    assert "cuadrado, 49.0" in server.get(PAGE)
    assert server.styles()
    assert "docs/mini.md:3: 48.0 no es" in server.log.read_text()
    elsewhere = server.get("/")
    assert f'<a style="color: #fff" href="{PAGE}">docs/mini.md</a>' in elsewhere
    assert "docs/mini.md:3" not in elsewhere

    mini.edit(mini.page, "cuadrado, 48.0", "cuadrado ya corregido, 49.0")
    server.wait_for_page("ya corregido")
    server.wait_until_mended()
    assert PANEL not in server.get("/")


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("mkdocs.yml", "strict: true", "strict: [true", "mkdocs.yml:11: esto no es YAML"),
        (
            "mkdocs.yml",
            "strict: true",
            "strict: true\nmine: true",
            "mkdocs.yml:1: Config value &#x27;mine&#x27;",
        ),
        (
            "docs/mini.md",
            "# Prueba",
            "---\ntags: [a\n---\n# Prueba",
            "docs/mini.md:2: la cabecera no es YAML",
        ),
    ],
)
def test_broken_settings_show_too(
    mini: Mini, server: Server, file: str, old: str, new: str, said: str
) -> None:
    mini.edit(mini.root / file, old, new)
    server.wait_for_page(said)
    assert "cuadrado, 49.0" in server.get(PAGE)
    mini.edit(mini.root / file, new, old)
    server.wait_until_mended()


def test_a_site_that_was_never_right_says_why(mini: Mini) -> None:
    mini.edit(mini.page, "cuadrado, 49.0", "cuadrado, 48.0")
    with started(mini) as server:
        server.wait_for_page("docs/mini.md:3: 48.0 no es lo que calcula el código")
        mini.edit(mini.page, "cuadrado, 48.0", "cuadrado, 49.0")
        server.wait_for_page("cuadrado, 49.0")


def test_the_last_good_page_is_answered_while_a_build_goes_on(mini: Mini, server: Server) -> None:
    said = len(server.log.read_text())
    mini.edit(mini.snippet, "square = x**2", "square = x**2\nwhile True:\n    pass")
    server.wait_for("Se ejecuta", lambda: server.log.read_text()[said:])
    assert "cuadrado, 49.0" in server.get(PAGE)


def test_a_taken_port_is_said_at_once(mini: Mini) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ran = mini.run_alone("nabla", "serve", "--port", str(port))
    assert ran.returncode == 1
    assert re.fullmatch(
        rf"el puerto {port} ya lo usa otro programa\n    → `make serve PORT=\d+`\n", ran.stderr
    )
    assert not (mini.root / ".cache").exists()


@pytest.mark.parametrize("port", ["ocho", "0", "65536", "٨٠٠٠"])
def test_what_is_no_port_is_said(mini: Mini, port: str) -> None:
    ran = mini.run("nabla", "serve", "--port", port)
    assert (ran.returncode, ran.stderr.splitlines()[0]) == (1, f"«{port}» no es un puerto")


def test_mkdocs_alone_says_how_to_serve(mini: Mini) -> None:
    assert "make serve" in mini.run("mkdocs", "serve").stderr


def test_a_notebook_runs_and_is_checked_anew(mini: Mini, server: Server) -> None:
    def shown() -> str:
        return server.get("/cuadernos/mini/")

    notebook = mini.add_notebook()
    server.wait_for("14.0", shown)

    mini.edit(notebook, "2 * x", "3 * x")
    server.wait_for("docs/cuadernos/mini.md:", shown)
    assert "14.0" in shown()
    assert "no es el doble" in server.log.read_text()

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
