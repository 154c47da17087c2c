"""MkDocs hooks: run and check the lessons first, then render; publish all of it or nothing."""

from __future__ import annotations

import contextlib
import logging
import os
import re
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.utils import CountHandler
from mkdocs.utils.templates import TemplateContext

# Hooks are loaded by their path; the package is found from the project's folder.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from nabla.cache import disk, store
from nabla.check.project import Project, Unreadable
from nabla.model.problem import Problem, report
from nabla.parse import glossary
from nabla.parse.page import Page
from nabla.run.runner import Run
from nabla.site import (
    bundle,
    cards,
    figures,
    jupyter,
    katex,
    minify,
    policy,
    preload,
    publication,
    rehearsal,
    render,
    search,
    trim,
)
from nabla.takeaway import export, notebook

log = logging.getLogger("mkdocs.nabla")

# Browsers start no worker from a file; Material would fetch this from another host.
_OFFLINE_WORKER = "assets/vendor/iframe-worker/shim.js"
_LINK = re.compile(r"Doc file '(?P<file>[^']+)' contains .*?link '(?P<link>[^']+)'(?:, but (?P<why>.*))?")
_DOWNLOADS: dict[str, Callable[[Page, Run], str]] = {
    "guion de Python": lambda page, _: export.script(page),
    "cuaderno de Jupyter": export.notebook,
    "cuaderno para completar": lambda page, _: notebook.to_complete(page),
    "cuaderno resuelto": notebook.solved,
}
_STRUCTURE = logging.getLogger("mkdocs.structure.pages")


class _Build:
    """What one build knows between two hooks."""

    def __init__(self, site: Path) -> None:
        self.site = site  # where the finished site goes
        self.project: Project | None = None
        self.executor = ThreadPoolExecutor(max_workers=1)
        self.checked: Future[tuple[dict[str, Run], list[Problem]]] | None = None
        self.runs: dict[str, Run] = {}
        self.downloads: list[tuple[str, str, File]] = []  # page, name, file
        self.pieces: dict[str, dict[str, str]] = {}  # of each notebook, as they are shown
        self.content = ""  # of a page, while the search plugin reads it without colours
        self.styles = ""
        self.used: set[str] = set()  # what the pages are made of, for the style sheet
        self.offline = False  # read from its files, without a server
        self.terms: dict[str, str] = {}
        self.answers: search.Answers = {}
        self.problems: list[Problem] = []
        self.links = _Links(self)
        self.warnings = CountHandler()
        self.warnings.setLevel(logging.WARNING)


class _Links(logging.Filter):
    """Turns MkDocs's warnings about links into problems with a line, in Spanish."""

    def __init__(self, build: _Build) -> None:
        super().__init__()
        self.build = build

    def filter(self, record: logging.LogRecord) -> bool:
        match = _LINK.match(record.getMessage())
        project = self.build.project
        if match is None or project is None or record.levelno < logging.WARNING:
            return True
        file = f"docs/{match['file']}"
        page = project.pages.get(file)
        lines = page.lines if page else []
        line = next((number for number, text in enumerate(lines, 1) if match["link"] in text), 1)
        self.build.problems.append(
            Problem(
                file,
                line,
                f"el enlace «{match['link']}» no lleva a ninguna parte",
                match["why"] or "",
                "corrige la dirección o el ancla; las rutas son relativas a esta página y acaban en .md",
            )
        )
        return False


_build = _Build(Path("site"))
_serving = False


def on_startup(command: str, **_: Any) -> None:
    global _serving
    _serving = command == "serve"
    # One fixed date in sitemap.xml: the same sources give the same bytes.
    if not os.environ.get("SOURCE_DATE_EPOCH"):
        os.environ["SOURCE_DATE_EPOCH"] = "0"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    global _build
    site = Path(config.site_dir)
    _sweep(site)
    store.sweep(Path(config.config_file_path).parent / ".cache")
    _build = _Build(site)
    _build.offline = not config.use_directory_urls
    if _build.offline:
        config.extra["polyfills"] = [_OFFLINE_WORKER]
    # A build that fails or is killed must leave the published site, or the served one, as it was.
    config.site_dir = str(_partial(site))
    logging.getLogger("mkdocs").addHandler(_build.warnings)
    _STRUCTURE.addFilter(_build.links)
    _STRUCTURE.setLevel(logging.WARNING)  # `--quiet` hides warnings, and must not hide broken links
    if not config.repo_url:
        config.edit_uri = None  # MkDocs ignores it, with a warning for every page
    katex.broken.clear()
    # Not in mkdocs.yml: MkDocs loads its extensions before its hooks, when it cannot find them yet.
    config.markdown_extensions.append("nabla.site.katex")
    config.mdx_configs["nabla.site.katex"] = {"defer": True}
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    try:
        _build.project = project = Project.of(config, files)
    except Unreadable as error:
        _refuse(error.problems)
    # The lessons run while MkDocs turns the pages into HTML; both are done before any page is written.
    _build.checked = _build.executor.submit(project.check)
    if any(page.problems for page in project.pages.values()):
        _refuse(_build.checked.result()[1])  # such a page cannot be rendered
    if words := project.pages.get(glossary.FILE):
        text = "\n".join(words.lines) + "\n"
        _build.terms = glossary.definitions(text)
        _build.answers = search.answers(text, glossary.FILE)
    if index := project.pages.get(search.CLINIC):
        _build.answers = {**_build.answers, **search.messages("\n".join(index.lines) + "\n", search.CLINIC)}
    for page in project.pages.values():
        for name, path in render.downloads(page).items():
            file = File.generated(config, path, content="")
            _build.downloads.append((page.file, name, file))
            files.append(file)
    if config.site_url:  # whoever shows a card asks for it by its full address
        for name, page in project.pages.items():
            picture = cards.card(project.root, config.site_name, cards.title(page))
            files.append(File.generated(config, cards.name(name), content=picture))
    return files


def on_page_markdown(markdown: str, page: MkDocsPage, config: MkDocsConfig, **_: Any) -> str:
    colab = publication.colab(config.repo_url, config.extra.get("notebooks_branch"))
    return render.markdown(_source(page.file), colab)


def on_page_content(html: str, page: MkDocsPage, **_: Any) -> str:
    source = _source(page.file)
    for formula in katex.broken:
        first = formula.latex.splitlines()[0]
        line = next((number for number, text in enumerate(source.lines, 1) if first in text), 1)
        _build.problems.append(
            Problem(
                source.file,
                line,
                "KaTeX no entiende esta fórmula",
                f"{formula.latex}\n{formula.message}",
                "corrige el LaTeX",
            )
        )
    katex.broken.clear()
    html = render.true_minus(render.wrap_tables(render.mark_english(html)))
    return html if source.file == glossary.FILE else glossary.explain(html, _build.terms)


@event_priority(100)
def _before_search(context: TemplateContext, page: MkDocsPage, **_: Any) -> TemplateContext:
    _build.content = page.content
    page.content = search.readable(page.content)
    return context


@event_priority(-100)
def _after_search(context: TemplateContext, page: MkDocsPage, **_: Any) -> TemplateContext:
    page.content = _build.content
    source = _source(page.file)
    context["card"] = cards.name(source.file)
    context["headline"] = cards.title(source)
    context["typefaces"] = preload.typefaces(katex.restore(page.content))
    return context


on_page_context = CombinedEvent(_before_search, _after_search)


def on_post_page(output: str, page: MkDocsPage, config: MkDocsConfig, **_: Any) -> str:
    # Only now: the search plugin has read the page, and need not go through figures and formulas.
    source = _source(page.file)
    search.tag(config.plugins["material/search"].search_index.entries, page.url, source.file, _build.answers)
    output = render.wrap_sentences(notebook.fill(output, _build.pieces.get(source.file, {})))
    output = katex.restore(minify.page(output))
    if run := _build.runs.get(source.file):
        # Scripts cannot fetch a file from another, so a page read without a server holds its figures.
        place = figures.inline if _build.offline else partial(figures.show, url=page.url)
        output = render.needs(place(output, source, run), source, run)
    return _finished(output)


def on_post_template(output_content: str, template_name: str, **_: Any) -> str:
    return _finished(output_content) if template_name.endswith(".html") else output_content


def _source(file: File) -> Page:
    assert _build.project is not None
    return _build.project.pages[f"docs/{file.src_uri}"]


def _finished(output: str) -> str:
    """A page as it is published, of which the style sheet has to know what is in it."""
    _build.used |= trim.names(output)
    # The script that reloads a page being served is not part of the build; and files have no origin to be held to.
    return output if _serving or _build.offline else policy.declare(output)


def on_env(env: Environment, config: MkDocsConfig, files: Files) -> Environment:
    # Every page is rendered and none is written yet.
    assert _build.project is not None and _build.checked is not None
    if rehearsal.is_on():
        _end_rehearsal(config, files)
    icons = env.get_template("partials/icons.html").render(config=config)
    _build.styles = bundle.styles(files, icons.replace("<style>", "").replace("</style>", ""))
    env.globals["site_styles"] = bundle.STYLES
    env.globals["typefaces"] = preload.typefaces("")  # of pages without a source
    env.globals["site_scripts"] = bundle.scripts(files, config)
    _build.runs, problems = _build.checked.result()
    _refuse(problems + _build.problems)
    for source, name, file in _build.downloads:
        file.content_string = _DOWNLOADS[name](_build.project.pages[source], _build.runs[source])
    notebooks = [file for file in files.documentation_pages() if _source(file).is_notebook]
    with jupyter.Renderer(_build.project.root) as renderer:
        for file in notebooks:
            source = _source(file)
            pieces = renderer.render(source, _build.runs[source.file])
            searched = {name: piece for name, piece in pieces.items() if notebook.is_searched(name)}
            file.page.content = notebook.fill(file.page.content, searched)
            _build.pieces[source.file] = pieces
    for name, run in () if _build.offline else _build.runs.items():
        page = _build.project.pages[name]
        for section, svg in figures.drawn(page, run).items():
            address = figures.address(page, section)
            files.append(File.generated(config, address, content=figures.file(svg)))
            _build.used |= trim.names(svg)
    return env


def _end_rehearsal(config: MkDocsConfig, files: Files) -> None:
    """Judge the links, as MkDocs does once it has written the pages."""
    assert _build.checked is not None
    for file in files.documentation_pages():
        file.page.validate_anchor_links(files=files, log_level=config.validation.links.anchors)
    raise rehearsal.Over(_build.checked.result()[1] + _build.problems)


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    _refuse(_build.problems)
    if config.strict and _build.warnings.get_counts():
        raise PluginError("no se publica nada: corrige los avisos de arriba")
    site = Path(config.site_dir)
    for script in site.glob("assets/javascripts/*.js"):
        _build.used |= trim.words(script.read_text("utf-8"))
    bundle.publish_styles(site, trim.trimmed(_build.styles, _build.used))
    _publish(site, _build.site)
    config.site_dir = str(_build.site)
    _close()


def on_serve(server: LiveReloadServer, builder: Callable[[], None], **_: Any) -> LiveReloadServer:
    """Go on serving while a page is wrong: MkDocs answers no request until a build goes well."""

    def build() -> None:
        with contextlib.suppress(Abort):  # MkDocs has said why.
            builder()

    server.builder = build
    return server


def on_build_error(error: Exception) -> None:
    _close()
    shutil.rmtree(_partial(_build.site), ignore_errors=True)
    if explained := disk.explain(error, _partial(_build.site)):
        log.error("No se publica nada: %s", explained)
        raise Abort("El sitio publicado sigue como estaba.") from error


def _close() -> None:
    _STRUCTURE.removeFilter(_build.links)
    logging.getLogger("mkdocs").removeHandler(_build.warnings)


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise PluginError(f"No se publica nada. {report(problems)}")


def _partial(site: Path) -> Path:
    return site.with_name(f"{site.name}.partial{disk.mark()}")


def _publish(partial: Path, site: Path) -> None:
    """Put the finished folder in the place of the site; of two builds at once, the last one stays."""
    old = site.with_name(f"{site.name}.old{disk.mark()}")
    while True:
        try:
            partial.rename(site)
            break
        except OSError:
            if not site.exists():
                raise
            shutil.rmtree(old, ignore_errors=True)
            try:
                site.rename(old)
            except FileNotFoundError:
                continue  # The other build has just moved it.
    shutil.rmtree(old, ignore_errors=True)


def _sweep(site: Path) -> None:
    """Remove what builds that were killed left behind, and put back the site that one was replacing."""
    if not site.exists():
        for old in disk.abandoned(site.parent, f"{site.name}.old-*"):
            old.rename(site)
            break
    for left in disk.abandoned(site.parent, f"{site.name}.*-*"):
        shutil.rmtree(left, ignore_errors=True)
