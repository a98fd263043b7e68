"""Which tables a measure rests on, whatever way it is worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.evidence.freezing.verdicts import VERDICTS
from closeout.evidence.measures.declared import OverSource, Source
from closeout.evidence.measures.run_breakdowns import declared_by

if TYPE_CHECKING:
    from closeout.evidence.measures.measure import Measure

_OF_CONTRACTS = 16
"""The group of measures about contract standards; the other verdicts are about inspections."""
_AROUND_SESSIONS = ("training_sessions", "attendance", "officers")


def tables_of_measure(measure: Measure) -> tuple[str, ...] | None:
    """Return every table that a measure rests on, offices left out; None where that is not known.

    A table that only says what the parts of a breakdown are called is among them: their names are frozen.
    """
    source = measure.over.source if isinstance(measure.over, OverSource) else None
    if source is Source.VERDICTS:
        code = "standards" if measure.group == _OF_CONTRACTS else "deficiencies"
        return VERDICTS[code].reads
    if source is Source.TRAINING:
        return VERDICTS["training"].reads
    if source is Source.COMPARISON:
        return (*measure.reads, *_AROUND_SESSIONS)
    names = (one.labels for one in declared_by(measure.over) if one.labels)
    return tuple(dict.fromkeys((*measure.reads, *names))) if measure.reads else None
