"""One style sheet and one script for all pages: on a phone each file costs a wait, far more than its bytes."""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

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
    rf"assets/javascripts/{name}\.js" for name in ("nabla", "figures", "copy", "search", "progress", "theme")
)
_URL = re.compile(r"""url\((?P<quote>["']?)(?!data:|#)(?P<url>[^"')]+)(?P=quote)\)""")
_SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=.*?\*/|^//# sourceMappingURL=.*$", re.MULTILINE)


def styles(files: Files, config: MkDocsConfig, icons: str) -> str:
    """Put the style sheets of ``files`` into one, after them ``icons``; its address."""
    folder = "assets/stylesheets"
    sheets = [_moved(file, folder) for file in _take(files, _STYLES)]
    return _add(files, config, f"{folder}/site", "css", [*sheets, icons])


def scripts(files: Files, config: MkDocsConfig) -> str:
    """Put our scripts into one, where a fault of one does not stop the others; its address."""
    pieces = [
        f"try {{\n{file.content_string}}} catch (fault) {{ reportError(fault) }}"
        for file in _take(files, _SCRIPTS)
    ]
    return _add(files, config, "assets/javascripts/site", "js", pieces)


def _take(files: Files, patterns: tuple[str, ...]) -> Iterator[File]:
    """The files that match the patterns, in their order; they are published no longer by themselves."""
    for pattern in patterns:
        found = [file for file in files if re.fullmatch(pattern, file.src_uri)]
        if not found:
            raise PluginError(
                f"ningún archivo del tema ni de `docs` se llama como «{pattern}»\n"
                "    → si cambió de nombre con una versión nueva, ponlo en nabla/bundle.py"
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


def _add(files: Files, config: MkDocsConfig, name: str, kind: str, pieces: list[str]) -> str:
    text = "\n".join(_SOURCE_MAP.sub("", piece).strip() for piece in pieces) + "\n"
    # Named after what it says, so that no browser keeps an old one.
    address = f"{name}.{hashlib.sha256(text.encode()).hexdigest()[:8]}.{kind}"
    files.append(File.generated(config, address, content=text))
    return address
