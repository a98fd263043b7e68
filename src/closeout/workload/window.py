"""The window desk: how many officers each hour of the week takes, from who came and how long it took.

Only who waits is queued: walk-ins and calls. Mail and online contacts take time too, but nobody stands there
meanwhile; their minutes are the time study's.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import ibis
import polars as pl

from closeout.workload.erlang import USUAL_TARGET, Desk, DeskTarget, desk
from closeout.workload.parameters import WEEKS_A_MONTH
from closeout.workload.tables import tables_in
from closeout.workload.wisn import individual_factor

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    import ibis.expr.types as ir

    from closeout.engines.files import Reader
    from closeout.records.snapshot import Snapshot

WAITS = ("walk_in", "phone")
"""Channels whose people wait."""
CHECK_INS = "check_in"
"""The category of contacts that are check-ins: people wait for them, and a duty counts their minutes."""
_HOUR = 60.0
_DAY_MINUTES = 24 * 60
_DAYS_A_WEEK = 7
_SLOT = ("office_id", "weekday", "hour")
_SUMS = ("contacts", "minutes", "timed", "odd", "check_ins")
_OTHERS = "no contact of this office has its minutes recorded; those of all offices are used"


@dataclass(frozen=True, slots=True)
class Slot:
    """One hour of the week at one office's window."""

    office_id: str
    weekday: int
    """Monday is 0."""
    hour: int
    """Of the office's own clock, from 0."""
    contacts: float
    """Expected in the hour."""
    minutes: float
    """One takes on average."""
    desk: Desk


@dataclass(frozen=True, slots=True)
class Window:
    """What one office's window takes in a week."""

    office_id: str
    slots: tuple[Slot, ...]
    """In the order of the week."""
    hours_a_week: float
    """Officer hours, breaks included, unrounded: they come off the case hours of those rostered."""
    serving_hours_a_week: float
    """Of these, spent serving."""
    check_in_hours_a_week: float = 0.0
    """Of those, spent on check-ins."""
    contacts_a_week: float = 0.0
    reason: str = ""
    """Where the minutes of a contact had to be taken from elsewhere."""

    def fte(self, hours_a_month: float) -> float:
        """Return the full-time equivalents it takes (WISN's individual allowance).

        Args:
            hours_a_month: AWT of one full-time officer, above 0.

        """
        return individual_factor(self.hours_a_week * WEEKS_A_MONTH, hours_a_month)

    def plain(self) -> dict[str, Any]:
        """Return the window as plain values."""
        return asdict(self) | {"slots": [asdict(slot) for slot in self.slots]}


def windows(
    engine: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    first_on: date,
    last_on: date,
    target: DeskTarget = USUAL_TARGET,
) -> tuple[Window, ...]:
    """Return what each office's window takes, from its contacts of some days.

    Each hour of the week is a queue by itself (Erlang C) with the mean contacts of that hour and the office's
    mean minutes; hours in which nobody ever came take nobody. Where the first contact of any office came
    a week or more after the first day, days count from then: before, nobody wrote contacts down.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.
        first_on: The first day, in each office's own time.
        last_on: The last day.
        target: What the desk is to keep to.

    Returns:
        In the order of the offices' codes; none where the snapshot has no contacts.

    Raises:
        ValueError: The last day is before the first.

    """
    found = arrivals(engine, given, first_on, last_on)
    return () if found is None else windows_of(found, target)


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Who came to the windows and waited, of all offices."""

    rows: pl.DataFrame
    """One a weekday (Monday is 0) and hour of each office: `contacts`, `minutes` of the `timed` ones, `odd`
    ones, `check_ins`; sorted by office, weekday and hour."""
    since: date
    """The first day that counts."""
    days: int
    """That count, at least 1."""
    daily: pl.DataFrame | None = None
    """The same by `day` and hour, where it was asked for."""

    @property
    def weeks(self) -> float:
        """Return the weeks that count, above 0."""
        return self.days / _DAYS_A_WEEK


def arrivals(
    engine: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    first_on: date,
    last_on: date,
    *,
    is_daily: bool = False,
) -> Arrivals | None:
    """Return who came to the windows, hour by hour of the week.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.
        first_on: The first day, in each office's own time.
        last_on: The last day.
        is_daily: Whether to keep the days apart too, to draw from.

    Returns:
        None where nobody came, or nobody wrote it down.

    Raises:
        ValueError: The last day is before the first.

    """
    if last_on < first_on:
        msg = f"the window's days end on {last_on}, before they begin on {first_on}"
        raise ValueError(msg)
    tables = tables_in(engine, given)
    if "desk_contacts" not in tables:
        return None
    found = engine.to_arrow(_by_hour(tables["desk_contacts"], first_on, last_on, is_daily=is_daily))
    rows = pl.DataFrame(found)
    if not rows.height:
        return None
    began = min(rows["first_on"].to_list())
    since = began if (began - first_on).days >= _DAYS_A_WEEK else first_on
    days = (last_on - since).days + 1
    if not is_daily:
        return Arrivals(rows.sort(_SLOT), since, days)
    daily = rows.rename({"first_on": "day"}).sort("office_id", "day", "hour")
    daily = daily.with_columns(weekday=pl.col("day").dt.weekday().cast(pl.Int64) - 1)
    return Arrivals(daily.group_by(_SLOT).agg(pl.col(_SUMS).sum()).sort(_SLOT), since, days, daily)


def windows_of(found: Arrivals, target: DeskTarget = USUAL_TARGET) -> tuple[Window, ...]:
    """Return what each office's window takes, in the order of the offices' codes.

    Args:
        found: Who came.
        target: What the desk is to keep to.

    """
    everywhere = mean_minutes(found.rows)
    return tuple(
        _window(str(office), hours, found.weeks, everywhere, target)
        for (office,), hours in found.rows.group_by("office_id", maintain_order=True)
    )


def _by_hour(contacts: ir.Table, first_on: date, last_on: date, *, is_daily: bool) -> ir.Table:
    day = contacts.received_at.date()
    waiting = contacts.filter(
        contacts.channel.isin(WAITS), day >= ibis.date(first_on), day <= ibis.date(last_on)
    )
    # Nobody serves for less than no time, or for more than a day.
    sound = waiting.minutes.between(0, _DAY_MINUTES)
    minutes = sound.ifelse(waiting.minutes, ibis.null(waiting.minutes.type()))
    sums = {
        "contacts": waiting.count(),
        "minutes": minutes.sum().fill_null(0),
        "timed": minutes.count(),
        "odd": (~sound).sum().fill_null(0).cast("int64"),
        "check_ins": (waiting.category == CHECK_INS).sum().fill_null(0).cast("int64"),
    }
    hour, on = waiting.received_at.hour().cast("int64"), waiting.received_at.date()
    if is_daily:
        return waiting.group_by("office_id", first_on=on, hour=hour).agg(**sums)
    weekday = waiting.received_at.day_of_week.index().cast("int64")
    return waiting.group_by("office_id", weekday=weekday, hour=hour).agg(**sums, first_on=on.min())


def mean_minutes(rows: pl.DataFrame) -> float | None:
    """Return the mean minutes of the contacts that were timed; None where none was."""
    timed, minutes = float(rows["timed"].sum()), float(rows["minutes"].sum())
    return minutes / timed if timed and minutes > 0 else None


def _window(
    office: str, rows: pl.DataFrame, weeks: float, everywhere: float | None, target: DeskTarget
) -> Window:
    own = mean_minutes(rows)
    minutes = own or everywhere
    if minutes is None:
        contacts = float(rows["contacts"].sum()) / weeks
        why = "no contact has its minutes recorded; no hours can be given"
        return Window(office, (), 0.0, 0.0, 0.0, contacts, why)
    slots = tuple(
        Slot(
            office,
            row["weekday"],
            row["hour"],
            row["contacts"] / weeks,
            minutes,
            desk(row["contacts"] / weeks, minutes, _HOUR, target),
        )
        for row in rows.iter_rows(named=True)
    )
    return Window(
        office,
        slots,
        sum(slot.desk.officers for slot in slots) / (1 - target.shrinkage),
        sum(slot.contacts for slot in slots) * minutes / _HOUR,
        float(rows["check_ins"].sum()) / weeks * minutes / _HOUR,
        sum(slot.contacts for slot in slots),
        "; ".join(filter(None, [_odd(rows), "" if own else _OTHERS])),
    )


def _odd(rows: pl.DataFrame) -> str:
    """Return what is said of contacts whose minutes cannot be; empty where there are none."""
    odd = int(rows["odd"].sum())
    if not odd:
        return ""
    have = "1 contact has" if odd == 1 else f"{odd:,} contacts have"
    return f"{have} minutes below 0 or above a day, which do not count; correct them in desk_contacts"
