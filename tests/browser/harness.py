"""The built site, served on this machine and read with a real browser."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, expect

ROOT = Path(__file__).resolve().parents[2]
NOT_FOUND = "404.html"
# From the sources, so that pytest can name its tests before the site is built.
PAGES = [
    *sorted(
        source.relative_to(ROOT).as_posix()
        for source in (ROOT / "docs").rglob("*")
        if source.suffix in {".md", ".ipynb"} and "assets" not in source.parts
    ),
    NOT_FOUND,
]

# Works in a page without scripts too, where the probes are not.
OPEN_DETAILS = "for (const each of document.querySelectorAll('article details')) each.open = true"
# Figures come when the reader nears them; a busy machine takes its time.
_SCROLL_THROUGH = """async () => {
    const patience = performance.now() + 30_000
    for (const image of document.querySelectorAll("img.nabla-figure")) {
        image.scrollIntoView({ block: "center" })
        while (image.isConnected && performance.now() < patience) await new Promise(requestAnimationFrame)
    }
    scrollTo(0, 0)
}"""


def address(page: str) -> str:
    """Where the site has a page, relative to its root: ``docs/a/b.md`` is at ``a/b/``."""
    if page == NOT_FOUND:
        return page
    return f"{Path(page).relative_to('docs').with_suffix('').as_posix()}/".removesuffix("index/")


def build(site: Path) -> bool:
    """Build the site into a folder; whether that went well."""
    return subprocess.call([sys.executable, "-m", "mkdocs", "build", "-d", str(site)], cwd=ROOT) == 0


@contextmanager
def serve(site: Path) -> Iterator[str]:
    """Serve a folder on a free port of this machine; gives the address of its root."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(site))) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """A reader without history, for whom nothing on the page moves."""
    context = browser.new_context(**{"reduced_motion": "reduce", **options})
    context.set_default_timeout(30_000)
    context.add_init_script(path=Path(__file__).with_name("probes.js"))
    return context


def read_through(page: Page) -> None:
    """Open every fold and scroll through the whole page, until every figure is drawn."""
    page.evaluate(OPEN_DETAILS)
    page.evaluate(_SCROLL_THROUGH)
    expect(page.locator("img.nabla-figure")).to_have_count(0)


class _Handler(SimpleHTTPRequestHandler):
    """Answers as static hosts do: for what is missing, the site's own page."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND:
            super().send_error(code, message, explain)
            return
        content = Path(self.directory, NOT_FOUND).read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass
