"""finish: from the page that the generator gives to the page that is published. Text in, text out."""

from __future__ import annotations

from collections.abc import Callable

from nabla.site import figures, minify, policy, repairs
from nabla.site.lessons import Made


def rendered(html: str) -> str:
    """The HTML of a page's Markdown, repaired."""
    return repairs.true_minus(repairs.wrap_tables(repairs.mark_english(html)))


def page(
    output: str, file: str, made: Made, url: str, restore: Callable[[str], str], offline: bool, served: bool
) -> str:
    """The page of ``file`` whole: with its cells, formulas and figures, and what each block needs to run alone.

    Args:
        output: what the theme made of it.
        made: what its run gave.
        url: where it is published.
        restore: puts formulas in the place of their tokens.
        offline: for a copy that is read from its files: scripts cannot fetch one from another, so figures are inside.
        served: with the script that reloads it.
    """
    if made.pieces:
        from nabla.takeaway import notebook  # only for notebooks: it reads pages

        output = notebook.fill(output, made.pieces)
    output = restore(minify.page(repairs.wrap_sentences(output)))
    output = figures.inline(output, made.figures) if offline else figures.show(output, file, made, url)
    return template(repairs.keep_code(repairs.needs(output, made.needed)), offline, served)


def template(output: str, offline: bool, served: bool) -> str:
    """Any HTML as it is published."""
    # The script that reloads a page being served is not part of the build; and files have no origin to be held to.
    return output if served or offline else policy.declare(output)
