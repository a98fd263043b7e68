"""The state of a recommendation on any past day, folded from events that are only ever added.

Three axes are kept apart: what the auditor prints, what the agency says of its own progress,
and, only while the auditor has printed nothing, how the system reads the prose.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from closeout.followup.statuses import Progress, is_closed
from closeout.reading.model import AuditorStatus, Position

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from closeout.reading.dates import FuzzyDate


class Axis(StrEnum):
    """What an event speaks of."""

    AUDITOR = "auditor"
    PROGRESS = "progress"
    READING = "reading"
    POSITION = "position"
    PRIORITY = "priority"
    LISTING = "listing"
    """Whether the auditor's own list still shows it: `listed` or `missing`."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing said of a recommendation, never changed afterwards.

    Attributes:
        key: A name that no other event of the recommendation has; it breaks ties.
        axis: What it speaks of.
        value: In normal form: of `AuditorStatus`, `Progress`, `Position`, or a word.
        on: When it held; None when nothing tells. It counts from the last day this can mean.
        printed: The words, where there are any.
        by: Who says it.
        confidence: Of a reading, 0-1.
        corrects: Key of an earlier event that this one replaces wholly.

    """

    key: str
    axis: Axis
    value: str
    on: FuzzyDate | None = None
    printed: str = ""
    by: str = ""
    confidence: float | None = None
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """What one axis says on a day, and the event that says so.

    `is_contested` is True when events of one day say different things.
    """

    value: str
    event: Event
    is_contested: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """A recommendation on one day. Each axis is None while nothing is known on it."""

    as_of: date
    auditor: Standing | None = None
    progress: Standing | None = None
    reading: Standing | None = None
    position: Standing | None = None
    is_priority: bool = False
    is_missing: bool = False

    @property
    def auditor_status(self) -> AuditorStatus | None:
        """Return what the auditor printed, or None."""
        return AuditorStatus(self.auditor.value) if self.auditor else None

    @property
    def reads_as(self) -> AuditorStatus | None:
        """Return the system's reading; None as soon as the auditor has printed a status."""
        return AuditorStatus(self.reading.value) if self.reading and not self.auditor else None

    @property
    def agency_progress(self) -> Progress | None:
        """Return how far the agency says it is, or None."""
        return Progress(self.progress.value) if self.progress else None

    @property
    def agency_position(self) -> Position | None:
        """Return what the respondent says, or None."""
        return Position(self.position.value) if self.position else None

    @property
    def is_closed(self) -> bool:
        """Say whether the auditor's own word closed it; no other axis can."""
        return is_closed(self.auditor_status)


def state_on(events: Iterable[Event], day: date) -> State:
    """Return the state on a day.

    Events count from the last day they can mean; undated ones count as oldest. Where events of
    one day disagree on a status, an open one wins over a closed one: nothing is closed on a
    doubt. Later events make no difference to an earlier day.

    Args:
        events: All events of one recommendation, in any order.
        day: The day asked about.

    """
    known = [event for event in events if event.on is None or event.on.latest <= day]
    corrected = {event.corrects for event in known}
    standing = [event for event in known if event.key not in corrected]
    return State(
        as_of=day,
        auditor=_standing(standing, Axis.AUDITOR),
        progress=_standing(standing, Axis.PROGRESS),
        reading=_standing(standing, Axis.READING),
        position=_standing(standing, Axis.POSITION),
        is_priority=_says(standing, Axis.PRIORITY, "yes"),
        is_missing=_says(standing, Axis.LISTING, "missing"),
    )


def timeline(events: Iterable[Event]) -> tuple[Event, ...]:
    """Return the events in the order in which they count, the undated first."""
    return tuple(sorted(events, key=_order))


def change_days(events: Iterable[Event]) -> tuple[date, ...]:
    """Return the days on which the state may change, in order."""
    return tuple(sorted({event.on.latest for event in events if event.on is not None}))


def _order(event: Event) -> tuple[int, int, str]:
    if event.on is None:
        return (0, 0, event.key)
    return (event.on.latest.toordinal(), event.on.earliest.toordinal(), event.key)


def _standing(events: Sequence[Event], axis: Axis) -> Standing | None:
    spoken = [event for event in events if event.axis is axis]
    if not spoken:
        return None
    newest = max(_moment(event) for event in spoken)
    last = [event for event in spoken if _moment(event) == newest]
    is_contested = len({event.value for event in last}) > 1
    open_first = [event for event in last if not _closes(event)] or last
    event = max(open_first, key=_order)
    return Standing(event.value, event, is_contested)


def _moment(event: Event) -> int:
    return event.on.latest.toordinal() if event.on else 0


def _closes(event: Event) -> bool:
    return event.axis in {Axis.AUDITOR, Axis.READING} and is_closed(AuditorStatus(event.value))


def _says(events: Sequence[Event], axis: Axis, value: str) -> bool:
    standing = _standing(events, axis)
    return standing is not None and standing.value == value
