"""The hours ledger: every paid hour of an officer is exactly one of five.

absent, then detailed, then collateral, then support, then case; each takes what the ones before it left. A
public holiday is an absence. Days to come are counted by what is known of them: leave, details, departures.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pyarrow as pa

from closeout.duties.calendar import days_off
from closeout.workload.hour_rows import Fault, HourRows, LedgerError, day_numbers, hour_rows
from closeout.workload.shapes import LEDGER
from closeout.workload.tables import tables_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir
    from numpy.typing import NDArray

    from closeout.duties.clauses import Pack
    from closeout.engines.files import Reader
    from closeout.records.snapshot import Snapshot
    from closeout.workload.parameters import Parameters

WINDOW, SICK = "window", "sick"
"""Kinds of collateral duty and of absence that are asked for by themselves."""
PARTS = ("absent", "detailed", "collateral", "support", "case")
_QUARTER_DAYS = 365.2425 / 4
_SHOWN = 5
_LAST_DIGIT = 1e-9
_FAR = date(9999, 12, 31)
_AT_A_TIME = 512
"""Officers whose days are worked out together."""


@dataclass(frozen=True, slots=True)
class Hours:
    """The ledger of some weeks, as arrays of officers x weeks; all in hours."""

    officers: pl.DataFrame
    """`officer_no`, `office_id`, `role`, `entered_on`, `active_from`, `active_to`, `contracted_hours`."""
    weeks: tuple[date, ...]
    """The Monday of each."""
    paid: NDArray[np.float64]
    parts: Mapping[str, NDArray[np.float64]]
    """By the names of `PARTS`; they add up to `paid`."""
    window: NDArray[np.float64]
    """Of the collateral hours, those on the rota of the window."""
    sick: NDArray[np.float64]
    """Of the absent hours, those of illness."""
    faults: tuple[Fault, ...]

    def table(self) -> pa.Table:
        """Return the ledger as rows of `LEDGER`: by officer and week, weeks without paid hours left out."""
        there = self.paid > 0
        place, week = np.nonzero(there)
        made = {
            name: self.officers[name].gather(place).to_arrow() for name in ("officer_no", "office_id", "role")
        }
        made["week"] = pa.array(np.array(self.weeks, dtype="datetime64[D]")[week])
        made["paid"] = pa.array(self.paid[there])
        made |= {name: pa.array(self.parts[name][there]) for name in PARTS}
        return pa.table(made).cast(LEDGER)

    def ramp(self, parameters: Parameters, on: date) -> NDArray[np.float64]:
        """Return the share of case hours that each officer brings on a day, from 0 to 1."""
        entered = self.officers["entered_on"].to_numpy().astype("datetime64[D]")
        days = (np.datetime64(on) - entered).astype(np.float64)
        shares = np.array([*parameters.ramp, 1.0])
        quarter = np.clip(np.nan_to_num(days, nan=np.inf) // _QUARTER_DAYS, 0, len(shares) - 1)
        made: NDArray[np.float64] = shares[quarter.astype(np.int64)]
        return made


def ledger(
    engine: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    from_on: date,
    to_on: date,
    parameters: Parameters,
    *,
    is_strict: bool = False,
) -> pa.Table:
    """Return the hours ledger as rows of `LEDGER`.

    Args and errors are those of `keep_hours`.
    """
    return keep_hours(engine, given, pack, from_on, to_on, parameters, is_strict=is_strict).table()


def keep_hours(
    engine: Reader,
    given: Snapshot | Mapping[str, ir.Table],
    pack: Pack,
    from_on: date,
    to_on: date,
    parameters: Parameters,
    *,
    is_strict: bool = False,
) -> Hours:
    """Work out the ledger of some days.

    Args:
        engine: Where the tables are.
        given: A snapshot, or its tables.
        pack: Whose public holidays.
        from_on: The first day.
        to_on: The last day; may lie ahead.
        parameters: Support shares, the working week, the longest day.
        is_strict: Raise where a row was set aside.

    Raises:
        LedgerError: With `is_strict`: hours counted twice, over 100 %, or impossible.
        ValueError: The last day is before the first.

    """
    if to_on < from_on:
        msg = f"the ledger ends on {to_on}, before it begins on {from_on}"
        raise ValueError(msg)
    rows = hour_rows(engine, tables_in(engine, given), parameters)
    if is_strict and rows.faults:
        msg = "; ".join(map(str, rows.faults[:_SHOWN]))
        if len(rows.faults) > _SHOWN:
            msg += f"; and {len(rows.faults) - _SHOWN} more"
        raise LedgerError(msg)
    return _kept(rows, pack.holidays, from_on, to_on, parameters)


def _kept(rows: HourRows, country: str, from_on: date, to_on: date, parameters: Parameters) -> Hours:
    """Return the ledger, some officers at a time: their days stay within the processor's own memory."""
    firsts = range(0, max(rows.officers.height, 1), _AT_A_TIME)
    kept = [_kept_of(_some(rows, first), country, from_on, to_on, parameters) for first in firsts]
    parts = {name: np.concatenate([one.parts[name] for one in kept]) for name in PARTS}
    paid, window, sick = (
        np.concatenate([getattr(one, name) for one in kept]) for name in ("paid", "window", "sick")
    )
    return Hours(rows.officers, kept[0].weeks, paid, parts, window, sick, tuple(rows.faults))


def _some(rows: HourRows, first: int) -> HourRows:
    """Return the rows of the officers from a place on, and whatever is theirs."""

    def theirs(found: pl.DataFrame) -> pl.DataFrame:
        if not found.height:
            return found
        here = found.filter(pl.col("place").is_between(first, first + _AT_A_TIME - 1))
        return here.with_columns(pl.col("place") - first)

    return HourRows(
        theirs(rows.officers),
        theirs(rows.absences),
        theirs(rows.details),
        theirs(rows.collateral),
        rows.faults,
    )


def _kept_of(rows: HourRows, country: str, from_on: date, to_on: date, parameters: Parameters) -> Hours:
    days = np.arange(np.datetime64(from_on), np.datetime64(to_on) + 1)
    size = (rows.officers.height, len(days))
    first = days[0]
    works = (days.astype("datetime64[D]").view("int64") - 4) % 7 < parameters.workdays_a_week
    is_off = np.isin(days, np.array(sorted(days_off(country)), dtype="datetime64[D]"))
    contracted = rows.officers["day_hours"].to_numpy() if rows.officers.height else np.zeros(0)
    paid = _over_days(rows.officers, size, first, np.ones(size[0]), "active_from", "active_to")
    paid = (paid > 0) * contracted[:, None] * works
    away = _over_days(rows.absences, size, first, _hours(rows.absences, "hours_a_day"))
    absent = np.minimum(np.where(is_off, paid, away), paid)
    # A holiday is no day of illness.
    sick = _of_kind(rows.absences, SICK, "hours_a_day", size, first, away, np.where(is_off, 0.0, absent))
    left = paid - absent
    detailed = (_over_days(rows.details, size, first, np.ones(rows.details.height)) > 0) * left
    left -= detailed
    a_day = _hours(rows.collateral, "hours_a_week") / parameters.workdays_a_week
    named = _over_days(rows.collateral, size, first, a_day)
    collateral = np.minimum(named, left)
    left -= collateral
    window = _of_kind(
        rows.collateral, WINDOW, "hours_a_week", size, first, named * parameters.workdays_a_week, collateral
    )
    shares = np.array([parameters.support_of(role) for role in rows.officers["role"].to_list()])
    support = left * shares[:, None] if size[0] else left
    return _by_week(rows, days, paid, (absent, detailed, collateral, support), (window, sick))


def _of_kind(
    rows: pl.DataFrame,
    kind: str,
    column: str,
    size: tuple[int, int],
    first: np.datetime64,
    named: NDArray[np.float64],
    kept: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Return the part of the hours kept by officer and day that rows of one kind have of all rows' hours."""
    made: NDArray[np.float64] = np.zeros(size)
    few = rows.filter(pl.col("kind") == kind) if rows.height else rows
    if few.height:
        there = np.unique(few["place"].to_numpy())
        own = few.with_columns(place=pl.Series(np.searchsorted(there, few["place"].to_numpy())))
        hours = _over_days(own, (len(there), size[1]), first, _hours(own, column))
        share = np.divide(hours, named[there], out=np.zeros_like(hours), where=named[there] > 0)
        made[there] = share * kept[there]
    return made


def _hours(rows: pl.DataFrame, column: str) -> NDArray[np.float64]:
    return rows[column].to_numpy().astype(np.float64) if rows.height else np.zeros(0)


def _over_days(
    rows: pl.DataFrame,
    size: tuple[int, int],
    first: np.datetime64,
    hours: NDArray[np.float64],
    since: str = "from_on",
    until: str = "to_on",
) -> NDArray[np.float64]:
    """Return hours by officer and day: each row adds its hours on each of its days."""
    made = np.zeros((size[0], size[1] + 1))
    if rows.height:
        place = rows["place"].to_numpy()
        begins = day_numbers(rows[since], first, size[1])
        ends = day_numbers(rows[until].fill_null(_FAR), first - 1, size[1])
        np.add.at(made, (place, begins), hours)
        np.add.at(made, (place, ends), -hours)
    # Adding and taking away leaves a last digit, which must not become hours.
    summed: NDArray[np.float64] = made.cumsum(axis=1)[:, :-1]
    return np.where(summed > _LAST_DIGIT, summed, 0.0)


def _by_week(
    rows: HourRows,
    days: NDArray[np.datetime64],
    paid: NDArray[np.float64],
    parts: tuple[NDArray[np.float64], ...],
    within: tuple[NDArray[np.float64], ...],
) -> Hours:
    mondays = days - (days.view("int64") - 4) % 7
    weeks, starts = np.unique(mondays, return_index=True)

    def summed(hours: NDArray[np.float64]) -> NDArray[np.float64]:
        made: NDArray[np.float64] = np.add.reduceat(hours, starts, axis=1)
        return made

    whole = summed(paid)
    made = dict(zip(PARTS, map(summed, parts), strict=False))
    # What is left over is for cases; cut at 0 against the last digit of sums.
    made["case"] = np.maximum(whole - sum(made.values()), 0.0)
    of_week = tuple(week.item() for week in weeks)
    window, sick = (summed(hours) for hours in within)
    return Hours(rows.officers, of_week, whole, made, window, sick, tuple(rows.faults))
