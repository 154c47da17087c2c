"""Protects the page of conventions: what it quotes of other libraries is what ``findings/conventions.sh`` asserts."""

from __future__ import annotations

import re

from tests.conftest import ROOT

SCRIPT = (ROOT / "findings/conventions.sh").read_text("utf-8")
SNIPPET = (ROOT / "snippets/convenios.py").read_text("utf-8")
RECORD = re.search(r"<<'EOF'\n((?:.* \| .*\n)+)EOF\n", SCRIPT)[1]


def test_the_page_quotes_the_record() -> None:
    assert re.search(r'record = """\n(.*?)"""', SNIPPET, re.DOTALL)[1] == RECORD


def test_the_page_names_the_versions_that_the_script_installs() -> None:
    installed = " ".join(re.findall(r"--target=lib\d* (.*)", SCRIPT)).split()
    quoted = re.search(r"# `jax` [^\"]*", SNIPPET)[0]
    beside = ("jaxlib", "mlx-cpu", "numpy", "setuptools")  # what a library needs, not one of those asked
    pinned = {each for each in installed if not each.startswith(beside)}
    assert {"==".join(each) for each in re.findall(r"`([\w-]+)` ([\d.]+\d)", quoted)} == pinned


def test_each_question_of_the_record_is_in_one_table() -> None:
    asked = re.findall(r'^    "(.+?)": \(', SNIPPET.split("[start:tabla-esquinas]")[1], re.MULTILINE)
    assert sorted(asked) == sorted(line.split(" | ")[0] for line in RECORD.splitlines())
