"""Pictures of the pages, to be looked at: ``python -m tests.browser.screenshots FOLDER [PAGE …]``.

Each page is taken whole, wide and on a phone, light and dark. PAGE is a source such as
``docs/lecciones/punto.md``, or ``404.html``; without any, all pages.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from itertools import product
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser import harness
from tests.install_browser import launch

WIDTHS = {1400: 900, 390: 844}
# Taller pictures come out in pieces of this many pixels, so that they stay legible.
PIECE = 2000


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.browser.screenshots", add_help=False)
    parser.add_argument("-h", "--help", action="help", help="muestra esta ayuda y termina")
    parser.add_argument("--open", action="store_true", help="con las pistas y soluciones abiertas")
    parser.add_argument("folder", metavar="CARPETA", type=Path, help="dónde se guardan las imágenes")
    parser.add_argument("pages", metavar="PÁGINA", nargs="*", help="como docs/index.md; todas si no hay")
    arguments = parser.parse_args()
    pages = arguments.pages or harness.PAGES
    if unknown := sorted(set(pages) - set(harness.PAGES)):
        parser.error(f"no son páginas del sitio: {', '.join(unknown)}")
    with tempfile.TemporaryDirectory() as temporary:
        site = Path(temporary) / "site"
        if not harness.build(site):
            return 1
        with harness.serve(site) as served, sync_playwright() as playwright, launch(playwright) as browser:
            for page, (width, height), scheme in product(pages, WIDTHS.items(), ("light", "dark")):
                viewport = {"width": width, "height": height}
                with harness.new_context(browser, viewport=viewport, color_scheme=scheme) as context:
                    opened = context.new_page()
                    opened.goto(served.url + harness.address(page), wait_until="networkidle")
                    if arguments.open:
                        opened.evaluate(harness.OPEN_DETAILS)
                    harness.scroll_through(opened)
                    _save(opened, arguments.folder / f"{_name(page)}-{width}-{scheme}")
    return 0


def _name(page: str) -> str:
    return Path(page).with_suffix("").as_posix().removeprefix("docs/").replace("/", "-")


def _save(page: Page, stem: Path) -> None:
    width, height = page.evaluate(
        "[document.documentElement.clientWidth, document.documentElement.scrollHeight]"
    )
    for number, top in enumerate(range(0, height, PIECE), 1):
        clip = {"x": 0, "y": top, "width": width, "height": min(PIECE, height - top)}
        file = stem.with_name(f"{stem.name}-{number:02}.png")
        page.screenshot(path=file, full_page=True, clip=clip)
        print(file)


if __name__ == "__main__":
    sys.exit(main())
