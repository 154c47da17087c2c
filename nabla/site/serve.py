"""``make serve``: the site in a browser while it is written, with what is wrong on the page that has it.

A site is built aside and takes its place whole (``swap``), so the server answers with the last good one meanwhile.
"""

from __future__ import annotations

import errno
import html
import logging
import re
import socket
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.exceptions import Abort, BuildError
from mkdocs.livereload import LiveReloadServer

from nabla.check import configuration
from nabla.check.configuration import Heard, Unreadable
from nabla.model import course, files
from nabla.model.problem import Problem, report
from nabla.run.processes import Standby
from nabla.site.generator import END_OF_THEME, Build

log = logging.getLogger("mkdocs.nabla")

HOST = "127.0.0.1"
_BREATH = 8  # seconds
_AGAIN = '<meta http-equiv="refresh" content="1">'
_WAIT = """\
<!doctype html><html lang="es"><meta charset="utf-8"><title>Nabla</title>
<body style="font: 1.1rem/1.6 sans-serif; margin: 3rem">{}</body></html>"""
_PANEL = """\
<details open role="alert" style="position: fixed; z-index: 99; inset: auto 0 0; max-height: 60vh; overflow: auto;
 padding: 1rem; background: #7a1020; color: #fff; font: 14px/1.5 monospace; white-space: pre-wrap"><summary>\
{title}</summary>{text}</details>"""


def serve(root: Path, port: int) -> int:
    """Serve the project in the folder ``root`` until Ctrl+C; the exit code of the command."""
    with tempfile.TemporaryDirectory(prefix="nabla-") as folder:
        server = _Server(root, Path(folder) / "site", port)
        try:
            server.serve()
        except KeyboardInterrupt:
            return 0
        except OSError as error:
            if error.errno not in (errno.EADDRINUSE, errno.EACCES):
                raise
            why = "ya lo usa otro programa" if error.errno == errno.EADDRINUSE else "es del sistema"
            command = f"make serve PORT={_free(port)}"
            print(f"el puerto {port} {why}\n    → `{command}`", file=sys.stderr)
            return 1
        finally:
            server.standby.end()
            server.shutdown(wait=False)
    return 0


def _free(port: int) -> int:
    """A port that nobody uses, near another one."""
    for near in range(max(port, 7999) + 1, 65536):
        with socket.socket() as trial:
            if trial.connect_ex((HOST, near)):
                return near
    return 8000


class _Server(LiveReloadServer):
    """MkDocs's server; it begins to answer before the first build, and never waits for one."""

    def __init__(self, root: Path, site: Path, port: int) -> None:
        self._project = root
        self._site = site
        self._problems: list[Problem] = []
        self.standby = Standby(root)
        super().__init__(self._rebuild, HOST, port, str(site))
        self.error_handler = self._missing
        # Its own words are in English; ours follow.
        logging.getLogger("mkdocs.livereload").setLevel(logging.ERROR)
        self._want_rebuild = True

    def serve(self, **_: Any) -> None:
        self.server_bind()
        self.server_activate()
        log.info(END_OF_THEME)
        log.info("El sitio, en cuanto esté: %s (Ctrl+C para acabar)", self.url)
        self.serve_thread.start()
        self.observer.start()
        self._build_loop()

    def _rebuild(self) -> None:
        # Browsers reload when the build is over, and are answered meanwhile.
        with self._epoch_cond:
            wanted, self._wanted_epoch = self._wanted_epoch, self._visible_epoch
            self._epoch_cond.notify_all()
        begun = time.monotonic()
        with _progress():
            self._problems = self._build()
        if self._problems:
            log.info("Se queda la última versión buena; guarda el arreglo y se vuelve a mirar.")
        else:
            log.info("Al día en %.1f s: %s", time.monotonic() - begun, self.url)
        self._wanted_epoch = wanted
        self.standby.begin()

    def _build(self) -> list[Problem]:
        """Build the site anew; why that could not be."""
        for path in (course.DOCS, configuration.FILE):
            self._watch(path)
        try:
            config = configuration.read(self._project, site_dir=str(self._site), site_url=self.url)
            for path in config.watch:
                self._watch(path)
            config.plugins.on_startup(command="build", dirty=False)
            mine = config.plugins["nabla"] = Build(config, self.standby)
            with Heard() as heard:
                build(config, serve_url=self.url)
        except Abort:  # MkDocs has said why
            return mine.reports.problems or heard.problems
        except Unreadable as error:
            log.error("%s", report(error.problems))
            return error.problems
        except Exception as error:
            said = str(error) if isinstance(error, BuildError) else "".join(traceback.format_exception(error))
            log.error("%s", said)
            return [Problem(configuration.FILE, 1, "la construcción se paró", said)]
        return []

    def _watch(self, path: str) -> None:
        path = str(self._project / path)
        if path not in self._watched_paths:
            self.watch(path)

    def _missing(self, code: int) -> bytes:
        page = self._site / f"{code}.html"
        if page.is_file():
            return page.read_bytes()
        text = (
            "Aquí no hay nada." if self._site.exists() else "El sitio se está construyendo por primera vez…"
        )
        return _WAIT.format(text).encode()

    def serve_request(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """What MkDocs's server answers, with the problems there are; what is not there may be soon."""
        given: list[Any] = []
        body = b"".join(super().serve_request(environ, lambda *answer: given.extend(answer)))
        status, headers = given
        if dict(headers).get("Content-Type") == "text/html":
            again = _AGAIN if status.startswith("404") else ""
            more = (again + self._panel(environ["PATH_INFO"])).encode()
            body = re.sub(b"(?=</body>)", lambda _: more, body, count=1)
            headers = [(name, value) for name, value in headers if name != "Content-Length"]
            headers.append(("Content-Length", str(len(body))))
        start_response(status, headers)
        return [body]

    def _panel(self, path: str) -> str:
        """The problems of the page at ``path`` in full, and where there are others."""
        if not self._problems:
            return ""
        here = [each for each in self._problems if _address(each.file) in (path, None)]
        others = {each.file: _address(each.file) for each in self._problems if each not in here}
        text = html.escape("\n\n".join(map(str, here)))
        for file, address in sorted(others.items()):
            text += f'\n\nTambién hay problemas en <a style="color: #fff" href="{address}">{file}</a>.'
        title = "Esta es la última versión buena: lo que guardaste tiene problemas."
        return _PANEL.format(title=title, text=text)


@contextmanager
def _progress() -> Iterator[None]:
    """Say now and then that it goes on."""
    done = threading.Event()

    def say() -> None:
        seconds = 0
        while not done.wait(_BREATH):
            seconds += _BREATH
            log.info("  … se sigue construyendo (%d s)", seconds)

    threading.Thread(target=say, daemon=True).start()
    try:
        yield
    finally:
        done.set()


def _address(file: str) -> str | None:
    """Where the page of a file is served; None if it is no page's."""
    if not (file.startswith(course.DOCS) and file.endswith(".md")):
        return None
    return re.sub("/index/$", "/", f"/{files.stem(file)}/")
