"""Where the site and its notebooks are published, if mkdocs.yml says so."""

from __future__ import annotations

import re

_GITHUB = re.compile(r"https://github\.com/(?P<project>[\w.-]+/[\w.-]+?)(?:\.git)?/?")


def colab(repository: str | None, branch: str | None) -> str | None:
    """The address under which Colab opens the site's files, which ``branch`` of the repository holds.

    None if there is no such branch, or if the repository is not on GitHub: Colab reads no other.
    """
    github = _GITHUB.fullmatch(repository or "")
    if github is None or not branch:
        return None
    return f"https://colab.research.google.com/github/{github['project']}/blob/{branch}/"
