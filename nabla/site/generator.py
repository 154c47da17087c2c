"""The site as MkDocs makes it, in one build: what it gets from us, and what we do with what it gives.

All that knows MkDocs is here and in ``hooks``, ``links`` and ``bundle``. The stages are functions of other modules;
this one calls them in the order of MkDocs's events.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from nabla.cache import code, disk, store
from nabla.model import course
from nabla.parse import glossary, regions
from nabla.site import (
    bundle,
    cards,
    figures,
    finish,
    katex,
    preload,
    reports,
    search,
    settings,
    structure,
    swap,
    trim,
)
from nabla.site.lessons import Lessons, Staged
from nabla.site.pages import Finished, Rendered, Shelf
from nabla.site.templates import Templates

if TYPE_CHECKING:  # with it comes all that runs
    from nabla.run.processes import Standby

log = logging.getLogger("mkdocs.nabla")

# Browsers start no worker from a file; Material would fetch this from another host.
_OFFLINE_WORKER = "assets/vendor/iframe-worker/shim.js"
_KEPT = "kept.html"
END_OF_THEME = (
    "Material, el tema del sitio, solo recibirá arreglos hasta el 5 de mayo de 2027; "
    "qué se hará entonces lo dice docs/arquitectura.md."
)


class Build(BasePlugin):
    """One build of one site, as a plugin of MkDocs: what is known between two of its events."""

    def __init__(self, config: MkDocsConfig, standby: Standby | None = None) -> None:
        self.site = Path(config.site_dir)
        self.root = Path(config.config_file_path).resolve().parent
        self.standby, self.served = standby, standby is not None
        # Whoever shows a card asks for it by its full address, which no site has that is only served here.
        self.shared = bool(config.site_url) and not self.served
        self.offline = not config.use_directory_urls
        if code.changed():
            raise PluginError("la maquinaria (nabla/) cambió: vuelve a lanzar la orden")
        swap.sweep(self.site)
        store.sweep(self.root / ".cache")
        self.settings = settings.read(config)
        self.theme = [Path(config.theme.custom_dir)] if config.theme.custom_dir else []
        self.inputs = self._inputs()
        self.katex = katex.Katex(self.root)
        self.later = store.Later()
        self.shelf = Shelf(self.root, self.later)
        self.reports = reports.Reports(self.root, Path(config.docs_dir).resolve())
        self.extensions = config.markdown_extensions
        self.lessons: Lessons
        self.files = ""  # of the site, as links see them
        self.rendered: dict[str, Rendered] = {}
        self.finished: dict[str, Finished] = {}
        self.keys: dict[str, str] = {}
        self.found = katex.Found()  # of the page being rendered
        self.warned = 0
        self.content = ""  # of a page, while the search plugin reads it without colours
        self.indexed = 0
        self.terms: dict[str, str] = {}  # of the glossary
        self.answers: search.Answers = {}
        self.styles = ""
        self.used: set[str] = set()  # what the pages are made of, for the style sheet
        # A build that fails or is killed must leave the published site, or the served one, as it was.
        config.site_dir = str(swap.partial(self.site))
        if self.offline:
            config.extra["polyfills"] = [_OFFLINE_WORKER]
        if not config.repo_url:
            config.edit_uri = None  # MkDocs ignores it, with a warning for every page
        # Not in mkdocs.yml: MkDocs loads its extensions before its hooks, when it cannot find them yet.
        self.extensions.append(katex.NAME)

    def _inputs(self) -> list[str]:
        """What others read while the build goes on; it must not change meanwhile."""
        return [*map(code.tree, self.theme), code.tree(self.root / course.SNIPPETS)]

    def on_files(self, files: Files, config: MkDocsConfig) -> Files:
        sources = structure.sources(files, self.root, self.reports.problems)
        self.reports.refuse()
        self.lessons = Lessons(self.root, sources, config.nav, self.settings, self.later, self.standby)
        # The lessons run while MkDocs turns the pages into HTML; both are done before any page is written.
        self.reports.problems += self.lessons.start()
        self.reports.refuse()
        entries = glossary.entries(regions.page(glossary.FILE, sources.get(glossary.FILE, "")))
        self.terms = {entry.anchor: entry.definition for entry in entries}
        index = regions.page(search.CLINIC, sources.get(search.CLINIC, ""))
        self.answers = {**search.answers(entries, glossary.FILE), **search.messages(index)}
        for name in sources:
            staged = self.lessons.staged[name]
            for path in staged.downloads:
                files.append(File.generated(config, path, content=""))
            if self.shared:
                picture = cards.card(self.root, config.site_name, staged.headline)
                files.append(File.generated(config, cards.name(name), content=picture))
        self.files = structure.linkable(files)
        return files

    def on_pre_page(self, page: Page, **_: Any) -> Page:
        # Only the navigation can have named a page that is not read yet.
        self.named = page.title is not None
        return page

    def on_page_markdown(self, markdown: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
        staged = self._staged(page)
        self.keys[staged.file] = key = self.shelf.key(
            staged.markdown,
            staged.code,
            page.file.src_uri,
            page.url,
            page.meta.get("title"),
            [self.named, page.is_homepage],
            self.files,
            self.settings.all,
            self.katex.version,
        )
        known = self.shelf.recall(Rendered, page.file.src_uri, key)
        if known:
            self.rendered[staged.file] = known
            config["markdown_extensions"] = []
            return ""
        config["markdown_extensions"] = self.extensions
        self.found = katex.Found()
        config.mdx_configs[katex.NAME] = {"katex": self.katex, "found": self.found}
        self.warned = self.reports.count()
        return staged.markdown

    def on_page_content(self, html: str, page: Page, files: Files, config: MkDocsConfig, **_: Any) -> str:
        staged = self._staged(page)
        config["markdown_extensions"] = self.extensions
        known = self.rendered.get(staged.file)
        if known:
            structure.put_back(page, known, files)
            return known.html
        for formula in self.found.broken:
            self.reports.formula(staged.file, formula.latex, formula.message)
        rendered = structure.take(page, finish.rendered(html), self.named, self.found.formulas)
        self.rendered[staged.file] = rendered
        if self.reports.count() == self.warned:
            self.shelf.remember(page.file.src_uri, self.keys[staged.file], rendered)
        return rendered.html

    def on_nav(self, nav: Navigation, **_: Any) -> Navigation:
        self.nav = nav
        return nav

    def on_env(self, env: Environment, config: MkDocsConfig, files: Files) -> Environment:
        # Every page is rendered and none is written yet.
        env.bytecode_cache = Templates(self.root)
        env.get_template(_KEPT)  # compiled with the others, for the next build
        self.styles = bundle.styles(files, env.get_template("partials/icons.html").render(config=config))
        env.globals |= structure.told(self.nav, self.root)
        env.globals["site_styles"] = bundle.STYLES
        env.globals["typefaces"] = preload.typefaces("")  # of pages without a source
        env.globals["site_scripts"] = bundle.scripts(files, config)
        self.reports.problems += self.lessons.finish()
        self.reports.refuse()
        for name, made in self.lessons.made.items():
            for path, text in made.downloads.items():
                files.src_uris[path].content_string = text
            for section, svg in () if self.offline else made.figures.items():
                address = figures.address(name, section)
                files.append(File.generated(config, address, content=figures.alone(svg)))
                self.used |= trim.names(svg)
        around = [env.globals["site_scripts"], env.globals["attacks"], *map(code.tree, self.theme)]
        around += structure.around(self.nav)
        for file in files.documentation_pages():
            self._recall_finished(file.page, around)
        return env

    def _recall_finished(self, page: Page, around: list[Any]) -> None:
        name = self._staged(page).file
        rendered, made = self.rendered[name], self.lessons.made[name]
        content = rendered.html if name == glossary.FILE else glossary.explain(rendered.html, self.terms)
        self.keys[name] = key = self.shelf.key(
            [content, rendered.toc, self.katex.version],
            [made.figures, made.needed, made.pieces, made.live],
            structure.itself(page),
            around,
            [self.settings.all, self.served],
        )
        if known := self.shelf.recall(Finished, page.file.src_uri, key):
            self.finished[name] = known
            page.meta["template"] = _KEPT
            page.content = ""  # nobody needs to look into it
            return
        page.content = content
        if made.pieces:
            from nabla.takeaway import notebook  # only for notebooks: it reads pages

            searched = {name: piece for name, piece in made.pieces.items() if notebook.is_searched(name)}
            page.content = notebook.fill(page.content, searched)

    @event_priority(100)
    def _before_search(self, context: TemplateContext, page: Page, **_: Any) -> TemplateContext:
        self.content = page.content or ""
        page.content = search.readable(self.content)
        return context

    @event_priority(-100)
    def _after_search(
        self, context: TemplateContext, page: Page, config: MkDocsConfig, **_: Any
    ) -> TemplateContext:
        staged = self._staged(page)
        page.content = self.content
        if staged.file not in self.finished:
            context["card"] = cards.name(staged.file) if self.shared else ""
            context["headline"] = staged.headline
            context["typefaces"] = preload.typefaces(self._restore(staged.file, page.content))
        return context

    on_page_context = CombinedEvent(_before_search, _after_search)

    def on_post_page(self, output: str, page: Page, config: MkDocsConfig, **_: Any) -> str:
        # Only now: the search plugin has read the page, and need not go through figures and formulas.
        name = self._staged(page).file
        entries = config.plugins["material/search"].search_index.entries
        done = self.finished.get(name)
        if done is None:
            html = finish.page(
                output,
                name,
                self.lessons.made[name],
                page.url,
                lambda html: self._restore(name, html),
                self.offline,
                self.served,
            )
            done = Finished(html, [dict(each) for each in entries[self.indexed :]], sorted(trim.names(html)))
            self.shelf.remember(page.file.src_uri, self.keys[name], done)
        entries[self.indexed :] = [dict(each) for each in done.entries]
        search.tag(entries[self.indexed :], page.url, name, self.answers)
        self.indexed = len(entries)
        self.used.update(done.words)
        return done.html

    def on_post_template(self, output_content: str, template_name: str, **_: Any) -> str:
        if not template_name.endswith(".html"):
            return output_content
        output = finish.template(output_content, self.offline, self.served)
        self.used |= trim.names(output)
        return output

    @event_priority(-100)
    def on_post_build(self, config: MkDocsConfig) -> None:
        self.reports.refuse(config.strict)
        site = Path(config.site_dir)
        for script in [*site.glob("assets/javascripts/*.js"), *site.glob("assets/figures/*.js")]:
            self.used |= trim.words(script.read_text("utf-8"))
        bundle.publish_styles(site, trim.kept(self.root, self.styles, self.used))
        self._put_down()
        swap.publish(self.site)
        config.site_dir = str(self.site)
        self.reports.close()

    def on_build_error(self, error: Exception) -> None:
        self.reports.close()
        swap.give_up(self.site)
        if explained := disk.explain(error, swap.partial(self.site)):
            log.error("No se publica nada: %s", explained)
            raise Abort("El sitio publicado sigue como estaba.") from error
        self._put_down()

    def _put_down(self) -> None:
        """Remember what was made, unless what it was made from changed meanwhile."""
        if self._inputs() == self.inputs:
            self.later.put_down()

    def _staged(self, page: Page) -> Staged:
        return self.lessons.staged[course.DOCS + page.file.src_uri]

    def _restore(self, name: str, html: str) -> str:
        return self.katex.restore(html, self.rendered[name].formulas)
