"""Protects the style sheet: out of it goes what no page can ask for, and nothing else."""

from __future__ import annotations

import pytest

from nabla.site import trim

USED = trim.names(
    '<html lang="es" class="js"><a class="one two" id="here" dir="ltr" style="color: var(--ink)">three</a>'
)


@pytest.mark.parametrize(
    "rule",
    [
        "a{x:y}",
        ".one{x:y}",
        ".one.two>a:hover{x:y}",
        "#here{x:y}",
        "[dir=ltr] .one{x:y}",
        '[class^="on"]{x:y}',
        ":is(.one,.four){x:y}",
        ".one:not(.four){x:y}",
        "@media print{.one{x:y}}",
        "@font-face{font-family:x}",
        "@keyframes four{from{x:y}}",
        ".one{--ink:red}",
        ".one{x:var(--a);--a:var(--b);--b:url(data:x;y)}",
    ],
)
def test_what_a_page_can_ask_for_stays(rule: str) -> None:
    assert trim.trimmed(rule, USED).strip() == rule


@pytest.mark.parametrize(
    ("css", "left"),
    [
        (".four{x:y}", ""),
        (".three{x:y}", ""),  # a word of the text, and no class
        (".one .four{x:y}", ""),
        ("#one .four,#here,.two{x:y}", "#here,.two{x:y}"),
        ("[dir=rtl] .one{x:y}", ""),
        ("@media print{.one{x:y}.four{x:y}}", "@media print{.one{x:y}}"),
        ("@media print{.four{x:y}}", ""),
        (".one{--a:url('data:;}');x:y;--b:var(--a)}", ".one{x:y;}"),
        ("/* why */ .one{x:y}", ".one{x:y}"),
    ],
)
def test_what_no_page_asks_for_goes(css: str, left: str) -> None:
    assert trim.trimmed(css, USED).strip() == left


def test_what_a_script_names_stays() -> None:
    assert trim.trimmed(".four{x:y}", trim.words('add("four")')).strip() == ".four{x:y}"
