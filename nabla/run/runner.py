"""The run of each lesson: taken from the cache, or made once by ``worker``.

This module imports neither torch nor matplotlib: a page whose code did not change costs no more
than reading a file.
"""

from __future__ import annotations

import ast
import hashlib
import json
import logging
import math
import os
import platform
import re
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.util import resolve_name
from pathlib import Path
from typing import Any

from nabla.cache import store
from nabla.draw.palette import FONTS
from nabla.model.fingerprint import Fingerprint
from nabla.model.page import Page
from nabla.parse import formulas
from nabla.run.rounding import Tie

log = logging.getLogger("mkdocs.nabla")

# With all that it imports from here, what makes a result besides the lesson.
_EXECUTOR = "import nabla.run.worker"
# Old results stay for a while, so that going back to an earlier version costs nothing.
_KEPT_PER_PAGE = 4
# One thread and nothing of the user's clock or language: the same bytes everywhere.
_FIXED_ENVIRONMENT = {
    "LC_ALL": "C.UTF-8",
    "MKL_NUM_THREADS": "1",
    "MPLBACKEND": "agg",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "PYTHONDONTWRITEBYTECODE": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "TZ": "UTC",
}


class LessonCrashed(Exception):
    """The process of a lesson died without leaving a result."""


@dataclass(frozen=True)
class BlockRun:
    """What one block did: text, figures (SVG, PNG, and what they plot), its error if it raised, its ties."""

    output: str
    figures: tuple[str, ...]
    pictures: tuple[str, ...]
    plotted: tuple[Fingerprint, ...]
    error: dict[str, Any] | None
    ties: tuple[Tie, ...] = ()


@dataclass(frozen=True)
class Run:
    """The run of a lesson. ``values[i][j]``: number j of claim i; an error's text; None for «_».

    ``formulas`` are the answers of ``symbols.evaluate``, one per chain of ``formulas.job``.
    ``blocks`` ends at the block that stopped the lesson, if one did.
    """

    blocks: tuple[BlockRun, ...]
    values: tuple[tuple[Decimal | str | None, ...] | None, ...]
    formulas: tuple[dict[str, Any], ...]
    failed: bool


def run_pages(root: Path, pages: Iterable[Page]) -> dict[str, Run]:
    """The run of each page that holds code, by the page's file.

    Only lessons whose code, expressions or surroundings changed are executed. Raises
    LessonCrashed when a lesson's process dies.
    """
    due = [page for page in pages if page.runnable and (page.blocks or page.formulas.relations)]
    jobs = {page.file: _job(root, page) for page in due}
    runs = {file: _load(root, job) for file, job in jobs.items()}
    missing = [jobs[file] for file, run in runs.items() if run is None]
    if missing:
        _execute(root, missing)
    for job in missing:
        runs[job["page"]] = _load(root, job, keep_failed=True)
    complete = {file: run for file, run in runs.items() if run is not None}
    if lost := sorted(runs.keys() - complete.keys()):
        raise LessonCrashed(f"la ejecución no dejó resultado: {', '.join(lost)}")
    return complete


def _job(root: Path, page: Page) -> dict[str, Any]:
    job: dict[str, Any] = {
        "page": page.file,
        "blocks": [
            {
                "name": block.section.name,
                "code": block.section.code,
                "fails": block.failure is not None,
            }
            for block in page.blocks
        ],
        "claims": [[claim.block, list(claim.expressions)] for claim in page.claims],
        "formulas": formulas.job(page),
    }
    code = [block["code"] for block in job["blocks"]]
    material = json.dumps([job, _modules_of_project(root, code), _surroundings(root)])
    key = hashlib.sha256(material.encode()).hexdigest()
    name = page.file.removeprefix("docs/").removesuffix(".md").replace("/", "-")
    return job | {"key": key, "file": str(root / ".cache" / "runs" / name / f"{key[:24]}.json")}


def _modules_of_project(root: Path, code: Iterable[str]) -> dict[str, str]:
    """The hash of each module of the project that the code imports, directly or not."""
    found: dict[str, str] = {}
    waiting = [name for source in code for name in _imports(source)]
    while waiting:
        name = waiting.pop()
        package, _, _ = name.rpartition(".")
        if package:
            waiting.append(package)  # Importing a module runs the package that holds it.
        relative = name.replace(".", "/")
        for file, inside in ((f"{relative}.py", package), (f"{relative}/__init__.py", name)):
            for path in (f"snippets/{file}", file):
                if path not in found and (root / path).is_file():
                    content = (root / path).read_bytes()
                    found[path] = hashlib.sha256(content).hexdigest()
                    waiting += _imports(content.decode(), inside)
    return dict(sorted(found.items()))


def _imports(source: str, package: str = "") -> list[str]:
    """What a module of ``package`` imports, by its full name."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return []  # The run will report it, with its line.
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if node.level > len(package.split(".")) * bool(package):
                continue  # The run will report it: there is nothing to be relative to.
            if node.level:
                module = resolve_name("." * node.level + module, package)
            names += [module, *(f"{module}.{alias.name}" for alias in node.names)]
    return names


@cache
def _surroundings(root: Path) -> list[Any]:
    """What can change a run besides the lesson: executor, figure style, libraries, Python, environment."""
    executor = _modules_of_project(root, [_EXECUTOR])
    fonts = [hashlib.sha256((root / font).read_bytes()).hexdigest() for font in FONTS]
    python = [sys.version, platform.machine(), platform.system()]
    return [executor, fonts, libraries(root), python, _FIXED_ENVIRONMENT]


def libraries(root: Path) -> list[str]:
    """Each pinned library with the version installed, without importing any: torch-2.13.0+cpu.dist-info."""
    pinned = re.findall(r"^([\w.-]+)==", (root / "requirements.txt").read_text("utf-8"), re.MULTILINE)
    wanted = {_normal(name) for name in pinned}
    return sorted(
        entry
        for folder in map(Path, sys.path)
        if folder.is_dir()
        for entry in os.listdir(folder)
        if entry.endswith(".dist-info") and _normal(entry.partition("-")[0]) in wanted
    )


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _load(root: Path, job: dict[str, Any], keep_failed: bool = False) -> Run | None:
    """The stored run of a job; None if there is none that can be trusted."""
    file = Path(job["file"])
    try:
        payload = store.read(file, job["key"])
    except store.Damaged:
        log.info("Caché estropeada, se rehace: %s", file.relative_to(root))
        return None
    if payload is None:
        return None
    result = json.loads(payload)
    if result["failed"] and not keep_failed:
        return None
    return Run(
        blocks=tuple(
            BlockRun(
                block["output"],
                tuple(figure["svg"] for figure in block["figures"]),
                tuple(figure["png"] for figure in block["figures"]),
                tuple(Fingerprint.read(figure["data"]) for figure in block["figures"]),
                block["error"],
                tuple(Tie(**tie) for tie in block["ties"]),
            )
            for block in result["blocks"]
        ),
        values=tuple(None if claim is None else tuple(map(_value, claim)) for claim in result["claims"]),
        formulas=tuple(result["formulas"]),
        failed=result["failed"],
    )


def _value(stored: dict[str, str] | None) -> Decimal | str | None:
    if stored is None:
        return None
    return Decimal(stored["value"]) if "value" in stored else stored["error"]


def _execute(root: Path, jobs: list[dict[str, Any]]) -> None:
    """Run the jobs in ``worker`` processes, saying which one ended."""
    modules = sorted({name for job in jobs for block in job["blocks"] for name in _imports(block["code"])})
    if any(job["formulas"]["chains"] for job in jobs):
        modules.append("torch")
    if any("torch.optim" in block["code"] for job in jobs for block in job["blocks"]):
        modules.append("torch._dynamo")  # the first optimizer imports it, a second that lessons can share
    count = "Se ejecuta 1 lección" if len(jobs) == 1 else f"Se ejecutan {len(jobs)} lecciones"
    log.info("%s: %s", count, ", ".join(_title(job["page"]) for job in jobs))
    # Without fork, each lesson needs a process of its own to start afresh.
    orders = [jobs] if hasattr(os, "fork") else [[job] for job in jobs]
    done = 0
    for order in orders:
        process = subprocess.Popen(
            [sys.executable, "-m", "nabla.run.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            cwd=root,
            env=environment(root),
        )
        assert process.stdin and process.stdout
        with process:
            message = {"processes": os.cpu_count() or 1, "modules": modules, "jobs": order}
            json.dump(message, process.stdin)
            process.stdin.close()
            for line in process.stdout:
                report = json.loads(line)
                if "errno" in report:
                    process.kill()
                    raise OSError(report["errno"], os.strerror(report["errno"]), report["file"])
                done += 1
                log.info("  [%d/%d] %s: %.1f s", done, len(jobs), _title(report["page"]), report["seconds"])
                if report["code"] != 0:
                    process.kill()
                    raise LessonCrashed(f"{report['page']}: su proceso murió con el código {report['code']}")
        if process.returncode:
            raise LessonCrashed(f"el ejecutor terminó con el código {process.returncode}")
    for job in jobs:
        forget_old(Path(job["file"]).parent)


def _title(page: str) -> str:
    return Path(page).stem


def environment(root: Path) -> dict[str, str]:
    """The user's environment without their screen, and with what every run has in common."""
    surroundings = dict(os.environ)
    surroundings.pop("DISPLAY", None)
    surroundings.pop("WAYLAND_DISPLAY", None)
    cache = root / ".cache"
    folders = {
        "IPYTHONDIR": str(cache / "ipython"),
        "JUPYTER_CONFIG_DIR": str(cache / "jupyter"),
        "MPLCONFIGDIR": str(cache / "matplotlib"),
        "PYTHONPATH": str(root),
    }
    return surroundings | _FIXED_ENVIRONMENT | folders


def forget_old(folder: Path) -> None:
    entries = sorted(folder.glob("*.json"), key=_age)
    for entry in entries[_KEPT_PER_PAGE:]:
        entry.unlink(missing_ok=True)


def _age(entry: Path) -> float:
    try:
        return -entry.stat().st_mtime
    except FileNotFoundError:  # Another build has just forgotten it.
        return math.inf
