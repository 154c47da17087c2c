"""The typefaces that come with a page, so that its first words are set in them and nothing moves later."""

from __future__ import annotations

import re

# Each with what shows in the HTML of a page that it is set in it. Rare ones come when they are needed.
_FACES = {
    "fonts/nabla-serif/nabla-serif-latin-normal": "",
    "fonts/nabla-sans/nabla-sans-latin-normal": "",
    "fonts/nabla-serif/nabla-serif-latin-italic": "<em",
    "fonts/jetbrains-mono/jetbrains-mono-latin-normal": "<code",
    "katex/fonts/KaTeX_Main-Regular-common": 'class="katex"',
    "katex/fonts/KaTeX_Math-Italic-common": "mathnormal",
    "katex/fonts/KaTeX_Size1-Regular-common": "delimsizing size1|delim-size1|small-op",
    "katex/fonts/KaTeX_Size2-Regular-common": "delimsizing size2|large-op",
    "katex/fonts/KaTeX_Size3-Regular-common": "delimsizing size3",
    "katex/fonts/KaTeX_Size4-Regular-common": "delimsizing size4|delim-size4",
}


def typefaces(content: str) -> list[str]:
    """The files in ``docs/assets/vendor`` that a page with this HTML is set in."""
    return [f"assets/vendor/{face}.woff2" for face, sign in _FACES.items() if re.search(sign, content)]
