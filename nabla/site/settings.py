"""What of mkdocs.yml a page depends on: all of it but the navigation, which only surrounds pages."""

from __future__ import annotations

import json
from pathlib import Path

import mkdocs
import yaml
from mkdocs.config.defaults import MkDocsConfig

from nabla.site import publication
from nabla.site.lessons import Settings


def read(config: MkDocsConfig) -> Settings:
    """The settings that pages depend on, with what the environment sets."""
    text = without(Path(config.config_file_path).read_text("utf-8"), "nav")
    # ProperDocs calls itself mkdocs to its plugins, and is not among the pinned libraries.
    environment = [config.site_url, config.repo_url, config.edit_uri, config.use_directory_urls, config.extra]
    return Settings(
        json.dumps([text, *environment, mkdocs.__name__, mkdocs.__version__], default=str),
        config.mdx_configs["pymdownx.snippets"],
        publication.colab(config.repo_url, config.extra.get("notebooks_branch")),
        config.extra.get("counts", {}),
    )


def without(settings: str, name: str) -> str:
    """The text of YAML ``settings`` without one of them."""
    tree = yaml.compose(settings, Loader=yaml.CSafeLoader)
    for key, value in tree.value:
        if key.value == name:
            return settings[: key.start_mark.index] + settings[value.end_mark.index :]
    return settings
