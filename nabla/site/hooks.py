"""Where MkDocs comes in: each build of a site is a plugin of its own (``nabla.site.generator``)."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort
from mkdocs.livereload import LiveReloadServer

# Hooks are loaded by their path; the package is found from the project's folder.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from nabla.site.generator import Build

_served = False  # said once, of the process: MkDocs has one command


def on_startup(command: str, **_: Any) -> None:
    global _served
    _served = command == "serve"
    # One fixed date in sitemap.xml: the same sources give the same bytes.
    if not os.environ.get("SOURCE_DATE_EPOCH"):
        os.environ["SOURCE_DATE_EPOCH"] = "0"


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    config.plugins["nabla"] = Build(config, _served)
    return config


def on_serve(server: LiveReloadServer, builder: Callable[[], None], **_: Any) -> LiveReloadServer:
    """Go on serving while a page is wrong: MkDocs answers no request until a build goes well."""

    def build() -> None:
        with contextlib.suppress(Abort):  # MkDocs has said why.
            builder()

    server.builder = build
    return server
