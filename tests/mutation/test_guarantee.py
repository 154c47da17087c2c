"""The page of the guarantee says what the campaigns found, and nothing if they found a gap."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.mutation import command, guarantee
from tests.mutation.runs import KINDS

REPORT = {
    "texts": {"páginas": 2, "números": 5, "fórmulas": 1, "cambios": 9, "notados": 7},
    "allowed": {"un año": 2},
    "code": {"otra salida": 4, "nada que se vea": 1},
}


def page(file: str, times: int = 1) -> dict[str, object]:
    counts = {"numbers": 2 * times, "formulas": times, "mutants": 5 * times, "caught": 3 * times}
    return {"file": file, **counts, "allowed": {"un año": 2 * times}}


@pytest.fixture
def snippet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A snippet of the page to write into."""
    copy = Path(shutil.copy(guarantee.SNIPPET, tmp_path))
    monkeypatch.setattr(guarantee, "SNIPPET", copy)
    return copy


def test_the_page_itself_is_not_counted() -> None:
    found = guarantee.of_pages([page("docs/a.md"), page("docs/b.md", 10), page(guarantee.PAGE, 100)])
    assert found["texts"] == {"páginas": 2, "números": 22, "fórmulas": 11, "cambios": 55, "notados": 33}
    assert found["allowed"] == {"un año": 22}
    row = dict.fromkeys([*KINDS, "equivalent", "mutants"], 0) | {"output": 3, "equivalent": 1}
    found = guarantee.of_code({"docs/a.md": row, guarantee.PAGE: row, "total": row})
    assert found == {"code": {"otra salida": 3, "nada que se vea": 1}}


def test_what_is_written_is_what_the_page_says(snippet: Path) -> None:
    before = snippet.read_text("utf-8")
    guarantee.write(REPORT)
    assert guarantee.published() == REPORT
    assert snippet.read_text("utf-8").split("[end:informe]")[1] == before.split("[end:informe]")[1]


@pytest.mark.parametrize("broken", ["pages", "code"])
def test_a_campaign_with_survivors_writes_nothing(
    snippet: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], broken: str
) -> None:
    monkeypatch.setattr(
        command, "run", lambda tool, *_: CompletedProcess([], int(tool == broken), json.dumps([]), "uno")
    )
    before = snippet.read_text("utf-8")
    assert guarantee.main() == 1
    assert snippet.read_text("utf-8") == before
    assert "cambios que nadie nota" in capsys.readouterr().err
