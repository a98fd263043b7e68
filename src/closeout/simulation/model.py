"""An office as the simulation sees it: duties, officers, and how the work is shared.

Minutes are minutes, days are days counted from the first day simulated, shares lie between 0 and 1.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import IntEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from closeout.simulation.telling import told_no_hours, wrong_names

if TYPE_CHECKING:
    from collections.abc import Mapping

ALL = ""
"""Stands for every docket."""
_LONGEST_DAYS = 3_700
_DAY_MINUTES = 1_440
_SLACK = 1e-9


class ModelError(ValueError):
    """An office cannot be simulated; the message names what is wrong and what to do."""


class Comes(IntEnum):
    """How a duty comes to be owed."""

    FIXED = 0
    """By the calendar: each interval after the last due date, done or not (a check-in)."""
    ROLLING = 1
    """An interval after it was last done (a file review)."""
    ARISES = 2
    """At random, as a Poisson stream (a new case, an inquiry, a hearing)."""
    FOLLOWS = 3
    """Set off by another duty's end, with a probability (an exception after a no-show)."""


class Law(IntEnum):
    """How the minutes of one duty vary from task to task."""

    SAME = 0
    EXPONENTIAL = 1
    LOGNORMAL = 2
    GAMMA = 3


@dataclass(frozen=True, slots=True)
class Duty:
    """One kind of duty: when it comes, how long there is, how long it takes.

    Raises:
        ModelError: A figure is negative or makes no sense.

    """

    code: str
    minutes: float
    """Mean minutes a task, for an officer of ordinary speed."""
    comes: Comes
    title: str = ""
    activity: str = ""
    """The activity of the time study that the minutes are of."""
    cv: float = 0.8
    """Coefficient of variation of the minutes from task to task."""
    law: Law = Law.LOGNORMAL
    interval_days: float = 365.0
    """FIXED and ROLLING: from one due date to the next."""
    intervals: Mapping[str, float] = field(default_factory=dict)
    """The same by docket, where a docket has its own."""
    jitter_days: float = 0.0
    """FIXED and ROLLING: a due date lies up to so many days before or after."""
    lead_days: int = 0
    """FIXED and ROLLING: how long before the due date it may be done."""
    window_days: int = 0
    """How long after the due date (FIXED, ROLLING) or after it arose (others) it is still on time."""
    is_business: bool = False
    """The window counts the days on which the office is open."""
    is_set: bool = False
    """FIXED and ROLLING: somebody sets the date, so it moves to the next day the office is open."""
    moves_with: str = ""
    """The duty whose interval this one shares, as a reminder shares the check-in's."""
    per_case: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({ALL: 1.0}))
    """By docket, `""` for every other. FIXED, ROLLING: share of cases in scope. ARISES: tasks a case-year."""
    a_year: float = 0.0
    """Of the office and not of a case. ARISES: tasks a year. FIXED and ROLLING: subjects."""
    per_officer: float = 0.0
    """ARISES: tasks an officer-year that are an officer's own, as a training; none of posts without hours."""
    is_office: bool = False
    """Led by nobody: whoever is free does it, of all who cover cases or of the roles in `done_by`."""
    done_by: Mapping[str, float] = field(default_factory=dict)
    """Shares of the tasks by role, 1 in all, of what nobody leads; empty: whoever is free."""
    after: str = ""
    """FOLLOWS: the duty that sets it off."""
    probability: float = 1.0
    delay_days: int = 0
    """FOLLOWS: 0 opens it at once, otherwise that many days later."""
    answer_minutes: float = 0.0
    """Begun within so many minutes counts as answered (a window's service level)."""

    def __post_init__(self) -> None:
        figures = (
            self.cv,
            self.jitter_days,
            self.lead_days,
            self.window_days,
            self.a_year,
            self.per_officer,
            self.delay_days,
        )
        if not self.minutes > 0 or self.minutes > _DAY_MINUTES * 30:
            msg = f"{self.code}: {self.minutes} minutes a task; give more than 0 and at most 30 days' worth"
            raise ModelError(msg)
        if min(*figures, self.answer_minutes) < 0:
            msg = f"{self.code}: no figure may be below 0"
            raise ModelError(msg)
        if self.done_by and (not self.is_office or abs(sum(self.done_by.values()) - 1) > _SLACK):
            msg = f"{self.code}: shares by role are of what nobody leads, and come to 1"
            raise ModelError(msg)
        self._check_recurrence()

    def _check_recurrence(self) -> None:
        for days in (self.interval_days, *self.intervals.values()):
            if not 1 <= days <= _LONGEST_DAYS:
                msg = f"{self.code}: an interval of {days:g} days; give 1 to {_LONGEST_DAYS}"
                raise ModelError(msg)
        if max(self.lead_days, self.window_days, self.delay_days) > _LONGEST_DAYS:
            msg = f"{self.code}: lead, window and delay may be at most {_LONGEST_DAYS} days"
            raise ModelError(msg)
        is_recurring = self.comes in {Comes.FIXED, Comes.ROLLING}
        if not 0 <= self.probability <= 1 or (is_recurring and max(self.per_case.values(), default=0) > 1):
            msg = f"{self.code}: a share or probability must lie between 0 and 1"
            raise ModelError(msg)
        if min(self.per_case.values(), default=0) < 0:
            msg = f"{self.code}: no rate may be below 0"
            raise ModelError(msg)
        if (self.comes is Comes.FOLLOWS) != bool(self.after):
            msg = (
                f"{self.code}: `after` names the duty that sets it off, for duties that follow and no others"
            )
            raise ModelError(msg)

    def rate(self, docket: str) -> float:
        """Return the share or rate of one docket."""
        return self.per_case.get(docket, self.per_case.get(ALL, 0.0))

    def interval_of(self, docket: str) -> float:
        """Return the days from one due date to the next in a docket."""
        return self.intervals.get(docket, self.interval_days)


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which an officer has no hours for cases here, both days included."""

    from_on: date
    to_on: date
    why: str = "absent"
    """`absent`, `detailed`, `vacant`, `escort`: for the account of hours."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Minutes a working day that another task takes, such as the window or a collateral duty."""

    minutes: float
    from_on: date
    to_on: date
    why: str = "collateral"


@dataclass(frozen=True, slots=True)
class Officer:
    """A post and its hours. Stands for whoever holds the number; nothing about a person is in it."""

    officer_no: str
    minutes_a_day: float = 480.0
    """Paid minutes on a working day."""
    cases: Mapping[str, int] = field(default_factory=dict)
    """Open cases led, by docket."""
    away: tuple[Away, ...] = ()
    taken: tuple[Taken, ...] = ()
    ramp: tuple[float, ...] = ()
    """A learner's share of full output in each month since `ramp_from`; full after the last."""
    ramp_from: date | None = None
    lead_days: float | None = None
    """A post to be filled: mean days from `start_on` until somebody arrives; the ramp begins then."""
    lead_cv: float = 0.0
    """Coefficient of variation of that time."""
    role: str = ""
    """Does what `Duty.done_by` gives this role."""
    is_covering: bool = True
    """One of those who lead cases: covers colleagues, and does what no role does."""
    support_share: float | None = None
    """Of this post; the office's if None."""

    def __post_init__(self) -> None:
        if not 0 <= self.minutes_a_day <= _DAY_MINUTES:
            msg = f"officer {self.officer_no}: {self.minutes_a_day:g} minutes a day; give 0 to {_DAY_MINUTES}"
            raise ModelError(msg)
        if min(self.cases.values(), default=0) < 0:
            msg = f"officer {self.officer_no}: a number of cases below 0"
            raise ModelError(msg)
        if min((one.minutes for one in self.taken), default=0) < 0:
            msg = f"officer {self.officer_no}: minutes taken by another task are below 0"
            raise ModelError(msg)

    @property
    def caseload(self) -> int:
        """Open cases led, of every docket."""
        return sum(self.cases.values())


@dataclass(frozen=True, slots=True)
class Overtime:
    """Hours beyond the day, used only for tasks that are due or overdue."""

    minutes_a_day: float = 0.0
    minutes_a_year: float = 0.0

    def __post_init__(self) -> None:
        if not 0 <= self.minutes_a_day <= _DAY_MINUTES or self.minutes_a_year < 0:
            msg = "overtime is at least 0 and at most a day's 1,440 minutes"
            raise ModelError(msg)


@dataclass(frozen=True, slots=True)
class Sickness:
    """Unforeseen absence: on how many spells a year an officer falls ill, and for how many working days."""

    spells_a_year: float = 0.0
    mean_days: float = 3.0

    def __post_init__(self) -> None:
        if self.spells_a_year < 0 or self.mean_days < 1:
            msg = "sickness: spells a year at least 0, mean days at least 1"
            raise ModelError(msg)


@dataclass(frozen=True, slots=True)
class Escorts:
    """Trips that take officers away for whole days."""

    trips_a_year: float = 0.0
    officers: int = 2
    days: int = 2

    def __post_init__(self) -> None:
        if self.trips_a_year < 0 or self.officers < 0 or self.days < 0:
            msg = "escorts: trips, officers and days are at least 0"
            raise ModelError(msg)


@dataclass(frozen=True, slots=True)
class Overdue:
    """Tasks that are overdue on the first day counted, alike in everything said here."""

    duty: str
    officer_no: str = ""
    """Who does them; whoever is free if empty or not of the office."""
    days: int = 1
    """Days since the last day on which they were on time."""
    count: int = 1

    def __post_init__(self) -> None:
        if self.days < 1 or self.count < 0:
            msg = f"{self.duty}: what is overdue is so by at least a day, and its number is at least 0"
            raise ModelError(msg)


@dataclass(frozen=True, slots=True)
class OfficeModel:
    """Everything one office's year is simulated from.

    Raises:
        ModelError: There are no officers, no duties or no hours, a name stands twice, or support takes
            all the time.

    """

    office_id: str
    officers: tuple[Officer, ...]
    duties: tuple[Duty, ...]
    start_on: date
    days: int = 365
    warm_up_days: int = 60
    """Simulated before `start_on` and not counted, so that the year does not begin with empty desks."""
    support_share: float = 0.0
    """Share of each day that goes into work that is no case and no named duty."""
    stock: Mapping[str, float] = field(default_factory=dict)
    """Minutes a month that an open case takes beside its duties, by docket; of whoever leads it."""
    has_cover: bool = True
    """Colleagues do what falls due while an officer is away."""
    shared_days: int | None = None
    """A task not begun so many days before its due date may be done by whoever is free; None: only cover."""
    open_minutes: float = 480.0
    """Length of the day over which what arises comes in."""
    is_always_open: bool = False
    """Open on weekends and holidays too."""
    holidays: frozenset[date] = frozenset()
    overtime: Overtime = Overtime()
    sickness: Sickness = Sickness()
    escorts: Escorts = Escorts()
    attrition_a_year: float = 0.0
    """Share of the officers who leave within a year, each at any time alike, and are not replaced."""
    officer_spread: float = 0.0
    """Standard deviation of the log of how much longer or shorter an officer takes; mean 1."""
    backlog: tuple[Overdue, ...] | None = None
    """What is overdue on `start_on`: takes the place of what the warm-up leaves overdue. None: that stays."""
    notes: tuple[str, ...] = ()
    """What was left out or assumed when the model was made."""

    def __post_init__(self) -> None:
        if not self.officers:
            msg = f"office {self.office_id} has no officers; add officers or leave it out"
            raise ModelError(msg)
        if not self.duties:
            msg = f"office {self.office_id} has no duties with minutes; measure or estimate weights first"
            raise ModelError(msg)
        if not (1 <= self.days <= _LONGEST_DAYS and 0 <= self.warm_up_days <= _LONGEST_DAYS):
            msg = f"days must be 1 to {_LONGEST_DAYS} and warm-up 0 to {_LONGEST_DAYS}"
            raise ModelError(msg)
        if not any(one.minutes_a_day for one in self.officers):
            raise ModelError(told_no_hours(self.office_id, self.officers))
        self._check_shares()
        self._check_names()

    def _check_shares(self) -> None:
        if self.shared_days is not None and not 0 <= self.shared_days <= _LONGEST_DAYS:
            msg = f"office {self.office_id}: tasks are shared 0 or more days before they are due"
            raise ModelError(msg)
        if min(self.stock.values(), default=0) < 0:
            msg = f"office {self.office_id}: minutes of work on open cases are below 0"
            raise ModelError(msg)
        if not 0 <= self.attrition_a_year < 1:
            msg = (
                f"attrition of {self.attrition_a_year:.0%} a year; give a share of at least 0 and below 100 %"
            )
            raise ModelError(msg)
        if not 0 <= self.support_share < 1:
            msg = f"support of {self.support_share:.0%} leaves no time for cases; give a share below 100 %"
            raise ModelError(msg)

    def _check_names(self) -> None:
        if wrong := wrong_names(self):
            msg = f"office {self.office_id}: {wrong}"
            raise ModelError(msg)
        longest = max(one.minutes_a_day for one in self.officers) + self.overtime.minutes_a_day
        if self.overtime.minutes_a_day and longest > _DAY_MINUTES:
            msg = f"office {self.office_id}: hours and overtime are more than a day has"
            raise ModelError(msg)
        if not 0 < self.open_minutes <= _DAY_MINUTES or self.officer_spread < 0:
            msg = "the open day has more than 0 and at most 1,440 minutes; the officers' spread is at least 0"
            raise ModelError(msg)

    @property
    def first_day(self) -> date:
        """The day on which the warm-up begins."""
        return self.start_on - timedelta(days=self.warm_up_days)

    @property
    def horizon(self) -> int:
        """Days simulated, warm-up included."""
        return self.days + self.warm_up_days

    @property
    def cases(self) -> int:
        """Open cases of all officers."""
        return sum(one.caseload for one in self.officers)

    def with_caseload(self, cases: float) -> OfficeModel:
        """Return the office with so many cases on average for each officer who leads any now.

        Each officer's and docket's number is scaled alike and rounded to the nearest case.

        Raises:
            ModelError: Nobody leads a case, so there is no mix to scale, or the caseload is below 0.

        """
        leading = [one for one in self.officers if one.caseload]
        if cases < 0 or not leading:
            msg = (
                f"office {self.office_id}: no caseload to scale" if cases >= 0 else "a caseload is at least 0"
            )
            raise ModelError(msg)
        factor = cases * len(leading) / self.cases
        changed = tuple(
            replace(one, cases={docket: round(n * factor) for docket, n in one.cases.items()})
            for one in self.officers
        )
        return replace(self, officers=changed)
