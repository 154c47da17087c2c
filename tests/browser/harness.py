"""The built site, served on this machine and read with a real browser."""

from __future__ import annotations

import gzip
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
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

GZIP_LEVEL = 9
CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}
AXE = files("axe_playwright_python") / "axe.min.js"

# Whether the theme's script has run, as far as its palette.
AWAKE = "'document$' in window && document.body.hasAttribute('data-md-color-media')"
# Works in a page without scripts too, where the probes are not.
OPEN_DETAILS = "for (const each of document.querySelectorAll('article details')) each.open = true"
# What KaTeX made is most of what there is on a page.
_PUT_AWAY = """() => {
    const formulas = [...document.querySelectorAll("article .katex")]
    const rooms = formulas.map(each => each.getBoundingClientRect())
    window.away = formulas.map((each, i) => {
        const letters = [...each.childNodes]
        Object.assign(each.style, { display: "inline-block", width: `${rooms[i].width}px`, height: `${rooms[i].height}px` })
        each.replaceChildren()
        return [each, letters]
    })
}"""
_PUT_BACK = """() => {
    for (const [each, letters] of window.away) {
        each.removeAttribute("style")
        each.replaceChildren(...letters)
    }
}"""
# The next frame; a headless browser may stop drawing any, and who waits for one waits for ever.
FRAME = "new Promise(done => { requestAnimationFrame(done); setTimeout(done, 200) })"
# Figures come when the reader nears them; a busy machine takes its time.
_SCROLL_THROUGH = f"""async () => {{
    const patience = performance.now() + 30_000
    for (const image of document.querySelectorAll("img.nabla-figure")) {{
        if (!image.checkVisibility()) continue
        image.scrollIntoView({{ block: "center" }})
        while (image.isConnected && performance.now() < patience) await {FRAME}
    }}
    scrollTo(0, 0)
}}"""


def wait_for(page: Page, script: str) -> Any:
    """Wait until a script gives something, and give it; asked from outside, for the policy of the pages forbids
    what Playwright's own wait does from its second look on: to evaluate a text."""
    patience = time.monotonic() + 30
    while not (found := page.evaluate(script)):
        assert time.monotonic() < patience, f"never true: {script}"
        page.wait_for_timeout(20)
    return found


def address(page: str) -> str:
    """Where the site has a page, relative to its root: ``docs/a/b.md`` is at ``a/b/``."""
    if page == NOT_FOUND:
        return page
    return f"{Path(page).relative_to('docs').with_suffix('').as_posix()}/".removesuffix("index/")


def published(site: Path, page: str) -> Path:
    """The file of a page in a built site."""
    file = site / address(page)
    return file if page == NOT_FOUND else file / "index.html"


def build(site: Path) -> bool:
    """Build the site into a folder; whether that went well."""
    return subprocess.call([sys.executable, "-m", "mkdocs", "build", "-d", str(site)], cwd=ROOT) == 0


@dataclass
class Site:
    """The built site on a free port of this machine, as static hosts serve it: compressed, and kept for a while."""

    folder: Path
    url: str = ""
    sent: list[tuple[str, int]] = field(default_factory=list)  # each path, with the bytes of its answer


@contextmanager
def serve(folder: Path) -> Iterator[Site]:
    """Serve the site in a folder."""
    site = Site(folder)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, site)) as server:
        site.url = f"http://127.0.0.1:{server.server_port}/"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """A reader without history, for whom nothing on the page moves."""
    context = browser.new_context(**{"reduced_motion": "reduce", **options})
    context.set_default_timeout(30_000)
    context.add_init_script(path=Path(__file__).with_name("probes.js"))
    return context


def wake(page: Page) -> None:
    """Make the reader's first moves, which the theme's script waits for."""
    for step in range(300):
        page.mouse.move(2 + step % 2, 2)  # a busy browser drops one now and then
        if page.evaluate(AWAKE):
            return
        page.wait_for_timeout(100)
    raise TimeoutError("the theme's script did not start")


def reload(page: Page) -> None:
    """Come again, awake and at the top: where the reader was left, the page may still move up, and the theme's way
    back to the top then lays itself over what the mouse is about to press."""
    page.reload()
    wake(page)
    page.evaluate("scrollTo(0, 0)")


def read_through(page: Page) -> None:
    """Open every fold and scroll through the whole page."""
    page.evaluate(OPEN_DETAILS)
    scroll_through(page)


def scroll_through(page: Page) -> None:
    """Scroll through the page until every figure that is not folded away is drawn."""
    page.evaluate(_SCROLL_THROUGH)
    expect(page.locator("img.nabla-figure").locator("visible=true")).to_have_count(0)


@contextmanager
def without_formulas(page: Page) -> Iterator[None]:
    """The page with room for its formulas and nothing in it: it answers sooner what is not about formulas."""
    page.evaluate(_PUT_AWAY)
    try:
        yield
    finally:
        page.evaluate(_PUT_BACK)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, site: Site, *arguments: Any) -> None:
        self.site = site
        super().__init__(*arguments, directory=str(site.folder))

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        status = HTTPStatus.OK
        if not path.is_file():
            path, status = self.site.folder / NOT_FOUND, HTTPStatus.NOT_FOUND
        self.send_response(status)
        self.send_header("Content-Type", self.guess_type(str(path)))
        self.send_header("Cache-Control", "max-age=600")
        if path.suffix == ".woff2":
            content = path.read_bytes()
        else:
            content = _compressed(path)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.site.sent.append((path.relative_to(self.site.folder).as_posix(), len(content)))
        with suppress(ConnectionError):  # a reader who goes on to another page does not wait
            self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        pass


@cache
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), GZIP_LEVEL)
