"""Protects the page that tells the attacks: the build writes its counts, so that no two changes conflict over them."""

from __future__ import annotations

import html
import json
import re

import pytest

from nabla.check.project import Project
from nabla.model import course
from tests.conftest import Mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

COUNTED = """\
# --8<-- [start:counts]
texts = {"seen": 1}
# --8<-- [end:counts]
# --8<-- [start:told]
print(texts["seen"])
# --8<-- [end:told]
"""
PAGE = """\
# Cuentas

```python
--8<-- "snippets/counted.py:counts"
```

```python
--8<-- "snippets/counted.py:told"
```
<!--pytest-codeblocks:expected-output-->
```text
1
```

Son 1, y con uno más, 2.
<!-- cifras: texts["seen"], texts["seen"] + 1 -->
"""


@pytest.fixture
def counted(mini: Mini) -> Mini:
    """A project with a page that was written when one thing had been counted; now there are seven."""
    (mini.root / "snippets/counted.py").write_text(COUNTED)
    (mini.root / "docs/counted.md").write_text(PAGE)
    mini.edit(mini.root / "mkdocs.yml", "mini.md]", "mini.md, counted.md]")
    setting = "    docs/counted.md: snippets/counted.py:counts\n"
    mini.edit(mini.root / "mkdocs.yml", "  counts:\n", f"  counts:\n{setting}")
    record(mini, "a", 3)
    record(mini, "b", 4)
    return mini


def record(mini: Mini, name: str, count: int) -> None:
    stored = {"texts": {"key": "…", "counts": {"texts": {"seen": count}}}}
    file = mini.root / course.RECORD / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(stored))


def test_the_build_writes_the_counts(counted: Mini) -> None:
    runs, problems = Project.load(counted.root).check()
    assert not problems
    assert runs["docs/counted.md"].blocks[1].output == "7\n"
    page = Project.load(counted.root).pages["docs/counted.md"]
    assert "Son 7, y con uno más, 8." in page.lines and "7" in page.lines
    assert page.blocks[0].section.code == 'texts = {\n    "seen": 7,\n}\n'


def test_a_change_elsewhere_leaves_the_page_in_the_repository_alone(counted: Mini) -> None:
    record(counted, "c", 5)
    assert counted.update().returncode == 0
    assert (counted.root / "docs/counted.md").read_text() == PAGE
    assert (counted.root / "snippets/counted.py").read_text() == COUNTED
    built = counted.build()
    assert built.returncode == 0, built.stderr
    assert "Son 12, y con uno más, 13." in (counted.site / "counted/index.html").read_text()


def test_what_no_count_answers_for_is_refused(counted: Mini) -> None:
    counted.edit(counted.root / "docs/counted.md", "Son 1,", "Son 1 o 5.5,")
    _, problems = Project.load(counted.root).check()
    assert any(problem.file == "docs/counted.md" for problem in problems)


def test_a_page_that_does_not_run_is_told(counted: Mini) -> None:
    counted.edit(counted.root / "snippets/counted.py", 'print(texts["seen"])', 'print(texts["lost"])')
    _, problems = Project.load(counted.root).check()
    assert any("KeyError" in str(problem) for problem in problems)


def test_the_page_shows_the_counts_that_it_ran_with(counted: Mini) -> None:
    built = counted.run("mkdocs", "build", "--strict")
    assert built.returncode == 0, built.stderr
    shown = re.sub(r"<[^>]+>", "", (counted.site / "counted/index.html").read_text("utf-8"))
    assert html.unescape(shown).count('texts = {\n    "seen": 7,\n}') == 1
