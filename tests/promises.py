"""Breaks promises on purpose, one in each room, and sees the tests of the short run fail: ``python -m tests.promises``.

Each is broken in a copy of the project; what does not fail there is a promise that nothing keeps.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT


@dataclass(frozen=True)
class Promise:
    """What is promised, how it is broken, and the tests that must see it."""

    said: str
    file: str
    old: str
    new: str
    tests: str


PROMISES = [
    Promise(
        "a number is the computed one, rounded",
        "nabla/model/numerals.py",
        "return self._rounded(computed) == self.value",
        "return abs(self._rounded(computed) - self.value) <= 1",
        "tests/model/test_numerals.py",
    ),
    Promise(
        "a figure draws the data that its page tells",
        "nabla/model/fingerprint.py",
        "return self.agrees(self.read(text))",
        "return bool(self.read(text))",
        "tests/model/test_fingerprint.py",
    ),
    Promise(
        "a cache that was altered is not read",
        "nabla/cache/store.py",
        "!= (key, digest(content))",
        '!= (key, said["sha256"])',
        "tests/cache/test_cache_keys.py tests/site/test_faults.py::test_a_damaged_file_is_not_read",
    ),
    Promise(
        "a count that skips a number is told",
        "nabla/parse/order.py",
        "number, expected = int(span.text), last.get(span.name, 0) + 1",
        "number = expected = int(span.text)",
        "tests/parse/test_provenance.py tests/check/test_bad_input.py::test_count_that_skips_a_number",
    ),
    Promise(
        "a number near a tie is refused",
        "nabla/run/rounding.py",
        "return abs(abs(value) % unit - unit / 2) <= reach",
        "return False",
        "tests/run/test_rounding.py",
    ),
    Promise(
        "code that fails on purpose is guarded in the script that is taken away",
        "nabla/takeaway/export.py",
        "if block.failure is None:",
        "if block:",
        "tests/takeaway/test_notebooks.py tests/course/test_snippets.py",
    ),
    Promise(
        "a page allows no script but its own",
        "nabla/site/policy.py",
        "_digest(script) for script",
        '"*" for script',
        "tests/browser/test_policy.py",
    ),
    Promise(
        "the page of the attacks tells what the record counts",
        "nabla/check/counts.py",
        "sums.setdefault(name, Counter()).update(counts)",
        "sums.setdefault(name, Counter(counts))",
        "tests/check/test_counts.py",
    ),
    Promise(
        "a number that the page prints is not given as it is",
        "nabla/check/claims.py",
        "len(given) > 1 and",
        "len(given) > 99 and",
        "tests/check/test_form.py tests/check/test_update.py tests/check/test_bad_input.py tests/parse/test_provenance.py",
    ),
    Promise(
        "a record that lies is found out",
        "tests/mutation/campaign.py",
        "wrong = before.same_fates(fates)",
        "wrong = []",
        "tests/mutation/test_campaign.py::test_a_record_that_lies_is_found_out",
    ),
    Promise(
        "what a page shows is answered for, whoever overlooks it",
        "tests/mutation/published.py",
        'if kind in ("prose", "code") and tag not in _UNREAD',
        "if False",
        "tests/mutation/test_published.py::test_what_the_reader_never_saw_is_told",
    ),
    Promise(
        "no action of the forge runs on a Node that is gone",
        ".github/workflows/site.yml",
        "actions/deploy-pages@v5",
        "actions/deploy-pages@v4",
        "tests/house/test_workflow.py",
    ),
    Promise(
        "a room imports only what lies below it",
        "nabla/model/problem.py",
        "from dataclasses import dataclass",
        "from dataclasses import dataclass\n\nfrom nabla.cache import disk",
        "tests/house/test_rooms.py",
    ),
]


def is_seen(promise: Promise, project: Path) -> bool:
    """Whether the tests fail once the promise is broken in a copy of the project."""
    file = project / promise.file
    right = file.read_text("utf-8")
    assert right.count(promise.old) == 1, f"{promise.file}: {promise.old}"
    file.write_text(right.replace(promise.old, promise.new), "utf-8")
    try:
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-x",
            "-q",
            "-p",
            "no:cacheprovider",
            *promise.tests.split(),
        ]
        ran = subprocess.run(command, cwd=project, check=False, capture_output=True, text=True)
    finally:
        file.write_text(right, "utf-8")
    lines = [line for line in ran.stdout.splitlines() if line.startswith(("FAILED tests", "ERROR tests"))]
    print(*lines[:1], sep="\n", flush=True)
    return ran.returncode == 1 and lines[:1] != [] and lines[0].startswith("FAILED")


def _unneeded(folder: str, names: list[str]) -> set[str]:
    built = {".cache", ".git", ".venv", "site"} if Path(folder) == ROOT else {"__pycache__"}
    return built.intersection(names)


def main(words: list[str]) -> int:
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "project"
        shutil.copytree(ROOT, project, ignore=_unneeded, symlinks=True)
        for promise in PROMISES:
            if not words or any(word in f"{promise.file} {promise.said}" for word in words):
                seen = is_seen(promise, project)
                missed += not seen
                print(f"{'seen' if seen else 'MISSED'}: {promise.said} ({promise.file})", flush=True)
    return missed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
