"""Protects what is published: whatever happens to a build, the next is that of a clean folder, or says what to do."""

from __future__ import annotations

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest

from nabla.cache import store
from tests import killer
from tests.conftest import Mini, contents, create_mini
from tests.forge import forge
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

ONE, OTHER = "x**2", "x * x"
# What a build keeps, by folder of .cache: the files that the build itself must see to be damaged.
CACHES = {"finished", "lessons", "maths", "needs", "rendered", "runs", "styles", "templates"}
# Matplotlib's own list of typefaces, which it makes anew when it cannot read it.
FOREIGN_CACHES = {"matplotlib"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Mini:
    """A project with its cache and its site, for copying."""
    mini = create_mini(tmp_path_factory.mktemp("built"))
    mini.add_figure()
    assert mini.build().returncode == 0
    return mini


@pytest.fixture(scope="module")
def clean(built: Mini) -> dict[str, bytes]:
    """What a clean build of the project publishes."""
    return contents(built.site)


@pytest.fixture(scope="module")
def clean_other(built: Mini, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a clean build publishes after the edit that the tests make."""
    mini = copy(built, tmp_path_factory.mktemp("other") / "project")
    edit(mini)
    forget(mini)
    assert mini.build().returncode == 0
    return contents(mini.site)


@pytest.fixture
def project(built: Mini, tmp_path: Path) -> Mini:
    return copy(built, tmp_path / "project")


def copy(mini: Mini, root: Path) -> Mini:
    return Mini(shutil.copytree(mini.root, root, symlinks=True))


def edit(mini: Mini) -> None:
    mini.edit(mini.snippet, ONE, OTHER)


def forget(mini: Mini) -> None:
    for name in CACHES:
        shutil.rmtree(mini.root / ".cache" / name, ignore_errors=True)


def leftovers(mini: Mini) -> list[Path]:
    return [*mini.root.glob("site.*"), *mini.root.glob(".cache/**/partial-*")]


def assert_explained(built: subprocess.CompletedProcess[str], *reasons: str) -> None:
    assert built.returncode == 1
    assert "No se publica nada: no se puede escribir " in built.stderr
    assert any(reason in built.stderr for reason in reasons), built.stderr
    assert "    → " in built.stderr
    assert "Traceback" not in built.stderr + built.stdout


# Killed


def test_killed_at_each_write(
    built: Mini,
    clean: dict[str, bytes],
    clean_other: dict[str, bytes],
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    """A build changes the disk in these ways and no other; it is killed at each, with the file torn, and built again.

    All that is published is then there as before or as after; nothing else is left.
    """
    assert clean != clean_other
    mini = copy(built, tmp_path / "project")
    writes = Counter(writes_of_a_build(mini))
    assert {
        "open .cache/runs/…",
        "os.rename .cache/runs/…",
        "open site.partial-*/….html",
        "os.rename site",
        "os.rename site.partial-*",
        "os.remove site.old-*/…",
    } <= writes.keys()
    moments = [(write, 1) for write in writes]
    if request.config.getoption("--everything"):
        moments += [(write, count) for write, count in writes.items() if count > 1]
    now, then = clean_other, clean
    for write, number in moments:
        now, then = then, now
        old, new = (ONE, OTHER) if then is clean_other else (OTHER, ONE)
        mini.edit(mini.snippet, old, new)
        forget(mini)
        assert killed_at(mini, write, number), f"no build came to {write}"
        if mini.site.exists():
            assert contents(mini.site) in (now, then), f"half a site: {write}"
        again = mini.build()
        assert again.returncode == 0, again.stderr
        assert contents(mini.site) == then, f"killed at {write}"
        assert not leftovers(mini), write


def writes_of_a_build(mini: Mini) -> list[str]:
    """The ways in which a build changes the disk, by kind (``killer``)."""
    edit(mini)
    forget(mini)
    for name in ("killer.py", "sitecustomize.py"):
        shutil.copy(Path(killer.__file__), mini.root / name)
    (mini.root / "kill.json").write_text('"list"')
    assert watched_build(mini).returncode == 0
    mini.edit(mini.snippet, OTHER, ONE)
    return (mini.root / "writes.txt").read_text().splitlines()


def killed_at(mini: Mini, write: str, number: int) -> bool:
    (mini.root / "kill.json").write_text(json.dumps([write, number, 0]))
    ended = watched_build(mini).returncode
    (mini.root / "kill.json").unlink()
    return ended == -signal.SIGKILL


def watched_build(mini: Mini) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": str(mini.root), "PYTHONDONTWRITEBYTECODE": "1"}
    return forge().run(mini.root, environment, "killer")


def test_killed_while_it_swaps_the_sites(project: Mini, clean: dict[str, bytes]) -> None:
    """For an instant the old site is aside and the new one not yet in its place."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    project.site.rename(project.root / f"site.old-{ended.pid}")
    project.edit(project.page, "49.0", "49.1")
    assert project.build().returncode == 1, "a build that publishes nothing"
    assert contents(project.site) == clean
    assert not leftovers(project)


# A full disk


@cache
def may_mount() -> bool:
    return subprocess.run([*in_own_mounts(), "mount -t tmpfs tmpfs /mnt"], check=False).returncode == 0


def in_own_mounts() -> list[str]:
    """A shell whose mounts nobody else sees, and which end with it."""
    as_root = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    return ["unshare", *as_root, "--mount", "sh", "-ec"]


def build_on_small_disk(mini: Mini, room: int) -> tuple[subprocess.CompletedProcess[str], Mini]:
    """Build with ``room`` bytes left on the disk; also, the project as that build left it."""
    page = os.sysconf("SC_PAGE_SIZE")
    files = [file for file in mini.root.rglob("*") if file.is_file() and not file.is_symlink()]
    size = room + sum(-(-file.stat().st_size // page) * page for file in files)
    after = mini.root.with_name("after")
    script = f"""
        mount -t tmpfs -o size={size} tmpfs /mnt
        cp -a '{mini.root}/.' /mnt
        cd /mnt
        code=0
        '{sys.executable}' -m mkdocs build || code=$?
        cp -a /mnt '{after}'
        exit $code
    """
    ran = subprocess.run(
        [*in_own_mounts(), script],
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return ran, Mini(after)


def build_with_small_files(mini: Mini, room: int) -> tuple[subprocess.CompletedProcess[str], Mini]:
    """Build where no file may be larger than ``room``: a full disk for who may not mount one."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    ran = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=mini.root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, limits[1])),
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    return ran, mini


SMALL_FILES = [
    (build_with_small_files, 1_000, "/.cache/"),
    (build_with_small_files, 100_000, "/site.partial-"),
]
SMALL_DISKS = [
    (build_on_small_disk, 0, "/.cache/"),
    (build_on_small_disk, 100_000, "/.cache/"),
    (build_on_small_disk, 400_000, "/site.partial-"),
    (build_on_small_disk, 1_500_000, "/site.partial-"),
    (build_on_small_disk, 3_000_000, "/site.partial-"),
]


@pytest.mark.parametrize(
    ("build", "room", "where"), SMALL_FILES + (SMALL_DISKS if shutil.which("unshare") and may_mount() else [])
)
def test_a_full_disk(
    build: Callable[[Mini, int], tuple[subprocess.CompletedProcess[str], Mini]],
    room: int,
    where: str,
    project: Mini,
    clean: dict[str, bytes],
    clean_other: dict[str, bytes],
) -> None:
    edit(project)
    forget(project)
    ran, after = build(project, room)
    assert_explained(ran, "no queda sitio en el disco", "el archivo pasa del tamaño permitido")
    assert where in ran.stderr
    assert contents(after.site) == clean, "the published site stays"
    assert not leftovers(after)
    assert after.build().returncode == 0
    assert contents(after.site) == clean_other


# A cache that cannot be written


@contextlib.contextmanager
def read_only(folder: Path) -> Iterator[None]:
    folders = [folder, *(each for each in folder.rglob("*") if each.is_dir())]
    for each in folders:
        each.chmod(0o555)
    yield
    for each in folders:
        each.chmod(0o755)


def build_as_anyone(mini: Mini) -> subprocess.CompletedProcess[str]:
    """Build without root's power to write where nobody may."""
    drop = ["setpriv", "--bounding-set", "-dac_override"] if os.geteuid() == 0 else []
    return subprocess.run(
        [*drop, sys.executable, "-m", "mkdocs", "build"],
        cwd=mini.root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1"},
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )


def test_a_read_only_cache_serves_what_it_holds(project: Mini, clean: dict[str, bytes]) -> None:
    shutil.rmtree(project.site)
    with read_only(project.root / ".cache"):
        ran = build_as_anyone(project)
    assert ran.returncode == 0, ran.stderr
    assert contents(project.site) == clean


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (edit, "/.cache/runs/"),
        (lambda mini: mini.edit(mini.page, "$x = 7.00$", "$x=7.00$"), "/.cache/"),
    ],
    ids=["lesson", "formula"],
)
def test_a_read_only_cache_stops_what_it_cannot_keep(
    change: Callable[[Mini], None], where: str, project: Mini, clean: dict[str, bytes]
) -> None:
    change(project)
    with read_only(project.root / ".cache"):
        ran = build_as_anyone(project)
    assert_explained(ran, "no tienes permiso")
    assert where in ran.stderr
    assert contents(project.site) == clean, "the published site stays"
    assert project.build().returncode == 0


# Several at once


@pytest.mark.parametrize("count", [2, 3])
def test_builds_at_once(count: int, project: Mini, clean: dict[str, bytes]) -> None:
    forget(project)
    shutil.rmtree(project.site)
    processes = [project.start_build() for _ in range(count)]
    assert [process.wait() for process in processes] == [0] * count
    assert contents(project.site) == clean
    assert not leftovers(project)


# Damaged caches


def test_every_cache_is_known(built: Mini) -> None:
    assert {folder.name for folder in (built.root / ".cache").iterdir()} == CACHES | FOREIGN_CACHES


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda content: b"",
    "one byte": lambda content: content[:1],
    "half": lambda content: content[: len(content) // 2],
    "all but one byte": lambda content: content[:-1],
    "no fields": lambda content: b"{}",
    "no object": lambda content: b"[1, 2]",
    "zeros": lambda content: b"\x00" * 100,
    "noise": lambda content: random.Random(0).randbytes(len(content)),
    "altered": lambda content: content[:-1] + bytes([content[-1] ^ 1]),
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_not_read(built: Mini, tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    for name in CACHES:
        for file in (built.root / ".cache" / name).rglob("*.json"):
            key = json.loads(file.read_text("utf-8").partition("\n")[0])["key"]
            store.read(file, key)
            damaged = tmp_path / file.name
            damaged.write_bytes(damage(file.read_bytes()))
            with pytest.raises(store.Damaged):
                store.read(damaged, key)


def kept(mini: Mini) -> dict[str, bytes]:
    files = contents(mini.root / ".cache")
    return {name: content for name, content in files.items() if name.split("/")[0] in CACHES}


@pytest.mark.parametrize("damage", ["empty", "half", "noise", "altered"])
def test_damaged_caches_are_rebuilt_and_said(damage: str, project: Mini, clean: dict[str, bytes]) -> None:
    caches = project.root / ".cache"
    intact = kept(project)
    for name, content in contents(caches).items():
        (caches / name).write_bytes(DAMAGES[damage](content))
    ran = project.build()
    assert ran.returncode == 0, ran.stderr
    for name in intact:
        assert ran.stderr.count(f"Caché estropeada, se rehace: .cache/{name}") == 1
    assert contents(project.site) == clean
    assert kept(project) == intact
