"""Where MkDocs comes in: each build of a site is a plugin of its own (``nabla.site.generator``)."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

# Hooks are loaded by their path; the package is found from the project's folder.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from nabla.site import generator

log = logging.getLogger("mkdocs.nabla")


def on_startup(command: str, **_: Any) -> None:
    if command == "serve":
        raise PluginError("para servir el sitio: `make serve`, o `python -m nabla serve`")
    # One fixed date in sitemap.xml: the same sources give the same bytes.
    if not os.environ.get("SOURCE_DATE_EPOCH"):
        os.environ["SOURCE_DATE_EPOCH"] = "0"
    # English, and of a folder that takes another name once it is whole.
    logging.getLogger("mkdocs.commands.build").setLevel(logging.WARNING)


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    if "nabla" not in config.plugins:  # MkDocs's own command; those of ours bring theirs
        log.info(generator.END_OF_THEME)
        config.plugins["nabla"] = generator.Build(config)
    return config
