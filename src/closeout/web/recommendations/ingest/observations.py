"""What a record says, as dated observations of status, position, and promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from closeout.followup.statuses import is_closed
from closeout.reading.claims import status_as_of
from closeout.reading.dates import FuzzyDate
from closeout.reading.model import StatementKind, StatusBasis
from closeout.web.recommendations.ingest.captures import storable
from closeout.web.recommendations.models import (
    PositionObservation,
    PromiseObservation,
    Statement,
    StatusObservation,
)
from closeout.web.recommendations.models.rules import fuzzy_columns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from closeout.reading.model import DocumentReading, Record, Span
    from closeout.reading.model import Statement as Said
    from closeout.web.recommendations.models import Capture, Mention

_UNSURE = 0.5
_LONGEST = {"printed": 300, "by": 200, "value": 40}

Before = "tuple[str, FuzzyDate | None]"
"""The status the capture before it gave of the same recommendation, and as of when."""


def statement_row(said: Said, capture: Capture) -> Statement:
    """Return the row of one thing said in a capture."""
    return Statement(
        capture=capture,
        kind=said.kind.value,
        text=storable(said.text),
        **_cut(value=str(said.value), printed=said.printed, by=said.by),
        **_place(said.span, capture),
        **fuzzy_columns("said_on", said.said_on),
    )


def statements_of(record: Record, mention: Mention, capture: Capture) -> Iterator[Statement]:
    """Yield what a record's document says of the recommendation, sentence by sentence."""
    for said in record.statements:
        row = statement_row(said, capture)
        row.mention, row.recommendation_id = mention, mention.recommendation_id
        yield row


def status_of(
    reading: DocumentReading, record: Record, before: tuple[str, FuzzyDate | None] | None, capture: Capture
) -> dict[str, Any] | None:
    """Return the columns of the status a record gives, or None.

    A secondary source gives none: it may report on an auditor, but it is none. A status
    without printed words is a reading of the prose and says how sure it is.
    """
    if record.status is None or reading.is_secondary:
        return None
    is_printed = record.status_basis is StatusBasis.PRINTED and bool(record.status_printed)
    basis = StatusBasis.PRINTED if is_printed else StatusBasis.INFERRED
    confidence = None if is_printed else (record.status_confidence or _UNSURE)
    return {
        "value": record.status.value,
        "basis": basis.value,
        "confidence": confidence,
        **_cut(printed=record.status_printed or ""),
        **_place(record.status_span, capture),
        **fuzzy_columns("as_of", _status_on(reading, record, before, capture)),
    }


def _status_on(
    reading: DocumentReading, record: Record, before: tuple[str, FuzzyDate | None] | None, capture: Capture
) -> FuzzyDate | None:
    """Return as of when a status holds.

    A page without a date of its own that changed between two captures shows its new status as
    of the day it was fetched: it must count later than the one it took the place of.
    """
    if is_closed(record.status) and record.closed_on:
        return record.closed_on
    told = status_as_of(reading, record)
    if before is None or record.status is None or before[0] == record.status.value:
        return told
    is_newer = told is not None and (before[1] is None or told.latest > before[1].latest)
    if is_newer or reading.as_of or record.updated_on:
        return told
    fetched = capture.got_at.date()
    return FuzzyDate(fetched.isoformat(), fetched, fetched)


def position_of(reading: DocumentReading, record: Record, capture: Capture) -> dict[str, Any] | None:
    """Return the columns of the position a record gives, or None."""
    if record.position is None:
        return None
    said = [each.said_on for each in record.statements if each.kind is StatementKind.POSITION]
    said_on = next((day for day in said if day is not None), None) or reading.report_date
    return {
        "value": record.position.value,
        **_cut(printed=record.position_printed or "", by=record.position_by),
        **_place(record.position_span, capture),
        **fuzzy_columns("said_on", said_on),
    }


def promises_of(record: Record, capture: Capture) -> Iterator[dict[str, Any]]:
    """Yield the columns of each promise a record tells of."""
    for promise in record.promises:
        yield {
            "kind": promise.kind.value,
            "what": storable(promise.what),
            "share": promise.share,
            "printed": storable(promise.printed or promise.due.printed or promise.due.edtf),
            **_cut(by=promise.by),
            **_place(promise.span, capture),
            **fuzzy_columns("due", promise.due),
            **fuzzy_columns("said_on", promise.said_on),
        }


def observations_of(
    reading: DocumentReading,
    record: Record,
    mention: Mention,
    capture: Capture,
    before: tuple[str, FuzzyDate | None] | None,
) -> Iterator[StatusObservation | PositionObservation | PromiseObservation]:
    """Yield everything dated that a record says."""
    shared = {
        "recommendation_id": mention.recommendation_id,
        "mention": mention,
        "capture": capture,
        "at": capture.got_at,
    }
    if (status := status_of(reading, record, before, capture)) is not None:
        yield StatusObservation(**shared, **status)
    if (position := position_of(reading, record, capture)) is not None:
        yield PositionObservation(**shared, **position)
    for promise in promises_of(record, capture):
        yield PromiseObservation(**shared, **promise)


def _cut(**texts: str) -> dict[str, str]:
    return {name: storable(text)[: _LONGEST[name]] for name, text in texts.items()}


def _place(span: Span | None, capture: Capture) -> dict[str, int | None]:
    if span is None:
        return {"start": None, "end": None, "page": None}
    return {"start": span.start, "end": span.end, "page": capture.page_of(span.start)}
