"""The page of published figures, as the documentation holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.workload.reference.checks import left_out

if TYPE_CHECKING:
    from collections.abc import Iterable

    from closeout.workload.reference.checks import Check, Figure

_INTRO = """# Published figures

Staffing figures that others published, and what Closeout's own functions give for the same inputs.
`closeout selftest` works them out on your machine and prints this page with `--markdown`; a test holds the
two together. The residual is what we got less what was expected; it may be as large as the source's rounding.

*Seen* says how we know the figure: read in the **source**, in a **part** of it, **recalled** (the input is
from memory, and the published output confirms it), or **derived** (worked out from published inputs).
"""


def page(found: Iterable[Check]) -> str:
    """Return the page in Markdown: one row a figure, and what is left out."""
    lines = [
        _INTRO,
        "| figure | what | source | seen | expected | got | residual | within | |",
        "|---|---|---|---|--:|--:|--:|--:|---|",
        *(_row(check) for check in found),
        "",
        "## Left out",
        "",
        *(f"- {reason}" for reason in left_out()),
    ]
    return "\n".join(lines) + "\n"


def _row(check: Check) -> str:
    cells = (
        check.figure,
        check.about,
        check.source,
        check.seen.value,
        said(check.expected),
        said(check.got),
        f"{check.residual:.2g}",
        f"{check.tolerance:g}",
        "ok" if check.is_ok else "**off**",
    )
    return f"| {' | '.join(cells)} |"


def said(figure: Figure) -> str:
    """Return a figure, or several, as text: whole ones plain, others with up to ten digits."""
    if isinstance(figure, tuple):
        return ", ".join(said(each) for each in figure)
    return f"{figure:.10g}"
