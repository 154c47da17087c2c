"""The compiled templates of the theme, kept on disk: to compile them takes a third of what an empty site does."""

from __future__ import annotations

import base64
import os
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from nabla.cache import code, store


class Templates(BytecodeCache):
    """Jinja's own cache writes files that a kill can leave, and reads any that it can decode; this one, our store."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        # Jinja encodes the path as UTF-8, which no folder survives whose name the locale cannot read.
        return super().get_cache_key(name, os.fsencode(filename).hex() if filename else None)

    def load_bytecode(self, bucket: Bucket) -> None:
        file, key = self._entry(bucket)
        if payload := store.recall(file, key):
            bucket.bytecode_from_string(base64.b64decode(payload))

    def dump_bytecode(self, bucket: Bucket) -> None:
        store.write(*self._entry(bucket), base64.b64encode(bucket.bytecode_to_string()).decode())

    def _entry(self, bucket: Bucket) -> tuple[Path, str]:
        key = code.key(self._root, "nabla.site.templates", bucket.key, bucket.checksum)
        return store.entry(self._root, "templates", "", key), key
