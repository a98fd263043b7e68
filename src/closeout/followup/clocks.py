"""When what a rule asks for is due, whether it was done in time, and how late it is."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from closeout.followup.clock_rules import RULES, CalendarRule, ClockRule, EventKind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from closeout.reading.dates import FuzzyDate


class ClockState(StrEnum):
    """What a clock says on a day."""

    RUNNING = "running"
    MAYBE_OVERDUE = "maybe-overdue"
    """The day it is due is not known exactly, and some of the days it can be have passed."""
    OVERDUE = "overdue"
    MET = "met"
    MET_MAYBE_LATE = "met-maybe-late"
    MET_LATE = "met-late"


@dataclass(frozen=True, slots=True)
class ClockEvent:
    """Something that happened to a recommendation or its report, as precisely as it is known."""

    kind: EventKind
    on: FuzzyDate


@dataclass(frozen=True, slots=True)
class Clock:
    """A rule at work on one recommendation, as of a day.

    Attributes:
        rule: The rule.
        started: The event that started it.
        due: The first and last day it can be due; it is on time on the due day.
        met_on: When it was discharged; None when not by the as-of day.
        as_of: The day it is judged on.
        state: What it says on that day.

    """

    rule: ClockRule
    started: FuzzyDate
    due: tuple[date, date]
    met_on: FuzzyDate | None
    as_of: date
    state: ClockState

    @property
    def days_left(self) -> int:
        """Return the calendar days to the last day it can be due: negative when late, 0 on the day.

        Counted from the day it was met, or from the as-of day while it is not.
        """
        until = self.met_on.latest if self.met_on else self.as_of
        return (self.due[1] - until).days

    @property
    def days_late(self) -> int:
        """Return the calendar days it was or is late, 0 or more."""
        return max(0, -self.days_left)


def add(day: date, amount: int, unit: Unit) -> date:
    """Return a day so many calendar days, months or years later.

    A month or year that has no such day ends on its last: August 31 and six months is the last
    of February, February 29 and one year is February 28.
    """
    return day + relativedelta(**{unit.value: amount})  # type: ignore[arg-type]


def clocks(
    events: Iterable[ClockEvent], *, issuer: str, as_of: date, rules: Sequence[ClockRule] = RULES
) -> tuple[Clock, ...]:
    """Return the clocks that run or ran for one recommendation, as of a day.

    Args:
        events: What happened to it and to its report, in any order.
        issuer: Key of its report's issuer (`gao`, `dhs-oig`).
        as_of: The day to judge on; later events are not known yet.
        rules: The rules to apply.

    Returns:
        One clock a rule whose start event is known, by the day it is due, then by code.

    """
    known = [event for event in events if event.on.earliest <= as_of]
    running = [
        _clock(rule, started, known, as_of)
        for rule in rules
        if rule.holds_for(issuer)
        for started in [_start(rule, known)]
        if started is not None
    ]
    return tuple(sorted(running, key=lambda clock: (clock.due[1], clock.rule.code)))


def _start(rule: ClockRule, known: Sequence[ClockEvent]) -> FuzzyDate | None:
    """Return the first start event that the rule holds for."""
    starts = [
        event.on
        for event in known
        if event.kind is rule.starts
        and (rule.since is None or event.on.latest >= rule.since)
        and (rule.until is None or event.on.latest <= rule.until)
    ]
    return min(starts, key=_day_order, default=None)


def _clock(rule: ClockRule, started: FuzzyDate, known: Sequence[ClockEvent], as_of: date) -> Clock:
    due = (add(started.earliest, rule.amount, rule.unit), add(started.latest, rule.amount, rule.unit))
    met = [event.on for event in known if event.kind in rule.met_by and event.on.latest >= started.earliest]
    met_on = min(met, key=_day_order, default=None)
    return Clock(rule, started, due, met_on, as_of, _state(due, met_on, as_of))


def _state(due: tuple[date, date], met_on: FuzzyDate | None, as_of: date) -> ClockState:
    if met_on is None:
        if as_of > due[1]:
            return ClockState.OVERDUE
        return ClockState.MAYBE_OVERDUE if as_of > due[0] else ClockState.RUNNING
    if met_on.latest <= due[0]:
        return ClockState.MET
    return ClockState.MET_LATE if met_on.earliest > due[1] else ClockState.MET_MAYBE_LATE


def _day_order(day: FuzzyDate) -> tuple[date, date, str]:
    return (day.latest, day.earliest, day.edtf)


@dataclass(frozen=True, slots=True)
class Period:
    """A reporting period, its first and last day, and the day its report is due."""

    first: date
    last: date
    due: date


def periods(rule: CalendarRule, *, since: date, until: date) -> tuple[Period, ...]:
    """Return the reporting periods that end from one day to another, both included, in order."""
    ends = sorted(
        (date(year, *end), date(year, *due))
        for year in range(since.year - 1, until.year + 1)
        for end, due in rule.periods
    )
    found = []
    for (before, _), (last, due) in itertools.pairwise(ends):
        if since <= last <= until:
            found.append(Period(before + relativedelta(days=1), last, due))
    return tuple(found)
