"""The matrix of standards by period as lines of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.statistics.acceptance import AqlVerdict

if TYPE_CHECKING:
    from closeout.evidence.verdicts.standards import Standards

LETTERS = {
    AqlVerdict.MEETS: "M",
    AqlVerdict.DOES_NOT_MEET: "X",
    AqlVerdict.INSUFFICIENT_SAMPLE: "s",
    AqlVerdict.NOT_ASSESSED: "?",
    AqlVerdict.NOT_APPLICABLE: "-",
}
LEGEND = "M meets, X does not meet, s insufficient sample, ? not assessed, - not applicable"


def matrix_lines(made: Standards) -> tuple[str, ...]:
    """Return the matrix, one letter a cell, oldest first, with its legend."""
    if not made.rows:
        return ()
    ends, cells = made.matrix()
    wide = max(len(row.standard_id) for row in made.rows)
    return (
        f"{'':{wide}}  {ends[0]:%Y-%m} to {ends[-1]:%Y-%m} ({LEGEND})",
        *(
            f"{row.standard_id:{wide}}  {''.join(LETTERS[cell.result.verdict] for cell in line)}"
            for row, line in zip(made.rows, cells, strict=True)
        ),
    )
