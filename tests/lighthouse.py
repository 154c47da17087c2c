"""Every page through Lighthouse, as on a mid-range phone: ``python -m tests.lighthouse [PAGE …]``.

It prints a table and fails when a page falls short. Times are simulated from what this machine measures, so
a busy machine scores lower: run nothing else meanwhile. The same page comes out up to five points apart, as
Lighthouse's documentation on variability says: one that falls short is measured again, and the median counts.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import sync_playwright

from tests.browser import harness
from tests.install_browser import find_chromium

PACKAGE = "lighthouse@12.8.2"
FOLDER = harness.ROOT / ".cache" / "lighthouse"
TIMES = 5
LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
KINDS = {"Document": "HTML", "Stylesheet": "CSS", "Script": "JS", "Font": "letra", "Image": "figuras"}
_FLAGS = (
    "--headless=new --no-sandbox --disable-gpu --host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'"
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.lighthouse", add_help=False)
    parser.add_argument("-h", "--help", action="help", help="muestra esta ayuda y termina")
    parser.add_argument("pages", metavar="PÁGINA", nargs="*", help="como docs/index.md; todas si no hay")
    pages = parser.parse_args().pages or [page for page in harness.PAGES if page != harness.NOT_FOUND]
    if not install():
        return 1
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "site"
        if not harness.build(folder):
            return 1
        with harness.serve(folder) as site:
            short = [page for page in pages if not _measure(page, site.url + harness.address(page))]
    if short:
        print(f"No llegan: {', '.join(short)}", file=sys.stderr)
    return 1 if short else 0


def install() -> bool:
    """See that Lighthouse is there, installing it if need be; whether it is."""
    known = FOLDER / "node_modules" / "lighthouse" / "package.json"
    if known.is_file() and json.loads(known.read_text("utf-8"))["version"] == PACKAGE.partition("@")[2]:
        return True
    if shutil.which("npm") is None:
        print("Falta Node 20 o posterior, con npm: Lighthouse lo necesita.", file=sys.stderr)
        return False
    FOLDER.mkdir(parents=True, exist_ok=True)
    options = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
    return subprocess.call(["npm", "install", *options, "--prefix", str(FOLDER), PACKAGE]) == 0


def _measure(page: str, url: str) -> bool:
    """Print a page's row; whether it reaches what is asked."""
    reports = [_run(url)]
    if not _reaches(_scores(reports)):
        reports += [_run(url) for _ in range(TIMES - 1)]
    scores, audits = _scores(reports), reports[-1]["audits"]
    weights: Counter[str] = Counter()
    for request in audits["network-requests"]["details"]["items"]:
        weights[KINDS.get(request.get("resourceType", ""), "otros")] += request.get("transferSize", 0)
    sizes = " | ".join(f"{weights[kind] / 1000:.0f}" for kind in (*KINDS.values(), "otros"))
    shift = max(report["audits"]["cumulative-layout-shift"]["numericValue"] for report in reports)
    row = f"| {page} | {' | '.join(map(str, scores.values()))} | {shift:.3f} | {sizes} | {len(reports)} |"
    print(row, flush=True)
    return shift == 0 and _reaches(scores)


def _scores(reports: list[dict[str, Any]]) -> dict[str, int]:
    """The median of each score, from 0 to 100."""
    return {
        name: round(median(report["categories"][name]["score"] for report in reports) * 100) for name in LEAST
    }


def _reaches(scores: dict[str, int]) -> bool:
    return all(scores[name] >= least for name, least in LEAST.items())


def _run(url: str) -> dict[str, Any]:
    with sync_playwright() as playwright:
        chromium = find_chromium() or playwright.chromium.executable_path
    command = ["node", str(FOLDER / "node_modules" / "lighthouse" / "cli" / "index.js"), url, "--quiet"]
    command += ["--output=json", "--output-path=stdout", f"--chrome-flags={_FLAGS}"]
    # What the browser keeps in the home folder stays in the project's.
    environment = {**os.environ, "CHROME_PATH": chromium, "HOME": str(FOLDER)}
    return json.loads(subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE).stdout)


if __name__ == "__main__":
    print(f"| página | {' | '.join(LEAST)} | CLS | {' | '.join((*KINDS.values(), 'otros'))} (kB) | veces |")
    sys.exit(main())
