"""What the matrix of standards says in sentences, and what cannot be concluded from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.statistics.acceptance import ALLOWS_INFERENCE, Acceptance, AqlVerdict, Method
from closeout.reading.countwords import agreeing, counted, some_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from closeout.evidence.verdicts.standards import StandardRow

WORDS = {
    AqlVerdict.MEETS: "meets",
    AqlVerdict.DOES_NOT_MEET: "does not meet",
    AqlVerdict.INSUFFICIENT_SAMPLE: "insufficient sample",
    AqlVerdict.NOT_ASSESSED: "not assessed",
    AqlVerdict.NOT_APPLICABLE: "not applicable",
}
_SETTLED = frozenset({AqlVerdict.MEETS, AqlVerdict.DOES_NOT_MEET})


def disagreement(standard_id: str, period: tuple[date, date], result: Acceptance, recorded: str) -> str:
    """Return how a verdict on record differs from what the surveillance shows; empty where it does not.

    Only a record that says the opposite, or says something where nothing may be concluded, differs. An empty
    record is a gap and stands in the matrix itself; one whose sample is too small is not established.
    """
    if recorded not in _SETTLED or result.verdict == recorded or is_not_established(result, recorded):
        return ""
    first, last = period
    says = f"{standard_id}, {first} to {last}: the record says {WORDS[AqlVerdict(recorded)]}"
    return f"{says}; the surveillance says {WORDS[result.verdict]}. {result.reason}"


def is_not_established(result: Acceptance, recorded: str) -> bool:
    """Return whether a verdict on record agrees with the share of defects, but the sample is too small."""
    if recorded not in _SETTLED or result.verdict is not AqlVerdict.INSUFFICIENT_SAMPLE:
        return False
    return result.is_over == (recorded == AqlVerdict.DOES_NOT_MEET)


def cannot_conclude(rows: Sequence[StandardRow], *, has_events: bool, impossible: int = 0) -> tuple[str, ...]:
    """Return what cannot be concluded from a matrix, a sentence each.

    Args:
        rows: The matrix.
        has_events: Whether the records have a table of surveillance.
        impossible: How many acts of surveillance have counts that cannot be.

    """
    if not rows:
        return ("The records name no standard of a contract: nothing was assessed.",)
    newest = [row.newest.result.verdict for row in rows]
    placeholders = sum(row.is_placeholder for row in rows)
    never = [row.standard_id for row in rows if not any(cell.events for cell in row.cells)]
    without = [row.standard_id for row in rows if Method(row.method) not in ALLOWS_INFERENCE]
    thin = newest.count(AqlVerdict.INSUFFICIENT_SAMPLE)
    said = [
        (not has_events, "The records hold no surveillance: no standard can be judged."),
        (
            bool(never) and has_events,
            (
                f"Nobody looked at {some_of(len(never), len(rows), 'standard')} in any period: "
                f"{', '.join(never)}. That is not assessed, and never met."
            ),
        ),
        (
            impossible > 0,
            (
                f"{counted(impossible, 'act of surveillance has', 'acts of surveillance have')} counts that "
                "cannot be (more defects than looked at, or a lot smaller than the sample), and what "
                "they say is left out."
            ),
        ),
        (
            bool(without),
            (
                f"The planned method of {counted(len(without), 'standard')} allows no inference: "
                f"{', '.join(without)}. What was found there says nothing about the rest of the work."
            ),
        ),
        (
            thin > 0,
            (
                f"In the newest period {some_of(thin, len(rows), 'standard')} "
                f"{agreeing(thin, 'has a sample', 'have samples')} too small to establish that the level is "
                "kept or missed."
            ),
        ),
        (
            placeholders > 0,
            (
                f"The text of {some_of(placeholders, len(rows), 'standard')} is not public: a numbered "
                "placeholder stands for each, and what is asked there is not known here."
            ),
        ),
    ]
    return tuple(sentence for holds, sentence in said if holds)
