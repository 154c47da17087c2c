"""Protects the findings: each has the form that ``findings/README.md`` states. None is run here: they install packages."""

from __future__ import annotations

import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

FOLDER = ROOT / "findings"
SCRIPTS = sorted(FOLDER.glob("*.sh"))
FIELDS = ["Finding", "Versions", "Guess", "Seen", "Why", "Source"]
_FIELD = re.compile(r"^# (\w+): (.*(?:\n#   .*)*)", re.MULTILINE)
_LISTED = re.compile(r"^- `([\w-]+)`: \S.*", re.MULTILINE)
_INSTALL = re.compile(r"(?:pip install|npm install)(.*)")
_PINNED = re.compile(r"""^"?(?:[\w.-]+==[\w.$]+|@?[\w./-]+@[\d.]+)"?$""")
# A path of one machine, or a registry: what runs elsewhere names neither.
_ELSEWHERE = re.compile(r"(?<![\w.$}])/(?:home|root|work|tmp|opt|usr/local|Users)/|https?://")


def faults(script: Path, listed: set[str]) -> list[str]:
    """What keeps a script from being a finding."""
    text = script.read_text("utf-8")
    header = text.split("\nset ")[0]
    found = [] if script.stem in listed else ["not listed in README.md"]
    if [name for name, _ in _FIELD.findall(header)] != FIELDS:
        found.append(f"the header is not {', '.join(FIELDS)}")
    if not script.stat().st_mode & stat.S_IXUSR:
        found.append("not executable")
    for line in (
        "set -euo pipefail",
        "folder=$(mktemp -d)",
        "trap 'rm -rf \"$folder\"' EXIT",
        'cd "$folder"',
    ):
        if f"\n{line}\n" not in text:
            found.append(f"without the line: {line}")
    installs = _INSTALL.findall(text)
    packages = [word for line in installs for word in line.split() if not word.startswith("-")]
    if not packages or not all(map(_PINNED.match, packages)):
        found.append(f"installs what is not pinned: {packages}")
    versions = dict(_FIELD.findall(header)).get("Versions", "").replace("\n#   ", " ")
    for name, version in re.findall(r"""([\w@/.-]+?)(?:==|@)([\d.]+)""", " ".join(packages)):
        if f"{name} {version}" not in versions:
            found.append(f"the header does not name {name} {version}")
    if not re.search(r"\bassert\b|^diff ", text, re.MULTILINE):
        found.append("asserts nothing")
    if match := _ELSEWHERE.search(text):
        found.append(f"names a place of its own: {match[0]}")
    if re.search(r"^\s*(?:import|from) (?:nabla|snippets)\b", text, re.MULTILINE):
        found.append("needs this project")
    if subprocess.run(["bash", "-n", str(script)], check=False, capture_output=True).returncode:
        found.append("not bash")
    return found


def listed() -> set[str]:
    return set(_LISTED.findall((FOLDER / "README.md").read_text("utf-8")))


@pytest.mark.parametrize("script", SCRIPTS, ids=[script.stem for script in SCRIPTS])
def test_the_form(script: Path) -> None:
    assert faults(script, listed()) == []


def test_the_list_names_only_what_is_there() -> None:
    assert listed() == {script.stem for script in SCRIPTS}


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("# Guess: ", "# Hunch: ", "the header is not"),
        ("trap ", "# trap ", "without the line: trap"),
        ("==2.13.0", ">=2.13.0", "installs what is not pinned"),
        ("torch 2.13.0", "torch 2.14.0", "the header does not name torch 2.13.0"),
        ("assert ", "print, ", "asserts nothing"),
        ("import torch\n", "import torch  # /home/me/torch\n", "names a place of its own"),
        ("import torch\n", "import nabla\n", "needs this project"),
        ("set -euo pipefail\n", "set -euo pipefail\nif\n", "not bash"),
    ],
)
def test_each_fault_is_seen(old: str, new: str, fault: str, tmp_path: Path) -> None:
    good = FOLDER / "torch-forward-mode-ignores-no-grad.sh"
    broken = Path(shutil.copy(good, tmp_path))
    text = broken.read_text("utf-8")
    assert old in text
    broken.write_text(text.replace(old, new), "utf-8")
    assert any(each.startswith(fault) for each in faults(broken, {good.stem}))


def test_a_script_must_be_listed_and_executable(tmp_path: Path) -> None:
    copy = Path(shutil.copy(FOLDER / "torch-forward-mode-ignores-no-grad.sh", tmp_path))
    copy.chmod(0o644)
    assert faults(copy, set()) == ["not listed in README.md", "not executable"]


def test_make_says_what_there_is_no_finding_of() -> None:
    ran = subprocess.run(
        ["make", "-s", "findings", "ONLY=nothing-like-this"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert ran.returncode != 0
    assert "findings/nothing-like-this.sh" in ran.stdout + ran.stderr
