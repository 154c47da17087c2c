"""Protects the record of the attacks: every page has been attacked as it stands, and a part of it is asked anew."""

from __future__ import annotations

import pytest

from nabla.check.counts import total
from nabla.check.project import Project
from tests.conftest import ROOT, is_ours
from tests.mutation import command, record


def attack(kind: str, request: pytest.FixtureRequest) -> None:
    everything = ["--all"] if request.config.getoption("--everything") else []
    pages = [file for file in record.attacked(Project.load(ROOT), kind) if is_ours(request.config, file)]
    assert pages
    ran = command.run(kind, *pages, *everything)
    print(ran.stdout.partition("\n")[0])  # with the seed
    if ran.returncode:
        pytest.fail(ran.stdout + ran.stderr, pytrace=False)


@pytest.mark.divided
def test_no_text_can_be_changed_unnoticed(request: pytest.FixtureRequest) -> None:
    attack("texts", request)


@pytest.mark.divided
def test_no_code_can_be_changed_unnoticed(request: pytest.FixtureRequest) -> None:
    attack("code", request)


def test_the_record_is_of_these_pages() -> None:
    """Each page has been attacked; after the tests above, as it stands."""
    project = Project.load(ROOT)
    for kind in ("texts", "code"):
        for file in set(record.attacked(project, kind)) - {record.UNRECORDED}:
            assert record.load(ROOT, file, kind), f"{file} has never been attacked: make garantia"
    assert not record.strangers(ROOT, project.pages.keys() - {record.UNRECORDED})
    counts = total((ROOT / record.FOLDER).glob("*.json"))
    assert counts["texts"]["cambios"] >= counts["texts"]["números"] + counts["texts"]["fórmulas"]
    assert counts["texts"]["cambios"] == counts["texts"]["notados"] + sum(counts["allowed"].values())
    assert sum(counts["code"].values()) > 5000
    assert counts["code"]["nada que se vea"] < sum(counts["code"].values()) / 10
