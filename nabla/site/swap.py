"""All or nothing: a site is built aside, and takes the place of the published one once it is whole."""

from __future__ import annotations

import shutil
from pathlib import Path

from nabla.cache import disk


def partial(site: Path) -> Path:
    """The folder where a site is built before it is published as ``site``."""
    return site.with_name(f"{site.name}.partial{disk.mark()}")


def publish(site: Path) -> None:
    """Put the finished folder in the place of the site; of two builds at once, the last one stays."""
    old = site.with_name(f"{site.name}.old{disk.mark()}")
    while True:
        try:
            partial(site).rename(site)
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


def give_up(site: Path) -> None:
    """Remove what was built; the published site stays as it was."""
    shutil.rmtree(partial(site), ignore_errors=True)


def sweep(site: Path) -> None:
    """Remove what builds that were killed left behind, and put back the site that one was replacing."""
    if not site.exists():
        for old in disk.abandoned(site.parent, f"{site.name}.old-*"):
            old.rename(site)
            break
    for left in disk.abandoned(site.parent, f"{site.name}.*-*"):
        shutil.rmtree(left, ignore_errors=True)
