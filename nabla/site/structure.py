"""A page and a navigation of MkDocs as plain data, and back."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any

from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from nabla.cache import code
from nabla.check import counts
from nabla.model import course, source
from nabla.model.problem import Problem
from nabla.site.pages import Rendered


def sources(files: Files, root: Path, problems: list[Problem]) -> dict[str, str]:
    """The Markdown of each page, by its file; ``problems`` get those of files that are not text, snippets too."""
    for file in sorted(root.glob(f"{course.SNIPPETS}*.py")):
        source.read(file, file.relative_to(root).as_posix(), problems)
    return {
        name: source.read(Path(file.abs_src_path), name, problems)
        for file in files.documentation_pages()
        if file.abs_src_path and (name := course.DOCS + file.src_uri).endswith(".md")
    }


def linkable(files: Files) -> str:
    """What tells from any others the files that links may lead to, in whatever order they came."""
    return code.digest(repr(sorted((file.src_uri, file.url, file.inclusion.name) for file in files)))


def take(page: Page, html: str, is_named: bool, formulas: dict[str, tuple[str, bool]]) -> Rendered:
    """What MkDocs found in a page while it rendered it; ``is_named``: the navigation gives its title."""
    return Rendered(
        html,
        None if is_named else page.title,
        [_heading(link) for link in page.toc],
        sorted(page.present_anchor_ids or ()),
        {file.src_uri: anchors for file, anchors in (page.links_to_anchors or {}).items()},
        formulas,
    )


def put_back(page: Page, known: Rendered, files: Files) -> None:
    """Give a page, rendered from no Markdown at all, what ``take`` took of it."""
    if known.title is not None:
        page.title = known.title
    page.toc = TableOfContents([_link(heading) for heading in known.toc])
    if page.toc.items:
        page.toc.items[0].active = True
    page.present_anchor_ids = set(known.anchors)
    page.links_to_anchors = {files.src_uris[uri]: anchors for uri, anchors in known.links.items()}


def told(nav: Navigation, root: Path) -> dict[str, Any]:
    """What the templates say of the course: how many ``lessons``, and ``attacks`` on all pages, there are.

    Each lesson of ``nav`` gets its ``number``, which its entry in the navigation shows too.
    """
    folder = course.LESSONS.removeprefix(course.DOCS)
    lessons = [page for page in nav.pages if page.file.src_uri.startswith(folder)]
    for number, page in enumerate(lessons, 1):
        page.number = number
        page.typeset = {"title": f'<span class="nb-numero">{number}</span> {html.escape(page.title)}'}
    sums = counts.total(sorted((root / course.RECORD).glob("*.json")))
    attacks = sums.get("texts", {}).get("cambios", 0) + sum(sums.get("code", {}).values())
    return {"lessons": len(lessons), "attacks": attacks}


def around(nav: Navigation) -> list[Any]:
    """What any page says of the others: their titles, addresses, order and front matter."""
    return [_item(each) for each in nav] + [nav.homepage.url if nav.homepage else None]


def itself(page: Page) -> list[Any]:
    """What a page says of itself besides its content."""
    told = [page.title, page.url, page.canonical_url, page.edit_url, page.update_date]
    return [*told, repr(sorted(page.meta.items()))]


def _item(each: Any) -> list[Any]:
    meta = repr(sorted(each.meta.items())) if each.is_page else ""
    return [each.title, getattr(each, "url", None), meta, [_item(child) for child in each.children or ()]]


def _heading(link: AnchorLink) -> list[Any]:
    return [link.title, link.id, link.level, [_heading(child) for child in link.children]]


def _link(heading: list[Any]) -> AnchorLink:
    title, anchor, level, children = heading
    link = AnchorLink(title, anchor, level)
    link.children = [_link(child) for child in children]
    return link
