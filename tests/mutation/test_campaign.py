"""Protects the campaign: what changed is attacked as a whole, and a record that lies is found out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from nabla.check.project import Project
from tests.conftest import ROOT, Mini
from tests.mutation import campaign, command, record, runs

FAILS = '<!-- falla: TypeError, float -->\n```python\n--8<-- "snippets/mini.py:plot'
PAGE = "docs/mini.md"


def test_a_campaign_records_what_it_finds(mini: Mini) -> None:
    """With true attacks; those of the tests below only pretend."""
    for kind in ("texts", "code"):
        whole = command.run(kind, folder=mini.root)
        assert whole.returncode == 0 and PAGE in whole.stdout, whole.stdout + whole.stderr
        fates = record.load(mini.root, PAGE, kind).fates
        assert len(fates) > 3 and set(fates) <= {*"aceof"}
        again = command.run(kind, "--seed", "3", folder=mini.root)
        tried = -(-len(fates) // campaign.PART)
        assert again.stdout.startswith(f"seed 3: {tried} mutants tried; attacked as a whole: no page")


@dataclass
class Pretence:
    """An attack that finds what it is told; ``wrong`` are its faults."""

    mini: Mini
    kind: str
    fates: str = "cccccccccca" * 12
    wrong: list[str] = field(default_factory=list)

    def __call__(self, project: Project, tasks: list[campaign.Task]) -> Iterator[campaign.Found]:
        for task in tasks:
            numbers = range(len(self.fates)) if task.wanted is None else task.wanted
            key, judge = campaign._signature(project, self.kind, task.file)
            found = record.Attack(key, judge, self.fates, {}) if task.wanted is None else None
            yield task, {number: self.fates[number] for number in numbers}, found, self.wrong

    def run(self, everything: bool = False, seed: int = 1, renew: bool = False) -> campaign.Result:
        return campaign.run(self.mini.root, self.kind, [PAGE], everything, seed, renew)


@pytest.fixture(params=["texts", "code"])
def pretence(request: pytest.FixtureRequest, mini: Mini, monkeypatch: pytest.MonkeyPatch) -> Pretence:
    """A project that has been attacked."""
    attack = Pretence(mini, request.param)
    monkeypatch.setitem(campaign.ATTACKS, request.param, attack)
    assert attack.run().whole == [PAGE]
    return attack


def test_only_what_changed_is_attacked_again_and_a_few_of_the_rest(pretence: Pretence) -> None:
    again = pretence.run()
    assert not again.whole and again.tried == -(-len(pretence.fates) // campaign.PART)
    everything = pretence.run(everything=True)
    assert everything.whole == [PAGE] and everything.tried == len(pretence.fates)
    if pretence.kind == "texts":
        pretence.mini.edit(pretence.mini.page, "Vale ", "Ahora vale ")
    else:
        pretence.mini.edit(pretence.mini.snippet, "x**2", "x * x")
    assert pretence.run().whole == [PAGE]
    assert not pretence.run().whole, "the new record stands"


def test_a_page_with_faults_is_not_recorded(pretence: Pretence) -> None:
    before = record.load(pretence.mini.root, PAGE, pretence.kind)
    pretence.mini.edit(pretence.mini.page, "49.0.", "50.0.")
    pretence.wrong = ["survived"]
    assert pretence.run().faults == ["survived"]
    assert record.load(pretence.mini.root, PAGE, pretence.kind) == before
    assert pretence.run().whole == [PAGE], "it is attacked until it has none"


def test_a_record_that_lies_is_found_out(pretence: Pretence) -> None:
    pretence.fates = pretence.fates.replace("c", "o")
    found = pretence.run(seed=7)
    assert 0 < len(found.faults) <= found.tried
    assert all(fault.endswith("the record lies (seed 7)") for fault in found.faults)
    assert len(pretence.run(everything=True).faults) == pretence.fates.count("o")
    assert not pretence.run(everything=True, renew=True).faults
    assert not pretence.run().faults


def test_a_record_that_lacks_mutants_is_found_out(pretence: Pretence) -> None:
    pretence.fates += "c" * 40
    assert pretence.run(everything=True).faults


def test_of_another_judge_only_faults_are_asked(pretence: Pretence, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record, "judge", lambda kind: "other")
    pretence.fates = pretence.fates.replace("c", "o")
    found = pretence.run()
    assert not found.whole and not found.faults
    assert found.tried == -(-len(pretence.fates) // campaign.PART)
    pretence.wrong = ["survived"]
    assert pretence.run().faults == ["survived"]


def test_the_draw_is_new_each_time_and_can_be_repeated(pretence: Pretence) -> None:
    project = Project.load(pretence.mini.root)
    drawn = [campaign._task(project, pretence.kind, PAGE, False, seed).wanted for seed in (1, 2, 3, 1)]
    assert drawn[0] == drawn[3] and len(set(drawn)) == 3


@pytest.mark.parametrize(
    "change",
    [
        lambda mini: mini.edit(mini.snippet, "x = 7.0", "x = 8.0"),
        lambda mini: mini.edit(mini.page, "49.0\n```", "50.0\n```"),
        lambda mini: mini.edit(mini.page, "49.0.", "50.0."),
        lambda mini: mini.edit(mini.page, "x, square", "x, x"),
        lambda mini: mini.edit(mini.page, "20 valores", "21 valores"),
        lambda mini: mini.edit(mini.page, '```python\n--8<-- "snippets/mini.py:plot', FAILS),
        lambda mini: mini.edit(mini.snippet, "x = 7.0", "import helper\nx = 7.0"),
    ],
)
def test_what_a_page_publishes_decides_whether_its_code_is_attacked(
    mini: Mini, change: Callable[[Mini], None]
) -> None:
    mini.add_figure()
    (mini.root / "snippets/helper.py").write_text("y = 1\n")

    def key() -> str:
        return record.key_of_code(mini.root, Project.load(mini.root).pages[PAGE])

    before = key()
    mini.edit(mini.page, "Vale ", "Ahora vale ")
    assert key() == before, "prose catches no mutant"
    change(mini)
    changed = key()
    assert changed != before
    if "import helper" in mini.snippet.read_text():
        (mini.root / "snippets/helper.py").write_text("y = 2\n")
        assert key() != changed


def test_the_tests_of_derivatives_decide_too(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    page = Project.load(ROOT).pages["docs/lecciones/lote.md"]
    tests = runs.judge_of(page)
    before = record.key_of_code(ROOT, page)
    changed = tmp_path / tests.name
    monkeypatch.setattr(runs, "judge_of", lambda page: changed)
    changed.write_text('"""Otherwise."""\n\n# why\n' + tests.read_text("utf-8").partition("\n")[2], "utf-8")
    assert record.key_of_code(ROOT, page) == before
    changed.write_text(tests.read_text("utf-8") + "\nchanged = 1\n", "utf-8")
    assert record.key_of_code(ROOT, page) != before


def test_the_tests_of_derivatives_run_where_a_mutant_is_judged() -> None:
    """Without plugins and with warnings as errors: an error of the run itself would let every mutant live."""
    page = Project.load(ROOT).pages["docs/lecciones/derivada.md"]
    program = (
        "import sys, warnings; from pathlib import Path; from types import SimpleNamespace\n"
        "from tests.mutation import runs; runs.prepare()\n"
        "from tests.derivatives import three_ways\n"
        "namespace = three_ways.load('derivada'); warnings.simplefilter('error')\n"
        "page = SimpleNamespace(file='docs/lecciones/derivada.md')\n"
        "print('right', runs._fails_derivatives(SimpleNamespace(page=page, namespace=namespace)))\n"
        "print('wrong', runs._fails_derivatives(SimpleNamespace(page=page, namespace={})))\n"
    )
    assert runs.judge_of(page).exists()
    said = subprocess.run(
        [sys.executable, "-c", program], check=True, cwd=ROOT, capture_output=True, text=True
    ).stdout
    assert "right False" in said
    assert "wrong True" in said


def test_the_judge_is_what_tells_right_from_wrong(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Comments and docstrings do not count, nor does what only stores."""
    files = {"check.py": "x = 1\n", "nabla/cache/store.py": "y = 1\n"}
    monkeypatch.setattr(record.keys, "modules_of_project", lambda root, code: dict.fromkeys(files, ""))
    monkeypatch.setattr(record, "ROOT", tmp_path)

    def judge() -> str:
        record.judge.cache_clear()
        return record.judge("code")

    (tmp_path / "requirements.txt").write_text("torch==2.0\nmkdocs==1.0\n")
    (tmp_path / "nabla/cache").mkdir(parents=True)
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    before = judge()
    (tmp_path / "check.py").write_text('"""Wherefore."""\n# why\n\nx = 1\n')
    (tmp_path / "nabla/cache/store.py").write_text("y = 2\n")
    (tmp_path / "requirements.txt").write_text("torch==2.0\nmkdocs==1.1\n")
    assert judge() == before
    (tmp_path / "requirements.txt").write_text("torch==2.1\nmkdocs==1.1\n")
    other = judge()
    (tmp_path / "check.py").write_text("x = 2\n")
    assert len({before, other, judge()}) == 3
    record.judge.cache_clear()
