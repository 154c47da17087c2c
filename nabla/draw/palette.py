"""The colours of the figures, on light paper and on dark ground.

Figures are drawn once with the light values, which then become the CSS variables ``--fig-fg`` … ``--fig-7``;
``docs/assets/css/figures.css`` holds the same values. The eight series
colours are at least 3:1 against the paper and stay apart under simulated protanopia, deuteranopia and
tritanopia because they differ in lightness, not only in hue: keep that when changing one.
"""

from __future__ import annotations

LIGHT = {
    "fg": "#1d2433",
    "muted": "#5b6475",
    "grid": "#d8d6cf",
    "bg": "#fdfbf5",
    "0": "#0b4fa5",  # blue
    "1": "#bd4200",  # vermilion
    "2": "#1c8168",  # green
    "3": "#6a0d5e",  # purple
    "4": "#ae8a0c",  # ochre
    "5": "#5796b5",  # sky
    "6": "#4d2410",  # brown
    "7": "#8a6fd8",  # violet
}

# The same on dark ground.
DARK = {
    "fg": "#e9e5da",
    "muted": "#a9b0bf",
    "grid": "#363e4d",
    "bg": "#161b24",
    "0": "#6cabfa",  # blue
    "1": "#ea6716",  # vermilion
    "2": "#86f4d2",  # green
    "3": "#c163a0",  # purple
    "4": "#e8bc4a",  # ochre
    "5": "#8acce3",  # sky
    "6": "#e79292",  # rose
    "7": "#8468d6",  # violet
}

# The typefaces of the figures, with metrics equal to those of the page: text, and KaTeX's for maths.
FONTS = (
    "docs/assets/vendor/fonts/nabla-sans/NablaSans-Regular.ttf",
    "docs/assets/vendor/fonts/nabla-sans/NablaSans-SemiBold.ttf",
    "docs/assets/vendor/katex/fonts/KaTeX_Main-Regular.ttf",
    "docs/assets/vendor/katex/fonts/KaTeX_Main-Bold.ttf",
    "docs/assets/vendor/katex/fonts/KaTeX_Main-Italic.ttf",
    "docs/assets/vendor/katex/fonts/KaTeX_Math-Italic.ttf",
)
