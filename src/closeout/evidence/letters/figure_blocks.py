"""A measure's figures by office or another part: those shown in a table, those withheld in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.figures import Outcome
from closeout.evidence.letters.paper import Grid, Words
from closeout.evidence.letters.words import figure_words, verdict_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from closeout.evidence.letters.paper import Block
    from closeout.evidence.measures.measure import Measure, Measured, Result

_WIDTHS = (5, 8, 4)


def office_names(each: Measured) -> list[tuple[str, Result]]:
    """Return a measure's offices with their names, in the order of their codes."""
    return [(one.office_id or "no office recorded", one) for one in each.offices]


def figure_grid(caption: str, first: str, measure: Measure, named: Sequence[tuple[str, Result]]) -> Grid:
    """Return figures as a table, a row each.

    Args:
        caption: What the table holds.
        first: The heading of its first column.
        measure: Of what measure they are.
        named: Each figure with the name of its row.

    """
    rows = tuple(
        (name, figure_words(result.figure, measure), verdict_words(result)) for name, result in named
    )
    return Grid(caption, (first, "Figure (interval), of how many", "Result"), rows, widths=_WIDTHS)


def figure_blocks(
    caption: str, first: str, measure: Measure, named: Sequence[tuple[str, Result]]
) -> Iterator[Block]:
    """Yield figures as a table, and the names of those withheld in a line of their own; see `figure_grid`."""
    shown = [each for each in named if each[1].figure.outcome is not Outcome.SUPPRESSED]
    if shown:
        yield figure_grid(caption, first, measure, shown)
    if withheld := [name for name, one in named if one.figure.outcome is Outcome.SUPPRESSED]:
        what = "" if shown else f"{caption}. "
        yield Words(f"{what}Not shown, for small numbers: {', '.join(withheld)}.")
