"""The arrays the kernel works on: one row a duty, stream, task, officer and day.

Rows are records, so that what belongs together lies together in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NOBODY = -1
NEVER = 1 << 30
PRESENT = -NEVER
"""Stands in `World.back` for an officer who is not away."""

DUTY = np.dtype(
    [
        ("comes", "i4"),
        ("law", "i4"),
        ("jitter", "f8"),
        ("lead", "i4"),
        ("window", "i4"),
        ("is_business", "i4"),
        ("is_office", "i4"),
        ("is_set", "i4"),
        ("delay", "i4"),
        # Lognormal: log-mean and log-deviation. Gamma: scale and shape. Others: mean and 0.
        ("first", "f8"),
        ("second", "f8"),
        ("answer", "f8"),
        ("probability", "f8"),
        # The first duty this one sets off, and the next that the same duty sets off; -1 for none.
        ("child", "i4"),
        ("sibling", "i4"),
        ("uid", "u8"),
    ],
    align=True,
)
STREAM = np.dtype(
    [
        ("uid", "u8"),
        # ARISES: tasks a day. Recurring: days from one due date to the next.
        ("pace", "f8"),
        # ARISES: the instant of the next, in days. Recurring: the next due day.
        ("next_at", "f8"),
        ("duty", "i4"),
        ("leader", "i4"),
        ("occurrence", "i4"),
        ("link", "i4"),
    ],
    align=True,
)
TASK = np.dtype(
    [
        ("uid", "u8"),
        # In minutes from the first day's start, a day has 1,440; `began` is below 0 until it is begun.
        ("opened", "f8"),
        ("began", "f8"),
        # Minutes left; until it is begun, those of an officer of ordinary speed.
        ("left", "f8"),
        # -1: the slot is free. -2 and below: asleep until it opens, duty = -2 - this.
        ("duty", "i4"),
        ("leader", "i4"),
        ("stream", "i4"),
        ("due", "i4"),
        ("link", "i4"),
    ],
    align=True,
)
OFFICER = np.dtype(
    [
        ("effect", "f8"),
        # Minutes of overtime that may still be worked.
        ("extra_left", "f8"),
        ("extra_today", "f8"),
        # Minutes worked on cases led, for colleagues, on the office's own duties, and beyond the day.
        ("own", "f8"),
        ("cover", "f8"),
        ("office", "f8"),
        ("extra", "f8"),
        ("available", "f8"),
        # Minutes for cases today, and `World.back` of today.
        ("today", "f8"),
        ("back", "i4"),
        ("task", "i4"),
        # The queue of the role, and whether colleagues' cases are covered too; NOBODY where there is none.
        ("role", "i4"),
        ("is_covering", "i4"),
        # Of the line waited in when idle, the row of its anchor; and the turn at which that began.
        ("line", "i4"),
        ("turn", "i8"),
        # Neighbors in the line of the idle; -1 when not in it.
        ("before", "i4"),
        ("behind", "i4"),
    ],
    align=True,
)
DAY = np.dtype(
    [
        ("first", "i4"),
        ("last", "i4"),
        ("first_asleep", "i4"),
        ("last_asleep", "i4"),
        # Business days up to and with this one.
        ("business", "i4"),
        # Tasks open at the day's end.
        ("open", "i4"),
        # Tasks whose last day on time this is, and those of them that were done by then.
        ("fell_due", "i4"),
        ("on_time", "i4"),
        # Tasks that are overdue from this day's end on, less those that no longer are.
        ("overdue", "i4"),
    ],
    align=True,
)
EVENT = np.dtype([("at", "f8"), ("who", "i4")], align=True)
TALLY = np.dtype(
    [
        # Open when the days counted begin; opened since, with those brought from the records.
        ("started", "i8"),
        ("opened", "i8"),
        ("brought", "i8"),
        # Overdue after the warm-up, and gone because the records say what is.
        ("withdrawn", "i8"),
        ("fell_due", "i8"),
        ("on_time", "i8"),
        ("done", "i8"),
        ("late_days", "i8"),
        ("waited", "i8"),
        ("answered", "i8"),
        ("begun", "i8"),
        ("wait", "f8"),
        ("minutes", "f8"),
        ("covered", "i8"),
        ("covered_minutes", "f8"),
        ("backlog", "i8"),
        ("overdue", "i8"),
        ("overdue_days", "i8"),
    ],
    align=True,
)
LOG = np.dtype([("start", "f8"), ("end", "f8"), ("duty", "i4"), ("leader", "i4"), ("doer", "i4")], align=True)


class Count:
    """Where each running figure stands in `World.counts`."""

    FREE = 0
    """The first free task slot."""
    BUSY = 1
    """Officers at work: events in `World.busy`."""
    COMING = 2
    """Arrivals still to come today: events in `World.coming`."""
    OPEN = 3
    LOGGED = 4
    IS_FULL = 5
    """1 when there was no slot left: run again with more."""
    TASKS = 6
    """Tasks done, warm-up included."""
    TURN = 7
    """How often somebody began to wait in line."""


class Setting:
    """Where each setting stands in `World.settings`."""

    WARM_UP = 0
    """Days that are not counted."""
    OPEN_MINUTES = 1
    OVERTIME = 2
    """Minutes a day."""
    DAYS = 3
    """Days simulated."""
    HAS_RECORDS = 5
    """1 when the backlog takes the place of what the warm-up leaves overdue."""
    SHARED = 4
    """Days before the due date from which anybody may do a task; below -NEVER / 2 for never."""


class World(NamedTuple):
    """Everything the kernel reads and writes."""

    duties: NDArray[np.void]
    streams: NDArray[np.void]
    tasks: NDArray[np.void]
    officers: NDArray[np.void]
    days: NDArray[np.void]
    busy: NDArray[np.void]
    coming: NDArray[np.void]
    tally: NDArray[np.void]
    log: NDArray[np.void]
    ends: NDArray[np.int32]
    """First and last task of each queue and due day. Queues are each officer's, what whoever is free does,
    and each role's."""
    filled: NDArray[np.uint64]
    """One bit for each queue and due day that has a task."""
    lowest: NDArray[np.int64]
    """Of each queue: no earlier word of `filled` has a bit."""
    minutes: NDArray[np.float64]
    """Case minutes of each officer and day."""
    present: NDArray[np.float64]
    """The same before what open cases take beside their duties."""
    back: NDArray[np.int32]
    """The day an officer who is away returns on; PRESENT when not away (a weekend is not away)."""
    nth: NDArray[np.int32]
    """The day of each business day, counted from 1."""
    backlog: NDArray[np.void]
    """Tasks overdue at the start, as rows of streams; `next_at` is the last day they were on time."""
    keys: NDArray[np.uint64]
    counts: NDArray[np.int64]
    settings: NDArray[np.float64]
    """See `Setting`."""
    shares: NDArray[np.float64]
    """Of each duty, the shares of its tasks by role, added up; 0 where no role does it."""
    serves: NDArray[np.bool_]
    """Whether who waits in a line does what lies in a queue of nobody's: whoever is free, then each role."""
