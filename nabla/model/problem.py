"""Problems: what every command prints when a page cannot be published."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Problem:
    """One reason not to publish a page.

    ``file`` is relative to the project, ``line`` counts from 1, ``what`` says what is wrong in one
    line, ``detail`` shows the evidence (may have several lines) and ``fix`` says what to do.
    """

    file: str
    line: int
    what: str
    detail: str = ""
    fix: str = ""

    def __str__(self) -> str:
        parts = [f"{self.file}:{self.line}: {self.what}"]
        parts += [f"    {line}".rstrip() for line in self.detail.splitlines()]
        if self.fix:
            parts.append(f"    → {self.fix}")
        return "\n".join(parts)


def report(problems: list[Problem]) -> str:
    """All problems as one text in Spanish, sorted by file and line."""
    count = len(problems)
    title = "1 problema" if count == 1 else f"{count} problemas"
    return "\n".join([f"{title}:", *(str(problem) for problem in sorted(problems))])
