"""From sightings of promises, and the history of a recommendation, to its promise ledger."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from closeout.followup.history import Axis, state_on
from closeout.followup.promises import Fulfilment, Ledger, LedgerLine, Outcome, Sighting, newness
from closeout.followup.statuses import is_closed, is_open
from closeout.reading.fold import fold_key
from closeout.reading.model import AuditorStatus, PromiseKind
from closeout.reading.speakers import one_speaker_each

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from closeout.followup.history import Event, State
    from closeout.reading.dates import FuzzyDate
    from closeout.reading.model import DocumentReading
    from closeout.reading.register import RegisterEntry


def ledger(
    sightings: Iterable[Sighting],
    events: Iterable[Event],
    *,
    as_of: date,
    fulfilments: Iterable[Fulfilment] = (),
) -> Ledger:
    """Return the promises about one recommendation and what became of them, as of a day.

    The same promise seen in several documents is one line. A later completion promise of the
    same respondent replaces the one before it, whether or not that one's day had come; a
    milestone is replaced only by one for the same thing. A completion is kept when the auditor
    had closed the recommendation as implemented by its last day, and missed when the auditor's
    last word by then was an open status; where the auditor said nothing, it is unknown.

    Args:
        sightings: Every place a promise was read, in any order.
        events: The recommendation's history.
        as_of: The day to judge on; what was said later is left out.
        fulfilments: Starts, drafts and milestones that are known to have happened.

    """
    history, done = tuple(events), tuple(fulfilments)
    known = [each for each in sightings if each.said_on is None or each.said_on.earliest <= as_of]
    drawn = sorted(_lines(known), key=lambda item: _order(item[0]))
    lines, subjects = [line for line, _ in drawn], [subject for _, subject in drawn]
    judged = [
        _judged(replace(line, superseded_by=_successor(index, lines, subjects)), lines, history, done, as_of)
        for index, line in enumerate(lines)
    ]
    found = Ledger(as_of, tuple(judged))
    newest = found.standing_completion
    is_late = newest is not None and newest.due.latest < as_of
    if is_late and is_open(state_on(history, as_of).auditor_status):
        return replace(found, overdue=newest)
    return found


def sightings_of(entry: RegisterEntry, readings: Sequence[DocumentReading]) -> tuple[Sighting, ...]:
    """Return every place where a document tells of a promise about one recommendation.

    Where the prose does not say when something was promised, the date of the page or of the
    report is taken: it was said by then.
    """
    found: list[Sighting] = []
    for document, number in entry.records:
        reading = readings[document]
        dated = reading.as_of or reading.report_date
        found.extend(
            Sighting(promise, reading.document.sha256, promise.said_on or dated, reading.is_secondary)
            for promise in reading.records[number].promises
        )
    return tuple(found)


def _lines(sightings: Sequence[Sighting]) -> Iterator[tuple[LedgerLine, tuple[str, str, str]]]:
    """Yield each promise once, with its subject: its kind, its respondent, and which step it is.

    A sighting that names no respondent is the only one's, where there is but one.
    """
    spoken = one_speaker_each(each.promise.by for each in sightings)
    named = {name for name in spoken.values() if name}
    only = min(named) if len(named) == 1 else ""
    same: defaultdict[tuple[str, str, str, str], list[Sighting]] = defaultdict(list)
    for each in sightings:
        promise = each.promise
        target = _target(promise.kind, promise.share, promise.what)
        same[promise.kind, spoken[promise.by] or only, target, promise.due.edtf].append(each)
    for (kind, by, target, _), seen in same.items():
        names = [name for name, meant in spoken.items() if meant == by]
        yield _line(max(names, key=lambda name: (len(name), name), default=""), seen), (kind, by, target)


def _target(kind: PromiseKind, share: float | None, what: str) -> str:
    if kind is not PromiseKind.MILESTONE:
        return ""
    return f"{share:.4f}" if share is not None else fold_key(what)


def _line(by: str, same: Sequence[Sighting]) -> LedgerLine:
    ordered = tuple(sorted(same, key=_sighting_order))
    first = ordered[0].promise
    first_hand = [each for each in ordered if not each.is_second_hand]
    said = [each.said_on for each in first_hand or ordered if each.said_on is not None]
    return LedgerLine(
        kind=first.kind,
        by=by,
        due=first.due,
        what=first.what,
        share=first.share,
        said_on=min(said, key=_day_order, default=None),
        sightings=ordered,
    )


def _sighting_order(each: Sighting) -> tuple[object, ...]:
    said = each.said_on.latest.toordinal() if each.said_on else 0
    span = each.span
    return (
        each.is_second_hand,
        said,
        each.source,
        span.start,
        span.end,
        each.promise.printed,
        each.promise.by,
    )


def _day_order(day: FuzzyDate) -> tuple[int, int, str]:
    return (day.latest.toordinal(), day.earliest.toordinal(), day.edtf)


def _order(line: LedgerLine) -> tuple[object, ...]:
    return (*newness(line), line.kind.value, _target(line.kind, line.share, line.what))


def _last_said(line: LedgerLine) -> FuzzyDate | None:
    """Return when a promise was last made anew: only the prose's own date can tell that."""
    anew = [
        each.promise.said_on
        for each in line.sightings
        if each.promise.said_on is not None and not each.is_second_hand
    ]
    return max([*anew, *([line.said_on] if line.said_on else [])], key=_day_order, default=None)


def _successor(
    index: int, lines: Sequence[LedgerLine], subjects: Sequence[tuple[str, str, str]]
) -> int | None:
    """Return the place of the next promise that replaces one, or None while it stands.

    It is of the same kind, by the same respondent, for the same thing: of the same subject.
    """
    line = lines[index]
    if line.is_second_hand:
        return None
    later = [
        (_day_order(said), other)
        for other, each in enumerate(lines)
        if other != index and subjects[other] == subjects[index] and (said := _replaces(each, line))
    ]
    return min(later)[1] if later else None


def _replaces(later: LedgerLine, line: LedgerLine) -> FuzzyDate | None:
    """Return when `later` was said, if it is known to come after `line`."""
    if later.is_second_hand:
        return None
    before, after = _last_said(line), _last_said(later)
    return after if before and after and after.earliest > before.latest else None


def _judged(
    line: LedgerLine,
    lines: Sequence[LedgerLine],
    history: Sequence[Event],
    done: Sequence[Fulfilment],
    as_of: date,
) -> LedgerLine:
    now = state_on(history, as_of)
    if line.kind is PromiseKind.COMPLETION:
        outcome, on = _completion_outcome(line.due.latest, history, now)
    else:
        outcome, on = _other_outcome(line, history, done, now)
    moved = None
    if line.superseded_by is not None:
        moved = (lines[line.superseded_by].due.latest - line.due.latest).days
    slip = None
    if outcome is Outcome.MISSED or on is not None:
        slip = ((on or as_of) - line.due.latest).days
    return replace(line, outcome=outcome, slip_days=slip, moved_days=moved)


def _completion_outcome(last_day: date, history: Sequence[Event], now: State) -> tuple[Outcome, date | None]:
    """Return what became of a completion promise, and the day it was completed where known."""
    then = state_on(history, min(last_day, now.as_of))
    if then.auditor_status is AuditorStatus.CLOSED_IMPLEMENTED:
        return Outcome.KEPT, _day(then)
    if is_closed(then.auditor_status):
        return Outcome.UNKNOWN, None
    if now.as_of <= last_day:
        return Outcome.OPEN, None
    if is_open(then.auditor_status) or _was_open_after(last_day, history, now.as_of):
        may_be_in_time = _may_have_closed_by(last_day, history)
        closed_on = _day(now) if now.auditor_status is AuditorStatus.CLOSED_IMPLEMENTED else None
        return (Outcome.UNKNOWN, None) if may_be_in_time else (Outcome.MISSED, closed_on)
    return Outcome.UNKNOWN, None


def _was_open_after(last_day: date, history: Sequence[Event], as_of: date) -> bool:
    return any(
        event.axis is Axis.AUDITOR
        and is_open(AuditorStatus(event.value))
        and event.on is not None
        and last_day < event.on.earliest
        and event.on.latest <= as_of
        for event in history
    )


def _may_have_closed_by(last_day: date, history: Sequence[Event]) -> bool:
    """Say whether a closing, dated too vaguely to tell, may have come by the promised day."""
    return any(
        event.axis is Axis.AUDITOR
        and event.value == AuditorStatus.CLOSED_IMPLEMENTED
        and event.on is not None
        and event.on.earliest <= last_day < event.on.latest
        for event in history
    )


def _other_outcome(
    line: LedgerLine, history: Sequence[Event], done: Sequence[Fulfilment], now: State
) -> tuple[Outcome, date | None]:
    last_day = line.due.latest
    days = [each.on for each in done if _meets(each, line) and each.on.latest <= now.as_of]
    first = min(days, key=_day_order, default=None)
    if first is not None and first.latest <= last_day:
        return Outcome.KEPT, first.latest
    if first is not None and first.earliest > last_day:
        return Outcome.MISSED, first.latest
    then = state_on(history, min(last_day, now.as_of))
    if then.auditor_status is AuditorStatus.CLOSED_IMPLEMENTED:
        return Outcome.KEPT, _day(then)
    return (Outcome.OPEN if now.as_of <= last_day else Outcome.UNKNOWN), None


def _meets(fulfilment: Fulfilment, line: LedgerLine) -> bool:
    same_words = not fulfilment.what or fold_key(fulfilment.what) == fold_key(line.what)
    return fulfilment.kind is line.kind and same_words


def _day(state: State) -> date | None:
    event = state.auditor.event if state.auditor else None
    return event.on.latest if event and event.on else None
