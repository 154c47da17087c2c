"""What passed is remembered under the content of all that decides it: asked again is what changed, and a part of the rest.

A unit is a test file that is marked with what decides it besides the code that it imports, or the tests of a file that look
at one page of the site. ``pytestmark = pytest.mark.decided_by("nabla", …)`` names files and folders of the project; pages,
for all that a browser gets of them; or ``SITE``. ``make test`` leaves out the units that passed before as they stand, but for one
in twenty, drawn anew each time, so that a record that lies is found out whoever wrote it. ``make test-all`` asks all.
"""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import zlib
from collections import Counter, defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from nabla.cache import code
from nabla.run import keys
from tests.browser import harness
from tests.install_browser import find_chromium, find_firefox

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "tests" / "passed.json"
# One unit in so many is asked again where the record stands.
PART = 20
# What decides how tests end: the code that builds and checks any site, this course, and what is published of it.
MACHINERY = ("nabla", "docs/assets", "mkdocs.yml")
COURSE = ("docs", "snippets", "tests/mutation/record")
SITE = "the site"
# The libraries, and how pytest runs.
_PINS = ("requirements.txt", "tests/requirements.txt", "pyproject.toml")
_SNIPPET = re.compile(r'"(snippets/[^":]+)')
_FIGURE = re.compile(rb'src="[./]*(assets/figuras/[^"]+)"')


class Remembered:
    """The units of a run, or of one of its processes: which are left out, and how the others end.

    ``site`` builds the site and gives its folder.
    """

    def __init__(self, site: Callable[[], Path], seed: int) -> None:
        self.site = site
        self.seed = seed
        self.keys: dict[str, str] = {}  # of the units that are asked
        self.waiting: Counter[str] = Counter()  # how many of their tests have not ended well yet
        self.left: set[str] = set()
        self.drawn: set[str] = set()

    def select(self, items: list[pytest.Item]) -> list[pytest.Item]:
        """Take from ``items`` the tests that passed before, as they stand, and give them."""
        passed = load()
        units: dict[str, list[pytest.Item]] = defaultdict(list)
        for item in items:
            if name := unit(item):
                units[name].append(item)
        left: set[pytest.Item] = set()
        for name, tests in units.items():
            key = self._key(tests[0])
            drawn = is_drawn(self.seed, name)
            if passed.get(name) == key and not drawn:
                left.update(tests)
                self.left.add(name)
                continue
            self.keys[name], self.waiting[name] = key, len(tests)
            if passed.get(name) == key:
                self.drawn.add(name)
        items[:] = [item for item in items if item not in left]
        return list(left)

    def saw(self, item: pytest.Item, report: pytest.TestReport) -> None:
        """Take down how a test, its preparation or its clearing away ended."""
        if (name := unit(item)) in self.keys:
            self.waiting[name] += report.failed
            self.waiting[name] -= report.when == "teardown"

    def told(self) -> list[Any]:
        """For the process that began the tests: by unit, its key, None if not all of it passed; and what was left out."""
        return [
            {name: None if self.waiting[name] else key for name, key in self.keys.items()},
            sorted(self.left),
            sorted(self.drawn),
        ]

    def learn(self, told: list[Any]) -> None:
        """What another process found; a unit is asked in one, and named in all of them."""
        found, left, drawn = told
        self.left |= set(left)
        self.drawn |= set(drawn)
        for name, key in found.items():
            self.keys[name] = self.keys.get(name) or key

    def keep(self) -> None:
        """Write what passed, and forget the rest and what is there no more."""
        found, _, _ = self.told()
        names = {name: name.split() for name in load() | found}
        there = {name for name, parts in names.items() if all(map(_is_there, parts))}
        passed = {name: key for name, key in sorted((load() | found).items()) if key and name in there}
        RECORD.write_text(json.dumps(passed, indent=0) + "\n", "utf-8")

    def __str__(self) -> str:
        return f"{len(self.left)} units as they passed before; of such, asked again: {len(self.drawn)} (seed {self.seed})"

    def _key(self, item: pytest.Item) -> str:
        file, page = _place(item)
        material = [_pins(), _of_file(file), page and _of_page(self.site(), page)]
        if file.startswith("tests/browser/"):
            material.append(_browsers())
        marker = item.get_closest_marker("decided_by")
        for part in sorted(marker.args) if marker and not page else ():
            if part == SITE:
                material.append(_of_site(self.site()))
            else:
                material.append(_of_page(self.site(), part) if part in harness.PAGES else _tree(ROOT / part))
        return code.digest(json.dumps(material))[:16]


def is_drawn(seed: int, name: str) -> bool:
    """Whether a unit is asked though its record stands."""
    return zlib.crc32(f"{seed} {name}".encode()) % PART == 0


def unit(item: pytest.Item) -> str:
    """The unit that a test belongs to; none if it is asked each time."""
    file, page = _place(item)
    if page:
        return f"{file} {page}"
    return file if item.get_closest_marker("decided_by") else ""


def _place(item: pytest.Item) -> tuple[str, str]:
    """The file of a test, and the page that it looks at, if it is one."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    return item.location[0], parameters.get("visit", "")


def _is_there(part: str) -> bool:
    return part == harness.NOT_FOUND or (ROOT / part).exists()


def load() -> dict[str, str]:
    return json.loads(RECORD.read_text("utf-8")) if RECORD.exists() else {}


def draw() -> int:
    """A seed for one run: the same in all of its processes."""
    return int(os.environ.setdefault("NABLA_SEED", str(random.SystemRandom().randrange(10**6))))


@cache
def _pins() -> list[Any]:
    return [sys.version_info[:2], *(_tree(ROOT / pins) for pins in _PINS)]


@cache
def _browsers() -> list[str]:
    """The system's browsers; without a Chromium, the tests take Playwright's own, which is pinned with it."""
    commands = [[found, "--version"] for found in (find_chromium(), find_firefox()) if found]
    return [subprocess.check_output(each, text=True, stderr=subprocess.DEVNULL) for each in commands]


@cache
def _of_file(file: str) -> list[Any]:
    """A test file, with all of the project that it and the ``conftest.py`` above it import, and the data beside them."""
    folders = [folder for folder in (ROOT / file).parents if folder.is_relative_to(ROOT / "tests")]
    sources = [ROOT / file, *(folder / "conftest.py" for folder in folders)]
    texts = [source.read_text("utf-8") for source in sources if source.exists()]
    data = [
        each for folder in folders[:-1] for kind in ("*.js", "*.toml") for each in sorted(folder.glob(kind))
    ]
    return [texts, keys.modules_of_project(ROOT, texts), list(map(_tree, data))]


@cache
def _of_page(site: Path, page: str) -> list[Any]:
    """What a browser gets for a page, and what the page is made from."""
    if not site.exists():
        return []  # it can't be built, and nothing that looks at it passes
    html = harness.published(site, page).read_bytes()
    figures = {figure.decode(): _tree(site / figure.decode()) for figure in _FIGURE.findall(html)}
    source = ROOT / page
    text = source.read_text("utf-8") if source.exists() else ""
    snippets = [(ROOT / file).read_text("utf-8") for file in sorted(set(_SNIPPET.findall(text)))]
    made = [text, snippets, keys.modules_of_project(ROOT, snippets)]
    return [code.digest(html), figures, _assets(site), made]


@cache
def _of_site(site: Path) -> list[Any]:
    """All that is published but the map of the site, which tells the day."""
    parts = sorted(site.iterdir()) if site.exists() else []
    return [[part.name, _tree(part)] for part in parts if not part.name.startswith("sitemap.")]


@cache
def _assets(site: Path) -> dict[str, str]:
    """What all pages share."""
    assets = sorted((site / "assets").iterdir())
    return {each.name: _tree(each) for each in assets if each.name != "figuras"}


@cache
def _tree(path: Path) -> str:
    return code.tree(path)
