"""Protects the clinic: its messages are word by word those of the libraries, and its repairs give the right number."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import torch

from nabla.check.project import Project
from nabla.model.page import Page
from tests.conftest import ROOT
from tests.derivatives.three_ways import assert_three_ways, load

MESSAGES, SYMPTOMS = "docs/clinica-mensajes.md", "docs/clinica-sintomas.md"

_ENTRY = re.compile(r"^### (?P<title>.+?) \{ #(?P<id>[\w-]+)(?P<english> lang=en)? \}$", re.MULTILINE)
_INDEXED = re.compile(r"^- \[`(?P<message>[^`]+)`\]\((?P<target>[^)]+)\)$", re.MULTILINE)
_PRINTED = re.compile(r"^(?P<whole>\w+(?:Error|Warning): (?P<message>.+))$", re.MULTILINE)


@cache
def project() -> Project:
    return Project.load(ROOT)


def text(file: str) -> str:
    return (ROOT / file).read_text("utf-8")


def entries(file: str) -> dict[str, str]:
    """The text of each entry of a page, by its title."""
    found = list(_ENTRY.finditer(text(file)))
    ends = [match.start() for match in found[1:]] + [len(text(file))]
    return {match["title"]: text(file)[match.end() : end] for match, end in zip(found, ends, strict=True)}


def index() -> dict[str, str]:
    """Where each message of the index leads."""
    found = _INDEXED.findall(text(MESSAGES))
    assert len(found) == len(dict(found)), "a message stands twice in the index"
    return dict(found)


def words(message: str) -> list[str]:
    """What stays of a message when its numbers and shapes change, as for the search: no word with a digit."""
    bare = re.sub(r"\([^()]*(?:\([^()]*\)[^()]*)*\)(?= )|\[[^]]*\]", " ", message)
    return re.findall(r"\b[^\W\d]+\b", bare.casefold())


def printed(page: Page) -> list[str]:
    """The messages of errors and warnings that a page prints."""
    return [match["message"] for block in page.blocks for match in _PRINTED.finditer(block.expected or "")]


def explained() -> dict[str, str]:
    """Every message that the site prints, with its error, and where the index sends it."""
    targets = {}
    for page in project().pages.values():
        for match in (match for block in page.blocks for match in _PRINTED.finditer(block.expected or "")):
            known = [title for title in index() if starts(words(title), match["message"])]
            if known:
                file, _, name = index()[max(known, key=len)].partition("#")
                targets[match["whole"]] = f"docs/{file}#{name}" if file else f"{MESSAGES}#{name}"
    return targets


@pytest.mark.parametrize("title", entries(MESSAGES))
def test_an_entry_is_titled_as_the_message_that_it_prints(title: str) -> None:
    messages = [match["message"] for match in _PRINTED.finditer(entries(MESSAGES)[title])]
    assert any(starts(words(title), message) for message in messages), messages


def starts(beginning: list[str], message: str) -> bool:
    """Whether a message has these words in a row, near its start."""
    found = words(message)
    return any(found[at : at + len(beginning)] == beginning for at in range(4))


@pytest.mark.parametrize("title", entries(MESSAGES))
def test_an_entry_says_what_it_means_why_what_to_print_and_how_to_repair_it(title: str) -> None:
    entry = entries(MESSAGES)[title]
    labels = re.findall(r"^\*\*(Dice|Causas?|El arreglo)\b", entry, re.MULTILINE)
    assert labels[0] == "Dice" and labels[-1] == "El arreglo" and labels[1].startswith("Causa"), labels
    assert re.search(r"[Ii]mprim|cuenta los argumentos", entry), "no line to print tells the causes apart"
    repair = entry.rpartition("**El arreglo")[2]
    assert "expected-output" in repair, "the repair shows no output"


def test_the_index_is_in_alphabetical_order() -> None:
    keys = [re.sub(r"^\W+", "", message.casefold()) for message in index()]
    assert keys == sorted(keys)


def test_every_entry_stands_in_the_index() -> None:
    targets = dict(zip(entries(MESSAGES), _ENTRY.finditer(text(MESSAGES)), strict=True))
    for title, match in targets.items():
        assert index()[title] == f"#{match['id']}"


def test_every_message_of_the_site_stands_in_the_index() -> None:
    known = [words(message) for message in index()]
    missing = {
        (file, message)
        for file, page in project().pages.items()
        for message in printed(page)
        if not any(starts(each, message) for each in known)
    }
    assert missing == set()


def test_every_symptom_stands_in_its_table() -> None:
    listed = re.findall(r"\| \[(.+?)\]\(#([\w-]+)\) \|$", text(SYMPTOMS), re.MULTILINE)
    found = [(match["title"], match["id"]) for match in _ENTRY.finditer(text(SYMPTOMS))]
    assert sorted(found) == sorted((title.strip("`"), name) for title, name in listed) or {
        name for _, name in found
    } == {name for _, name in listed}


@pytest.fixture(scope="module")
def functions() -> dict[str, Any]:
    return load("clinica_mensajes_funciones")


@pytest.mark.parametrize("seed", range(3))
def test_the_repaired_functions_have_right_gradients(functions: dict, seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    a, b = torch.randn(2, generator=generator, dtype=torch.float64)
    assert_three_ways(functions["Product"].apply, lambda a, b: (b, a), a, b)
    assert_three_ways(functions["Double"].apply, lambda a: torch.full_like(a, 2), a)


def test_what_the_graph_of_a_loss_keeps_is_counted_right() -> None:
    nodes = load("clinica_sintomas_descenso")["nodes"]
    w = torch.tensor(3.0, requires_grad=True)
    assert nodes(w) == 0
    assert nodes(w * 2) == 2, "the product, and where the gradient is accumulated"
    shared = w * 2
    assert nodes(shared + shared) == 3, "a node that is reached twice counts once"


def test_no_page_tells_what_the_clinic_tells() -> None:
    traps = Path(ROOT / "docs/trampas.md").read_text("utf-8")
    assert "lang=en" not in traps
    assert "clinica-mensajes.md" in traps and "clinica-sintomas.md" in traps
