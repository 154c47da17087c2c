"""Protects publishing: the forge understands its workflow, and no action in it runs on a Node that is gone."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import ROOT

WORKFLOW = ROOT / ".github/workflows/site.yml"
# The majors that run on Node 24, and what changed on the way to them that could matter here.
MAJORS = {
    "actions/checkout": "v6",  # v5: Node 24; v6: credentials in a file outside .git/config, which git push still finds
    "actions/setup-python": "v6",  # v6: Node 24
    "actions/configure-pages": "v6",  # v6: Node 24
    "actions/upload-pages-artifact": "v5",  # v4: without dotfiles, of which the site has none; v5: upload-artifact v7
    "actions/deploy-pages": "v5",  # v5: Node 24
    "actions/upload-artifact": "v7",  # v6: Node 24; v7: can leave a single file unzipped, if asked
    "actions/download-artifact": "v8",  # v5: path of an artifact asked for by number; v7: Node 24; v8: refuses a wrong hash
}


def workflow() -> dict[str, Any]:
    return yaml.safe_load(WORKFLOW.read_text("utf-8"))


def check(file: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-m",
        "check_jsonschema",
        "--builtin-schema",
        "vendor.github-workflows",
        str(file),
    ]
    return subprocess.run(command, check=False, capture_output=True, text=True)


def test_the_forge_understands_the_workflow() -> None:
    checked = check(WORKFLOW)
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize(
    ("old", "new"),
    [("runs-on: ubuntu-24.04\n", ""), ("    steps:", "    step:"), ("needs: test", "need: test")],
)
def test_a_slip_in_a_workflow_is_seen(tmp_path: Path, old: str, new: str) -> None:
    text = WORKFLOW.read_text("utf-8")
    assert old in text
    (tmp_path / "site.yml").write_text(text.replace(old, new, 1))
    assert check(tmp_path / "site.yml").returncode == 1


def test_each_action_is_pinned_by_a_major_that_runs_on_node_24() -> None:
    used = re.findall(r"uses: (\S+)@(\S+)", WORKFLOW.read_text("utf-8"))
    assert dict(used) == MAJORS
    assert len(set(used)) == len(MAJORS), "one major of each"


def test_jobs_name_jobs_and_steps_name_steps() -> None:
    """What a schema cannot see."""
    jobs = workflow()["jobs"]
    for name, job in jobs.items():
        assert job.get("needs", name) in jobs
        steps = {step["id"] for step in job["steps"] if "id" in step}
        assert set(re.findall(r"steps\.(\w+)\.", str(job))) <= steps
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"make (?!\w+=)([\w-]+)", WORKFLOW.read_text("utf-8"))) <= set(targets)


def test_each_night_everything_is_attacked_and_nothing_published() -> None:
    jobs = workflow()["jobs"]
    night = jobs["everything"]
    shards = night["strategy"]["matrix"]["shard"]
    assert shards == list(range(1, len(shards) + 1))
    assert night["steps"][-1]["run"] == f"make test-all SHARD=${{{{ matrix.shard }}}}/{len(shards)}"
    assert all("push" in job["if"] for name, job in jobs.items() if name != "everything")
