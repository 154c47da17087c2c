"""What the two campaigns find, as the page ``docs/garantia.md`` says it: ``python -m tests.mutation.guarantee``.

The page's own numbers and code are attacked like all others, but not counted: they are what is being written.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from typing import Any

from tests.mutation import command
from tests.mutation.command import ROOT

PAGE = "docs/garantia.md"
SNIPPET = ROOT / "snippets/garantia.py"
_REPORT = re.compile(r"(# --8<-- \[start:informe\]\n).*?(# --8<-- \[end:informe\])", re.DOTALL)
# What tells a changed lesson from the right one (``runs.KINDS``), in the page's words.
_FATES = {
    "crash": "el programa se para",
    "error": "otro error que el anunciado",
    "output": "otra salida",
    "figure": "otra figura",
    "number": "otro número en el texto",
    "derivative": "otra derivada",
    "timeout": "el programa no acaba",
    "equivalent": "nada que se vea",
}


def of_pages(reports: Iterable[dict[str, Any]]) -> dict[str, dict[str, int]]:
    """The attack on the pages, from the reports of ``tests.mutation.pages``."""
    reports = [report for report in reports if report["file"] != PAGE]
    allowed = sum((Counter(report["allowed"]) for report in reports), Counter())
    texts = {
        "páginas": len(reports),
        "números": sum(report["numbers"] for report in reports),
        "fórmulas": sum(report["formulas"] for report in reports),
        "cambios": sum(report["mutants"] for report in reports),
        "notados": sum(report["caught"] for report in reports),
    }
    return {"texts": texts, "allowed": dict(sorted(allowed.items()))}


def of_code(counts: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """The attack on the snippets, from the counts of ``tests.mutation.code``."""
    rows = [row for file, row in counts.items() if file not in (PAGE, "total")]
    totals = {said: sum(row[fate] for row in rows) for fate, said in _FATES.items()}
    return {"code": {said: count for said, count in totals.items() if count}}


def published() -> dict[str, dict[str, int]]:
    """What the page says now."""
    said: dict[str, Any] = {}
    exec(_REPORT.search(SNIPPET.read_text("utf-8"))[0], said)
    return {name: said[name] for name in ("texts", "allowed", "code")}


def write(report: dict[str, dict[str, int]]) -> None:
    """Put a report into the page's snippet."""
    lines = ["# Lo escribe `make garantia`; las pruebas lo comparan con otro ataque.\n"]
    for name, counts in report.items():
        rows = "".join(
            f"    {json.dumps(key, ensure_ascii=False)}: {count},\n" for key, count in counts.items()
        )
        lines.append(f"{name} = {{\n{rows}}}\n")
    text = SNIPPET.read_text("utf-8")
    SNIPPET.write_text(_REPORT.sub(lambda found: found[1] + "".join(lines) + found[2], text), "utf-8")


def main() -> int:
    found = []
    for tool in ("pages", "code"):
        ran = command.run(tool, "--json")
        if ran.returncode:
            print(
                f"Hay cambios que nadie nota, o el ataque no acabó: la página sigue como estaba.\n{ran.stderr}"
                f"    → mira cuáles son: {sys.executable} -m tests.mutation.{tool}",
                file=sys.stderr,
            )
            return 1
        found.append(json.loads(ran.stdout))
    pages, code = found
    write(of_pages(pages) | of_code(code))
    return subprocess.call([sys.executable, "-m", "nabla", "update", PAGE], cwd=ROOT)


if __name__ == "__main__":
    sys.exit(main())
