"""``python -m tests.versions``: what a reader sees who has another PyTorch or another Python.

Every page with code, and every notebook, is run and checked in an environment of its own for each release; what
differs from what the page publishes goes into the record of ``docs/versiones.md``. It takes some gigabytes and an hour.
"""

from __future__ import annotations

import datetime
import json
import pprint
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from nabla.check.project import Project
from nabla.model.problem import Problem

ROOT = Path(__file__).resolve().parent.parent
PAGE = "docs/versiones.md"
SNIPPET = ROOT / "snippets/versiones.py"
ENVIRONMENTS = ROOT / ".cache/versions"
# Python and PyTorch; the project's own pair, which the pages publish, is not among them.
RELEASES = [("3.11", "2.14.1"), ("3.12", "2.14.1"), ("3.13", "2.14.1"), ("3.11", "2.15.0")]
_REPORT = re.compile(r"(# --8<-- \[start:registro\]\n).*?(# --8<-- \[end:registro\])", re.DOTALL)
_NOT_THE_PROJECT = {".git", ".venv", ".cache", "site"}


def main() -> int:
    if sys.argv[1:] == ["--look"]:
        print(json.dumps(look(Path.cwd())))
        return 0
    found = []
    for python, torch in RELEASES:
        print(f"Python {python}, PyTorch {torch}…", file=sys.stderr)
        binary = environment(python, torch)
        if binary is None:
            print("no se puede instalar aquí: se queda como estaba", file=sys.stderr)
            found += [each for each in published() if each["release"] == [python, torch]]
            continue
        found.append({"release": [python, torch], **seen_by(binary)})
    write(found)
    return subprocess.call([sys.executable, "-m", "nabla", "update", PAGE], cwd=ROOT)


def environment(python: str, torch: str) -> Path | None:
    """The interpreter of an environment with the project's requirements but another torch; made if need be.

    None where that Python is missing or that torch can't be had.
    """
    folder = ENVIRONMENTS / f"python{python}-torch{torch}"
    binary = folder / "bin/python"
    if binary.exists():
        return binary
    if (command := shutil.which(f"python{python}")) is None:
        return None
    pins = re.sub(
        r"^torch==\S+", f"torch=={torch}", (ROOT / "requirements.txt").read_text("utf-8"), flags=re.MULTILINE
    )
    subprocess.run([command, "-m", "venv", folder], check=True)
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(pins)
        file.flush()
        pip = [binary, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", file.name]
        if subprocess.run(pip, check=False).returncode:
            shutil.rmtree(folder)
            return None
    return binary


def seen_by(binary: Path) -> dict[str, Any]:
    """What ``look`` finds in a copy of the project, so that its cache stays that of the pages."""
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary) / "project"
        shutil.copytree(ROOT, copy, ignore=lambda folder, _: _NOT_THE_PROJECT if Path(folder) == ROOT else ())
        ran = subprocess.run(
            [binary, "-m", "tests.versions", "--look"],
            cwd=copy,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
    return json.loads(ran.stdout.splitlines()[-1])


def look(root: Path) -> dict[str, Any]:
    """How much of the project was run, and what differs from what its pages publish."""
    project = Project.load(root)
    # The record is what is being written: its own page says nothing of PyTorch.
    pages = {file: page for file, page in project.pages.items() if file != PAGE and page.blocks}
    _, problems = project.check()
    problems = [each for each in problems if each.file not in (PAGE, "snippets/versiones.py")]
    return {
        "páginas": len(pages),
        "bloques": sum(len(page.blocks) for page in pages.values()),
        "números": sum(len(claim.numerals) for page in pages.values() for claim in page.claims),
        "figuras": sum(len(page.figures) for page in pages.values()),
        "distinto": [difference(each) for each in sorted(problems)],
    }


def difference(problem: Problem) -> list[str]:
    """A problem in short: the page, what differs, and each line of evidence."""
    page = problem.file.removeprefix("docs/").removesuffix(".md")
    lines = problem.detail.splitlines()
    if any(line.startswith("@@") for line in lines):
        lines = [line for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return [page, problem.what, *lines]


def published() -> list[dict[str, Any]]:
    """What the page says now, release by release."""
    said: dict[str, Any] = {}
    exec(_REPORT.search(SNIPPET.read_text("utf-8"))[0], said)
    return [
        {"release": release, **{name: value for name, value in each.items() if name != "versiones"}}
        for each in said["releases"]
        for release in each["versiones"]
    ]


def write(found: list[dict[str, Any]]) -> None:
    """Put what was found into the page's snippet, once for all the releases that agree."""
    records: list[dict[str, Any]] = []
    for each in found:
        seen = {name: value for name, value in each.items() if name != "release"}
        same = next(
            (record for record in records if record == {"versiones": record["versiones"], **seen}), None
        )
        if same is None:
            records.append(same := {"versiones": [], **seen})
        same["versiones"].append(each["release"])
    today = datetime.date.today().isoformat()
    text = pprint.pformat(records, width=108, sort_dicts=False)
    record = f"# Lo escribe `make versions`.\nmeasured = {today!r}\nreleases = {text}\n"
    snippet = SNIPPET.read_text("utf-8")
    SNIPPET.write_text(_REPORT.sub(lambda match: match[1] + record + match[2], snippet), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
