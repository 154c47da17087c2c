"""The typefaces that come with a page, so that its first words are set in them and nothing moves later."""

from __future__ import annotations

import re

# Each with what shows in the HTML of the first screens that they are set in it. Few, for each takes its part of a slow
# line; for italics and code, whose letters come later, others stand in (tools/typefaces.py).
_FACES = {
    "fonts/nabla-serif/nabla-serif-latin-normal": "",
    "fonts/nabla-sans/nabla-sans-latin-normal": "",
    "katex/fonts/KaTeX_Main-Regular-common": 'class="katex"',
    "katex/fonts/KaTeX_Math-Italic-common": "mathnormal",
    "katex/fonts/KaTeX_Size1-Regular-common": "delimsizing size1|delim-size1|small-op",
    "katex/fonts/KaTeX_Size2-Regular-common": "delimsizing size2|large-op",
    "katex/fonts/KaTeX_Size3-Regular-common": "delimsizing size3",
    "katex/fonts/KaTeX_Size4-Regular-common": "delimsizing size4|delim-size4",
}
_FIRST_SCREENS = 20_000  # characters


def typefaces(content: str) -> list[str]:
    """The files in ``docs/assets/vendor`` that the first screens of a page with this HTML are set in."""
    first = content[:_FIRST_SCREENS]
    return [f"assets/vendor/{face}.woff2" for face, sign in _FACES.items() if re.search(sign, first)]
