"""What the summary of a GAO product page says of its recommendations, all or some by number."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.reading.families.gao_labels import normal_status
from closeout.reading.model import Position, RecommendationKind, StatementKind, StatusBasis
from closeout.reading.statements.narrative import Narrative, read_narrative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from closeout.reading.clean import CleanText
    from closeout.reading.model import Record, Statement

_HEADING = re.compile(
    r"^[ \t#*|>]*(?:recommendations?|what gao recommends)[ \t\r:*|]*$", re.IGNORECASE | re.MULTILINE
)


def read_summary(page: CleanText, end: int) -> Narrative:
    """Return what stands between the last heading of a summary and the list that begins at `end`."""
    heading = None
    for hit in _HEADING.finditer(page.text, 0, end):
        heading = hit
    return read_narrative(page, heading.end(), end) if heading else Narrative()


def with_numbered_positions(records: Sequence[Record], summary: Narrative) -> list[Record]:
    """Return the records; those without a position get the one the summary states for their number."""
    said = {
        number: statement
        for statement in reversed(summary.statements)
        if statement.kind is StatementKind.POSITION and statement.value in set(Position)
        for number in statement.scope
    }
    order = 0
    answered = []
    for record in records:
        order += record.kind is RecommendationKind.RECOMMENDATION
        statement = said.get(record.number or str(order))
        is_open = record.kind is RecommendationKind.RECOMMENDATION and record.position is None
        answered.append(_positioned(record, statement) if statement and is_open else record)
    return answered


def _positioned(record: Record, statement: Statement) -> Record:
    position = Position(statement.value)
    record = replace(
        record,
        position=position,
        position_printed=statement.printed or None,
        position_span=statement.span,
        position_by=statement.by,
    )
    if record.status_basis is not StatusBasis.PRINTED or not record.status_printed:
        return record
    return replace(record, status=normal_status(record.status_printed, position))
