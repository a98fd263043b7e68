"""The events that records of one recommendation tell, ready to fold into its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from closeout.followup.history import Axis, Event
from closeout.reading.claims import status_as_of
from closeout.reading.model import StatementKind, StatusBasis

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from closeout.reading.dates import FuzzyDate
    from closeout.reading.model import DocumentReading, Record
    from closeout.reading.register import RegisterEntry


def events_of(entry: RegisterEntry, readings: Sequence[DocumentReading]) -> tuple[Event, ...]:
    """Return what the documents tell of one recommendation, each event once.

    A secondary source gives no event of status: it may report on an auditor, it is none.
    """
    found = {}
    for document, number in entry.records:
        reading = readings[document]
        for event in _events(reading, reading.records[number], number):
            found[event.key] = event
    return tuple(sorted(found.values(), key=lambda event: event.key))


def _events(reading: DocumentReading, record: Record, number: int) -> Iterator[Event]:
    name = f"{reading.document.sha256}/{number}"
    if not reading.is_secondary:
        yield from _status_events(reading, record, name)
    if record.position is not None:
        yield Event(
            key=f"{name}/position",
            axis=Axis.POSITION,
            value=record.position.value,
            on=_position_said_on(record) or reading.report_date,
            printed=record.position_printed or "",
            by=record.position_by,
        )
    if record.is_priority:
        yield Event(key=f"{name}/priority", axis=Axis.PRIORITY, value="yes", on=reading.as_of)


def _status_events(reading: DocumentReading, record: Record, name: str) -> Iterator[Event]:
    if record.status is None:
        return
    is_printed = record.status_basis is StatusBasis.PRINTED
    yield Event(
        key=f"{name}/{'status' if is_printed else 'reading'}",
        axis=Axis.AUDITOR if is_printed else Axis.READING,
        value=record.status.value,
        on=_closing_day(record) or status_as_of(reading, record),
        printed=record.status_printed or "",
        by=reading.issuer,
        confidence=None if is_printed else record.status_confidence,
    )


def _closing_day(record: Record) -> FuzzyDate | None:
    is_closing = record.status is not None and record.status.value.startswith("closed-")
    return record.closed_on if is_closing else None


def _position_said_on(record: Record) -> FuzzyDate | None:
    said = [each.said_on for each in record.statements if each.kind is StatementKind.POSITION]
    return next((day for day in said if day is not None), None)
