"""The compiled templates of the theme, kept on disk: to compile them takes a third of what an empty site does."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from types import CodeType

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from nabla.cache import code, store

_NO_FILE = "<template>"  # as Jinja calls it


class Templates(BytecodeCache):
    """Jinja's own cache writes files that a kill can leave, and reads any that it can decode; this one, our store.

    What is kept is the same wherever the project lies: the name of its file is given to a template as it is loaded.
    """

    def __init__(self, root: Path) -> None:
        self._root = root

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return json.dumps([name, filename])  # all that we are told of a template, and its checksum

    def load_bytecode(self, bucket: Bucket) -> None:
        file, key = self._entry(bucket)
        if payload := store.recall(file, key):
            bucket.bytecode_from_string(base64.b64decode(payload))
            if bucket.code:
                _, filename = json.loads(bucket.key)
                bucket.code = _of_file(bucket.code, filename or _NO_FILE)

    def dump_bytecode(self, bucket: Bucket) -> None:
        bucket.code = _of_file(bucket.code, _NO_FILE)
        store.write(*self._entry(bucket), base64.b64encode(bucket.bytecode_to_string()).decode())

    def _entry(self, bucket: Bucket) -> tuple[Path, str]:
        name, _ = json.loads(bucket.key)
        key = code.key(self._root, "nabla.site.templates", name, bucket.checksum)
        return store.entry(self._root, "templates", "", key), key


def _of_file(compiled: CodeType, filename: str) -> CodeType:
    """The same code, as if it had been read from that file."""
    inner = (_of_file(each, filename) if isinstance(each, CodeType) else each for each in compiled.co_consts)
    return compiled.replace(co_filename=filename, co_consts=tuple(inner))
