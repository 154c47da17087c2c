"""Protects the house: a room imports only what lies below it, a file fits on a few screens, and each test has its place."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "nabla"
# Each room, and the rooms that it may import; what has no entry in a room's set is above it or beside it.
BELOW: dict[str, set[str]] = {}
for _room in ("model", "cache"):
    BELOW[_room] = set()
for _room, _others in (
    ("authoring", {"model"}),
    ("algebra", {"model", "cache"}),
    ("draw", {"model", "cache"}),
    ("parse", {"algebra"}),
    ("run", {"parse", "draw"}),
    ("slicing", {"run"}),
    ("takeaway", {"run"}),
    ("check", {"slicing", "takeaway"}),
    ("site", {"check"}),
):
    BELOW[_room] = _others.union(*(BELOW[other] for other in _others))
BELOW["."] = set(BELOW)  # the command line
LONGEST = 300
TESTS = ROOT / "tests"
# Tests of more than one room: of the course, of the house itself, and of what no room of the package does.
OTHER_TESTS = {"browser", "browser/live", "course", "derivatives", "house", "mutation", "notebooks"}
_PROMISE = re.compile(r'"""Protects .+[.:]')


def imports(source: str) -> Iterator[str]:
    """The rooms of this package that a module imports, wherever it does."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, "rooms are named in full"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            package, _, rest = name.partition(".")
            if package == PACKAGE.name and rest:
                yield rest.split(".")[0]


def files() -> list[Path]:
    """The modules of the package; templates of new lessons are none."""
    return sorted(file for file in PACKAGE.rglob("*.py") if "templates" not in file.parts)


def room(file: Path) -> str:
    return (file.relative_to(PACKAGE).parent.parts or (".",))[0]


def climbs(file: Path, source: str) -> set[str]:
    """The rooms above its own that a file imports."""
    return set(imports(source)) - BELOW[room(file)] - {room(file)}


@pytest.mark.parametrize("file", files(), ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_a_room_knows_only_those_below_it(file: Path) -> None:
    assert not climbs(file, file.read_text("utf-8"))


@pytest.mark.parametrize(
    ("file", "line", "climbed"),
    [
        ("model/problem.py", "from nabla.cache import store", {"cache"}),
        ("parse/page.py", "def late():\n    import nabla.run.worker", {"run"}),
        ("draw/palette.py", "from nabla import parse", {"parse"}),
        ("check/check.py", "from nabla.run.rounding import Tie", set()),
    ],
)
def test_a_climbing_import_is_seen(file: str, line: str, climbed: set[str]) -> None:
    assert climbs(PACKAGE / file, line) == climbed


def test_every_room_has_its_place() -> None:
    rooms = {room(file) for file in files()}
    assert rooms == set(BELOW)


@pytest.mark.parametrize("file", files(), ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_a_file_fits_on_a_few_screens(file: Path) -> None:
    assert len(file.read_text("utf-8").splitlines()) <= LONGEST


ROW = re.compile(r"^\| `(?P<room>\w+)` \| [^|]+ \| (?P<below>[^|]+) \|$", re.MULTILINE)


def test_the_plan_of_the_house_is_the_house() -> None:
    """docs/arquitectura.md tells what each room imports: as it is, no more and no less."""
    imported: dict[str, set[str]] = {}
    for file in files():
        imported.setdefault(room(file), set()).update(imports(file.read_text("utf-8")))
    plan = (ROOT / "docs/arquitectura.md").read_text("utf-8")
    told = {row["room"]: set(re.findall(r"`(\w+)`", row["below"])) for row in ROW.finditer(plan)}
    assert told == {name: below - {name} for name, below in imported.items() if name != "."}


def test_files() -> list[str]:
    return sorted(file.relative_to(TESTS).as_posix() for file in TESTS.rglob("test_*.py"))


test_files.__test__ = False  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", test_files())
def test_the_first_line_of_a_test_says_what_it_protects(name: str) -> None:
    """Also those of the template, which every new lesson starts from."""
    assert _PROMISE.match((TESTS / name).read_text("utf-8").partition("\n")[0])


def test_each_test_is_in_the_room_of_what_it_tests() -> None:
    places = {name.rpartition("/")[0] for name in test_files()}
    assert places - OTHER_TESTS == {room for room in BELOW if room != "."}
