"""Protects the practice notebooks: their checks answer, their downloads run anywhere, and nothing stale is shown."""

from __future__ import annotations

import ast
import contextlib
import itertools
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from nabla.check.project import Project
from nabla.model.page import Page
from nabla.parse import holes
from nabla.run.environment import environment
from nabla.run.runner import Run
from nabla.site import render
from nabla.takeaway import notebook
from nabla.takeaway.notebook import Cell, Kind
from tests import kernels
from tests.conftest import NOTEBOOK, ROOT, Mini, create_mini
from tests.remembered import COURSE, MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY, *COURSE, "tests/notebooks")

NAMES = sorted(path.stem for path in (ROOT / "docs/cuadernos").glob("*.md"))
ANSWERS = {name: tomllib.loads((ROOT / f"tests/notebooks/{name}.toml").read_text("utf-8")) for name in NAMES}


@cache
def project() -> Project:
    return Project.load(ROOT)


def page_of(name: str) -> Page:
    return project().pages[f"docs/cuadernos/{name}.md"]


@cache
def runs() -> dict[str, Run]:
    return project().run()


def tasks(name: str) -> Iterator[tuple[str, Cell, Cell]]:
    """The tasks of a notebook: its name, the cell with holes and the one that checks it."""
    found = notebook.cells(page_of(name))
    for cell, following in itertools.pairwise(found):
        if cell.kind is Kind.TASK:
            yield cell.name.rpartition("-")[0], cell, following


def source_of(page: Page, cell: Cell) -> str:
    return "\n".join(page.lines[cell.block.fence.start : cell.block.fence.end - 1]) + "\n"


def answered(source: str, wrong: dict[str, Any]) -> str:
    """The code of a task with wrong answers in its holes; those that get none have the solution."""
    found = holes.find(source)
    if isinstance(wrong["answer"], list):
        contents = dict(zip(found, wrong["answer"], strict=True))
    else:
        contents = {found[wrong.get("hole", 1) - 1]: wrong["answer"]}
    lines = holes.solved(source).splitlines()
    for hole, answer in reversed(contents.items()):
        lines[hole.start : hole.end] = [f"{hole.indent}{line}" for line in answer.strip("\n").splitlines()]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def said() -> dict[tuple[str, str], list[list[str]]]:
    """By notebook and task: what is said of the cell as the reader finds it, of the solution, of each wrong answer."""
    order, places = [], []
    for name in NAMES:
        page, book = page_of(name), []
        by_cell = {cell.index: (task, check) for task, cell, check in tasks(name)}
        for cell in notebook.cells(page):
            attempts, check = [], None
            if cell.index in by_cell:
                task, following = by_cell[cell.index]
                check, source = following.solved, source_of(page, cell)
                wrong = ANSWERS[name].get(task, [])
                attempts = [cell.to_complete, cell.solved]
                attempts += [answered(source, each) for each in wrong]
                places += [(name, task)] * len(attempts)
            book.append({"solved": cell.solved, "check": check, "attempts": attempts})
        order.append(book)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.notebooks.attempts"],
        input=json.dumps(order),
        stdout=subprocess.PIPE,
        check=True,
        cwd=ROOT,
        env=environment(ROOT),
        text=True,
        encoding="utf-8",
    )
    answers: dict[tuple[str, str], list[list[str]]] = {}
    for place, line in zip(places, ran.stdout.splitlines(), strict=True):
        answers.setdefault(place, []).append(json.loads(line))
    return answers


@pytest.mark.parametrize("name", NAMES)
def test_it_has_eight_to_twelve_tasks_each_with_wrong_answers(name: str) -> None:
    found = [task for task, _, _ in tasks(name)]
    assert found == [f"tarea-{number}" for number in range(1, len(found) + 1)]
    assert 8 <= len(found) <= 12
    assert list(ANSWERS[name]) == found
    assert min(len(wrong) for wrong in ANSWERS[name].values()) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_every_task_stops_politely_until_it_is_filled(name: str, said: Any) -> None:
    for task, _, _ in tasks(name):
        place, error, message = said[name, task][0]
        assert (place, error) == ("check", "Stop"), f"{task}: {message}"
        assert "completa" in message, task


@pytest.mark.parametrize("name", NAMES)
def test_every_check_passes_on_the_solution(name: str, said: Any) -> None:
    assert {task: said[name, task][1] for task, _, _ in tasks(name)} == {
        task: ["nobody", "", ""] for task, _, _ in tasks(name)
    }


@pytest.mark.parametrize(
    ("name", "task", "number"),
    [
        pytest.param(name, task, number, id=f"{name}-{task}-{number}")
        for name, tasks in ANSWERS.items()
        for task, wrong in tasks.items()
        for number in range(len(wrong))
    ],
)
def test_a_wrong_answer_gets_the_hint_that_fits(name: str, task: str, number: int, said: Any) -> None:
    place, error, message = said[name, task][2 + number]
    assert (place, error) == ("check", "Stop"), f"{place}: {error}: {message}"
    assert ANSWERS[name][task][number]["says"] in message


@pytest.mark.parametrize("name", NAMES)
def test_every_hint_is_given_to_some_wrong_answer(name: str, said: Any) -> None:
    silent = [
        f"{task}: {hint}"
        for task, _, check in tasks(name)
        for hint in hints(check.solved)
        if not any(message.endswith(hint) for _, _, message in said[name, task][2:])
    ]
    assert silent == []


def test_hints_are_read_as_checks_are_written() -> None:
    code = 'lost = "c"\ncheck("x", 1, hint="a", wrong=[(2, "b"), (3, lost)])\nprint("d")'
    assert hints(code) == ["a", "b", "c"]


def hints(code: str) -> list[str]:
    """The hints in the calls of ``check``: literals, or names of literals."""
    tree = ast.parse(code)
    named = {
        node.targets[0].id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Constant)
    }
    found = []
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "check":
            for keyword in call.keywords:
                values = [keyword.value]
                if keyword.arg == "wrong":
                    values = [pair.elts[1] for pair in keyword.value.elts]
                found += [each.value if isinstance(each, ast.Constant) else named[each.id] for each in values]
    return found


@pytest.fixture(scope="module")
def forked_kernels(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """For all but one of the notebooks that run from an empty folder (``tests.kernels``)."""
    with kernels.forking(tmp_path_factory.mktemp("kernels")):
        yield


def execute(text: str, folder: Path, kernel: str = kernels.NAME) -> nbformat.NotebookNode:
    """Run a notebook as Jupyter does, from the start; the notebook, as far as it came."""
    book = nbformat.reads(text, as_version=4)
    nbformat.validate(book)
    # What is printed slowly comes in pieces; they are one output.
    client = NotebookClient(
        book,
        kernel_name=kernel,
        startup_timeout=300,
        coalesce_streams=True,
        resources={"metadata": {"path": str(folder)}},
    )
    with contextlib.suppress(CellExecutionError):
        client.execute()
    return book


def code_cells(book: nbformat.NotebookNode) -> list[nbformat.NotebookNode]:
    return [cell for cell in book.cells if cell.cell_type == "code"]


def printed(cell: nbformat.NotebookNode) -> str:
    return "".join(output.text for output in cell.outputs if output.output_type == "stream")


@pytest.mark.usefixtures("forked_kernels")
@pytest.mark.parametrize(
    ("name", "kernel"), [*((name, kernels.NAME) for name in NAMES), (NAMES[0], "python3")]
)
def test_the_solved_notebook_runs_through_from_an_empty_folder(
    name: str, kernel: str, tmp_path: Path
) -> None:
    page = page_of(name)
    text = notebook.solved(page, runs()[page.file])
    before, after = nbformat.reads(text, as_version=4), execute(text, tmp_path, kernel)
    assert [printed(cell) for cell in code_cells(after)] == [printed(cell) for cell in code_cells(before)]
    kinds = [[output.output_type for output in cell.outputs] for cell in code_cells(after)]
    assert kinds == [[output.output_type for output in cell.outputs] for cell in code_cells(before)]


@pytest.mark.usefixtures("forked_kernels")
@pytest.mark.parametrize("name", NAMES)
def test_the_notebook_to_complete_stops_at_the_first_task(name: str, tmp_path: Path) -> None:
    text = notebook.to_complete(page_of(name))
    assert not any(cell.outputs for cell in code_cells(nbformat.reads(text, as_version=4)))
    cells = code_cells(execute(text, tmp_path))
    (stopped,) = [
        (number, output)
        for number, cell in enumerate(cells)
        for output in cell.outputs
        if output.output_type == "error"
    ]
    number, error = stopped
    assert "..." in cells[number - 1].source
    assert error.ename == "Stop"
    assert error.traceback == [error.evalue], "a sentence, and no trace"
    assert "ompleta" in error.evalue


@pytest.fixture
def practice(mini: Mini) -> Path:
    """The notebook of the small project."""
    return mini.add_notebook()


def built(mini: Mini) -> str:
    """Build; what was said on the way."""
    result = mini.build()
    assert result.returncode == 0, result.stderr
    return result.stderr


def shown(mini: Mini) -> str:
    return (mini.site / "cuadernos/mini/index.html").read_text("utf-8")


def test_the_page_shows_task_check_and_solution(mini: Mini, practice: Path) -> None:
    built(mini)
    article = shown(mini).partition("<article")[2].partition("</article>")[0]
    texts = re.sub(r"<[^>]+>", "", article)
    order = [
        "7.00",
        "double = ...",
        "Comprueba tu respuesta",
        'check("double"',
        "Solución",
        "double = 2 * x",
        "14.0",
    ]
    places = [texts.index(each) for each in order]
    assert places == sorted(places)
    assert "# solución" not in texts
    for leftover in ("data-cell", "<style", "<script>", "jp-", "clipboard"):
        assert leftover not in article


def test_the_same_sources_give_the_same_bytes(mini: Mini, practice: Path) -> None:
    def everything() -> dict[str, bytes]:
        return {str(file): file.read_bytes() for file in mini.site.rglob("*") if file.is_file()}

    built(mini)
    first = everything()
    shutil.rmtree(mini.root / ".cache")
    built(mini)
    assert everything() == first


def test_a_cached_notebook_imports_neither_torch_nor_jupyter(mini: Mini, practice: Path) -> None:
    mini.edit(practice, "x = 7.0", "import torch\n\nx = 7.0")
    built(mini)
    mini.edit(practice, "El doble de", "Ahora, el doble de")
    imports = mini.run("mkdocs", "build", PYTHONPROFILEIMPORTTIME="1").stderr
    assert "nabla.site.jupyter" in imports, "the trace of imports is there"
    found = set(re.findall(r"\|\s+(torch|nbconvert|mkdocs_jupyter|jupytext|nbformat)\n", imports))
    assert found == set()
    assert "Ahora, el doble de" in shown(mini)


def test_jupyter_starts_once_and_draws_each_as_if_alone(mini: Mini, practice: Path) -> None:
    other = practice.with_name("otro.md")
    other.write_text(practice.read_text("utf-8").replace("7.0", "8.0"), "utf-8")
    mini.edit(mini.root / "mkdocs.yml", "cuadernos/mini.md]", "cuadernos/mini.md, cuadernos/otro.md]")
    entries = mini.root / ".cache/notebooks"

    def drawn() -> dict[str, str]:
        return {file.parent.name: file.read_text("utf-8") for file in entries.rglob("*.json")}

    imports = mini.build(PYTHONPROFILEIMPORTTIME="1").stderr
    assert len(re.findall(r"\|\s+mkdocs_jupyter\n", imports)) == 1
    together = drawn()
    assert "7.00" in together["mini"] and "8.00" in together["otro"]
    shutil.rmtree(entries / "otro")
    shutil.rmtree(mini.root / ".cache/lessons")
    built(mini)
    assert drawn() == together


def test_a_notebook_that_jupyter_cannot_draw_leaves_the_site_as_it_was(mini: Mini, practice: Path) -> None:
    built(mini)
    before = shown(mini)
    template = mini.root / "nabla/site/jupyter_template/mkdocs_html/notebook.html.j2"
    template.write_text(template.read_text("utf-8") + "{% broken %}", "utf-8")
    mini.edit(practice, "El doble de 7.0.", "Dos veces 7.0.")
    failed = mini.build()
    assert failed.returncode != 0 and "broken" in failed.stderr
    assert shown(mini) == before


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("docs/cuadernos/mini.md", lambda text: text.replace("7.0", "8.0")),
        ("nabla/site/jupyter_template/mkdocs_html/notebook.html.j2", lambda text: f"{text}\n"),
        ("nabla/site/jupyter.py", lambda text: f"{text}\n"),
    ],
    ids=["cell", "template", "renderer"],
)
def test_what_a_notebook_depends_on_draws_it_again(
    mini: Mini, practice: Path, file: str, change: Callable[[str], str]
) -> None:
    built(mini)
    entries = mini.root / ".cache/notebooks/mini"
    assert len(list(entries.iterdir())) == 1
    built(mini)
    assert len(list(entries.iterdir())) == 1
    target = mini.root / file
    target.write_text(change(target.read_text("utf-8")), "utf-8")
    built(mini)
    assert len(list(entries.iterdir())) == 2
    assert ("8.00" in shown(mini)) == (target == practice)


def test_another_version_of_a_library_runs_and_draws_it_again(
    mini: Mini, practice: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    libraries = tmp_path_factory.mktemp("libraries")
    (libraries / "nbconvert-0.1.dist-info").mkdir()
    entries = mini.root / ".cache/notebooks/mini"
    for version in ("0.1", "0.2"):
        result = mini.build(PYTHONPATH=str(libraries))
        assert "Se ejecuta" in result.stderr
        (libraries / f"nbconvert-{version}.dist-info").rename(libraries / "nbconvert-0.2.dist-info")
    assert len(list(entries.iterdir())) == 2


def test_a_damaged_entry_is_drawn_again_and_said(mini: Mini, practice: Path) -> None:
    built(mini)
    before = shown(mini)
    (entry,) = (mini.root / ".cache/notebooks/mini").iterdir()
    entry.write_text(entry.read_text("utf-8")[:-30], "utf-8")
    shutil.rmtree(mini.root / ".cache/lessons")  # which would answer before it
    assert "Caché estropeada, se rehace: .cache/notebooks/mini/" in built(mini)
    assert shown(mini) == before


FAULTS = {
    "raises": (
        'print(f"{double:.1f}")',
        "1 / 0",
        "FILE:21: el bloque «tarea-1-2» falla\n    FILE:23: 1 / 0\n    ZeroDivisionError",
    ),
    "solution refused": ("= 2 * x", "= 3 * x", "FILE:15: assert eval(answer) == expected"),
    "number": ("doble de 7.0", "doble de 7.1", "FILE:10: 7.1 no es lo que calcula el código"),
    "no check": (
        '```python\ncheck("double", x + x)\nprint(f"{double:.1f}")\n```\n',
        "",
        "FILE:13: ninguna celda comprueba esta tarea",
    ),
    "mark": ("double = 2 * x", "double *= 2", "FILE:18: «# solución» va al final"),
    "empty region": (
        "double = 2 * x  # solución",
        "double = 2 * x\n# solución: nada",
        "FILE:19: no hay ninguna línea debajo",
    ),
    "output": (
        "```\n\n## Tarea",
        "```\n<!--pytest-codeblocks:expected-output-->\n```text\n7.00\n```\n\n## Tarea",
        "FILE:3: un cuaderno se guarda sin salidas",
    ),
    "meant to fail": (
        "```python\nx",
        "<!-- falla: ValueError, nada -->\n```python\nx",
        "FILE:4: ninguna celda de un cuaderno falla a propósito",
    ),
    "too soon": (
        "<!-- cifras tras inicio-1: x -->",
        "<!-- cifras tras inicio-1: x -->\n\n/// admonition | Predice\n    type: pregunta\n\n"
        "¿Cuánto?\n<!-- respuesta tras tarea-1-2: 14 = double -->\n///",
        "FILE:17: la respuesta se sabría antes que la solución",
    ),
    "figure": (
        'print(f"{double:.1f}")',
        "import matplotlib.pyplot as plt\n\nplt.plot([1, 2])",
        "FILE:21: la figura que dibuja «tarea-1-2» no se muestra",
    ),
}


@pytest.fixture(scope="module")
def refusal(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What ``make check`` says of a project with one notebook for each fault."""
    mini = create_mini(tmp_path_factory.mktemp("faults"))
    folder = mini.root / "docs/cuadernos"
    folder.mkdir()
    for fault, (old, new, _) in FAULTS.items():
        assert old in NOTEBOOK
        (folder / f"{fault.replace(' ', '-')}.md").write_text(NOTEBOOK.replace(old, new), "utf-8")
    checked = mini.run("pytest", "docs/cuadernos")
    assert checked.returncode == 1
    return checked.stdout


@pytest.mark.parametrize("fault", FAULTS)
def test_a_wrong_notebook_is_refused(fault: str, refusal: str) -> None:
    file = f"docs/cuadernos/{fault.replace(' ', '-')}.md"
    assert FAULTS[fault][2].replace("FILE", file) in refusal


def test_a_raising_cell_stops_the_build_at_its_notebook_and_cell(mini: Mini, practice: Path) -> None:
    mini.edit(practice, 'print(f"{double:.1f}")', "1 / 0")
    result = mini.build()
    assert result.returncode == 1
    assert "docs/cuadernos/mini.md:21: el bloque «tarea-1-2» falla" in result.stderr
    assert "docs/cuadernos/mini.md:23: 1 / 0" in result.stderr
    assert not mini.site.exists()


def test_update_writes_numbers_and_no_outputs(mini: Mini, practice: Path) -> None:
    mini.edit(practice, "doble de 7.0", "doble de 7.1")
    assert mini.update().returncode == 0
    assert practice.read_text("utf-8") == NOTEBOOK


@pytest.mark.parametrize("name", NAMES)
def test_no_figure_gives_an_answer_away_before(name: str) -> None:
    """What is drawn behind the check of a task is drawn with its answer: it is folded away."""
    page = page_of(name)
    checked: set[str] = set()
    drawn_with_answer = set()
    for cell in notebook.cells(page):
        task = cell.name.rpartition("-")[0]
        checked |= {task} if cell.kind is Kind.CHECK else set()
        drawn_with_answer |= {cell.name} if task in checked else set()
    open_bars: list[str] = []
    seen = set()
    for line in render.markdown(page).split("\n"):
        if opened := re.match(r"(/{3,}) (?:details|admonition|figure-caption)", line):
            open_bars.append(opened[1])
        elif open_bars and line == open_bars[-1]:
            open_bars.pop()
        elif (shown := re.search(r"\(figura:([\w-]+)\)", line)) and not open_bars:
            seen.add(shown[1])
    assert seen.isdisjoint(drawn_with_answer)
    assert drawn_with_answer & {figure.section for figure in page.figures}
