"""Protects the cache of pages: whatever is edited, in whatever order, a build gives the bytes of a clean one."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from tests.conftest import Mini, contents, create_mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

STEPS, ALL_STEPS = 25, 200

GLOSSARY = """\
# Glosario

## Todo

### Gradiente { #gradiente }

(gradient)
Hacia donde crece.
Se presenta en [la prueba](mini.md).

### Tasa { #tasa }

(learning rate)
Un número que se elige.
Se presenta en [la otra](otra.md).
"""
OTHER = """\
# Otra

El [gradiente](glosario.md#gradiente) y la [tasa](glosario.md#tasa), como en la [prueba](mini.md#final).

## Un apartado { #uno }

Con $x$ y una tabla:

| a | b |
| --- | --- |
| *uno* | `dos` |
"""
WORDS = ["alfa", "beta", "gamma", "delta", "épsilon"]


def site(mini: Mini) -> tuple[bool, dict[str, bytes]]:
    """Build in this process; whether it went well, and what is published then."""
    try:
        build(load_config(str(mini.root / "mkdocs.yml")))
    except Abort:
        return False, contents(mini.site)
    return True, contents(mini.site)


def forget(mini: Mini) -> None:
    """As never built, but for the runs, whose cache has tests of its own."""
    shutil.rmtree(mini.site, ignore_errors=True)
    for cache in (mini.root / ".cache").glob("*"):
        if cache.name not in {"runs", "matplotlib"}:
            shutil.rmtree(cache)


def set_nav(mini: Mini, *entries: str) -> None:
    settings = mini.root / "mkdocs.yml"
    text = re.sub(
        r"^nav: .*$", f"nav: [{', '.join(entries)}]", settings.read_text("utf-8"), flags=re.MULTILINE
    )
    settings.write_text(text, "utf-8")


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Mini, Mini]:
    """The same project twice: one to be built again and again, one to be built anew."""
    projects = []
    for name in ("kept", "clean"):
        mini = create_mini(tmp_path_factory.mktemp(name))
        mini.add_figure()
        (mini.root / "docs/glosario.md").write_text(GLOSSARY, "utf-8")
        (mini.root / "docs/otra.md").write_text(OTHER, "utf-8")
        set_nav(mini, "index.md", "mini.md", "otra.md", "glosario.md")
        projects.append(mini)
    return projects[0], projects[1]


def pages(mini: Mini) -> list[Path]:
    return sorted((mini.root / "docs").glob("*.md"))


def substitute(file: Path, pattern: str, text: str) -> None:
    file.write_text(re.sub(pattern, text, file.read_text("utf-8"), count=1, flags=re.MULTILINE), "utf-8")


# Edits: each as an author would make it; some leave the site broken, and both builds must say so.


def prose(mini: Mini, draw: random.Random) -> None:
    file = draw.choice(pages(mini))
    file.write_text(f"{file.read_text('utf-8')}\nY {draw.choice(WORDS)}.\n", "utf-8")


def less_prose(mini: Mini, draw: random.Random) -> None:
    substitute(draw.choice(pages(mini)), r"^\nY \w+\.\n", "")


def definition(mini: Mini, draw: random.Random) -> None:
    file = mini.root / "docs/glosario.md"
    substitute(file, r"^(\(gradient\)|\(learning rate\))\n.*", rf"\1\nEs {draw.choice(WORDS)}.")


def title(mini: Mini, draw: random.Random) -> None:
    substitute(draw.choice(pages(mini)), r"^# .*", f"# De {draw.choice(WORDS)} y `{draw.choice(WORDS)}`")


def front_matter(mini: Mini, draw: random.Random) -> None:
    file = draw.choice(pages(mini))
    text = re.sub(r"\A---\n.*?---\n\n", "", file.read_text("utf-8"), flags=re.DOTALL)
    line = draw.choice(["description: {}", "title: {}", "tags: [{}]", "icon: material/check # {}", ""])
    head = f"---\n{line.format(draw.choice(WORDS))}\n---\n\n" if line else ""
    file.write_text(head + text, "utf-8")


def navigation(mini: Mini, draw: random.Random) -> None:
    names = [file.name for file in pages(mini)]
    draw.shuffle(names)
    entries = [draw.choice([name, name, f"De nombre {draw.choice(WORDS)}: {name}"]) for name in names]
    if draw.random() < 0.3:
        entries[1:] = [f"Grupo: [{', '.join(entries[1:])}]"]
    set_nav(mini, *entries)


def snippet(mini: Mini, draw: random.Random) -> None:
    substitute(mini.snippet, r"^(# --8<-- \[start:square\])\n(?:# .*\n)?", rf"\1\n# {draw.choice(WORDS)}\n")


def theme(mini: Mini, draw: random.Random) -> None:
    file = mini.root / "nabla/theme/partials/copyright.html"
    substitute(file, r"(md-copyright__highlight)[^\"]*", rf"\1 {draw.choice(WORDS)}")


def anchor(mini: Mini, draw: random.Random) -> None:
    """An anchor that other pages link to comes or goes."""
    old, new = draw.choice(
        [
            ("## Final", "## Fin"),
            ("## Fin$", "## Final"),
            ("{ #uno }", "{ #dos }"),
            ("#tasa }", "#ritmo }"),
            ("#ritmo }", "#tasa }"),
        ]
    )
    for file in pages(mini):
        substitute(file, old, new)


def link(mini: Mini, draw: random.Random) -> None:
    file = draw.choice(pages(mini))
    target = draw.choice(
        ["otra.md#uno", "otra.md#dos", "mini.md#final", "mini.md", "glosario.md#tasa", "nueva.md"]
    )
    file.write_text(f"{file.read_text('utf-8')}\nVe [allí]({target}).\n", "utf-8")


def fewer_links(mini: Mini, draw: random.Random) -> None:
    for file in pages(mini):
        text = re.sub(r"\nVe \[allí\]\(.*\)\.\n", "", file.read_text("utf-8"))
        file.write_text(text, "utf-8")


def mended(mini: Mini) -> None:
    """What a broken build complains of goes: links, and anchors that are not where the pages link to."""
    fewer_links(mini, random.Random())
    for file in pages(mini):
        for wrong, right in (("## Fin$", "## Final"), ("{ #dos }", "{ #uno }"), ("#ritmo }", "#tasa }")):
            substitute(file, wrong, right)


def new_page(mini: Mini, draw: random.Random) -> None:
    (mini.root / "docs/nueva.md").write_text(f"# Nueva\n\nCon {draw.choice(WORDS)}.\n", "utf-8")
    navigation(mini, draw)


def no_page(mini: Mini, draw: random.Random) -> None:
    (mini.root / "docs/nueva.md").unlink(missing_ok=True)
    navigation(mini, draw)


def rename(mini: Mini, draw: random.Random) -> None:
    """The new page, if it is there, and the links to it get another name."""
    here = mini.root / "docs/nueva.md"
    if here.exists():
        here.rename(here.with_name("vieja.md"))
    elif here.with_name("vieja.md").exists():
        here.with_name("vieja.md").rename(here)
    navigation(mini, draw)


def formula(mini: Mini, draw: random.Random) -> None:
    substitute(mini.root / "docs/otra.md", r"Con \$\w\$", f"Con ${draw.choice('abcd')}$")


def script(mini: Mini, draw: random.Random) -> None:
    substitute(
        mini.root / "nabla/theme/assets/javascripts/progress.js",
        r"\A(// .*\n)?",
        f"// {draw.choice(WORDS)}\n",
    )


def nothing(mini: Mini, draw: random.Random) -> None:
    pass


EDITS: list[Callable[[Mini, random.Random], None]] = [
    prose, less_prose, definition, title, front_matter, navigation, snippet, theme, anchor, link, fewer_links,
    new_page, no_page, rename, formula, script, nothing,
]  # fmt: skip


def test_a_build_after_any_edits_is_a_clean_one(
    two: tuple[Mini, Mini], request: pytest.FixtureRequest
) -> None:
    kept, clean = two
    went_well = 0
    steps = ALL_STEPS if request.config.getoption("--everything") else STEPS
    for step in range(steps):
        edits = random.Random(step).sample(EDITS, 1 + step % 2)
        for mini in two:
            for edit in edits:
                edit(mini, random.Random(step))
        forget(clean)
        ended, published = site(kept)
        wanted, anew = site(clean)
        names = [edit.__name__ for edit in edits]
        assert ended == wanted, f"step {step}: {names}"
        if ended:
            went_well += 1
            different = [
                name for name in anew.keys() | published.keys() if anew.get(name) != published.get(name)
            ]
            assert different == [], f"step {step}: {names}"
        else:
            mended(kept)
            mended(clean)
    assert went_well > steps / 2
