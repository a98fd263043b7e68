"""A clause of a rule as plain values: what a pack says, before it is compiled.

Three shapes cover every rule:

`on`      rows that carry their own due date (a scheduled check-in)
`every`   a subject and its last done event (review each case file every 12 months)
`within`  a trigger (notify a complaint within 48 hours)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path


class Shape(StrEnum):
    """How a clause says when something is due."""

    ON = "on"
    EVERY = "every"
    WITHIN = "within"


class State(StrEnum):
    """Where one instance of a duty stands on the as-of date. Each instance is in exactly one."""

    UPCOMING = "upcoming"
    DUE = "due"
    DONE = "done"
    DONE_LATE = "done_late"
    OVERDUE = "overdue"
    EXCUSED = "excused"
    ON_HOLD = "on_hold"
    NO_BASIS = "no_basis"


OPEN_STATES = (State.UPCOMING, State.DUE, State.OVERDUE, State.ON_HOLD)
CLOSED_STATES = (State.DONE, State.DONE_LATE, State.EXCUSED)


class DayKind(StrEnum):
    """Which days a period counts."""

    CALENDAR = "calendar"
    WEEKDAY = "weekday"
    BUSINESS = "business"


@dataclass(frozen=True, slots=True)
class Period:
    """A length of time: ISO 8601, plus which days it counts. Months are kept as months.

    `P2Y` is 24 months, `P1W` 7 days. `P1M` from 31 January ends on the last day of February. Hours are
    only used with instants. Weekday and business periods hold days or hours, never months.
    """

    months: int = 0
    days: int = 0
    hours: int = 0
    counts: DayKind = DayKind.CALENDAR


@dataclass(frozen=True, slots=True)
class Text:
    """An expression as written in the pack, with where it stands."""

    sql: str
    path: Path
    line: int


class Cycle(StrEnum):
    """The calendar a fixed `every` follows: one instance per period."""

    MONTH = "month"
    QUARTER = "quarter"
    CALENDAR_YEAR = "calendar_year"
    FISCAL_QUARTER = "fiscal_quarter"
    FISCAL_YEAR = "fiscal_year"


@dataclass(frozen=True, slots=True)
class Basis:
    """What a version of the rule rests on.

    `policy` and `clause` name it; `citation` is a public source; `is_made_up` marks a parameter that no
    public text gives.
    """

    policy: str
    clause: str
    citation: str = ""
    is_made_up: bool = False


@dataclass(frozen=True, slots=True)
class Version:
    """What the rule said while it was in force.

    An instance is governed by the version in force on the day it opens. A later version takes an
    instance over that is still open when it comes into force only if it says so; the due date is then
    worked out by the later version, but is never before the day that version came into force.
    """

    basis: Basis
    in_force_from: date
    in_force_to: date | None = None
    """The last day; None while in force."""
    period: Period = field(default_factory=Period)
    """`every`: the interval. `within`: how long. `on`: added to the row's own due date (usually nothing)."""
    first: Period | None = None
    """`every`: from the start to the first due date; the interval if None."""
    grace: Period = field(default_factory=Period)
    """Delays overdue, not due. Added to the due date."""
    lead: Period = field(default_factory=Period)
    """An instance is `upcoming` until due date minus lead, then `due`."""
    response: Period = field(default_factory=Period)
    """Delays any consequence for a person (an answer may come): kept on the instance, moves no date."""
    takes_over_open: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """The event that discharges an instance.

    `column` is a date or an instant in `table`; `match` names the column of `table` that holds the
    subject's key (`subject`: the column of the owing table it is compared with). `table` may be the
    owing table itself: then the row's own column discharges it. `where` narrows the events.
    """

    table: str
    column: str
    match: str = ""
    subject: str = ""
    where: Text | None = None
    year: str = ""
    """For fixed cycles: the column that says which year the event is for; the event's date if empty."""
    period: str = ""
    """For fixed cycles: the column with a day in the period the event is for; the event's date if empty."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One rule about who owes what."""

    duty: str
    title: str
    section: str
    shape: Shape
    owes: str
    """The table whose rows are the subjects, the triggers, or carry the due date."""
    versions: tuple[Version, ...]
    done: Done
    when: Text | None = None
    """Which rows of `owes`."""
    starts: Text | None = None
    """`every`: where the first interval counts from. `within`: the trigger. Not used by `on`."""
    opened: Text | None = None
    """`on`: the day the instance came to be, which decides the rule's version; the due date if None."""
    due: Text | None = None
    """`on`: the due date."""
    ends: Text | None = None
    """The day after which the subject owes no more (a case closed, an agreement ended)."""
    excused: Text | None = None
    """Rows of `owes` whose instance ends as excused (`every`: done events; see `excused_reason`)."""
    excused_on: Text | None = None
    """The day it was excused; the done date or the due date if None."""
    excused_reason: str = "service_issue"
    cycle: Cycle | None = None
    """`every` in fixed mode; None is rolling."""
    holds: tuple[str, ...] = ()
    """Kinds of hold of the case that stop the clock."""
    case: str = ""
    """The column of `owes` with the case number; empty for duties that are not about a case."""
    office: Text | None = None
    """The office, as an expression over `owes`; for a case the office that holds or held it."""
    officer: Text | None = None
    """The officer; for a case whoever leads or led it."""
    minutes: str = ""
    """The activity it takes time from, in the time study."""
    path: Path | None = None
    line: int = 0

    @property
    def is_opening_known(self) -> bool:
        """Say whether the records tell when an instance came to be.

        Where they hold its due date alone, that day chooses the rule's version and nothing opened on it: the
        reminder of a check-in is sent, and so done, before.
        """
        return self.shape is not Shape.ON or self.opened is not None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A duty whose clause is at fault, and which is therefore not in the pack.

    Attributes:
        duty: Its code.
        section: As the clause has it; empty where it has none.

    """

    duty: str
    section: str


@dataclass(frozen=True, slots=True)
class Pack:
    """An agency's rules."""

    name: str
    title: str
    clauses: tuple[Clause, ...]
    holidays: str = "US"
    """The country whose public holidays are no business days."""
    digest: str = ""
    """SHA-256 over the pack's files."""
    policies: Mapping[str, str] = field(default_factory=dict)
    """The title of each policy that a version rests on, by its code."""
    left_out: tuple[LeftOut, ...] = ()
    """The duties left out for their faults; none of a pack that `load_pack` gives."""

    def clause(self, duty: str) -> Clause:
        """Return the clause of a duty; KeyError where there is none."""
        return next(one for one in self.clauses if one.duty == duty)
