"""The pages of the project as the site needs them, each remembered until what it was made from changes.

in: the Markdown of the pages, the project's folder, the settings → out: of each page, what the generator gets
(``Staged``) and what its run gave (``Made``); or the problems for which nothing is published.

read → run → check → draw happen in ``prepare``, which is not even imported for pages that are remembered.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nabla.cache import code, store
from nabla.draw.palette import FONTS
from nabla.model import course, files
from nabla.model.problem import Problem

if TYPE_CHECKING:  # with it comes all that runs
    from nabla.run.processes import Standby

_TEMPLATES = Path(__file__).with_name("jupyter_template")


@dataclass(frozen=True)
class Staged:
    """What the generator gets of a page, which can be known before anything runs.

    ``downloads`` are published beside it; ``code`` is the digest of the code that its Markdown includes, which comes
    from the ``sections`` (file and name) of snippets.
    """

    file: str
    headline: str
    markdown: str
    downloads: list[str]
    is_notebook: bool
    code: str
    sections: list[list[str]]


@dataclass(frozen=True)
class Made:
    """What the run of a page gave: the ``downloads`` by their path, the SVG of each of ``figures`` by its section, the
    earlier blocks ``needed`` by each one, the ``pieces`` of HTML of a notebook's cells, and for the section of each
    figure that is ``live`` its module and the values that it gets, as JSON.
    """

    downloads: dict[str, str] = field(default_factory=dict)
    figures: dict[str, str] = field(default_factory=dict)
    needed: list[list[int]] = field(default_factory=list)
    pieces: dict[str, str] = field(default_factory=dict)
    live: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Settings:
    """What a page depends on besides itself: ``all`` of mkdocs.yml but the navigation, as text, and of it the options
    of ``pymdownx.snippets``, the address under which Colab opens what is published (None without one), and the pages
    that tell what the record counts (``counts``).
    """

    all: str
    snippets: dict[str, Any]
    colab: str | None
    counted: dict[str, str] = field(default_factory=dict)


class Lessons:
    """The pages of one build. ``staged`` is known at once; ``made``, after ``finish``."""

    def __init__(
        self,
        root: Path,
        sources: Mapping[str, str],
        nav: Any,
        settings: Settings,
        later: store.Later,
        standby: Standby | None = None,
    ) -> None:
        self._root = root
        self._later = later
        self._standby = standby
        self._following = files.following(nav)  # by lesson, the one that comes next
        self._settings = settings
        self._fonts = [code.digest((root / font).read_bytes()) for font in FONTS]
        self._files: dict[str, str | None] = {}
        # One that comes to stand before what a page imports changes what the page does.
        self._modules = files.modules(root)
        self._keys = {file: self._key(file, text) for file, text in sources.items()}
        self.staged: dict[str, Staged] = {}
        self.made: dict[str, Made] = {}
        for file in sources:
            if known := self._recall(file):
                self.staged[file], self.made[file] = known
        self._due = {file: text for file, text in sources.items() if file not in self.staged}
        self._work: Future[Any] | None = None
        self._executor = ThreadPoolExecutor(max_workers=1)

    def start(self) -> list[Problem]:
        """Read the pages that are due, and begin to run and check them; what keeps a page from being rendered."""
        for path in self._modules:
            self._look(path)  # before any is read
        if not self._due and self._sections_known():
            return []
        from nabla.site import prepare  # with it comes all that reads, runs and checks

        self._reader = prepare.Reader(self._root, self._due, self._following, self._settings)
        self.staged |= self._reader.staged
        shown = {(file, name) for staged in self.staged.values() for file, name in staged.sections}
        self._work = self._executor.submit(self._reader.work, shown, self._standby)
        if self._reader.is_broken:
            return self._work.result()[1]
        return []

    def finish(self) -> list[Problem]:
        """Wait for what ``start`` began; every problem of every page."""
        if self._work is None:
            return []
        made, problems = self._work.result()
        self.made |= made
        for file in made:
            self._remember(file)
        if not problems and not (self._due and self._sections_known()):
            self._later.write(*self._sections_entry(), "[]")
        return problems

    def _key(self, file: str, text: str) -> str:
        return code.key(
            self._root,
            "nabla",
            file,
            text,
            self._settings.all,
            self._fonts,
            self._modules,
            code.tree(_TEMPLATES),
            code.tree(self._root / course.RECORD) if file in self._settings.counted else "",
        )

    def _entry(self, file: str) -> Path:
        return store.entry(self._root, "lessons", files.flat(file), self._keys[file])

    def _recall(self, file: str) -> tuple[Staged, Made] | None:
        payload = store.recall(self._entry(file), self._keys[file])
        if payload is None:
            return None
        kept = json.loads(payload)
        if any(self._look(path) != seen for path, seen in kept["files"].items()):
            return None  # of other code
        return Staged(**kept["staged"]), Made(**kept["made"])

    def _remember(self, file: str) -> None:
        paths = self._reader.files(file)
        if not paths <= self._files.keys():
            return  # read from a file before we looked at it: nobody knows what was in it then
        payload = {
            "files": {path: self._files[path] for path in sorted(paths)},
            "staged": asdict(self.staged[file]),
            "made": asdict(self.made[file]),
        }
        self._later.write(self._entry(file), self._keys[file], json.dumps(payload))

    def _look(self, path: str) -> str | None:
        """What tells the content of a file of the project from any other; None if it is not there."""
        if path not in self._files:
            file = self._root / path
            self._files[path] = code.digest(file.read_bytes()) if file.is_file() else None
        return self._files[path]

    def _sections_known(self) -> bool:
        """Whether the sections of snippets were found to be shown as they must, as they are."""
        return store.recall(*self._sections_entry()) is not None

    def _sections_entry(self) -> tuple[Path, str]:
        files = [path for path in self._modules if path.startswith(course.SNIPPETS)]
        shown = sorted({(file, name) for staged in self.staged.values() for file, name in staged.sections})
        looked = {file: self._look(file) for file in files}
        key = code.key(self._root, "nabla", looked, shown, self._settings.all)
        return store.entry(self._root, "lessons", "sections", key), key
