"""Protects the site from its libraries: what we use of them that nobody promises to keep, all of it, is as we know it."""

from __future__ import annotations

import inspect
import logging
import re
from collections.abc import Callable
from pathlib import Path

import jinja2
import markdown
import material
import pytest
from mkdocs.plugins import BasePlugin, PluginCollection
from mkdocs.structure import pages
from mkdocs.structure.files import Files
from mkdocs.structure.toc import get_toc
from pymdownx.snippets import SnippetExtension, SnippetPreprocessor

from nabla.site import bundle, reports
from tests.conftest import ROOT

TEMPLATES = Path(material.__file__).parent / "templates"


def events_of_a_plugin_added_late() -> None:
    """nabla/site/hooks.py: a build joins the plugins once the settings are read."""

    class Late(BasePlugin):
        def on_files(self, files: Files, **_: object) -> Files:
            return Files([])

    plugins = PluginCollection()
    plugins["late"] = Late()
    assert plugins.events["files"] == [plugins["late"].on_files]


def what_rendering_leaves_in_a_page() -> None:
    """nabla/site/structure.py takes it, and puts it back."""
    source = inspect.getsource(pages.Page.render)
    left = set(re.findall(r"self\.(\w+) = ", source))
    assert left == {"content", "toc", "_title_from_render", "present_anchor_ids", "links_to_anchors"}
    (heading,) = get_toc([{"name": "a", "id": "b", "level": 1, "children": []}])
    assert vars(heading) == {"title": "a", "id": "b", "level": 1, "children": [], "active": True}


def extensions_are_read_for_each_page() -> None:
    """nabla/site/generator.py: a page that is kept is rendered without any."""
    assert "config['markdown_extensions']" in inspect.getsource(pages.Page.render)


def words_of_warnings_about_links() -> None:
    """nabla/site/reports.py turns them into problems."""
    source = inspect.getsource(pages)
    assert pages.log is logging.getLogger("mkdocs.structure.pages")
    said = re.findall(r"f\"(Doc file '.*?contains .*?link '.*?)\"", source)
    assert len(said) >= 3
    for text in said:
        assert reports._LINK.match(re.sub(r"\{[^}]*\}", "a", text)), text


def templates_of_the_theme() -> None:
    """nabla/theme/main.html replaces three of its blocks, and finds Material's script in one of them."""
    base = (TEMPLATES / "base.html").read_text("utf-8")
    assert {"header", "styles", "extrahead", "scripts", "content"} <= set(re.findall(r"block (\w+)", base))
    assert 'src="{{' in base[base.index("block scripts") :]
    assert (TEMPLATES / "partials/icons.html").is_file()


def files_of_the_theme() -> None:
    """nabla/site/bundle.py makes one style sheet of theirs and ours."""
    names = [file.relative_to(TEMPLATES).as_posix() for file in TEMPLATES.glob("assets/**/*.css")]
    for pattern in bundle._STYLES[:2]:
        assert len([name for name in names if re.fullmatch(pattern, name)]) == 1


def index_of_the_search() -> None:
    """nabla/site/generator.py takes the entries of a page, and puts them back."""
    from material.plugins.search.plugin import SearchIndex

    index = SearchIndex(lang=["es"], separator="x", pipeline=[], fields={})
    index.entries.append({"location": "a/", "title": "b", "text": "c"})
    assert '"docs":[{"location":"a/","title":"b","text":"c"}]' in index.generate_search_index(None)


def sections_of_snippets() -> None:
    """nabla/parse/sections.py cuts them as pymdownx does."""
    snippets = SnippetPreprocessor(SnippetExtension().getConfigs(), markdown.Markdown())
    mark = snippets.match_section("# --8<-- [start:a]")
    assert (mark["type"], mark["name"], mark["escape"]) == ("start", "a", "")


def html_of_formulas_and_of_code() -> None:
    """nabla/site/katex.py and repairs.py find them by these marks."""
    extensions = ["pymdownx.arithmatex", "pymdownx.superfences", "pymdownx.highlight"]
    options = {"pymdownx.arithmatex": {"generic": True}}
    html = markdown.markdown(
        "$x$\n\n``` { .text .salida }\na\n```\n", extensions=extensions, extension_configs=options
    )
    assert '<span class="arithmatex">\\(x\\)</span>' in html
    assert 'salida highlight"><pre><span></span><code>a' in html


def places_of_tree_processors() -> None:
    """nabla/site/katex.py works after the formulas are found (20), before MkDocs takes the title (1)."""
    names = {each.name: each.priority for each in markdown.Markdown().treeprocessors._priority}
    assert names["inline"] == 20


def glyphs_that_are_missing() -> None:
    """nabla/draw/drawing.py hears of them from a log."""
    from matplotlib import _mathtext, _mathtext_data

    assert "does not have a glyph for %a" in inspect.getsource(_mathtext)
    assert "circumflexaccent" in _mathtext_data.tex2uni


def letters_of_formulas() -> None:
    """nabla/draw/lettering.py finds their source in the SVG, and parses them for all renderers."""
    from matplotlib import _mathtext, font_manager, mathtext, textpath
    from matplotlib.backends import backend_agg
    from matplotlib.backends.backend_svg import RendererSVG

    source = inspect.getsource(RendererSVG._draw_text_as_text)
    assert "writer.comment(s)" in source
    assert "for font, fontsize, ccode, glyph_index, new_x, new_y in glyphs:" in source
    assert "fm.ttfFontProperty(font)" in source
    assert callable(font_manager.ttfFontProperty)
    assert hasattr(mathtext.MathTextParser._parse_cached, "cache_clear")
    assert _mathtext.VectorParse._fields == ("width", "height", "depth", "glyphs", "rects")
    for reader in (textpath.TextToPath, backend_agg.RendererAgg):
        assert "self.mathtext_parser = MathTextParser('path')" in inspect.getsource(reader.__init__)


def bytecode_of_templates() -> None:
    """nabla/site/templates.py keeps it; Jinja asks for it by source."""
    assert {"load_bytecode", "dump_bytecode", "get_cache_key"} <= set(vars(jinja2.BytecodeCache))


def pieces_of_jupyter() -> None:
    """nabla/site/jupyter.py converts a notebook without the plugin around it; looked at without importing it."""
    folder = Path(markdown.__file__).parents[1] / "mkdocs_jupyter"
    assert re.search(r"^def nb2html\(", (folder / "nbconvert2.py").read_text("utf-8"), re.MULTILINE)
    assert "from .nbconvert2 import *" in (folder / "convert.py").read_text("utf-8")
    assert "templates_dir" in (folder / "config.py").read_text("utf-8")


def server_that_reloads() -> None:
    """nabla/site/serve.py answers before the first build, and while others go on."""
    from mkdocs.livereload import LiveReloadServer

    source = inspect.getsource(LiveReloadServer)
    for name in ("_want_rebuild", "_wanted_epoch", "_visible_epoch", "_epoch_cond", "_watched_paths"):
        assert f"self.{name}" in source
    assert "wait_for(lambda: self._visible_epoch == self._wanted_epoch)" in source
    loop = inspect.getsource(LiveReloadServer._build_loop)
    steps = (
        "self._wanted_epoch = _timestamp()",
        "self.builder()",
        "self._visible_epoch = self._wanted_epoch",
    )
    assert sorted(steps, key=loop.index) == list(steps)


INTERNALS: list[Callable[[], None]] = [
    events_of_a_plugin_added_late,
    what_rendering_leaves_in_a_page,
    extensions_are_read_for_each_page,
    words_of_warnings_about_links,
    templates_of_the_theme,
    files_of_the_theme,
    index_of_the_search,
    sections_of_snippets,
    html_of_formulas_and_of_code,
    places_of_tree_processors,
    glyphs_that_are_missing,
    letters_of_formulas,
    bytecode_of_templates,
    pieces_of_jupyter,
    server_that_reloads,
]


@pytest.mark.parametrize("internal", INTERNALS, ids=lambda each: each.__name__)
def test_it_is_as_we_know_it(internal: Callable[[], None]) -> None:
    internal()


@pytest.mark.parametrize("internal", INTERNALS, ids=lambda each: each.__name__)
def test_who_uses_it_is_there(internal: Callable[[], None]) -> None:
    first = (internal.__doc__ or "").split()[0].rstrip(":")
    assert (ROOT / first).is_file()
