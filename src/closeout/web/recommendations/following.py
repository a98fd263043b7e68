"""The register's rows as what the room `followup` works on: events, sightings, clock events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from closeout.followup.clock_rules import EventKind
from closeout.followup.clocks import ClockEvent
from closeout.followup.history import Axis, Event
from closeout.followup.promises import Fulfilment, Sighting
from closeout.followup.statuses import STANCES, Progress, Stance, is_closed
from closeout.reading.dates import FuzzyDate
from closeout.reading.model import AuditorStatus, Position, Promise, PromiseKind, Span
from closeout.web.recommendations.models.rules import fuzzy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from closeout.web.recommendations.models import (
        AgencyProgress,
        ClosureRequest,
        Milestone,
        PositionObservation,
        PromiseObservation,
        Recommendation,
        RecordedEvent,
        StatusObservation,
    )


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything dated that the store holds about one recommendation, current rows only."""

    recommendation: Recommendation
    statuses: Sequence[StatusObservation] = ()
    positions: Sequence[PositionObservation] = ()
    promises: Sequence[PromiseObservation] = ()
    progress: Sequence[AgencyProgress] = ()
    milestones: Sequence[Milestone] = ()
    closures: Sequence[ClosureRequest] = ()
    recorded: Sequence[RecordedEvent] = ()


def on_day(day: date) -> FuzzyDate:
    """Return one exactly known day."""
    return FuzzyDate(day.isoformat(), day, day)


def history_events(rows: Rows) -> tuple[Event, ...]:
    """Return the events whose fold is the state of the recommendation on any day."""
    return (
        *(_status_event(row) for row in rows.statuses),
        *(_position_event(row) for row in rows.positions),
        *(_progress_event(row) for row in rows.progress),
    )


def _status_event(row: StatusObservation) -> Event:
    return Event(
        key=f"status/{row.pk:012}",
        axis=Axis.READING if row.basis == "inferred" else Axis.AUDITOR,
        value=row.value,
        on=fuzzy(row, "as_of"),
        printed=row.printed,
        confidence=row.confidence,
    )


def _position_event(row: PositionObservation) -> Event:
    return Event(
        key=f"position/{row.pk:012}",
        axis=Axis.POSITION,
        value=row.value,
        on=fuzzy(row, "said_on"),
        printed=row.printed,
        by=row.by,
    )


def _progress_event(row: AgencyProgress) -> Event:
    return Event(
        key=f"progress/{row.pk:012}", axis=Axis.PROGRESS, value=row.state, on=on_day(row.on), printed=row.note
    )


def sightings(rows: Rows) -> tuple[Sighting, ...]:
    """Return every place where a promise was read or recorded.

    Where the prose does not say when it was promised, the date of its page or report is taken.
    """
    return tuple(sighting(row) for row in rows.promises)


def sighting(row: PromiseObservation) -> Sighting:
    """Return where and when one promise was made; its capture must be loaded."""
    said_on = fuzzy(row, "said_on")
    promise = Promise(
        kind=PromiseKind(row.kind),
        printed=row.printed,
        due=FuzzyDate(row.due_edtf, row.due_earliest, row.due_latest),
        by=row.by,
        span=Span(row.start or 0, row.end or 0),
        what=row.what,
        share=row.share,
        said_on=said_on,
    )
    is_second_hand = row.capture is not None and row.capture.is_secondary
    return Sighting(promise, str(row.pk), said_on or _dated(row), is_second_hand)


def _dated(row: PromiseObservation) -> FuzzyDate | None:
    if row.capture is None:
        return on_day(row.at.date())
    return fuzzy(row.capture, "as_of") or fuzzy(row.capture, "report_date")


def fulfilments(rows: Rows) -> tuple[Fulfilment, ...]:
    """Return the milestones that a person said are done; each meets the promise of the same words."""
    return tuple(
        Fulfilment(PromiseKind.MILESTONE, on_day(each.done_on), each.text)
        for each in rows.milestones
        if each.done_on is not None
    )


def clock_events(rows: Rows) -> tuple[ClockEvent, ...]:
    """Return what starts and stops the clocks of the recommendation and of its report."""
    return tuple(_clock_events(rows))


def _clock_events(rows: Rows) -> Iterator[ClockEvent]:
    issued = fuzzy(rows.recommendation.report, "issued")
    if issued is not None:
        yield ClockEvent(EventKind.REPORT_ISSUED, issued)
    for status in rows.statuses:
        yield from _decided(status, issued)
    for position in rows.positions:
        said_on = fuzzy(position, "said_on")
        if said_on and STANCES[Position(position.value)] is not Stance.SILENT:
            yield ClockEvent(EventKind.RESPONSE_SENT, said_on)
    yield from (
        ClockEvent(EventKind.IMPLEMENTED, on_day(step.on))
        for step in rows.progress
        if step.state == Progress.DONE
    )
    yield from (
        ClockEvent(EventKind.CLOSEOUT_LETTER_SENT, on_day(closure.sent_on))
        for closure in rows.closures
        if closure.sent_on is not None
    )
    yield from (ClockEvent(EventKind(each.kind), on_day(each.on)) for each in rows.recorded)


def _decided(row: StatusObservation, issued: FuzzyDate | None) -> Iterator[ClockEvent]:
    """Yield what an auditor's own word starts or stops; a reading of prose does neither.

    Of a status without a date only this is known: it held between the report and the day we got it.
    """
    if row.basis == "inferred":
        return
    got = row.at.date()
    since = issued.earliest if issued and issued.earliest <= got else got
    on = fuzzy(row, "as_of") or FuzzyDate(f"{since}/{got}", since, got)
    if is_closed(AuditorStatus(row.value)):
        yield ClockEvent(EventKind.FINAL_ACTION, on)
    elif row.value == AuditorStatus.RESOLVED_OPEN:
        yield ClockEvent(EventKind.MANAGEMENT_DECISION, on)
