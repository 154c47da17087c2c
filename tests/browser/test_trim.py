"""Protects the look from the trimmed style sheet: what was left out is for nothing that a page has, in any state of it."""

from __future__ import annotations

import re
from pathlib import Path

import material
import pytest

from nabla.site import trim
from tests.browser import harness
from tests.browser.conftest import Visit
from tests.browser.harness import Site
from tests.remembered import SITE

pytestmark = pytest.mark.decided_by(SITE)

# Selectors of rules in one sheet and not in the other which something in the page answers to, whatever its state.
MISSED = """([whole, published]) => {
    const selectors = css => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(css)
        const of = rules => [...rules].flatMap(rule =>
            rule.selectorText ? rule.selectorText.split(/,(?![^(]*\\))/).map(each => each.trim()) : of(rule.cssRules ?? []))
        return of(sheet.cssRules)
    }
    const kept = new Set(selectors(published))
    const left = [...new Set(selectors(whole))].filter(each => !kept.has(each))
    // In any state: `a:hover::after` asks for an `a`, and `:hover > b` for a `b` in anything.
    const state = /::?(?!is|not|where|has|nth|first|last|only|root)[\\w-]+(\\([^)]*\\))?/g
    const stateless = each => each.replace(state, (_, __, at) => /[\\w\\])"*]/.test(each[at - 1] ?? "") ? "" : "*")
    return [left.length, left.filter(each => document.querySelector(stateless(each)))]
}"""
VARIABLE = re.compile(r"(?<![\w-])--[\w-]+")


@pytest.fixture(scope="session")
def whole() -> str:
    """All style sheets as they were before anything was left out."""
    theme = Path(material.__file__).parent / "templates/assets/stylesheets"
    docs = harness.ROOT / "docs/assets"
    files = [
        *sorted(theme.glob("*.css")),
        docs / "vendor/katex/katex.min.css",
        *sorted(docs.glob("css/*.css")),
    ]
    return "\n".join(file.read_text("utf-8") for file in files)


@pytest.fixture(scope="session")
def published(site: Site) -> str:
    (sheet,) = (site.folder / "assets/stylesheets").glob("site.*.css")
    return sheet.read_text("utf-8")


def test_no_rule_is_missed(visit: Visit, whole: str, published: str) -> None:
    left, missed = visit.page.evaluate(MISSED, [whole, published])
    assert left > 500
    assert missed == []


def test_no_variable_is_missed(site: Site, whole: str, published: str) -> None:
    """Not even by a figure, which comes as a file of its own."""
    files = [path for kind in ("*.html", "*.svg", "*.js") for path in site.folder.rglob(kind)]
    assert any("figuras" in path.parts for path in files)
    named = {name for path in files for name in VARIABLE.findall(path.read_text("utf-8"))}
    named |= set(trim._VARIABLE.findall(published))
    defined = re.compile(r"(?<![\w-])(--[\w-]+)\s*:")
    assert len(named) > 50
    assert named & set(defined.findall(whole)) <= set(defined.findall(published))
