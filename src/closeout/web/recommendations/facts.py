"""The rows of a recommendation as the facts that `followup` computes from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from closeout.followup.clock_rules import EventKind
from closeout.followup.clocks import ClockEvent
from closeout.followup.history import Axis, Event
from closeout.followup.promises import Sighting
from closeout.followup.statuses import Progress, is_closed
from closeout.reading.dates import FuzzyDate
from closeout.reading.model import AuditorStatus, Promise, PromiseKind, Span
from closeout.web.recommendations.models import (
    AgencyProgress,
    ClosureRequest,
    Plan,
    PositionObservation,
    PromiseObservation,
    Recommendation,
    RecordedEvent,
    StatusObservation,
)
from closeout.web.recommendations.models.rules import fuzzy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from django.db.models import QuerySet

    from closeout.web.recommendations.models import Report

NOWHERE = Span(0, 0)
"""The span of what a person recorded and no document prints."""


@dataclass(slots=True)
class Facts:
    """Everything dated about one recommendation (and about those found to be the same one)."""

    statuses: list[StatusObservation] = field(default_factory=list)
    positions: list[PositionObservation] = field(default_factory=list)
    promises: list[PromiseObservation] = field(default_factory=list)
    progress: list[AgencyProgress] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)
    requests: list[ClosureRequest] = field(default_factory=list)
    recorded: list[RecordedEvent] = field(default_factory=list)

    @property
    def events(self) -> tuple[Event, ...]:
        """Return its history on all axes."""
        return (
            *(_status_event(row) for row in self.statuses),
            *(_position_event(row) for row in self.positions),
            *(_progress_event(row) for row in self.progress),
        )

    @property
    def sightings(self) -> tuple[Sighting, ...]:
        """Return every place where a promise about it was read, or recorded by a person."""
        return tuple(sighting(row) for row in self.promises)

    def clock_events(self, report: Report) -> tuple[ClockEvent, ...]:
        """Return what starts and stops the clocks of the rules."""
        issued = fuzzy(report, "issued")
        started = [ClockEvent(EventKind.REPORT_ISSUED, issued)] if issued else []
        return (
            *started,
            *(event for row in self.statuses for event in _decided(row, issued)),
            *_planned(self.plans, self.positions),
            *(
                ClockEvent(EventKind.IMPLEMENTED, exact(row.on))
                for row in self.progress
                if row.state == Progress.DONE
            ),
            *(
                ClockEvent(EventKind.CLOSEOUT_LETTER_SENT, exact(row.sent_on))
                for row in self.requests
                if row.sent_on
            ),
            *(ClockEvent(EventKind(row.kind), exact(row.on)) for row in self.recorded),
        )


def exact(day: date) -> FuzzyDate:
    """Return one day as a fuzzy date."""
    return FuzzyDate(day.isoformat(), day, day)


def sighting(row: PromiseObservation) -> Sighting:
    """Return where and when a promise was made; without a date in the prose, by its document's date."""
    span = NOWHERE if row.start is None or row.end is None else Span(row.start, row.end)
    said_on, capture = fuzzy(row, "said_on"), row.capture
    promise = Promise(
        kind=PromiseKind(row.kind),
        printed=row.printed,
        due=FuzzyDate(row.due_edtf, row.due_earliest, row.due_latest),
        by=row.by,
        span=span,
        what=row.what,
        share=row.share,
        said_on=said_on,
    )
    if capture is None:
        return Sighting(promise, str(row.pk), said_on or exact(row.at.date()))
    dated = fuzzy(capture, "as_of") or fuzzy(capture, "report_date")
    return Sighting(promise, str(row.pk), said_on or dated, capture.is_secondary)


def gather(recommendations: Iterable[Recommendation]) -> dict[int, Facts]:
    """Return the facts of each recommendation, by id, in a fixed number of queries.

    Rows of recommendations that were found to be the same one count as its own.
    """
    recs = list(recommendations)
    home = homes([rec.pk for rec in recs])
    of = {"recommendation__in": list(home)}
    current = {**of, "is_current": True}
    promises = PromiseObservation.objects.filter(**current).select_related("capture__document")
    promises = promises.defer("capture__text", "capture__reading", "capture__problems")
    held = {
        "statuses": _by_home(StatusObservation.objects.filter(**current), home),
        "positions": _by_home(PositionObservation.objects.filter(**current), home),
        "promises": _by_home(promises, home),
        "progress": _by_home(AgencyProgress.objects.filter(**of).order_by("at", "pk"), home),
        "plans": _by_home(
            Plan.objects.filter(**of).order_by("at", "pk").prefetch_related("milestones"), home
        ),
        "requests": _by_home(ClosureRequest.objects.filter(**of).order_by("requested_at", "pk"), home),
        "recorded": _recorded(recs, home),
    }
    return {rec.pk: Facts(**{name: rows[rec.pk] for name, rows in held.items()}) for rec in recs}


def homes(ids: Sequence[int]) -> dict[int, int]:
    """Return, for each recommendation and each found to be the same one, whose facts its rows are."""
    home = {pk: pk for pk in ids}
    frontier = dict(home)
    while frontier:
        merged = Recommendation.objects.filter(merged_into__in=list(frontier))
        pairs = merged.values_list("pk", "merged_into")
        frontier = {pk: frontier[into] for pk, into in pairs if into is not None and pk not in home}
        home.update(frontier)
    return home


def _by_home(rows: QuerySet[Any], home: Mapping[int, int]) -> defaultdict[int, list[Any]]:
    return _grouped((home[row.recommendation_id], row) for row in rows)


def _grouped(pairs: Iterable[tuple[int, Any]]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for pk, row in pairs:
        found[pk].append(row)
    return found


def _recorded(recs: Sequence[Recommendation], home: Mapping[int, int]) -> defaultdict[int, list[Any]]:
    """Group recorded events: one about a report as a whole counts for each of its recommendations."""
    of_report = _grouped((rec.report_id, rec.pk) for rec in recs)
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for event in RecordedEvent.objects.filter(report__in=list(of_report)):
        if event.recommendation_id is None:
            targets = of_report[event.report_id]
        else:
            targets = [home[event.recommendation_id]] if event.recommendation_id in home else []
        for pk in targets:
            found[pk].append(event)
    return found


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
        key=f"progress/{row.pk:012}", axis=Axis.PROGRESS, value=row.state, on=exact(row.on), printed=row.note
    )


def _decided(row: StatusObservation, issued: FuzzyDate | None) -> Iterator[ClockEvent]:
    """Yield the decision or final action that an auditor's printed word shows.

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


def _planned(plans: Sequence[Plan], positions: Sequence[PositionObservation]) -> Iterator[ClockEvent]:
    """Yield the management decisions: a position, an action and a date together."""
    if not positions:
        return
    for plan in plans:
        if plan.milestones.all():
            yield ClockEvent(EventKind.MANAGEMENT_DECISION, exact(plan.at.date()))
