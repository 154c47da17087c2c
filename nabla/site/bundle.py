"""One style sheet and one script for all pages: on a phone each file costs a wait, far more than its bytes."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

# What the pages call it until it is known: which rules stay depends on all of them.
STYLES = "assets/stylesheets/site.css"
_SCRIPT = "assets/javascripts/site.js"
# Patterns, in the order in which later rules must win.
_STYLES = (
    r"assets/stylesheets/main\.\w+\.min\.css",
    r"assets/stylesheets/palette\.\w+\.min\.css",
    r"assets/vendor/katex/katex\.min\.css",
    r"assets/vendor/fonts/fonts\.css",
    r"assets/css/nabla\.css",
    r"assets/css/\w+\.css",
)
_SCRIPTS = tuple(
    rf"assets/javascripts/{name}\.js"
    for name in (
        "nabla",
        "figures",
        "live",
        "copy",
        "formulas",
        "folds",
        "search",
        "progress",
        "predict",
        "filter",
        "theme",
    )
)
_URL = re.compile(r"""url\((?P<quote>["']?)(?!data:|#)(?P<url>[^"')]+)(?P=quote)\)""")
_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|^//# sourceMappingURL=.*$", re.MULTILINE)


def styles(files: Files, icons: str) -> str:
    """The style sheets of ``files`` as one, which is to be at ``STYLES``; after them that of ``icons``, in its element."""
    folder = posixpath.dirname(STYLES)
    sheets = [_moved(file, folder) for file in _take(files, _STYLES)]
    return "\n".join(_clean(sheet) for sheet in [*sheets, re.sub(r"</?style>", "", icons)]) + "\n"


def publish_styles(site: Path, css: str) -> None:
    """Write ``css`` into the finished ``site`` under a name of its own, and name it so in every page."""
    address = _address(STYLES, css)
    (site / address).write_text(css, encoding="utf-8")
    for page in site.rglob("*.html"):
        page.write_bytes(page.read_bytes().replace(STYLES.encode(), address.encode()))


def scripts(files: Files, config: MkDocsConfig) -> str:
    """Put our scripts into one, where a fault of one does not stop the others; its address."""
    pieces = [
        f"try {{\n{file.content_string}}} catch (fault) {{ reportError(fault) }}"
        for file in _take(files, _SCRIPTS)
    ]
    text = "\n".join(map(_clean, pieces)) + "\n"
    files.append(File.generated(config, address := _address(_SCRIPT, text), content=text))
    return address


def _take(files: Files, patterns: tuple[str, ...]) -> Iterator[File]:
    """The files that match the patterns, in their order; they are published no longer by themselves."""
    for pattern in patterns:
        found = [file for file in files if re.fullmatch(pattern, file.src_uri)]
        if not found:
            raise PluginError(
                f"ningún archivo del tema ni de `docs` se llama como «{pattern}»\n"
                "    → si cambió de nombre con una versión nueva, ponlo en nabla/site/bundle.py"
            )
        for file in sorted(found, key=lambda file: file.src_uri):
            files.remove(file)
            yield file


def _moved(file: File, folder: str) -> str:
    """A style sheet as it must be in another folder."""

    def relative(match: re.Match[str]) -> str:
        return (
            f"url({posixpath.relpath(posixpath.join(posixpath.dirname(file.src_uri), match['url']), folder)})"
        )

    return _URL.sub(relative, file.content_string)


def _clean(text: str) -> str:
    return _SOURCE_MAP.sub("", text).strip()


def _address(name: str, text: str) -> str:
    """The address of a file named after what it says, so that no browser keeps an old one."""
    stem, kind = posixpath.splitext(name)
    return f"{stem}.{hashlib.sha256(text.encode()).hexdigest()[:8]}{kind}"
