"""Protects the bundle: one style sheet and one script hold all that the pages need, wherever it came from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import PluginCollection
from mkdocs.structure.files import File, Files

from nabla.site import bundle
from tests.conftest import ROOT, Mini
from tests.remembered import MACHINERY

pytestmark = pytest.mark.decided_by(*MACHINERY)

SHEETS = {
    "assets/stylesheets/main.1a2b.min.css": "a{}/*# sourceMappingURL=main.css.map */",
    "assets/stylesheets/palette.3c.min.css": "b{}",
    "assets/vendor/katex/katex.min.css": "@font-face{src:url(fonts/k.woff2)}",
    "assets/vendor/fonts/fonts.css": '@font-face{src:url("serif/s.woff2") format("woff2")}',
    "assets/css/nabla.css": "c{background:url(data:image/svg+xml;x)}",
    "assets/css/copy.css": "d{}",
}


def collected(tmp_path: Path, contents: dict[str, str]) -> tuple[Files, MkDocsConfig]:
    config = MkDocsConfig()
    config.load_dict({"site_name": "x", "docs_dir": str(tmp_path), "site_dir": str(tmp_path / "site")})
    config.plugins = PluginCollection()
    config.plugins._current_plugin = "nabla"  # MkDocs says who makes a file
    return Files([File.generated(config, name, content=text) for name, text in contents.items()]), config


def test_sheets_follow_one_another_and_find_their_files(tmp_path: Path) -> None:
    files, _ = collected(tmp_path, SHEETS)
    styles = bundle.styles(files, "e{}")
    assert list(files) == []
    assert styles.splitlines() == [
        "a{}",
        "b{}",
        "@font-face{src:url(../vendor/katex/fonts/k.woff2)}",
        '@font-face{src:url(../vendor/fonts/serif/s.woff2) format("woff2")}',
        "c{background:url(data:image/svg+xml;x)}",
        "d{}",
        "e{}",
    ]


def test_the_sheet_is_named_after_its_content_in_every_page(tmp_path: Path) -> None:
    page = tmp_path / "a" / "index.html"
    page.parent.mkdir()
    (tmp_path / bundle.STYLES).parent.mkdir(parents=True)
    names = []
    for css in ("e{}", "f{}"):
        page.write_text(f'<link rel="stylesheet" href="../{bundle.STYLES}">', encoding="utf-8")
        bundle.publish_styles(tmp_path, css)
        (name,) = re.findall(r'href="\.\./([^"]+)"', page.read_text("utf-8"))
        assert (tmp_path / name).read_text("utf-8") == css
        names.append(name)
    assert names[0] != names[1]


def test_a_sheet_that_changed_its_name_is_missed(tmp_path: Path) -> None:
    sheets = {name: text for name, text in SHEETS.items() if "palette" not in name}
    with pytest.raises(PluginError, match="palette"):
        bundle.styles(collected(tmp_path, sheets)[0], "")


def test_every_typeface_that_the_published_sheet_names_is_published(mini: Mini) -> None:
    """Those of KaTeX also come in older formats, which browsers pass over and the site leaves out."""
    assert mini.build().returncode == 0
    (sheet,) = (mini.site / "assets/stylesheets").glob("site.*.css")
    named = re.findall(r"""url\(["']?([^)"']+\.woff2)["']?\)""", sheet.read_text("utf-8"))
    assert len(named) > 20
    assert [name for name in named if not (sheet.parent / name).is_file()] == []


def test_every_script_of_ours_is_in_the_bundle() -> None:
    """But for the one that only the page for what is missing has, and those fetched when a reader runs code."""
    ours = {file.name for file in (ROOT / "nabla/theme/assets/javascripts").glob("*.js")}
    assert {
        re.escape(f"assets/javascripts/{name}") for name in ours - {"missing.js", "run.js", "python.js"}
    } == set(bundle._SCRIPTS)
