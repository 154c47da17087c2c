"""The Content-Security-Policy of a page: nothing from elsewhere, and no script but those of the build."""

from __future__ import annotations

import base64
import hashlib
import re

_CHARSET = '<meta charset="utf-8">'
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)
# Formulas and figures are laid out with style attributes; icons of the theme are data: images.
_POLICY = (
    "default-src 'self'; script-src {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'self'; form-action 'self'"
)


def declare(content: str) -> str:
    """The HTML ``content`` with its policy, which allows each of its inline scripts by digest.

    They stay inline because the theme must be chosen before anything is painted.
    """
    inline = dict.fromkeys(_digest(script) for script in _INLINE.findall(content))
    policy = _POLICY.format(scripts=" ".join(["'self'", *inline]))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return content.replace(_CHARSET, f"{_CHARSET}\n{meta}", 1)


def _digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"
